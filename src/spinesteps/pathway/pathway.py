"""The whole pathway, and the pathway as of a day: rules, thresholds and evidence frozen, with a fingerprint."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from spinesteps.errors import DeclarationError, NoValueError
from spinesteps.logic import serial
from spinesteps.logic.conditions import Case, Condition, FirstOf, Highest, Points, established, guarded
from spinesteps.logic.facts import Combines, Fact
from spinesteps.logic.implied import Implied, Least
from spinesteps.logic.thresholds import Thresholds
from spinesteps.pathway.as_of import date_condition, date_outcome
from spinesteps.pathway.evidence import Source, read_evidence
from spinesteps.pathway.numerals import Numerals, read_numerals
from spinesteps.pathway.placeholders import Placeholder, fill, filled
from spinesteps.pathway.plan import PlanOrder
from spinesteps.pathway.readings import Conflict, Interpretation, read_conflicts, read_interpretations
from spinesteps.pathway.rules import (
    FLAG_LEVELS,
    HURRY,
    Ask,
    Describes,
    Likelihood,
    OtherCause,
    Ranking,
    RedFlag,
    Rule,
    Score,
    reached,
)
from spinesteps.pathway.wording import Wording, read_wording

Dated = TypeVar("Dated", RedFlag, Rule)
Texts = TypeVar("Texts")


@dataclass(frozen=True, kw_only=True)
class Pathway:
    """Everything a pathway is made of. Declared in knowledge/, judged through `as_of`.

    routine: without a red flag, urgency is `routine` when this holds, else `self_care`.
    danger: emergency or today. deficits: while one holds, the rule `urgent_opinion` is advised, whatever else is said.
    describing: danger facts that say which sign it is; only these may choose a calmer rule.
    tapered: how the ids of advice begin that is about a medicine which must be tapered.
    step, condition: outcomes. plan: how advice is ordered for a reader. emergency_questions: floor facts, as asked.
    danger_questions: what a person or helper must answer before they count as checked.
    folder: where its data files lie; evidence, conflicts and words are read from there when first needed.
    day: since when this stands, of a pathway as of a day; its words and conflicts hold the numbers of that day.
    """

    version: str
    facts: tuple[Fact, ...]
    implied: tuple[Implied, ...]
    limits: Thresholds
    red_flags: tuple[RedFlag, ...]
    rules: tuple[Rule, ...]
    rankings: tuple[Ranking, ...]
    plan: PlanOrder
    scores: tuple[Score, ...]
    likelihoods: tuple[Likelihood, ...]
    other_causes: tuple[OtherCause, ...]
    condition: FirstOf
    step: FirstOf
    danger: Condition
    routine: Condition
    deficits: tuple[Condition, ...]
    describing: tuple[Describes, ...]
    urgent_opinion: str
    tapered: tuple[str, ...]
    emergency_questions: tuple[Ask, ...]
    danger_questions: tuple[Ask, ...]
    follow_ups: tuple[Ask, ...]
    folder: Path
    language: str = "en"
    day: date | None = None

    @cached_property
    def evidence(self) -> Mapping[str, Source]:
        """Sources by id."""
        return read_evidence(self.folder / "evidence")

    @cached_property
    def conflicts(self) -> Mapping[str, Conflict]:
        """Conflicts between sources by id."""
        return self.of_the_day(read_conflicts(self.folder))

    @cached_property
    def interpretations(self) -> Mapping[str, Interpretation]:
        """Settled readings by id."""
        return self.of_the_day(read_interpretations(self.folder))

    @cached_property
    def wording(self) -> Wording:
        """The words in this pathway's language; as of a day, with its numbers. Telephone numbers stay open."""
        words = read_wording(self.words_in())
        return words if self.day is None else words.filled(self.fill)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that there are words in."""
        return tuple(sorted(path.name for path in (self.folder / "wording").iterdir() if path.is_dir()))

    def words_in(self, language: str | None = None) -> Path:
        """The folder of the words in this pathway's language, or another."""
        return self.folder / "wording" / (language or self.language)

    def speaking(self, language: str) -> Pathway:
        """The pathway in another language; the same object when it is that already."""
        return self if language == self.language else replace(self, language=language)

    def of_the_day(self, texts: Texts) -> Texts:
        """Texts beside the rules with the numbers of the day; as they are written in a pathway without a day."""
        return texts if self.day is None else filled(texts, self.fill)

    @cached_property
    def numerals(self) -> Numerals:
        """How this pathway's language writes numbers."""
        return read_numerals(self.words_in())

    def fill(self, text: str) -> str:
        """The text with the numbers of the day; gaps that are no threshold stay. Raises DeclarationError undated."""
        return fill(text, self._number)

    def _number(self, gap: Placeholder) -> str | None:
        if gap.name not in self.limits.by_name:
            return None
        if self.day is None:
            raise DeclarationError("Texts are filled for a day: as_of(day) gives the pathway that can.")
        threshold = self.limits.by_name[gap.name]
        return self.numerals.write(threshold.on(self.day).value, threshold.unit, gap.how)

    @cached_property
    def by_name(self) -> Mapping[str, Fact]:
        """Facts by name. Raises DeclarationError when a name stands twice or is missing."""
        by_name: dict[str, Fact] = {}
        for fact in self.facts:
            if not fact.name:
                raise DeclarationError("A fact has no name. Give it one, or declare it inside a FactGroup.")
            if fact.name in by_name:
                raise DeclarationError(f'Fact "{fact.name}" is declared twice.')
            by_name[fact.name] = fact
        return by_name

    @cached_property
    def blocked(self) -> Condition:
        """Emergency or today by any flag, those that are off too: they raise nothing and still block."""
        return established(reached(self.red_flags, "today", even_off=True))

    @cached_property
    def hurrying(self) -> tuple[Condition, Condition]:
        """Emergency, and today or above, for open judging: what could still give them are the danger questions left.

        A danger question that makes sense only after another answer counts only once that answer is there.
        """
        asks = {ask.fact.name: ask.after for ask in self.danger_questions if ask.after is not None}
        emergency, hurry = (guarded(reached(self.red_flags, level), asks) for level in HURRY)
        return emergency, hurry

    @cached_property
    def urgency(self) -> Highest:
        """Every level of every red flag that is on, the gravest first, then `routine`, else `self_care`."""
        cases = [
            Case(level, case.when)
            for level in FLAG_LEVELS
            for flag in self.red_flags
            if flag.on
            for case in flag.levels.cases
            if case.name == level
        ]
        return Highest((*cases, Case("routine", self.routine)), "self_care")

    def as_of(self, day: date) -> Pathway:
        """The pathway as it stood on a day. Raises NoValueError when a threshold has no value yet.

        Days between which nothing changed share one pathway.
        """
        place = bisect_right(self._changed_on, day)
        try:
            return _as_of(self, self._changed_on[place - 1] if place else day)
        except NoValueError:
            return _as_of(self, day)  # raises again, naming this day

    @cached_property
    def _changed_on(self) -> list[date]:
        """The days on which a number, a flag or a rule began or was no longer valid, in order."""
        days = {value.start for limit in self.limits for value in limit.values}
        items: list[RedFlag | Rule] = [*self.red_flags, *self.rules]
        for item in items:
            days.add(item.since)
            if item.until is not None:
                days.add(item.until + timedelta(days=1))
        return sorted(days)

    @cached_property
    def fingerprint(self) -> str:
        """Of everything that decides: facts, tree, rankings, evidence status. Words are not part of it."""
        return serial.fingerprint(_decides(self))

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


@lru_cache(maxsize=8)
def _as_of(pathway: Pathway, day: date) -> Pathway:
    def dated(part: Combines) -> Condition:
        return date_condition(part.condition(), day)

    return replace(
        pathway,
        day=pathway.day or day,  # the numbers of a tree are dated once
        implied=tuple(r if isinstance(r, Least) else replace(r, when=dated(r.when)) for r in pathway.implied),
        red_flags=tuple(_flag_on(flag, day) for flag in pathway.red_flags if _stands(flag, day)),
        rules=tuple(_rule_on(rule, day) for rule in pathway.rules if _stands(rule, day) and rule.on),
        plan=pathway.plan.edited(lambda _, part: dated(part)),
        scores=tuple(replace(s, points=_points_on(s, day)) for s in pathway.scores if s.on),
        likelihoods=tuple(replace(x, when=dated(x.when)) for x in pathway.likelihoods),
        other_causes=tuple(replace(c, when=dated(c.when)) for c in pathway.other_causes),
        condition=date_outcome(pathway.condition, day),
        step=date_outcome(pathway.step, day),
        danger=dated(pathway.danger),
        routine=dated(pathway.routine),
        deficits=tuple(dated(node) for node in pathway.deficits),
        emergency_questions=_asks_on(pathway.emergency_questions, day),
        danger_questions=_asks_on(pathway.danger_questions, day),
        follow_ups=_asks_on(pathway.follow_ups, day),
    )


def _stands(item: RedFlag | Rule, day: date) -> bool:
    return item.since <= day and (item.until is None or day <= item.until)


def _flag_on(flag: RedFlag, day: date) -> RedFlag:
    dated: dict[str, Any] = {case.name: date_condition(case.when, day) for case in flag.levels.cases}
    return replace(flag, **dated)


def _rule_on(rule: Rule, day: date) -> Rule:
    return replace(
        rule,
        when=date_condition(rule.when.condition(), day),
        who=date_condition(rule.who.condition(), day),
        unless=tuple(date_condition(part.condition(), day) for part in rule.unless),
        considered=None if rule.considered is None else date_condition(rule.considered.condition(), day),
    )


def _points_on(score: Score, day: date) -> Points:
    points = date_condition(score.points, day)
    assert isinstance(points, Points)
    return points


def _asks_on(asks: tuple[Ask, ...], day: date) -> tuple[Ask, ...]:
    return tuple(replace(a, after=None if a.after is None else date_condition(a.after, day)) for a in asks)


def _decides(pathway: Pathway) -> Any:
    """What decides, as plain data. Only for a pathway that has been dated."""
    return {
        "version": pathway.version,
        "facts": [[f.name, f.kind, f.expected(), f.valid_days, f.danger] for f in pathway.facts],
        "implied": [
            [r.fact.name, [o.name for o in r.others]] if isinstance(r, Least)
            else [r.fact.name, r.value, serial.write(r.when)]
            for r in pathway.implied
        ],
        "urgency": serial.write_outcome(pathway.urgency),
        "flags": {f.id: [serial.write_outcome(f.levels), f.on, f.status] for f in pathway.red_flags},
        "condition": serial.write_outcome(pathway.condition),
        "step": serial.write_outcome(pathway.step),
        "rules": [
            [r.id, r.direction, r.step, r.delays, r.urgency, r.review_weeks, serial.write(r.criteria),
             None if r.considered is None else serial.write(r.considered.condition()),
             [[a.source, a.supports] for a in r.evidence], r.status]
            for r in pathway.rules
        ],
        "rankings": [[r.winner, r.loser, r.because] for r in pathway.rankings],
        "plan": pathway.plan.to_json(),
        "asks": [
            [ask.fact.name, None if ask.after is None else serial.write(ask.after)]
            for ask in (*pathway.emergency_questions, *pathway.danger_questions)
        ],
        "evidence": {id_: source.status for id_, source in pathway.evidence.items()},
    }  # fmt: skip
