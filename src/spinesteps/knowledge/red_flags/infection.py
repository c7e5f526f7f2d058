"""RF-06: infection of the spine."""

from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.logic.conditions import AnyOf, Unclear
from spinesteps.logic.unsure import one_sure, or_unsure
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import RedFlag

NO_TEST = Against("DESIGN", "our own reading of the time limits; no study tests them")

INFECTION_TODAY = AnyOf.of(
    f.fever,
    f.worse_since_procedure & s.PROCEDURE_RECENT_OR_UNKNOWN,
    s.PROCEDURE_RECENT & (f.new_focal_spine_pain | f.generally_ill),
    s.INFECTION_RISK & s.NEW_PAIN,
    f.bacteraemia & s.NEWNESS_UNKNOWN,
)
INFECTION_SOON = AnyOf.of(
    f.worse_since_procedure,
    or_unsure(s.INFECTION_RISK)
    & AnyOf.of(s.PAIN_MIDDLE, s.NEWNESS_UNKNOWN, Unclear(f.new_focal_spine_pain), Unclear(f.pain_different_from_usual)),
)
DIABETES_AND_PAIN = f.diabetes & f.new_focal_spine_pain

INFECTION = (
    RedFlag(
        id="RF-06a",
        topic="infection",
        emergency=INFECTION_TODAY & s.DEFICIT,
        today=AnyOf.of(
            INFECTION_TODAY,
            Unclear(f.fever),
            Unclear(f.worse_since_procedure) & or_unsure(s.PROCEDURE_RECENT),
            one_sure(s.PROCEDURE_RECENT, f.generally_ill),
            or_unsure(s.PROCEDURE_RECENT) & f.new_focal_spine_pain,
            or_unsure(s.INFECTION_RISK) & s.NEW_PAIN,
            f.bacteraemia & Unclear(f.new_focal_spine_pain),
            INFECTION_SOON & s.DEFICIT,
        ),
        two_weeks=INFECTION_SOON,
        routine=s.INFECTION_RISK & s.PAIN_LONG,
        evidence=(
            For("SEA-ED", "80 of 100 had a risk factor, 20 of 100 a fever"),
            For("MICHIGAN-INF", "scan within 6 hours"),
            Against("SEA-TRIAD", "pain, fever and deficit together in one of ten: absence proves nothing"),
        ),
    ),
    RedFlag(
        id="RF-06b",
        topic="raised blood marker and lasting pain",
        two_weeks=f.crp_raised & (f.back_pain | f.no_better_after_4_weeks),
        evidence=(For("MICHIGAN-INF"), For("DESIGN", "unexplained rise with pain that stays"), NO_TEST),
    ),
    RedFlag(
        id="RF-06c",
        topic="diabetes and new pain in one spot",
        today=DIABETES_AND_PAIN & s.DEFICIT,
        two_weeks=DIABETES_AND_PAIN,
        evidence=(
            For("SEA-ED", "diabetes was among the risk factors"),
            For("IDSA-NVO15"),
            Against("DESIGN", "diabetes is common, an infected spine is rare"),
        ),
    ),
    RedFlag(
        id="RF-06d",
        topic="trouble with the operation wound",
        today=f.wound_problem & s.WOUND_YOUNG,
        two_weeks=or_unsure(f.wound_problem),
        evidence=(
            For(
                "SSI-SPINE14",
                "infection after spine surgery: the usual definitions look at pus, redness, an open wound",
            ),
            Against("DESIGN", "a little redness at the stitches often settles"),
        ),
    ),
    RedFlag(
        id="RF-06e",
        topic="headache when upright",
        today=f.headache_when_upright & s.PUNCTURE_YOUNG,
        two_weeks=or_unsure(f.headache_when_upright),
        evidence=(
            For("LP-HEADACHE16", "a leak of spinal fluid through the hole of the needle"),
            For("DESIGN", "a leak may be patched, and may let germs in"),
            Against("DESIGN", "most settle without treatment; our own reading of the days"),
        ),
    ),
)
