"""Changes as columns: the newest number against a baseline (`ChangeSince`), against the best one (`BestSince`)."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from spinesteps.logic.engines.columns.events import NUMBER, AnswerColumns, about, selected, surely
from spinesteps.logic.engines.columns.layers import number
from spinesteps.logic.engines.columns.steps import (
    NOT_ASKED,
    UNREADABLE,
    Aggregate,
    Chosen,
    Flag,
    FoundColumns,
    Names,
    Steps,
)
from spinesteps.logic.engines.columns.summaries import (
    Steppers,
    amount,
    constant,
    newest,
    oldest,
    one_answer,
    pick,
    silent,
    some,
    together,
    told,
    valued,
    when_day,
)
from spinesteps.logic.facts import Silence
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import BestSince, ChangeSince


def change_since(steppers: Steppers, summary: ChangeSince) -> Steps:
    """See `history.ChangeSince`."""
    says = valued(steppers.flag(summary.where))
    base = oldest(says) if summary.since is None else _newest_by(steppers, summary.where, summary.since)
    now_flag, base_flag = yield from together(newest(says), base)
    now = {f"now_{name}": ask for name, ask in told(now_flag).items()}
    then = {f"then_{name}": ask for name, ask in told(base_flag).items()}
    names = yield {**now, **then, **_records(now_flag, base_flag)}

    def finish(people: ir.Table) -> FoundColumns:
        return _difference(people, _part(people, names, "now_"), _part(people, names, "then_").said, names)

    return finish


def best_since(steppers: Steppers, summary: BestSince) -> Steps:
    """See `history.BestSince`."""
    where = steppers.flag(summary.where)
    since: Names = {}
    if summary.since is not None:
        event = steppers.flag(summary.since)
        since = yield {"since": lambda e: about(e).max(where=event(e))}
    start = since.get("since")

    def known(events: ir.Table) -> ir.BooleanValue:
        late = events["first"].notnull() if start is None else surely(events["first"] >= events[start])
        return where(events) & (events["tag"] == NUMBER) & late

    (now_flag,) = yield from together(newest(valued(where)))
    asks: dict[str, Aggregate] = {f"now_{name}": ask for name, ask in told(now_flag).items()}
    names = yield {
        **asks,
        "n": lambda e: e.count(where=known(e)),
        "best": lambda e: (e["number"].min if summary.low_is_best else e["number"].max)(where=known(e)),
        **_records(now_flag, known),
    }

    def finish(people: ir.Table) -> FoundColumns:
        any_known = some(people, names["n"])
        best = pick((any_known, amount(ibis.coalesce(people[names["best"]], number(0)))), otherwise=silent(NOT_ASKED))
        return _difference(people, _part(people, names, "now_"), best, names)

    return finish


def _newest_by(steppers: Steppers, where: Where, since: Where) -> Chosen:
    """Those that were the newest on the day of the newest event of another selection."""
    event = steppers.flag(since)
    found = yield {"start": lambda e: about(e).max(where=event(e))}
    start = found["start"]

    def says(events: ir.Table) -> ir.BooleanValue:
        return events[start].notnull() & valued(lambda e: selected(e, where, start))(events)

    return (yield from newest(says))


def _records(some_flag: Flag, others: Flag) -> Mapping[str, Aggregate]:
    """How many records the one, the other and both together rest on: equal in number means equal."""

    def number_of(flag: Flag) -> Aggregate:
        return lambda e: e["record"].nunique(where=flag(e) & (e["record"] != ""))

    return {
        "records_now": number_of(some_flag),
        "records_then": number_of(others),
        "records_both": number_of(lambda e: some_flag(e) | others(e)),
    }


def _part(people: ir.Table, names: Names, start: str) -> FoundColumns:
    return one_answer(people, {k.removeprefix(start): name for k, name in names.items() if k.startswith(start)})


def _difference(people: ir.Table, now: FoundColumns, base: AnswerColumns, names: Names) -> FoundColumns:
    """As `history._difference`."""
    silent_now = (now.said.tag == 0) & (now.said.text == NOT_ASKED)
    nothing = silent_now | ((base.tag == 0) & (base.text == NOT_ASKED))
    numbers = (now.said.tag == NUMBER) & (base.tag == NUMBER)
    counts = [people[names[f"records_{which}"]] for which in ("now", "then", "both")]
    same = surely((counts[0] == counts[2]) & (counts[1] == counts[2]))
    change = (now.said.number - base.number).round(9).cast("float64")
    said = pick(
        (nothing, constant(Silence.NOT_ASKED)), (~numbers, silent(UNREADABLE)), (same, silent(NOT_ASKED)),
        otherwise=amount(change),
    )  # fmt: skip
    return FoundColumns(said, when_day(~nothing & ~(numbers & same), now.day))
