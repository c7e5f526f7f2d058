"""docs/instruments.md: every instrument with its items, scoring, bands, sizes of change, licence and examples."""

from __future__ import annotations

from collections.abc import Iterator

from spinesteps.instruments.model import Instrument, Scale, ScoreBand, Yardstick
from spinesteps.instruments.scoring import extent, plain
from spinesteps.library.library import library_of
from spinesteps.pathway.pathway import Pathway
from spinesteps.rule_pages.ledgers import heads, row

INTRODUCTION = """# Instruments

Questionnaires, walking tests and grades as data, scored by one scorer (`spinesteps score`). Draft: no clinician has
signed. Items are numbers of the printed form; words stand here only where their owner allows it, and are our own.

A missing item is never 0. A score with too many missing items is not given; the interval in which it would lie is.
A change is called improved or worse only beyond the smallest important change **and** the measurement error, by the
numbers marked "decides" for the setting (conservative, surgery; without a setting, all of them). Which number decides
is a design choice. Sizes found for improvement are used for worsening too, where no other is marked. A number that is
unverified is shown and never counts; "derived" shows its arithmetic; "second-hand" was read in a copy of the source."""


def instruments_page(pathway: Pathway) -> str:
    """Every instrument as Markdown."""
    lines = [INTRODUCTION]
    lines += heads("id", "name", "about", "items", "feeds", "words here")
    for one in library_of(pathway).instruments.values():
        feeds = ", ".join(scale.fact for scale in one.scales if scale.fact)
        words = "our own" if one.licence.wording else "none"
        lines.append(row((f"[{one.id}](#{one.id})", one.name, one.about, len(one.items), feeds, words)))
    for one in library_of(pathway).instruments.values():
        lines += _instrument(one)
    return "\n".join(lines) + "\n"


def off(pathway: Pathway) -> Iterator[str]:
    """What of the instruments is unverified and therefore off, for docs/unverified.md."""
    yield from ("", "## Scores: numbers that are off", "", "Shown beside a score or a change, never counted.")
    yield from heads("instrument", "what", "source")
    for one in library_of(pathway).instruments.values():
        for scale in one.scales:
            for y in scale.changes:
                if y.status == "unverified":
                    what = f"{y.kind} change of {scale.id}: {y.size} ({y.population})"
                    yield row((one.id, what, y.source))
            if scale.bands and scale.bands_status == "unverified":
                yield row((one.id, f"bands of {scale.id}: {_bands(scale.bands)}", scale.bands_source))
        for code in one.loinc:
            if code.status == "unverified":
                yield row((one.id, f"LOINC {code.code}, {code.what}", ""))
    yield from ("", "Rules for missing items and licences that were not seen: [instruments.md](instruments.md).")


def _instrument(one: Instrument) -> Iterator[str]:
    yield from ("", f"## {one.id}", "", f"**{one.name}**{f', {one.version}' if one.version else ''}: {one.about}.", "")
    filled = {"person": "by the person", "clinician": "by a clinician"}[one.who]
    yield f"Filled in {filled}; about: {one.recall}. Evidence section {one.section}; [{one.source}] {one.status}."
    yield from ("", f"- Missing items: {one.missing}", f"- Licence: {one.licence.terms} ({one.licence.status}).")
    if one.imported:
        yield "- Finished totals only: the formula is not computed here."
    if one.loinc:
        yield "- LOINC: " + "; ".join(f"{code.code} {code.what} ({code.status})" for code in one.loinc) + "."
    if one.note:
        yield f"- Take care: {one.note}"
    yield from heads("item", "about", "takes")
    for entry in one.items:
        yield row((entry.id, entry.about, entry.expected().split(";")[0] + (", turned round" if entry.reverse else "")))
    for scale in one.scales:
        yield from _scale(one, scale)
    for alert in one.alerts:
        yield from ("", f"**Alert** on item {alert.item}: {alert.say} [{alert.source}]")
    yield from ("", "Worked examples:", "", *(f"- {example['story']}" for example in one.examples))


def _scale(one: Instrument, scale: Scale) -> Iterator[str]:
    low, high = extent(one, scale)
    ends = "" if low is None or high is None else f" from {plain(low):g} to {plain(high):g} {scale.unit}".rstrip()
    feeds = f" Feeds `{scale.fact}`." if scale.fact else ""
    yield from ("", f"### {one.id}: {scale.title}", "")
    needed = f"at least {scale.least} of {len(scale.items)} items" if len(scale.items) > 1 else "one item"
    yield f"`{scale.id}`: {scale.formula}{ends}, {scale.direction}, {needed}. [{scale.source}] {scale.status}.{feeds}"
    if scale.bands:
        state = "off, unverified" if scale.bands_status == "unverified" else scale.bands_status
        yield from ("", f"Bands ({state}) [{scale.bands_source}]: {_bands(scale.bands)}.")
    if scale.groups:
        named = (f"{g.name} when {g.scale} {_between(g.at_least, g.at_most)}" for g in scale.groups)
        yield from ("", f"Groups, the first that holds: {'; '.join(named)}.")
    if scale.recovery is not None:
        rate = scale.recovery
        yield from ("", f"Recovery rate: (after - before) / ({rate.full:g} - before) x 100 [{rate.source}].")
        if rate.bands:
            yield f"Its bands ({rate.bands_status}) [{rate.bands_source}]: {_bands(rate.bands)}."
    if scale.note:
        yield from ("", scale.note)
    if scale.changes:
        yield from heads("change", "size", "use", "setting", "months", "among whom, by what", "source")
        yield from (row(_yardstick(y)) for y in scale.changes)


def _yardstick(y: Yardstick) -> Iterator[object]:
    kind = {"important": "smallest important", "error": "measurement error"}[y.kind]
    way = "" if y.way == "both" else f" ({y.way} only)"
    among = "; ".join(part for part in (y.population, y.anchor, y.note) if part)
    yield from (f"{kind}{way}", y.size + (", with another band" if y.band_change else ""), y.use, y.setting)
    yield from ("" if y.months is None else f"{y.months:g}", among, f"{y.source} ({y.status})")


def _bands(bands: tuple[ScoreBand, ...]) -> str:
    return "; ".join(f"{band.name} {_end(band)}" for band in bands)


def _end(band: ScoreBand) -> str:
    if band.to is not None:
        return f"(to {band.to:g})"
    return f"(below {band.below:g})" if band.below is not None else "(above)"


def _between(low: float | None, high: float | None) -> str:
    parts = [f"is at least {low:g}" if low is not None else "", f"is at most {high:g}" if high is not None else ""]
    return " and ".join(part for part in parts if part)
