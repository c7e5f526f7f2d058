"""Gabapentin and pregabalin (MED-G1 … MED-G6, C-25). Kidney bands by country; the source of each is named."""

from spinesteps.knowledge import recognise as r
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.knowledge.medicine_facts import MedicineFacts as m
from spinesteps.logic.conditions import AllOf, AnyOf, Named
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

CALMING_TOO = Named(
    "MED-G2: another calming medicine, COPD or sleep apnoea, or {older_age_years} and over",
    AnyOf.of(
        f.opioid,
        f.benzodiazepine,
        m.z_drug,
        m.antipsychotic,
        f.muscle_relaxant,
        f.copd_or_sleep_apnoea,
        f.age >= LIMITS.older_age_years,
    ),
)
OVER_BRITISH = Named(
    "more gabapentin than the British table allows",
    AnyOf.of(
        (f.egfr < LIMITS.kidney_mild) & (m.gabapentin_mg_day > LIMITS.gabapentin_uk_mild_mg),
        (f.egfr < LIMITS.kidney_middle) & (m.gabapentin_mg_day > LIMITS.gabapentin_uk_middle_mg),
        (f.egfr < LIMITS.egfr_severe) & (m.gabapentin_mg_day > LIMITS.gabapentin_uk_severe_mg),
        (f.egfr < LIMITS.kidney_failure) & (m.gabapentin_mg_day > LIMITS.gabapentin_uk_failure_mg),
    ),
)
OVER_AMERICAN = Named(
    "more gabapentin than the American label allows",
    AnyOf.of(
        (f.egfr < LIMITS.egfr_moderate) & (m.gabapentin_mg_day > LIMITS.gabapentin_us_moderate_mg),
        (f.egfr < LIMITS.egfr_severe) & (m.gabapentin_mg_day > LIMITS.gabapentin_us_severe_mg),
        (f.egfr < LIMITS.kidney_failure) & (m.gabapentin_mg_day > LIMITS.gabapentin_us_failure_mg),
    ),
)
OVER_PREGABALIN = Named(
    "more pregabalin than the table allows",
    AnyOf.of(
        (f.egfr < LIMITS.egfr_moderate) & (m.pregabalin_mg_day > LIMITS.pregabalin_moderate_mg),
        (f.egfr < LIMITS.egfr_severe) & (m.pregabalin_mg_day > LIMITS.pregabalin_severe_mg),
        (f.egfr < LIMITS.kidney_failure) & (m.pregabalin_mg_day > LIMITS.pregabalin_failure_mg),
    ),
)
AMERICAN = f.country.is_("US").condition()

GABAPENTINOIDS = (
    Rule(
        id="gabapentinoid-breathing",
        direction="do",
        step="self_management",
        when=f.gabapentinoid & CALMING_TOO,
        conflicts=("C-25",),
        evidence=(
            For("FDA-GABA19", "MED-G2: lowest dose, watch the breathing"),
            Against("DESIGN", "how often it happens is not known"),
        ),
    ),
    Rule(
        id="gabapentinoid-over-kidney-band",
        direction="avoid",
        step="self_management",
        when=AllOf.of(
            f.gabapentinoid,
            AnyOf.of(AllOf.of(AMERICAN, OVER_AMERICAN), AllOf.of(~AMERICAN, OVER_BRITISH), OVER_PREGABALIN),
        ),
        conflicts=("C-25",),
        evidence=(
            For("RENAL-UK20", "MED-G3: the table used outside the USA"),
            For("GABAPENTIN-US-LABEL", "MED-G3: the table used in the USA"),
            Against("DESIGN", "the tables are for creatinine clearance; the fact is the eGFR"),
        ),
    ),
    Rule(
        id="gabapentinoid-dose-kidney",
        direction="do",
        step="self_management",
        when=f.gabapentinoid & (f.egfr < LIMITS.egfr_moderate),
        conflicts=("C-25",),
        evidence=(
            For("BEERS19-RENAL", "MED-G3"),
            For("RENAL-UK20"),
            Against("GABAPENTIN-US-LABEL", "other bands than the British ones"),
        ),
    ),
    Rule(
        id="gabapentinoid-swelling",
        direction="do",
        step="self_management",
        when=f.gabapentinoid & f.heart_failure,
        conflicts=("C-25",),
        evidence=(
            For("PREGABALIN-MIMS", "MED-G4: reports of heart failure in older people"),
            Against("DESIGN", "written for pregabalin; the fact knows the class"),
        ),
    ),
    Rule(
        id="gabapentinoid-pregnancy",
        direction="avoid",
        step="self_management",
        when=f.gabapentinoid & (f.pregnancy_weeks > LIMITS.not_pregnant_weeks),
        conflicts=("C-25",),
        evidence=(
            For("MHRA-PREGABALIN22", "MED-G6"),
            Against("MHRA-PREGABALIN22", "written for pregabalin; the rise in malformations was small"),
        ),
    ),
    Rule(
        id="gabapentinoid-past-end",
        direction="avoid",
        step="self_management",
        when=f.gabapentinoid & (f.gabapentinoid_weeks > LIMITS.gabapentinoid_end_weeks),
        conflicts=("C-25",),
        evidence=(
            For("T-GPMA", "MED-G1: no effect at 2, 4 or 8 weeks"),
            For("PREGABALIN-MIMS", "MED-G5: over at least a week"),
            Against("T-GPMA", "pain was less at 3 months"),
        ),
    ),
    Rule(
        id="gabapentinoid-review",
        direction="do",
        step="self_management",
        when=f.gabapentinoid & (f.gabapentinoid_weeks >= LIMITS.gabapentinoid_review_weeks),
        conflicts=("C-25",),
        evidence=(
            For("T-GPMA", "MED-G1: adverse events OR 5.88"),
            For("S003", "drowsiness, driving"),
            Against("DESIGN", "4 to 8 weeks is our choice"),
        ),
    ),
    Rule(
        id="gabapentinoid-not-recommended",
        direction="avoid",
        step="self_management",
        when=AnyOf.of(r.STENOSIS, f.gabapentinoid),
        conflicts=("C-25", "C-05"),
        evidence=(
            For("G-NICE20-1"),
            For("G-DK19-3"),
            For("T-PREG", "no better than an active placebo"),
            For("T-GPMA"),
            Against("T-GAB", "one open trial of 55 was positive"),
        ),
    ),
)
