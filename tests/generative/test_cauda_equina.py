"""Every one of the 4^10 ways to answer the ten questions about bladder, bowel, saddle and legs (RF-01, RF-02)."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from itertools import product
from time import perf_counter

import pytest

from spinesteps.logic.engines.compiled import Compiled
from spinesteps.logic.engines.judge import judge
from spinesteps.logic.facts import Answer, Silence
from spinesteps.pathway.rules import FLAG_LEVELS
from tests.knowledge.judged import SPINE

CHANGES = ("urinary_difficulty", "incontinence", "saddle_numbness", "sexual_function_change")
NAMES = (
    *CHANGES, "both_legs_weak", "sudden_new_deficit", "pain_one_to_both_sides", "perineal_only_when_walking",
    "cauda_equina_progressing", "bladder_or_bowel_postop_change",
)  # fmt: skip
FLOOR = {*CHANGES, "both_legs_weak", "sudden_new_deficit", "pain_one_to_both_sides"}
ANSWERS: tuple[Answer, ...] = (False, Silence.NOT_ASKED, Silence.NOT_SURE, True)
NO, NOT_ASKED, NOT_SURE, YES = range(4)
GRADES = {"none": 0, "routine": 1, "two_weeks": 2, "today": 3, "emergency": 4}
BASES: Mapping[str, Mapping[str, Answer]] = {
    "nothing else said": {},
    "began 10 days ago": {"cauda_equina_onset_days": 10},
    "began 15 days ago": {"cauda_equina_onset_days": 15},
    "15 days ago, injection 10 days ago": {"cauda_equina_onset_days": 15, "spine_procedure_days": 10},
}
LEVELS = [
    (name, case.when)
    for name in FLAG_LEVELS
    for flag in SPINE.red_flags
    if flag.id.startswith(("RF-01", "RF-02"))
    for case in flag.levels.cases
    if case.name == name
]
Answered = Sequence[int]  # by place of NAMES


def everybody(base: Mapping[str, Answer]) -> bytes:
    """The grade of everybody: the gravest level that is settled yes, in the order of `product` over ANSWERS."""
    trees = Compiled([when for _, when in LEVELS], needed=[False] * len(LEVELS))
    grades = [GRADES[name] for name, _ in LEVELS]
    values, base_unclear, _ = trees.arrange(base)
    places = [trees.index[name] for name in NAMES]
    kinds = [[(False, 0), (None, 0), (None, 1 << place), (True, 0)] for place in places]

    def grade(answered: tuple[tuple[bool | None, int], ...]) -> int:
        unclear = base_unclear
        for place, (value, bit) in zip(places, answered, strict=True):
            values[place] = value
            unclear |= bit
        settled = trees.evaluate((values, unclear, 0))[0]
        return grades[settled.index(True)] if True in settled else 0

    return bytes(map(grade, product(*kinds)))


def contract(answered: Answered, base: Mapping[str, Answer]) -> int:
    """What contract section 5 says of these answers, written out a second time."""
    said = dict(zip(NAMES, answered, strict=True))
    older = base.get("cauda_equina_onset_days") == 15
    procedure = "spine_procedure_days" in base
    yes = {name for name, answer in said.items() if answer == YES}
    unsure = {name for name, answer in said.items() if answer == NOT_SURE}
    signs = {*CHANGES, "both_legs_weak", "pain_one_to_both_sides", "perineal_only_when_walking", NAMES[9]}
    both = "pain_one_to_both_sides" in yes
    if yes & {"both_legs_weak", "sudden_new_deficit"} or (procedure and yes & signs):
        return 4
    if yes & set(CHANGES) and (not older or said["cauda_equina_progressing"] == YES):
        return 4
    if both and yes & set(CHANGES[:3]):
        return 4
    if yes & {*CHANGES, "perineal_only_when_walking", NAMES[9]} or unsure & FLOOR or (procedure and unsure & signs):
        return 3
    if both:
        return 2 if older and said["cauda_equina_progressing"] == NO else 3
    return 0


def apart(grades: bytes, place: int) -> list[bytes]:
    """The grades by the answer to one question, in the order of ANSWERS, everybody beside those alike otherwise."""
    stride = 4 ** (len(NAMES) - 1 - place)
    starts = range(0, len(grades), 4 * stride)
    return [b"".join(grades[s + k * stride : s + (k + 1) * stride] for s in starts) for k in range(4)]


def test_the_trees_are_read_as_the_judge_does() -> None:
    """A sample, so that the enumeration can be trusted."""
    trees = Compiled([when for _, when in LEVELS])
    for answered in list(product(range(4), repeat=len(NAMES)))[:: 4**10 // 150]:
        said = {name: ANSWERS[answer] for name, answer in zip(NAMES, answered, strict=True)}
        settled = trees(said)[0]
        assert settled == [judge(when, said).answer for _, when in LEVELS]


@pytest.mark.nightly
@pytest.mark.parametrize("title", BASES)
def test_every_way_to_answer(title: str, capsys: pytest.CaptureFixture[str]) -> None:
    start = perf_counter()
    grades = everybody(BASES[title])
    assert len(grades) == 4 ** len(NAMES)
    for grade, answered in zip(grades, product(range(4), repeat=len(NAMES)), strict=True):
        assert grade == contract(answered, BASES[title]), dict(
            zip(NAMES, map(ANSWERS.__getitem__, answered), strict=True)
        )
    for place, name in enumerate(NAMES):
        no, not_asked, not_sure, yes = apart(grades, place)
        assert all(map(operator.le, no, not_asked)), f"not asked is calmer than no: {name}"
        assert all(map(operator.le, not_asked, not_sure)), f"not sure is calmer than not asked: {name}"
        assert all(map(operator.le, not_asked, yes)), f"yes is calmer than not asked: {name}"
    with capsys.disabled():
        print(f"\n{title}: {len(grades):,} ways to answer in {perf_counter() - start:.1f} s")
