"""What a person does every day."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge import facts as f
from spinesteps.knowledge import recognise as r
from spinesteps.knowledge import signs as s
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import All, Any, Named
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import EVERYONE, Rule

NO_TRIAL = Against("DESIGN", "no trial tests this step by itself")
FALLS = Named(
    "falls or unsteady walking",
    Any.of(f.falls_12_months >= LIMITS.falls_count, f.balance_trouble_walking, f.gait_unsteady, d.SHORT_WALK),
)

SELF_CARE = (
    Rule(
        id="stay-active",
        direction="do",
        step="self_management",
        when=EVERYONE,
        evidence=(For("G-BUS21-1"), For("G-NICE16-6"), For("S003"), NO_TRIAL),
    ),
    Rule(
        id="positions-that-ease",
        direction="do",
        step="self_management",
        when=r.STENOSIS,
        conflicts=("C-17",),
        evidence=(For("S003"), For("S004"), For("SURI10", "bending forward eases it: LR+ 6.4"), NO_TRIAL),
    ),
    Rule(
        id="cycling-or-water",
        direction="do",
        step="self_management",
        when=r.STENOSIS,
        evidence=(For("T-PUA"), For("R-MAC13"), Against("T-AQUA", "direction of the water trial not seen")),
    ),
    Rule(
        id="walking-aid",
        direction="consider",
        step="self_management",
        when=Any.of(d.SHORT_WALK, All.of(r.STENOSIS, FALLS)),
        evidence=(For("G-WHO23-3"), Against("T-STICK", "a stick did not help in the trial")),
    ),
    Rule(
        id="falls-check",
        direction="do",
        step="self_management",
        when=FALLS,
        evidence=(For("K-FALL"), For("DESIGN", "also with a very short walk"), NO_TRIAL),
    ),
    Rule(
        id="bone-health-check",
        direction="consider",
        step="self_management",
        when=s.THIN_BONES | f.fracture_history,
        evidence=(For("DOWNIE13"), NO_TRIAL),
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
            Against("G-NASS11-6", "walks further while it is worn"),
            Against("T-BELT"),
        ),
    ),
    Rule(
        id="no-ultrasound-tens-traction",
        direction="avoid",
        step="self_management",
        when=r.STENOSIS,
        conflicts=("C-22",),
        evidence=(For("G-WHO23-2"), For("R-MAC13"), Against("T-TENS"), Against("S003", "helps some people")),
    ),
)
