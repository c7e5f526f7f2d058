"""Facts of our own: thoughts of self-harm, and pain compared with the best since treatment (relapse looks at it)."""

from __future__ import annotations

from spinesteps.logic.facts import Number, YesNo

self_harm_thoughts = YesNo("self_harm_thoughts", valid_days=14, danger=True)
self_harm_plan = YesNo("self_harm_plan", valid_days=14, danger=True)
pain_leg_from_best = Number("pain_leg_from_best", valid_days=90, unit="of 10", low=-10, high=10)
pain_back_from_best = Number("pain_back_from_best", valid_days=90, unit="of 10", low=-10, high=10)

MIND_FACTS = (self_harm_thoughts, self_harm_plan, pain_leg_from_best, pain_back_from_best)
