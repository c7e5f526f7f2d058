"""Every instrument: its worked examples, the errors seen in public sources, and what must hold of any score."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesteps.errors import InputError, ScopeError
from spinesteps.knowledge import recognise
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.logic.conditions import facts_in
from spinesteps.pathway.change import change, compare
from spinesteps.pathway.instrument_examples import differences
from spinesteps.pathway.instruments import Instrument, Item, Scale, Yardstick, exact
from spinesteps.pathway.lint_instruments import instrument_faults
from spinesteps.pathway.scores import Scored, extent, rounded, score

ALL = PATHWAY.instruments
EXAMPLES = [(one.id, number) for one in ALL.values() for number in range(len(one.examples))]
SUMS = ("sum", "mean", "percent", "lookup", "highest", "value")
Items = dict[str, Any]


def faults_of(instrument: Instrument) -> list[str]:
    return [str(f) for f in instrument_faults({instrument.id: instrument}, PATHWAY.evidence, PATHWAY.by_name)]


def with_scale(instrument: Instrument, id_: str, **new: Any) -> Instrument:
    """The instrument with one scale changed."""
    scales = tuple(replace(scale, **new) if scale.id == id_ else scale for scale in instrument.scales)
    return replace(instrument, scales=scales)


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


# --- what must hold of any score -------------------------------------------------------------------------------------


def answers(item: Item) -> st.SearchStrategy[Any]:
    """Any answer the item takes."""
    ways: list[st.SearchStrategy[Any]] = [st.booleans()] if item.yes_no else []
    ways += [st.sampled_from(sorted(item.options))] if item.options else []
    if item.values:
        ways.append(st.sampled_from(item.values))
    elif item.low is not None and item.high is not None:
        whole = st.integers(int(item.low), int(item.high))
        ways.append(whole if item.whole else whole.map(float) | st.floats(item.low, item.high, width=32))
    return st.one_of(ways)


@st.composite
def filled(draw: st.DrawFn, whole: bool = False) -> tuple[Instrument, Items]:
    """An instrument with answers to all of its items, or to some."""
    one = ALL[draw(st.sampled_from(sorted(ALL)))]
    items = {item.id: draw(answers(item)) for item in one.items if whole or draw(st.booleans())}
    if one.completed:
        items.pop(one.completed, None)
    return one, items


def seen(scored: Scored) -> tuple[Any, ...]:
    band = scored.band.name if scored.band else None
    return scored.value, scored.text, scored.low, scored.high, band, scored.missing, scored.reason


@given(filled(), st.randoms(use_true_random=False))
def test_the_order_of_items_does_not_matter(case: tuple[Instrument, Items], random: Any) -> None:
    one, items = case
    names = list(items)
    random.shuffle(names)
    first, second = score(one, items), score(one, {name: items[name] for name in names})
    assert [seen(s) for s in first.scales] == [seen(s) for s in second.scales]
    assert first.alerts == second.alerts


@given(filled(whole=True), st.data())
def test_missing_is_never_zero(case: tuple[Instrument, Items], data: st.DataObject) -> None:
    """Without an item there is no score, or that of the other items alone; and the item is named."""
    one, items = case
    gone = data.draw(st.sampled_from([item.id for item in one.items if item.id != one.completed]))
    way = data.draw(st.sampled_from(["left out", None, "not_sure", "declined"]))
    without = {name: value for name, value in items.items() if name != gone}
    without |= {} if way == "left out" else {gone: way}
    for scored in score(one, without).scales:
        scale = scored.scale
        if gone not in scale.items or scale.open:
            continue
        assert gone in scored.missing
        if scored.scored:
            assert len(scale.items) - 1 >= scale.least
            rest = replace(scale, items=tuple(n for n in scale.items if n != gone), least=0)
            (alone,) = score(replace(one, scales=(rest,), alerts=()), items).scales
            assert scored.value == alone.value
        else:
            assert scored.band is None and scored.value is None and scored.reason


@given(filled(whole=True), st.data())
def test_the_interval_holds_the_score_with_every_item_answered(
    case: tuple[Instrument, Items], data: st.DataObject
) -> None:
    one, items = case
    kept = {name: value for name, value in items.items() if data.draw(st.booleans())}
    full, part = score(one, items), score(one, kept)
    for whole, some in zip(full.scales, part.scales, strict=True):
        if whole.value is not None and some.low is not None and some.high is not None:
            assert some.low <= whole.value <= some.high


@given(filled(whole=True), st.data())
def test_more_points_never_give_less(case: tuple[Instrument, Items], data: st.DataObject) -> None:
    one, items = case
    name = data.draw(st.sampled_from([item.id for item in one.items if item.id != one.completed]))
    other_answer = data.draw(answers(one.item(name)))
    before, after = one.item(name).points(items[name]), one.item(name).points(other_answer)
    assert before is not None and after is not None
    for old, new in zip(score(one, items).scales, score(one, items | {name: other_answer}).scales, strict=True):
        if old.value is None or new.value is None or name not in old.scale.items:
            continue
        if old.scale.formula in SUMS:
            assert (new.value >= old.value) if after >= before else (new.value <= old.value)
        elif old.scale.formula == "weights":
            assert (new.value <= old.value) if after >= before else (new.value >= old.value)


@given(filled(whole=True))
def test_a_score_stays_in_its_range_and_a_band_is_there_when_bands_are(case: tuple[Instrument, Items]) -> None:
    one, items = case
    for scored in score(one, items).scales:
        low, high = extent(one, scored.scale)
        if scored.value is not None and low is not None and high is not None:
            assert low <= scored.value <= high
        if scored.value is not None:
            assert (scored.band is not None) == bool(scored.scale.categories)


@given(filled(whole=True), filled(whole=True), st.sampled_from([None, "conservative", "surgery"]))
def test_no_change_is_called_by_half(
    first: tuple[Instrument, Items], second: tuple[Instrument, Items], setting: str | None
) -> None:
    """Improved or worse only beyond a counting size of both kinds, each verified, and in the right direction."""
    one, before = first
    after = second[1] if second[0] is one else before
    for found in change(one, before, after, setting):
        if found.verdict in ("improved", "worse"):
            met = [m.yardstick for m in found.measured if m.met and m.yardstick.counts]
            assert {y.kind for y in met} == {"important", "error"}
            assert all(y.status != "unverified" for y in found.decided_by)
            assert (found.improvement > 0) == (found.verdict == "improved")
        back = [c for c in change(one, after, before, setting) if c.scale.id == found.scale.id]
        assert back and back[0].points == -found.points


# --- change ----------------------------------------------------------------------------------------------------------

YARDSTICKS = [(one.id, scale.id, y.id) for one in ALL.values() for scale in one.scales for y in scale.changes]


def at(scale: Scale, value: Fraction, rated: int = 9) -> Scored:
    return Scored(scale, value, "", None, None, scale.band(value), (), rated, False, exact(1.0), "")


@pytest.mark.parametrize(("instrument", "scale", "yardstick"), YARDSTICKS)
def test_each_size_of_change_turns_exactly_at_its_number(instrument: str, scale: str, yardstick: str) -> None:
    found = ALL[instrument].scale(scale)
    (y,) = [one for one in found.changes if one.id == yardstick]
    start = exact(y.baseline_to if y.baseline_to is not None else y.baseline_from if y.baseline_from else 10)
    size = start * exact(y.percent) / 100 if y.percent is not None else exact(y.points or 0)
    worse = 1 if found.direction == "higher is worse" else -1
    sign = -worse if y.way in ("both", "better") else worse
    step = Fraction(1, 1000)
    rated = y.rated_to or 9
    if y.z is not None:
        size = Fraction(int(y.z * 2**0.5 * 1_000_000) + 1, 1_000_000)
    setting = None if y.setting == "any" else y.setting
    ends = [start + sign * size, start + sign * (size - step)]
    reached, short = (compare(at(found, start, rated), at(found, end, rated), setting) for end in ends)
    met = {m.yardstick.id: m.met for m in reached.measured}
    assert met[yardstick] is (not y.band_change or found.band(start) != found.band(reached.after))
    assert {m.yardstick.id: m.met for m in short.measured}[yardstick] is False


def odi(total: int) -> Items:
    """Ten sections that add up to a total."""
    each, more = divmod(total, 10)
    return {str(n): each + (1 if n <= more else 0) for n in range(1, 11)}


def verdict(
    instrument: Instrument, before: Items, after: Items, setting: str | None = "conservative"
) -> tuple[str | None, str]:
    (one, *_) = change(instrument, before, after, setting)
    return one.verdict, one.why


def test_both_are_needed_and_it_says_which_is_lacking() -> None:
    assert verdict(ALL["odi"], odi(20), odi(14)) == (
        "improved", "beyond the smallest important change and beyond the measurement error",
    )  # fmt: skip
    assert verdict(ALL["odi"], odi(20), odi(15)) == (
        "no_sure_change", "beyond the measurement error; not beyond the smallest important change",
    )  # fmt: skip
    assert verdict(ALL["odi"], odi(20), odi(16))[1] == (
        "not beyond the smallest important change; not beyond the measurement error"
    )
    assert verdict(ALL["odi"], odi(20), odi(20)) == ("no_sure_change", "the score is the same")


@pytest.mark.parametrize(("kind", "name"), [("important", "smallest important change"), ("error", "measurement error")])
def test_an_unverified_number_never_counts(kind: str, name: str) -> None:
    scale = ALL["odi"].scale("percent")
    weaker = tuple(replace(y, status="unverified") if y.kind == kind else y for y in scale.changes)
    found, why = verdict(with_scale(ALL["odi"], "percent", changes=weaker), odi(50), odi(0))
    assert found == "no_sure_change"
    assert f"the {name} is not known from a verified source" in why


def test_without_a_setting_the_numbers_of_both_are_needed() -> None:
    assert verdict(ALL["odi"], odi(20), odi(14), None)[0] == "no_sure_change"  # 12 points: not 18
    assert verdict(ALL["odi"], odi(20), odi(11), None)[0] == "improved"  # 18 points
    with pytest.raises(ScopeError):
        change(ALL["odi"], odi(20), odi(11), "elsewhere")


def test_a_percentage_of_nothing_is_not_defined() -> None:
    found = change(ALL["nrs"], {"leg": 0}, {"leg": 5}, "conservative")[0]
    assert found.percent is None
    undefined = {m.yardstick.id for m in found.measured if m.met is None}
    assert undefined == {"leg-consensus-percent", "leg-farrar"}


def test_faults_of_both_times_are_told_together() -> None:
    with pytest.raises(InputError) as error:
        change(ALL["odi"], {"1": 9}, {"x": 1, "2": 8})
    assert [f.place for f in error.value.faults] == ["before: odi item 1", "after: odi item x", "after: odi item 2"]


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
    "an item that takes nothing": (replace(ODI, items=(Item("1"), *ODI.items[1:])), "no answer at all"),
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
