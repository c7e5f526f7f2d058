"""Scans, and waiting with dates."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge import recognise as r
from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.injections import CLAUDICATION
from spinesteps.knowledge.limits import LIMITS
from spinesteps.knowledge.red_flags.bone import BONE
from spinesteps.knowledge.red_flags.cancer import CANCER
from spinesteps.knowledge.red_flags.cauda_equina import CAUDA_EQUINA
from spinesteps.knowledge.red_flags.infection import INFECTION
from spinesteps.knowledge.red_flags.neck import NECK
from spinesteps.knowledge.red_flags.others import OTHERS
from spinesteps.knowledge.red_flags.weakness import WEAKNESS
from spinesteps.logic.conditions import AllOf, AnyOf, Named, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule, reached

CARE_TRIED = Named(
    "six weeks of care",
    AnyOf.of(
        f.exercise_programme_weeks >= LIMITS.imaging_weeks,
        f.home_exercise_weeks >= LIMITS.imaging_weeks,
        f.conservative_weeks >= LIMITS.imaging_weeks,
    ),
)
# A swollen calf, a cold leg, the belly artery or dark thoughts are red flags that no scan of the spine answers.
SPINE_FLAGS = (*CAUDA_EQUINA, *WEAKNESS, *NECK, *BONE, *CANCER, *INFECTION, *OTHERS)
SPINE_SOON = Named(
    "a red flag of the spine for two weeks or sooner", established(reached(SPINE_FLAGS, "two_weeks")), folded=True
)
NOT_HARMED_BY_WAITING = Named("no red flag for two weeks or sooner is known", ~d.SOON_EVEN_OFF)
SCAN_FRESH = Named(
    "a fresh scan, and nothing new since",
    AllOf.of(f.mri_done, f.mri_weeks_ago <= LIMITS.scan_fresh_weeks, ~established(f.new_symptoms_since_mri)),
)
WAITS_FOR_SCAN = Named(
    "a decision that waits for a scan",
    AnyOf.of(
        AllOf.of(~established(SCAN_FRESH), AnyOf.of(AllOf.of(CARE_TRIED, f.function_unacceptable), f.surgery_planned)),
        d.OPERATED & f.new_symptoms_since_mri,
    ),
)
# Grades of different readers (instruments D1, D2): described, never a reason for a step by themselves (C-03).
SCAN_NARROW = Named(
    "the scan shows a clear narrowing",
    AnyOf.of(f.mri_stenosis.is_("moderate", "severe"), f.schizas.is_("B", "C", "D")),
)
SCAN_WIDE = Named(
    "the scan shows no narrowing or a slight one, and none at the side",
    AllOf.of(
        AnyOf.of(f.mri_stenosis.is_("none", "mild"), f.schizas.is_("A")),
        ~established(f.stenosis_site.is_("lateral_recess", "foraminal")),
        ~established(SCAN_NARROW),
    ),
)

IMAGING = (
    Rule(
        id="mri-for-decision",
        direction="do",
        step="specialist_options",
        delays=False,
        when=AnyOf.of(SPINE_SOON, WAITS_FOR_SCAN),
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
        when=AllOf.of(d.FLOOR_ANSWERED, NOT_HARMED_BY_WAITING, ~established(WAITS_FOR_SCAN), ~established(s.DEFICIT)),
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
        id="narrowing-without-symptoms",
        direction="avoid",
        step="recognition",
        who=SCAN_NARROW,
        when=AllOf.of(~r.LEG_SYMPTOMS, NOT_HARMED_BY_WAITING),
        conflicts=("C-03", "C-09"),
        evidence=(
            For("K-ISH", "17.5 % of people with severe narrowing had symptoms"),
            For("S002", "S002-20: a scan alone is no reason to refer"),
            For("G-WFNS20-5"),
            Against("N-MIN", "under 50 mm2 did worse over the years"),
            Against("S001", "S001-14: severity decides"),
        ),
    ),
    Rule(
        id="scan-does-not-explain",
        direction="do",
        step="recognition",
        who=CLAUDICATION,
        when=SCAN_WIDE,
        conflicts=("C-03",),
        evidence=(
            For("DESIGN", "a wide canal with classic leg trouble: side recess, nerve hole, arteries, hip, neck (D6)"),
            For("K-VASC"),
            Against("SCHIZAS10", "the grade says little about trouble"),
            Against("K-SIG11", "a poor tie between scan and walking"),
        ),
    ),
    Rule(
        id="reasonable-to-wait",
        direction="do",
        step="self_management",
        who=r.STENOSIS,
        when=AllOf.of(
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
