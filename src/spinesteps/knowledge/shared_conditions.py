"""Named conditions that several flags and rules share: what counts as a deficit, as new pain, as unsure."""

from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AllOf, AnyOf, AtLeast, Known, Named, Unclear, established
from spinesteps.logic.unsure import or_unsure

# Bladder, bowel, saddle (RF-01)
SPHINCTER = Named("bladder or bowel change", f.urinary_difficulty | f.incontinence)
CAUDA_SUBJECTIVE = Named(
    "bladder, bowel, saddle or sexual change", SPHINCTER | f.saddle_numbness | f.sexual_function_change
)
CAUDA_ITEMS = Named("a sign of cauda equina trouble", CAUDA_SUBJECTIVE | f.both_legs_weak)
CAUDA_RECENT = Named(
    "began or got worse recently, or the date is not known",
    f.cauda_equina_onset_days.within_or_unknown(LIMITS.cauda_equina_window_days),
)
CAUDA_OLDER = Named("began longer ago", f.cauda_equina_onset_days > LIMITS.cauda_equina_window_days)
CAUDA_UNSURE = AnyOf.of(
    Unclear(f.urinary_difficulty),
    Unclear(f.incontinence),
    Unclear(f.saddle_numbness),
    Unclear(f.sexual_function_change),
    Unclear(f.both_legs_weak),
)
# Both legs weak, but only upright, or for long (contract section 5, legs). The clock is the weakness's own, else that
# of the newest sign while no other sign is yes. What is not settled keeps the graver rule.
LEGS_CLOCK_IS_NEWEST = ~Known(f.weakness_onset_days) & ~established(or_unsure(CAUDA_SUBJECTIVE))
LEGS_NOT_NEW = Named(
    "the weakness of both legs began longer ago",
    established(
        AnyOf.of(
            f.weakness_onset_days > LIMITS.cauda_equina_window_days,
            LEGS_CLOCK_IS_NEWEST & (f.cauda_equina_onset_days > LIMITS.cauda_equina_window_days),
        )
    ),
)
LEGS_LONG_WEAK = Named(
    "the weakness of both legs is old",
    established(
        AnyOf.of(
            f.weakness_onset_days > LIMITS.weakness_recent_days,
            LEGS_CLOCK_IS_NEWEST & (f.cauda_equina_onset_days > LIMITS.weakness_recent_days),
        )
    ),
)
LEGS_UPRIGHT_SIGNS = AllOf.of(
    f.both_legs_weak,
    f.legs_weak_only_upright,
    ~f.foot_drop_or_giving_way,
    ~f.weakness_progressive,
    ~f.urinary_difficulty,
    ~f.incontinence,
    ~f.saddle_numbness,
    ~f.sexual_function_change,
)
LEGS_ONLY_UPRIGHT = Named(
    "both legs are weak only when upright, and no other sign of it", established(LEGS_UPRIGHT_SIGNS)
)
LEGS_WEAK_NOW = Named(
    "both legs weak, not only upright and not for long", f.both_legs_weak & ~(LEGS_ONLY_UPRIGHT | LEGS_LONG_WEAK)
)
ONE_TO_BOTH_OLD_STABLE = established(CAUDA_OLDER & ~f.cauda_equina_progressing)

# Weakness (RF-02). Grades with a fraction count as the lower whole grade.
GRADE_NONE = f.mrc_lowest < LIMITS.mrc_flicker
GRADE_SEVERE = Named("MRC grade 0 to {mrc_against_gravity:below}", f.mrc_lowest < LIMITS.mrc_against_gravity)
GRADE_MODERATE = Named(
    "MRC grade 3", AllOf.of(f.mrc_lowest >= LIMITS.mrc_against_gravity, f.mrc_lowest < LIMITS.mrc_against_resistance)
)
GRADE_MILD = Named(
    "MRC grade 4", AllOf.of(f.mrc_lowest >= LIMITS.mrc_against_resistance, f.mrc_lowest < LIMITS.mrc_full)
)
WEAKNESS_SUDDEN_WINDOW = f.weakness_onset_days.within_or_unknown(LIMITS.paralysis_window_days)
WEAKNESS_NEW = f.weakness_onset_days.within_or_unknown(LIMITS.weakness_new_days)
WEAKNESS_RECENT = f.weakness_onset_days <= LIMITS.weakness_recent_days
WEAKNESS_RECENT_OR_UNKNOWN = f.weakness_onset_days.within_or_unknown(LIMITS.weakness_recent_days)
WEAKNESS_IN_A_YEAR = f.weakness_onset_days <= LIMITS.weakness_old_days
GRADE_FELL = f.mrc_fall >= LIMITS.mrc_fall_grades
FOOT_DROP_NEW = f.foot_drop_onset_days.within_or_unknown(LIMITS.foot_drop_new_days)
FOOT_DROP_RECENT_OR_UNKNOWN = f.foot_drop_onset_days.within_or_unknown(LIMITS.foot_drop_recent_days)
ONE_LEG_WEAKNESS = AnyOf.of(
    f.sudden_new_deficit,
    f.weakness_progressive,
    GRADE_FELL,
    f.foot_drop_or_giving_way & FOOT_DROP_RECENT_OR_UNKNOWN,
    (f.mrc_lowest < LIMITS.mrc_full) & WEAKNESS_RECENT_OR_UNKNOWN,
)
NEW_WEAKNESS = Named(
    "leg weakness that is sudden, progressive, recent or of unknown onset", f.both_legs_weak | ONE_LEG_WEAKNESS
)
# For movement, the steps and the surgeon: weakness that comes with standing and is gone on sitting is none.
WEAKNESS_AT_REST = Named(
    "new leg weakness that is there at rest too", (f.both_legs_weak & ~LEGS_ONLY_UPRIGHT) | ONE_LEG_WEAKNESS
)
# The count is of the days since it began or got worse: a smaller one than before says that it got worse since.
NUMB_LEG_SPREADS = Named("the day count of the numbness fell since another answer", f.leg_numbness_days_from_most < 0)
NUMB_LEG_NEW = Named("a leg newly numb", f.leg_numbness_new & (f.leg_numbness_onset_days <= LIMITS.numb_leg_new_days))

# Neck and cord (RF-03)
HANDS = Named("clumsy or newly numb hands", f.hand_clumsiness | f.hands_newly_numb)
MOTOR_NEURON_SIGN = Named(
    "Hoffmann, Babinski or inverted supinator sign", f.hoffmann_sign | f.babinski_sign | f.inverted_supinator_sign
)
COOK_NECK = Named(
    "at least three of five neck signs",
    AtLeast.of(
        3, f.gait_deviation, f.hoffmann_sign, f.inverted_supinator_sign, f.babinski_sign, f.age > LIMITS.neck_age_years
    ),
)
CORD_SIGN = Named(
    "a sign from the spinal cord",
    AnyOf.of(
        HANDS & f.gait_unsteady,
        MOTOR_NEURON_SIGN,
        f.gait_deviation,
        f.cord_signs_rapid,
        f.mjoa <= LIMITS.mjoa_moderate,
    ),
)

# Deficit, as contract section 5 settles it for infection and trauma
DEFICIT = Named(
    "a deficit",
    AnyOf.of(
        SPHINCTER,
        f.bladder_or_bowel_postop_change,
        f.saddle_numbness,
        CORD_SIGN,
        f.sensory_level,
        NEW_WEAKNESS,
        NUMB_LEG_NEW,
    ),
)
CANCER_DEFICIT = Named("weakness, gait change, numb level, bladder or bowel change", AnyOf.of(DEFICIT, f.gait_unsteady))

# Newness of spine pain (RF-06a, RF-07)
NEW_PAIN = Named(
    "new spine pain",
    AnyOf.of(
        f.new_focal_spine_pain,
        f.pain_different_from_usual,
        f.back_pain & (f.symptom_weeks < LIMITS.new_pain_weeks),
    ),
)
PAIN_MIDDLE = f.back_pain & (f.symptom_weeks >= LIMITS.new_pain_weeks) & (f.symptom_weeks <= LIMITS.long_pain_weeks)
PAIN_LONG = Named("long-standing back pain", f.back_pain & (f.symptom_weeks > LIMITS.long_pain_weeks))
# Pain is not settled no, and neither its date nor a new focal pain tells whether it is new.
NEWNESS_UNKNOWN = Named(
    "it is not known whether the pain is new",
    AllOf.of(~Known(f.symptom_weeks), ~established(NEW_PAIN), ~established(~f.back_pain & ~f.new_focal_spine_pain)),
)
PAIN_OF_UNKNOWN_NEWNESS = Named(
    "back pain of unknown newness", AllOf.of(f.back_pain, ~Known(f.symptom_weeks), ~established(NEW_PAIN))
)

# Bone (RF-04)
THIN_BONES = Named("thin bones or long steroids", f.osteoporosis | f.steroids_3_months)
FRAGILE = Named("thin bones, long steroids or high age", THIN_BONES | (f.age >= LIMITS.fracture_age_years))
TRAUMA = Named("an injury", f.major_trauma | f.minor_trauma)
FUSED = Named(
    "a fused or stiff spine", f.spine_fused_or_stiff | f.spine_surgery.is_("decompression_fusion").condition()
)
INJURY_OR_LIFT = Named("an injury or a lift", TRAUMA | f.pain_began_lifting)
# A lift is a minor injury only for those whose bones break easily.
INJURY_THAT_COUNTS = Named("an injury, or a lift with fragile bones", TRAUMA | (FRAGILE & f.pain_began_lifting))
CANNOT_STAND = Named("unable to stand", f.cannot_stand | f.cannot_stand_after_trauma)
INJURY_DEFICIT = Named(
    "a deficit that began with the injury, or at an unknown time",
    AnyOf.of(
        (SPHINCTER | f.saddle_numbness) & CAUDA_RECENT,
        f.bladder_or_bowel_postop_change,
        CORD_SIGN,
        f.sensory_level,
        f.both_legs_weak & ~LEGS_NOT_NEW,
        f.sudden_new_deficit,
        f.weakness_progressive,
        GRADE_FELL,
        f.foot_drop_or_giving_way & FOOT_DROP_NEW,
        (f.mrc_lowest < LIMITS.mrc_full) & WEAKNESS_SUDDEN_WINDOW,
        NUMB_LEG_NEW,
    ),
)

# Infection (RF-06)
PROCEDURE_RECENT = f.spine_procedure_days <= LIMITS.infection_window_days
PROCEDURE_RECENT_OR_UNKNOWN = f.spine_procedure_days.within_or_unknown(LIMITS.infection_window_days)
PROCEDURE_JUST_DONE = f.spine_procedure_days <= LIMITS.procedure_window_days
INFECTION_RISK = Named(
    "a risk of infection",
    AnyOf.of(f.bacteraemia, f.injects_drugs, f.immunosuppressed, f.dialysis, f.infection_or_line_3_months),
)
WOUND_YOUNG = Named(
    "operated recently, or the day is not known",
    AnyOf.of(
        f.surgery_days_ago <= LIMITS.wound_window_days,
        ~Known(f.surgery_days_ago) & f.spine_procedure_days.within_or_unknown(LIMITS.wound_window_days),
    ),
)
PUNCTURE_YOUNG = Named(
    "needle or operation recently, or the day is not known",
    f.spine_procedure_days.within_or_unknown(LIMITS.procedure_window_days),
)

# Main belly artery (RF-07)
ANEURYSM = Named("a known aneurysm", f.known_aortic_aneurysm.condition())
SMOKER_OF_AGE = Named("older smoker or ex-smoker", (f.age >= LIMITS.aneurysm_age_years) & (f.smoker | f.ex_smoker))
SUDDEN_PAIN = f.sudden_severe_abdominal_or_back_pain
# A back that went at the moment of a lift. Everything that would make it something else must be settled no; a vessel,
# a mass, a pregnancy or a blood thinner must not be yes and not be unsure.
LIFT_SIGNS = AllOf.of(
    f.pain_began_lifting,
    f.back_pain,
    f.age < LIMITS.lift_age_years,
    ~f.faint_or_collapse,
    ~f.fever,
    ~f.generally_ill,
)
NO_VESSEL_RISK = Named(
    "no aneurysm, beating lump, blood thinner or pregnancy, known or unsure",
    ~established(
        or_unsure(
            AnyOf.of(
                f.known_aortic_aneurysm,
                f.pulsatile_mass,
                f.anticoagulant,
                f.pregnancy_weeks > LIMITS.not_pregnant_weeks,
            )
        )
    ),
)
LIFTED = Named("a young back that went while lifting, otherwise well", established(LIFT_SIGNS) & NO_VESSEL_RISK)

# What makes drowsy (RF-15)
SEDATIVE = Named(
    "an opioid, gabapentinoid, benzodiazepine or relaxant",
    AnyOf.of(f.opioid, f.gabapentinoid, f.benzodiazepine, f.muscle_relaxant),
)

# Worse despite care (RF-14)
WORSE_DESPITE_CARE = Named(
    "severe pain or function that is not accepted, worse after weeks of care",
    AllOf.of(
        AnyOf.of(
            f.pain_leg >= LIMITS.severe_pain_points, f.pain_back >= LIMITS.severe_pain_points, f.function_unacceptable
        ),
        f.symptoms_trend.is_("worse").condition(),
        AnyOf.of(
            f.conservative_weeks >= LIMITS.care_tried_weeks,
            f.exercise_programme_weeks >= LIMITS.care_tried_weeks,
            f.home_exercise_weeks >= LIMITS.care_tried_weeks,
        ),
    ),
)
