"""RF-07 to RF-09: the main belly artery, the leg arteries, clots."""

from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AllOf, AnyOf, Unclear
from spinesteps.logic.unsure import one_sure, or_unsure
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import RedFlag

WEAK_FLAGS = Against("DIONNE19", "single signs find only 19 to 43 of 100; they must not be used to rule out")

VESSELS_BELLY = (
    RedFlag(
        id="RF-07a",
        topic="main belly artery",
        emergency=AnyOf.of(
            (s.ANEURYSM | f.pulsatile_mass) & (s.SUDDEN_PAIN | s.NEW_PAIN),
            s.SMOKER_OF_AGE & s.SUDDEN_PAIN,
            s.SMOKER_OF_AGE & f.back_pain & f.faint_or_collapse,
            s.SUDDEN_PAIN & f.faint_or_collapse,
            Unclear(s.SUDDEN_PAIN) & (f.faint_or_collapse | s.ANEURYSM),
        ),
        today=AnyOf.of(
            s.SUDDEN_PAIN & ~s.LIFTED,
            Unclear(s.SUDDEN_PAIN),
            f.faint_or_collapse,
            (s.ANEURYSM | f.pulsatile_mass) & s.PAIN_OF_UNKNOWN_NEWNESS,
            f.pulsatile_mass & f.back_pain,
            or_unsure(s.ANEURYSM) & Unclear(f.new_focal_spine_pain),
            one_sure(s.ANEURYSM | f.pulsatile_mass, s.NEW_PAIN),
            one_sure(f.pulsatile_mass, f.back_pain),
            one_sure(s.SMOKER_OF_AGE & f.back_pain, f.faint_or_collapse),
        ),
        two_weeks=s.ANEURYSM & f.back_pain & (f.symptom_weeks <= LIMITS.long_pain_weeks),
        routine=s.ANEURYSM & f.back_pain,
        evidence=(
            For("NICE-NG156", "rupture: new belly or back pain, collapse"),
            Against("AAA-PALP", "feeling the belly misses many: no mass proves nothing"),
        ),
    ),
    RedFlag(
        id="RF-07b",
        topic="beating lump in the belly",
        two_weeks=f.pulsatile_mass,
        evidence=(
            For("NICE-NG156", "ultrasound when suspected by touch"),
            Against("FINK00", "wrong in one of four without an aneurysm"),
        ),
    ),
    RedFlag(
        id="RF-07c",
        topic="wide main artery on a scan",
        two_weeks=f.aorta_cm >= LIMITS.aneurysm_large_cm,
        routine=f.aorta_cm >= LIMITS.aneurysm_cm,
        evidence=(
            For("NICE-NG156", "5.5 cm within 2 weeks, 3.0 cm within 12"),
            Against("DESIGN", "a spine scan measures the artery only by the way"),
        ),
    ),
    RedFlag(
        id="RF-07d",
        topic="a back that went while lifting",
        routine=AllOf.of(s.SUDDEN_PAIN, s.LIFT_SIGNS, s.NO_VESSEL_RISK),
        evidence=(
            For("MECHANICAL-LBP", "strain of the back often begins with a lift, and most are well in a month"),
            For("DESIGN", "only with every other sign settled no"),
            Against("NICE-NG156", "sudden pain can be the artery: so only under an age and without its risks"),
        ),
    ),
    RedFlag(
        id="RF-07e",
        topic="sudden pain on a blood thinner",
        emergency=AllOf.of(s.SUDDEN_PAIN, f.anticoagulant, s.DEFICIT | f.faint_or_collapse),
        today=s.SUDDEN_PAIN & f.anticoagulant,
        evidence=(
            For("ILIOPSOAS-CASE", "pain in the groin or thigh on a blood thinner: think of a bleed, scan soon"),
            For("ILIOPSOAS-MISSED", "one was treated as a disc for two days"),
            Against("DESIGN", "case reports only; how often it is a bleed is not known"),
        ),
    ),
)

VESSELS_LEGS = (
    RedFlag(
        id="RF-08a",
        topic="cold or pale leg",
        emergency=f.leg_cold_pale,
        today=Unclear(f.leg_cold_pale),
        evidence=(For("NHS-HIGHLAND-VASC", "six signs: vascular surgeon by phone now"), WEAK_FLAGS),
    ),
    RedFlag(
        id="RF-08b",
        topic="pain at rest or a sore on the foot",
        today=AnyOf.of(f.rest_pain_or_foot_ulcer, f.abi < LIMITS.abi_limb_threat),
        two_weeks=Unclear(f.rest_pain_or_foot_ulcer),
        evidence=(
            For("CLTI-REF"),
            For("NHS-HIGHLAND-VASC"),
            Against("ABI-CAUTION", "the index can look normal in stiff arteries"),
        ),
    ),
    RedFlag(
        id="RF-08c",
        topic="narrowed leg arteries",
        routine=f.abi < LIMITS.abi_abnormal,
        evidence=(For("HL7LT-ABI"), For("ABI-CLASSES"), Against("ABI-CAUTION", "falsely normal in diabetes")),
    ),
    RedFlag(
        id="RF-09a",
        topic="swollen calf",
        today=or_unsure(f.calf_swollen),
        evidence=(
            For("WELLS-DVT", "scan within 4 or 24 hours"),
            For("NICE-QS201"),
            Against("DESIGN", "the score itself is left to the clinician"),
        ),
    ),
    RedFlag(
        id="RF-09b",
        topic="breathless or chest pain",
        emergency=f.breathless_or_chest_pain,
        today=Unclear(f.breathless_or_chest_pain),
        evidence=(For("NICE-QS201"), For("DESIGN", "a clot in the lung or the heart"), WEAK_FLAGS),
    ),
)
