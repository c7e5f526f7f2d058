"""Facts of our own: what is planned, and what the surgeon ordered. An order has a last day and then counts no more."""

from __future__ import annotations

from spinesteps.logic.facts import FactGroup, Number, YesNo


class OrderFacts(FactGroup):
    """What is planned or ordered."""

    injection_planned = YesNo(valid_days=180)
    surgeon_brace_order = YesNo(valid_days=365)
    brace_order_days_left = Number(valid_days=365, unit="days", low=-36500, high=3650)
    surgeon_activity_order = YesNo(valid_days=365)
    activity_order_days_left = Number(valid_days=365, unit="days", low=-36500, high=3650)
