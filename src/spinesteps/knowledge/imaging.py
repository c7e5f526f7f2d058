"""Scans, and waiting with dates."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge import facts as f
from spinesteps.knowledge import recognise as r
from spinesteps.knowledge import signs as s
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import All, Any, Named, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

CARE_TRIED = Named(
    "six weeks of care",
    Any.of(
        f.exercise_programme_weeks >= LIMITS.imaging_weeks,
        f.home_exercise_weeks >= LIMITS.imaging_weeks,
        f.conservative_weeks >= LIMITS.imaging_weeks,
    ),
)
NOT_HARMED_BY_WAITING = Named("no red flag for two weeks or sooner is known", ~d.SOON_EVEN_OFF)
WAITS_FOR_SCAN = Named(
    "a decision that waits for a scan",
    Any.of(
        All.of(CARE_TRIED, f.function_unacceptable),
        f.surgery_planned,
        d.OPERATED & f.new_symptoms_since_mri,
    ),
)

IMAGING = (
    Rule(
        id="mri-for-decision",
        direction="do",
        step="specialist_options",
        delays=False,
        when=Any.of(d.SOON, WAITS_FOR_SCAN),
        conflicts=("C-09", "C-03"),
        evidence=(
            For("G-ACR21-2"),
            For("G-ACR21-3"),
            For("G-NASS11-2"),
            Against("K-ISH", "narrowing without symptoms is common"),
        ),
    ),
    Rule(
        id="mri-not-now",
        direction="avoid",
        step="recognition",
        when=All.of(d.FLOOR_ANSWERED, NOT_HARMED_BY_WAITING, ~established(WAITS_FOR_SCAN), ~established(s.DEFICIT)),
        conflicts=("C-09", "C-03"),
        opposes=("mri-for-decision",),
        evidence=(
            For("G-NICE16-5"),
            For("G-ACR21-1"),
            For("K-SIG11"),
            Against("S000", "early work-up"),
            Against("S004"),
        ),
    ),
    Rule(
        id="reasonable-to-wait",
        direction="do",
        step="self_management",
        who=r.STENOSIS,
        when=All.of(
            d.FLOOR_ANSWERED,
            NOT_HARMED_BY_WAITING,
            ~f.function_unacceptable,
            ~established(d.SHORT_WALK),
            ~established(s.DEFICIT),
        ),
        conflicts=("C-02",),
        opposes=("surgical-opinion-urgent", "surgical-opinion-early", "surgical-opinion"),
        evidence=(
            For("G-NASS11-4"),
            For("R-LURIE16"),
            For("N-AMU"),
            Against("T-SPDUR"),
            Against("G-NASS11-5", "unknown in severe disease"),
        ),
    ),
)
