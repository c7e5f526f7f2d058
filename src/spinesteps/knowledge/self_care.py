"""What a person does every day: activity, posture, aids, comfort, home, weight, sleep, and falls and bones."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge import recognise as r
from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AllOf, AnyOf, Named, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import EVERYONE, Rule

NO_TRIAL = Against("DESIGN", "no trial tests this step by itself")
FALLS = Named(
    "falls or unsteady walking",
    AnyOf.of(f.falls_12_months >= LIMITS.falls_count, f.balance_trouble_walking, f.gait_unsteady, d.SHORT_WALK),
)

ACTIVITY = (
    Rule(
        id="stay-active",
        direction="do",
        step="self_management",
        when=EVERYONE,
        conflicts=("C-05",),
        evidence=(For("G-BUS21-1"), For("G-NICE16-6"), For("S003", "S003-06 to S003-11"), NO_TRIAL),
    ),
    Rule(
        id="positions-that-ease",
        direction="do",
        step="self_management",
        when=r.STENOSIS,
        conflicts=("C-17",),
        evidence=(
            For("S003", "S003-12 to S003-15"),
            For("S004", "S004-06"),
            For("SURI10", "bending forward eases it: LR+ 6.4"),
            NO_TRIAL,
        ),
    ),
    Rule(
        id="cycling-or-water",
        direction="do",
        step="self_management",
        when=r.STENOSIS,
        evidence=(
            For("T-PUA", "cycling did as well as a treadmill with the weight taken off"),
            For("T-COMP"),
            For("T-AQUA", "water did better at the end of the course"),
            For("S003", "S003-16, S003-17"),
            Against("T-AQUA", "no difference left after three months"),
            Against("R-MAC13", "one way of exercise is not shown to beat another"),
        ),
    ),
    Rule(
        id="flare-plan",
        direction="do",
        step="self_management",
        when=r.STENOSIS,
        evidence=(
            For("DESIGN", "step back one week, keep walking, call on a new sign"),
            For("ODI-DRIFT", "scores move by nine points with no treatment at all"),
            NO_TRIAL,
        ),
    ),
    Rule(
        id="home-and-work",
        direction="do",
        step="self_management",
        who=r.STENOSIS,
        when=AnyOf.of(d.LIMITED, f.worse_standing),
        evidence=(For("S003", "S003-27, S003-48"), For("G-WHO23-3"), NO_TRIAL),
    ),
    Rule(
        id="healthy-weight",
        direction="consider",
        step="self_management",
        when=f.bmi >= LIMITS.heavy_bmi,
        unless=(f.unexplained_weight_loss,),
        evidence=(
            For("K-BSR", "at 35 and over walking stays poor more often after surgery: OR 1.52"),
            Against("PREOP-BMI", "weight never bars from care"),
            NO_TRIAL,
        ),
    ),
    Rule(
        id="sleep-better",
        direction="do",
        step="self_management",
        who=r.STENOSIS,
        when=AnyOf.of(f.night_pain, f.distress_high, f.depression),
        evidence=(For("DESIGN", "added to the programme for those who sleep badly"), NO_TRIAL),
    ),
)

AIDS = (
    Rule(
        id="walking-aid",
        direction="consider",
        step="self_management",
        when=AnyOf.of(d.SHORT_WALK, AllOf.of(r.STENOSIS, FALLS)),
        evidence=(
            For("G-WHO23-3"),
            For("S003", "S003-48, S003-49"),
            Against("T-STICK", "a stick did not help in the trial"),
        ),
    ),
    Rule(
        id="no-routine-brace",
        direction="avoid",
        step="self_management",
        when=r.STENOSIS,
        conflicts=("C-07",),
        evidence=(
            For("G-NICE16-8"),
            For("G-WHO23-2"),
            For("S003", "S003-52, S003-53"),
            Against("G-NASS11-6", "walks further while it is worn"),
            Against("T-BELT"),
        ),
    ),
)

COMFORT = (
    Rule(
        id="heat-or-cold",
        direction="consider",
        step="self_management",
        when=r.STENOSIS,
        unless=(f.stocking_numbness,),
        conflicts=("C-22",),
        evidence=(For("S003", "S003-24: used to soothe"), NO_TRIAL),
    ),
    Rule(
        id="massage-optional",
        direction="consider",
        step="self_management",
        when=r.STENOSIS,
        unless=(f.anticoagulant, s.THIN_BONES),
        conflicts=("C-08", "C-22"),
        evidence=(
            For("S003", "S003-23: used to loosen muscle"),
            For("K-TUI", "chronic back pain only, very mixed trials"),
            Against("K-TUI", "no trial in stenosis"),
            Against("S000", "S000-15: warns of too much; no source for it"),
        ),
    ),
    Rule(
        id="acupuncture-optional",
        direction="consider",
        step="self_management",
        who=r.STENOSIS,
        when=d.NEEDS_GUIDANCE,
        unless=(f.anticoagulant, f.immunosuppressed),
        conflicts=("C-08",),
        evidence=(
            For("T-ACU20"),
            For("G-BUS21-2"),
            For("G-WHO23-1"),
            Against("T-ACU24", "the difference from a sham is smaller than what people notice"),
            Against("G-NICE16-8"),
        ),
    ),
    Rule(
        id="no-ultrasound-tens-traction",
        direction="avoid",
        step="self_management",
        when=r.STENOSIS,
        conflicts=("C-22",),
        evidence=(
            For("G-WHO23-2"),
            For("R-MAC13"),
            For("T-GOR"),
            Against("T-TENS"),
            Against("S003", "S003-25: in use"),
        ),
    ),
)

FALLS_AND_BONES = (
    Rule(
        id="falls-check",
        direction="do",
        step="self_management",
        when=FALLS,
        conflicts=("C-10",),
        evidence=(
            For("K-FALL"),
            For("NICE-NG249", "ask about falls; look closer after several, with frailty or poor balance"),
            For("DESIGN", "also with a very short walk"),
            Against("NICE-NG249", "no tool foretells a fall"),
        ),
    ),
    Rule(
        id="bone-health-check",
        direction="consider",
        step="self_management",
        # Falls not asked settle nothing here: the falls check asks for them.
        when=AnyOf.of(s.THIN_BONES, f.fracture_history, established(f.falls_12_months >= LIMITS.falls_count)),
        evidence=(
            For("NICE-CG146", "an earlier break, steroids or falls"),
            For("DOWNIE13"),
            Against("NICE-CG146", "under 50 years only with a major risk"),
        ),
    ),
)

SELF_CARE = (*ACTIVITY, *AIDS, *COMFORT, *FALLS_AND_BONES)
