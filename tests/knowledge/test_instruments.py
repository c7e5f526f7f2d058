"""Every instrument: its worked examples, the errors seen in public sources, faults, licences."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from spinesteps.errors import InputError
from spinesteps.instruments.change import change
from spinesteps.instruments.model import Instrument, InstrumentItem, Yardstick
from spinesteps.instruments.scoring import extent, rounded, score
from spinesteps.instruments.worked_examples import differences
from spinesteps.knowledge import recognise
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.library.library import library_of
from spinesteps.logic.conditions import facts_in
from spinesteps.quality.lint.instruments import instrument_faults
from tests.knowledge.test_scores import with_scale

ALL = library_of(PATHWAY).instruments
EXAMPLES = [(one.id, number) for one in ALL.values() for number in range(len(one.examples))]


def faults_of(instrument: Instrument) -> list[str]:
    return [str(f) for f in instrument_faults({instrument.id: instrument}, PATHWAY.evidence, PATHWAY.by_name)]


def value_of(instrument: str, scale: str, items: Mapping[str, Any]) -> Fraction | None:
    return score(ALL[instrument], items).scale(scale).value


def band_of(instrument: str, scale: str, items: Mapping[str, Any]) -> str | None:
    band = score(ALL[instrument], items).scale(scale).band
    return band.name if band else None


# --- the worked examples of the data ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("instrument", "number"), EXAMPLES)
def test_worked_example(instrument: str, number: int) -> None:
    one = ALL[instrument]
    assert differences(one, one.examples[number]) == []


@pytest.mark.parametrize(("instrument", "number"), EXAMPLES)
def test_an_altered_example_is_noticed(instrument: str, number: int) -> None:
    """Every figure and word of every example is really compared."""
    one = ALL[instrument]
    for altered in alterations(one.examples[number]):
        assert differences(one, altered), altered


def alterations(example: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The example with one expected figure, word or list changed at a time."""
    for part in ("expect", "change"):
        for scale, wanted in example.get(part, {}).items():
            for key, value in wanted.items():
                yield {**example, part: {**example[part], scale: {**wanted, key: other(value)}}}
    for name, value in example.get("facts", {}).items():
        yield {**example, "facts": {**example["facts"], name: other(value)}}
    for key in ("alerts", "unasked", "faults"):
        if key in example:
            yield {**example, key: [*example[key], "another"]}


def other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int | float) else [*value, "x"] if isinstance(value, list) else f"{value}x"


def test_every_scale_and_every_alert_is_shown_by_an_example() -> None:
    shown = {
        (one.id, name) for one in ALL.values() for example in one.examples
        for name in (*example.get("expect", {}), *example.get("change", {}))
    }  # fmt: skip
    alone = {("zcq", "function_percent"), ("joabpeq", "pain"), ("joabpeq", "lumbar"), ("joabpeq", "social"),
             ("joabpeq", "mental")}  # fmt: skip
    lacking = {(i.id, s.id) for i in ALL.values() for s in i.scales} - shown
    assert lacking <= alone, lacking - alone
    for one in ALL.values():
        rung = {id_ for example in one.examples for id_ in example.get("alerts", ())}
        assert {alert.id for alert in one.alerts} <= rung


def test_every_instrument_of_section_c_is_there() -> None:
    sections = {one.section for one in ALL.values()}
    assert {f"C{number}" for number in range(1, 18)} <= sections
    assert {"B2", "A10", "D1", "D2", "D3", "D4", "F"} <= sections


@pytest.mark.parametrize("one", ALL.values(), ids=lambda one: one.id)
def test_nothing_is_wrong_with_the_data(one: Instrument) -> None:
    assert faults_of(one) == []


# --- facts -----------------------------------------------------------------------------------------------------------


def test_every_score_of_the_contract_is_fed() -> None:
    fed = {scale.fact for one in ALL.values() for scale in one.scales}
    assert {
        "odi", "zcq_symptom", "zcq_function", "zcq_satisfaction", "rmdq", "peg", "phq2", "gad2", "startback_total",
        "startback_psych", "pgic", "spwt_m", "six_minute_walk_m", "mjoa", "pain_leg", "pain_back", "schizas",
    } <= fed  # fmt: skip
    changed = {scale.change_fact for one in ALL.values() for scale in one.scales}
    assert {"odi_change", "zcq_symptom_change", "zcq_function_change", "pain_leg_change", "pain_back_change"} <= changed


def test_facts_are_told_only_of_finished_scores() -> None:
    assert score(ALL["phq2"], {"interest": 3}).facts == {}
    assert score(ALL["phq2"], {"interest": 0, "mood": 0}).facts == {"phq2": 0}


def test_bands_of_the_neck_score_are_the_thresholds_of_the_red_flags() -> None:
    ends = [band.to for band in ALL["mjoa"].scale("total").bands]
    limits = PATHWAY.limits
    assert ends[:2] == [limits.mjoa_severe.values[-1].value, limits.mjoa_moderate.values[-1].value]
    assert ends[3] == limits.mjoa_normal.values[-1].value


# --- errors seen in public sources (instruments.md section F, line by line) ------------------------------------------


def test_f1_odi_bands_are_of_the_percentage_not_of_a_raw_score() -> None:
    """F: LOINC 97909-6 prints 0-4 ... 35-50."""
    assert [band.to for band in ALL["odi"].scale("percent").bands] == [20, 40, 60, 80, 100]
    twelve = {str(n): (1 if n <= 6 else 0) for n in range(1, 11)}
    assert value_of("odi", "percent", twelve) == 12
    assert band_of("odi", "percent", twelve) == "minimal"


def test_f2_recovery_divides_by_what_can_be_regained() -> None:
    """F: a copied page divides by (post - pre), which is always 100 %."""
    before = {item.id: 1 for item in ALL["joa"].items} | {"bladder": 0, "back_pain": 2, "leg_raise": 2}
    after = {item.id: item.high for item in ALL["joa"].items} | {"lifting": 0, "bladder": 0, "walking": 1}
    (total, *_) = [one for one in change(ALL["joa"], before, after) if one.scale.id == "total"]
    assert (total.before, total.after) == (15, 26)
    assert total.recovery is not None and rounded(total.recovery, 1) == "78.6"


def test_f3_mjoa_has_18_points() -> None:
    """F: "mJOA out of 17" over 18 points; 17-point scales called mJOA."""
    assert extent(ALL["mjoa"], ALL["mjoa"].scale("total")) == (0, 18)
    recovery = ALL["mjoa"].scale("total").recovery
    assert recovery is not None and recovery.full == 18
    with pytest.raises(InputError):
        score(ALL["mjoa"], {"hands": 4, "legs": 4, "feeling": 6, "bladder": 3})  # the 4 + 4 + 6 + 3 scale


@pytest.mark.parametrize(("total", "band"), [(37, "not high"), (38, "high")])
def test_f4_fear_of_movement_is_high_above_37(total: int, band: str) -> None:
    """F: TSK cut >= 37."""
    points = dict.fromkeys((str(n) for n in range(1, 18)), 1)  # 13 + 4 turned round = 29
    for name in [n for n in points if n not in ("4", "8", "12", "16")][: total - 29]:
        points[name] = 2
    assert value_of("tsk17", "total", points) == total
    assert band_of("tsk17", "total", points) == band


def test_f5_two_items_of_the_neuropathy_form_count_when_no() -> None:
    """F: MNSI "each positive = 1"."""
    nothing = dict.fromkeys((str(n) for n in range(1, 16)), False)
    assert value_of("mnsi", "total", nothing) == 2
    assert value_of("mnsi", "total", dict.fromkeys(nothing, True)) == 11  # not 15
    assert value_of("mnsi", "total", nothing | {"4": True, "10": True}) == 2
    assert extent(ALL["mnsi"], ALL["mnsi"].scale("total")) == (0, 13)


def test_f6_odi_divides_by_five_times_the_answered_sections() -> None:
    """F: an open form computes total/(answered x 0.5) x 2, which gives 7.1 here."""
    value = value_of("odi", "percent", {"1": 5, "2": 5, "3": 3, "4": 3} | {str(n): 0 for n in range(5, 10)})
    assert value == Fraction(1600, 45)


def test_f7_dn4_counts_ten_findings() -> None:
    """F: DN4 documentation "0-100, high is good"; its cut-off is unverified and off."""
    scale = ALL["dn4"].scale("count")
    assert extent(ALL["dn4"], scale) == (0, 10)
    assert scale.direction == "higher is worse"
    assert scale.bands and scale.categories == ()


def test_f8_gad2_has_two_items() -> None:
    """F: GAD-2 "seven items"."""
    assert len(ALL["gad2"].items) == 2
    assert extent(ALL["gad2"], ALL["gad2"].scale("total")) == (0, 6)


def test_f9_cook_counts_its_five_findings_only() -> None:
    """F: item lists with "no pain seated"."""
    names = {fact.name for fact in facts_in(recognise.COOK)}
    assert len(recognise.COOK.items) == 5
    assert "pain_free_seated" not in names and {"relieved_sitting", "age", "leg_pain_side"} <= names


def test_f10_the_expert_list_has_seven_items() -> None:
    """F: "six top items", and seven are listed."""
    assert len(recognise.DELPHI.items) == 7


def test_f11_sizes_of_change_of_the_zcq_belong_to_their_scale() -> None:
    """F: -5.5 (of the sum) mixed with 0.5 (of the mean)."""
    sums = [y.points for y in ALL["zcq"].scale("sum").changes]
    means = [y.points for name in ("symptoms", "function") for y in ALL["zcq"].scale(name).changes]
    assert all(size is not None and 5 <= size <= 8 for size in sums)
    assert all(size is not None and size <= 0.5 for size in means)
    before = dict.fromkeys((str(n) for n in range(1, 13)), 3)
    (one,) = [c for c in change(ALL["zcq"], before, before | {"1": 2}) if c.scale.id == "sum"]
    assert one.points == -1 and not any(m.met for m in one.measured)  # one point of the sum is no 0.5 of a mean


# --- faults of the input ---------------------------------------------------------------------------------------------


def test_every_fault_is_told_at_once_and_no_answer_is_printed() -> None:
    with pytest.raises(InputError) as error:
        score(ALL["phq9"], {"1": 7, "2": 1.5, "3": "often", "4": True, "5": [1], "10": 2, "9": float("nan")})
    places = sorted(fault.place for fault in error.value.faults)
    assert places == [f"phq9 item {n}" for n in ("1", "10", "2", "3", "4", "5", "9")]
    assert "often" not in str(error.value) and "7" not in str(error.value).replace("7, ", "")
    assert all(f.expected and f.todo for f in error.value.faults)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1, 11, 1.5, "5", True, [], {}])
def test_what_is_no_answer_is_refused(value: Any) -> None:
    with pytest.raises(InputError):
        score(ALL["nrs"], {"leg": value})


def test_a_near_name_is_offered() -> None:
    with pytest.raises(InputError) as error:
        score(ALL["six_minute_walk"], {"distance": 300})
    assert 'Did you mean "distance_m"?' in str(error.value)


def test_an_alert_whose_item_was_not_asked_is_no_no() -> None:
    result = score(ALL["phq9"], {"9": "declined"})
    assert [alert.id for alert in result.unasked] == ["self-harm"] and result.alerts == ()


# --- licences --------------------------------------------------------------------------------------------------------

LICENSED = ("odi", "zcq", "eq5d5l_pl", "promis_pf4a", "promis_pi4a", "joabpeq", "tsk11", "tsk17", "comi", "pseq",
            "pseq2", "startback", "dn4")  # fmt: skip
ITEM_KEYS = {"ids", "low", "high", "values", "whole", "yes_no", "options", "reverse"}
ORDINALS = {"first", "second", "third", "fourth", "fifth"}


@pytest.mark.parametrize("id_", LICENSED)
def test_no_words_of_a_licensed_item(id_: str) -> None:
    one = ALL[id_]
    assert one.licence.wording is False
    for item in one.items:
        assert item.about == ""
        assert set(item.options) <= ORDINALS
        assert len(item.id) <= 7 and " " not in item.id, "its id is a number or a domain, no sentence"


def test_the_files_hold_nothing_more_of_licensed_items() -> None:
    for path in sorted((PATHWAY.folder / "instruments").glob("*.toml")):
        for id_, row in tomllib.loads(path.read_text("utf-8")).items():
            if id_ in LICENSED:
                assert all(set(entry) <= ITEM_KEYS for entry in row["items"]), id_
    assert {one.id for one in ALL.values() if not one.licence.wording} == set(LICENSED)


def test_nothing_is_computed_where_the_formula_was_not_read() -> None:
    for id_ in ("joabpeq", "comi"):
        assert ALL[id_].imported and {scale.formula for scale in ALL[id_].scales} == {"value"}


# --- lint notices what is wrong --------------------------------------------------------------------------------------

ODI = ALL["odi"]
PERCENT = ODI.scale("percent")
SPOILED: dict[str, tuple[Instrument, str]] = {
    "a source that is not there": (replace(ODI, source="NOBODY"), 'no source "NOBODY"'),
    "verified on an unverified source": (replace(ALL["dn4"], status="verified"), "called verified"),
    "words of a licensed item": (
        replace(ODI, items=(replace(ODI.items[0], about="words"), *ODI.items[1:])),
        "owner does not allow",
    ),
    "an item twice": (replace(ODI, items=(*ODI.items, ODI.items[0])), "stands twice"),
    "an item that takes nothing": (replace(ODI, items=(InstrumentItem("1"), *ODI.items[1:])), "no answer at all"),
    "an item not on the form": (with_scale(ODI, "percent", items=("1", "99"), least=2), "not on the form"),
    "a fact that is not there": (with_scale(ODI, "percent", fact="nothing"), 'no fact "nothing"'),
    "a fact of another range": (with_scale(ODI, "percent", fact="phq2"), "beyond the range"),
    "bands out of order": (with_scale(ODI, "percent", bands=PERCENT.bands[::-1]), "not in order"),
    "more items than there are": (with_scale(ODI, "percent", least=11), "more items than it has"),
    "a change without a size": (
        with_scale(ODI, "percent", changes=(Yardstick("x", "error", "PARAI20", "verified", "nobody"),)),
        "no size of change",
    ),
    "derived without its arithmetic": (
        with_scale(
            ODI, "percent", changes=(Yardstick("x", "error", "PARAI20", "derived", "nobody", points=1, decides=True),)
        ),
        "does not show how",
    ),
    "a table with a hole": (
        with_scale(ALL["promis_pi4a"], "t", table=dict.fromkeys(range(4, 20), (50.0, 1.0))),
        "does not hold every sum",
    ),
    "weights with a hole": (
        with_scale(ALL["eq5d5l_pl"], "index", weights={"MO": (0.0, 0.1)}),
        "do not hold every level",
    ),
    "no example": (replace(ODI, examples=()), "no worked example"),
    "an example that does not hold": (with_scale(ODI, "percent", formula="sum", fact=""), "example"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_lint_notices(what: str) -> None:
    spoiled, message = SPOILED[what]
    try:
        found = faults_of(spoiled)
    except (KeyError, IndexError):
        pytest.fail("lint broke off instead of telling the fault")
    assert any(message in fault for fault in found), found


def test_rounding_is_for_display_only() -> None:
    assert rounded(Fraction(1, 2), 0) == "1" and rounded(Fraction(-1, 2), 0) == "-1"
    assert rounded(Fraction(24, 7), 2) == "3.43" and rounded(Fraction(-1, 1000), 1) == "0.0"
    value = value_of("promis_pi4a", "t", {"1": 3, "2": 3, "3": 2, "4": 3})
    assert value == Fraction("59.9")


def test_relapse_uses_the_sizes_of_the_instruments() -> None:
    """The thresholds that rules compare with are numbers of the instruments: one truth, two places."""

    def sizes(instrument: str, scale: str, kind: str) -> set[float | None]:
        found = ALL[instrument].scale(scale).changes
        return {y.points for y in found if y.kind == kind and y.status != "unverified" and y.setting != "surgery"}

    wanted = {
        "odi_worse_points": sizes("odi", "percent", "important"),
        "odi_error_points": sizes("odi", "percent", "error"),
        "pain_worse_points": sizes("nrs", "leg", "important") & sizes("nrs", "back", "important"),
        "pain_error_points": sizes("nrs", "leg", "error") & sizes("nrs", "back", "error"),
    }
    for name, allowed in wanted.items():
        assert getattr(PATHWAY.limits, name).values[-1].value in allowed, name
