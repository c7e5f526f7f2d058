"""Facts of our own about medicines: single substances, doses and illnesses that the MED rules name and the contract
does not. Each is asked only after another answer made it matter (decide.FOLLOW_UPS)."""

from spinesteps.logic.facts import FactGroup, Number, YesNo


class MedicineFacts(FactGroup):
    """Single substances, doses and illnesses."""

    # Anti-inflammatory painkillers and paracetamol
    nsaid_prescribed = YesNo(valid_days=90)
    nsaid_above_label = YesNo(valid_days=90)
    paracetamol_days = Number(valid_days=90, unit="days", low=0, high=36500)

    # Opioids and other medicines that make drowsy
    opioid_long_acting = YesNo(valid_days=90)
    tramadol = YesNo(valid_days=90)
    tramadol_mg_day = Number(valid_days=90, unit="mg/day", low=0, high=5000)
    z_drug = YesNo(valid_days=90)
    antipsychotic = YesNo(valid_days=90)
    antiepileptic = YesNo(valid_days=90)
    gabapentin_mg_day = Number(valid_days=90, unit="mg/day", low=0, high=10000)
    pregabalin_mg_day = Number(valid_days=90, unit="mg/day", low=0, high=5000)
    baclofen = YesNo(valid_days=90)
    tizanidine = YesNo(valid_days=90)
    cyclobenzaprine = YesNo(valid_days=90)

    # Antidepressants and what does not go with them
    duloxetine_mg_day = Number(valid_days=90, unit="mg/day", low=0, high=1000)
    tricyclic = YesNo(valid_days=90)
    maoi_or_linezolid = YesNo(valid_days=14)
    ciprofloxacin = YesNo(valid_days=14)
    fluvoxamine = YesNo(valid_days=90)
    triptan = YesNo(valid_days=90)

    # Others
    limaprost = YesNo(valid_days=90)
    epilepsy = YesNo()
    heart_rhythm_disorder = YesNo()
    overactive_thyroid = YesNo(valid_days=365)
    glaucoma_narrow_angle = YesNo()
