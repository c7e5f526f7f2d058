"""Every fact of the contract (section 2): its kind, unit, range and how long an answer from a record keeps.

Words (question, hint, label) are in wording/. `danger=True`: a yes may raise an urgency.
`valid_days`: 14 or 90 for danger facts (contract section 2); the others are design choices, draft.
"""

from __future__ import annotations

from spinesteps.knowledge.medicine_facts import MEDICINE_FACTS
from spinesteps.knowledge.mind_facts import MIND_FACTS
from spinesteps.knowledge.order_facts import ORDER_FACTS
from spinesteps.logic.facts import Choice, Number, YesNo

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

# About the person
age = Number("age", unit="years", low=0, high=120)
sex = Choice(
    "sex",
    options=(
        "female",
        "male",
        "other",
    ),
)
pregnancy_weeks = Number("pregnancy_weeks", valid_days=14, unit="weeks", low=0, high=45)
bmi = Number("bmi", valid_days=730, unit="kg/m2", low=5, high=150)
smoker = YesNo("smoker")
ex_smoker = YesNo("ex_smoker")
weight_kg = Number("weight_kg", valid_days=730, unit="kg", low=1, high=400)
lives_alone = YesNo("lives_alone", valid_days=730)
country = Choice("country", options=COUNTRIES)

# Danger: bladder, bowel, saddle, legs. Keeps: 14 days, weakness 90 (contract section 2)
urinary_difficulty = YesNo("urinary_difficulty", valid_days=14, danger=True)
incontinence = YesNo("incontinence", valid_days=14, danger=True)
saddle_numbness = YesNo("saddle_numbness", valid_days=14, danger=True)
sexual_function_change = YesNo("sexual_function_change", valid_days=14, danger=True)
both_legs_weak = YesNo("both_legs_weak", valid_days=14, danger=True)
cauda_equina_onset_days = Number("cauda_equina_onset_days", valid_days=14, unit="days", low=0, high=36500)
cauda_equina_progressing = YesNo("cauda_equina_progressing", valid_days=14, danger=True)
perineal_only_when_walking = YesNo("perineal_only_when_walking", valid_days=14, danger=True)
pain_one_to_both_sides = YesNo("pain_one_to_both_sides", valid_days=14, danger=True)
post_void_residual_ml = Number("post_void_residual_ml", valid_days=14, danger=True, unit="ml", low=0, high=5000)
foot_drop_or_giving_way = YesNo("foot_drop_or_giving_way", valid_days=90, danger=True)
foot_drop_onset_days = Number("foot_drop_onset_days", valid_days=90, unit="days", low=0, high=36500)
weakness_progressive = YesNo("weakness_progressive", valid_days=90, danger=True)
mrc_lowest = Number("mrc_lowest", valid_days=90, danger=True, unit="grade", low=0, high=5)
mrc_lowest_root = Choice(
    "mrc_lowest_root",
    valid_days=90,
    options=(
        "L2",
        "L3",
        "L4",
        "L5",
        "S1",
    ),
)
mrc_fall = Number("mrc_fall", valid_days=90, danger=True, unit="grades", low=0, high=5)
weakness_onset_days = Number("weakness_onset_days", valid_days=90, unit="days", low=0, high=36500)

# Danger: neck
hand_clumsiness = YesNo("hand_clumsiness", valid_days=90, danger=True)
gait_unsteady = YesNo("gait_unsteady", valid_days=90, danger=True)
cord_signs_rapid = YesNo("cord_signs_rapid", valid_days=90, danger=True)
hoffmann_sign = YesNo("hoffmann_sign", valid_days=90, danger=True)
inverted_supinator_sign = YesNo("inverted_supinator_sign", valid_days=90, danger=True)
babinski_sign = YesNo("babinski_sign", valid_days=90, danger=True)
gait_deviation = YesNo("gait_deviation", valid_days=90, danger=True)
mjoa = Number("mjoa", valid_days=90, danger=True, unit="points", low=0, high=18, whole=True)
mjoa_falling = YesNo("mjoa_falling", valid_days=90, danger=True)

# Danger: bone
major_trauma = YesNo("major_trauma", valid_days=90, danger=True)
minor_trauma = YesNo("minor_trauma", valid_days=90, danger=True)
cannot_stand_after_trauma = YesNo("cannot_stand_after_trauma", valid_days=90, danger=True)
midline_pain_after_trauma = YesNo("midline_pain_after_trauma", valid_days=90, danger=True)
osteoporosis = YesNo("osteoporosis", danger=True)
steroids_3_months = YesNo("steroids_3_months", valid_days=90, danger=True)
new_focal_spine_pain = YesNo("new_focal_spine_pain", valid_days=90, danger=True)
height_loss_or_kyphosis = YesNo("height_loss_or_kyphosis", valid_days=90, danger=True)

# Danger: cancer and infection
cancer_history = YesNo("cancer_history", danger=True)
pain_growing_or_lying_flat = YesNo("pain_growing_or_lying_flat", valid_days=90, danger=True)
sensory_level = YesNo("sensory_level", valid_days=90, danger=True)
unexplained_weight_loss = YesNo("unexplained_weight_loss", valid_days=90, danger=True)
no_better_after_4_weeks = YesNo("no_better_after_4_weeks", valid_days=90, danger=True)
generally_ill = YesNo("generally_ill", valid_days=90, danger=True)
night_pain = YesNo("night_pain", valid_days=90, danger=True)
fever = YesNo("fever", valid_days=14, danger=True)
immunosuppressed = YesNo("immunosuppressed", valid_days=365, danger=True)
injects_drugs = YesNo("injects_drugs", valid_days=365, danger=True)
dialysis = YesNo("dialysis", valid_days=365, danger=True)
bacteraemia = YesNo("bacteraemia", valid_days=90, danger=True)
spine_procedure_days = Number("spine_procedure_days", unit="days", low=0, high=36500)
worse_since_procedure = YesNo("worse_since_procedure", valid_days=90, danger=True)
crp_raised = YesNo("crp_raised", valid_days=90, danger=True)

# Danger: vessels
known_aortic_aneurysm = YesNo("known_aortic_aneurysm", danger=True)
sudden_severe_abdominal_or_back_pain = YesNo("sudden_severe_abdominal_or_back_pain", valid_days=14, danger=True)
faint_or_collapse = YesNo("faint_or_collapse", valid_days=14, danger=True)
pulsatile_mass = YesNo("pulsatile_mass", valid_days=90, danger=True)
aorta_cm = Number("aorta_cm", valid_days=365, danger=True, unit="cm", low=0, high=20)
leg_cold_pale = YesNo("leg_cold_pale", valid_days=14, danger=True)
rest_pain_or_foot_ulcer = YesNo("rest_pain_or_foot_ulcer", valid_days=90, danger=True)
calf_swollen = YesNo("calf_swollen", valid_days=14, danger=True)
breathless_or_chest_pain = YesNo("breathless_or_chest_pain", valid_days=14, danger=True)
anticoagulant = YesNo("anticoagulant", valid_days=90, danger=True)
sudden_new_deficit = YesNo("sudden_new_deficit", valid_days=14, danger=True)

# Recognition: history
stenosis_diagnosed = YesNo("stenosis_diagnosed")
claudication_coded = YesNo("claudication_coded")
back_pain = YesNo("back_pain", valid_days=180)
leg_pain = YesNo("leg_pain", valid_days=180)
leg_pain_side = Choice(
    "leg_pain_side",
    valid_days=180,
    options=(
        "left",
        "right",
        "both",
    ),
)
leg_pain_worse_than_back = YesNo("leg_pain_worse_than_back", valid_days=180)
leg_tingling = YesNo("leg_tingling", valid_days=180)
pain_above_knee = YesNo("pain_above_knee", valid_days=180)
pain_below_knee = YesNo("pain_below_knee", valid_days=180)
calf_only_pain = YesNo("calf_only_pain", valid_days=180)
worse_walking = YesNo("worse_walking", valid_days=180)
worse_standing = YesNo("worse_standing", valid_days=180)
relieved_sitting = YesNo("relieved_sitting", valid_days=180)
relieved_bending_forward = YesNo("relieved_bending_forward", valid_days=180)
shopping_cart_sign = YesNo("shopping_cart_sign", valid_days=180)
relieved_standing_still = YesNo("relieved_standing_still", valid_days=180)
pain_free_seated = YesNo("pain_free_seated", valid_days=180)
worse_bending_forward = YesNo("worse_bending_forward", valid_days=180)
worse_bending_backward = YesNo("worse_bending_backward", valid_days=180)
worse_downhill = YesNo("worse_downhill", valid_days=180)
cycling_easier = YesNo("cycling_easier", valid_days=180)
intermittent_claudication = YesNo("intermittent_claudication", valid_days=180)
balance_trouble_walking = YesNo("balance_trouble_walking", valid_days=180)
urinary_disturbance_chronic = YesNo("urinary_disturbance_chronic", valid_days=180)
groin_pain = YesNo("groin_pain", valid_days=180)
lateral_hip_tenderness = YesNo("lateral_hip_tenderness", valid_days=180)
stocking_numbness = YesNo("stocking_numbness", valid_days=180)
symptom_weeks = Number("symptom_weeks", valid_days=180, unit="weeks", low=0, high=5200)
walking_distance_m = Number("walking_distance_m", valid_days=90, unit="m", low=0, high=50000)
walking_minutes = Number("walking_minutes", valid_days=90, unit="min", low=0, high=1440)
pain_leg = Number("pain_leg", valid_days=30, unit="of 10", low=0, high=10)
pain_back = Number("pain_back", valid_days=30, unit="of 10", low=0, high=10)
symptoms_trend = Choice(
    "symptoms_trend",
    valid_days=90,
    options=(
        "better",
        "same",
        "worse",
    ),
)
function_limited = YesNo("function_limited", valid_days=90)
function_unacceptable = YesNo("function_unacceptable", valid_days=90)
exercise_programme_active = YesNo("exercise_programme_active", valid_days=90)

# Ours: items of the self-reported history questionnaire (instruments A2) that the contract does not name
numbness_thigh_to_shin = YesNo("numbness_thigh_to_shin", valid_days=180)
numbness_both_legs = YesNo("numbness_both_legs", valid_days=180)
numbness_both_soles = YesNo("numbness_both_soles", valid_days=180)
numbness_buttocks = YesNo("numbness_buttocks", valid_days=180)
numbness_without_pain = YesNo("numbness_without_pain", valid_days=180)
burning_buttocks = YesNo("burning_buttocks", valid_days=180)
urge_to_urinate_walking = YesNo("urge_to_urinate_walking", valid_days=180)

# Recognition: examination and tests
slr_positive = YesNo("slr_positive", valid_days=180)
achilles_reflex_abnormal = YesNo("achilles_reflex_abnormal", valid_days=180)
extension_test_positive = YesNo("extension_test_positive", valid_days=180)
romberg_abnormal = YesNo("romberg_abnormal", valid_days=180)
wide_based_gait = YesNo("wide_based_gait", valid_days=180)
pulses_present = YesNo("pulses_present", valid_days=180)
abi = Number("abi", valid_days=365, unit="", low=0, high=3)
diabetes = YesNo("diabetes")
hba1c = Number("hba1c", valid_days=365, unit="%", low=3, high=20)
hip_rotation_limited = YesNo("hip_rotation_limited", valid_days=180)
vibration_reduced = YesNo("vibration_reduced", valid_days=180)
pinprick_reduced = YesNo("pinprick_reduced", valid_days=180)
dermatomal_pain_one_side = YesNo("dermatomal_pain_one_side", valid_days=180)

# Imaging
mri_done = YesNo("mri_done")
mri_stenosis = Choice(
    "mri_stenosis",
    options=(
        "none",
        "mild",
        "moderate",
        "severe",
    ),
)
schizas = Choice(
    "schizas",
    options=(
        "A",
        "B",
        "C",
        "D",
    ),
)
dural_sac_mm2 = Number("dural_sac_mm2", unit="mm2", low=0, high=1000)
stenosis_site = Choice(
    "stenosis_site",
    options=(
        "central",
        "lateral_recess",
        "foraminal",
    ),
)
mri_matches_symptoms = YesNo("mri_matches_symptoms")
spondylolisthesis = YesNo("spondylolisthesis")
slip_percent = Number("slip_percent", unit="%", low=0, high=100)
instability = YesNo("instability")
scoliosis = YesNo("scoliosis")
mri_weeks_ago = Number("mri_weeks_ago", unit="weeks", low=0, high=5200)
new_symptoms_since_mri = YesNo("new_symptoms_since_mri", valid_days=180)

# Scores (0 is stored, missing is not 0) and changes since baseline or since the best
odi = Number("odi", valid_days=180, unit="%", low=0, high=100)
zcq_symptom = Number("zcq_symptom", valid_days=180, unit="points", low=1, high=5)
zcq_function = Number("zcq_function", valid_days=180, unit="points", low=1, high=4)
zcq_satisfaction = Number("zcq_satisfaction", valid_days=180, unit="points", low=1, high=4)
rmdq = Number("rmdq", valid_days=180, unit="points", low=0, high=24, whole=True)
peg = Number("peg", valid_days=180, unit="points", low=0, high=10)
phq2 = Number("phq2", valid_days=180, unit="points", low=0, high=6, whole=True)
gad2 = Number("gad2", valid_days=180, unit="points", low=0, high=6, whole=True)
startback_total = Number("startback_total", valid_days=180, unit="points", low=0, high=9, whole=True)
startback_psych = Number("startback_psych", valid_days=180, unit="points", low=0, high=5, whole=True)
pgic = Number("pgic", valid_days=180, unit="points", low=1, high=7, whole=True)
spwt_m = Number("spwt_m", valid_days=180, unit="m", low=0, high=50000)
six_minute_walk_m = Number("six_minute_walk_m", valid_days=180, unit="m", low=0, high=2000)
odi_change = Number("odi_change", valid_days=180, unit="%", low=-100, high=100)
zcq_symptom_change = Number("zcq_symptom_change", valid_days=180, unit="points", low=-4, high=4)
zcq_function_change = Number("zcq_function_change", valid_days=180, unit="points", low=-3, high=3)
pain_leg_change = Number("pain_leg_change", valid_days=180, unit="of 10", low=-10, high=10)
pain_back_change = Number("pain_back_change", valid_days=180, unit="of 10", low=-10, high=10)
walking_change_m = Number("walking_change_m", valid_days=180, unit="m", low=-50000, high=50000)
odi_from_best = Number("odi_from_best", valid_days=180, unit="%", low=-100, high=100)
walking_from_best_m = Number("walking_from_best_m", valid_days=180, unit="m", low=-50000, high=50000)

# Care so far
exercise_programme_weeks = Number("exercise_programme_weeks", unit="weeks", low=0, high=5200)
exercise_sessions = Number("exercise_sessions", unit="sessions", low=0, high=10000, whole=True)
supervised_sessions = Number("supervised_sessions", unit="sessions", low=0, high=10000, whole=True)
home_exercise_weeks = Number("home_exercise_weeks", unit="weeks", low=0, high=5200)
conservative_weeks = Number("conservative_weeks", unit="weeks", low=0, high=5200)
conservative_modalities = Number("conservative_modalities", unit="count", low=0, high=50, whole=True)
education_given = YesNo("education_given")
cbt_done = YesNo("cbt_done")
manual_therapy_done = YesNo("manual_therapy_done")
esi_12_months = Number("esi_12_months", unit="injections", low=0, high=100, whole=True)
esi_days_ago = Number("esi_days_ago", unit="days", low=0, high=36500)
esi_relief_percent = Number("esi_relief_percent", unit="%", low=0, high=100)
esi_relief_weeks = Number("esi_relief_weeks", unit="weeks", low=0, high=520)
spine_surgery = Choice(
    "spine_surgery",
    options=(
        "none",
        "decompression",
        "decompression_fusion",
        "other",
    ),
)
surgery_days_ago = Number("surgery_days_ago", unit="days", low=0, high=36500)
surgery_planned = YesNo("surgery_planned", valid_days=180)
surgery_declined = YesNo("surgery_declined", valid_days=180)
wants_surgery_opinion = YesNo("wants_surgery_opinion", valid_days=180)
unfit_for_surgery = YesNo("unfit_for_surgery", valid_days=180)
bladder_or_bowel_postop_change = YesNo("bladder_or_bowel_postop_change", valid_days=14, danger=True)

# Medicines and conditions that matter for them
nsaid = YesNo("nsaid", valid_days=90)
nsaid_days = Number("nsaid_days", valid_days=90, unit="days", low=0, high=36500)
two_nsaids = YesNo("two_nsaids", valid_days=90)
diclofenac = YesNo("diclofenac", valid_days=90)
paracetamol_mg_day = Number("paracetamol_mg_day", valid_days=90, unit="mg/day", low=0, high=50000)
opioid = YesNo("opioid", valid_days=90)
opioid_mme_day = Number("opioid_mme_day", valid_days=90, unit="mg/day", low=0, high=5000)
opioid_new = YesNo("opioid_new", valid_days=90)
benzodiazepine = YesNo("benzodiazepine", valid_days=90)
gabapentinoid = YesNo("gabapentinoid", valid_days=90)
gabapentinoid_weeks = Number("gabapentinoid_weeks", valid_days=90, unit="weeks", low=0, high=5200)
muscle_relaxant = YesNo("muscle_relaxant", valid_days=90)
muscle_relaxant_days = Number("muscle_relaxant_days", valid_days=90, unit="days", low=0, high=36500)
antidepressant = YesNo("antidepressant", valid_days=90)
duloxetine = YesNo("duloxetine", valid_days=90)
ace_inhibitor_or_arb = YesNo("ace_inhibitor_or_arb", valid_days=90)
diuretic = YesNo("diuretic", valid_days=90)
antiplatelet = YesNo("antiplatelet", valid_days=90)
ssri_snri = YesNo("ssri_snri", valid_days=90)
systemic_steroid = YesNo("systemic_steroid", valid_days=90)
ppi = YesNo("ppi", valid_days=90)
egfr = Number("egfr", valid_days=365, unit="mL/min/1.73m2", low=0, high=250)
peptic_ulcer_or_gi_bleed = YesNo("peptic_ulcer_or_gi_bleed")
heart_failure = YesNo("heart_failure")
cardiovascular_disease = YesNo("cardiovascular_disease")
hypertension_uncontrolled = YesNo("hypertension_uncontrolled", valid_days=90)
nsaid_allergy_or_asthma = YesNo("nsaid_allergy_or_asthma")
liver_disease = YesNo("liver_disease")
alcohol_heavy = YesNo("alcohol_heavy", valid_days=365)
falls_12_months = Number("falls_12_months", valid_days=365, unit="falls", low=0, high=1000, whole=True)
fracture_history = YesNo("fracture_history")
cognitive_impairment = YesNo("cognitive_impairment")
copd_or_sleep_apnoea = YesNo("copd_or_sleep_apnoea")
drives = YesNo("drives", valid_days=730)
depression = YesNo("depression", valid_days=180)
fear_of_movement = YesNo("fear_of_movement", valid_days=180)
distress_high = YesNo("distress_high", valid_days=180)
haemoglobin_g_l = Number("haemoglobin_g_l", valid_days=365, unit="g/L", low=0, high=300)
albumin_g_l = Number("albumin_g_l", valid_days=365, unit="g/L", low=0, high=100)

# fmt: off
ALL = (
    age, sex, pregnancy_weeks, bmi, smoker, ex_smoker, weight_kg, lives_alone, country, urinary_difficulty,
    incontinence, saddle_numbness, sexual_function_change, both_legs_weak, cauda_equina_onset_days,
    cauda_equina_progressing, perineal_only_when_walking, pain_one_to_both_sides, post_void_residual_ml,
    foot_drop_or_giving_way, foot_drop_onset_days, weakness_progressive, mrc_lowest, mrc_lowest_root, mrc_fall,
    weakness_onset_days, hand_clumsiness, gait_unsteady, cord_signs_rapid, hoffmann_sign, inverted_supinator_sign,
    babinski_sign, gait_deviation, mjoa, mjoa_falling, major_trauma, minor_trauma, cannot_stand_after_trauma,
    midline_pain_after_trauma, osteoporosis, steroids_3_months, new_focal_spine_pain, height_loss_or_kyphosis,
    cancer_history, pain_growing_or_lying_flat, sensory_level, unexplained_weight_loss, no_better_after_4_weeks,
    generally_ill, night_pain, fever, immunosuppressed, injects_drugs, dialysis, bacteraemia, spine_procedure_days,
    worse_since_procedure, crp_raised, known_aortic_aneurysm, sudden_severe_abdominal_or_back_pain,
    faint_or_collapse, pulsatile_mass, aorta_cm, leg_cold_pale, rest_pain_or_foot_ulcer, calf_swollen,
    breathless_or_chest_pain, anticoagulant, sudden_new_deficit, stenosis_diagnosed, claudication_coded, back_pain,
    leg_pain, leg_pain_side, leg_pain_worse_than_back, leg_tingling, pain_above_knee, pain_below_knee,
    calf_only_pain, worse_walking, worse_standing, relieved_sitting, relieved_bending_forward, shopping_cart_sign,
    relieved_standing_still, pain_free_seated, worse_bending_forward, worse_bending_backward, worse_downhill,
    cycling_easier, intermittent_claudication, balance_trouble_walking, urinary_disturbance_chronic, groin_pain,
    lateral_hip_tenderness, stocking_numbness, numbness_thigh_to_shin, numbness_both_legs, numbness_both_soles,
    numbness_buttocks, numbness_without_pain, burning_buttocks, urge_to_urinate_walking, symptom_weeks,
    walking_distance_m, walking_minutes, pain_leg, pain_back, symptoms_trend, function_limited,
    function_unacceptable, exercise_programme_active, slr_positive, achilles_reflex_abnormal,
    extension_test_positive, romberg_abnormal, wide_based_gait, pulses_present, abi, diabetes, hba1c,
    hip_rotation_limited, vibration_reduced, pinprick_reduced, dermatomal_pain_one_side, mri_done, mri_stenosis,
    schizas, dural_sac_mm2, stenosis_site, mri_matches_symptoms, spondylolisthesis, slip_percent, instability,
    scoliosis, mri_weeks_ago, new_symptoms_since_mri, odi, zcq_symptom, zcq_function, zcq_satisfaction, rmdq, peg,
    phq2, gad2, startback_total, startback_psych, pgic, spwt_m, six_minute_walk_m, odi_change, zcq_symptom_change,
    zcq_function_change, pain_leg_change, pain_back_change, walking_change_m, odi_from_best, walking_from_best_m,
    exercise_programme_weeks, exercise_sessions, supervised_sessions, home_exercise_weeks, conservative_weeks,
    conservative_modalities, education_given, cbt_done, manual_therapy_done, esi_12_months, esi_days_ago,
    esi_relief_percent, esi_relief_weeks, spine_surgery, surgery_days_ago, surgery_planned, surgery_declined,
    wants_surgery_opinion, unfit_for_surgery, bladder_or_bowel_postop_change, nsaid, nsaid_days, two_nsaids,
    diclofenac, paracetamol_mg_day, opioid, opioid_mme_day, opioid_new, benzodiazepine, gabapentinoid,
    gabapentinoid_weeks, muscle_relaxant, muscle_relaxant_days, antidepressant, duloxetine, ace_inhibitor_or_arb,
    diuretic, antiplatelet, ssri_snri, systemic_steroid, ppi, egfr, peptic_ulcer_or_gi_bleed, heart_failure,
    cardiovascular_disease, hypertension_uncontrolled, nsaid_allergy_or_asthma, liver_disease, alcohol_heavy,
    falls_12_months, fracture_history, cognitive_impairment, copd_or_sleep_apnoea, drives, depression,
    fear_of_movement, distress_high, haemoglobin_g_l, albumin_g_l, *MEDICINE_FACTS, *ORDER_FACTS,
    *MIND_FACTS,
)
