"""What must hold of any score of any instrument, and of any change between two times."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesteps.errors import InputError, ScopeError
from spinesteps.instruments.change import change, compare
from spinesteps.instruments.model import Instrument, InstrumentItem, Scale, exact
from spinesteps.instruments.scoring import Scored, extent, score
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.library.library import library_of

ALL = library_of(PATHWAY).instruments
SUMS = ("sum", "mean", "percent", "lookup", "highest", "value")
Items = dict[str, Any]


# --- what must hold of any score -------------------------------------------------------------------------------------


def with_scale(instrument: Instrument, id_: str, **new: Any) -> Instrument:
    """The instrument with one scale changed."""
    scales = tuple(replace(scale, **new) if scale.id == id_ else scale for scale in instrument.scales)
    return replace(instrument, scales=scales)


def answers(item: InstrumentItem) -> st.SearchStrategy[Any]:
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
