"""Whether a planted fault says the same of every possible person, by the solver; else the smallest who differs."""

from __future__ import annotations

from collections.abc import Sequence

from spinesteps.logic.engines.prove import EVERYBODY, NOBODY, Everyone, Formula, Person, Two, all_of, any_of, opposite
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import reached
from spinesteps.quality.example_matrix import trees_of
from spinesteps.quality.mutation import Cases, Mutant, Owner, owners

Outcome = dict[str, Formula]


class Equivalence:
    """What the owners of a pathway say of everybody, as far as an example patient can expect it."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.everyone = Everyone(pathway.facts, pathway.implied)
        self.danger = self.everyone.encode(pathway.danger).yes
        self.flagged = self.everyone.encode(reached(pathway.red_flags, "routine")).yes
        self.rules = {owner.id: owner for owner in owners(pathway) if owner.kind == "rule"}
        self.beaten: dict[str, Formula] = {}
        for ranking in pathway.rankings:
            wins = self._raw(self.rules[ranking.winner].cases)["advised"]
            self.beaten[ranking.loser] = any_of(self.beaten.get(ranking.loser, NOBODY), wins)

    def differ(self, mutant: Mutant) -> Formula:
        """The persons of whom the mutant says something else."""
        before = self.outcome(mutant.owner, mutant.owner.cases)
        after = self.outcome(mutant.owner, mutant.cases)
        return any_of(*(
            before.get(name, NOBODY) != after.get(name, NOBODY) for name in sorted(before.keys() | after.keys())
        ))  # fmt: skip

    def proves(self, mutant: Mutant) -> bool:
        """Nobody is judged otherwise."""
        return not self.everyone.exists(self.differ(mutant))

    def witness(self, mutant: Mutant) -> Person | None:
        """The smallest person of whom it says something else: whom to write an example patient about."""
        return self.everyone.smallest(self.differ(mutant))

    def never_together(self, one: str, other: str) -> bool:
        """Two rules are never advised to the same person, even without a ranking."""
        both = [self._raw(self.rules[id].cases)["advised"] for id in (one, other)]
        return not self.everyone.exists(all_of(*both))

    def outcome(self, owner: Owner, cases: Cases) -> Outcome:
        """What an owner with these cases says, by name."""
        if owner.kind == "rule":
            raw = self._raw(cases)
            beaten = self.beaten.get(owner.id, NOBODY)
            return {
                **raw,
                "advised": all_of(raw["advised"], opposite(beaten)),
                "not_advised": any_of(raw["not_advised"], all_of(raw["advised"], beaten)),
            } if raw else {}  # fmt: skip
        twos = [self.everyone.encode(tree) for tree in trees_of(owner, cases)]
        if owner.kind == "routine":
            return {"yes": all_of(twos[0].yes, opposite(self.flagged))} if twos else {}
        if owner.kind not in ("flag", "condition", "step"):
            return {"yes": twos[0].yes} if twos else {}
        return self._chosen(owner, cases, twos)

    def _chosen(self, owner: Owner, cases: Cases, twos: Sequence[Two]) -> Outcome:
        found: Outcome = {}
        opened: Outcome = {}
        left, unknown = EVERYBODY, NOBODY
        for case, two in zip(cases, twos, strict=True):
            found[case.name] = any_of(found.get(case.name, NOBODY), all_of(left, two.yes))
            left = all_of(left, opposite(two.yes))
            not_known = all_of(left, opposite(two.no))
            unknown = any_of(unknown, not_known)
            opened[case.name] = any_of(opened.get(case.name, NOBODY), not_known)
        if owner.kind == "flag":
            return {**found, "not_known": all_of(left, unknown), "none": all_of(left, opposite(unknown))}
        if owner.kind == "condition":
            return {**found, "not_known": left}
        still = {f"open {name}": all_of(formula, opposite(found[name])) for name, formula in opened.items()}
        return {**found, **still, "self_management": left}

    def _raw(self, cases: Cases) -> Outcome:
        """The states of a rule, danger first, rankings apart."""
        if not cases:
            return {}
        criteria, considered, who = (
            self.everyone.encode(tree) for tree in trees_of(Owner("rule", "", cases), cases)
        )
        advised = any_of(criteria.yes, considered.yes)
        settled_no = all_of(criteria.no, opposite(advised))
        first = self.danger if any(case.name == "delays" for case in cases) else NOBODY
        raw = {
            "advised": advised,
            "needs_answer": opposite(any_of(advised, settled_no)),
            "does_not_concern": all_of(settled_no, who.no),
        }
        states = {name: all_of(opposite(first), formula) for name, formula in raw.items()}
        return {**states, "not_advised": opposite(any_of(*states.values()))}
