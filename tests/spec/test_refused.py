"""Declarations that make no sense are refused when they are made, and the error says which one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from spinesteps.errors import DeclarationError
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic import serial
from spinesteps.logic.conditions import AllOf, AnyOf, Case, Compare, Condition, FirstOf, Known, Named, Not, Points
from spinesteps.logic.facts import Choice, Day, Number, YesNo
from spinesteps.logic.implied import Implies
from spinesteps.logic.thresholds import Threshold
from spinesteps.logic.unsure import or_unsure
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.outcomes import Parts, planned, stand
from spinesteps.pathway.plan import PlanOrder
from spinesteps.pathway.rules import RedFlag, Rule
from spinesteps.pathway.wording import read_wording

ILL, WEEKS, COLOUR = YesNo("ill"), Number("weeks", low=0, high=52), Choice("colour", options=("red", "blue"))
BOTH = (For("DESIGN", "x"), Against("DESIGN", "y"))
LIMIT: Threshold = PATHWAY.limits.trial_weeks
FACTS = {"ill": ILL, "weeks": WEEKS}
SCORE = Points("score", (), LIMIT)


class Strange(Condition):
    """A kind of condition that no reader knows."""


def rule(**more: object) -> Rule:
    given = {"id": "r", "direction": "do", "step": "s", "when": ILL, "evidence": BOTH, **more}
    return Rule(**given)  # type: ignore[arg-type]


def flag(**more: object) -> RedFlag:
    return RedFlag(**{"id": "f", "topic": "t", "evidence": BOTH, **more})  # type: ignore[arg-type]


def circle() -> object:
    """A plan in which each of two advices is said instead of the other."""
    rules = [rule(id="a"), rule(id="b")]
    standing = stand(rules, (), lambda one: Parts(AnyOf(()), ILL.condition(), AnyOf(()), AllOf(())))
    return planned(PlanOrder(same=(("a", "b"), ("b", "a"))), standing)


REFUSED: list[tuple[str, Callable[[], object], str]] = [
    ("a comparison of what is no number", lambda: Compare(ILL, "<", 3), "is no number"),
    ("a sign that is none", lambda: Compare(WEEKS, "=", 3), "is no comparison"),
    ("an undated threshold", lambda: (WEEKS > LIMIT).bound, "has no date yet"),
    ("an undated cutoff", lambda: SCORE.bound, "has no date yet"),
    ("a case that is not there", lambda: FirstOf((Case("a", ILL.condition()),), "b").chose("c"), "No case is named c"),
    ("an empty range", lambda: Number("n", low=3, high=3), "empty range"),
    ("an option that is not there", lambda: COLOUR.is_("green"), 'no option "green"'),
    ("an implication of nothing", lambda: Implies(AllOf(()), ILL, True), "looks at no fact"),
    ("a condition without a form", lambda: serial.write(Strange()), "Strange has no form"),
    ("a form without a condition", lambda: serial.read({"perhaps": 1}, FACTS), "with the keys"),
    ("a form of an unknown fact", lambda: serial.read({"is": "well", "value": True}, FACTS), 'no fact "well"'),
    (
        "a form that compares what is no number",
        lambda: serial.read({"compare": "ill", "sign": "<", "limit": 3}, FACTS), "is no number",
    ),
    ("a score that counts unsure answers", lambda: or_unsure(SCORE), "cannot count unsure answers"),
    ("a denied score that counts them", lambda: or_unsure(Not(SCORE)), "cannot count unsure answers"),
    ("evidence of one side", lambda: rule(evidence=(For("DESIGN", "x"),)), "evidence for and against"),
    ("a direction that is none", lambda: rule(direction="maybe"), "direction is one of"),
    ("an urgency that is none", lambda: rule(urgency="soon"), "urgency is one of"),
    ("a flag without a level", lambda: flag(), "raises no level"),
    ("a fact without a name", lambda: replace(PATHWAY, facts=(YesNo(),)).by_name, "has no name"),
    ("a fact that stands twice", lambda: replace(PATHWAY, facts=(ILL, ILL)).by_name, "is declared twice"),
    ("advice that covers itself", circle, "says the same as what is said instead"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "says"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_it_is_refused(make: Callable[[], object], says: str) -> None:
    with pytest.raises(DeclarationError, match=says):
        make()


def test_values_out_of_order_are_told() -> None:
    first, second = replace(LIMIT.values[0], start=date(2021, 1, 1)), LIMIT.values[0]
    assert [wrong for wrong, _ in replace(LIMIT, values=(first, second)).faults()] == ["Its values are out of order."]


def test_a_threshold_that_is_near_is_named() -> None:
    with pytest.raises(DeclarationError, match='Did you mean "trial_weeks"'):
        _ = PATHWAY.limits.trial_week
    assert not hasattr(PATHWAY.limits, "__nothing__")


def test_words_that_stand_twice_are_refused(tmp_path: Path) -> None:
    for kind in ("facts", "red_flags", "advice", "urgency", "conditions", "faces"):
        (tmp_path / f"{kind}.toml").write_text('[one]\nlabel = "x"\n', "utf-8")
    (tmp_path / "facts_more.toml").write_text('[one]\nlabel = "y"\n', "utf-8")
    with pytest.raises(DeclarationError, match='"one" stands twice'):
        read_wording(tmp_path)


def test_unsure_answers_count_through_every_kind_of_condition() -> None:
    inner = Named("named", AllOf.of(ILL, Not(Named("in", AnyOf.of(ILL, Not(WEEKS > 3), Known(ILL))))))
    assert or_unsure(inner) is not inner
    assert or_unsure(Known(ILL)) == Known(ILL)


def test_a_day_takes_days_alone() -> None:
    day = Day("on")
    assert [day.accepts(value) for value in (20261121, "2026-11-2", "2026-13-01", "2026-11-21")] == [
        False, False, False, True,
    ]  # fmt: skip
