"""RF-04: injury and fragile bones."""

from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AllOf, AnyOf, Unclear, established
from spinesteps.logic.unsure import one_sure, or_unsure
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import RedFlag

NO_TEST = Against("DESIGN", "our own reading of the time limits; no study tests them")

BONE = (
    RedFlag(
        id="RF-04a",
        topic="injury",
        emergency=AnyOf.of(
            f.major_trauma & f.midline_pain_after_trauma,
            s.INJURY_THAT_COUNTS & s.INJURY_DEFICIT,
            f.cannot_stand_after_trauma,
            s.INJURY_THAT_COUNTS & f.cannot_stand,
        ),
        today=AnyOf.of(
            f.major_trauma,
            one_sure(f.major_trauma, f.midline_pain_after_trauma),
            one_sure(s.INJURY_THAT_COUNTS, s.INJURY_DEFICIT),
            one_sure(s.INJURY_THAT_COUNTS, s.CANNOT_STAND),
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
            s.FRAGILE & f.new_focal_spine_pain & (f.minor_trauma | f.pain_began_lifting),
            one_sure(s.THIN_BONES, f.new_focal_spine_pain),
            one_sure(s.FRAGILE, f.new_focal_spine_pain, f.minor_trauma | f.pain_began_lifting),
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
    RedFlag(
        id="RF-04d",
        topic="new pain in one spot of the spine",
        today=one_sure(f.new_focal_spine_pain, s.CORD_SIGN | s.HANDS),
        two_weeks=f.new_focal_spine_pain
        & AnyOf.of(
            f.age >= LIMITS.focal_pain_age_years,
            f.night_pain,
            f.pain_growing_or_lying_flat,
            f.height_loss_or_kyphosis,
            s.CANNOT_STAND,
            f.pain_back >= LIMITS.severe_pain_points,
            f.no_better_after_4_weeks,
        ),
        routine=or_unsure(f.new_focal_spine_pain | f.cannot_stand),
        evidence=(
            For("DOWNIE13", "high age and pain in one spot go with fractures"),
            For("IDSA-NVO15", "severe pain that wakes at night may be an infected disc"),
            Against("HENSCHKE13", "single signs are weak, and many have one"),
        ),
    ),
    RedFlag(
        id="RF-04e",
        topic="a back that became bent or shorter",
        two_weeks=f.height_loss_or_kyphosis & f.back_pain & f.symptom_weeks.within_or_unknown(LIMITS.long_pain_weeks),
        routine=Unclear(f.height_loss_or_kyphosis),
        evidence=(
            For("VCF-REVIEW21", "two of three broken vertebrae are never found"),
            For("DOWNIE13"),
            Against("DESIGN", "a back also bends slowly with age, without a fracture"),
        ),
    ),
    RedFlag(
        id="RF-04f",
        topic="a fused or stiff spine and an injury",
        emergency=s.FUSED & s.INJURY_OR_LIFT & s.DEFICIT,
        today=one_sure(s.FUSED, s.INJURY_OR_LIFT) & (~established(~s.NEW_PAIN) | or_unsure(s.DEFICIT)),
        routine=Unclear(f.spine_fused_or_stiff),
        evidence=(
            For("FORDHAM09", "low falls broke such spines, and were missed at first"),
            For("ANKYLOSED24", "one in five to one in seven has a broken vertebra"),
            Against("DESIGN", "for an operated spine it is carried over, not studied"),
        ),
    ),
    RedFlag(
        id="RF-04g",
        topic="an injury, then clumsy or numb hands",
        emergency=AllOf.of(s.TRAUMA, s.HANDS, f.midline_pain_after_trauma),
        today=one_sure(s.TRAUMA, s.HANDS),
        evidence=(
            For("CENTRAL-CORD95", "a fall, then weak hands: a bruised cord in the neck"),
            For("CENTRAL-CORD-SIS"),
            NO_TEST,
        ),
    ),
    RedFlag(
        id="RF-04h",
        topic="another pain than the usual one",
        two_weeks=f.pain_different_from_usual & AnyOf.of(f.age >= LIMITS.focal_pain_age_years, f.night_pain),
        routine=or_unsure(f.pain_different_from_usual),
        evidence=(
            For("IDSA-NVO15", "an infected disc is first taken for wear, for months"),
            For("FINUCANE20"),
            Against("HENSCHKE13", "most new pains are harmless"),
        ),
    ),
)
