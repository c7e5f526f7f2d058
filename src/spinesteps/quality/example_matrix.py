"""All example patients judged at once, one bit each, and which of them a planted fault (mutate.py) would fail.

A fault is killed when an expectation written by hand fails, or a law: "not sure" on a floor question is at least
`today`, and danger is exactly an urgency of `emergency` or `today`. Only the owner that was changed is judged again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from operator import or_

from spinesteps.logic.conditions import AllOf, Condition, facts_in
from spinesteps.logic.engines.compiled import Compiled
from spinesteps.logic.engines.filled import imply
from spinesteps.logic.engines.program import Program
from spinesteps.logic.engines.what_if import Bits, vary, vary_given
from spinesteps.logic.facts import Answer, Silence, YesNo
from spinesteps.pathway.outcomes import STATES, Parts, planned, stand
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import EVERYONE, FLAG_LEVELS, NEVER, URGENCIES, Rule, reached
from spinesteps.quality.examples import Example
from spinesteps.quality.expected import expected_of
from spinesteps.quality.mutation import Cases, Mutant, Owner, PathwayMutant, owners

NONE = "none"  # expected of an advised rule that carries no urgency of its own
Answers = Mapping[str, Answer]
Outcome = dict[str, int]  # by name: the people for whom it was chosen
Outcomes = dict[tuple[str, str], Outcome]  # by kind and id of the owner


@dataclass(frozen=True, slots=True)
class Standings:
    """Of every rule the people by its state, those in whose plan it stands, and those to whom it comes first."""

    states: dict[str, Outcome]
    stands: Outcome
    first: Outcome


class ExampleMatrix:
    """The people of the examples and of the floor law, judged by a pathway, and those a fault would fail."""

    def __init__(self, pathway: Pathway, examples: Sequence[Example]) -> None:
        self.pathway = pathway
        self.examples = examples
        self.given: list[Answers] = [*(example.answers() for example in examples), *floor_people(pathway)]
        self.people = [imply(given, pathway.implied) for given in self.given]
        self.everyone = (1 << len(self.people)) - 1
        self.expected = expected_of(examples, pathway, len(self.people))
        self.owners = owners(pathway)
        switched_off = reached(tuple(replace(flag, on=not flag.on) for flag in pathway.red_flags), "today")
        self.off = vary(Program([switched_off]), {}, self.people)[0][0]  # flags that are off still block
        places = self._places()
        self.outcomes: Outcomes = {
            (owner.kind, owner.id): self.outcome(owner, owner.cases, places[number])
            for number, owner in enumerate(self.owners)
        }

    def _places(self) -> list[list[Bits]]:
        """For each owner, the bits of each of its cases."""
        trees = [trees_of(owner, owner.cases) for owner in self.owners]
        bits = iter(vary(Program([tree for some in trees for tree in some]), {}, self.people))
        return [[next(bits) for _ in some] for some in trees]

    # --- what an owner says of everybody -----------------------------------------------------------------------

    def outcome(self, owner: Owner, cases: Cases, bits: Sequence[Bits]) -> Outcome:
        """What an owner with these cases says of everybody: by name, the people."""
        if owner.kind == "rule":
            return self._rule(cases, bits)
        if owner.kind in ("flag", "condition", "step"):
            otherwise = {"condition": self.pathway.condition.otherwise, "step": self.pathway.step.otherwise}
            return self._first(cases, bits, otherwise.get(owner.kind))
        if owner.kind == "plan":
            return {"yes": bits[0][0], "no": bits[0][1]} if bits else {"yes": self.everyone, "no": 0}
        if owner.kind == "ask":
            return {"open": (bits[0][0] if bits else 0) & self._unasked(owner.id)}
        return {"yes": bits[0][0] if bits and owner.kind != "score" else 0}

    def _first(self, cases: Cases, bits: Sequence[Bits], otherwise: str | None) -> Outcome:
        """The first case that is yes; names before it that are not known stand as `open <name>`."""
        found: Outcome = {}
        left, unknown = self.everyone, 0
        for case, (yes, no) in zip(cases, bits, strict=True):
            found[case.name] = found.get(case.name, 0) | (left & yes)
            left &= ~yes
            open_ = left & ~no
            unknown |= open_
            found[f"open {case.name}"] = found.get(f"open {case.name}", 0) | open_
        if otherwise is None:
            found["not_known"], found["none"] = left & unknown, left & ~unknown
        else:
            found[otherwise] = found.get(otherwise, 0) | left
        for name in {case.name for case in cases}:
            found[f"open {name}"] &= ~found[name]
        return found

    def _rule(self, cases: Cases, bits: Sequence[Bits]) -> Outcome:
        """What the standing of a rule is made of: where each part is yes (by its name) and no (`not <name>`)."""
        if not cases:
            return {}
        made: Outcome = {}
        for name, (yes, no) in zip(("criteria", "considered", "who"), bits, strict=True):
            made[name], made[f"not {name}"] = yes, no
        settled = made["criteria"] | made["not criteria"] | made["considered"]
        delays = self.everyone if any(case.name == "delays" for case in cases) else 0
        return made | {"open": self.everyone & ~settled, "delays": delays}

    def _unasked(self, name: str) -> int:
        waiting = (Silence.NOT_ASKED, Silence.OUT_OF_DATE)
        return sum(1 << n for n, said in enumerate(self.people) if said.get(name, Silence.NOT_ASKED) in waiting)

    # --- who is failed -----------------------------------------------------------------------------------------

    def killed(self, mutants: Sequence[Mutant]) -> list[int | None]:
        """For each mutant of one owner the people it fails; None when it is the same program as the original."""
        if not mutants:
            return []
        owner = mutants[0].owner
        trees = [trees_of(owner, mutant.cases) for mutant in mutants]
        own = trees_of(owner, owner.cases)
        program = Program([*own, *(tree for some in trees for tree in some)])
        bits = vary(program, {}, self.people)
        found: list[int | None] = []
        original = _key(owner.cases, program.roots[: len(own)])
        at = len(own)
        for mutant, some in zip(mutants, trees, strict=True):
            end = at + len(some)
            same = _key(mutant.cases, program.roots[at:end]) == original
            found.append(None if same else self._failed_by(mutant, bits[at:end]))
            at = end
        return found

    def _failed_by(self, mutant: Mutant, bits: Sequence[Bits]) -> int:
        if mutant.owner.kind == "score":
            return self._failed_scores(mutant)
        changed = self.outcome(mutant.owner, mutant.cases, bits)
        return self.failed({**self.outcomes, (mutant.owner.kind, mutant.owner.id): changed}, mutant.owner)

    def failed(self, outcomes: Outcomes, owner: Owner | None = None) -> int:
        """The people whose expectations fail, all of them or those that hang on one owner."""
        kind = owner.kind if owner else ""
        failed = 0
        if kind in ("", "flag", "routine"):
            failed |= self._failed_urgency(outcomes)
        if kind in ("", "flag"):
            flags = [owner.id] if owner else [id_ for kind_, id_ in outcomes if kind_ == "flag"]
            failed |= reduce(or_, (self._failed_flag(outcomes, id_) for id_ in flags), 0)
        if kind in ("", "rule") or (kind == "flag" and self._danger(outcomes) != self._danger(self.outcomes)):
            failed |= self._failed_rules(outcomes)
        elif kind == "plan":
            failed |= self._failed_plan(self.standings(outcomes))
        if kind in ("", "danger"):
            failed |= self._danger(self.outcomes) ^ outcomes["danger", "danger"].get("yes", 0)
        if kind in ("", "condition", "step", "cause", "ask"):
            failed |= self._failed_choices(outcomes)
        return failed

    def failed_by_whole(self, whole: PathwayMutant) -> int:
        """The people failed by a fault that is not in one owner. Only implied facts change what the trees say."""
        implied = whole.pathway.implied
        if implied is self.pathway.implied:
            other = copy(self)
            other.pathway = whole.pathway
            return other.failed(other.outcomes)
        moved = [n for n in range(len(self.examples)) if imply(self.given[n], implied) != self.people[n]]
        other = ExampleMatrix(whole.pathway, [self.examples[n] for n in moved])
        failed = other.failed(other.outcomes) | reduce(
            or_, (self._failed_score(other, score.id) for score in whole.pathway.scores), 0
        )
        floor = failed >> len(moved) << len(self.examples)
        return floor | sum(1 << n for place, n in enumerate(moved) if failed >> place & 1)

    def _urgency(self, outcomes: Outcomes) -> Outcome:
        found: Outcome = {}
        left = self.everyone
        flags = [outcome for (kind, _), outcome in outcomes.items() if kind == "flag"]
        for level in FLAG_LEVELS:
            reach = reduce(or_, (flag.get(level, 0) for flag in flags), 0)
            if level == "routine":
                reach |= outcomes["routine", "routine"].get("yes", 0)
            found[level] = left & reach
            left &= ~reach
        found["self_care"] = left
        return found

    def _danger(self, outcomes: Outcomes) -> int:
        urgency = self._urgency(outcomes)
        return urgency["emergency"] | urgency["today"]

    def _failed_urgency(self, outcomes: Outcomes) -> int:
        found = self._urgency(outcomes)
        failed = self.expected.floor & ~(found["emergency"] | found["today"])
        for level in URGENCIES:
            failed |= self.expected.get("urgency", level) & ~found[level]
        return failed

    def _failed_flag(self, outcomes: Outcomes, id_: str) -> int:
        flag = outcomes["flag", id_]
        urgency = self._urgency(outcomes)
        reason = reduce(or_, (flag.get(level, 0) & urgency[level] for level in FLAG_LEVELS), 0)
        failed = self.expected.get("reasons", id_) & ~reason
        for level in (*FLAG_LEVELS, "none", "not_known"):
            failed |= self.expected.get(f"red_flags {id_}", level) & ~flag.get(level, 0)
        return failed

    def _failed_rules(self, outcomes: Outcomes) -> int:
        standings = self.standings(outcomes)
        states = standings.states
        wrong = (self.expected.get(s, id_) & ~found.get(s, 0) for id_, found in states.items() for s in STATES)
        own = {rule.id: rule.urgency or NONE for rule in self.pathway.rules}
        carried = (
            people & ~(states[id_].get("advised", 0) if own.get(id_) == level else 0)
            for (id_, level), people in self.expected.own.items()
        )
        return reduce(or_, (*wrong, *carried), self._failed_plan(standings))

    def _failed_plan(self, standings: Standings) -> int:
        """Who expects another plan: another first, or an advice that stands in it or does not."""
        failed, named = 0, self.expected.get("named", "plan_first")
        order = self.pathway.plan
        for rule in self.pathway.rules:
            first, stands = standings.first.get(rule.id, 0), standings.stands.get(rule.id, 0)
            failed |= (first ^ self.expected.get("plan_first", rule.id)) & named
            part = "plan_avoid" if rule.direction in ("avoid", "stop") else "plan_also"
            part = "plan_later" if rule.id in order.later else part
            for name in ("plan_also", "plan_avoid", "plan_later"):
                failed |= self.expected.get(name, rule.id) & ~(stands & ~first if name == part else 0)
            failed |= self.expected.get("not_planned", rule.id) & stands
        return failed

    def standings(self, outcomes: Outcomes) -> Standings:
        """How every rule stands, and the plan: the pathway's own definition, its parts given as sets of people."""
        blocked = self._danger(outcomes) | self.off
        given: dict[str, Bits] = {}
        there: set[str] = set()
        for (kind, id_), made in outcomes.items():
            if kind != "rule":
                continue
            if made:
                there.add(id_)
            held_back = blocked & made.get("delays", 0)
            given[_slot("blocked", id_)] = (held_back, self.everyone & ~held_back)
            for name in ("criteria", "considered", "who"):
                given[_slot(name, id_)] = (made.get(name, 0), made.get(f"not {name}", self.everyone))
        for name in self.pathway.plan.whens():
            made = outcomes["plan", name]
            given[_slot("plan", name)] = (made["yes"], made["no"])
        trees = _trees(self.pathway)
        bits = iter(vary_given(trees.program, given, self.everyone))
        chosen = {id_: self._chosen(its, [next(bits)[0] for _ in its]) for id_, its in trees.cases.items()}
        stands = {id_: next(bits)[0] for id_ in trees.stands}
        first: Outcome = {}
        for tier in trees.tiers:
            left = self.everyone
            for case in tier:
                yes = next(bits)[0]
                first[case.name] = first.get(case.name, 0) | (left & yes)
                left &= ~yes
        return Standings({id_: its if id_ in there else {} for id_, its in chosen.items()}, stands, first)

    def states(self, outcomes: Outcomes) -> dict[str, Outcome]:
        """The state of every rule."""
        return self.standings(outcomes).states

    def _chosen(self, cases: Cases, yes: Sequence[int]) -> Outcome:
        """Where each state is the one chosen; every case of a standing is settled."""
        states: Outcome = dict.fromkeys(STATES, 0)
        left = self.everyone
        for case, people in zip(cases, yes, strict=True):
            states[case.name] |= left & people
            left &= ~people
        states["not_advised"] |= left
        return states

    def _failed_choices(self, outcomes: Outcomes) -> int:
        failed = 0
        for kind in ("condition", "step"):
            found = outcomes[kind, kind]
            for name in (*self.pathway.condition.names, *self.pathway.step.names):
                failed |= self.expected.get(kind, name) & ~found.get(name, 0)
                if kind == "step":
                    failed |= self.expected.get("step_open", name) & ~found.get(f"open {name}", 0)
        for (kind, id_), found in outcomes.items():
            if kind == "cause":
                failed |= self.expected.get("other_causes", id_) & ~found["yes"]
                failed |= self.expected.get("no other_causes", id_) & found["yes"]
            elif kind == "ask":
                failed |= self.expected.get("emergency_open", id_) & ~found["open"]
                failed |= self.expected.get("not_open", id_) & found["open"]
        return failed

    def _failed_scores(self, mutant: Mutant) -> int:
        return _wrong_spans(mutant.cases, self.expected.scores.get(mutant.owner.id, []), self.people)

    @staticmethod
    def _failed_score(other: ExampleMatrix, id_: str) -> int:
        cases = next(owner.cases for owner in other.owners if owner.kind == "score" and owner.id == id_)
        return _wrong_spans(cases, other.expected.scores.get(id_, []), other.people)


def _slot(part: str, id_: str) -> str:
    return f"{part}_{id_.replace('-', '_').replace(' ', '_').lower()}"


@dataclass(frozen=True)
class _Trees:
    """How every rule stands and how the plan is made, over facts named for their parts, and the program of it all."""

    program: Program
    cases: Mapping[str, Cases]
    stands: Mapping[str, Condition]
    tiers: tuple[Cases, ...]


@lru_cache(maxsize=4)
def _trees(pathway: Pathway) -> _Trees:
    def parts(rule: Rule) -> Parts:
        made = (YesNo(_slot(part, rule.id)).condition() for part in ("blocked", "criteria", "considered", "who"))
        return Parts(*made)

    standing = stand(pathway.rules, pathway.rankings, parts)
    whens = pathway.plan.whens()
    order = pathway.plan.edited(
        lambda name, part: YesNo(_slot("plan", name)).condition() if name in whens else part.condition()
    )
    plan = planned(order, standing)
    cases = {id_: its.state.cases for id_, its in standing.items()}
    tiers = tuple(tier.cases for tier in plan.first.values())
    everything = [case.when for its in cases.values() for case in its]
    everything += [*plan.stands.values(), *(case.when for tier in tiers for case in tier)]
    return _Trees(Program(everything), cases, plan.stands, tiers)


def _wrong_spans(cases: Cases, wanted: Sequence[tuple[int, tuple[float, float]]], people: Sequence[Answers]) -> int:
    if not cases:
        return sum(1 << person for person, _ in wanted)
    compiled = Compiled([cases[0].when])
    return sum(1 << person for person, span in wanted if compiled(people[person])[2][0] != span)


def _key(cases: Cases, roots: Sequence[int]) -> tuple[object, ...]:
    return tuple(case.name for case in cases), tuple(roots)


def trees_of(owner: Owner, cases: Cases) -> list[Condition]:
    """What is judged of an owner: each case, or criteria, considered and who of a rule."""
    if owner.kind != "rule":
        return [case.when for case in cases]
    if not cases:
        return []
    named = {case.name: case.when for case in cases}
    who, when = named.get("who", EVERYONE), named.get("when", EVERYONE)
    against = (~tree for name, tree in named.items() if name.startswith("unless"))
    return [AllOf.of(who, when, *against), named.get("considered", NEVER), who]


def floor_people(pathway: Pathway) -> list[dict[str, Answer]]:
    """For each floor question somebody who is not sure of it and of what makes it worth asking; the rest not asked."""
    people: list[dict[str, Answer]] = []
    for ask in pathway.emergency_questions:
        facts = (ask.fact, *(facts_in(ask.after) if ask.after is not None else ()))
        people.append({fact.name: Silence.NOT_SURE for fact in facts})
    return people
