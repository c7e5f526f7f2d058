"""The questions of a page as form controls, and what was put into them as answers. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from spinesteps.logic.facts import Choice, Fact, Number, YesNo
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.wording import Wording

SILENT = ("not_sure", "declined")
DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,2})?")  # 1,250 could be either: it is asked again
AGAIN, UNIT, UNSURE = "__again", "__unit", "__unsure"
GRAVER = {"yes": 3, "not_sure": 2, "declined": 1, "no": 0}

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Control:
    """One question of a page. name: of the form control. kind: yes_no, choice, number or day.

    options: (value, words). unit: in words. units: those of an onset, one to choose. said: as it was put in.
    fault: the name of what is wrong with it, "" when nothing is.
    """

    name: str
    kind: str
    question: str
    hint: str
    options: tuple[tuple[str, str], ...]
    unit: str
    units: tuple[str, ...]
    said: str
    said_unit: str
    fault: str


def controls(
    pathway: Pathway, names: Iterable[str], twice: Iterable[str], fields: Fields, faults: Mapping[str, str]
) -> Iterator[Control]:
    """The controls of a page. twice: facts that are asked in a second wording too. fields: what was put in so far."""
    for name in names:
        fact, words = pathway.by_name[name], pathway.wording.facts[name]
        wordings = [(name, words["question"])]
        if name in twice:
            wordings.append((name + AGAIN, words["again"]))
        for control, question in wordings:
            yield Control(
                control, fact.kind, question, words.get("hint", "") if control == name else "",
                tuple(words.get("options", {}).items()) if isinstance(fact, Choice) else (),
                pathway.wording.faces["units"].get(fact.unit, fact.unit) if isinstance(fact, Number) else "",
                tuple(DAYS) if is_onset(fact) else (),
                fields.get(control, fields.get(control + UNSURE, "")), fields.get(control + UNIT, "days"),
                faults.get(control, ""),
            )  # fmt: skip


def is_onset(fact: Fact) -> bool:
    """Whether it counts days, so that weeks, months and years are offered too."""
    return isinstance(fact, Number) and fact.unit == "days"


def answers_of(pathway: Pathway, names: Iterable[str], fields: Fields) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers of the controls of a page, and what is wrong by control. A control left alone is no answer."""
    answers: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name in names:
        fact = pathway.by_name[name]
        said = [text for text in (fields.get(name + AGAIN, ""), fields.get(name, "").strip()) if text]
        if not said and fields.get(name + UNSURE) in SILENT:
            said = [fields[name + UNSURE]]
        if not said:
            continue
        value = _yes_no(said) if isinstance(fact, YesNo) else _value(fact, said[-1], fields.get(name + UNIT, ""))
        if value is None or not (value in SILENT or fact.accepts(value)):
            faults[name] = "number" if isinstance(fact, Number) else "choice"
        else:
            answers[name] = value
    return answers, faults


def _yes_no(said: list[str]) -> bool | str | None:
    """The graver of two answers to one question."""
    if any(text not in GRAVER for text in said):
        return None
    gravest = max(said, key=lambda text: GRAVER[text])
    return gravest if gravest in SILENT else gravest == "yes"


def _value(fact: Fact, said: str, unit: str) -> Any:
    """A choice, a day or a number as the pathway holds it; None when it cannot be read."""
    if said in SILENT or not isinstance(fact, Number):
        return said
    if not NUMBER.fullmatch(said):
        return None
    number = float(said.replace(",", "."))
    if is_onset(fact):
        number = round(number * DAYS.get(unit or "days", 1.0))
    return int(number) if float(number).is_integer() else number


def filled_in(answers: Mapping[str, Any]) -> dict[str, str]:
    """Answers as the fields of a form hold them."""
    return {name: _written(value) for name, value in answers.items()}


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def in_words(fact: Fact, value: Any, words: Wording) -> str:
    """An answer as its reader is told it."""
    if isinstance(value, bool):
        return words.faces["answers"]["yes" if value else "no"]
    if value in SILENT:
        return words.faces["silences"][value]
    if isinstance(fact, Number):
        return f"{_written(value)} {words.faces['units'].get(fact.unit, fact.unit)}".strip()
    return str(words.facts[fact.name].get("options", {}).get(value, value))
