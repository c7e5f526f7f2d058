"""What concerns several classes: three calming medicines, driving, warning signs; and steroids, limaprost, bladder."""

from spinesteps.knowledge import recognise as r
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.medicine_facts import MedicineFacts as m
from spinesteps.knowledge.medicines.nsaids import PREGNANT_AT_ALL
from spinesteps.logic.conditions import AllOf, AnyOf, AtLeast, Named
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

SEDATING = Named(
    "a medicine that can make drowsy",
    AnyOf.of(
        f.opioid,
        f.opioid_new,
        f.benzodiazepine,
        m.z_drug,
        f.gabapentinoid,
        f.muscle_relaxant,
        f.antidepressant & m.tricyclic,
        m.antipsychotic,
    ),
)
SOLD_HERE = Named("MED-L1: a country where limaprost is sold", f.country.is_("JP", "KR", "TH").condition())
ANTITHROMBOTIC = f.anticoagulant | f.antiplatelet

BLADDER_AND_MEDICINES = Rule(
    id="bladder-and-medicines",
    direction="do",
    step="safety",
    delays=False,
    when=AllOf.of(f.urinary_difficulty, f.opioid | f.antidepressant),
    evidence=(
        For("DULOXETINE-LABEL", "MED-O13: trouble passing urine"),
        Against("G-CES", "it never lowers RF-01: the medicine may mimic, and the nerves may still be pressed"),
    ),
)
OTHERS = (
    Rule(
        id="calming-drugs-three",
        direction="avoid",
        step="self_management",
        when=Named(
            "MED-O3: three or more medicines that act on the brain",
            AtLeast.of(
                3,
                f.opioid,
                f.benzodiazepine,
                m.z_drug,
                f.antidepressant,
                m.antipsychotic,
                f.gabapentinoid | m.antiepileptic,
                f.muscle_relaxant,
            ),
        ),
        evidence=(
            For("BEERS23", "MED-O3: falls"),
            For("K-FALL", "falls are common before surgery"),
            Against("DESIGN", "counting muscle relaxants was not read on a page"),
        ),
    ),
    Rule(
        id="benzodiazepine-not-recommended",
        direction="avoid",
        step="self_management",
        when=f.benzodiazepine | m.z_drug,
        evidence=(
            For("G-NICE20-1", "no benzodiazepine for sciatica"),
            For("BEERS15-CCJM", "falls, fractures, memory"),
            Against("DESIGN", "may be taken for another illness"),
        ),
    ),
    Rule(
        id="driving-and-medicines",
        direction="do",
        step="self_management",
        when=f.drives & SEDATING,
        evidence=(
            For("UK-DRIVING", "MED-DR1"),
            For("S003", "MED-M6: driving"),
            Against("UK-DRIVING", "a defence exists when taken as advised and not impaired"),
        ),
    ),
    Rule(
        id="medicine-warning-signs",
        direction="do",
        step="self_management",
        when=AnyOf.of(
            f.nsaid,
            f.opioid,
            f.benzodiazepine,
            f.gabapentinoid,
            f.muscle_relaxant,
            f.antidepressant,
            f.systemic_steroid,
            m.limaprost,
        ),
        evidence=(
            For("IBUPROFEN-SMPC", "bleeding and allergy"),
            For("FDA-GABA19", "slow breathing"),
            For("BEERS-PUBLIC"),
            Against("DESIGN", "no trial tests that a list of signs prevents harm"),
        ),
    ),
    Rule(
        id="steroid-tablets-not-advised",
        direction="avoid",
        step="self_management",
        when=AnyOf.of(r.STENOSIS, f.systemic_steroid),
        conflicts=("C-06",),
        evidence=(
            For("G-NICE20-1", "MED-S6: no steroid tablets for sciatica"),
            For("G-ACP17-3", "no useful effect"),
            Against("DESIGN", "no trial in stenosis; they may be needed for another illness"),
        ),
    ),
    Rule(
        id="steroid-total",
        direction="do",
        step="self_management",
        when=AllOf.of(f.systemic_steroid | f.steroids_3_months, f.esi_12_months > 0),
        evidence=(
            For("DESIGN", "MED-S5: tablets, joint and spine injections are counted together"),
            For("T-LESSC", "20.3 % had low cortisol after spine injections"),
            Against("DESIGN", "no number of injections is known to be safe or unsafe"),
        ),
    ),
    Rule(
        id="limaprost-avoid",
        direction="avoid",
        step="safety",
        delays=False,
        urgency="today",
        when=AllOf.of(m.limaprost, AnyOf.of(PREGNANT_AT_ALL, ANTITHROMBOTIC, f.peptic_ulcer_or_gi_bleed)),
        evidence=(
            For("OPALMON-LABEL", "MED-L2"),
            For("LIMAPROST-BLEED", "MED-L3"),
            Against("T-LIMA", "better than etodolac on walking and numbness"),
        ),
    ),
    Rule(
        id="limaprost-specialist-option",
        direction="consider",
        step="specialist_options",
        who=SOLD_HERE,
        when=AllOf.of(r.STENOSIS, f.leg_pain_side.is_("both"), ~f.slr_positive),
        unless=(PREGNANT_AT_ALL, f.anticoagulant, f.antiplatelet, f.peptic_ulcer_or_gi_bleed),
        evidence=(
            For("OPALMON-LABEL", "MED-L1"),
            For("T-LIMA", "MED-L4"),
            For("T-LIMA2", "MED-L4"),
            Against("LIMAPROST-BLEED", "MED-L3"),
            Against("DESIGN", "not sold in the USA or the European Union"),
        ),
    ),
)
