"""What a coded danger says of the danger facts: a sign from its date, or a question. Contract sections 2 and 5.

A diagnosis by a verified code, confirmed and going on, is its sign for as long as the sign keeps, whatever was
answered before. Everything else that stands for a danger asks: a code nobody verified, an illness that is suspected
or over, a code found outside a diagnosis, or one that says less than the sign (an old fracture, chills). An older
"no" does not answer it. Which facts a sign or a question is about is our reading (draft).
"""

from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.mind_facts import MindFacts as m
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.sources import FromRecord, asks
from spinesteps.logic.history.summaries import DaysSince, Exists, Latest

CAUDA_EQUINA = Where("condition", ("cauda_equina_syndrome",), active=True)
FOOT_DROP = Where("condition", ("foot_drop",), active=True)
NECK_CORD = Where("condition", ("cervical_myelopathy",), active=True)
SPINAL_INFECTION = Where("condition", ("spinal_infection",), active=True)
DISSECTION = Where("condition", ("aortic_dissection",), active=True)

SIGNS = (
    FromRecord(f.saddle_numbness, Exists(CAUDA_EQUINA, about="began")),
    FromRecord(f.cauda_equina_onset_days, DaysSince(CAUDA_EQUINA)),
    FromRecord(
        f.urinary_difficulty, Exists(Where("condition", ("urinary_retention",), active=True), about="began")
    ),
    FromRecord(
        f.incontinence,
        Exists(Where("condition", ("urinary_incontinence", "faecal_incontinence"), active=True), about="began"),
    ),
    FromRecord(f.foot_drop_or_giving_way, Exists(FOOT_DROP, about="began")),
    # Question 9 of the PHQ-9 (RF-13): "not at all" proves nothing, so it settles nothing.
    FromRecord(
        m.self_harm_thoughts,
        Latest(
            Where("observation", ("phq9_item_9",)),
            means=(("several_days", True), ("more_than_half", True), ("nearly_every_day", True)),
        ),
    ),
    FromRecord(f.foot_drop_onset_days, DaysSince(FOOT_DROP)),
    FromRecord(f.hand_clumsiness, Exists(NECK_CORD, about="began")),
    FromRecord(f.gait_unsteady, Exists(NECK_CORD, about="began")),
    FromRecord(f.sensory_level, Exists(Where("condition", ("spinal_cord_compression",), active=True), about="began")),
    FromRecord(f.bacteraemia, Exists(SPINAL_INFECTION, about="began")),
    FromRecord(f.new_focal_spine_pain, Exists(SPINAL_INFECTION, about="began")),
    FromRecord(
        f.worse_since_procedure, Exists(Where("condition", ("infection_after_procedure",), active=True), about="began")
    ),
    FromRecord(f.fever, Exists(Where("condition", ("fever",), active=True), about="began")),
    FromRecord(f.unexplained_weight_loss, Exists(Where("condition", ("weight_loss",), active=True), about="began")),
    FromRecord(f.sudden_severe_abdominal_or_back_pain, Exists(DISSECTION, about="began")),
    FromRecord(f.known_aortic_aneurysm, Exists(Where("condition", ("aortic_dissection",)))),
    FromRecord(f.faint_or_collapse, Exists(Where("condition", ("collapse",), active=True), about="began")),
    FromRecord(f.leg_cold_pale, Exists(Where("condition", ("acute_limb_ischaemia",), active=True), about="began")),
    FromRecord(
        f.rest_pain_or_foot_ulcer,
        Exists(Where("condition", ("limb_threatening_ischaemia",), active=True), about="began"),
    ),
    FromRecord(f.calf_swollen, Exists(Where("condition", ("deep_vein_thrombosis",), active=True), about="began")),
    FromRecord(
        f.breathless_or_chest_pain,
        Exists(
            Where("condition", ("breathlessness", "chest_pain", "pulmonary_embolism"), active=True), about="began"
        ),
    ),
)  # fmt: skip

# The fact to ask, and what asks it.
QUESTIONS = (
    asks(f.urinary_difficulty, "cauda_equina_syndrome", "urinary_retention"),
    asks(f.incontinence, "cauda_equina_syndrome", "urinary_incontinence", "stress_incontinence", "faecal_incontinence"),
    asks(f.saddle_numbness, "cauda_equina_syndrome"),
    asks(f.both_legs_weak, "cauda_equina_syndrome", "spinal_cord_compression", "spinal_cord_lesion_old"),
    asks(f.foot_drop_or_giving_way, "foot_drop", "falls"),
    asks(f.hand_clumsiness, "cervical_myelopathy", "spinal_cord_compression"),
    asks(f.gait_unsteady, "cervical_myelopathy", "spinal_cord_compression", "lumbar_spondylosis_with_myelopathy"),
    asks(f.sensory_level, "spinal_cord_compression"),
    asks(f.new_focal_spine_pain, "spinal_infection", "vertebral_fracture", "bone_metastasis"),
    asks(f.height_loss_or_kyphosis, "vertebral_fracture", "kyphosis"),
    asks(f.cancer_history, "cancer", "bone_metastasis", "cancer_possible", "skin_cancer_not_melanoma"),
    asks(f.cancer_history, "cancer_treatment"),
    asks(f.pain_growing_or_lying_flat, "bone_metastasis"),
    asks(f.unexplained_weight_loss, "weight_loss"),
    asks(m.self_harm_thoughts, "drug_overdose"),
    asks(f.generally_ill, "bacteraemia_or_sepsis", "spinal_infection"),
    asks(f.fever, "fever", "chills", "bacteraemia_or_sepsis", "spinal_infection", "infection_after_procedure"),
    asks(f.bacteraemia, "bacteraemia_or_sepsis", "spinal_infection"),
    asks(f.worse_since_procedure, "infection_after_procedure"),
    asks(f.wound_problem, "infection_after_procedure"),
    asks(f.infection_or_line_3_months, "infection_after_procedure", "spinal_infection", "bacteraemia_or_sepsis"),
    asks(f.spine_fused_or_stiff, "fusion_status_site_unknown"),
    asks(f.immunosuppressed, "immunosuppression", "organ_transplant", "immunosuppressant", "chemotherapy"),
    asks(f.immunosuppressed, "cancer_treatment"),
    asks(f.injects_drugs, "injects_drugs_possible", "opioid_misuse", "drug_overdose"),
    asks(f.dialysis, "dialysis"),
    asks(f.osteoporosis, "osteoporosis"),
    asks(f.known_aortic_aneurysm, "aortic_aneurysm", "aortic_dissection"),
    asks(f.sudden_severe_abdominal_or_back_pain, "aortic_dissection"),
    asks(f.faint_or_collapse, "collapse"),
    asks(f.leg_cold_pale, "acute_limb_ischaemia", "limb_threatening_ischaemia"),
    asks(f.rest_pain_or_foot_ulcer, "limb_threatening_ischaemia"),
    asks(f.calf_swollen, "deep_vein_thrombosis"),
    asks(f.breathless_or_chest_pain, "breathlessness", "chest_pain", "pulmonary_embolism", "deep_vein_thrombosis"),
    asks(f.anticoagulant, "long_term_anticoagulant", "anticoagulant"),
)
