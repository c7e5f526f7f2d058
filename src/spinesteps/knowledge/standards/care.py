"""QI-05 to QI-07, QI-25: exercise before operations, exercise offered, scores taken, no bed rest or long brace."""

from spinesteps.audits.measures import Measure, Window
from spinesteps.audits.standards import Exclusion, Index, Numerator, Standard
from spinesteps.knowledge.standards import selections as c
from spinesteps.knowledge.standards.selections import NUMBERS
from spinesteps.logic.facts import Number, YesNo
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import Count, Exists, Latest
from spinesteps.pathway.evidence import Against, For

visits = YesNo("physiotherapy_visits_before_operation")
supervised = Number("supervised_exercise_weeks_before_operation", unit="weeks", low=0, high=520)
exercise_coded = YesNo("exercise_recorded_in_six_weeks")
exercise_said = YesNo("exercise_said_in_six_weeks")
brace = YesNo("brace_recorded")
brace_weeks = Number("brace_weeks_ordered", unit="weeks", low=0, high=520)
bed_rest = YesNo("bed_rest_advised_recorded")

START_FUNCTION, START_PAIN, START_WALK = YesNo("function_at_start"), YesNo("pain_at_start"), YesNo("walking_at_start")
SIX_FUNCTION, SIX_PAIN, SIX_WALK = (
    YesNo("function_at_week_six"), YesNo("pain_at_week_six"), YesNo("walking_at_week_six"),
)  # fmt: skip
THREE_FUNCTION, THREE_PAIN, THREE_WALK = (
    YesNo("function_at_month_three"), YesNo("pain_at_month_three"), YesNo("walking_at_month_three"),
)  # fmt: skip
YEAR_FUNCTION, YEAR_PAIN, YEAR_WALK = (
    YesNo("function_at_month_twelve"), YesNo("pain_at_month_twelve"), YesNo("walking_at_month_twelve"),
)  # fmt: skip
FUNCTION = Exists(Where(("observation", "answer"), ("odi", "promis29_physical_function", "promis_physical_function")))
PAIN = Exists(Where(("observation", "answer"), ("pain_leg", "pain_back", "peg")))
WALK = Exists(Where(("observation", "answer"), ("walking_distance_m", "claudication_distance", "walking_minutes",
                                                "spwt_m", "six_minute_walk", "six_minute_walk_m")))  # fmt: skip
START = Window(before=NUMBERS.baseline_slack_days, after=NUMBERS.baseline_slack_days)
SIX = Window(from_after=NUMBERS.score_week_six_from, after=NUMBERS.score_week_six_to)
THREE = Window(from_after=NUMBERS.score_month_three_from, after=NUMBERS.score_month_three_to)
TWELVE = Window(from_after=NUMBERS.score_month_twelve_from, after=NUMBERS.score_month_twelve_to)

SCORES = (
    Measure(fact=START_FUNCTION, summary=FUNCTION, window=START, silence=False),
    Measure(fact=START_PAIN, summary=PAIN, window=START, silence=False),
    Measure(fact=START_WALK, summary=WALK, window=START, silence=False),
    Measure(fact=SIX_FUNCTION, summary=FUNCTION, window=SIX, silence=False),
    Measure(fact=SIX_PAIN, summary=PAIN, window=SIX, silence=False),
    Measure(fact=SIX_WALK, summary=WALK, window=SIX, silence=False),
    Measure(fact=THREE_FUNCTION, summary=FUNCTION, window=THREE, silence=False),
    Measure(fact=THREE_PAIN, summary=PAIN, window=THREE, silence=False),
    Measure(fact=THREE_WALK, summary=WALK, window=THREE, silence=False),
    Measure(fact=YEAR_FUNCTION, summary=FUNCTION, window=TWELVE, silence=False),
    Measure(fact=YEAR_PAIN, summary=PAIN, window=TWELVE, silence=False),
    Measure(fact=YEAR_WALK, summary=WALK, window=TWELVE, silence=False),
)
TREATED = Where("procedure", (*c.OTHER_CARE.concepts, *c.EPIDURAL.concepts, *c.SPINE_SURGERY.concepts))

CARE = (
    Standard(
        id="QI-05",
        better="higher",
        index=Index(where=c.DECOMPRESSION_OR_FUSION),
        measures=(
            Measure(fact=visits, summary=Count(c.PHYSIOTHERAPY, each="day"),
                    window=Window(before=NUMBERS.care_before_surgery_days, without_index=True),
                    at_least=NUMBERS.therapy_visits, silence=False),
            Measure(fact=supervised, summary=Latest(Where("observation", ("supervised_exercise_weeks",))),
                    window=Window(before=NUMBERS.care_before_surgery_days), absent=0,
                    why="weeks that nobody wrote down cannot be counted; the visits are looked at beside them"),
            c.STENOSIS_EVER, c.DANGER_CODED_BEFORE, c.DANGER_SAID_BEFORE,
        ),
        who=c.stenosis,
        exclusions=(Exclusion("urgent: a danger sign before the operation", c.danger_coded | c.danger_said),),
        readings=(Numerator("6 visits or 6 weeks", visits | (supervised >= NUMBERS.supervised_weeks)),),
        evidence=(For("S002"), For("DESIGN"), Against("CLAIMS-LIMIT", "therapy elsewhere is not seen")),
    ),
    Standard(
        id="QI-06",
        better="higher",
        index=Index(where=c.CLAUDICATION, clear=c.CLAUDICATION, clear_before=NUMBERS.enrolment_days),
        measures=(
            Measure(fact=exercise_coded, summary=Exists(c.PHYSIOTHERAPY), window=Window(after=NUMBERS.six_weeks_days),
                    silence=False),
            Measure(fact=exercise_said, summary=Exists(Where(("answer", "observation"), (
                        "exercise_programme_active", "education_given", "home_exercise_day"))),
                    window=Window(after=NUMBERS.six_weeks_days), said_yes=True, absent=False,
                    why="the visits are looked at beside it"),
        ),
        readings=(Numerator("42 days", exercise_coded | exercise_said),),
        evidence=(For("G-DK19-1"), Against("CLAIMS-LIMIT")),
    ),
    Standard(
        id="QI-07",
        better="higher",
        index=Index(where=TREATED, clear=TREATED, clear_before=NUMBERS.enrolment_days),
        measures=(c.STENOSIS_EVER, *SCORES),
        who=c.stenosis,
        readings=(
            Numerator("start", START_FUNCTION & START_PAIN & START_WALK),
            Numerator("6 weeks", SIX_FUNCTION & SIX_PAIN & SIX_WALK),
            Numerator("3 months", THREE_FUNCTION & THREE_PAIN & THREE_WALK),
            Numerator("12 months", YEAR_FUNCTION & YEAR_PAIN & YEAR_WALK),
        ),
        evidence=(For("ICHOM-LBP"), Against("DESIGN", "the widths of the windows are ours")),
    ),
    Standard(
        id="QI-25",
        better="lower",
        index=Index(where=c.STENOSIS, clear=c.STENOSIS, clear_before=NUMBERS.enrolment_days),
        measures=(
            Measure(fact=brace, summary=Exists(Where("procedure", ("back_brace",))),
                    window=Window(after=NUMBERS.brace_look_days), silence=False),
            Measure(fact=brace_weeks, summary=Latest(Where("observation", ("brace_weeks",))),
                    window=Window(after=NUMBERS.brace_look_days)),
            Measure(fact=bed_rest, summary=Exists(Where("observation", ("bed_rest_advised",))),
                    window=Window(after=NUMBERS.brace_look_days), said_yes=True, absent=False,
                    why="advice that nobody wrote down cannot be counted"),
        ),
        readings=(Numerator("long brace or bed rest", bed_rest | (brace & (brace_weeks > NUMBERS.brace_weeks_most))),),
        evidence=(For("S003"), For("DESIGN"), Against("CLAIMS-LIMIT", "how long a brace was worn is rarely coded")),
    ),
)  # fmt: skip
