"""Every fact of the contract (section 2): its kind, unit, range and how long an answer from a record keeps.

Words (question, hint, label) are in wording/. `danger=True`: a yes may raise an urgency.
`valid_days`: 14 or 90 for danger facts (contract section 2); the others are design choices, draft.
"""

from __future__ import annotations

from spinesteps.knowledge.medicine_facts import MedicineFacts
from spinesteps.knowledge.mind_facts import MindFacts
from spinesteps.knowledge.order_facts import OrderFacts
from spinesteps.logic.facts import Choice, FactGroup, Number, YesNo

# ISO 3166-1 alpha-2.
# fmt: off
COUNTRIES = (
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB",
    "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV", "BW", "BY",
    "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CX",
    "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK",
    "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS",
    "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR",
    "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA",
    "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK",
    "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE",
    "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM",
    "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG",
    "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF",
    "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY",
    "UZ", "VA", "VC", "VE", "VG", "VI", "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
)
# fmt: on


class Facts(FactGroup):
    """The facts that the contract names, and the items of a questionnaire."""

    # About the person
    age = Number(unit="years", low=0, high=120)
    sex = Choice(options=("female", "male", "other"))
    pregnancy_weeks = Number(valid_days=14, unit="weeks", low=0, high=45)
    bmi = Number(valid_days=730, unit="kg/m2", low=5, high=150)
    smoker = YesNo()
    ex_smoker = YesNo()
    weight_kg = Number(valid_days=730, unit="kg", low=1, high=400)
    lives_alone = YesNo(valid_days=730)
    country = Choice(options=COUNTRIES)

    # Danger: bladder, bowel, saddle, legs. Keeps: 14 days, weakness 90 (contract section 2)
    urinary_difficulty = YesNo(valid_days=14, danger=True)
    incontinence = YesNo(valid_days=14, danger=True)
    saddle_numbness = YesNo(valid_days=14, danger=True)
    sexual_function_change = YesNo(valid_days=14, danger=True)
    both_legs_weak = YesNo(valid_days=14, danger=True)
    cauda_equina_onset_days = Number(valid_days=14, unit="days", low=0, high=36500)
    cauda_equina_progressing = YesNo(valid_days=14, danger=True)
    perineal_only_when_walking = YesNo(valid_days=14, danger=True)
    pain_one_to_both_sides = YesNo(valid_days=14, danger=True)
    pain_both_legs_at_rest = YesNo(valid_days=14, danger=True)
    legs_weak_only_upright = YesNo(valid_days=14, danger=True)
    post_void_residual_ml = Number(valid_days=14, danger=True, unit="ml", low=0, high=5000)
    foot_drop_or_giving_way = YesNo(valid_days=90, danger=True)
    foot_drop_onset_days = Number(valid_days=90, unit="days", low=0, high=36500)
    weakness_progressive = YesNo(valid_days=90, danger=True)
    mrc_lowest = Number(valid_days=90, danger=True, unit="grade", low=0, high=5)
    mrc_lowest_root = Choice(valid_days=90, options=("L2", "L3", "L4", "L5", "S1"))
    mrc_fall = Number(valid_days=90, danger=True, unit="grades", low=0, high=5)
    weakness_onset_days = Number(valid_days=90, unit="days", low=0, high=36500)
    leg_numbness_new = YesNo(valid_days=90, danger=True)
    leg_numbness_onset_days = Number(valid_days=90, unit="days", low=0, high=36500)
    leg_numbness_days_from_most = Number(valid_days=90, danger=True, unit="days", low=-36500, high=0)
    cannot_stand = YesNo(valid_days=14, danger=True)
    muscle_twitching_or_thinning = YesNo(valid_days=90, danger=True)

    # Danger: neck
    hand_clumsiness = YesNo(valid_days=90, danger=True)
    hands_newly_numb = YesNo(valid_days=90, danger=True)
    gait_unsteady = YesNo(valid_days=90, danger=True)
    cord_signs_rapid = YesNo(valid_days=90, danger=True)
    hoffmann_sign = YesNo(valid_days=90, danger=True)
    inverted_supinator_sign = YesNo(valid_days=90, danger=True)
    babinski_sign = YesNo(valid_days=90, danger=True)
    gait_deviation = YesNo(valid_days=90, danger=True)
    mjoa = Number(valid_days=90, danger=True, unit="points", low=0, high=18, whole=True)
    mjoa_falling = YesNo(valid_days=90, danger=True)

    # Danger: bone
    major_trauma = YesNo(valid_days=90, danger=True)
    minor_trauma = YesNo(valid_days=90, danger=True)
    pain_began_lifting = YesNo(valid_days=14, danger=True)
    spine_fused_or_stiff = YesNo(danger=True)
    cannot_stand_after_trauma = YesNo(valid_days=90, danger=True)
    midline_pain_after_trauma = YesNo(valid_days=90, danger=True)
    osteoporosis = YesNo(danger=True)
    steroids_3_months = YesNo(valid_days=90, danger=True)
    new_focal_spine_pain = YesNo(valid_days=90, danger=True)
    pain_different_from_usual = YesNo(valid_days=90, danger=True)
    height_loss_or_kyphosis = YesNo(valid_days=90, danger=True)

    # Danger: cancer and infection
    cancer_history = YesNo(danger=True)
    pain_growing_or_lying_flat = YesNo(valid_days=90, danger=True)
    sensory_level = YesNo(valid_days=90, danger=True)
    unexplained_weight_loss = YesNo(valid_days=90, danger=True)
    no_better_after_4_weeks = YesNo(valid_days=90, danger=True)
    generally_ill = YesNo(valid_days=90, danger=True)
    night_pain = YesNo(valid_days=90, danger=True)
    fever = YesNo(valid_days=14, danger=True)
    immunosuppressed = YesNo(valid_days=365, danger=True)
    injects_drugs = YesNo(valid_days=365, danger=True)
    dialysis = YesNo(valid_days=365, danger=True)
    bacteraemia = YesNo(valid_days=90, danger=True)
    infection_or_line_3_months = YesNo(valid_days=90, danger=True)
    spine_procedure_ever = YesNo()
    spine_procedure_days = Number(unit="days", low=0, high=36500)
    worse_since_procedure = YesNo(valid_days=90, danger=True)
    wound_problem = YesNo(valid_days=14, danger=True)
    headache_when_upright = YesNo(valid_days=14, danger=True)
    crp_raised = YesNo(valid_days=90, danger=True)

    # Danger: vessels
    known_aortic_aneurysm = YesNo(danger=True)
    sudden_severe_abdominal_or_back_pain = YesNo(valid_days=14, danger=True)
    faint_or_collapse = YesNo(valid_days=14, danger=True)
    pulsatile_mass = YesNo(valid_days=90, danger=True)
    aorta_cm = Number(valid_days=365, danger=True, unit="cm", low=0, high=20)
    leg_cold_pale = YesNo(valid_days=14, danger=True)
    rest_pain_or_foot_ulcer = YesNo(valid_days=90, danger=True)
    calf_swollen = YesNo(valid_days=14, danger=True)
    breathless_or_chest_pain = YesNo(valid_days=14, danger=True)
    anticoagulant = YesNo(valid_days=90, danger=True)
    sudden_new_deficit = YesNo(valid_days=14, danger=True)
    new_confusion_or_drowsiness = YesNo(valid_days=14, danger=True)

    # Recognition: history
    stenosis_diagnosed = YesNo()
    claudication_coded = YesNo()
    back_pain = YesNo(valid_days=180)
    leg_pain = YesNo(valid_days=180)
    leg_pain_side = Choice(valid_days=180, options=("left", "right", "both"))
    leg_pain_worse_than_back = YesNo(valid_days=180)
    leg_tingling = YesNo(valid_days=180)
    pain_above_knee = YesNo(valid_days=180)
    pain_below_knee = YesNo(valid_days=180)
    calf_only_pain = YesNo(valid_days=180)
    worse_walking = YesNo(valid_days=180)
    worse_standing = YesNo(valid_days=180)
    relieved_sitting = YesNo(valid_days=180)
    relieved_bending_forward = YesNo(valid_days=180)
    shopping_cart_sign = YesNo(valid_days=180)
    relieved_standing_still = YesNo(valid_days=180)
    pain_free_seated = YesNo(valid_days=180)
    worse_bending_forward = YesNo(valid_days=180)
    worse_bending_backward = YesNo(valid_days=180)
    worse_downhill = YesNo(valid_days=180)
    cycling_easier = YesNo(valid_days=180)
    intermittent_claudication = YesNo(valid_days=180)
    balance_trouble_walking = YesNo(valid_days=180)
    urinary_disturbance_chronic = YesNo(valid_days=180)
    groin_pain = YesNo(valid_days=180)
    lateral_hip_tenderness = YesNo(valid_days=180)
    stocking_numbness = YesNo(valid_days=180)
    # Ours: items of the self-reported history questionnaire (instruments A2) that the contract does not name
    numbness_thigh_to_shin = YesNo(valid_days=180)
    numbness_both_legs = YesNo(valid_days=180)
    numbness_both_soles = YesNo(valid_days=180)
    numbness_buttocks = YesNo(valid_days=180)
    numbness_without_pain = YesNo(valid_days=180)
    burning_buttocks = YesNo(valid_days=180)
    urge_to_urinate_walking = YesNo(valid_days=180)

    # Recognition: history, how long and how bad
    symptom_weeks = Number(valid_days=180, unit="weeks", low=0, high=5200)
    walking_distance_m = Number(valid_days=90, unit="m", low=0, high=50000)
    walking_minutes = Number(valid_days=90, unit="min", low=0, high=1440)
    pain_leg = Number(valid_days=30, unit="of 10", low=0, high=10)
    pain_back = Number(valid_days=30, unit="of 10", low=0, high=10)
    symptoms_trend = Choice(valid_days=90, options=("better", "same", "worse"))
    function_limited = YesNo(valid_days=90)
    function_unacceptable = YesNo(valid_days=90)
    exercise_programme_active = YesNo(valid_days=90)

    # Recognition: examination and tests
    slr_positive = YesNo(valid_days=180)
    achilles_reflex_abnormal = YesNo(valid_days=180)
    extension_test_positive = YesNo(valid_days=180)
    romberg_abnormal = YesNo(valid_days=180)
    wide_based_gait = YesNo(valid_days=180)
    pulses_present = YesNo(valid_days=180)
    abi = Number(valid_days=365, unit="", low=0, high=3)
    diabetes = YesNo()
    hba1c = Number(valid_days=365, unit="%", low=3, high=20)
    hip_rotation_limited = YesNo(valid_days=180)
    vibration_reduced = YesNo(valid_days=180)
    pinprick_reduced = YesNo(valid_days=180)
    dermatomal_pain_one_side = YesNo(valid_days=180)

    # Imaging
    mri_done = YesNo()
    mri_stenosis = Choice(options=("none", "mild", "moderate", "severe"))
    schizas = Choice(options=("A", "B", "C", "D"))
    dural_sac_mm2 = Number(unit="mm2", low=0, high=1000)
    stenosis_site = Choice(options=("central", "lateral_recess", "foraminal"))
    mri_matches_symptoms = YesNo()
    spondylolisthesis = YesNo()
    slip_percent = Number(unit="%", low=0, high=100)
    instability = YesNo()
    scoliosis = YesNo()
    mri_weeks_ago = Number(unit="weeks", low=0, high=5200)
    new_symptoms_since_mri = YesNo(valid_days=180)

    # Scores (0 is stored, missing is not 0) and changes since baseline or since the best
    odi = Number(valid_days=180, unit="%", low=0, high=100)
    zcq_symptom = Number(valid_days=180, unit="points", low=1, high=5)
    zcq_function = Number(valid_days=180, unit="points", low=1, high=4)
    zcq_satisfaction = Number(valid_days=180, unit="points", low=1, high=4)
    rmdq = Number(valid_days=180, unit="points", low=0, high=24, whole=True)
    peg = Number(valid_days=180, unit="points", low=0, high=10)
    phq2 = Number(valid_days=180, unit="points", low=0, high=6, whole=True)
    gad2 = Number(valid_days=180, unit="points", low=0, high=6, whole=True)
    startback_total = Number(valid_days=180, unit="points", low=0, high=9, whole=True)
    startback_psych = Number(valid_days=180, unit="points", low=0, high=5, whole=True)
    pgic = Number(valid_days=180, unit="points", low=1, high=7, whole=True)
    spwt_m = Number(valid_days=180, unit="m", low=0, high=50000)
    six_minute_walk_m = Number(valid_days=180, unit="m", low=0, high=2000)
    odi_change = Number(valid_days=180, unit="%", low=-100, high=100)
    zcq_symptom_change = Number(valid_days=180, unit="points", low=-4, high=4)
    zcq_function_change = Number(valid_days=180, unit="points", low=-3, high=3)
    pain_leg_change = Number(valid_days=180, unit="of 10", low=-10, high=10)
    pain_back_change = Number(valid_days=180, unit="of 10", low=-10, high=10)
    walking_change_m = Number(valid_days=180, unit="m", low=-50000, high=50000)
    odi_from_best = Number(valid_days=180, unit="%", low=-100, high=100)
    walking_from_best_m = Number(valid_days=180, unit="m", low=-50000, high=50000)

    # Care so far
    exercise_programme_weeks = Number(unit="weeks", low=0, high=5200)
    exercise_sessions = Number(unit="sessions", low=0, high=10000, whole=True)
    supervised_sessions = Number(unit="sessions", low=0, high=10000, whole=True)
    home_exercise_weeks = Number(unit="weeks", low=0, high=5200)
    conservative_weeks = Number(unit="weeks", low=0, high=5200)
    conservative_modalities = Number(unit="count", low=0, high=50, whole=True)
    education_given = YesNo()
    cbt_done = YesNo()
    manual_therapy_done = YesNo()
    esi_12_months = Number(unit="injections", low=0, high=100, whole=True)
    esi_days_ago = Number(unit="days", low=0, high=36500)
    esi_relief_percent = Number(unit="%", low=0, high=100)
    esi_relief_weeks = Number(unit="weeks", low=0, high=520)
    spine_surgery = Choice(options=("none", "decompression", "decompression_fusion", "other"))
    surgery_days_ago = Number(unit="days", low=0, high=36500)
    surgery_planned = YesNo(valid_days=180)
    surgery_declined = YesNo(valid_days=180)
    wants_surgery_opinion = YesNo(valid_days=180)
    unfit_for_surgery = YesNo(valid_days=180)
    bladder_or_bowel_postop_change = YesNo(valid_days=14, danger=True)

    # Medicines and conditions that matter for them
    nsaid = YesNo(valid_days=90)
    nsaid_days = Number(valid_days=90, unit="days", low=0, high=36500)
    two_nsaids = YesNo(valid_days=90)
    diclofenac = YesNo(valid_days=90)
    paracetamol_mg_day = Number(valid_days=90, unit="mg/day", low=0, high=50000)
    opioid = YesNo(valid_days=90)
    opioid_mme_day = Number(valid_days=90, unit="mg/day", low=0, high=5000)
    opioid_new = YesNo(valid_days=90)
    benzodiazepine = YesNo(valid_days=90)
    gabapentinoid = YesNo(valid_days=90)
    gabapentinoid_weeks = Number(valid_days=90, unit="weeks", low=0, high=5200)
    muscle_relaxant = YesNo(valid_days=90)
    muscle_relaxant_days = Number(valid_days=90, unit="days", low=0, high=36500)
    antidepressant = YesNo(valid_days=90)
    duloxetine = YesNo(valid_days=90)
    ace_inhibitor_or_arb = YesNo(valid_days=90)
    diuretic = YesNo(valid_days=90)
    antiplatelet = YesNo(valid_days=90)
    ssri_snri = YesNo(valid_days=90)
    systemic_steroid = YesNo(valid_days=90)
    ppi = YesNo(valid_days=90)
    egfr = Number(valid_days=365, unit="mL/min/1.73m2", low=0, high=250)
    peptic_ulcer_or_gi_bleed = YesNo()
    heart_failure = YesNo()
    cardiovascular_disease = YesNo()
    hypertension_uncontrolled = YesNo(valid_days=90)
    nsaid_allergy_or_asthma = YesNo()
    liver_disease = YesNo()
    alcohol_heavy = YesNo(valid_days=365)
    falls_12_months = Number(valid_days=365, unit="falls", low=0, high=1000, whole=True)
    fracture_history = YesNo()
    cognitive_impairment = YesNo()
    copd_or_sleep_apnoea = YesNo()
    drives = YesNo(valid_days=730)
    depression = YesNo(valid_days=180)
    fear_of_movement = YesNo(valid_days=180)
    distress_high = YesNo(valid_days=180)
    haemoglobin_g_l = Number(valid_days=90, unit="g/L", low=30, high=250)
    albumin_g_l = Number(valid_days=365, unit="g/L", low=0, high=100)


ALL = (*Facts.DECLARED, *MedicineFacts.DECLARED, *OrderFacts.DECLARED, *MindFacts.DECLARED)
