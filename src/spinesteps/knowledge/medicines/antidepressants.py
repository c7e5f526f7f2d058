"""Antidepressants for pain (MED-D1 … MED-D9, C-26). Not standard; with depression beside it a clinician's option."""

from spinesteps.knowledge import recognise as r
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.knowledge.medicine_facts import MedicineFacts as m
from spinesteps.logic.conditions import AllOf, AnyOf, Named
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

KIDNEYS = Named("MED-D2: kidney function under {egfr_severe}", f.egfr < LIMITS.egfr_severe)
LIVER = Named("MED-D2, MED-D3: liver disease or heavy alcohol", f.liver_disease | f.alcohol_heavy)
NOT_TOGETHER = Named(
    "MED-D4: MAO inhibitor, linezolid, ciprofloxacin or enoxacin", m.maoi_or_linezolid | m.ciprofloxacin
)
PRESSURE = Named(
    "MED-D4: blood pressure out of control, or narrow-angle glaucoma",
    f.hypertension_uncontrolled | m.glaucoma_narrow_angle,
)

ANTIDEPRESSANTS = (
    Rule(
        id="antidepressant-duloxetine-avoid",
        direction="avoid",
        step="safety",
        delays=False,
        urgency="today",
        when=AllOf.of(f.antidepressant, f.duloxetine, AnyOf.of(KIDNEYS, LIVER, NOT_TOGETHER, PRESSURE)),
        conflicts=("C-26",),
        evidence=(
            For("DULOXETINE-MIMS", "MED-D2, MED-D4"),
            For("DULOXETINE-LIVER", "MED-D3"),
            Against("DESIGN", "a sudden end does harm, so the prescriber decides how"),
        ),
    ),
    Rule(
        id="antidepressant-tricyclic-avoid",
        direction="avoid",
        step="self_management",
        when=AllOf.of(
            f.antidepressant,
            m.tricyclic,
            Named(
                "MED-D8: {older_age_years} and over, "
                "memory trouble, trouble passing urine, glaucoma or heart rhythm disorder",
                AnyOf.of(
                    f.age >= LIMITS.older_age_years,
                    f.cognitive_impairment,
                    f.urinary_disturbance_chronic,
                    m.glaucoma_narrow_angle,
                    m.heart_rhythm_disorder,
                ),
            ),
        ),
        conflicts=("C-26",),
        evidence=(
            For("BEERS15-CCJM", "MED-D8: amitriptyline from 65 on"),
            Against("DESIGN", "the illnesses beside age were not read on a page; low doses at night are common"),
        ),
    ),
    Rule(
        id="antidepressant-bleeding",
        direction="do",
        step="self_management",
        when=AllOf.of(f.antidepressant, f.ssri_snri, AnyOf.of(f.nsaid, f.antiplatelet, f.anticoagulant)),
        conflicts=("C-26",),
        evidence=(
            For("DULOXETINE-LABEL", "MED-D5"),
            For("SCOT-POLY", "MED-N10"),
            Against("DESIGN", "many need both; it asks for care, not for an end"),
        ),
    ),
    Rule(
        id="antidepressant-duloxetine-dose",
        direction="avoid",
        step="self_management",
        when=f.antidepressant & (m.duloxetine_mg_day > LIMITS.duloxetine_ceiling_mg),
        conflicts=("C-26",),
        evidence=(
            For("DULOXETINE-DOSE", "MED-D1"),
            Against("DESIGN", "for depression a prescriber may go higher"),
        ),
    ),
    Rule(
        id="antidepressant-duloxetine-older",
        direction="do",
        step="self_management",
        when=AllOf.of(f.antidepressant, f.duloxetine, f.age >= LIMITS.older_age_years),
        conflicts=("C-26",),
        evidence=(
            For("DULOXETINE-LABEL", "MED-D6: falls and low sodium"),
            Against("DESIGN", "2 to 4 weeks is our choice; the label gives no time"),
        ),
    ),
    Rule(
        id="antidepressant-young",
        direction="do",
        step="self_management",
        when=f.antidepressant & (f.age < LIMITS.young_adult_years),
        conflicts=("C-26",),
        evidence=(
            For("DULOXETINE-YOUNG", "MED-D7"),
            Against("DESIGN", "depression itself brings such thoughts"),
        ),
    ),
    Rule(
        id="antidepressant-review",
        direction="do",
        step="self_management",
        when=f.antidepressant & (f.duloxetine | m.tricyclic),
        conflicts=("C-26",),
        evidence=(
            For("DULOXETINE-MIMS", "MED-D9: end it slowly; less is left in smokers"),
            For("G-BUS21-4", "a trial, so it has an end"),
            Against("DESIGN", "the 8 weeks are our choice"),
        ),
    ),
    Rule(
        id="antidepressant-option",
        direction="consider",
        step="specialist_options",
        who=r.STENOSIS,
        when=AllOf.of(f.depression, ~f.antidepressant),
        unless=(
            KIDNEYS,
            LIVER,
            NOT_TOGETHER,
            PRESSURE,
            Named("MED-O11: tramadol", f.opioid & m.tramadol),
        ),
        conflicts=("C-26",),
        evidence=(
            For("G-BUS21-4", "a trial of SNRI or tricyclic may be given"),
            For("G-ACP17-2", "duloxetine second line in chronic back pain"),
            Against("G-NICE16-9", "not for back pain"),
            Against("S003", "no good research in stenosis"),
        ),
    ),
    Rule(
        id="antidepressant-not-standard",
        direction="avoid",
        step="self_management",
        who=r.STENOSIS,
        when=AllOf.of(~f.antidepressant, ~f.depression),
        conflicts=("C-26",),
        evidence=(
            For("G-NICE16-9"),
            For("S003"),
            Against("G-BUS21-4"),
        ),
    ),
)
