"""The spinal stenosis pathway, put together."""

from spinesteps.knowledge import advice, danger_questions, decide, facts, recognise, red_flags
from spinesteps.knowledge.limits import HERE, LIMITS
from spinesteps.knowledge.plan import PLAN
from spinesteps.pathway.pathway import Pathway

PATHWAY = Pathway(
    version="2026.11",
    facts=facts.ALL,
    implied=decide.IMPLIED,
    limits=LIMITS,
    red_flags=red_flags.RED_FLAGS,
    rules=advice.RULES,
    rankings=advice.RANKINGS,
    plan=PLAN,
    scores=recognise.SCORES,
    likelihoods=recognise.LIKELIHOODS,
    other_causes=recognise.OTHER_CAUSES,
    condition=recognise.CONDITION,
    step=decide.STEP,
    danger=decide.DANGER,
    routine=decide.ROUTINE_DUE,
    deficits=decide.DEFICITS,
    describing=decide.DESCRIBING,
    urgent_opinion="surgical-opinion-urgent",
    tapered=advice.TAPERED,
    emergency_questions=decide.EMERGENCY_QUESTIONS,
    danger_questions=danger_questions.DANGER_QUESTIONS,
    follow_ups=decide.FOLLOW_UPS,
    folder=HERE,
)
