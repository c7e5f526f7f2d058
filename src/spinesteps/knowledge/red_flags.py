"""The red flags RF-01 … RF-12: which answers raise which urgency (evidence/safety-and-codes section 1,
read through contract section 5).

"Not sure" is never "no": every flag says what an unclear answer raises. Where two facts together give
`today` or more, one half yes and the other unsure gives at least `today` (one_sure).
"""

from spinesteps.knowledge import facts as f
from spinesteps.knowledge import signs as s
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import All, Any, Known, Unclear, established
from spinesteps.logic.unsure import one_sure, or_unsure
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import RedFlag

WEAK_FLAGS = Against("DIONNE19", "single signs find only 19 to 43 of 100; they must not be used to rule out")
NO_TEST = Against("DESIGN", "our own reading of the time limits; no study tests them")

CAUDA_EQUINA = (
    RedFlag(
        id="RF-01a", topic="cauda equina",
        emergency=s.CAUDA_ITEMS & s.CAUDA_RECENT,
        today=s.CAUDA_UNSURE,
        evidence=(
            For("G-CES", "hospital within hours, scan within 4 hours of the request"),
            For("GIRFT-CES", "the same list of signs, new or worse in 14 days"), WEAK_FLAGS,
        ),
    ),
    RedFlag(
        id="RF-01b", topic="cauda equina, longer ago",
        emergency=s.CAUDA_SUBJECTIVE & s.CAUDA_OLDER & f.cauda_equina_progressing,
        today=s.CAUDA_SUBJECTIVE & s.CAUDA_OLDER,
        evidence=(
            For("DESIGN", "same day as the floor for changes that began longer ago"), For("CES-BLADDER-TIME"),
            Against("LANCS-CES", "some services scan such people within 24 hours rather than at once"),
        ),
    ),
    RedFlag(
        id="RF-01c", topic="urine left after passing",
        emergency=f.post_void_residual_ml >= LIMITS.residual_ml,
        evidence=(
            For("KATZOURAKI20", "found in 94 of 100 with compression"), For("BOKTOR23"),
            Against("OXFORD-CES", "half of the proven cases had less: a small amount lowers nothing"),
        ),
    ),
    RedFlag(
        id="RF-01d", topic="from one leg to both",
        emergency=f.pain_one_to_both_sides & (s.SPHINCTER | f.saddle_numbness),
        today=Any.of(
            f.pain_one_to_both_sides & ~s.ONE_TO_BOTH_OLD_STABLE,
            Unclear(f.pain_one_to_both_sides),
            one_sure(f.pain_one_to_both_sides, s.SPHINCTER | f.saddle_numbness),
            one_sure(f.pain_one_to_both_sides, s.CAUDA_OLDER, f.cauda_equina_progressing),
        ),
        two_weeks=f.pain_one_to_both_sides,
        evidence=(For("NHSLOTHIAN-RF"), For("CES-REFERRALS"), Against("KATZOURAKI20", "pain in both legs finds one in three")),
    ),
    RedFlag(
        id="RF-01e", topic="saddle signs when walking",
        today=f.perineal_only_when_walking,
        evidence=(For("DESIGN", "a stenosis pattern that may still become cauda equina syndrome"), For("CES-STAGE-TABLE"), NO_TEST),
    ),
    RedFlag(
        id="RF-01f", topic="after a spinal procedure",
        emergency=Any.of(
            All.of(
                Any.of(s.CAUDA_ITEMS, f.pain_one_to_both_sides, f.perineal_only_when_walking), s.PROCEDURE_JUST_DONE
            ),
            f.bladder_or_bowel_postop_change & s.PROCEDURE_JUST_DONE,
        ),
        today=Any.of(
            f.bladder_or_bowel_postop_change,
            one_sure(
                Any.of(
                    s.CAUDA_ITEMS, f.pain_one_to_both_sides, f.perineal_only_when_walking,
                    f.bladder_or_bowel_postop_change,
                ),
                s.PROCEDURE_JUST_DONE,
            ),
        ),
        evidence=(For("DESIGN", "think of a bleed or abscess"), For("G-CES"), NO_TEST),
    ),
)

WEAKNESS = (
    RedFlag(
        id="RF-02a", topic="both legs weak, or no movement",
        emergency=f.both_legs_weak | (s.GRADE_NONE & s.WEAKNESS_SUDDEN_WINDOW),
        today=Unclear(f.both_legs_weak) | one_sure(s.GRADE_NONE, f.weakness_onset_days <= LIMITS.paralysis_window_days),
        evidence=(For("GIRFT-CES"), For("G-CES"), Against("CES-REFERRALS", "leg weakness alone finds 68 of 100")),
    ),
    RedFlag(
        id="RF-02b", topic="marked or growing weakness",
        today=Any.of(
            s.GRADE_SEVERE & s.WEAKNESS_RECENT,
            s.GRADE_MODERATE & s.WEAKNESS_NEW,
            one_sure(s.GRADE_SEVERE, s.WEAKNESS_RECENT),
            s.GRADE_FELL,
            f.weakness_progressive,
        ),
        two_weeks=Any.of(
            (s.GRADE_SEVERE | s.GRADE_MODERATE) & s.WEAKNESS_IN_A_YEAR, Unclear(f.weakness_progressive)
        ),
        routine=s.GRADE_SEVERE | s.GRADE_MODERATE,
        evidence=(
            For("PETR22", "strength and how long it has been lost decide recovery"), For("FOOTDROP25"), For("K-FOOT"),
            Against("MOTOR-DISSENT12", "pain, not weakness, is the main reason to operate"),
        ),
    ),
    RedFlag(
        id="RF-02c", topic="severe weakness of unknown date",
        today=s.GRADE_SEVERE & ~Known(f.weakness_onset_days),
        evidence=(For("PETR22"), For("DESIGN", "an unknown date counts as recent"), NO_TEST),
    ),
    RedFlag(
        id="RF-02d", topic="slight new weakness",
        two_weeks=s.GRADE_MILD & s.WEAKNESS_RECENT_OR_UNKNOWN,
        evidence=(For("PETR22", "mild loss did better when treated within days"), Against("MOTOR-DISSENT12")),
    ),
    RedFlag(
        id="RF-02e", topic="slight old weakness",
        routine=s.GRADE_MILD & (f.weakness_onset_days > LIMITS.weakness_recent_days),
        evidence=(For("DESIGN", "grade it again at every visit"), For("K-FOOT"), NO_TEST),
    ),
    RedFlag(
        id="RF-02f", topic="foot drop or giving way",
        today=Any.of(
            f.foot_drop_or_giving_way & s.FOOT_DROP_NEW,
            one_sure(f.foot_drop_or_giving_way, f.weakness_progressive),
        ),
        two_weeks=Any.of(
            f.foot_drop_or_giving_way & s.FOOT_DROP_RECENT_OR_UNKNOWN, Unclear(f.foot_drop_or_giving_way)
        ),
        routine=f.foot_drop_or_giving_way,
        evidence=(For("FOOTDROP25"), For("K-FOOT"), For("REGIONAL-DEFICIT"), Against("K-FOOT", "one series found no effect of time")),
    ),
    RedFlag(
        id="RF-02g", topic="sudden new loss",
        emergency=f.sudden_new_deficit,
        today=Unclear(f.sudden_new_deficit),
        evidence=(For("S003", "paralysis or loss of control: to a doctor at once"), For("G-CES"), WEAK_FLAGS),
    ),
)

HANDS_OR_GAIT = f.hand_clumsiness | f.gait_unsteady

NECK = (
    RedFlag(
        id="RF-03a", topic="hands and balance",
        two_weeks=f.hand_clumsiness & f.gait_unsteady,
        routine=Any.of(HANDS_OR_GAIT, Unclear(f.hand_clumsiness), Unclear(f.gait_unsteady)),
        evidence=(
            For("DCM-SYMPTOMS", "numb or clumsy hands in four of five"), For("TANDEM-REVIEW17"), For("AOSPINE-JABFM"),
            Against("DCM-MISSED", "signs are seldom examined; how well they tell is little studied"),
        ),
    ),
    RedFlag(
        id="RF-03b", topic="hands or balance, getting worse fast",
        emergency=HANDS_OR_GAIT & f.cord_signs_rapid & s.SPHINCTER,
        today=Any.of(
            f.cord_signs_rapid & ~established(~HANDS_OR_GAIT),
            one_sure(HANDS_OR_GAIT, f.cord_signs_rapid),
        ),
        evidence=(For("G-DCM17"), For("DESIGN", "days to weeks means the same day"), NO_TEST),
    ),
    RedFlag(
        id="RF-03c", topic="signs from the spinal cord on examination",
        today=Any.of(f.mjoa <= LIMITS.mjoa_severe, f.mjoa_falling, f.sensory_level),
        two_weeks=Any.of(s.COOK_NECK, s.MOTOR_NEURON_SIGN, f.mjoa <= LIMITS.mjoa_moderate),
        routine=f.mjoa < LIMITS.mjoa_normal,
        evidence=(
            For("COOK10", "three of five: LR+ 30.9"), For("TETREAULT17", "mJOA bands"), For("G-DCM17"),
            Against("BABINSKI-ACC", "one sign alone is weak"),
        ),
    ),
)

BONE = (
    RedFlag(
        id="RF-04a", topic="injury",
        emergency=Any.of(
            f.major_trauma & f.midline_pain_after_trauma, s.TRAUMA & s.DEFICIT, f.cannot_stand_after_trauma
        ),
        today=Any.of(
            f.major_trauma,
            one_sure(f.major_trauma, f.midline_pain_after_trauma),
            one_sure(s.TRAUMA, s.DEFICIT),
            one_sure(s.TRAUMA, f.cannot_stand_after_trauma),
        ),
        two_weeks=Any.of(Unclear(f.major_trauma), Unclear(f.minor_trauma)),
        evidence=(For("DOWNIE13", "severe trauma: 11 of 100 have a fracture"), For("G-ACR21-3"), Against("DOWNIE13", "one sign alone: most have none")),
    ),
    RedFlag(
        id="RF-04b", topic="new pain in one spot and fragile bones",
        today=Any.of(
            s.THIN_BONES & f.new_focal_spine_pain,
            s.FRAGILE & f.new_focal_spine_pain & f.minor_trauma,
            one_sure(s.THIN_BONES, f.new_focal_spine_pain),
            one_sure(s.FRAGILE, f.new_focal_spine_pain, f.minor_trauma),
        ),
        two_weeks=Any.of(
            f.minor_trauma & f.new_focal_spine_pain,
            Unclear(f.new_focal_spine_pain) & ~established(~s.THIN_BONES & ~f.minor_trauma),
            Any.of(Unclear(f.osteoporosis), Unclear(f.steroids_3_months)) & ~established(~f.new_focal_spine_pain),
        ),
        evidence=(For("DOWNIE13", "long steroid use: 33 of 100"), For("HENSCHKE13"), Against("ROMAN10", "clusters of signs are not yet confirmed")),
    ),
    RedFlag(
        id="RF-04c", topic="new pain and a bent or shorter back",
        two_weeks=f.height_loss_or_kyphosis & f.new_focal_spine_pain,
        evidence=(For("DOWNIE13"), For("DESIGN", "a fracture without an injury"), NO_TEST),
    ),
)

CANCER = (
    RedFlag(
        id="RF-05a", topic="past cancer and nerve signs",
        emergency=f.cancer_history & s.CANCER_DEFICIT,
        today=one_sure(f.cancer_history, s.CANCER_DEFICIT),
        evidence=(For("NICE-CG75"), For("NICE-NG234"), For("DOWNIE13", "past cancer: 33 of 100"), Against("HENSCHKE13", "in general practice past cancer means 5 of 100")),
    ),
    RedFlag(
        id="RF-05b", topic="growing pain, or worse lying flat",
        today=Any.of(
            f.cancer_history & f.pain_growing_or_lying_flat,
            or_unsure(f.cancer_history) & or_unsure(f.pain_growing_or_lying_flat),
        ),
        two_weeks=f.pain_growing_or_lying_flat,
        evidence=(For("NICE-CG75", "contact within 24 hours"), For("NICE-NG234"), Against("HENSCHKE13", "pain features alone are weak")),
    ),
    RedFlag(
        id="RF-05c", topic="cancer signs without nerve signs",
        two_weeks=Any.of(
            f.cancer_history & Any.of(f.back_pain, f.unexplained_weight_loss, f.no_better_after_4_weeks),
            f.unexplained_weight_loss,
            f.generally_ill,
        ),
        routine=Any.of(f.night_pain, Unclear(f.unexplained_weight_loss), Unclear(f.generally_ill)),
        evidence=(For("HENSCHKE13"), For("DOWNIE13"), Against("HENSCHKE13", "weight loss: 1 of 100, other single signs fewer")),
    ),
)

INFECTION_TODAY = Any.of(
    f.fever,
    f.worse_since_procedure & s.PROCEDURE_RECENT_OR_UNKNOWN,
    s.PROCEDURE_RECENT & (f.new_focal_spine_pain | f.generally_ill),
    s.INFECTION_RISK & s.NEW_PAIN,
    f.bacteraemia & s.NEWNESS_UNKNOWN,
)

INFECTION = (
    RedFlag(
        id="RF-06a", topic="infection",
        emergency=INFECTION_TODAY & s.DEFICIT,
        today=Any.of(
            INFECTION_TODAY,
            Unclear(f.fever),
            Unclear(f.worse_since_procedure) & or_unsure(s.PROCEDURE_RECENT),
            one_sure(s.PROCEDURE_RECENT, f.generally_ill),
            or_unsure(s.PROCEDURE_RECENT) & f.new_focal_spine_pain,
            or_unsure(s.INFECTION_RISK) & s.NEW_PAIN,
            f.bacteraemia & Unclear(f.new_focal_spine_pain),
        ),
        two_weeks=Any.of(
            f.worse_since_procedure,
            or_unsure(s.INFECTION_RISK) & Any.of(s.PAIN_MIDDLE, s.NEWNESS_UNKNOWN, Unclear(f.new_focal_spine_pain)),
        ),
        routine=s.INFECTION_RISK & s.PAIN_LONG,
        evidence=(
            For("SEA-ED", "80 of 100 had a risk factor, 20 of 100 a fever"), For("MICHIGAN-INF", "scan within 6 hours"),
            Against("SEA-TRIAD", "pain, fever and deficit together in one of ten: absence proves nothing"),
        ),
    ),
    RedFlag(
        id="RF-06b", topic="raised blood marker and lasting pain",
        two_weeks=f.crp_raised & (f.back_pain | f.no_better_after_4_weeks),
        evidence=(For("MICHIGAN-INF"), For("DESIGN", "unexplained rise with pain that stays"), NO_TEST),
    ),
)

VESSELS_BELLY = (
    RedFlag(
        id="RF-07a", topic="main belly artery",
        emergency=Any.of(
            (s.ANEURYSM | f.pulsatile_mass) & (s.SUDDEN_PAIN | s.NEW_PAIN),
            s.SMOKER_OF_AGE & s.SUDDEN_PAIN,
            s.SMOKER_OF_AGE & f.back_pain & f.faint_or_collapse,
            s.SUDDEN_PAIN & f.faint_or_collapse,
            Unclear(s.SUDDEN_PAIN) & (f.faint_or_collapse | s.ANEURYSM),
        ),
        today=Any.of(
            s.SUDDEN_PAIN,
            Unclear(s.SUDDEN_PAIN),
            f.faint_or_collapse,
            (s.ANEURYSM | f.pulsatile_mass) & s.PAIN_OF_UNKNOWN_NEWNESS,
            f.pulsatile_mass & f.back_pain,
            or_unsure(s.ANEURYSM) & Unclear(f.new_focal_spine_pain),
            one_sure(s.ANEURYSM | f.pulsatile_mass, s.NEW_PAIN),
            one_sure(f.pulsatile_mass, f.back_pain),
            one_sure(s.SMOKER_OF_AGE & f.back_pain, f.faint_or_collapse),
        ),
        two_weeks=s.ANEURYSM & f.back_pain & (f.symptom_weeks <= LIMITS.long_pain_weeks),
        routine=s.ANEURYSM & f.back_pain,
        evidence=(
            For("NICE-NG156", "rupture: new belly or back pain, collapse"),
            Against("AAA-PALP", "feeling the belly misses many: no mass proves nothing"),
        ),
    ),
    RedFlag(
        id="RF-07b", topic="beating lump in the belly",
        two_weeks=f.pulsatile_mass,
        evidence=(For("NICE-NG156", "ultrasound when suspected by touch"), Against("FINK00", "wrong in one of four without an aneurysm")),
    ),
    RedFlag(
        id="RF-07c", topic="wide main artery on a scan",
        two_weeks=f.aorta_cm >= LIMITS.aneurysm_large_cm,
        routine=f.aorta_cm >= LIMITS.aneurysm_cm,
        evidence=(For("NICE-NG156", "5.5 cm within 2 weeks, 3.0 cm within 12"), Against("DESIGN", "a spine scan measures the artery only by the way")),
    ),
)

VESSELS_LEGS = (
    RedFlag(
        id="RF-08a", topic="cold or pale leg",
        emergency=f.leg_cold_pale,
        today=Unclear(f.leg_cold_pale),
        evidence=(For("NHS-HIGHLAND-VASC", "six signs: vascular surgeon by phone now"), WEAK_FLAGS),
    ),
    RedFlag(
        id="RF-08b", topic="pain at rest or a sore on the foot",
        today=Any.of(f.rest_pain_or_foot_ulcer, f.abi < LIMITS.abi_limb_threat),
        two_weeks=Unclear(f.rest_pain_or_foot_ulcer),
        evidence=(For("CLTI-REF"), For("NHS-HIGHLAND-VASC"), Against("ABI-CAUTION", "the index can look normal in stiff arteries")),
    ),
    RedFlag(
        id="RF-08c", topic="narrowed leg arteries",
        routine=f.abi < LIMITS.abi_abnormal,
        evidence=(For("HL7LT-ABI"), For("ABI-CLASSES"), Against("ABI-CAUTION", "falsely normal in diabetes")),
    ),
    RedFlag(
        id="RF-09a", topic="swollen calf",
        today=or_unsure(f.calf_swollen),
        evidence=(For("WELLS-DVT", "scan within 4 or 24 hours"), For("NICE-QS201"), Against("DESIGN", "the score itself is left to the clinician")),
    ),
    RedFlag(
        id="RF-09b", topic="breathless or chest pain",
        emergency=f.breathless_or_chest_pain,
        today=Unclear(f.breathless_or_chest_pain),
        evidence=(For("NICE-QS201"), For("DESIGN", "a clot in the lung or the heart"), WEAK_FLAGS),
    ),
)

SEVERE_NEW_PAIN = f.new_focal_spine_pain | s.SUDDEN_PAIN

OTHERS = (
    RedFlag(
        id="RF-10", topic="blood thinner with new pain or weakness",
        emergency=f.anticoagulant & s.NEW_WEAKNESS,
        today=or_unsure(f.anticoagulant) & or_unsure(SEVERE_NEW_PAIN | s.NEW_WEAKNESS),
        evidence=(For("DESIGN", "think of a bleed beside the cord"), For("G-CES"), NO_TEST),
    ),
    RedFlag(
        id="RF-11", topic="calf pain that eases on standing",
        routine=or_unsure(f.calf_only_pain) & or_unsure(f.relieved_standing_still),
        evidence=(For("NADEAU13", "calf and relief on standing: LR+ 20"), Against("NADEAU13", "53 people in one clinic")),
    ),
    RedFlag(
        id="RF-12", topic="very short walk",
        routine=f.walking_distance_m < LIMITS.short_walk_m,
        evidence=(For("S000", "names 100 m"), Against("N-TSU", "a cohort looked at it; no trial uses it to operate")),
    ),
)

RED_FLAGS = (
    *CAUDA_EQUINA, *WEAKNESS, *NECK, *BONE, *CANCER, *INFECTION, *VESSELS_BELLY, *VESSELS_LEGS, *OTHERS,
)
