"""A fact is declared once: the attribute is its name, the order of lines is the order of the facts."""

from __future__ import annotations

import pytest

from spinesteps.errors import DeclarationError
from spinesteps.knowledge.facts import ALL, Facts
from spinesteps.logic.facts import FactGroup, Number, YesNo


class Two(FactGroup):
    """Two facts."""

    tired = YesNo(valid_days=14)
    steps_day = Number(unit="steps")


def test_attribute_is_the_name_and_lines_are_the_order() -> None:
    assert [fact.name for fact in Two.DECLARED] == ["tired", "steps_day"]


def test_attributes_of_the_pathway_are_its_facts() -> None:
    assert all(getattr(Facts, fact.name) is fact for fact in Facts.DECLARED)
    assert ALL[: len(Facts.DECLARED)] == Facts.DECLARED


def test_two_names_are_refused() -> None:
    with pytest.raises(DeclarationError, match="also named") as fault:
        type("Bad", (FactGroup,), {"tired": YesNo("weary")})
    assert "weary" in str(fault.value)


def test_a_name_that_no_fact_may_have_is_refused() -> None:
    with pytest.raises(DeclarationError, match="small letters"):
        type("Bad", (FactGroup,), {"Tired": YesNo()})
