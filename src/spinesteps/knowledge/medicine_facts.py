"""Facts of our own about medicines: single substances, doses and illnesses that the MED rules name and the contract
does not. Each is asked only after another answer made it matter (decide.FOLLOW_UPS)."""

from spinesteps.logic.facts import Number, YesNo

# Anti-inflammatory painkillers and paracetamol
nsaid_prescribed = YesNo("nsaid_prescribed", valid_days=90)
nsaid_above_label = YesNo("nsaid_above_label", valid_days=90)
paracetamol_days = Number("paracetamol_days", valid_days=90, unit="days", low=0, high=36500)

# Opioids and other medicines that make drowsy
opioid_long_acting = YesNo("opioid_long_acting", valid_days=90)
tramadol = YesNo("tramadol", valid_days=90)
tramadol_mg_day = Number("tramadol_mg_day", valid_days=90, unit="mg/day", low=0, high=5000)
z_drug = YesNo("z_drug", valid_days=90)
antipsychotic = YesNo("antipsychotic", valid_days=90)
antiepileptic = YesNo("antiepileptic", valid_days=90)
gabapentin_mg_day = Number("gabapentin_mg_day", valid_days=90, unit="mg/day", low=0, high=10000)
pregabalin_mg_day = Number("pregabalin_mg_day", valid_days=90, unit="mg/day", low=0, high=5000)
baclofen = YesNo("baclofen", valid_days=90)
tizanidine = YesNo("tizanidine", valid_days=90)
cyclobenzaprine = YesNo("cyclobenzaprine", valid_days=90)

# Antidepressants and what does not go with them
duloxetine_mg_day = Number("duloxetine_mg_day", valid_days=90, unit="mg/day", low=0, high=1000)
tricyclic = YesNo("tricyclic", valid_days=90)
maoi_or_linezolid = YesNo("maoi_or_linezolid", valid_days=14)
ciprofloxacin = YesNo("ciprofloxacin", valid_days=14)
fluvoxamine = YesNo("fluvoxamine", valid_days=90)
triptan = YesNo("triptan", valid_days=90)

# Others
limaprost = YesNo("limaprost", valid_days=90)
epilepsy = YesNo("epilepsy")
heart_rhythm_disorder = YesNo("heart_rhythm_disorder")
overactive_thyroid = YesNo("overactive_thyroid", valid_days=365)
glaucoma_narrow_angle = YesNo("glaucoma_narrow_angle")

# fmt: off
MEDICINE_FACTS = (
    nsaid_prescribed, nsaid_above_label, paracetamol_days, opioid_long_acting, tramadol, tramadol_mg_day, z_drug,
    antipsychotic, antiepileptic, gabapentin_mg_day, pregabalin_mg_day, baclofen, tizanidine, cyclobenzaprine,
    duloxetine_mg_day, tricyclic, maoi_or_linezolid, ciprofloxacin, fluvoxamine, triptan, limaprost, epilepsy,
    heart_rhythm_disorder, overactive_thyroid, glaucoma_narrow_angle,
)
# fmt: on
