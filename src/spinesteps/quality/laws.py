"""The laws a pathway keeps for every possible person, and their proofs.

A law is a name, a sentence and its claims. Most claims say how it could be broken: the law holds when the solver
finds nobody like that. A claim with `must` is the other way round: somebody like that must exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import combinations
from time import perf_counter

from spinesteps.errors import DeclarationError
from spinesteps.logic.conditions import Condition, Is, Named, Unclear
from spinesteps.logic.engines.prove import EVERYBODY, NOBODY, Everyone, Formula, Person, all_of, any_of, opposite
from spinesteps.logic.facts import Fact, Value, YesNo
from spinesteps.pathway.outcomes import outcomes, planned
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.plan import MOST_FIRST
from spinesteps.pathway.plan import NOBODY as NO_ADVICE
from spinesteps.pathway.rules import FLAG_LEVELS
from spinesteps.quality.switch import with_switches

SAFETY = "safety"
UNHURRIED = ("self_management", "guided_rehabilitation", "maintenance")  # steps whose advice may always wait
FIXED_WORDS = "do not stop suddenly"


@dataclass(frozen=True, slots=True)
class Breakage:
    """One way to break a law (`must`: one thing that must be possible). formula None: it is broken, without a person.

    then: the fact whose new answer shows the breakage, where a law compares a person before and after.
    """

    what: str
    formula: Formula | None
    must: bool = False
    then: tuple[str, Value | None] | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """What holds for every person."""

    name: str
    sentence: str
    claims: Callable[[EveryoneJudged], Iterator[Breakage]]


@dataclass(frozen=True, slots=True)
class Result:
    """Whether a law holds. When not: every broken claim, and the smallest person for the first that has one.

    then: that person after the one answer that shows the breakage, where a law compares before and after.
    """

    law: Law
    holds: bool
    seconds: float
    claims: int
    broken: tuple[str, ...] = ()
    person: Person | None = None
    then: Person | None = None


@dataclass(frozen=True, slots=True)
class PlanFormulas:
    """Where each advice stands in the plan, and for each tier where which advice takes it."""

    stands: Mapping[str, Formula]
    first: Mapping[str, Mapping[str, Formula]]


class EveryoneJudged:
    """A pathway of a day over every person, as formulas. Reads the same trees as every engine."""

    def __init__(self, pathway: Pathway, everyone: Everyone | None = None) -> None:
        self.pathway = pathway
        self.everyone = everyone or Everyone(pathway.facts, pathway.implied)
        cases = pathway.urgency.cases
        self.at_least = {
            level: any_of(*(self.yes(c.when) for c in cases if c.name in FLAG_LEVELS[: place + 1]))
            for place, level in enumerate(FLAG_LEVELS)
        }
        self.hurry = self.at_least["today"]
        self.danger = self.yes(pathway.danger)
        self.step = self.everyone.encode.chosen(pathway.step)
        self.standing = outcomes(pathway)

    @cached_property
    def advised(self) -> dict[str, Formula]:
        """Where each rule is advised."""
        return {id_: self.yes(its.advised) for id_, its in self.standing.items()}

    @cached_property
    def in_full(self) -> dict[str, Formula]:
        """Where each rule is advised, and not only considered."""
        return {id_: self.yes(its.in_full) for id_, its in self.standing.items()}

    @cached_property
    def plan(self) -> PlanFormulas:
        """The plan of everybody."""
        trees = planned(self.pathway.plan, self.standing)
        return PlanFormulas(
            {id_: self.yes(when) for id_, when in trees.stands.items()},
            {id_: self.everyone.encode.chosen(tier) for id_, tier in trees.first.items()},
        )

    def yes(self, node: Condition) -> Formula:
        """Where the condition is settled yes."""
        return self.everyone.encode(node).yes


def prove(pathway: Pathway, day: date, progress: Callable[[Result], None] | None = None) -> list[Result]:
    """Try every law on the pathway as of a day; `progress` hears of each one when it is done."""
    start = perf_counter()
    judged = EveryoneJudged(pathway.as_of(day))
    results = []
    for law in LAWS:
        result = try_law(law, judged, start)
        results.append(result)
        if progress is not None:
            progress(result)
        start = perf_counter()
    return results


def try_law(law: Law, judged: EveryoneJudged, start: float | None = None) -> Result:
    """Try one law."""
    start = perf_counter() if start is None else start
    claims = list(_claims(law, judged))
    broken = _broken(claims, judged.everyone)
    person, then = None, None
    for claim in broken:
        if claim.formula is not None and not claim.must:
            person = judged.everyone.smallest(claim.formula)
            if person is not None and claim.then is not None:
                name, value = claim.then
                then = {**person, name: "not_sure" if value is None else _plain(value)}
            break
    what = tuple(claim.what for claim in broken)
    return Result(law, not broken, perf_counter() - start, len(claims), what, person, then)


def _claims(law: Law, judged: EveryoneJudged) -> Iterator[Breakage]:
    """The claims of a law; a pathway on which it cannot be stated breaks it."""
    try:
        yield from law.claims(judged)
    except DeclarationError as error:
        yield Breakage(str(error), None)


def _broken(claims: Sequence[Breakage], everyone: Everyone) -> list[Breakage]:
    """The claims that are broken. Those that must not be are looked for all at once, and one by one if any is found."""
    must = [claim for claim in claims if claim.must]
    never = [claim for claim in claims if not claim.must and claim.formula is not None]
    if not everyone.exists(any_of(*(claim.formula for claim in never))):
        never = []
    stated = [*must, *never]
    held = everyone.possible([claim.formula for claim in stated])
    wrong = {claim.what for claim, holds in zip(stated, held, strict=True) if holds is not claim.must}
    return [claim for claim in claims if claim.formula is None or claim.what in wrong]


def _plain(value: Value) -> bool | int | float | str:
    return value if isinstance(value, bool | int | float | str) else value.isoformat()


def _yes_no(judged: EveryoneJudged, danger: bool) -> list[Fact]:
    return [fact for fact in judged.pathway.facts if fact.danger is danger and isinstance(fact, YesNo)]


def _falls(judged: EveryoneJudged, name: str, value: Value | None) -> Formula:
    """Some level of urgency that is reached is no longer reached once the fact has this answer."""
    reached = judged.at_least.values()
    return any_of(*(all_of(r, opposite(judged.everyone.changed(r, name, value))) for r in reached))


def _never_lowers(judged: EveryoneJudged, name: str, value: bool | None) -> Breakage:
    """From no, or from not asked, the fact's new answer lowers the urgency."""
    met, not_yes = judged.everyone.given[name], opposite(judged.everyone.says(name, True))
    what = f"{'yes to' if value else 'not sure of'} {name} lowers the urgency"
    formula = all_of(opposite(met.unclear), not_yes, _falls(judged, name, value))
    return Breakage(what, formula, then=(name, value))


def _monotone(judged: EveryoneJudged) -> Iterator[Breakage]:
    describing = {one.fact.name for one in judged.pathway.describing}
    facts = [fact.name for fact in _yes_no(judged, danger=True)]
    yield from (_never_lowers(judged, name, True) for name in facts if name not in describing)


def _unsure(judged: EveryoneJudged) -> Iterator[Breakage]:
    yield from (_never_lowers(judged, fact.name, None) for fact in _yes_no(judged, danger=True))


def _benign(judged: EveryoneJudged) -> Iterator[Breakage]:
    """But for the place of a sign that is described: it says where the pain is."""
    for fact in _yes_no(judged, danger=False):
        claim = _never_lowers(judged, fact.name, True)
        beside = (one.fact.name for one in judged.pathway.describing if one.place is fact)
        described = (judged.everyone.says(name, True) for name in beside)
        yield replace(claim, formula=all_of(claim.formula, opposite(any_of(*described))))


def _floor(judged: EveryoneJudged) -> Iterator[Breakage]:
    for ask in judged.pathway.emergency_questions:
        name = ask.fact.name
        described = (judged.yes(one.fact.condition()) for one in judged.pathway.describing if one.sign is ask.fact)
        soon = any_of(judged.at_least["two_weeks"], *described)
        due = EVERYBODY if ask.after is None else judged.yes(ask.after)
        unsure, yes = judged.yes(Unclear(ask.fact)), judged.yes(Is(ask.fact, True))
        yield Breakage(f"not sure of {name} is less than today", all_of(due, unsure, opposite(judged.hurry)))
        yield Breakage(f"yes to {name} is less than two weeks", all_of(due, yes, opposite(soon)))


def _opposed(judged: EveryoneJudged) -> Iterator[Breakage]:
    for rule in judged.pathway.rules:
        for other in rule.opposes:
            if other not in judged.advised:
                yield Breakage(f"{rule.id} opposes {other}, which is no rule", None)
                continue
            both = all_of(judged.advised[rule.id], judged.advised[other])
            yield Breakage(f"{rule.id} and {other} are advised together", both)


def _one_step(judged: EveryoneJudged) -> Iterator[Breakage]:
    steps = list(judged.step.values())
    two = any_of(*(all_of(a, b) for place, a in enumerate(steps) for b in steps[:place]))
    yield Breakage("no step, or two", any_of(two, opposite(any_of(*steps))))
    things = (judged.in_full[rule.id] for rule in judged.pathway.rules if rule.direction == "do")
    yield Breakage("nothing to do", opposite(any_of(*things)))


def _danger_first(judged: EveryoneJudged) -> Iterator[Breakage]:
    yield Breakage("an urgency of emergency or today that is not danger", all_of(judged.hurry, opposite(judged.danger)))
    yield Breakage("danger without an urgency of emergency or today", all_of(judged.danger, opposite(judged.hurry)))
    safety = judged.step.get(SAFETY, NOBODY)
    yield Breakage("at emergency or today another step than safety", all_of(judged.hurry, opposite(safety)))
    yield Breakage("the step is safety without emergency or today", all_of(safety, opposite(judged.hurry)))


def _no_delay(judged: EveryoneJudged) -> Iterator[Breakage]:
    for rule in judged.pathway.rules:
        if rule.delays or rule.step in UNHURRIED:
            yield Breakage(f"{rule.id} is advised at emergency or today", all_of(judged.advised[rule.id], judged.hurry))


def _alive(judged: EveryoneJudged) -> Iterator[Breakage]:
    for flag in judged.pathway.red_flags:
        graver: list[Formula] = []
        for case in flag.levels.cases if flag.on else ():
            two = judged.everyone.encode(case.when)
            level = f"{flag.id} {case.name}"
            yield Breakage(f"{level} can never hold", all_of(two.yes, *graver), must=True)
            yield Breakage(f"{level} can never fail", two.no, must=True)
            graver.append(opposite(two.yes))
    for rule in judged.pathway.rules:
        yield Breakage(f"{rule.id} can never be advised", judged.advised[rule.id], must=True)
        yield Breakage(f"{rule.id} is always advised", opposite(judged.advised[rule.id]), must=True)
        if rule.considered is not None:
            only = all_of(judged.advised[rule.id], opposite(judged.in_full[rule.id]))
            yield Breakage(f"{rule.id} can never be considered only", only, must=True)
            yield Breakage(f"{rule.id} is always advised in full", judged.in_full[rule.id], must=True)
    for name, chosen in judged.step.items():
        yield Breakage(f"the step {name} can never be chosen", chosen, must=True)


def _deficit(judged: EveryoneJudged) -> Iterator[Breakage]:
    opinion = judged.pathway.urgent_opinion
    advised = judged.in_full.get(opinion)
    if advised is None:
        raise DeclarationError(f'There is no rule "{opinion}".')
    for weakness in judged.pathway.deficits:
        name = weakness.name if isinstance(weakness, Named) else "a deficit"
        yield Breakage(f"{name}, without {opinion}", all_of(judged.yes(weakness), opposite(advised)))


def _flag_off(judged: EveryoneJudged) -> Iterator[Breakage]:
    """Each flag gets a switch, so that the pathway is encoded once for all of them."""
    pathway = judged.pathway
    switched, switches = with_switches(pathway)
    facts = (*pathway.facts, *switches.values())
    after = EveryoneJudged(switched, Everyone(facts, pathway.implied))
    permissive = [rule.id for rule in pathway.rules if rule.permissive and rule.step != SAFETY]
    added = any_of(*(all_of(after.advised[id_], opposite(judged.advised[id_])) for id_ in permissive))
    for flag in switches:
        settings = [after.everyone.says(switch.name, id_ != flag) for id_, switch in switches.items()]
        yield Breakage(f"without {flag} more is advised", all_of(*settings, added))


def _taper(judged: EveryoneJudged) -> Iterator[Breakage]:
    directions = {rule.id: rule.direction for rule in judged.pathway.rules}
    for id_, words in judged.pathway.wording.advice.items():
        if id_.startswith(judged.pathway.tapered):
            patient = words["patient"].lower()
            text = f"{words['title'].lower()} {patient.removeprefix(FIXED_WORDS)}"
            wrong = "stop" in text or not patient.startswith(FIXED_WORDS) or directions.get(id_) == "stop"
            yield Breakage(f"{id_} says stop, or does not begin with the fixed words", None if wrong else NOBODY)


def _first(judged: EveryoneJudged) -> Iterator[Breakage]:
    plan = judged.plan
    taken = [opposite(tier[NO_ADVICE]) for tier in plan.first.values()]
    yield Breakage("something is advised and nothing comes first",
                   all_of(any_of(*judged.advised.values()), opposite(any_of(*taken))))  # fmt: skip
    many = any_of(*(all_of(*some) for some in combinations(taken, MOST_FIRST + 1)))
    yield Breakage(f"more than {MOST_FIRST} things come first", many)
    for id_, stands in plan.stands.items():
        held = [tier[id_] for tier in plan.first.values() if id_ in tier]
        if held:
            yield Breakage(f"{id_} comes first and does not stand in the plan", all_of(any_of(*held), opposite(stands)))
            yield Breakage(f"{id_} comes first twice", any_of(*(all_of(*two) for two in combinations(held, 2))))


def _apart(judged: EveryoneJudged) -> Iterator[Breakage]:
    plan, order = judged.plan.stands, judged.pathway.plan
    pairs = [(rule.id, other) for rule in judged.pathway.rules for other in rule.opposes]
    for ids in (*order.same, *order.opposite):
        pairs += combinations(ids, 2)
    for one, other in pairs:
        missing = [id_ for id_ in (one, other) if id_ not in plan]
        if missing:
            yield Breakage(f"the plan names {missing[0]}, which is no rule", None)
        else:
            yield Breakage(f"{one} and {other} stand in one plan", all_of(plan[one], plan[other]))


def _not_taken(judged: EveryoneJudged) -> Iterator[Breakage]:
    takes = any_of(*(judged.yes(taken.condition()) for taken in judged.pathway.plan.takes))
    words = judged.pathway.wording.advice
    for rule in judged.pathway.rules:
        if rule.direction == "stop" or words[rule.id]["patient"].lower().startswith(FIXED_WORDS):
            stands = judged.plan.stands[rule.id]
            yield Breakage(f"{rule.id}, told to one who takes no medicine", all_of(stands, opposite(takes)))


LAWS = (
    Law("danger-is-monotone", "A yes to a danger question never lowers the urgency.", _monotone),
    Law("unsure-is-never-calmer", '"Not sure" never lowers an urgency below that of no, or of not asked.', _unsure),
    Law("nothing-benign-lowers", "A yes to a question that is not about danger never lowers the urgency.", _benign),
    Law("floor", "On a floor question, not sure gives at least today and yes at least two weeks.", _floor),
    Law("danger-first", "Danger is emergency or today, and then the step is safety, and only then.", _danger_first),
    Law("no-delay", "No advice that may delay is given at emergency or today.", _no_delay),
    Law("no-contradiction", "Two advices that oppose each other are never given together.", _opposed),
    Law("one-step", "Everybody gets exactly one step and something to do.", _one_step),
    Law("alive", "Every level of a red flag, every rule and every step can hold, and can fail to hold.", _alive),
    Law("deficit", "New weakness always gets an urgent surgical opinion; no criterion stands in its way.", _deficit),
    Law("flag-off", "A red flag that is switched off never adds something to do or to consider.", _flag_off),
    Law("plan-first", "Where anything is advised, one to three things come first, one of each tier at most.", _first),
    Law("plan-apart", "No two items of one plan say the opposite or the same.", _apart),
    Law("plan-taken", "The plan of one who takes no medicine says nothing about ending one.", _not_taken),
    Law("taper", "No text for patients about a medicine that must be tapered says stop.", _taper),
)


def law(name: str) -> Law:
    """A law by its name."""
    return next(one for one in LAWS if one.name == name)
