"""RF-04: injury and fragile bones."""

from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.logic.conditions import AnyOf, Unclear, established
from spinesteps.logic.unsure import one_sure
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import RedFlag

NO_TEST = Against("DESIGN", "our own reading of the time limits; no study tests them")

BONE = (
    RedFlag(
        id="RF-04a",
        topic="injury",
        emergency=AnyOf.of(
            f.major_trauma & f.midline_pain_after_trauma, s.TRAUMA & s.DEFICIT, f.cannot_stand_after_trauma
        ),
        today=AnyOf.of(
            f.major_trauma,
            one_sure(f.major_trauma, f.midline_pain_after_trauma),
            one_sure(s.TRAUMA, s.DEFICIT),
            one_sure(s.TRAUMA, f.cannot_stand_after_trauma),
        ),
        two_weeks=AnyOf.of(Unclear(f.major_trauma), Unclear(f.minor_trauma)),
        evidence=(
            For("DOWNIE13", "severe trauma: 11 of 100 have a fracture"),
            For("G-ACR21-3"),
            Against("DOWNIE13", "one sign alone: most have none"),
        ),
    ),
    RedFlag(
        id="RF-04b",
        topic="new pain in one spot and fragile bones",
        today=AnyOf.of(
            s.THIN_BONES & f.new_focal_spine_pain,
            s.FRAGILE & f.new_focal_spine_pain & f.minor_trauma,
            one_sure(s.THIN_BONES, f.new_focal_spine_pain),
            one_sure(s.FRAGILE, f.new_focal_spine_pain, f.minor_trauma),
        ),
        two_weeks=AnyOf.of(
            f.minor_trauma & f.new_focal_spine_pain,
            Unclear(f.new_focal_spine_pain) & ~established(~s.THIN_BONES & ~f.minor_trauma),
            AnyOf.of(Unclear(f.osteoporosis), Unclear(f.steroids_3_months)) & ~established(~f.new_focal_spine_pain),
        ),
        evidence=(
            For("DOWNIE13", "long steroid use: 33 of 100"),
            For("HENSCHKE13"),
            Against("ROMAN10", "clusters of signs are not yet confirmed"),
        ),
    ),
    RedFlag(
        id="RF-04c",
        topic="new pain and a bent or shorter back",
        two_weeks=f.height_loss_or_kyphosis & f.new_focal_spine_pain,
        evidence=(For("DOWNIE13"), For("DESIGN", "a fracture without an injury"), NO_TEST),
    ),
)
