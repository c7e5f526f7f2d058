"""Anti-inflammatory painkillers (MED-N1 … MED-N16, C-23). A course only when every contraindication is settled no.

The names of the conditions carry the ids of the evidence, so that a reason tree says which rule fired.
"""

from spinesteps.knowledge import recognise as r
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.knowledge.medicine_facts import MedicineFacts as m
from spinesteps.logic.conditions import AllOf, AnyOf, Named, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

NO_TRIAL = Against("DESIGN", "no trial of an NSAID against a dummy pill was found in stenosis")
SHOP = Named("bought without a prescriber", ~m.nsaid_prescribed)
CANNOT_BE_PREGNANT = Named("male, or past the age", f.sex.is_("male") | (f.age >= LIMITS.pregnancy_age_years))
KIDNEYS = Named("MED-N1: kidney function under {egfr_severe}", f.egfr < LIMITS.egfr_severe)
KIDNEYS_MIDDLE = Named(
    "MED-N2: kidney function {egfr_severe} to {egfr_moderate:below}",
    (f.egfr >= LIMITS.egfr_severe) & (f.egfr < LIMITS.egfr_moderate),
)
TRIPLE = Named("MED-N3: ACE inhibitor or ARB with a diuretic", f.ace_inhibitor_or_arb & f.diuretic)
PAIR_AND_AGE = Named(
    "MED-N4: ACE inhibitor, ARB or diuretic, above {older_age_years}",
    (f.ace_inhibitor_or_arb | f.diuretic) & (f.age > LIMITS.older_age_years),
)
DICLOFENAC_HEART = Named(
    "MED-N5: diclofenac with heart or vessel disease", f.diclofenac & (f.heart_failure | f.cardiovascular_disease)
)
HEART_FAILURE = Named("MED-N6: heart failure", f.heart_failure.condition())
HEART_RISK = Named(
    "MED-N7: heart or vessel disease, or blood pressure out of control",
    f.cardiovascular_disease | f.hypertension_uncontrolled,
)
ULCER = Named("MED-N8: stomach ulcer or gut bleeding ever", f.peptic_ulcer_or_gi_bleed.condition())
BLEEDS = Named(
    "MED-N10, MED-N11: above {nsaid_age_years}, steroid, blood thinner, antiplatelet, SSRI or SNRI",
    AnyOf.of(
        f.age > LIMITS.nsaid_age_years,
        f.systemic_steroid,
        f.anticoagulant,
        f.antiplatelet,
        f.antidepressant & f.ssri_snri,
    ),
)
THINNER_FROM_SHOP = Named("MED-N11: blood thinner with an NSAID from a shop", f.anticoagulant & SHOP)
PREGNANT = Named(
    "MED-N12: pregnancy of {nsaid_pregnancy_weeks} weeks or more",
    AllOf.of(~established(CANNOT_BE_PREGNANT), f.pregnancy_weeks >= LIMITS.nsaid_pregnancy_weeks),
)
PREGNANT_LATE = Named(
    "MED-N12: pregnancy of {nsaid_pregnancy_end_weeks} weeks or more, "
    "or from {nsaid_pregnancy_weeks} with an NSAID from a shop",
    AllOf.of(
        PREGNANT,
        AnyOf.of(SHOP, f.pregnancy_weeks >= LIMITS.nsaid_pregnancy_end_weeks),
    ),
)
PREGNANT_AT_ALL = Named(
    "MED-N12: pregnant", AllOf.of(~established(CANNOT_BE_PREGNANT), f.pregnancy_weeks > LIMITS.not_pregnant_weeks)
)
TWO = Named("MED-N13: two NSAIDs at once", f.nsaid & f.two_nsaids)
ALLERGY = Named("MED-N15: allergy or asthma from an NSAID", f.nsaid_allergy_or_asthma.condition())
KIDNEYS_WEAK = Named("MED-N1, MED-N2: kidney function under {egfr_moderate}", f.egfr < LIMITS.egfr_moderate)

NSAID_STOP = Rule(
    id="nsaid-stop",
    direction="stop",
    step="safety",
    delays=False,
    urgency="today",
    when=AllOf.of(
        f.nsaid,
        AnyOf.of(KIDNEYS, DICLOFENAC_HEART, ULCER, THINNER_FROM_SHOP, PREGNANT_LATE, f.two_nsaids, ALLERGY),
    ),
    conflicts=("C-23",),
    evidence=(
        For("BEERS23", "MED-N1: kidneys"),
        For("MHRA-DICLO13", "MED-N5: diclofenac with heart or vessel disease"),
        For("IBUPROFEN-SMPC", "MED-N8 and MED-N15: on the label of every NSAID"),
        For("NAPROXEN-SMPC", "MED-N15"),
        For("PDDI-WARFARIN", "MED-N11: self-care with a blood thinner"),
        For("FDA-NSAID20", "MED-N12: pregnancy"),
        For("DESIGN", "MED-N13: two at once"),
        Against("SMPC-RECURRENT", "labels name recurrent ulcers; a single old one is our stricter reading"),
    ),
)
NSAID_WITH_THINNER = Rule(
    id="nsaid-with-blood-thinner",
    direction="avoid",
    step="safety",
    delays=False,
    urgency="today",
    when=AllOf.of(f.nsaid, f.anticoagulant),
    conflicts=("C-23",),
    evidence=(
        For("PDDI-WARFARIN", "MED-N11: also when both are prescribed"),
        For("SCOT-POLY", "MED-N10"),
        Against("DESIGN", "a prescriber may have weighed it; within a day is our choice"),
    ),
)
NSAIDS = (
    Rule(
        id="nsaid-avoid",
        direction="avoid",
        step="self_management",
        when=AnyOf.of(KIDNEYS, TRIPLE, HEART_FAILURE, ULCER, BLEEDS, PREGNANT, ALLERGY),
        conflicts=("C-23",),
        evidence=(
            For("LAPI13", "MED-N3"),
            For("DREISCHULTE15", "MED-N3"),
            For("NICE-KTT13", "MED-N6"),
            For("BEERS-PUBLIC", "MED-N10"),
            For("SCOT-POLY", "MED-N10"),
            For("PDDI-WARFARIN", "MED-N11"),
            For("IBUPROFEN-SMPC", "MED-N8, MED-N15"),
            For("FDA-NSAID20", "MED-N12"),
            Against("G-NICE16-9", "possible in back pain after a risk check"),
        ),
    ),
    Rule(
        id="nsaid-with-ppi",
        direction="consider",
        step="self_management",
        when=AllOf.of(f.nsaid, f.age >= LIMITS.older_age_years, ~f.ppi),
        conflicts=("C-23",),
        opposes=("nsaid-stop",),
        evidence=(
            For("NI-FORMULARY", "MED-N9"),
            For("G-NICE16-9", "MED-N9"),
            Against("BEERS15-CCJM", "stomach protection for more than 8 weeks only with a reason"),
        ),
    ),
    Rule(
        id="nsaid-kidney-check",
        direction="do",
        step="self_management",
        when=AllOf.of(f.nsaid, AnyOf.of(KIDNEYS_MIDDLE, TRIPLE, PAIR_AND_AGE)),
        conflicts=("C-23",),
        evidence=(
            For("LAPI13", "MED-N3: most harm in the first 30 days"),
            For("SCOT-POLY", "MED-N4"),
            For("SPS-MONITORING", "1 to 2 weeks after a change with an ACE inhibitor or ARB"),
            Against("NSAID-INTERVAL", "the interval after an NSAID itself was not read in a guideline"),
        ),
    ),
    Rule(
        id="nsaid-heart-choice",
        direction="avoid",
        step="self_management",
        when=f.nsaid & HEART_RISK,
        conflicts=("C-23",),
        evidence=(
            For("NICE-KTT13", "MED-N7: naproxen up to 1000 mg or ibuprofen up to 1200 mg"),
            For("MHRA-DICLO13", "MED-N5: not diclofenac, and not the COX-2 kind"),
            NO_TRIAL,
        ),
    ),
    Rule(
        id="nsaid-above-label",
        direction="avoid",
        step="self_management",
        when=f.nsaid & m.nsaid_above_label,
        evidence=(
            For("IBUPROFEN-SMPC", "1200 mg in 24 hours"),
            For("OTC-NSAID-DOSES"),
            Against("DESIGN", "a prescriber may set a higher dose"),
        ),
    ),
    Rule(
        id="nsaid-course-review",
        direction="do",
        step="self_management",
        when=AllOf.of(
            f.nsaid,
            AnyOf.of(
                f.nsaid_days > LIMITS.nsaid_course_days,
                AllOf.of(SHOP, f.nsaid_days > LIMITS.shop_painkiller_days),
            ),
        ),
        conflicts=("C-23",),
        evidence=(
            For("IBUPROFEN-SMPC", "MED-N14: a doctor after 10 days"),
            For("G-NICE16-9", "the shortest time"),
            Against("DESIGN", "the two weeks are our choice"),
        ),
    ),
    Rule(
        id="nsaid-before-procedure",
        direction="do",
        step="surgery",
        when=f.nsaid & f.surgery_planned,
        evidence=(For("DESIGN", "MED-N16: last dose by the team's own list"), NO_TRIAL),
    ),
    Rule(
        id="nsaid-short-course",
        direction="consider",
        step="self_management",
        who=r.STENOSIS,
        when=AllOf.of(f.back_pain, AnyOf.of(~f.nsaid, f.nsaid_days <= LIMITS.nsaid_course_days)),
        unless=(
            KIDNEYS_WEAK,
            TRIPLE,
            PAIR_AND_AGE,
            HEART_FAILURE,
            HEART_RISK,
            ULCER,
            BLEEDS,
            PREGNANT_AT_ALL,
            TWO,
            ALLERGY,
            Named("any liver disease (the label says severe)", f.liver_disease.condition()),
        ),
        conflicts=("C-23", "C-05"),
        opposes=("nsaid-stop", "nsaid-avoid"),
        evidence=(
            For("S003", "the usual painkiller"),
            For("G-NICE16-9", "lowest dose, shortest time, after a risk check"),
            For("G-ACP17-2", "first among medicines in chronic back pain"),
            Against("G-DK19-3", "not recommended in stenosis"),
            Against("G-BUS21-5"),
            Against("IBUPROFEN-LEAFLET", "not with severe liver, kidney or heart disease"),
            NO_TRIAL,
        ),
    ),
)
