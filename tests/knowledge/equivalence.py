"""Whether a planted fault says the same of every possible person, by the solver; else the smallest who differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from spinesteps.logic.engines.prove import EVERYBODY, NOBODY, Everyone, Formula, Person, Two, all_of, any_of, opposite
from spinesteps.pathway.outcomes import Parts, RuleOutcome, outcomes, planned, stand
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import NEVER, Ranking, Rule, reached
from spinesteps.quality.example_matrix import trees_of
from spinesteps.quality.mutation import Cases, Mutant, Owner, owners

Outcome = dict[str, Formula]


class Equivalence:
    """What the owners of a pathway say of everybody, as far as an example patient can expect it."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.everyone = Everyone(pathway.facts, pathway.implied)
        self.flagged = self.everyone.encode(reached(pathway.red_flags, "routine")).yes
        self.rules = {owner.id: owner for owner in owners(pathway) if owner.kind == "rule"}

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
        both = [self._standing(id, self.rules[id].cases, ()).advised for id in (one, other)]
        return not self.everyone.exists(all_of(*(self.everyone.encode(advised).yes for advised in both)))

    def same_plan(self, other: Pathway) -> bool:
        """Nobody has another plan by the other pathway, which differs in the order of its plan only."""
        return not self.everyone.exists(any_of(*self._other_plan(other)))

    def _other_plan(self, other: Pathway) -> Iterator[Formula]:
        encode, standing = self.everyone.encode, self._every_standing
        before, after = (planned(pathway.plan, standing) for pathway in (self.pathway, other))
        for id_, stands in before.stands.items():
            if stands != after.stands[id_]:
                yield encode(stands).yes != encode(after.stands[id_]).yes
            if (id_ in self.pathway.plan.later) is not (id_ in other.plan.later):
                yield encode(stands).yes
        for id_, tier in before.first.items():
            if tier != after.first[id_]:
                firsts = [encode.chosen(one) for one in (tier, after.first[id_])]
                for name in sorted(firsts[0].keys() | firsts[1].keys()):
                    yield firsts[0].get(name, NOBODY) != firsts[1].get(name, NOBODY)

    @cached_property
    def _every_standing(self) -> dict[str, RuleOutcome]:
        return outcomes(self.pathway)

    def outcome(self, owner: Owner, cases: Cases) -> Outcome:
        """What an owner with these cases says, by name."""
        if owner.kind == "rule":
            if not cases:
                return {}
            return self.everyone.encode.chosen(self._standing(owner.id, cases, self.pathway.rankings).state)
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

    def _standing(self, id_: str, cases: Cases, rankings: Sequence[Ranking]) -> RuleOutcome:
        """How a rule with these cases stands, beside those that win over it."""

        def parts(rule: Rule) -> Parts:
            its = cases if rule.id == id_ else self.rules[rule.id].cases
            delays = any(case.name == "delays" for case in its)
            return Parts(self.pathway.blocked if delays else NEVER, *trees_of(Owner("rule", "", its), its))

        beside = {id_, *(ranking.winner for ranking in rankings if ranking.loser == id_)}
        return stand([rule for rule in self.pathway.rules if rule.id in beside], rankings, parts)[id_]
