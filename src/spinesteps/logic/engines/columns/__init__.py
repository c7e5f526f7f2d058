"""The tree over a table: any condition as two columns that are never null. Ibis is imported nowhere else.

    summarised(events, people, {"nsaid": …})    facts out of records, each person as of a day (see `history`)
    settle(table, {"weak": condition, "step": outcome}, keep=("person",), implied=…, needs=…)

gives, for a condition, `weak__yes` and `weak__no` (neither: not known), for a score also `__low` and `__high`, with
needs `weak__needs__<fact>`; for an outcome `step` (the chosen name) and `step__open` (names left open, `a;b`).
A fact is two columns, `<name>` and `<name>__status`. What comes back is a lazy table of the engine of the one given.
"""

from spinesteps.logic.engines.columns.facts import contradictions, facts_of, imply, tidied, type_of
from spinesteps.logic.engines.columns.history import summarised
from spinesteps.logic.engines.columns.layers import status_of
from spinesteps.logic.engines.columns.tables import settle

__all__ = ["contradictions", "facts_of", "imply", "settle", "status_of", "summarised", "tidied", "type_of"]
