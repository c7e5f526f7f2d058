"""Reviews for life, relapse and what follows it, the next level of the spine, and danger signs after an operation."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge import recognise as r
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AllOf, AnyOf, Named, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

NO_TRIAL = Against("DESIGN", "no trial tests this step by itself")
# Of the cauda type, a very short walk, a slip or curve, a very small sac, falls at a high age (section 6.2).
WATCH_CLOSELY = Named(
    "a reason to look more often than once a year",
    AnyOf.of(
        f.dural_sac_mm2 < LIMITS.sac_small_mm,
        f.spondylolisthesis,
        f.scoliosis,
        f.urge_to_urinate_walking,
        d.SHORT_WALK,
        AllOf.of(f.age >= LIMITS.watch_age_years, f.falls_12_months >= LIMITS.falls_count),
    ),
)
AFTER_TREATMENT = Named("after a fair trial or an operation", d.FAIR_TRIAL | d.OPERATED)

RELAPSE = (
    Rule(
        id="relapse-review",
        direction="do",
        step="maintenance",
        when=AllOf.of(AFTER_TREATMENT, d.RELAPSE),
        conflicts=("C-15",),
        evidence=(
            For("N-TSU", "over 50 m short of the best point, or new weakness"),
            For("LSS-MDC25", "measurement error of scores in stenosis"),
            For("MIC-LBP08", "smallest change that matters"),
            For("K-REOP"),
            Against("ODI-DRIFT", "scores move by nine points with no treatment at all"),
            NO_TRIAL,
        ),
        review_weeks="review_soon_weeks",
    ),
    Rule(
        id="repeat-programme",
        direction="do",
        step="guided_rehabilitation",
        when=AllOf.of(AFTER_TREATMENT, d.RELAPSE, ~established(d.OPERATED_RECENTLY)),
        conflicts=("C-04", "C-15"),
        evidence=(
            For("DESIGN", "back to the first two steps for six weeks, then decide together"),
            For("T-BOOT", "gains were kept at 12 months by training on"),
            Against("R-FRIT17", "some symptoms stay at 5 years whatever is done"),
        ),
        review_weeks="review_first_weeks",
    ),
    Rule(
        id="adjacent-level-check",
        direction="consider",
        step="specialist_options",
        who=d.OPERATED,
        when=AnyOf.of(f.new_symptoms_since_mri, AllOf.of(d.WORSE, ~established(d.OPERATED_RECENTLY))),
        conflicts=("C-15",),
        evidence=(
            For("K-ASD", "after fusion 13.6 of 100 are operated at the next level within 5 years"),
            For("G-ACR21-3"),
            For("T-SSMRI", "more new narrowing after fusion"),
            Against("K-PREV", "with each further operation fewer do well"),
        ),
    ),
    Rule(
        id="relapse-by-claudication-score",
        direction="do",
        step="maintenance",
        on=False,
        when=AFTER_TREATMENT & (f.zcq_symptom_change >= LIMITS.zcq_worse_points),
        evidence=(
            For("ZCQ-CLELAND12", "0.36 of a point; not read"),
            Against("ZCQ-CN25", "0.21 in another sample: the two do not agree, and no measurement error was read"),
        ),
    ),
)

REVIEWS = (
    Rule(
        id="review-12-weeks",
        direction="do",
        step="guided_rehabilitation",
        who=r.STENOSIS,
        when=AllOf.of(f.exercise_programme_weeks >= LIMITS.programme_weeks, ~established(d.FAIR_TRIAL)),
        conflicts=("C-04",),
        evidence=(For("G-WFNS20-3"), For("T-BOOT"), NO_TRIAL),
        review_weeks="review_first_weeks",
    ),
    Rule(
        id="review-6-weeks",
        direction="do",
        step="guided_rehabilitation",
        who=r.STENOSIS,
        when=AllOf.of(~established(f.exercise_programme_weeks >= LIMITS.programme_weeks), ~established(d.FAIR_TRIAL)),
        conflicts=("C-04",),
        evidence=(For("T-BOOT"), For("G-ACR21-2"), NO_TRIAL),
        review_weeks="review_first_weeks",
    ),
    Rule(
        id="closer-review",
        direction="do",
        step="maintenance",
        when=AllOf.of(AFTER_TREATMENT, d.STABLE, WATCH_CLOSELY),
        conflicts=("C-03", "C-10"),
        evidence=(
            For("N-MIN", "a sac under 50 mm2 went with a worse course"),
            For("N-MIY", "with a curve fewer did well"),
            For("K-FALL"),
            NO_TRIAL,
        ),
        review_weeks="review_close_weeks",
    ),
    Rule(
        id="annual-review",
        direction="do",
        step="maintenance",
        when=AllOf.of(AFTER_TREATMENT, d.STABLE),
        conflicts=("C-15",),
        evidence=(For("R-FRIT17"), For("K-REOP"), For("S001"), NO_TRIAL),
        review_weeks="review_year_weeks",
    ),
    Rule(
        id="postop-danger-signs",
        direction="do",
        step="recovery",
        delays=False,
        when=d.OPERATED_RECENTLY,
        evidence=(For("G-CES"), For("K-MORT"), NO_TRIAL),
        review_weeks="review_first_weeks",
    ),
)

FOLLOW_UP = (*RELAPSE, *REVIEWS)
