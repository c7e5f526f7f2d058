"""In what order advice is read: what comes first, in full; the rest by its title. One order for every face."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spinesteps.library.library import library_of
from spinesteps.pathway.pathway import Pathway
from spinesteps.person.decision import Decision, Finding

ORDER = ("first", "now", "medicines", "also", "leave")


@dataclass(frozen=True, slots=True)
class ReadingPart:
    """Advised findings that are read together. name: its words are wording.conditions["parts"]. folded: rule ids."""

    name: str
    findings: tuple[Finding, ...]
    folded: frozenset[str]


def parts(pathway: Pathway, decision: Decision) -> Iterator[ReadingPart]:
    """What is advised, in the order of reading; parts without advice are left out."""
    lines = library_of(pathway).medicines.lines.values()
    medicines = frozenset(id_ for line in lines for id_ in line.rules)
    found: dict[str, list[Finding]] = {name: [] for name in ORDER}
    for finding in decision.findings:
        if finding.state == "advised":
            about_medicine = finding.rule.id in medicines or finding.rule.id.startswith(pathway.tapered)
            found[_part(decision, finding, about_medicine)].append(finding)
    for name, findings in found.items():
        if name == "medicines":
            findings.sort(key=lambda finding: finding.direction != "avoid")
        if findings:
            yield ReadingPart(name, tuple(findings), frozenset(f.rule.id for f in findings if _folds(pathway, f, name)))


def _part(decision: Decision, finding: Finding, about_medicine: bool) -> str:
    rule = finding.rule
    if rule.urgency is not None or rule.step == "safety" or finding.direction == "stop":
        return "first"
    if about_medicine:
        return "medicines"
    if finding.direction == "avoid":
        return "leave"
    at_step = rule.step == decision.step or not rule.delays
    return "now" if finding.direction == "do" and at_step else "also"


def _folds(pathway: Pathway, finding: Finding, name: str) -> bool:
    """A title alone could make somebody stop a medicine that must be tapered, and hides a danger: both stay open."""
    if name == "medicines":
        return finding.direction != "avoid" and not finding.rule.id.startswith(pathway.tapered)
    return name in ("also", "leave")
