"""An assessment in words, for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spinesteps.pathway.outcomes import STATES
from spinesteps.pathway.pathway import Pathway
from spinesteps.person import known
from spinesteps.person.assess import Assessment
from spinesteps.person.conflicts import disputes
from spinesteps.person.decision import Finding
from spinesteps.person.output import versions
from spinesteps.person.programme import Data
from spinesteps.person.reading import parts

Line = tuple[str, str]  # style (rich's words), text

STYLE = {
    "emergency": "bold red",
    "today": "bold red",
    "two_weeks": "bold yellow",
    "not_checked": "bold yellow",
    "not_finished": "bold yellow",
}
MOST_LEFT = 8


def lines(
    assessment: Assessment, reasons: bool = False, every: bool = False, disagreements: bool = False
) -> Iterator[Line]:
    """The assessment as styled lines: what to do first, why, the step, the advice, what to ask, what is not sure.

    reasons: add scores and why. every: list each advice with its words, whatever its state. disagreements: of sources,
    also those that do not bear on what comes first.
    """
    decision, wording = assessment.decision, assessment.pathway.wording
    say = wording.faces["terminal"]
    yield from _who(assessment)
    card = assessment.card_words()
    yield STYLE.get(card["level"], "bold"), card["heading"]
    yield "", card["text"]
    yield from _flags(assessment)
    yield from _left(assessment)
    yield from _known(assessment)
    yield "", ""
    yield "bold", say["fits"].format(name=wording.conditions["condition"][decision.condition]["name"])
    for cause in decision.other_causes:
        yield "", say["also_fits"].format(name=wording.conditions["other_causes"][cause]["name"])
    if reasons:
        yield from _scores(assessment)
    steps = wording.conditions["steps"]
    yield "bold", say["step"].format(name=steps[decision.step]["name"])
    if decision.step_open:
        names = "; ".join(steps[step]["name"] for step in decision.step_open)
        yield "dim", say["step_open"].format(names=names)
    yield from _advice(assessment, reasons, every)
    yield from _rest(assessment, disagreements)


def _who(assessment: Assessment) -> Iterator[Line]:
    if line := known.who(assessment):
        yield "bold", line


def _known(assessment: Assessment) -> Iterator[Line]:
    """What was found in the record and what was not read of it."""
    say, unread = assessment.pathway.wording.faces["known"], known.not_read(assessment)
    if assessment.record.about.id:
        groups = known.found(assessment)
        yield "", ""
        yield "bold", say["heading"] if groups else f"{say['heading']}: {say['nothing']}"
        for group in groups:
            more = [say["more"].format(count=group.more)] if group.more else []
            yield "", f"  {group.title}: {'; '.join([*group.rows, *more])}"
    if unread:
        yield "yellow", f"{say['unread']}: {'; '.join(unread)}"


def _left(assessment: Assessment) -> Iterator[Line]:
    """The danger questions left: each emergency question; of the others the first, and none where the level stands."""
    labels, say = assessment.pathway.wording.labels, assessment.pathway.wording.faces["terminal"]
    emergency, checked = assessment.decision.emergency_open, assessment.status == "checked"
    waiting = emergency if checked else [*emergency, *(n for n in assessment.danger_open if n not in emergency)]
    shown = waiting[: len(emergency) or MOST_LEFT]
    if waiting:
        yield "bold yellow", say["danger_open"] if checked else assessment.left()
    for name in shown:
        yield "yellow", f"  - {labels[name]}"
    if len(shown) < len(waiting):
        yield "yellow", say["danger_more"].format(count=len(waiting) - len(shown))


def _flags(assessment: Assessment) -> Iterator[Line]:
    for flag in assessment.raised():
        words = assessment.pathway.wording.red_flags[flag.id]
        level = assessment.decision.flags[flag.id].replace("_", " ")
        yield "", f"  {flag.id} ({level}): {words['title']}. {assessment.fill(words['patient'])}"


def _scores(assessment: Assessment) -> Iterator[Line]:
    say = assessment.pathway.wording.faces["terminal"]
    for id_, reading, low, high in assessment.decision.scores:
        span = f"{low:g}" if low == high else say["between"].format(low=f"{low:g}", high=f"{high:g}")
        yield "dim", say["score"].format(score=f"{id_} ({reading})" if reading else id_, span=span)


def _advice(assessment: Assessment, reasons: bool, every: bool) -> Iterator[Line]:
    """The plan: what is read in full, and of the rest how many there are; or each one, whatever its state."""
    conditions, findings = assessment.pathway.wording.conditions, assessment.decision.findings
    left = 0
    for part in parts(assessment):
        shown = [finding for finding in part.findings if every or finding.rule.id not in part.folded]
        left += len(part.findings) - len(shown)
        if shown:
            yield "", ""
            yield "bold", conditions["parts"][part.name]["name"]
        for finding in shown:
            yield from _finding(assessment, finding, True, reasons)
    rest = {state: [f for f in findings if f.state == state] for state in STATES[1:]}
    if not every:
        say = assessment.pathway.wording.faces["terminal"]
        counts = {"more_advised": left} | {str(state): len(some) for state, some in rest.items()}
        told = ", ".join(say[name].format(count=count) for name, count in counts.items() if count)
        yield "", ""
        yield "dim", say["not_listed"].format(counts=told)
        return
    for state, some in rest.items():
        if some:
            yield "", ""
            yield "bold", conditions["states"][state]["name"]
        for finding in some:
            yield from _finding(assessment, finding, False, reasons)


def _finding(assessment: Assessment, finding: Finding, in_full: bool, reasons: bool) -> Iterator[Line]:
    wording = assessment.pathway.wording
    text = wording.advice[finding.rule.id]
    for_now = wording.faces["terminal"]["for_now"] if assessment.for_now(finding) else ""
    why = f" [{assessment.held_back(finding)}]" if finding.override else ""
    direction = wording.conditions["directions"][finding.direction]["name"]
    yield "", f"  {direction + ':':<11}{text['title']}{for_now}{why}  ({finding.rule.id})"
    if in_full:
        yield "dim", f"             {assessment.fill(text['patient'])}"
    if reasons:
        reason = assessment.words.brief(assessment.reason(finding.rule))
        for line in reason.lines(6, wording.faces["reasons"]["shortened"]):
            yield "dim", line


def programme_lines(assessment: Assessment, programme: Mapping[str, Data]) -> Iterator[Line]:
    """A person's own programme as styled lines: how soon to get help, then part by part, stop rules first."""
    card, titles = assessment.card_words(), assessment.pathway.wording.advice
    say = assessment.pathway.wording.faces["terminal_programme"]
    yield from _who(assessment)
    yield STYLE.get(card["level"], "bold"), card["heading"]
    yield "", card["text"]
    if not programme:
        yield "", say["nothing"]
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
            yield from _item(item, say)
    yield "", ""
    yield "", assessment.pathway.wording.urgency["closing"]["text"]
    yield "dim", _draft(assessment)


def _item(item: Data, say: Mapping[str, str]) -> Iterator[Line]:
    how = " ".join(filter(None, (item["start"], item["how"], item["support"])))
    yield "", say["dose" if item["dose"] else "no_dose"].format(title=item["title"], dose=item["dose"], how=how)
    if item["harder"]:
        yield "dim", say["variants"].format(harder=item["harder"], easier=item["easier"])
    much = say["how_much"].format(basis=item["dose_basis"]) if item["dose_basis"] else ""
    named = f" ({', '.join(item['sources'])})" if item["sources"] else ""
    yield "dim", f"    {item['basis'].capitalize()}{much}{named}."


def _disputes(assessment: Assessment, every: bool) -> Iterator[Line]:
    """What sources disagree on that bears on what comes first, or on this person: the question, and how we lean."""
    bearing = disputes(assessment.pathway, assessment.decision)
    say, first = assessment.pathway.wording.faces["terminal"], assessment.decision.plan.first
    of_first = {id_ for its in assessment.decision.findings if its.rule.id in first for id_ in its.rule.conflicts}
    shown = [id_ for id_ in bearing if every or id_ in of_first]
    if len(shown) < len(bearing):
        yield "dim", say["more_disputes"].format(count=len(bearing) - len(shown))
    if not shown:
        return
    yield "", ""
    yield "bold", say["disputes"]
    for id_ in shown:
        conflict = assessment.pathway.conflicts[id_]
        yield "", say["dispute"].format(question=conflict.question, id=id_, certainty=conflict.certainty)
        yield "dim", say["lean"].format(default=conflict.default)


def _rest(assessment: Assessment, disagreements: bool) -> Iterator[Line]:
    wording = assessment.pathway.wording
    say = wording.faces["terminal"]
    if assessment.questions:
        yield "", ""
        yield "bold", say["ask_next"]
        for question in assessment.questions[:8]:
            yield "", f"  {wording.facts[question.fact]['question']}  ({question.fact})"
        if len(assessment.questions) > 8:
            yield "dim", say["more_questions"].format(count=len(assessment.questions) - 8)
    yield "", ""
    if assessment.review is not None:
        yield "", say["next_check"].format(on=assessment.review.on, why=assessment.review.why)
    yield "", wording.urgency["closing"]["text"]
    yield from _disputes(assessment, disagreements)
    yield "", ""
    for fault in assessment.faults:
        yield "yellow", say["fault"].format(fault=fault)
    yield from _record(assessment)
    yield "dim", _in_force(assessment)
    yield "dim", _draft(assessment)


def _record(assessment: Assessment) -> Iterator[Line]:
    """What was read from a record, what was left out, and what was not found in it."""
    notes, labels = assessment.notes, assessment.pathway.wording.labels
    say = assessment.pathway.wording.faces["terminal_record"]
    for key in ("used", "excluded", "unmapped") if notes else ():
        tally = notes.get(key)
        if isinstance(tally, dict) and tally:
            counts = ", ".join(f"{count} {name}" for name, count in list(tally.items())[:6])
            if len(tally) > 6:
                counts = say["more_kinds"].format(counts=counts, more=len(tally) - 6)
            yield "dim", say[key].format(counts=counts)
    suggested, missing = notes.get("suggested"), notes.get("not_found")
    if isinstance(suggested, list) and suggested:
        yield "yellow", say["suggested"].format(names=", ".join(labels[name] for name in suggested))
    if isinstance(missing, list) and missing:
        names = ", ".join(labels[name] for name in missing[:12])
        if len(missing) > 12:
            names = say["more_names"].format(names=names, more=len(missing) - 12)
        yield "dim", say["not_found"].format(names=names)


def _in_force(assessment: Assessment) -> str:
    say = assessment.pathway.wording.faces["terminal"]
    here = assessment.in_force.to_json(assessment.answers.get("country"))
    numbers = ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in here["numbers"].items())
    country = here["country"] or say["no_country"]
    return say["deployment"].format(origin=here["from"], country=country, language=here["language"], numbers=numbers)


def _draft(assessment: Assessment) -> str:
    say = assessment.pathway.wording.faces["draft"]
    return f"{say['sentence']} {say['version'].format(**versions(assessment.pathway, assessment.day))}"


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
