"""The danger questions that must be answered before a person counts as checked (contract sections 2 and 5).

Danger facts of section 2 that a person or a helper can answer. Not in it: signs found on examination (Hoffmann,
inverted supinator, Babinski, gait, MRC, mJOA, sensory level, a pulsing mass), results (residual urine, CRP, size of the
aorta) and facts of the software's own. A date is asked while there is a sign that it dates; what follows a procedure or
an injury, once there was one.
"""

from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.logic.conditions import AnyOf, Known, Unclear
from spinesteps.logic.unsure import or_unsure
from spinesteps.pathway.rules import Ask

AFTER_INJURY = or_unsure(s.TRAUMA)
AFTER_PROCEDURE = AnyOf.of(
    or_unsure(f.spine_procedure_ever), Known(f.spine_procedure_days), Unclear(f.spine_procedure_days)
)

DANGER_QUESTIONS = (
    # bladder, bowel, saddle, legs
    Ask(f.urinary_difficulty),
    Ask(f.incontinence),
    Ask(f.saddle_numbness),
    Ask(f.sexual_function_change),
    Ask(f.both_legs_weak),
    Ask(f.legs_weak_only_upright, f.both_legs_weak.condition()),
    Ask(
        f.cauda_equina_onset_days,
        or_unsure(AnyOf.of(s.CAUDA_ITEMS, f.pain_one_to_both_sides, f.pain_both_legs_at_rest)),
    ),
    Ask(f.cauda_equina_progressing),
    Ask(f.perineal_only_when_walking),
    Ask(f.pain_one_to_both_sides),
    Ask(f.pain_both_legs_at_rest),
    Ask(f.leg_numbness_new),
    Ask(f.leg_numbness_onset_days, f.leg_numbness_new.condition()),
    Ask(f.cannot_stand),
    Ask(f.muscle_twitching_or_thinning),
    Ask(f.foot_drop_or_giving_way),
    Ask(f.foot_drop_onset_days, f.foot_drop_or_giving_way.condition()),
    Ask(f.weakness_progressive),
    Ask(f.weakness_onset_days, Known(f.mrc_lowest) | or_unsure(f.weakness_progressive | f.both_legs_weak)),
    # neck
    Ask(f.hand_clumsiness),
    Ask(f.hands_newly_numb),
    Ask(f.gait_unsteady),
    Ask(f.cord_signs_rapid),
    # bone
    Ask(f.major_trauma),
    Ask(f.minor_trauma),
    Ask(f.pain_began_lifting),
    Ask(f.spine_fused_or_stiff),
    Ask(f.cannot_stand_after_trauma, AFTER_INJURY),
    Ask(f.midline_pain_after_trauma, AFTER_INJURY),
    Ask(f.osteoporosis),
    Ask(f.steroids_3_months),
    Ask(f.new_focal_spine_pain),
    Ask(f.pain_different_from_usual),
    Ask(f.height_loss_or_kyphosis),
    # cancer and infection
    Ask(f.cancer_history),
    Ask(f.pain_growing_or_lying_flat),
    Ask(f.unexplained_weight_loss),
    Ask(f.no_better_after_4_weeks),
    Ask(f.generally_ill),
    Ask(f.night_pain),
    Ask(f.fever),
    Ask(f.immunosuppressed),
    Ask(f.injects_drugs),
    Ask(f.dialysis),
    Ask(f.bacteraemia),
    Ask(f.infection_or_line_3_months),
    Ask(f.spine_procedure_ever),
    Ask(f.spine_procedure_days, AFTER_PROCEDURE),
    Ask(f.worse_since_procedure, AFTER_PROCEDURE),
    Ask(f.wound_problem, AFTER_PROCEDURE),
    Ask(f.headache_when_upright, AFTER_PROCEDURE),
    Ask(f.bladder_or_bowel_postop_change, AFTER_PROCEDURE),
    # vessels
    Ask(f.known_aortic_aneurysm),
    Ask(f.sudden_severe_abdominal_or_back_pain),
    Ask(f.faint_or_collapse),
    Ask(f.leg_cold_pale),
    Ask(f.rest_pain_or_foot_ulcer),
    Ask(f.calf_swollen),
    Ask(f.breathless_or_chest_pain),
    Ask(f.anticoagulant),
    Ask(f.sudden_new_deficit),
    Ask(f.new_confusion_or_drowsiness),
)
