"""QI-13 to QI-15: relaxants for long, gabapentinoids for back or stenosis alone, three kidney stressors together."""

from spinesteps.audits.measures import Measure, Window
from spinesteps.audits.standards import Exclusion, Index, Numerator, Standard
from spinesteps.knowledge.standards import selections as c
from spinesteps.knowledge.standards.selections import NUMBERS
from spinesteps.logic.facts import YesNo
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import CoveredDays, Exists, OverlapDays
from spinesteps.pathway.evidence import Against, For

RELAXANT = Where("medicine", ("muscle_relaxant",))
GABAPENTINOID = Where("medicine", ("gabapentinoid",))
NSAID = Where("medicine", ("nsaid", "aspirin_painkiller"), without=("local_form",))
PRESSURE = Where("medicine", ("ace_inhibitor_or_arb",))
WATER = Where("medicine", ("diuretic",))

relaxant_long = YesNo("relaxant_for_long")
spasticity = YesNo("spasticity_recorded")
back_reason = YesNo("back_or_stenosis_is_the_reason")
other_reason = YesNo("neuropathy_or_epilepsy_or_zoster_recorded")
both = YesNo("pressure_and_water_tablets_together")
nsaid_pressure = YesNo("nsaid_with_pressure_tablet")
nsaid_water = YesNo("nsaid_with_water_tablet")

MEDICINES = (
    Standard(
        id="QI-13",
        better="lower",
        index=Index(where=RELAXANT, clear=RELAXANT, clear_before=NUMBERS.clear_history_days, covered=True),
        measures=(
            Measure(fact=relaxant_long, summary=CoveredDays(RELAXANT),
                    window=Window(after=NUMBERS.relaxant_look_last_day), more_than=NUMBERS.relaxant_days,
                    silence=False),
            Measure(fact=spasticity, summary=Exists(Where("condition", ("spasticity",))), window=c.EVER, silence=False),
        ),
        exclusions=(Exclusion("spasticity", spasticity),),
        readings=(Numerator("more than 14 of 60 days", relaxant_long.condition()),),
        evidence=(For("CYCLOBENZAPRINE-LABEL"), Against("DESIGN", "labels speak of weeks, the count of days is ours")),
    ),
    Standard(
        id="QI-14",
        better="lower",
        index=Index(where=GABAPENTINOID, clear=GABAPENTINOID, clear_before=NUMBERS.clear_history_days, covered=True),
        measures=(
            Measure(fact=back_reason, summary=Exists(Where("condition", (*c.BACK_TROUBLE.concepts,
                                                                         *c.STENOSIS.concepts))),
                    window=Window(before=NUMBERS.reason_before_days), silence=False),
            Measure(fact=other_reason, summary=Exists(Where("condition", ("diabetic_neuropathy", "polyneuropathy",
                                                                          "epilepsy", "herpes_zoster"))),
                    window=c.EVER, silence=False),
        ),
        who=back_reason,
        readings=(Numerator("no other reason", ~other_reason),),
        evidence=(For("G-NICE20-1"), Against("CLAIMS-LIMIT", "the reason for a prescription is not coded")),
    ),
    Standard(
        id="QI-15",
        better="lower",
        index=Index(),
        measures=(
            Measure(fact=both, summary=OverlapDays(PRESSURE, WATER), window=c.YEAR, at_least=NUMBERS.one_day,
                    silence=False),
            Measure(fact=nsaid_pressure, summary=OverlapDays(NSAID, PRESSURE), window=c.YEAR, at_least=NUMBERS.one_day,
                    silence=False),
            Measure(fact=nsaid_water, summary=OverlapDays(NSAID, WATER), window=c.YEAR, at_least=NUMBERS.one_day,
                    silence=False),
        ),
        who=both,
        readings=(Numerator("one day", nsaid_pressure & nsaid_water),),
        evidence=(For("LAPI13"), Against("DESIGN", "three pairs that meet may meet on different days")),
    ),
)  # fmt: skip
