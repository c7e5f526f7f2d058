"""Opioids (MED-O1 … MED-O14, C-24). Nobody is told to end one at once; a plan is made with the prescriber."""

from spinesteps.knowledge import recognise as r
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.knowledge.medicine_facts import MedicineFacts as m
from spinesteps.logic.conditions import AllOf, AnyOf, Named
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

TAKES_OR_STARTS = Named("takes an opioid or is about to", f.opioid | f.opioid_new)
SLEEPING_OR_CALMING = Named("MED-O1: benzodiazepine or z drug", f.benzodiazepine | m.z_drug)
SEROTONIN = Named(
    "MED-O11: antidepressant, MAO inhibitor, linezolid, triptan, or epilepsy",
    AnyOf.of(f.antidepressant, m.maoi_or_linezolid, m.triptan, m.epilepsy),
)

OPIOIDS = (
    Rule(
        id="opioid-combination",
        direction="avoid",
        step="self_management",
        when=AllOf.of(
            f.opioid, AnyOf.of(SLEEPING_OR_CALMING, Named("MED-O2: gabapentinoid", f.gabapentinoid.condition()))
        ),
        conflicts=("C-24", "C-25"),
        evidence=(
            For("BEERS23", "MED-O1, MED-O2"),
            For("FDA-GABA19", "MED-O2: breathing"),
            For("AAFP517", "MED-O2"),
            Against("AAFP517", "a planned switch, or a gabapentinoid to lower the opioid"),
        ),
    ),
    Rule(
        id="opioid-naloxone-offer",
        direction="consider",
        step="self_management",
        when=f.opioid
        & AnyOf.of(
            f.opioid_mme_day >= LIMITS.naloxone_mme,
            f.benzodiazepine,
            f.copd_or_sleep_apnoea,
            f.age >= LIMITS.naloxone_age_years,
            f.egfr < LIMITS.naloxone_egfr,
            f.liver_disease,
        ),
        conflicts=("C-24",),
        evidence=(
            For("CDC-CDS", "MED-O6"),
            For("CDC22-NALOXONE", "benzodiazepine, sleep apnoea, 65 and over, kidney or liver failure too"),
            For("CDC-MME22", "the factors behind the total"),
            Against("CDC22", "a dose line is a signal, no law"),
        ),
    ),
    Rule(
        id="opioid-high-dose-review",
        direction="do",
        step="self_management",
        when=f.opioid & (f.opioid_mme_day >= LIMITS.high_mme),
        conflicts=("C-24",),
        evidence=(For("HEDIS-HDO", "MED-O7"), Against("CDC22", "MED-O7: no forced taper")),
    ),
    Rule(
        id="opioid-tramadol-interaction",
        direction="avoid",
        step="safety",
        delays=False,
        urgency="today",
        when=AllOf.of(f.opioid, m.tramadol, SEROTONIN),
        conflicts=("C-24",),
        evidence=(
            For("TRAMADOL-LABEL", "MED-O11: serotonin syndrome and fits"),
            Against("DESIGN", "the label was read as copied; many take both for years"),
        ),
    ),
    Rule(
        id="opioid-tramadol-dose",
        direction="avoid",
        step="self_management",
        when=AllOf.of(
            f.opioid,
            AnyOf.of(
                m.tramadol_mg_day > LIMITS.tramadol_ceiling_mg,
                AllOf.of(f.age > LIMITS.nsaid_age_years, m.tramadol_mg_day > LIMITS.tramadol_older_mg),
                AllOf.of(f.egfr < LIMITS.egfr_severe, m.tramadol_mg_day > LIMITS.tramadol_kidney_mg),
                AllOf.of(f.liver_disease, m.tramadol_mg_day > LIMITS.tramadol_liver_mg),
            ),
        ),
        conflicts=("C-24",),
        evidence=(
            For("TRAMADOL-LABEL", "MED-O12"),
            Against("DESIGN", "the label was read as copied; it means cirrhosis, the fact any liver disease"),
        ),
    ),
    Rule(
        id="opioid-extra-risk",
        direction="avoid",
        step="self_management",
        when=AllOf.of(
            TAKES_OR_STARTS,
            AnyOf.of(
                Named("MED-O4: falls or fracture", (f.falls_12_months >= LIMITS.falls_count) | f.fracture_history),
                Named("MED-O5: trouble with memory or thinking", f.cognitive_impairment.condition()),
                Named(
                    "MED-O14: COPD, sleep apnoea, or kidney function under {egfr_severe}",
                    f.copd_or_sleep_apnoea | (f.egfr < LIMITS.egfr_severe),
                ),
            ),
        ),
        conflicts=("C-24",),
        evidence=(
            For("BEERS23", "MED-O4, MED-O5"),
            For("OPIOID-LUNGS", "MED-O14: unverified, so it warns and never ends anything"),
            Against("BEERS23", "severe acute pain, such as a recent fracture, is excepted"),
        ),
    ),
    Rule(
        id="opioid-long-acting-first",
        direction="avoid",
        step="self_management",
        when=f.opioid_new & m.opioid_long_acting,
        conflicts=("C-24",),
        evidence=(For("CDC22", "MED-O9: immediate release first"), Against("DESIGN", "no trial in stenosis")),
    ),
    Rule(
        id="opioid-new-review",
        direction="do",
        step="self_management",
        when=f.opioid_new.condition(),
        conflicts=("C-24",),
        evidence=(
            For("CDC-REVIEW", "MED-O10"),
            Against("DESIGN", "the wording of the recommendation was not read"),
        ),
    ),
    Rule(
        id="opioid-do-not-start",
        direction="avoid",
        step="self_management",
        when=AnyOf.of(f.opioid_new, AllOf.of(r.STENOSIS, ~f.opioid)),
        conflicts=("C-24", "C-05"),
        evidence=(
            For("G-DK19-3"),
            For("G-NICE16-9"),
            For("G-WHO23-4"),
            For("T-OPAL", "no benefit in acute spine pain"),
            For("CDC22", "MED-O8: other care first"),
            Against("G-ACP17-2", "last resort when benefit outweighs risk"),
            Against("S003", "very rarely and briefly"),
        ),
    ),
    Rule(
        id="opioid-taper-plan",
        direction="consider",
        step="self_management",
        when=f.opioid.condition(),
        conflicts=("C-24",),
        evidence=(
            For("G-NICE20-1", "plan a way out with those already taking them"),
            For("T-1806", "some came off them during exercise"),
            Against("CDC22", "a forced or fast taper does harm; cancer and end of life are another matter"),
        ),
    ),
)
