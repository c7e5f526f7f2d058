"""Scores of one person as data and as lines: read the items, score them, compare two times."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from spinesteps.errors import Fault, InputError, ScopeError
from spinesteps.instruments.change import NAMES, ScoreChange, YardstickResult, change
from spinesteps.instruments.model import Instrument
from spinesteps.instruments.scoring import Scored, Scoring, extent, plain, score, shown
from spinesteps.json_pairs import decode
from spinesteps.logic.facts import Fact

DRAFT = "Draft: no clinician has signed. A score describes; it rules out nothing and decides nothing by itself."
Data = dict[str, Any]


def chosen(instruments: Mapping[str, Instrument], id_: str) -> Instrument:
    """An instrument by id. Raises ScopeError when there is none, with the nearest."""
    if id_ in instruments:
        return instruments[id_]
    near = difflib.get_close_matches(id_, instruments, 1, 0.5)
    hint = f' Did you mean "{near[0]}"?' if near else ' See "spinesteps score --list".'
    raise ScopeError(f'There is no instrument "{id_[:60]}".{hint}')


def listing(instruments: Mapping[str, Instrument]) -> list[Data]:
    """Every instrument: its items with what they take, its scales with their range and the fact they feed."""
    return [
        {
            "id": one.id, "name": one.name, "version": one.version or None, "about": one.about, "who": one.who,
            "imported_only": one.imported, "wording_may_be_shipped": one.licence.wording, "missing": one.missing,
            "items": [{"id": item.id, "about": item.about or None, "takes": item.expected()} for item in one.items],
            "scales": [_scale(one, scale.id) for scale in one.scales],
        }
        for one in instruments.values()
    ]  # fmt: skip


def listed(rows: list[Data]) -> Iterator[str]:
    """The listing in words: an instrument a line, its items and the facts it feeds below."""
    for row in rows:
        feeds = ", ".join(scale["fact"] for scale in row["scales"] if scale["fact"])
        yield f"{row['id']:<20} {row['name']}" + (f" -> {feeds}" if feeds else "")
        same: dict[str, list[str]] = {}
        for item in row["items"]:
            same.setdefault(item["takes"].split(";")[0], []).append(item["id"])
        yield from (f"{'':<20}   {', '.join(ids)}: {takes}" for takes, ids in same.items())


def answer(
    instrument: Instrument, items: bytes, before: bytes | None, facts: Mapping[str, Fact], setting: str | None,
    months: float | None,
) -> Data:  # fmt: skip
    """The scores of one time, and the change since an earlier one, as plain data. Raises InputError, ScopeError."""
    if before is None and (setting is not None or months is not None):
        raise ScopeError("--setting and --months belong to a change: give --before too.")
    now = read_items(items)
    if before is None:
        return scored(instrument, now, facts)
    changes = compared(instrument, read_items(before), now, setting, months)
    data = scored(instrument, now, facts)
    facts_changed = {name: value for row in changes for name, value in (row.pop("fact") or {}).items()}
    return data | {"facts": data["facts"] | facts_changed, "change": changes}


def read_items(data: bytes) -> dict[str, Any]:
    """Item -> answer from a JSON object. Raises InputError: no JSON object, or an item that stands twice."""
    answers: dict[str, Any] = {}
    faults = []
    for name, value in decode(data, "items"):
        if name in answers:
            shown_name = "".join(c if c.isprintable() else "?" for c in name[:60])
            faults.append(Fault(f"item {shown_name}", "It stands twice.", "each item once", "Keep one of the two."))
        answers[name] = value
    if faults:
        raise InputError(faults)
    return answers


def scored(instrument: Instrument, items: Mapping[str, Any], facts: Mapping[str, Fact]) -> Data:
    """The scores as plain data. `facts` holds only what the contract's facts accept."""
    result = score(instrument, items)
    return {
        "instrument": instrument.id, "name": instrument.name, "scores": [_one(one) for one in result.scales],
        "alerts": [{"id": alert.id, "item": alert.item, "say": alert.say} for alert in result.alerts],
        "alerts_not_asked": [{"id": alert.id, "item": alert.item, "say": alert.say} for alert in result.unasked],
        "facts": facts_of(result, facts), "draft": DRAFT,
    }  # fmt: skip


def facts_of(result: Scoring, facts: Mapping[str, Fact]) -> dict[str, int | float | str]:
    """The contract facts of finished scores, without those beyond a fact's range (a slip of more than 100 %)."""
    return {name: value for name, value in result.facts.items() if name in facts and facts[name].accepts(value)}


def compared(
    instrument: Instrument, before: Mapping[str, Any], after: Mapping[str, Any], setting: str | None = None,
    months: float | None = None,
) -> list[Data]:  # fmt: skip
    """The changes as plain data: verdict, why, and every published size with whether it is reached."""
    return [_change(one) for one in change(instrument, before, after, setting, months)]


def lines(data: Data) -> Iterator[str]:
    """Scores, and changes where there are any, in words."""
    yield data["name"]
    for row in data["scores"]:
        if row["status"] == "scored":
            band = f", {row['band']}" if row["band"] else ""
            yield f"  {row['title']}: {row['shown']}{band} ({row['direction']})"
            if row["missing"]:
                yield f"    missing: {', '.join(row['missing'])}; {_between(row)}"
        else:
            yield f"  {row['title']}: cannot be scored: {row['reason']}; missing: {', '.join(row['missing'])}"
            if row["low"] is not None:
                yield f"    {_between(row)}"
    for row in data.get("change", ()):
        yield f"  change of {row['scale']}: {row['points']:+g}, {row['verdict'] or 'not judged'}: {row['why']}"
        for one in row["sizes"]:
            met = {True: "reached", False: "not reached", None: "not defined"}[one["reached"]]
            yield f"    {one['kind']} {one['size']}, {met}, {one['use']}: {one['population']} [{one['source']}]"
        if row["recovery_percent"] is not None:
            yield f"    recovery rate {row['recovery_percent']:.1f} % {row['recovery_band'] or ''}".rstrip()
    yield from (f"  NOW: {alert['say']}" for alert in data["alerts"])
    for alert in data["alerts_not_asked"]:
        yield f"  not answered: item {alert['item']}. If it holds: {alert['say']}"
    if data["facts"]:
        yield "  facts: " + ", ".join(f"{name} = {value}" for name, value in data["facts"].items())
    yield data["draft"]


def _between(row: Data) -> str:
    return f"with every item answered it would lie between {row['low']:.4g} and {row['high']:.4g}"


def _scale(one: Instrument, id_: str) -> Data:
    scale = one.scale(id_)
    low, high = extent(one, scale)
    ends = [None if end is None else plain(end) for end in (low, high)]
    return {"id": scale.id, "title": scale.title, "low": ends[0], "high": ends[1], "unit": scale.unit,
            "direction": scale.direction, "fact": scale.fact or None}  # fmt: skip


def _one(one: Scored) -> Data:
    return {
        "scale": one.scale.id, "title": one.scale.title,
        "status": "scored" if one.scored else "cannot be scored", "reason": one.reason or None,
        "value": None if one.value is None else plain(one.value), "text": one.text or None, "shown": shown(one) or None,
        "unit": one.scale.unit, "low": None if one.low is None else plain(one.low),
        "high": None if one.high is None else plain(one.high), "band": one.band.name if one.band else None,
        "direction": one.scale.direction, "missing": list(one.missing), "lower_bound": one.at_least,
        "standard_error": None if one.error is None else plain(one.error), "source": one.scale.source,
        "source_status": one.scale.status,
    }  # fmt: skip


def _change(one: ScoreChange) -> Data:
    return {
        "scale": one.scale.id, "before": plain(one.before), "after": plain(one.after), "points": plain(one.points),
        "percent_of_before": None if one.percent is None else plain(one.percent),
        "improvement": plain(one.improvement), "verdict": one.verdict, "why": one.why,
        "decided_by": [y.id for y in one.decided_by], "sizes": [_size(m) for m in one.measured],
        "recovery_percent": None if one.recovery is None else plain(one.recovery),
        "recovery_band": one.recovery_band.name if one.recovery_band else None,
        "fact": {one.scale.change_fact: plain(one.points)} if one.scale.change_fact else None,
    }  # fmt: skip


def _size(one: YardstickResult) -> Data:
    y = one.yardstick
    return {
        "id": y.id, "kind": NAMES[y.kind],
        "size": y.size, "reached": one.met, "use": y.use, "population": y.population, "anchor": y.anchor or None,
        "setting": y.setting, "months": y.months, "source": y.source, "status": y.status,
    }  # fmt: skip
