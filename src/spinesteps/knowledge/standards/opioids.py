"""QI-08 to QI-12: opioids before other care, for long, in a high dose, or together with what adds to their danger."""

from spinesteps.audits.measures import Measure, Window
from spinesteps.audits.standards import Exclusion, Index, Numerator, Standard
from spinesteps.knowledge.standards import selections as c
from spinesteps.knowledge.standards.selections import NUMBERS
from spinesteps.logic.facts import Number, YesNo
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import Count, CoveredDays, Exists, Latest, OverlapDays
from spinesteps.pathway.evidence import Against, For

other_care = YesNo("care_without_medicines_around_the_start")
after_operation = YesNo("spine_operation_just_before")
month = YesNo("opioid_on_half_of_the_first_month")
long = YesNo("opioid_on_half_of_two_months")
fills = YesNo("opioid_fills_enough")
days = YesNo("opioid_days_enough")
dose = Number("opioid_mme_day_recorded", unit="MME a day", low=0, high=5000)
benzodiazepine = YesNo("opioid_with_benzodiazepine")
gabapentinoid = YesNo("opioid_with_gabapentinoid")

NEW_OPIOID = Index(where=c.OPIOID, clear=c.OPIOID, clear_before=NUMBERS.clear_history_days, covered=True)
PERIOD = Index()
FILLS = Measure(fact=fills, summary=Count(c.OPIOID, each="day"), window=c.YEAR, at_least=NUMBERS.opioid_fills,
                silence=False)  # fmt: skip
DAYS = Measure(fact=days, summary=CoveredDays(c.OPIOID), window=c.YEAR, at_least=NUMBERS.opioid_days, silence=False)
OUT = (c.CANCER_OUT, c.SICKLE_OUT, c.HOSPICE_OUT)
HOSPICE_EVER = Measure(fact=c.hospice, summary=c.HOSPICE.summary, window=c.EVER, silence=False)
OUT_MEASURES = (c.CANCER_EVER, c.SICKLE, HOSPICE_EVER)
TAPER = Against("CDC22", "a count is no reason to stop suddenly: dose and duration change with the prescriber")

OPIOIDS = (
    Standard(
        id="QI-08",
        better="lower",
        index=NEW_OPIOID,
        measures=(
            Measure(fact=other_care, summary=Exists(c.OTHER_CARE), silence=False,
                    window=Window(before=NUMBERS.other_care_before_days, after=NUMBERS.other_care_after_days)),
            Measure(fact=after_operation, summary=Exists(c.SPINE_SURGERY), silence=False,
                    window=Window(before=NUMBERS.after_operation_days)),
            c.CANCER_EVER, HOSPICE_EVER,
        ),
        exclusions=(c.CANCER_OUT, c.HOSPICE_OUT, Exclusion("just after an operation", after_operation)),
        readings=(Numerator("no other care", ~other_care),),
        evidence=(For("CDC22-RECS"), Against("CLAIMS-LIMIT", "other care may be paid for elsewhere")),
    ),
    Standard(
        id="QI-09",
        like="COU-like",
        better="lower",
        index=NEW_OPIOID,
        measures=(
            Measure(fact=month, summary=CoveredDays(c.OPIOID), window=Window(after=NUMBERS.opioid_month_last_day),
                    at_least=NUMBERS.opioid_month_covered, silence=False),
            Measure(fact=long, summary=CoveredDays(c.OPIOID), window=Window(after=NUMBERS.opioid_long_last_day),
                    at_least=NUMBERS.opioid_long_covered, silence=False),
            *OUT_MEASURES,
        ),
        exclusions=OUT,
        readings=(Numerator("15 of 30 days", month.condition()), Numerator("31 of 62 days", long.condition())),
        evidence=(For("COU-PLAN"), TAPER),
    ),
    Standard(
        id="QI-10",
        like="HDO-like",
        better="lower",
        index=PERIOD,
        measures=(
            FILLS, DAYS, *OUT_MEASURES,
            Measure(fact=dose, window=c.YEAR,
                    summary=Latest(Where(("answer", "observation", "medicine"), ("opioid_mme_day",)))),
        ),
        who=fills & days,
        exclusions=OUT,
        readings=(Numerator("90 MME a day", dose >= NUMBERS.opioid_high_mme),),
        evidence=(For("HEDIS-HDO"), TAPER, Against("DESIGN", "the last recorded daily dose stands for the average")),
    ),
    Standard(
        id="QI-11",
        like="COB-like",
        better="lower",
        index=PERIOD,
        measures=(
            FILLS, DAYS, *OUT_MEASURES,
            Measure(fact=benzodiazepine, summary=OverlapDays(c.OPIOID, Where("medicine", ("benzodiazepine",))),
                    window=c.YEAR, at_least=NUMBERS.together_days, silence=False),
        ),
        who=fills & days,
        exclusions=OUT,
        readings=(Numerator("30 days", benzodiazepine.condition()),),
        evidence=(For("COB-P4QM"), TAPER),
    ),
    Standard(
        id="QI-12",
        better="lower",
        index=PERIOD,
        measures=(
            FILLS, DAYS, *OUT_MEASURES,
            Measure(fact=gabapentinoid, summary=OverlapDays(c.OPIOID, Where("medicine", ("gabapentinoid",))),
                    window=c.YEAR, at_least=NUMBERS.together_days, silence=False),
        ),
        who=fills & days,
        exclusions=OUT,
        readings=(Numerator("30 days", gabapentinoid.condition()),),
        evidence=(For("FDA-GABA19"), For("DESIGN"), TAPER),
    ),
)  # fmt: skip
