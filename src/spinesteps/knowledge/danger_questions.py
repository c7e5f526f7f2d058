"""The danger questions that must be answered before a person counts as checked (contract sections 2 and 5).

Danger facts of section 2 that a person or a helper can answer. Not in it: signs found on examination (Hoffmann,
inverted supinator, Babinski, gait, MRC, mJOA, sensory level, a pulsing mass), results (residual urine, CRP, size of the
aorta) and facts of the software's own. Each is open only while it makes sense (decide.FOLLOW_UPS).
"""

from spinesteps.knowledge.facts import Facts as f

DANGER_QUESTIONS = (
    # bladder, bowel, saddle, legs
    f.urinary_difficulty,
    f.incontinence,
    f.saddle_numbness,
    f.sexual_function_change,
    f.both_legs_weak,
    f.cauda_equina_onset_days,
    f.cauda_equina_progressing,
    f.perineal_only_when_walking,
    f.pain_one_to_both_sides,
    f.foot_drop_or_giving_way,
    f.foot_drop_onset_days,
    f.weakness_progressive,
    f.weakness_onset_days,
    # neck
    f.hand_clumsiness,
    f.gait_unsteady,
    f.cord_signs_rapid,
    # bone
    f.major_trauma,
    f.minor_trauma,
    f.cannot_stand_after_trauma,
    f.midline_pain_after_trauma,
    f.osteoporosis,
    f.steroids_3_months,
    f.new_focal_spine_pain,
    f.height_loss_or_kyphosis,
    # cancer and infection
    f.cancer_history,
    f.pain_growing_or_lying_flat,
    f.unexplained_weight_loss,
    f.no_better_after_4_weeks,
    f.generally_ill,
    f.night_pain,
    f.fever,
    f.immunosuppressed,
    f.injects_drugs,
    f.dialysis,
    f.bacteraemia,
    f.spine_procedure_days,
    f.worse_since_procedure,
    f.bladder_or_bowel_postop_change,
    # vessels
    f.known_aortic_aneurysm,
    f.sudden_severe_abdominal_or_back_pain,
    f.faint_or_collapse,
    f.leg_cold_pale,
    f.rest_pain_or_foot_ulcer,
    f.calf_swollen,
    f.breathless_or_chest_pain,
    f.anticoagulant,
    f.sudden_new_deficit,
)
