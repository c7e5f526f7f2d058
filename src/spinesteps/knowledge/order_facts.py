"""Facts of our own: what is planned, and what the surgeon ordered. An order has a last day and then counts no more."""

from __future__ import annotations

from spinesteps.logic.facts import Number, YesNo

injection_planned = YesNo("injection_planned", valid_days=180)
surgeon_brace_order = YesNo("surgeon_brace_order", valid_days=365)
brace_order_days_left = Number("brace_order_days_left", valid_days=365, unit="days", low=-36500, high=3650)
surgeon_activity_order = YesNo("surgeon_activity_order", valid_days=365)
activity_order_days_left = Number("activity_order_days_left", valid_days=365, unit="days", low=-36500, high=3650)

ORDER_FACTS = (
    injection_planned,
    surgeon_brace_order,
    brace_order_days_left,
    surgeon_activity_order,
    activity_order_days_left,
)
