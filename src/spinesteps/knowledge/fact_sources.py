"""How a record answers facts: each a summary over events, by the concepts of codes/. Contract section 2.

Histories and measurements are read here; what a coded danger says of the danger facts stands in danger_codes.py. An
answer given by a fact's own name needs no line.
LOINC 72514-3 names no site and is no leg or back pain. Physiotherapy codes name no body part: no sessions are counted.
A record that says nothing has not asked: no line here turns silence into "no".
"""

from spinesteps.knowledge.danger_codes import QUESTIONS, SIGNS
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.medicine_facts import MedicineFacts as m
from spinesteps.knowledge.order_facts import OrderFacts as o
from spinesteps.logic.facts import Silence
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.sources import FromRecord
from spinesteps.logic.history.summaries import (
    AgeOn,
    BestSince,
    Count,
    CoveredDays,
    DaysSince,
    Elapsed,
    Exists,
    Latest,
    LongestRun,
    Sum,
)

LOCAL = ("local_form",)
DECOMPRESSION = Where("procedure", ("lumbar_decompression",))
FUSION = Where("procedure", ("lumbar_fusion",))
OTHER_SURGERY = Where(
    "procedure", ("lumbar_fusion", "lumbar_discectomy", "interspinous_device", "percutaneous_decompression")
)
SPINE_SURGERY = Where(
    "procedure",
    ("lumbar_decompression", "lumbar_fusion", "lumbar_discectomy", "interspinous_device", "percutaneous_decompression"),
)
SPINE_PROCEDURE = Where(
    "procedure",
    (
        *SPINE_SURGERY.concepts,
        "epidural_injection",
        "epidural_injection_neck_or_chest",
        "adhesiolysis",
        "percutaneous_decompression_neck_or_chest",
        "spinal_cord_stimulation",
    ),
)
LUMBAR_MRI = Where(("imaging", "procedure"), ("lumbar_mri",))
EPIDURAL = Where("procedure", ("epidural_injection",))
EPIDURAL_YEAR = Where("procedure", ("epidural_injection",), within_days=365)
SMOKING = Where("observation", ("smoking_status",))
# Three months of tablets, as their name says, looked for in half a year.
STEROID_DAYS = 90
STEROIDS_LATELY = Where("medicine", ("systemic_steroid",), without=LOCAL, within_days=180)

# A refill up to a week late is the same course.
REFILL_DAYS = 7
NSAID = Where("medicine", ("nsaid",), without=LOCAL)

FROM_RECORD = (
    # The person
    FromRecord(f.age, AgeOn(Where("person", ("birth_date",)))),
    FromRecord(
        f.sex,
        Latest(
            Where("person", ("gender",)),
            means=(("female", "female"), ("male", "male"), ("other", "other"), ("unknown", Silence.NOT_SURE)),
        ),
    ),
    FromRecord(f.bmi, Latest(Where("observation", ("bmi",)))),
    FromRecord(f.weight_kg, Latest(Where("observation", ("weight",)))),
    FromRecord(
        f.smoker,
        Latest(
            SMOKING,
            means=(("smoker", True), ("ex_smoker", False), ("never", False), ("not_sure", Silence.NOT_SURE)),
        ),
    ),
    FromRecord(f.smoker, Exists(Where("condition", ("smoker",), active=True))),
    FromRecord(
        f.ex_smoker,
        Latest(
            SMOKING,
            means=(("smoker", False), ("ex_smoker", True), ("never", False), ("not_sure", Silence.NOT_SURE)),
        ),
    ),
    FromRecord(f.ex_smoker, Exists(Where("condition", ("ex_smoker",)))),
    # Diagnoses of the spine
    FromRecord(
        f.stenosis_diagnosed,
        Exists(Where("condition", ("lumbar_stenosis", "lumbar_stenosis_with_claudication"))),
    ),
    FromRecord(f.claudication_coded, Exists(Where("condition", ("lumbar_stenosis_with_claudication",)))),
    FromRecord(f.back_pain, Exists(Where("condition", ("low_back_pain",), active=True))),
    FromRecord(f.spondylolisthesis, Exists(Where("condition", ("spondylolisthesis",)))),
    FromRecord(f.scoliosis, Exists(Where("condition", ("scoliosis",)))),
    # Histories that matter for danger
    FromRecord(f.cancer_history, Exists(Where("condition", ("cancer", "bone_metastasis")))),
    FromRecord(f.osteoporosis, Exists(Where("condition", ("osteoporosis",)))),
    FromRecord(f.steroids_3_months, CoveredDays(STEROIDS_LATELY, at_least=STEROID_DAYS)),
    FromRecord(f.steroids_3_months, Exists(Where("condition", ("long_term_steroid",), active=True))),
    FromRecord(f.known_aortic_aneurysm, Exists(Where("condition", ("aortic_aneurysm",)))),
    FromRecord(f.immunosuppressed, Exists(Where("condition", ("immunosuppression",), active=True))),
    FromRecord(f.immunosuppressed, Exists(Where("medicine", ("immunosuppressant", "chemotherapy"), active=True))),
    FromRecord(f.immunosuppressed, Exists(Where("procedure", ("organ_transplant",)), gives=True)),
    FromRecord(f.dialysis, Exists(Where("condition", ("dialysis",), active=True))),
    FromRecord(f.dialysis, Exists(Where("procedure", ("dialysis",)))),
    FromRecord(f.bacteraemia, Exists(Where("condition", ("bacteraemia_or_sepsis",)))),
    FromRecord(f.anticoagulant, Exists(Where("medicine", ("anticoagulant",), active=True))),
    FromRecord(f.anticoagulant, Exists(Where("condition", ("long_term_anticoagulant",), active=True))),
    # Times since: what a person said moves on with the day
    FromRecord(f.cauda_equina_onset_days, Elapsed(Where("answer", ("cauda_equina_onset_days",)))),
    FromRecord(f.foot_drop_onset_days, Elapsed(Where("answer", ("foot_drop_onset_days",)))),
    FromRecord(f.weakness_onset_days, Elapsed(Where("answer", ("weakness_onset_days",)))),
    FromRecord(f.leg_numbness_onset_days, Elapsed(Where("answer", ("leg_numbness_onset_days",)))),
    FromRecord(
        f.leg_numbness_days_from_most, BestSince(Where("answer", ("leg_numbness_onset_days",)), low_is_best=False)
    ),
    FromRecord(f.symptom_weeks, Elapsed(Where("answer", ("symptom_weeks",)), per=7)),
    FromRecord(f.spine_procedure_days, Elapsed(Where("answer", ("spine_procedure_days",)))),
    FromRecord(f.spine_procedure_days, DaysSince(SPINE_PROCEDURE)),
    FromRecord(f.surgery_days_ago, Elapsed(Where("answer", ("surgery_days_ago",)))),
    FromRecord(f.surgery_days_ago, DaysSince(SPINE_SURGERY)),
    FromRecord(f.esi_days_ago, Elapsed(Where("answer", ("esi_days_ago",)))),
    FromRecord(f.esi_days_ago, DaysSince(EPIDURAL)),
    FromRecord(f.mri_weeks_ago, Elapsed(Where("answer", ("mri_weeks_ago",)), per=7)),
    FromRecord(f.mri_weeks_ago, DaysSince(LUMBAR_MRI, per=7)),
    # Days left of a surgeon's order: fewer each day
    FromRecord(o.brace_order_days_left, Elapsed(Where("answer", ("brace_order_days_left",)), per=-1)),
    FromRecord(o.activity_order_days_left, Elapsed(Where("answer", ("activity_order_days_left",)), per=-1)),
    # Care so far
    FromRecord(f.mri_done, Exists(LUMBAR_MRI)),
    FromRecord(f.spine_surgery, Exists(FUSION, also=DECOMPRESSION, gives="decompression_fusion")),
    FromRecord(f.spine_surgery, Exists(DECOMPRESSION, gives="decompression")),
    FromRecord(f.spine_surgery, Exists(OTHER_SURGERY, gives="other")),
    FromRecord(f.esi_12_months, Count(EPIDURAL_YEAR, each="day")),
    # Measurements and scores
    FromRecord(f.diabetes, Exists(Where("condition", ("diabetes", "diabetic_neuropathy")))),
    FromRecord(f.hba1c, Latest(Where("observation", ("hba1c",)))),
    FromRecord(f.egfr, Latest(Where("observation", ("egfr",)))),
    FromRecord(f.haemoglobin_g_l, Latest(Where("observation", ("haemoglobin",)))),
    FromRecord(f.albumin_g_l, Latest(Where("observation", ("albumin",)))),
    FromRecord(f.odi, Latest(Where("observation", ("odi",)))),
    FromRecord(f.phq2, Latest(Where("observation", ("phq2",)))),
    FromRecord(f.gad2, Latest(Where("observation", ("gad2",)))),
    FromRecord(f.six_minute_walk_m, Latest(Where("observation", ("six_minute_walk",)))),
    # Medicines taken on the day
    FromRecord(f.nsaid, Exists(Where("medicine", ("nsaid", "aspirin_painkiller"), without=LOCAL, active=True))),
    FromRecord(f.nsaid, Exists(Where("condition", ("long_term_nsaid",), active=True))),
    FromRecord(f.diclofenac, Exists(Where("medicine", ("diclofenac",), without=LOCAL, active=True))),
    FromRecord(f.two_nsaids, Count(Where("medicine", ("nsaid",), without=LOCAL, active=True), each="kind", at_least=2)),
    FromRecord(f.nsaid_days, LongestRun(NSAID, gap_days=REFILL_DAYS, current=True)),
    FromRecord(f.paracetamol_mg_day, Sum(Where("medicine", ("paracetamol_mg_day",), active=True), whole=True)),
    FromRecord(m.paracetamol_days, LongestRun(Where("medicine", ("paracetamol",)), gap_days=REFILL_DAYS, current=True)),
    FromRecord(f.opioid_mme_day, Sum(Where("medicine", ("opioid_mme_day",), active=True), whole=True)),
    FromRecord(f.opioid, Exists(Where("medicine", ("opioid",), active=True))),
    FromRecord(f.opioid, Exists(Where("condition", ("long_term_opioid",), active=True))),
    FromRecord(f.benzodiazepine, Exists(Where("medicine", ("benzodiazepine",), active=True))),
    FromRecord(f.gabapentinoid, Exists(Where("medicine", ("gabapentinoid",), active=True))),
    FromRecord(
        f.gabapentinoid_weeks,
        LongestRun(Where("medicine", ("gabapentinoid",)), gap_days=REFILL_DAYS, per=7, current=True),
    ),
    FromRecord(m.gabapentin_mg_day, Sum(Where("medicine", ("gabapentin_mg_day",), active=True), whole=True)),
    FromRecord(m.pregabalin_mg_day, Sum(Where("medicine", ("pregabalin_mg_day",), active=True), whole=True)),
    FromRecord(m.tramadol_mg_day, Sum(Where("medicine", ("tramadol_mg_day",), active=True), whole=True)),
    FromRecord(m.duloxetine_mg_day, Sum(Where("medicine", ("duloxetine_mg_day",), active=True), whole=True)),
    FromRecord(m.tramadol, Exists(Where("medicine", ("tramadol",), active=True))),
    FromRecord(m.z_drug, Exists(Where("medicine", ("z_drug",), active=True))),
    FromRecord(m.antipsychotic, Exists(Where("medicine", ("antipsychotic",), active=True))),
    FromRecord(m.antiepileptic, Exists(Where("medicine", ("antiepileptic",), active=True))),
    FromRecord(m.baclofen, Exists(Where("medicine", ("baclofen",), active=True))),
    FromRecord(m.tizanidine, Exists(Where("medicine", ("tizanidine",), active=True))),
    FromRecord(m.cyclobenzaprine, Exists(Where("medicine", ("cyclobenzaprine",), active=True))),
    FromRecord(m.tricyclic, Exists(Where("medicine", ("tricyclic",), active=True))),
    FromRecord(m.maoi_or_linezolid, Exists(Where("medicine", ("maoi", "linezolid"), active=True))),
    FromRecord(m.ciprofloxacin, Exists(Where("medicine", ("ciprofloxacin",), without=LOCAL, active=True))),
    FromRecord(m.fluvoxamine, Exists(Where("medicine", ("fluvoxamine",), active=True))),
    FromRecord(m.triptan, Exists(Where("medicine", ("triptan",), active=True))),
    FromRecord(m.limaprost, Exists(Where("medicine", ("limaprost",), active=True))),
    FromRecord(
        f.muscle_relaxant_days, LongestRun(Where("medicine", ("muscle_relaxant",)), gap_days=REFILL_DAYS, current=True)
    ),
    FromRecord(f.muscle_relaxant, Exists(Where("medicine", ("muscle_relaxant",), active=True))),
    FromRecord(f.antidepressant, Exists(Where("medicine", ("antidepressant",), active=True))),
    FromRecord(f.duloxetine, Exists(Where("medicine", ("duloxetine",), active=True))),
    FromRecord(f.ace_inhibitor_or_arb, Exists(Where("medicine", ("ace_inhibitor_or_arb",), active=True))),
    FromRecord(f.diuretic, Exists(Where("medicine", ("diuretic",), active=True))),
    FromRecord(f.antiplatelet, Exists(Where("medicine", ("antiplatelet",), active=True))),
    FromRecord(f.antiplatelet, Exists(Where("condition", ("long_term_antiplatelet",), active=True))),
    FromRecord(f.ssri_snri, Exists(Where("medicine", ("ssri_snri",), active=True))),
    FromRecord(f.systemic_steroid, Exists(Where("medicine", ("systemic_steroid",), without=LOCAL, active=True))),
    FromRecord(f.systemic_steroid, Exists(Where("condition", ("long_term_steroid",), active=True))),
    FromRecord(f.ppi, Exists(Where("medicine", ("ppi",), active=True))),
    # Illnesses that matter for medicines and surgery
    FromRecord(f.peptic_ulcer_or_gi_bleed, Exists(Where("condition", ("peptic_ulcer_or_gi_bleed",)))),
    FromRecord(f.heart_failure, Exists(Where("condition", ("heart_failure",)))),
    FromRecord(
        f.cardiovascular_disease,
        Exists(Where("condition", ("ischaemic_heart_disease_or_stroke", "peripheral_artery_disease"))),
    ),
    FromRecord(f.cardiovascular_disease, Exists(Where("procedure", ("coronary_revascularisation",)))),
    FromRecord(f.liver_disease, Exists(Where("condition", ("liver_disease",)))),
    FromRecord(f.depression, Exists(Where("condition", ("depression",), active=True))),
    FromRecord(f.cognitive_impairment, Exists(Where("condition", ("cognitive_impairment",)))),
    FromRecord(f.copd_or_sleep_apnoea, Exists(Where("condition", ("copd_or_sleep_apnoea",)))),
    FromRecord(f.fracture_history, Exists(Where("condition", ("fracture_any", "vertebral_fracture")))),
    FromRecord(f.alcohol_heavy, Exists(Where("condition", ("alcohol_heavy",), active=True))),
    FromRecord(f.nsaid_allergy_or_asthma, Exists(Where(("allergy", "condition"), ("nsaid_allergy",)))),
    FromRecord(f.nsaid_allergy_or_asthma, Exists(Where("allergy", ("nsaid", "aspirin_painkiller")))),
    FromRecord(f.nsaid_allergy_or_asthma, Exists(Where("condition", ("asthma",), active=True))),
    *SIGNS,
    *QUESTIONS,
)
