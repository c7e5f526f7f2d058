"""Payers' criteria for an epidural injection: PAY-ESI, PAY-EV, PAY-AL (safety-and-codes 4.1 and 4.2)."""

from spinesteps.audits.measures import Measure, Window
from spinesteps.audits.policies import Criterion, Policy
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.policies import care_so_far as c
from spinesteps.knowledge.policies.care_so_far import NUMBERS
from spinesteps.logic.conditions import AllOf, AnyOf
from spinesteps.logic.facts import Number, YesNo
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import Count, Exists, Latest

after_laminectomy, shingles = YesNo("postlaminectomy_coded"), YesNo("shingles_coded")
earlier = YesNo("injection_ever")
year_full, year_full_alabama = YesNo("injections_fill_the_year"), YesNo("injections_fill_the_year_alabama")
year_full_evicore, half_full = YesNo("injections_fill_the_year_evicore"), YesNo("injections_fill_the_half_year")
too_soon = YesNo("injection_in_the_two_weeks_before")
relief = Number("relief_after_the_last_injection", unit="%", low=0, high=100)
relief_weeks = Number("relief_weeks_after_the_last_injection", unit="weeks", low=0, high=520)
gain = YesNo("function_better_after_the_injection")
less_medicine = YesNo("less_medicine_after_the_injection")
guidance, levels, one_region = YesNo("image_guidance_stated"), YesNo("levels_stated"), YesNo("one_region_stated")
sedation, code_fits = YesNo("sedation_or_biologic_stated"), YesNo("claim_code_stated")
diagnostic, modifier = YesNo("diagnostic_block_stated"), YesNo("diagnostic_modifier_stated")
STATED = c.YEAR
BEFORE = Window(before=NUMBERS.rolling_year_days, without_index=True)

EPIDURAL_MEASURES = (
    Measure(fact=after_laminectomy, summary=Exists(Where("condition", ("postlaminectomy_syndrome",))), window=c.EVER,
            silence=False),
    Measure(fact=shingles, summary=Exists(Where("condition", ("herpes_zoster",))), window=c.YEAR, silence=False),
    Measure(fact=earlier, summary=Exists(c.EPIDURAL), window=c.EVER, silence=False),
    Measure(fact=year_full, summary=Count(c.EPIDURAL, each="day"), window=BEFORE, at_least=NUMBERS.sessions_before,
            silence=False),
    Measure(fact=year_full_evicore, summary=Count(c.EPIDURAL, each="day"), window=BEFORE,
            at_least=NUMBERS.sessions_year, silence=False),
    Measure(fact=year_full_alabama, summary=Count(c.EPIDURAL, each="day"), window=BEFORE,
            at_least=NUMBERS.sessions_year_alabama, silence=False),
    Measure(fact=half_full, summary=Count(c.EPIDURAL, each="day"), silence=False,
            window=Window(before=NUMBERS.half_year_days, without_index=True), at_least=NUMBERS.sessions_half_year),
    Measure(fact=too_soon, summary=Exists(c.EPIDURAL), window=Window(before=NUMBERS.gap_days, without_index=True),
            silence=False),
    Measure(fact=relief, summary=Latest(Where(("answer", "observation"), ("esi_relief_percent", "injection_relief"))),
            window=c.YEAR),
    Measure(fact=relief_weeks, summary=Latest(Where("answer", ("esi_relief_weeks",))), window=c.YEAR),
    Measure(fact=gain, summary=Latest(Where("observation", ("function_better_after_injection",))), window=c.YEAR),
    Measure(fact=less_medicine, summary=Latest(Where("observation", ("medicine_less_after_injection",))),
            window=c.YEAR),
    Measure(fact=guidance, summary=Latest(Where("observation", ("image_guidance_planned",))), window=STATED),
    Measure(fact=levels, summary=Latest(Where("observation", ("levels_within_limit",))), window=STATED),
    Measure(fact=one_region, summary=Latest(Where("observation", ("single_region_planned",))), window=STATED),
    Measure(fact=sedation, summary=Latest(Where("observation", ("sedation_or_biologic_planned",))), window=STATED),
    Measure(fact=code_fits, summary=Latest(Where("observation", ("claim_code_fits",))), window=STATED),
    Measure(fact=diagnostic, summary=Latest(Where("observation", ("diagnostic_block_planned",))), window=STATED),
    Measure(fact=modifier, summary=Latest(Where("observation", ("diagnostic_modifier_given",))), window=STATED),
)  # fmt: skip

CLAUDICATION = AnyOf.of(c.claudication, f.claudication_coded, f.stenosis_diagnosed & f.intermittent_claudication)
PICTURE = AnyOf.of(c.root, CLAUDICATION, after_laminectomy, shingles)
ANY_CARE = AnyOf.of(c.pt, c.home, c.medicine, c.hands, c.talking)
RELIEVED = relief >= NUMBERS.relief_wanted_percent

EPIDURAL = (
    Policy(
        id="cms-esi",
        procedure="epidural",
        criteria=(
            Criterion(id="PAY-ESI-01", topic="diagnosis", when=PICTURE),
            Criterion(id="PAY-ESI-02", topic="imaging", when=AllOf.of(c.examined, c.scan, f.mri_matches_symptoms)),
            Criterion(id="PAY-ESI-03", topic="duration of pain", waived=True, when=AnyOf.of(
                shingles, c.pain_weeks >= NUMBERS.pain_weeks_esi, f.symptom_weeks >= NUMBERS.pain_weeks_esi)),
            Criterion(id="PAY-ESI-04", topic="conservative care", waived=True,
                      when=AnyOf.of(c.inability, ANY_CARE & c.FAILED)),
            Criterion(id="PAY-ESI-05", topic="scores", when=c.pain_scored & c.function_scored),
            Criterion(id="PAY-ESI-06", topic="technique", when=guidance),
            Criterion(id="PAY-ESI-07", topic="technique", when=levels),
            Criterion(id="PAY-ESI-08", topic="number of injections", when=~year_full),
            Criterion(id="PAY-ESI-09", topic="repeat", when=AnyOf.of(~earlier, RELIEVED, gain)),
            Criterion(id="PAY-ESI-10", topic="repeat", tag="not verified",
                      when=AnyOf.of(~earlier, relief_weeks >= NUMBERS.relief_wanted_weeks)),
            Criterion(id="PAY-ESI-11", topic="technique", when=one_region & ~sedation),
            Criterion(id="PAY-ESI-12", topic="claim", tag="page seen", when=code_fits),
            Criterion(id="PAY-ESI-13", topic="claim", when=~diagnostic | modifier),
        ),
    ),
    Policy(
        id="evicore-cmm-200",
        procedure="epidural",
        criteria=(
            Criterion(id="PAY-EV-01", topic="conservative care", waived=True, when=AnyOf.of(
                c.inability, c.care_six_weeks, c.care_four_weeks & (c.narrow | f.stenosis_diagnosed))),
            Criterion(id="PAY-EV-02", topic="imaging", when=c.scan_two_years),
            Criterion(id="PAY-EV-03", topic="number of injections", when=~too_soon),
            Criterion(id="PAY-EV-04", topic="number of injections", when=~half_full & ~year_full_evicore),
            Criterion(id="PAY-EV-05", topic="repeat", when=AnyOf.of(
                ~earlier,
                AllOf.of(RELIEVED, relief_weeks >= NUMBERS.relief_short_weeks, gain | less_medicine))),
        ),
    ),
    Policy(
        id="bcbs-al-mp-303",
        procedure="epidural",
        criteria=(
            Criterion(id="PAY-AL-01", topic="imaging", when=c.scan),
            Criterion(id="PAY-AL-02", topic="conservative care", waived=True, when=c.inability | c.care_two_weeks),
            Criterion(id="PAY-AL-03", topic="number of injections", when=~year_full_alabama),
        ),
    ),
)  # fmt: skip
