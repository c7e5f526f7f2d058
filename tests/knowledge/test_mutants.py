"""Small faults planted in the tree: the hand-written example patients and the laws notice them, or nobody could.

A fault that nothing notices is either proved to change nothing for any person (the solver), or it survives and stands
in surviving_mutants.toml with its reason. Red flags: none survives. Everything else: at least 95 % are killed.
Faults that stand in no tree (implied facts, rankings, the urgencies rules carry themselves): none survives.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pytest

from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import facts_in
from spinesteps.logic.engines.filled import imply
from spinesteps.logic.implied import Implies
from spinesteps.pathway.outcomes import outcomes, planned
from spinesteps.pathway.plan import NOBODY
from spinesteps.pathway.rules import EVERYONE, FLAG_LEVELS
from spinesteps.quality.example_matrix import ExampleMatrix
from spinesteps.quality.mutation import Mutant, Owner, PathwayMutant, mutants, one_sided, wholes
from tests.knowledge.equivalence import Equivalence
from tests.knowledge.judged import EXAMPLES, SPINE, by_compiled, view
from tests.knowledge.test_examples import faults

CROWD = ExampleMatrix(SPINE, EXAMPLES)
SURVIVING = tomllib.loads((Path(__file__).parent / "surviving_mutants.toml").read_text("utf-8"))
FLOOR = {"flag": 1.0}
OTHER_FLOOR = 0.95


@dataclass
class Tally:
    """What became of the faults of one owner. killed: with the people who noticed."""

    killed: list[tuple[Mutant, int]] = field(default_factory=list)
    equal: list[Mutant] = field(default_factory=list)
    alive: list[Mutant] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Killed among those that could be."""
        return len(self.killed) / max(len(self.killed) + len(self.alive), 1)


@cache
def tallies() -> dict[tuple[str, str], Tally]:
    proof = Equivalence(SPINE)
    return {(owner.kind, owner.id): tally(owner, proof) for owner in CROWD.owners}


def tally(owner: Owner, proof: Equivalence) -> Tally:
    found = Tally()
    planted = list(mutants(SPINE, owner))
    for mutant, noticed in zip(planted, CROWD.killed(planted), strict=True):
        if noticed:
            found.killed.append((mutant, noticed))
        elif noticed is None or (owner.kind != "score" and proof.proves(mutant)):
            found.equal.append(mutant)
        else:
            found.alive.append(mutant)
    return found


def used() -> set[str]:
    trees = [case.when for owner in CROWD.owners for case in owner.cases]
    return {fact.name for tree in trees for fact in facts_in(tree)}


def deciding() -> Iterator[PathwayMutant]:
    """Faults of implied facts that some tree looks at, and of rankings between rules that meet at all."""
    names = used()
    proof = Equivalence(SPINE)
    unused = {
        f"implied {relation.fact.name} {place}"
        for place, relation in enumerate(SPINE.implied, 1)
        if isinstance(relation, Implies) and relation.fact.name not in names
    }
    apart = {
        f"ranking {place}"
        for place, ranking in enumerate(SPINE.rankings, 1)
        if proof.never_together(ranking.winner, ranking.loser)
    }
    for whole in wholes(SPINE):
        if whole.owner not in unused | apart and not refused(whole) and not changes_no_plan(whole, proof):
            yield whole


def refused(whole: PathwayMutant) -> bool:
    """A plan in which an advice is said instead of itself cannot be made."""
    try:
        return not planned(whole.pathway.plan, outcomes(SPINE)).stands
    except DeclarationError:
        return True


def changes_no_plan(whole: PathwayMutant, proof: Equivalence) -> bool:
    """It is about the plan, no example has another one by it, and nobody can."""
    if whole.pathway.plan is SPINE.plan or CROWD.failed_by_whole(whole):
        return False
    return proof.same_plan(whole.pathway)


def test_nobody_fails_the_pathway_itself() -> None:
    assert CROWD.failed(CROWD.outcomes) == 0


def test_the_crowd_sees_what_the_decision_sees() -> None:
    """One bit a person is no fourth engine: it says of every example what the compiled decision says."""
    standings = CROWD.standings(CROWD.outcomes)
    states = standings.states
    for person, example in enumerate(EXAMPLES):
        seen = view("compiled", example.id)
        assert all(states[id][state] >> person & 1 for id, state in seen.states.items()), example.id
        flags = {id: next(n for n, who in CROWD.outcomes["flag", id].items() if n[:5] != "open " and who >> person & 1)
                 for id in seen.flags}  # fmt: skip
        assert flags == dict(seen.flags), example.id
        assert {id for id, who in standings.first.items() if id != NOBODY and who >> person & 1} == set(seen.plan.first)
        stands = {id for id, who in standings.stands.items() if who >> person & 1}
        assert stands == {id for part in seen.plan for id in part}, example.id
        assert CROWD.outcomes["step", "step"][seen.step] >> person & 1, example.id
        assert CROWD.outcomes["condition", "condition"][seen.condition] >> person & 1, example.id


KINDS = ("flag", "rule", "score", "cause", "condition", "step", "danger", "routine", "plan", "ask")


@pytest.mark.parametrize("kind", KINDS)
def test_planted_faults_are_noticed(kind: str) -> None:
    low = {id: t.share for (k, id), t in tallies().items() if k == kind and t.share < FLOOR.get(kind, OTHER_FLOOR)}
    alive = [mutant.id for (k, _), t in tallies().items() if k == kind for mutant in t.alive]
    assert low == {}, "\n".join(alive)


def test_every_survivor_has_a_reason() -> None:
    alive = {mutant.id for found in tallies().values() for mutant in found.alive}
    assert alive == SURVIVING.keys()
    assert all(len(entry["reason"]) > 30 for entry in SURVIVING.values())


def test_ids_of_mutants_are_their_own() -> None:
    ids = [mutant.id for owner in CROWD.owners for mutant in mutants(SPINE, owner)]
    assert len(set(ids)) >= len(ids) * 0.99
    assert all(ids.count(id) == 1 for id in SURVIVING)


@cache
def failed() -> tuple[tuple[PathwayMutant, int], ...]:
    """Each fault that stands in no tree, with the people who noticed."""
    return tuple((whole, CROWD.failed_by_whole(whole)) for whole in deciding())


def test_implied_facts_rankings_and_own_urgencies() -> None:
    assert [whole.id for whole, noticed in failed() if not noticed] == []


def test_own_urgencies_are_expected_by_hand() -> None:
    """Those and no others: an advice that gains one of its own is noticed too."""
    named = {one for example in EXAMPLES for one in example.expect.get("own_urgency", {}).items()}
    assert {(rule.id, rule.urgency) for rule in SPINE.rules if rule.urgency} == {o for o in named if o[1] != "none"}


def test_a_fault_in_no_tree_really_fails_an_example() -> None:
    for whole, noticed in failed()[::7]:
        if not noticed % (1 << len(EXAMPLES)):
            continue  # only a person of the floor law
        example = EXAMPLES[(noticed & -noticed).bit_length() - 1]
        assert faults(example, by_compiled(whole.pathway, imply(example.answers(), whole.pathway.implied))), whole.id


def test_one_sided_evidence_is_refused() -> None:
    assert [says for says, refused in one_sided(SPINE) if not refused] == []


@pytest.mark.parametrize("kind", ["flag", "rule"])
def test_a_killed_fault_really_fails_an_example(kind: str) -> None:
    """The pathway with the fault in it, judged by the compiled decision, against what the author expected."""
    killed = [one for (k, _), found in tallies().items() if k == kind for one in found.killed]
    for mutant, noticed in killed[::151]:
        person = noticed.bit_length() - 1 if noticed < 1 << len(EXAMPLES) else (noticed & -noticed).bit_length() - 1
        if person >= len(EXAMPLES):
            continue
        example = EXAMPLES[person]
        assert faults(example, by_compiled(planted(mutant), CROWD.people[person])), f"{mutant.id} by {example.id}"


def planted(mutant: Mutant):
    named = {case.name: case.when for case in mutant.cases}
    id = mutant.owner.id
    if mutant.owner.kind == "flag":
        flags = [
            replace(flag, **{level: named.get(level) for level in FLAG_LEVELS}) if flag.id == id and named else flag
            for flag in SPINE.red_flags
            if flag.id != id or named
        ]
        return replace(SPINE, red_flags=tuple(flags))
    rules = [
        replace(rule, who=named.get("who", EVERYONE), when=named.get("when", EVERYONE), delays="delays" in named,
                unless=tuple(t for n, t in named.items() if n[:6] == "unless"), considered=named.get("considered"))
        if rule.id == id else rule
        for rule in SPINE.rules
        if rule.id != id or named
    ]  # fmt: skip
    return replace(SPINE, rules=tuple(rules))


def test_print_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    found = tallies()
    with capsys.disabled():
        killed, alive = sum(len(t.killed) for t in found.values()), sum(len(t.alive) for t in found.values())
        equal = sum(len(t.equal) for t in found.values())
        print(f"\n{killed + alive + equal} planted faults: {killed} noticed, {alive} survive, {equal} change nothing; "
              f"{len(list(wholes(SPINE)))} more in no tree")  # fmt: skip
        for (kind, id), t in found.items():
            floor = FLOOR.get(kind, OTHER_FLOOR)
            print(f"  {kind:<9} {id:<38} {t.share:7.1%} of {len(t.killed) + len(t.alive):>4} (floor {floor:.0%}), "
                  f"{len(t.equal):>3} equal")  # fmt: skip
        print(summary())
        print(f"  evidence  one side dropped: {len(list(one_sided(SPINE)))}, all refused")


def summary() -> str:
    """One line for each kind of owner, and for the faults that stand in no tree."""
    lines = []
    for kind in dict.fromkeys(kind for kind, _ in tallies()):
        some = [t for (k, _), t in tallies().items() if k == kind]
        ends = [t.killed for t in some], [t.alive for t in some], [t.equal for t in some]
        lines.append((kind, *(sum(map(len, end)) for end in ends)))
    sown = Counter(whole.owner.split()[0] for whole in wholes(SPINE))
    noticed = Counter(whole.owner.split()[0] for whole, people in failed() if people)
    tried = Counter(whole.owner.split()[0] for whole, _ in failed())
    lines += [(kind, noticed[kind], tried[kind] - noticed[kind], sown[kind] - tried[kind]) for kind in sown]
    return "\n".join(f"  {kind:<10} noticed {k:>5}, survive {a:>2}, change nothing {e:>4}" for kind, k, a, e in lines)
