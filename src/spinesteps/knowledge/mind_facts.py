"""Facts of our own: thoughts of self-harm, and pain compared with the best since treatment (relapse looks at it)."""

from __future__ import annotations

from spinesteps.logic.facts import FactGroup, Number, YesNo


class MindFacts(FactGroup):
    """Thoughts of self-harm, and pain compared with the best."""

    self_harm_thoughts = YesNo(valid_days=14, danger=True)
    self_harm_plan = YesNo(valid_days=14, danger=True)
    pain_leg_from_best = Number(valid_days=90, unit="of 10", low=-10, high=10)
    pain_back_from_best = Number(valid_days=90, unit="of 10", low=-10, high=10)
