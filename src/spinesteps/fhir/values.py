"""Values of observations and of form items, read for a fact or for a unit. Of texts only a plain "yes" is an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from spinesteps.fhir.closures import SEVERAL
from spinesteps.fhir.statuses import ABSENT, absent
from spinesteps.fhir.units import convert
from spinesteps.logic.facts import Choice, Day, Fact, Number, Silence, YesNo

Row = Mapping[str, Any]
Meaning = Callable[[str, str, str], tuple[str, bool] | None]
LARGEST = 1e300
UNREADABLE = Silence.UNREADABLE.value
REASONS = ("absent_value", "absent_answer", "absent", "absent_words")
VALUES = ("value_quantity", "value_integer", "value_decimal", "value_boolean", "value_text", "value_code",
          "value_date", "value_instant")  # fmt: skip
TEXTS = ("value_words", "value_display")  # beside a code, or in its place
WORDS = "words"  # the code system of words in answers.csv


class ReadValue(NamedTuple):
    """A value, or the name of the silence in its place; wrong: what is wrong with it, for a fault."""

    value: bool | float | str | None = None
    absent: str = ""
    wrong: str = ""


def _broken(wrong: str) -> ReadValue:
    return ReadValue(None, UNREADABLE, wrong)


def _filled(row: Row) -> list[str]:
    """The columns that hold the value; "odd" where there is one that cannot be read."""
    found = [name for name in VALUES if row.get(name) is not None]
    found = found or [name for name in TEXTS if row.get(name) is not None][:1]
    return found or ["odd" for name in row if name.startswith("odd_") and row[name]][:1]


def _reason(row: Row) -> str:
    return next((absent(row[name]) for name in REASONS if row.get(name) is not None), "")


def raw_value(row: Row) -> ReadValue:
    """A value as written, whatever it is; its missing is said by the reason for it."""
    filled = _filled(row)
    if not filled:
        return ReadValue(None, _reason(row))
    value = row.get(filled[0])
    if len(filled) > 1 or not isinstance(value, bool | int | float | str):
        return _broken("There is more than one value, or it has a wrong form.")
    return ReadValue(value)


def quantity(row: Row, wanted: str) -> ReadValue:
    """A number in the wanted unit."""
    filled = _filled(row)
    if not filled and (row.get("unit") or row.get("unit_code")) is None:
        return ReadValue(None, _reason(row))
    if filled not in (["value_quantity"], ["value_integer"], ["value_decimal"]):
        return _broken("There is no single number.")
    value = row[filled[0]]
    if not _number(value) or row.get("comparator") is not None:
        return _broken("This is no exact number.")
    converted = convert(value, _unit(row), wanted)
    return ReadValue(converted) if converted is not None else _broken("The unit is missing or does not fit.")


def _unit(row: Row) -> str:
    for name in ("unit_code", "unit"):
        if isinstance(row.get(name), str):
            return str(row[name]).strip()
    return "" if row.get("unit") is None and row.get("unit_code") is None else "?"


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST  # NaN too fails


def fact_value(fact: Fact, row: Row, meaning: Meaning) -> ReadValue:
    """The answer to a fact: of its kind, in its range, in its unit. Anything else is unreadable."""
    filled = _filled(row)
    reason = _reason(row)
    if not filled:
        return ReadValue(None, reason)
    name, value = filled[0], row.get(filled[0])
    if len(filled) > 1 or value is SEVERAL:
        return _broken("There is more than one value.")
    if name in ("value_text", "value_code") and value in ("not_sure", "declined"):
        return ReadValue(None, ABSENT[value].value)
    if reason:
        return ReadValue(None, reason)
    silence = ABSENT.get(coded_value("yes_no", row, meaning)[0])
    if silence is not None:
        return ReadValue(None, silence.value)
    found = _of_kind(fact, name, value, row, meaning)
    if found is None or not fact.accepts(found):
        return _broken("The value is of a wrong kind, unit or size.")
    return ReadValue(found)


def _of_kind(fact: Fact, name: str, value: Any, row: Row, meaning: Meaning) -> bool | float | str | None:
    if isinstance(fact, YesNo):
        return _yes_no(name, value, row, meaning)
    if isinstance(fact, Number):
        if not _number(value) or name not in ("value_quantity", "value_integer", "value_decimal"):
            return None
        if name != "value_quantity":
            return value  # type: ignore[no-any-return]
        return quantity(row, fact.unit).value
    if isinstance(fact, Choice) and name == "value_code":
        return value if isinstance(value, str) else None
    if isinstance(fact, Day) and name in ("value_date", "value_instant"):
        return value[:10] if isinstance(value, str) else None
    return None


def _yes_no(name: str, value: Any, row: Row, meaning: Meaning) -> bool | None:
    if name == "value_boolean":
        return value if isinstance(value, bool) else None
    found, sure = coded_value("yes_no", row, meaning)
    return {"yes": True, "no": False}.get(found) if sure else None


def coded_value(concept: str, row: Row, meaning: Meaning) -> tuple[str, bool]:
    """What a coded, counted or worded value means for a concept, and whether that is verified; "" when nobody knows.

    Words count where the code is not known. answers.csv lists no word for "no": a text settles nothing to no.
    """
    system, code = row.get("value_system"), row.get("value_code")
    ways = [(system if isinstance(system, str) else "", code)]
    for name in ("value_integer", "value_decimal", "value_quantity"):
        value = row.get(name)
        if _number(value) and row.get("comparator") is None:
            ways.append(("number", f"{value:g}"))
    ways += [(WORDS, row.get(name)) for name in ("value_code", "value_display", "value_words", "value_text")]
    for where, text in ways:
        if isinstance(text, str):
            found = meaning(concept, where, text.strip().lower() if where == WORDS else text)
            if found is not None:
                return found
    return "", False
