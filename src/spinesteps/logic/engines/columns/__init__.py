"""The tree over a table: any condition as two columns that are never null. Ibis is imported nowhere else.

    recorded(events, people, sources)           every fact out of records, as it stands on a day (see `weighed`)
    summarised(events, people, {"nsaid": …})    single summaries over events (see `history`)
    settle(table, {"weak": condition, "step": outcome}, keep=("person",), implied=…, needs=…)

gives, for a condition, `weak__yes` and `weak__no` (neither: not known), for a score also `__low` and `__high`, with
needs `weak__needs__<fact>`; for an outcome `step` (the chosen name) and `step__open` (names left open, `a;b`).
A fact is two columns, `<name>` and `<name>__status`. What comes back is a lazy table of the engine of the one given.
"""

from ibis.expr.types import Table

from spinesteps.logic.engines.columns.facts import contradictions, facts_of, imply, tidied, type_of
from spinesteps.logic.engines.columns.history import summarised
from spinesteps.logic.engines.columns.layers import status_of
from spinesteps.logic.engines.columns.rows import events_table
from spinesteps.logic.engines.columns.tables import settle
from spinesteps.logic.engines.columns.weighed import recorded

__all__ = [
    "Table", "contradictions", "events_table", "facts_of", "imply", "recorded", "settle", "status_of", "summarised",
    "tidied", "type_of",
]  # fmt: skip
