"""What lint looks for in instruments: sources, facts, bands, tables, licensed words, and examples that do not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spinesteps.errors import Fault
from spinesteps.instruments.model import Instrument, Scale, ScoreBand
from spinesteps.instruments.scoring import extent, plain
from spinesteps.instruments.worked_examples import differences
from spinesteps.logic.facts import Fact
from spinesteps.pathway.evidence import Source


def instrument_faults(
    instruments: Mapping[str, Instrument], evidence: Mapping[str, Source], facts: Mapping[str, Fact]
) -> Iterator[Fault]:
    """Every fault of every instrument."""
    for one in instruments.values():
        shape = list(_form(one)) or [(scale.id, wrong) for scale in one.scales for wrong in _scale(one, scale)]
        more = () if shape else (*_feeds(one, facts), *_examples(one))  # what is built wrongly cannot be scored
        for place, wrong in (*shape, *_sources(one, evidence), *more):
            yield Fault(f"instruments {one.id} {place}".strip(), wrong, "an instrument without this fault",
                        "Correct instruments/.")  # fmt: skip


def _form(one: Instrument) -> Iterator[tuple[str, str]]:
    ids = [item.id for item in one.items]
    for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        yield f"item {id_}", "It stands twice."
    for item in one.items:
        if item.low is None and not item.options and not item.yes_no:
            yield f"item {item.id}", "It takes no answer at all."
        if item.about and not one.licence.wording:
            yield f"item {item.id}", "Words of an item whose owner does not allow it."
    named = [*(alert.item for alert in one.alerts), *([one.completed] if one.completed else [])]
    named += [name for scale in one.scales for name in (*scale.items, *([scale.ceiling] if scale.ceiling else []))]
    for name in sorted(set(named) - set(ids)):
        yield f"item {name}", "It is named and not on the form."
    scales = [scale.id for scale in one.scales]
    if len(scales) != len(set(scales)):
        yield "", "A scale stands twice."
    for scale in one.scales:
        for group in scale.groups:
            if group.scale not in scales:
                yield scale.id, f'There is no scale "{group.scale}".'


def _sources(one: Instrument, evidence: Mapping[str, Source]) -> Iterator[tuple[str, str]]:
    named = [("", one.source, one.status)]
    for alert in one.alerts:
        named.append((alert.id, alert.source, "unverified"))
    for scale in one.scales:
        named.append((scale.id, scale.source, scale.status))
        if scale.bands:
            named.append((f"{scale.id} bands", scale.bands_source, scale.bands_status))
        if scale.recovery is not None:
            named.append((f"{scale.id} recovery", scale.recovery.source, "unverified"))
            if scale.recovery.bands:
                named.append((f"{scale.id} recovery", scale.recovery.bands_source, scale.recovery.bands_status))
        named += [(f"{scale.id} {y.id}", y.source, y.status) for y in scale.changes]
    for place, source, status in named:
        if source not in evidence:
            yield place, f'There is no source "{source}".'
        elif status == "verified" and evidence[source].status == "unverified":
            yield place, f"It is called verified, and {source} is not."


def _feeds(one: Instrument, facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    for scale in one.scales:
        for name in filter(None, (scale.fact, scale.change_fact)):
            if name not in facts:
                yield scale.id, f'There is no fact "{name}".'
        low, high = extent(one, scale)
        fact = facts.get(scale.fact)
        if fact is not None and low is not None and high is not None and scale.formula != "share":
            ends = [scale.band(end) for end in (low, high)]
            given = [b.gives if b and b.gives else plain(end) for b, end in zip(ends, (low, high), strict=True)]
            if not all(fact.accepts(value) for value in given):
                yield scale.id, f'It goes beyond the range of "{scale.fact}".'


def _scale(one: Instrument, scale: Scale) -> Iterator[str]:
    if scale.least > len(scale.items):
        yield "It asks for more items than it has."
    if not _ordered(scale.bands) or (scale.recovery is not None and not _ordered(scale.recovery.bands)):
        yield "Its bands are not in order, or one that is not the last has no end."
    spans = [one.item(name).span() for name in scale.items]
    if scale.formula == "lookup":
        low, high = (int(sum(span[side] for span in spans)) for side in (0, 1))
        if set(scale.table) != set(range(low, high + 1)):
            yield "Its table does not hold every sum."
    if scale.formula == "weights" and any(
        len(scale.weights.get(name, ())) != span[1] for name, span in zip(scale.items, spans, strict=True)
    ):
        yield "Its weights do not hold every level."
    for y in scale.changes:
        if sum(size is not None for size in (y.points, y.percent, y.z)) != 1 or not (y.points or y.percent or y.z):
            yield f"{y.id} gives no size of change, or several."
        if y.decides and y.status == "derived" and not y.note:
            yield f"{y.id} is derived and does not show how."


def _ordered(bands: Sequence[ScoreBand]) -> bool:
    ends = [band.to if band.to is not None else band.below for band in bands]
    known = [end for end in ends if end is not None]
    return known == sorted(known) and None not in ends[:-1]


def _examples(one: Instrument) -> Iterator[tuple[str, str]]:
    if not one.examples:
        yield "", "It has no worked example."
    for example in one.examples:
        for what in differences(one, example):
            yield "example", f'"{example["story"][:50]}": {what}'
