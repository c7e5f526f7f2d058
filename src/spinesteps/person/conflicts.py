"""Which conflicts between sources bear on a person (docs/decisions/016)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import EVERYONE
from spinesteps.person.decision import Decision, layout_of


def disputes(pathway: Pathway, decision: Decision) -> tuple[str, ...]:
    """Ids of the conflicts that bear on the person, in order.

    Those of an advice that is advised; by which an advice lost to its opposite; or of an advice of the person's own
    step that concerns the person and waits for an answer. An advice that is settled no, held back by danger, or that
    waits on another step raises no dispute. `pathway` is dated and the one that was decided by.
    """
    return tuple(sorted(set(_bearing(pathway, decision))))


def _bearing(pathway: Pathway, decision: Decision) -> Iterator[str]:
    places, ranked = _whom(pathway), _ranked(pathway)
    for finding in decision.findings:
        conflicts = finding.rule.conflicts
        if finding.state == "advised":
            yield from conflicts
        elif finding.state == "needs_answer" and conflicts and finding.rule.step == decision.step:
            who = places.get(finding.rule.id)
            if who is not None and decision.settled[who]:
                yield from conflicts
        elif finding.override.by:
            yield ranked[finding.override.by, finding.rule.id]


@lru_cache(maxsize=8)
def _whom(pathway: Pathway) -> Mapping[str, int]:
    """Rule id to the place of its `who`. A rule about everyone tells whom it concerns only by its answer."""
    return {its.rule.id: its.who for its in layout_of(pathway).rules if its.rule.who.condition() != EVERYONE}


@lru_cache(maxsize=8)
def _ranked(pathway: Pathway) -> Mapping[tuple[str, str], str]:
    return {(ranking.winner, ranking.loser): ranking.because for ranking in pathway.rankings}
