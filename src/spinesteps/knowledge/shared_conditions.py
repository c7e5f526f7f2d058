"""Named conditions that several flags and rules share: what counts as a deficit, as new pain, as unsure."""

from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AllOf, AnyOf, AtLeast, Known, Named, Unclear, established

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
NEW_WEAKNESS = Named(
    "leg weakness that is sudden, progressive, recent or of unknown onset",
    AnyOf.of(
        f.both_legs_weak,
        f.sudden_new_deficit,
        f.weakness_progressive,
        GRADE_FELL,
        f.foot_drop_or_giving_way & FOOT_DROP_RECENT_OR_UNKNOWN,
        (f.mrc_lowest < LIMITS.mrc_full) & WEAKNESS_RECENT_OR_UNKNOWN,
    ),
)

# Neck and cord (RF-03)
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
        f.hand_clumsiness & f.gait_unsteady,
        MOTOR_NEURON_SIGN,
        f.gait_deviation,
        f.cord_signs_rapid,
        f.mjoa <= LIMITS.mjoa_moderate,
    ),
)

# Deficit, as contract section 5 settles it for infection and trauma
DEFICIT = Named(
    "a deficit",
    AnyOf.of(SPHINCTER, f.bladder_or_bowel_postop_change, f.saddle_numbness, CORD_SIGN, f.sensory_level, NEW_WEAKNESS),
)
CANCER_DEFICIT = Named("weakness, gait change, numb level, bladder or bowel change", AnyOf.of(DEFICIT, f.gait_unsteady))

# Newness of spine pain (RF-06a, RF-07)
NEW_PAIN = Named("new spine pain", f.new_focal_spine_pain | (f.back_pain & (f.symptom_weeks < LIMITS.new_pain_weeks)))
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

# Infection (RF-06)
PROCEDURE_RECENT = f.spine_procedure_days <= LIMITS.infection_window_days
PROCEDURE_RECENT_OR_UNKNOWN = f.spine_procedure_days.within_or_unknown(LIMITS.infection_window_days)
PROCEDURE_JUST_DONE = f.spine_procedure_days <= LIMITS.procedure_window_days
INFECTION_RISK = Named("a risk of infection", AnyOf.of(f.bacteraemia, f.injects_drugs, f.immunosuppressed, f.dialysis))

# Main belly artery (RF-07)
ANEURYSM = Named("a known aneurysm", f.known_aortic_aneurysm.condition())
SMOKER_OF_AGE = Named("older smoker or ex-smoker", (f.age >= LIMITS.aneurysm_age_years) & (f.smoker | f.ex_smoker))
SUDDEN_PAIN = f.sudden_severe_abdominal_or_back_pain
