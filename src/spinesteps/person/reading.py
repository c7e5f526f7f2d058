"""In what order advice is read: the plan, little of it in full; the rest by its title. One order for every face."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spinesteps.person.assess import Assessment
from spinesteps.person.decision import Finding

ORDER = ("first", "also", "avoid", "later", "more")
MOST_IN_FULL = 8
MOST_WORDS = 350


@dataclass(frozen=True, slots=True)
class ReadingPart:
    """Advised findings that are read together. name: a part of the plan, or `more`: what does not stand in it.

    Its words are wording.conditions["parts"]. folded: ids of rules that are not read in full at once.
    """

    name: str
    findings: tuple[Finding, ...]
    folded: frozenset[str]


def parts(assessment: Assessment) -> Iterator[ReadingPart]:
    """What is advised, in the order of reading; parts without advice are left out."""
    decision = assessment.decision
    advised = {finding.rule.id: finding for finding in decision.findings if finding.state == "advised"}
    plan = decision.plan._asdict()
    planned = {id_ for ids in plan.values() for id_ in ids}
    plan["more"] = tuple(id_ for id_ in advised if id_ not in planned)
    in_full = frozenset(_in_full(assessment))
    for name in ORDER:
        if plan[name]:
            yield ReadingPart(name, tuple(advised[id_] for id_ in plan[name]), frozenset(plan[name]) - in_full)


def _in_full(assessment: Assessment) -> Iterator[str]:
    """What is read in full: what comes first, what presses, the next review, then what to do before what to avoid.

    Of what presses, a medicine that must be tapered goes first: its title alone could make somebody stop it.
    """
    plan, pressing = assessment.decision.plan, assessment.decision.pressing
    rest = [*plan.also, *plan.avoid]
    tapered = assessment.pathway.tapered
    pressed = sorted((id_ for id_ in rest if id_ in pressing), key=lambda id_: not id_.startswith(tapered))
    order = dict.fromkeys([*plan.first, *pressed, *plan.later[:1], *rest])
    words = 0
    for id_ in list(order)[:MOST_IN_FULL]:
        text = assessment.pathway.wording.advice[id_]
        words += len(f"{text['title']} {assessment.fill(text['patient'])}".split())
        if words > MOST_WORDS and id_ not in plan.first:
            return
        yield id_
