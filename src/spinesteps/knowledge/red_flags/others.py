"""RF-10 to RF-12: blood thinners, calf pain, a very short walk."""

from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AnyOf
from spinesteps.logic.unsure import or_unsure
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import RedFlag

NO_TEST = Against("DESIGN", "our own reading of the time limits; no study tests them")

SEVERE_NEW_PAIN = AnyOf.of(f.new_focal_spine_pain, f.pain_different_from_usual, s.SUDDEN_PAIN)

OTHERS = (
    RedFlag(
        id="RF-10",
        topic="blood thinner with new pain or weakness",
        emergency=f.anticoagulant & s.NEW_WEAKNESS,
        today=or_unsure(f.anticoagulant) & or_unsure(SEVERE_NEW_PAIN | s.NEW_WEAKNESS),
        evidence=(For("DESIGN", "think of a bleed beside the cord"), For("G-CES"), NO_TEST),
    ),
    RedFlag(
        id="RF-11",
        topic="calf pain that eases on standing",
        routine=or_unsure(f.calf_only_pain) & or_unsure(f.relieved_standing_still),
        evidence=(
            For("NADEAU13", "calf and relief on standing: LR+ 20"),
            Against("NADEAU13", "53 people in one clinic"),
        ),
    ),
    RedFlag(
        id="RF-12",
        topic="very short walk",
        routine=f.walking_distance_m < LIMITS.short_walk_m,
        evidence=(For("S000", "names 100 m"), Against("N-TSU", "a cohort looked at it; no trial uses it to operate")),
    ),
)
