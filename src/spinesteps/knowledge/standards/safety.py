"""QI-24: how fast a suspected cauda equina syndrome is scanned."""

from spinesteps.audits.measures import Measure, Window
from spinesteps.audits.standards import Index, Numerator, Standard
from spinesteps.knowledge.standards import selections as c
from spinesteps.knowledge.standards.selections import NUMBERS
from spinesteps.logic.conditions import AllOf, AnyOf, Known
from spinesteps.logic.facts import Number, YesNo
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import Exists, Latest
from spinesteps.pathway.evidence import Against, For

SUSPECTED = Where(
    ("condition", "answer"),
    ("cauda_equina_syndrome", "urinary_difficulty", "incontinence", "saddle_numbness", "sexual_function_change",
     "both_legs_weak"),
)  # fmt: skip
hours = Number("hours_from_request_to_mri", unit="hours", low=0, high=10_000)
scan_next_day = YesNo("mri_on_the_same_or_next_day")

SAFETY = (
    Standard(
        id="QI-24",
        better="higher",
        index=Index(where=SUSPECTED, clear=SUSPECTED, clear_before=NUMBERS.ces_clear_days, said_yes=True),
        measures=(
            Measure(fact=hours, summary=Latest(Where("observation", ("ces_request_to_mri_hours",))),
                    window=Window(after=NUMBERS.next_day)),
            Measure(fact=scan_next_day, summary=Exists(c.MRI), window=Window(after=NUMBERS.next_day), silence=False),
        ),
        readings=(
            Numerator("4 hours", AllOf.of(hours <= NUMBERS.ces_mri_hours, AnyOf.of(Known(hours), scan_next_day))),
        ),
        evidence=(For("G-CES"), For("GIRFT-CES"), Against("CLAIMS-LIMIT", "clock times are rarely recorded")),
    ),
)  # fmt: skip
