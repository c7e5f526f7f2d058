"""RF-03: the neck and the cord."""

from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AnyOf, established
from spinesteps.logic.unsure import one_sure, or_unsure
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import RedFlag

NO_TEST = Against("DESIGN", "our own reading of the time limits; no study tests them")

HANDS_OR_GAIT = s.HANDS | f.gait_unsteady

NECK = (
    RedFlag(
        id="RF-03a",
        topic="hands and balance",
        two_weeks=s.HANDS & f.gait_unsteady,
        routine=or_unsure(HANDS_OR_GAIT),
        evidence=(
            For("DCM-SYMPTOMS", "numb or clumsy hands in four of five"),
            For("TANDEM-REVIEW17"),
            For("AOSPINE-JABFM"),
            Against("DCM-MISSED", "signs are seldom examined; how well they tell is little studied"),
        ),
    ),
    RedFlag(
        id="RF-03b",
        topic="hands or balance, getting worse fast",
        emergency=HANDS_OR_GAIT & f.cord_signs_rapid & s.SPHINCTER,
        today=AnyOf.of(
            f.cord_signs_rapid & ~established(~HANDS_OR_GAIT),
            one_sure(HANDS_OR_GAIT, f.cord_signs_rapid),
        ),
        evidence=(For("G-DCM17"), For("DESIGN", "days to weeks means the same day"), NO_TEST),
    ),
    RedFlag(
        id="RF-03c",
        topic="signs from the spinal cord on examination",
        today=AnyOf.of(f.mjoa <= LIMITS.mjoa_severe, f.mjoa_falling, f.sensory_level),
        two_weeks=AnyOf.of(s.COOK_NECK, s.MOTOR_NEURON_SIGN, f.mjoa <= LIMITS.mjoa_moderate),
        routine=f.mjoa < LIMITS.mjoa_normal,
        evidence=(
            For("COOK10", "three of five: LR+ 30.9"),
            For("TETREAULT17", "mJOA bands"),
            For("G-DCM17"),
            Against("BABINSKI-ACC", "one sign alone is weak"),
        ),
    ),
)
