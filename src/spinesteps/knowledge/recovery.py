"""After an operation: walking, exercise, the surgeon's own orders, and reviews. Dates of one hospital say so (C-13)."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.knowledge.order_facts import OrderFacts as o
from spinesteps.logic.conditions import AllOf, Known, Named
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

ONE_HOSPITAL = Against("K-CAN", "surgeons do not agree on limits or dates; this one is a single hospital's")
NO_TRIAL = Against("DESIGN", "no trial tests this step by itself")
OPERATED_LATELY = Named("operated within a year", d.OPERATED_RECENTLY.part, folded=True)
SINCE = f.surgery_days_ago
BEFORE_CORE = LIMITS.postop_core_days > SINCE
FROM_CORE = LIMITS.postop_core_days <= SINCE
BEFORE_AEROBIC = LIMITS.postop_aerobic_days > SINCE
FROM_AEROBIC = LIMITS.postop_aerobic_days <= SINCE
BEFORE_QUARTER = LIMITS.postop_quarter_days > SINCE
FROM_QUARTER = LIMITS.postop_quarter_days <= SINCE
BEFORE_HALF = LIMITS.postop_half_days > SINCE
FROM_HALF = LIMITS.postop_half_days <= SINCE

# A surgeon's order wins until its day (by its ranking). An order without a day stands, and the day is asked for.
BRACE_ORDERED = Named(
    "the surgeon's order for a brace stands",
    AllOf.of(
        o.surgeon_brace_order, (o.brace_order_days_left > LIMITS.order_over_days) | ~Known(o.brace_order_days_left)
    ),
)
LIMITS_ORDERED = Named(
    "the surgeon's limits stand",
    AllOf.of(
        o.surgeon_activity_order,
        (o.activity_order_days_left > LIMITS.order_over_days) | ~Known(o.activity_order_days_left),
    ),
)
AN_ORDER_IS_OVER = Named(
    "the day of a surgeon's order has come",
    AllOf.of(o.surgeon_brace_order, o.brace_order_days_left <= LIMITS.order_over_days)
    | AllOf.of(o.surgeon_activity_order, o.activity_order_days_left <= LIMITS.order_over_days),
)

ORDERS = (
    Rule(
        id="postop-brace-as-ordered",
        direction="do",
        step="recovery",
        who=OPERATED_LATELY,
        when=BRACE_ORDERED,
        conflicts=("C-07", "C-13"),
        opposes=("postop-no-routine-brace", "no-routine-brace"),
        evidence=(
            For("DESIGN", "the surgeon's order wins and has an end date"),
            For("S000", "S000-10"),
            Against("K-NASI", "four trials: no gain"),
            Against("K-IJSS"),
        ),
    ),
    Rule(
        id="postop-limits-as-ordered",
        direction="do",
        step="recovery",
        who=OPERATED_LATELY,
        when=LIMITS_ORDERED,
        conflicts=("C-13",),
        opposes=("postop-isometric-core", "postop-low-load-aerobic", "postop-active-rehabilitation"),
        evidence=(
            For("DESIGN", "the surgeon's order wins and has an end date"),
            For("S000", "S000-11"),
            Against("K-CAN", "no agreement on limits"),
        ),
    ),
    Rule(
        id="postop-order-over",
        direction="do",
        step="recovery",
        who=OPERATED_LATELY,
        when=AN_ORDER_IS_OVER,
        conflicts=("C-07", "C-13"),
        evidence=(For("DESIGN", "an order expires"), NO_TRIAL),
    ),
    Rule(
        id="postop-no-routine-brace",
        direction="avoid",
        step="recovery",
        when=OPERATED_LATELY,
        conflicts=("C-07",),
        evidence=(
            For("K-NASI", "four trials: no gain"),
            For("K-IJSS", "five trials after fusion: no difference"),
            Against("S000", "S000-10: up on the first day, with a brace"),
        ),
    ),
)

REHABILITATION = (
    Rule(
        id="postop-walk-early",
        direction="do",
        step="recovery",
        who=OPERATED_LATELY,
        when=BEFORE_AEROBIC,
        conflicts=("C-13",),
        evidence=(
            For("K-GIL", "more walking in week 1, better function"),
            For("S000", "S000-10: up on day 1"),
            Against("K-CAN", "limits vary and no trial fixes the day"),
        ),
    ),
    Rule(
        id="postop-short-sits",
        direction="consider",
        step="recovery",
        who=OPERATED_LATELY,
        when=BEFORE_AEROBIC,
        conflicts=("C-13",),
        evidence=(For("S000", "S000-11: no long sitting or twisting"), ONE_HOSPITAL),
    ),
    Rule(
        id="postop-isometric-core",
        direction="do",
        step="recovery",
        who=OPERATED_LATELY,
        when=FROM_CORE & BEFORE_AEROBIC,
        conflicts=("C-13",),
        evidence=(For("S000", "S000-12: at two weeks"), ONE_HOSPITAL),
    ),
    Rule(
        id="postop-low-load-aerobic",
        direction="do",
        step="recovery",
        who=OPERATED_LATELY,
        when=FROM_AEROBIC & BEFORE_QUARTER,
        conflicts=("C-13",),
        evidence=(For("S000", "S000-13: by six weeks"), For("R-MCG14", "active rehabilitation"), ONE_HOSPITAL),
    ),
    Rule(
        id="postop-active-rehabilitation",
        direction="do",
        step="recovery",
        who=OPERATED_LATELY,
        when=FROM_AEROBIC,
        conflicts=("C-13", "C-20"),
        evidence=(
            For("R-MCG14", "better function, short and long term"),
            For("G-BUS21-3"),
            For("FUSION-REHAB17"),
            Against("K-CAN", "a third of surgeons never refer"),
            Against("R-MCG14", "pain was similar"),
        ),
    ),
    Rule(
        id="postop-fear-programme",
        direction="consider",
        step="recovery",
        who=OPERATED_LATELY,
        when=FROM_AEROBIC & f.fear_of_movement,
        conflicts=("C-13", "C-20"),
        evidence=(
            For("T-CBPT", "fearful people gained; it began at six weeks"),
            For("G-BUS21-3", "at twelve weeks"),
            Against("K-PREHAB", "programmes before surgery did nothing for mood"),
        ),
    ),
    Rule(
        id="postop-step-goal",
        direction="do",
        step="recovery",
        who=OPERATED_LATELY,
        when=FROM_QUARTER,
        conflicts=("C-13",),
        evidence=(
            For("STEPS-POSTOP20", "steps seldom rise by themselves"),
            For("T-MIN", "a trial of exercise raised them"),
            Against("DESIGN", "no trial of a step goal after this operation was found"),
        ),
    ),
)

_REVIEWED = (For("R-FRIT17"), For("K-REOP"), For("T-SP4", "seen at 6 weeks, 3 and 6 months, then each year"), NO_TRIAL)
REVIEWS = (
    Rule(
        id="postop-review-first-day",
        direction="do",
        step="recovery",
        who=OPERATED_LATELY,
        when=LIMITS.postop_first_days >= SINCE,
        conflicts=("C-13",),
        evidence=(For("G-CES", "bladder, saddle and legs"), For("K-DEYO"), NO_TRIAL),
    ),
    Rule(
        id="postop-review-week-two",
        direction="do",
        step="recovery",
        who=OPERATED_LATELY,
        when=BEFORE_CORE,
        conflicts=("C-13",),
        evidence=_REVIEWED,
        review_weeks="review_soon_weeks",
    ),
    Rule(
        id="postop-review-week-six",
        direction="do",
        step="recovery",
        who=OPERATED_LATELY,
        when=FROM_CORE & BEFORE_AEROBIC,
        conflicts=("C-13",),
        evidence=_REVIEWED,
        review_weeks="review_month_weeks",
    ),
    Rule(
        id="postop-review-three-months",
        direction="do",
        step="recovery",
        who=OPERATED_LATELY,
        when=FROM_AEROBIC & BEFORE_QUARTER,
        conflicts=("C-13",),
        evidence=_REVIEWED,
        review_weeks="review_first_weeks",
    ),
    Rule(
        id="postop-review-six-months",
        direction="do",
        step="recovery",
        who=OPERATED_LATELY,
        when=FROM_QUARTER & BEFORE_HALF,
        conflicts=("C-13",),
        evidence=_REVIEWED,
        review_weeks="review_quarter_weeks",
    ),
    Rule(
        id="postop-review-one-year",
        direction="do",
        step="recovery",
        who=OPERATED_LATELY,
        when=FROM_HALF,
        conflicts=("C-13", "C-15"),
        evidence=_REVIEWED,
        review_weeks="review_half_weeks",
    ),
)

RECOVERY = (*ORDERS, *REHABILITATION, *REVIEWS)
