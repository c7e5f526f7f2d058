"""Muscle relaxants (MED-M1 … MED-M6). At 65 and over the class is meant; three substances have lines of their own."""

from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.knowledge.medicine_facts import MedicineFacts as m
from spinesteps.logic.conditions import AllOf, AnyOf, Named
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

RELAXANTS = (
    Rule(
        id="muscle-relaxant-tizanidine",
        direction="avoid",
        step="safety",
        delays=False,
        urgency="today",
        when=AllOf.of(f.muscle_relaxant, m.tizanidine, m.ciprofloxacin | m.fluvoxamine),
        evidence=(
            For("TIZANIDINE-LABEL", "MED-M4: contraindicated together"),
            Against("DESIGN", "tizanidine itself must be tapered, so the prescriber decides which of the two goes"),
        ),
    ),
    Rule(
        id="muscle-relaxant-cyclobenzaprine",
        direction="avoid",
        step="safety",
        delays=False,
        urgency="today",
        when=AllOf.of(
            f.muscle_relaxant,
            m.cyclobenzaprine,
            Named(
                "MED-M3: MAO inhibitor, heart disease, rhythm disorder, heart failure or overactive thyroid",
                AnyOf.of(
                    m.maoi_or_linezolid,
                    f.heart_failure,
                    f.cardiovascular_disease,
                    m.heart_rhythm_disorder,
                    m.overactive_thyroid,
                ),
            ),
        ),
        evidence=(
            For("CYCLOBENZAPRINE-LABEL", "MED-M3"),
            Against("DESIGN", "the label means a recent heart attack; the fact knows any heart or vessel disease"),
        ),
    ),
    Rule(
        id="muscle-relaxant-baclofen",
        direction="avoid",
        step="self_management",
        when=AllOf.of(f.muscle_relaxant, m.baclofen, f.egfr < LIMITS.egfr_moderate),
        evidence=(
            For("BEERS23", "MED-M5"),
            For("BACLOFEN-LABEL", "MED-M5: fits after a sudden end"),
            Against("DESIGN", "taken for spasticity it may be needed"),
        ),
    ),
    Rule(
        id="muscle-relaxant-review",
        direction="avoid",
        step="self_management",
        when=AllOf.of(
            f.muscle_relaxant,
            AnyOf.of(
                Named("MED-M1: over {relaxant_days} days", f.muscle_relaxant_days > LIMITS.relaxant_days),
                Named("MED-M2: {older_age_years} and over", f.age >= LIMITS.older_age_years),
            ),
        ),
        evidence=(
            For("S003", "MED-M1: not longer than two weeks"),
            For("BEERS-PUBLIC", "MED-M2"),
            For("BEERS15-CCJM", "MED-M2"),
            For("G-DK19-3", "not recommended in stenosis"),
            Against("CYCLOBENZAPRINE-LABEL", "two to three weeks"),
        ),
    ),
)
