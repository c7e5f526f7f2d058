"""What several standards look at: selections of events, danger around an index day, the usual reasons to take out.

No code names a body part for therapy, so therapy is counted wherever it was (safety-and-codes section 5; CLAIMS-LIMIT).
"""

from pathlib import Path

from spinesteps.audits.measures import Measure, Window
from spinesteps.audits.standards import Exclusion
from spinesteps.logic.facts import Number, YesNo
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import AgeOn, CoveredDays, Exists
from spinesteps.logic.thresholds import read_thresholds

NUMBERS = read_thresholds(Path(__file__).parent / "thresholds.toml")

# Selections
BACK_TROUBLE = Where("condition", ("low_back_pain", "sciatica_or_radiculopathy"))
BACK_PAIN = Where("condition", ("low_back_pain",))
STENOSIS = Where("condition", ("lumbar_stenosis", "lumbar_stenosis_with_claudication", "lumbar_foraminal_stenosis"))
CLAUDICATION = Where("condition", ("lumbar_stenosis_with_claudication",))
SCAN = Where(("imaging", "procedure"), ("lumbar_mri", "lumbar_ct", "lumbar_xray", "lumbar_flexion_extension_xray"))
MRI = Where(("imaging", "procedure"), ("lumbar_mri",))
THERAPY = Where("procedure", ("physiotherapy_visit", "exercise_therapy", "manual_therapy", "massage"))
PHYSIOTHERAPY = Where("procedure", ("physiotherapy_visit", "exercise_therapy"))
OTHER_CARE = Where(
    "procedure",
    ("physiotherapy_visit", "physiotherapy_evaluation", "exercise_therapy", "manual_therapy",
     "cognitive_behavioural_therapy"),
)  # fmt: skip
DECOMPRESSION_OR_FUSION = Where("procedure", ("lumbar_decompression", "lumbar_fusion"))
FUSION = Where("procedure", ("lumbar_fusion",))
SPINE_SURGERY = Where(
    "procedure",
    ("lumbar_decompression", "lumbar_fusion", "lumbar_discectomy", "interspinous_device", "percutaneous_decompression"),
)
EPIDURAL = Where("procedure", ("epidural_injection",))
OPIOID = Where("medicine", ("opioid",))
NEURO = ("cauda_equina_syndrome", "foot_drop", "cervical_myelopathy", "spinal_cord_compression",
         "lumbar_spondylosis_with_myelopathy", "urinary_retention", "faecal_incontinence")  # fmt: skip
# Answers that raise at least an appointment within two weeks (RF-01 to RF-08), by their own names.
DANGER_ANSWERS = (
    "urinary_difficulty", "incontinence", "saddle_numbness", "sexual_function_change", "both_legs_weak",
    "pain_one_to_both_sides", "foot_drop_or_giving_way", "weakness_progressive", "sudden_new_deficit",
    "cord_signs_rapid", "hoffmann_sign", "babinski_sign", "inverted_supinator_sign", "sensory_level", "major_trauma",
    "height_loss_or_kyphosis", "pain_growing_or_lying_flat", "unexplained_weight_loss", "generally_ill", "fever",
    "bacteraemia", "worse_since_procedure", "sudden_severe_abdominal_or_back_pain", "faint_or_collapse",
    "pulsatile_mass", "leg_cold_pale", "rest_pain_or_foot_ulcer",
)  # fmt: skip
DANGER_CODED = Where("condition", (*NEURO, "spinal_infection", "bone_metastasis", "vertebral_fracture",
                                   "acute_limb_ischaemia", "aortic_dissection"))  # fmt: skip
DANGER_SAID = Where("answer", DANGER_ANSWERS)

# Windows
EVER = Window(before=None, complete_days=NUMBERS.enrolment_days)
EVER_AND_EARLY = Window(before=None, after=NUMBERS.early_imaging_days, complete_days=NUMBERS.enrolment_days)
YEAR = Window(before=NUMBERS.year_before_days)
YEAR_AND_EARLY = Window(before=NUMBERS.danger_before_days, after=NUMBERS.early_imaging_days)
NOBODY_SAID = "an answer that was never given raises no alarm; the coded diagnoses are looked at beside it"

# Facts and measures
age = Number("age_on_index_day", unit="years", low=0, high=130)
stenosis = YesNo("stenosis_recorded")
cancer = YesNo("cancer_recorded")
cancer_early = YesNo("cancer_or_transplant_or_hiv_recorded")
nerve_trouble = YesNo("nerve_trouble_or_infection_or_injected_drugs_recorded")
injury = YesNo("injury_recorded")
steroids = YesNo("steroids_long_recorded")
hospice = YesNo("hospice_recorded")
sickle = YesNo("sickle_cell_recorded")
danger_coded = YesNo("danger_coded_around_index")
danger_said = YesNo("danger_said_around_index")

AGE = Measure(fact=age, summary=AgeOn(Where("person", ("birth_date",))), window=Window())
STENOSIS_EVER = Measure(fact=stenosis, summary=Exists(STENOSIS), window=EVER, silence=False)
CANCER_EVER = Measure(fact=cancer, summary=Exists(Where("condition", ("cancer", "bone_metastasis"))), window=EVER,
                      silence=False)  # fmt: skip
CANCER_TRANSPLANT_HIV = Measure(
    fact=cancer_early,
    summary=Exists(Where(("condition", "procedure"), ("cancer", "bone_metastasis", "immunosuppression",
                                                      "organ_transplant"))),
    window=EVER_AND_EARLY, silence=False,
)  # fmt: skip
NERVE_TROUBLE = Measure(
    fact=nerve_trouble, summary=Exists(Where("condition", (*NEURO, "spinal_infection", "injects_drugs_possible"))),
    window=YEAR_AND_EARLY, silence=False,
)  # fmt: skip
INJURY = Measure(
    fact=injury, summary=Exists(Where("condition", ("vertebral_fracture", "fracture_any"))),
    window=Window(before=NUMBERS.trauma_before_days, after=NUMBERS.early_imaging_days), silence=False,
)  # fmt: skip
STEROIDS = Measure(
    fact=steroids, summary=CoveredDays(Where("medicine", ("systemic_steroid",), without=("local_form",))),
    window=Window(before=NUMBERS.steroid_look_days), at_least=NUMBERS.steroid_cumulative_days, silence=False,
)  # fmt: skip
HOSPICE = Measure(
    fact=hospice, summary=Exists(Where(("procedure", "condition"), ("hospice_care", "palliative_care"))),
    window=EVER_AND_EARLY, silence=False,
)  # fmt: skip
SICKLE = Measure(fact=sickle, summary=Exists(Where("condition", ("sickle_cell_disease",))), window=EVER, silence=False)
DANGER_CODED_EARLY = Measure(fact=danger_coded, summary=Exists(DANGER_CODED),
                             window=Window(after=NUMBERS.six_weeks_days), silence=False)  # fmt: skip
DANGER_SAID_EARLY = Measure(fact=danger_said, summary=Exists(DANGER_SAID), window=Window(after=NUMBERS.six_weeks_days),
                            said_yes=True, absent=False, why=NOBODY_SAID)  # fmt: skip
DANGER_CODED_BEFORE = Measure(fact=danger_coded, summary=Exists(DANGER_CODED),
                              window=Window(before=NUMBERS.urgent_before_days), silence=False)  # fmt: skip
DANGER_SAID_BEFORE = Measure(fact=danger_said, summary=Exists(DANGER_SAID),
                             window=Window(before=NUMBERS.urgent_before_days), said_yes=True, absent=False,
                             why=NOBODY_SAID)  # fmt: skip

DANGER_OUT = Exclusion("a danger sign around the index day", danger_coded | danger_said)
CANCER_OUT = Exclusion("cancer", cancer)
HOSPICE_OUT = Exclusion("hospice or palliative care", hospice)
SICKLE_OUT = Exclusion("sickle cell disease", sickle)
