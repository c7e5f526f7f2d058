"""An assessment in words, for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spinesteps.pathway.pathway import Pathway
from spinesteps.person.assess import Assessment
from spinesteps.person.conflicts import disputes
from spinesteps.person.decision import STATES, Finding
from spinesteps.person.programme import Data
from spinesteps.person.reading import parts

Line = tuple[str, str]  # style (rich's words), text

STYLE = {"emergency": "bold red", "today": "bold red", "two_weeks": "bold yellow", "not_checked": "bold yellow"}
COUNTED = {
    "needs_answer": "need an answer first",
    "not_advised": "are not advised",
    "does_not_concern": "do not concern this person",
}


def lines(assessment: Assessment, reasons: bool = False, every: bool = False) -> Iterator[Line]:
    """The assessment as styled lines: what to do first, why, the step, the advice, what to ask, what is not sure.

    reasons: add scores and why. every: list each advice with its words, whatever its state.
    """
    decision, wording = assessment.decision, assessment.pathway.wording
    card = assessment.card_words()
    yield STYLE.get(card["level"], "bold"), card["heading"]
    yield "", card["text"]
    yield from _flags(assessment)
    if decision.emergency_open:
        yield "bold yellow", "Danger not checked yet:"
        for name in decision.emergency_open:
            yield "yellow", f"  - {wording.labels[name]}"
    yield "", ""
    yield "bold", f"What fits: {wording.conditions['condition'][decision.condition]['name']}"
    for cause in decision.other_causes:
        yield "", f"  Also fits: {wording.conditions['other_causes'][cause]['name']}"
    if reasons:
        yield from _scores(assessment)
    steps = wording.conditions["steps"]
    yield "bold", f"Step: {steps[decision.step]['name']}"
    if decision.step_open:
        yield "dim", f"  Not settled before it: {'; '.join(steps[step]['name'] for step in decision.step_open)}"
    yield from _advice(assessment, reasons, every)
    yield from _rest(assessment)


def _flags(assessment: Assessment) -> Iterator[Line]:
    for flag in assessment.raised():
        words = assessment.pathway.wording.red_flags[flag.id]
        level = assessment.decision.flags[flag.id].replace("_", " ")
        yield "", f"  {flag.id} ({level}): {words['title']}. {assessment.fill(words['patient'])}"


def _scores(assessment: Assessment) -> Iterator[Line]:
    for id_, reading, low, high in assessment.decision.scores:
        span = f"{low:g}" if low == high else f"{low:g} to {high:g}"
        yield "dim", f"  {id_}{f' ({reading})' if reading else ''}: {span}"


def _advice(assessment: Assessment, reasons: bool, every: bool) -> Iterator[Line]:
    """What is advised, by part; of the rest how many there are, or each one."""
    conditions, findings = assessment.pathway.wording.conditions, assessment.decision.findings
    for part in parts(assessment.pathway, assessment.decision):
        yield "", ""
        yield "bold", conditions["parts"][part.name]["name"]
        for finding in part.findings:
            in_full = every or finding.rule.id not in part.folded
            yield from _finding(assessment, finding, in_full, reasons)
    rest = {state: [f for f in findings if f.state == state] for state in STATES[1:]}
    if not every:
        counts = ", ".join(f"{len(found)} {COUNTED[state]}" for state, found in rest.items() if found)
        yield "", ""
        yield "dim", f"Lines without words are titles. Not listed: {counts}. See all: spinesteps assess --all"
        return
    for state, found in rest.items():
        if found:
            yield "", ""
            yield "bold", conditions["states"][state]["name"]
        for finding in found:
            yield from _finding(assessment, finding, False, reasons)


def _finding(assessment: Assessment, finding: Finding, in_full: bool, reasons: bool) -> Iterator[Line]:
    wording = assessment.pathway.wording
    text = wording.advice[finding.rule.id]
    for_now = " (for now: danger is not checked)" if assessment.for_now(finding) else ""
    why = f" [{finding.because.replace('_', ' ')}]" if finding.because else ""
    direction = wording.conditions["directions"][finding.direction]["name"]
    yield "", f"  {direction + ':':<11}{text['title']}{for_now}{why}  ({finding.rule.id})"
    if in_full:
        yield "dim", f"             {assessment.fill(text['patient'])}"
    if reasons:
        reason = assessment.words.brief(assessment.reason(finding.rule))
        for line in reason.lines(6, "Not drawn here: {no} that are no, {unknown} not known."):
            yield "dim", line


def programme_lines(assessment: Assessment, programme: Mapping[str, Data]) -> Iterator[Line]:
    """A person's own programme as styled lines: how soon to get help, then part by part, stop rules first."""
    card, titles = assessment.card_words(), assessment.pathway.wording.advice
    yield STYLE.get(card["level"], "bold"), card["heading"]
    yield "", card["text"]
    if not programme:
        yield "", "No part of the programme is advised now. Why: spinesteps assess --all"
    for id_, own in programme.items():
        yield "", ""
        yield "bold", f"{titles[id_]['title']}  ({id_})"
        for stop in own["stops"]:
            yield "yellow", f"  {stop['title']}. {stop['how']}"
        if own["level"]:
            yield "", f"  {own['level']['title']}. {own['level']['how']} {own['level']['next']} {own['level']['back']}"
        for walk in own["walks"]:
            yield "", f"  {walk}"
        for item in own["items"]:
            yield from _item(item)
    yield "", ""
    yield "", assessment.pathway.wording.urgency["closing"]["text"]
    yield "dim", f"Draft: no clinician has signed these rules. {' '.join(_versions(assessment))}"


def _item(item: Data) -> Iterator[Line]:
    words = " ".join(filter(None, (item["start"], item["how"], item["support"])))
    yield "", f"  - {item['title']}{': ' + item['dose'] if item['dose'] else ''}. {words}"
    if item["harder"]:
        yield "dim", f"    Harder: {item['harder']} Easier: {item['easier']}"
    much = f"; how much: {item['dose_basis']}" if item["dose_basis"] else ""
    named = f" ({', '.join(item['sources'])})" if item["sources"] else ""
    yield "dim", f"    {item['basis'].capitalize()}{much}{named}."


def _disputes(assessment: Assessment) -> Iterator[Line]:
    """What sources disagree on that bears on this person: the question, and which way the pathway leans."""
    found = disputes(assessment.pathway, assessment.decision)
    if not found:
        return
    yield "", ""
    yield "bold", "Where sources disagree"
    for id_ in found:
        conflict = assessment.pathway.conflicts[id_]
        yield "", f"  {conflict['question']}  ({id_}; certainty: {conflict['certainty']})"
        yield "dim", f"           We lean: {conflict['default']}"


def _rest(assessment: Assessment) -> Iterator[Line]:
    wording = assessment.pathway.wording
    if assessment.questions:
        yield "", ""
        yield "bold", "Ask next"
        for question in assessment.questions[:8]:
            yield "", f"  {wording.facts[question.fact]['question']}  ({question.fact})"
        if len(assessment.questions) > 8:
            yield "dim", f"  and {len(assessment.questions) - 8} more: spinesteps questions"
    yield "", ""
    yield "", f"Next check: {assessment.review.on}. {assessment.review.why}"
    yield "", wording.urgency["closing"]["text"]
    yield from _disputes(assessment)
    yield "", ""
    for fault in assessment.faults:
        yield "yellow", f"Fault: {fault}"
    yield from _record(assessment)
    yield "dim", f"Deployment: {_in_force(assessment)}."
    yield "dim", f"Draft: no clinician has signed these rules. {' '.join(_versions(assessment))}"


def _record(assessment: Assessment) -> Iterator[Line]:
    """What was read from a record, what was left out, and what was not found in it."""
    notes = assessment.notes
    if not notes:
        return
    kinds = (("used", "Read from the record"), ("excluded", "Left out"), ("unmapped", "Codes not known to us"))
    for key, words in kinds:
        counts = notes.get(key)
        if isinstance(counts, dict) and counts:
            shown = [f"{count} {name}" for name, count in list(counts.items())[:6]]
            more = f" and {len(counts) - 6} more kinds" if len(counts) > 6 else ""
            yield "dim", f"{words}: {', '.join(shown)}{more}."
    suggested, missing = notes.get("suggested"), notes.get("not_found")
    labels = assessment.pathway.wording.labels
    if isinstance(suggested, list) and suggested:
        yield "yellow", f"The record hints at these, please ask: {', '.join(labels[name] for name in suggested)}."
    if isinstance(missing, list) and missing:
        more = f", and {len(missing) - 12} more" if len(missing) > 12 else ""
        yield "dim", f"Not found in the record: {', '.join(labels[name] for name in missing[:12])}{more}."


def _in_force(assessment: Assessment) -> str:
    here = assessment.in_force.to_json(assessment.answers.get("country"))
    numbers = ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in here["numbers"].items())
    return f"{here['from']}, country {here['country'] or 'not said'}, language {here['language']}; {numbers}"


def _versions(assessment: Assessment) -> Iterator[str]:
    pathway = assessment.pathway
    yield f"Knowledge {pathway.version}, fingerprint {pathway.fingerprint}, judged on {assessment.day}."


def fact_rows(pathway: Pathway) -> list[dict[str, Any]]:
    """Every fact as plain data: kind, unit, range, how long it keeps and its words."""
    rows = []
    for fact in pathway.facts:
        words = pathway.wording.facts[fact.name]
        rows.append({
            "name": fact.name, "kind": fact.kind, "unit": getattr(fact, "unit", "") or None,
            "low": getattr(fact, "low", None), "high": getattr(fact, "high", None),
            "whole": getattr(fact, "whole", None), "options": list(getattr(fact, "options", ())) or None,
            "keeps_days": fact.valid_days, "danger": fact.danger, "expected": fact.expected(),
            **{key: words.get(key) for key in ("label", "question", "hint", "asks", "helper")},
        })  # fmt: skip
    return rows
