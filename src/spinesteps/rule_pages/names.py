"""Every name a program may use, as pages for docs/: facts with what they take, rules with where they are told."""

from __future__ import annotations

from collections.abc import Iterator

from spinesteps.logic.facts import Choice, Fact, Number
from spinesteps.pathway.pathway import Pathway
from spinesteps.rule_pages.ledgers import heads, row

SHOWN = 12  # options of a choice; a longer list (countries) is only counted


def facts_page(pathway: Pathway) -> str:
    """Every fact: name, what it takes, how long a record's answer keeps, who is asked, its words."""
    lines = [
        "# Facts",
        "",
        f"{len(pathway.facts)} facts, as they are declared. Each also takes `not_sure` and `declined`;",
        "one that is left out was not asked. More: [specification, section 2](specification.md#contract-2).",
        *heads("name", "takes", "keeps, in days", "danger", "asked of", "label"),
    ]
    for fact in pathway.facts:
        words = pathway.wording.facts[fact.name]
        keeps = "for life" if fact.valid_days is None else str(fact.valid_days)
        danger = "yes" if fact.danger else ""
        lines.append(row((f"`{fact.name}`", _takes(fact), keeps, danger, words["asks"], words["label"])))
    return "\n".join(lines) + "\n"


def rules_page(pathway: Pathway) -> str:
    """Every red flag and every advice: id, direction, step, title; each leads to its page. `pathway` is dated."""
    lines = [
        "# Rules",
        "",
        "Every one is a draft: no clinician has signed. What the columns mean: "
        "[specification, section 3](specification.md#contract-3).",
        "",
        "## Red flags",
        *heads("id", "title", "levels"),
    ]
    for flag in pathway.red_flags:
        levels = ", ".join(f"`{case.name}`" for case in flag.levels.cases) + ("" if flag.on else " (off)")
        lines.append(row((_link(flag.id), pathway.wording.red_flags[flag.id]["title"], levels)))
    lines += ["", "## Advice", *_advice(pathway)]
    return "\n".join(lines) + "\n"


def _advice(pathway: Pathway) -> Iterator[str]:
    steps = pathway.wording.conditions["steps"]
    yield from heads("id", "direction", "step", "own urgency", "title")
    for rule in pathway.rules:
        title = pathway.wording.advice[rule.id]["title"]
        yield row((_link(rule.id), rule.direction, steps[rule.step]["name"], rule.urgency or "", title))


def _link(id_: str) -> str:
    return f"[{id_}](knowledge/{id_}.md)"


def _takes(fact: Fact) -> str:
    if isinstance(fact, Number):
        return f"{'whole ' if fact.whole else ''}{fact.low:g} to {fact.high:g} {fact.unit}".rstrip()
    if isinstance(fact, Choice):
        return " ".join(f"`{one}`" for one in fact.options) if len(fact.options) <= SHOWN else "a code of the list"
    return {"yes_no": "`true` `false`", "day": "a day such as `2026-11-21`"}[fact.kind]
