"""What the handover sheet and the letter to the doctor show."""

from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.medicine_facts import MedicineFacts as m
from spinesteps.pathway.sheet import Sheet

SHEET = Sheet(
    onsets=(
        (("RF-01",), f.cauda_equina_onset_days),
        (("RF-02a", "RF-02b", "RF-02c", "RF-02d", "RF-02e", "RF-02g"), f.weakness_onset_days),
        (("RF-02f",), f.foot_drop_onset_days),
        (("RF-06",), f.spine_procedure_days),
    ),
    thinners=(f.anticoagulant, f.antiplatelet),
    medicines=(f.nsaid, f.opioid, f.benzodiazepine, f.gabapentinoid, f.muscle_relaxant, f.systemic_steroid),
    allergies=(f.nsaid_allergy_or_asthma,),
    conditions=(f.cancer_history, f.immunosuppressed, f.dialysis, f.diabetes, f.heart_failure, f.known_aortic_aneurysm,
                f.osteoporosis),
    about=(f.age, f.sex, f.spine_surgery, f.surgery_days_ago, f.esi_days_ago),
    walking=(f.walking_distance_m, f.walking_minutes, f.pain_leg, f.pain_back, f.odi),
    findings=(f.mri_done, f.mri_weeks_ago, f.mri_stenosis, f.schizas, f.stenosis_site, f.spondylolisthesis, f.abi,
              f.pulses_present, f.egfr, f.haemoglobin_g_l, f.hba1c, f.zcq_symptom, f.zcq_function, f.phq2, f.gad2),
    doses=(f.paracetamol_mg_day, f.nsaid_days, f.opioid_mme_day, m.tramadol_mg_day, m.gabapentin_mg_day,
           m.pregabalin_mg_day, f.gabapentinoid_weeks, m.duloxetine_mg_day, f.muscle_relaxant_days),
)  # fmt: skip
