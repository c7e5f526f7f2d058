"""What is implied between facts about medicines, and which of them is asked only after another answer."""

from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.medicine_facts import MedicineFacts as m
from spinesteps.logic.conditions import AnyOf
from spinesteps.logic.implied import Implies
from spinesteps.pathway.rules import Ask

MEDICINE_IMPLIED = (
    Implies(m.tramadol_mg_day > 0, m.tramadol, True),
    Implies(m.tramadol.condition(), f.opioid, True),
    Implies(m.gabapentin_mg_day > 0, f.gabapentinoid, True),
    Implies(m.pregabalin_mg_day > 0, f.gabapentinoid, True),
    Implies(m.baclofen.condition(), f.muscle_relaxant, True),
    Implies(m.tizanidine.condition(), f.muscle_relaxant, True),
    Implies(m.cyclobenzaprine.condition(), f.muscle_relaxant, True),
    Implies(m.duloxetine_mg_day > 0, f.duloxetine, True),
    Implies(m.tricyclic.condition(), f.antidepressant, True),
    Implies(m.fluvoxamine.condition(), f.ssri_snri, True),
    Implies(f.ssri_snri.condition(), f.antidepressant, True),
)

_TAKES_DULOXETINE = f.duloxetine.condition()
MEDICINE_FOLLOW_UPS = (
    Ask(f.nsaid_days, f.nsaid.condition()),
    Ask(f.two_nsaids, f.nsaid.condition()),
    Ask(f.diclofenac, f.nsaid.condition()),
    Ask(f.ppi, f.nsaid.condition()),
    Ask(m.nsaid_prescribed, f.nsaid.condition()),
    Ask(m.nsaid_above_label, f.nsaid.condition()),
    Ask(m.paracetamol_days, f.paracetamol_mg_day > 0),
    Ask(f.opioid_mme_day, f.opioid.condition()),
    Ask(m.opioid_long_acting, f.opioid_new.condition()),
    Ask(m.tramadol, f.opioid.condition()),
    Ask(m.tramadol_mg_day, m.tramadol.condition()),
    Ask(m.triptan, m.tramadol.condition()),
    Ask(m.epilepsy, m.tramadol.condition()),
    Ask(f.gabapentinoid_weeks, f.gabapentinoid.condition()),
    Ask(m.gabapentin_mg_day, f.gabapentinoid.condition()),
    Ask(m.pregabalin_mg_day, f.gabapentinoid.condition()),
    Ask(f.muscle_relaxant_days, f.muscle_relaxant.condition()),
    Ask(m.baclofen, f.muscle_relaxant.condition()),
    Ask(m.tizanidine, f.muscle_relaxant.condition()),
    Ask(m.cyclobenzaprine, f.muscle_relaxant.condition()),
    Ask(f.ssri_snri, f.antidepressant.condition()),
    Ask(f.duloxetine, f.antidepressant.condition()),
    Ask(m.tricyclic, f.antidepressant.condition()),
    Ask(m.fluvoxamine, m.tizanidine.condition()),
    Ask(m.duloxetine_mg_day, _TAKES_DULOXETINE),
    Ask(m.glaucoma_narrow_angle, AnyOf.of(f.duloxetine, m.tricyclic, f.depression)),
    Ask(m.maoi_or_linezolid, AnyOf.of(f.duloxetine, m.tramadol, m.cyclobenzaprine, f.depression)),
    Ask(m.ciprofloxacin, AnyOf.of(f.duloxetine, m.tizanidine, f.depression)),
    Ask(m.heart_rhythm_disorder, AnyOf.of(m.tricyclic, m.cyclobenzaprine)),
    Ask(m.overactive_thyroid, m.cyclobenzaprine.condition()),
    Ask(m.limaprost, f.country.is_("JP", "KR", "TH").condition()),
)
