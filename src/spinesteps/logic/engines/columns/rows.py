"""Events as an Arrow table: the columns that `recorded` and `summarised` read, one row for each event."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from spinesteps.logic.history.event import Event

TEXTS = ("person", "kind", "status", "region", "side", "record", "absent")
DAYS = ("start", "start_last", "end", "recorded")
NUMBERS = ("quantity", "moment")


def events_table(events: Sequence[Event]) -> pa.Table:
    """All events as a table; `concepts` and `suggests` are texts, `value` three columns."""
    columns = {name: _column(events, name, pa.string()) for name in TEXTS}
    for name in ("concepts", "suggests"):
        named = [getattr(event, name) for event in events]
        columns[name] = pa.array([f";{';'.join(sorted(some))};" if some else "" for some in named], pa.string())
    columns |= {name: _column(events, name, pa.date32()) for name in DAYS}
    columns |= {name: _column(events, name, pa.float64()) for name in NUMBERS}
    values = [event.value for event in events]
    columns["value_yes_no"] = pa.array([v if isinstance(v, bool) else None for v in values], pa.bool_())
    numbers = [None if isinstance(v, bool | str) or v is None else v for v in values]
    columns["value_number"] = pa.array(numbers, pa.float64())
    columns["value_text"] = pa.array([v if isinstance(v, str) else None for v in values], pa.string())
    return pa.table(columns)


def _column(events: Sequence[Event], name: str, kind: pa.DataType) -> pa.Array:
    return pa.array([getattr(event, name) for event in events], kind)
