"""Procedures that sources name: each with its standing. None is in the standard ladder."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge import recognise as r
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.injections import BLOOD_THINNER, INFECTED
from spinesteps.knowledge.limits import LIMITS
from spinesteps.knowledge.order_facts import OrderFacts as o
from spinesteps.logic.conditions import AllOf, AnyOf, Named, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

_IN_VIEW = AnyOf.of(f.function_unacceptable, f.wants_surgery_opinion, f.surgery_planned, o.injection_planned)
NEEDLE_OR_KNIFE_SHOWN = Named("an injection or an operation may come up", _IN_VIEW)
NEEDLE_OR_KNIFE = Named("an injection or an operation may come up", _IN_VIEW, folded=True)
NOT_FOR_DECOMPRESSION = Named(
    "unfit for surgery, declined it, or already operated", AnyOf.of(f.unfit_for_surgery, f.surgery_declined, d.OPERATED)
)

PROCEDURES = (
    Rule(
        id="spacer-or-percutaneous-caution",
        direction="avoid",
        step="specialist_options",
        who=r.STENOSIS,
        when=NEEDLE_OR_KNIFE_SHOWN,
        conflicts=("C-14", "C-28"),
        evidence=(
            For("T-IPD", "29 against 8 % had a second operation"),
            For("R-MACH16", "not shown better than decompression"),
            Against("SUPERION-IFU", "the maker names a use"),
            Against("S000", "S000-19: small methods suit older people"),
        ),
    ),
    Rule(
        id="mild-in-studies-only",
        direction="avoid",
        step="specialist_options",
        who=r.STENOSIS,
        when=NEEDLE_OR_KNIFE,
        conflicts=("C-14", "C-28"),
        evidence=(
            For("CMS-NCD-MILD", "paid for inside studies only"),
            For("T-MOTION", "no valid comparison at two years"),
            Against("T-MILD", "few harms, better scores in the treated arm"),
            Against("G-ASPN22", "a society supports it; second-hand"),
        ),
    ),
    Rule(
        id="balloon-neuroplasty-unproven",
        direction="avoid",
        step="specialist_options",
        who=r.STENOSIS,
        when=NEEDLE_OR_KNIFE,
        conflicts=("C-27", "C-17"),
        evidence=(
            For("T-BALL", "one centre, no sham, the effect wore off"),
            Against("S004", "S004-14: for marked narrowing"),
            Against("BALLOON-SAFE", "minor harms only"),
        ),
    ),
    Rule(
        id="neuroplasty-unproven",
        direction="avoid",
        step="specialist_options",
        who=r.STENOSIS,
        when=AllOf.of(d.OPERATED, NEEDLE_OR_KNIFE),
        conflicts=("C-27",),
        evidence=(
            For("T-BALL", "freeing scars without a balloon did worse still"),
            For("DESIGN", "no sham-controlled trial in stenosis was found"),
            Against("S004", "S004-13: with scar tissue"),
        ),
    ),
    Rule(
        id="needle-knife-unproven",
        direction="avoid",
        step="specialist_options",
        who=r.STENOSIS,
        when=NEEDLE_OR_KNIFE,
        conflicts=("C-16",),
        evidence=(
            For("DESIGN", "nothing was found on laser needle-knife release"),
            Against("S000", "S000-08: for soft-tissue narrowing"),
            Against("K-ACUP", "seven poor trials of a related needle"),
        ),
    ),
    Rule(
        id="laminoplasty-mainly-neck",
        direction="avoid",
        step="specialist_options",
        who=r.STENOSIS,
        when=NEEDLE_OR_KNIFE,
        conflicts=("C-16",),
        evidence=(
            For("T-NS5", "the tested ways of widening the lower back are others"),
            For("DESIGN", "mainly an operation of the neck; in the lower back the word varies"),
            Against("S000", "S000-08"),
        ),
    ),
    Rule(
        id="spinal-cord-stimulation-discuss",
        direction="consider",
        step="specialist_options",
        who=r.STENOSIS,
        when=AllOf.of(
            NOT_FOR_DECOMPRESSION,
            f.leg_pain,
            f.function_unacceptable,
            f.symptom_weeks >= LIMITS.stimulation_pain_weeks,
        ),
        unless=(INFECTED, BLOOD_THINNER, f.surgery_planned, d.SOON_EVEN_OFF),
        conflicts=("C-21",),
        evidence=(
            For("S002", "S002-27: above all in people at high risk from surgery"),
            For("T-SCS", "very low certainty, before and after"),
            For("SCS-POLICY", "three months of pain, a team, a trial first"),
            Against("DESIGN", "no trial against decompression was found"),
            Against("ASRA18", "a procedure with a high risk of bleeding"),
        ),
    ),
    Rule(
        id="spinal-cord-stimulation-specialist-only",
        direction="avoid",
        step="specialist_options",
        who=r.STENOSIS,
        when=AllOf.of(NEEDLE_OR_KNIFE, ~established(NOT_FOR_DECOMPRESSION)),
        conflicts=("C-21",),
        opposes=("spinal-cord-stimulation-discuss",),
        evidence=(
            For("DESIGN", "not before decompression where that is possible; no trial against it was found"),
            For("T-SCS", "very low certainty"),
            Against("S002", "S002-27: before decompression"),
        ),
    ),
)
