"""Opinions of a surgeon: urgent, early, by criteria and choice; and which operation."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge import recognise as r
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AllOf, AnyOf, Named, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

NO_TRIAL = Against("DESIGN", "no trial tests this step by itself")
NOT_DECLINED = ~established(f.surgery_declined)
NO_NEW_WEAKNESS = Named("no new or growing weakness is known", ~established(d.NEW_WEAKNESS_FLAG), folded=True)

# S002-15 to S002-19. "Failed care" is our fair trial (C-04); the text's own 3 to 6 months has no primary source.
CARE_HAS_FAILED = Named("criterion 1: a fair trial of other care is done", d.FAIR_TRIAL)
STILL_LIMITED = Named(
    "criterion 2: function is still limited more than the person accepts", f.function_unacceptable.condition()
)
SCAN_FITS = Named("criterion 3: the scan fits the pain", f.mri_matches_symptoms.condition())
CANDIDATE = Named("criterion 4: fit for surgery and willing", AllOf.of(~f.unfit_for_surgery, ~f.surgery_declined))

OPINION_DUE = Named("a surgical opinion is due", AllOf.of(d.FAIR_TRIAL, f.function_unacceptable), folded=True)
_IN_VIEW = AnyOf.of(f.surgery_planned, AllOf.of(NOT_DECLINED, AnyOf.of(f.wants_surgery_opinion, OPINION_DUE)))
OPERATION_IN_VIEW_SHOWN = Named("an operation is being thought of", _IN_VIEW)
OPERATION_IN_VIEW = Named("an operation is being thought of", _IN_VIEW, folded=True)

# C-12: what makes fusion a matter for a specialist. Without a slip its size and a closed nerve hole do not count.
SLIPPED = ~established(~f.spondylolisthesis)
FUSION_REASON = Named(
    "instability, a large slip, a curve, or a closed nerve hole with a slip",
    AnyOf.of(
        f.instability,
        SLIPPED & (f.slip_percent > LIMITS.slip_large_percent),
        f.scoliosis,
        SLIPPED & f.stenosis_site.is_("foraminal"),
    ),
)

OPINIONS = (
    Rule(
        id="surgical-opinion-urgent",
        direction="do",
        step="specialist_options",
        delays=False,
        urgency="two_weeks",
        when=d.NEW_WEAKNESS_FLAG,
        conflicts=("C-11", "C-02"),
        evidence=(
            For("PETR22"),
            For("K-FOOT"),
            For("S004", "S004-16: weakness, to surgery"),
            For("S000", "S000-22"),
            Against("MOTOR-DISSENT12"),
            Against("S002", "S002-19: all four criteria first"),
        ),
    ),
    Rule(
        id="surgical-opinion-early",
        direction="do",
        step="specialist_options",
        who=r.STENOSIS,
        when=d.SHORT_WALK & NOT_DECLINED,
        conflicts=("C-10", "C-01"),
        evidence=(
            For("S000", "S000-21 names 100 m"),
            For("DESIGN", "faster review and an offered opinion, not an operation"),
            Against("N-TSU", "its odds for 100 m or less are unverified"),
            Against("T-BOOT", "people who walked little got better with training"),
        ),
    ),
    Rule(
        id="surgical-opinion",
        direction="consider",
        step="specialist_options",
        who=r.STENOSIS,
        when=AllOf.of(d.FAIR_TRIAL, f.function_unacceptable, NOT_DECLINED),
        conflicts=("C-01", "C-02", "C-04"),
        evidence=(
            For("G-DK19-1"),
            For("T-SP4"),
            For("R-MA17"),
            For("G-NICE16-4", "weight, smoking and distress do not decide who is referred"),
            Against("R-ZAINA16"),
            Against("T-DEL"),
            Against("T-SP8", "the gain fades in later years"),
        ),
    ),
    Rule(
        id="surgical-talk-on-request",
        direction="consider",
        step="specialist_options",
        who=r.STENOSIS,
        when=AllOf.of(f.wants_surgery_opinion, NOT_DECLINED, ~established(OPINION_DUE)),
        conflicts=("C-01", "C-04"),
        evidence=(
            For("R-LURIE16", "surgery is elective, and what the person prefers matters"),
            For("G-NICE16-4", "weight, smoking and distress do not decide who is referred"),
            Against("S002", "S002-08: exercise for months before anything else"),
        ),
    ),
    Rule(
        id="no-drift-past-a-year",
        direction="do",
        step="specialist_options",
        who=r.STENOSIS,
        when=AllOf.of(f.function_unacceptable, f.symptom_weeks >= LIMITS.long_disabled_weeks, NOT_DECLINED),
        conflicts=("C-02",),
        evidence=(
            For("T-SPDUR", "less gain after more than 12 months"),
            For("K-SIG"),
            For("K-GIL", "pain under 12 months, better walking later"),
            Against("N-AMU", "later surgery did as well"),
            Against("S002", "S002-02: self-limiting; that line is about back pain"),
        ),
    ),
    Rule(
        id="surgery-criteria",
        direction="consider",
        step="specialist_options",
        who=AllOf.of(r.STENOSIS, NO_NEW_WEAKNESS),
        when=AllOf.of(CARE_HAS_FAILED, STILL_LIMITED, SCAN_FITS, CANDIDATE),
        conflicts=("C-04", "C-11", "C-03"),
        evidence=(
            For("S002", "S002-14 to S002-19: all four"),
            For("G-NICE16-3", "failed care and imaging that fits"),
            Against("DESIGN", "the list of four has no primary source"),
            Against("T-FIN", "people were operated on without such a list"),
        ),
    ),
    Rule(
        id="second-opinion",
        direction="do",
        step="surgery",
        when=f.surgery_planned & NO_NEW_WEAKNESS,
        conflicts=("C-01",),
        evidence=(For("K-2ND"), For("S003"), NO_TRIAL),
    ),
)

OPERATIONS = (
    Rule(
        id="fusion-specialist-exception",
        direction="consider",
        step="surgery",
        who=r.STENOSIS,
        when=AllOf.of(OPERATION_IN_VIEW, FUSION_REASON),
        unless=(f.unfit_for_surgery,),
        conflicts=("C-12",),
        opposes=("decompression-alone",),
        evidence=(
            For("G-NASSDS14-1", "grade B for fusion with a slip"),
            For("T-SLIP", "a small gain"),
            For("EVICORE-FUSION", "PAY-FU-01: instability or grade II"),
            Against("G-DK19-3", "against instrumented fusion"),
            Against("T-SS5"),
            Against("K-DEYO", "more grave complications"),
            Against("K-ASD", "wear next to the fusion"),
        ),
    ),
    Rule(
        id="decompression-alone",
        direction="do",
        step="surgery",
        who=r.STENOSIS,
        when=OPERATION_IN_VIEW_SHOWN,
        unless=(FUSION_REASON, f.unfit_for_surgery),
        conflicts=("C-12", "C-17"),
        evidence=(
            For("T-ND2"),
            For("T-ND5"),
            For("T-SS5"),
            For("T-SSMRI", "more new narrowing after fusion"),
            For("G-NASSDS14-2", "grade B up to a 20 % slip"),
            Against("T-SLIP"),
            Against("G-NASSDS14-1"),
            Against("K-REOP", "some are operated on again"),
        ),
    ),
    Rule(
        id="reduction-not-recommended",
        direction="avoid",
        step="surgery",
        who=AllOf.of(r.STENOSIS, f.spondylolisthesis),
        when=OPERATION_IN_VIEW,
        conflicts=("C-12",),
        evidence=(
            For("G-NASSDS14-4", "too little proof, and it may harm nerves"),
            Against("S000", "S000-07: reduce and stabilise first"),
        ),
    ),
    Rule(
        id="small-cut-same-result",
        direction="consider",
        step="surgery",
        who=r.STENOSIS,
        when=OPERATION_IN_VIEW,
        unless=(f.unfit_for_surgery,),
        conflicts=("C-14",),
        evidence=(
            For("T-UBE", "less blood and a shorter stay, the same result"),
            For("T-ENDO", "fewer complications, a tiny gain in pain"),
            For("T-NS5", "three open ways were equal at five years"),
            Against("S000", "S000-16 to S000-19: promises without a source"),
            Against("T-NMA24", "a larger gain in function in one network"),
        ),
    ),
    Rule(
        id="age-alone-no-bar",
        direction="do",
        step="surgery",
        who=r.STENOSIS,
        when=AllOf.of(OPERATION_IN_VIEW, f.age >= LIMITS.very_old_years),
        conflicts=("C-14",),
        evidence=(
            For("K-80", "the same gain in pain and disability"),
            For("K-CAEN", "other illness counts, not age over 80"),
            Against("K-80", "more complications, deaths and readmissions"),
            Against("S000", "S000-19"),
        ),
    ),
    Rule(
        id="repeat-operation-talk",
        direction="do",
        step="surgery",
        who=d.OPERATED,
        when=OPERATION_IN_VIEW,
        conflicts=("C-15",),
        evidence=(
            For("K-PREV", "66 % in an acceptable state after the first operation, 22 % after four or more"),
            For("K-REOP"),
            Against("DESIGN", "a register, not a trial; people differ"),
        ),
    ),
)
