"""What decides at the end, as trees: urgency, step, open emergency questions, what to ask (contract 1 and 5)."""

from spinesteps.knowledge import recognise as r
from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.knowledge.medicines.implied import MEDICINE_FOLLOW_UPS, MEDICINE_IMPLIED
from spinesteps.knowledge.mind_facts import MindFacts as m
from spinesteps.knowledge.order_facts import OrderFacts as o
from spinesteps.knowledge.red_flags import RED_FLAGS
from spinesteps.logic.conditions import AllOf, AnyOf, Case, FirstOf, Known, Named, established
from spinesteps.logic.implied import Implies, Least
from spinesteps.logic.unsure import or_unsure
from spinesteps.pathway.rules import Ask, Describes, reached

IMPLIED = (
    *MEDICINE_IMPLIED,
    Implies(f.diclofenac.condition(), f.nsaid, True),
    Implies(f.two_nsaids.condition(), f.nsaid, True),
    Implies(f.duloxetine.condition(), f.ssri_snri, True),
    Implies(f.duloxetine.condition(), f.antidepressant, True),
    Implies(f.opioid_mme_day > 0, f.opioid, True),
    Implies(f.aorta_cm >= LIMITS.aneurysm_cm, f.known_aortic_aneurysm, True),
    Least(f.spine_procedure_days, (f.surgery_days_ago, f.esi_days_ago)),
    Implies(f.spine_procedure_days >= 0, f.spine_procedure_ever, True),
    Implies(f.spine_surgery.is_("decompression", "decompression_fusion", "other"), f.spine_procedure_ever, True),
    Implies(f.esi_12_months > LIMITS.injections_none, f.spine_procedure_ever, True),
    Implies(f.shopping_cart_sign.condition(), f.relieved_bending_forward, True),
    Implies(f.calf_only_pain.condition(), f.pain_above_knee, False),
    Implies(f.claudication_coded.condition(), f.stenosis_diagnosed, True),
    Implies(f.spine_surgery.is_("decompression", "decompression_fusion"), f.stenosis_diagnosed, True),
)

# Floor: unsure on these is at least `today` (contract 5). Not asked or out of date: they stand in emergency_open.
EMERGENCY_QUESTIONS = (
    Ask(f.urinary_difficulty),
    Ask(f.incontinence),
    Ask(f.saddle_numbness),
    Ask(f.sexual_function_change),
    Ask(f.both_legs_weak),
    Ask(f.pain_one_to_both_sides),
    Ask(f.sudden_new_deficit),
    Ask(f.fever),
    Ask(f.sudden_severe_abdominal_or_back_pain),
    Ask(f.leg_cold_pale),
    Ask(f.calf_swollen),
    Ask(f.breathless_or_chest_pain),
    Ask(f.pain_growing_or_lying_flat, or_unsure(f.cancer_history)),
    Ask(f.worse_since_procedure, or_unsure(s.PROCEDURE_RECENT)),
    Ask(f.new_focal_spine_pain, or_unsure(s.ANEURYSM)),
)
FLOOR_ANSWERED = Named(
    "the emergency questions are answered",
    AllOf.of(
        f.urinary_difficulty | ~f.urinary_difficulty,
        f.incontinence | ~f.incontinence,
        f.saddle_numbness | ~f.saddle_numbness,
        f.sexual_function_change | ~f.sexual_function_change,
        f.both_legs_weak | ~f.both_legs_weak,
        f.pain_one_to_both_sides | ~f.pain_one_to_both_sides,
        f.sudden_new_deficit | ~f.sudden_new_deficit,
        f.fever | ~f.fever,
        s.SUDDEN_PAIN | ~s.SUDDEN_PAIN,
        f.leg_cold_pale | ~f.leg_cold_pale,
        f.calf_swollen | ~f.calf_swollen,
        f.breathless_or_chest_pain | ~f.breathless_or_chest_pain,
    ),
)

MOOD_POSITIVE = Named(
    "low mood or worry by the short questions",
    AnyOf.of(f.phq2 >= LIMITS.mood_cutoff, f.gad2 >= LIMITS.worry_cutoff),
)
LEG_OR_CAUDA = AnyOf.of(s.CAUDA_ITEMS, f.pain_one_to_both_sides, f.pain_both_legs_at_rest)
# Questions that make sense only after another answer.
FOLLOW_UPS = (
    Ask(f.legs_weak_only_upright, f.both_legs_weak.condition()),
    Ask(f.cauda_equina_onset_days, or_unsure(LEG_OR_CAUDA)),
    Ask(f.cauda_equina_progressing, or_unsure(LEG_OR_CAUDA)),
    Ask(f.leg_numbness_onset_days, f.leg_numbness_new.condition()),
    Ask(f.foot_drop_onset_days, f.foot_drop_or_giving_way.condition()),
    Ask(f.weakness_onset_days, AnyOf.of(Known(f.mrc_lowest), f.weakness_progressive, f.both_legs_weak)),
    Ask(f.mrc_fall, Known(f.mrc_lowest)),
    Ask(f.mrc_lowest_root, Known(f.mrc_lowest)),
    Ask(f.cord_signs_rapid, or_unsure(s.HANDS | f.gait_unsteady)),
    Ask(f.cannot_stand_after_trauma, or_unsure(s.TRAUMA)),
    Ask(f.midline_pain_after_trauma, or_unsure(s.TRAUMA)),
    Ask(f.worse_since_procedure, or_unsure(f.spine_procedure_ever)),
    Ask(f.wound_problem, or_unsure(f.spine_procedure_ever)),
    Ask(f.headache_when_upright, or_unsure(f.spine_procedure_ever)),
    Ask(f.bladder_or_bowel_postop_change, or_unsure(f.spine_procedure_ever)),
    Ask(f.pain_growing_or_lying_flat, or_unsure(f.back_pain | f.leg_pain | f.cancer_history)),
    Ask(f.surgery_days_ago, f.spine_surgery.is_("decompression", "decompression_fusion", "other")),
    Ask(f.mri_weeks_ago, f.mri_done.condition()),
    Ask(f.new_symptoms_since_mri, f.mri_done.condition()),
    Ask(f.exercise_sessions, Known(f.exercise_programme_weeks)),
    Ask(f.supervised_sessions, Known(f.exercise_programme_weeks)),
    Ask(f.conservative_modalities, Known(f.conservative_weeks)),
    Ask(f.mjoa_falling, Known(f.mjoa)),
    Ask(f.spine_procedure_days, or_unsure(f.worse_since_procedure | f.spine_procedure_ever)),
    *MEDICINE_FOLLOW_UPS,
    Ask(m.self_harm_thoughts, AnyOf.of(MOOD_POSITIVE, f.depression, f.distress_high)),
    Ask(m.self_harm_plan, or_unsure(m.self_harm_thoughts)),
    Ask(f.esi_relief_percent, f.esi_12_months > LIMITS.injections_none),
    Ask(f.esi_days_ago, f.esi_12_months > LIMITS.injections_none),
    Ask(f.slip_percent, f.spondylolisthesis.condition()),
    Ask(o.surgeon_brace_order, Known(f.surgery_days_ago)),
    Ask(o.brace_order_days_left, o.surgeon_brace_order.condition()),
    Ask(o.surgeon_activity_order, Known(f.surgery_days_ago)),
    Ask(o.activity_order_days_left, o.surgeon_activity_order.condition()),
)

OPERATED = Named(
    "operated on the spine", f.spine_surgery.is_("decompression", "decompression_fusion", "other").condition()
)
OPERATED_RECENTLY = Named(
    "operated within a year",
    AllOf.of(OPERATED | Known(f.surgery_days_ago), f.surgery_days_ago <= LIMITS.recovery_days),
)
# C-04: a completed programme, or long enough exercise, or long enough care of two kinds. Tablets alone are no trial.
ENOUGH_SESSIONS = (f.exercise_sessions >= LIMITS.programme_sessions) | (
    f.supervised_sessions >= LIMITS.programme_sessions
)
FAIR_TRIAL = Named(
    "a fair trial of exercise or conservative care",
    AnyOf.of(
        (f.exercise_programme_weeks >= LIMITS.programme_weeks) & ENOUGH_SESSIONS,
        f.exercise_programme_weeks >= LIMITS.trial_weeks,
        f.home_exercise_weeks >= LIMITS.trial_weeks,
        (f.conservative_weeks >= LIMITS.trial_weeks) & (f.conservative_modalities >= LIMITS.trial_modalities),
    ),
)
SHORT_WALK = Named("walks only a short way", f.walking_distance_m < LIMITS.short_walk_m)
WORSE = f.symptoms_trend.is_("worse").condition()
# Worse than the best since treatment by the smallest important change AND by the measurement error. Metres walked are
# known badly, so a fall within their error counts when it ends under the short walk. Pain is our own measure: where it
# was not asked, it settles nothing.
RELAPSE_MEASURED = Named(
    "worse than the best since treatment by more than matters and more than the error",
    AnyOf.of(
        AllOf.of(f.odi_from_best >= LIMITS.odi_worse_points, f.odi_from_best >= LIMITS.odi_error_points),
        AllOf.of(
            f.walking_from_best_m < LIMITS.walk_worse_m,
            (f.walking_from_best_m <= LIMITS.walk_error_m) | SHORT_WALK,
        ),
        established(
            AllOf.of(m.pain_leg_from_best >= LIMITS.pain_worse_points, m.pain_leg_from_best >= LIMITS.pain_error_points)
        ),
        established(
            AllOf.of(
                m.pain_back_from_best >= LIMITS.pain_worse_points, m.pain_back_from_best >= LIMITS.pain_error_points
            )
        ),
    ),
)
RELAPSE = Named(
    "worse again, or a new sign",
    AnyOf.of(WORSE, f.new_symptoms_since_mri, established(s.WEAKNESS_AT_REST), RELAPSE_MEASURED),
)
LIMITED = Named("function limited", f.function_limited | f.function_unacceptable)
STABLE = Named("function acceptable and not worse", ~f.function_unacceptable & ~WORSE)
NEEDS_GUIDANCE = Named(
    "function limited, or symptoms for weeks, or in a programme",
    AnyOf.of(LIMITED, f.symptom_weeks >= LIMITS.guided_weeks, f.exercise_programme_active),
)

EMERGENCY = Named("an emergency flag", established(reached(RED_FLAGS, "emergency")), folded=True)
DANGER = Named("danger first: emergency or today", established(reached(RED_FLAGS, "today")), folded=True)
SOON = Named("a red flag for two weeks or sooner", established(reached(RED_FLAGS, "two_weeks")), folded=True)
SOON_EVEN_OFF = Named(
    "a red flag for two weeks or sooner, switched off or not",
    established(reached(RED_FLAGS, "two_weeks", even_off=True)),
    folded=True,
)
# An unsure answer raises an urgency (red_flags/weakness); only a weakness that is there asks for a surgeon.
NEW_WEAKNESS_FLAG = Named(
    "new or growing weakness", s.WEAKNESS_AT_REST | ((s.GRADE_SEVERE | s.GRADE_MODERATE) & s.WEAKNESS_IN_A_YEAR)
)
# No criterion ever stands between these and an urgent opinion (C-11).
DEFICITS = (NEW_WEAKNESS_FLAG, s.WEAKNESS_AT_REST)
# Which sign it is: a yes may choose a calmer rule, and only when all else that the rule names is settled.
DESCRIBING = (
    Describes(f.legs_weak_only_upright, f.both_legs_weak),
    Describes(f.pain_began_lifting, f.sudden_severe_abdominal_or_back_pain, f.back_pain),
)

# Without a red flag: routine when a review or an opinion is due or function is limited, else self-care.
ROUTINE_DUE = Named(
    "function limited, or a review or an opinion is due",
    AnyOf.of(
        LIMITED,
        r.VASCULAR,
        r.HIP,
        r.NEUROPATHY,
        f.exercise_programme_active & (f.exercise_programme_weeks >= LIMITS.programme_weeks),
        (FAIR_TRIAL | OPERATED) & (WORSE | established(RELAPSE_MEASURED)),
        OPERATED & f.new_symptoms_since_mri,
        OPERATED_RECENTLY,
        f.surgery_planned,
        f.wants_surgery_opinion,
    ),
)

STEP = FirstOf(
    (
        Case("safety", DANGER),
        Case("other_pathway", AnyOf.of(s.CORD_SIGN, r.OTHER_CAUSE_LIKELY)),
        Case("recovery", OPERATED_RECENTLY),
        Case("surgery", f.surgery_planned.condition()),
        Case("specialist_options", NEW_WEAKNESS_FLAG | s.WORSE_DESPITE_CARE),
        Case("recognition", r.CONDITION.chose("not_known")),
        Case("specialist_options", AllOf.of(FAIR_TRIAL, f.function_unacceptable)),
        Case("maintenance", AllOf.of(FAIR_TRIAL | OPERATED, STABLE)),
        Case("guided_rehabilitation", NEEDS_GUIDANCE),
    ),
    "self_management",
)
