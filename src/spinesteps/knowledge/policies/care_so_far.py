"""What several policies look at on the day of the request (T0): care so far, scores, scans, and the urgent waiver.

Conservative care after safety-and-codes 4.6: ISO weeks with a visit, home exercise, a supply of a pain medicine, an
injection or a group; kinds of it; the longest run. No code names the body part, so each visit is listed to be checked.
"""

from pathlib import Path

from spinesteps.audits.measures import Measure, Window
from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.red_flags.bone import BONE
from spinesteps.knowledge.red_flags.cancer import CANCER
from spinesteps.knowledge.red_flags.cauda_equina import CAUDA_EQUINA
from spinesteps.knowledge.red_flags.infection import INFECTION
from spinesteps.knowledge.red_flags.neck import NECK
from spinesteps.knowledge.red_flags.vessels import VESSELS_BELLY, VESSELS_LEGS
from spinesteps.knowledge.red_flags.weakness import WEAKNESS
from spinesteps.logic.conditions import AnyOf, AtLeast, Named
from spinesteps.logic.facts import Number, YesNo
from spinesteps.logic.history.courses import ActiveWeeks, DaysSinceFirst, PercentFall
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import Exists, Latest
from spinesteps.logic.thresholds import read_thresholds
from spinesteps.pathway.rules import reached

NUMBERS = read_thresholds(Path(__file__).parent / "thresholds.toml")

# Selections
PT = Where("procedure", ("physiotherapy_visit", "physiotherapy_evaluation", "exercise_therapy"))
HOME = Where("observation", ("home_exercise_day",))
PAIN_MEDICINE = Where(
    "medicine", ("nsaid", "paracetamol", "opioid", "gabapentinoid", "muscle_relaxant", "antidepressant"),
    without=("local_form",),
)  # fmt: skip
HANDS = Where("procedure", ("manual_therapy", "massage"))
TALKING = Where("procedure", ("cognitive_behavioural_therapy",))
BRACE = Where("procedure", ("back_brace",))
EPIDURAL = Where("procedure", ("epidural_injection",))
CARE = Where(
    ("procedure", "observation", "medicine"),
    (*PT.concepts, *HOME.concepts, *PAIN_MEDICINE.concepts, *HANDS.concepts, *TALKING.concepts, *EPIDURAL.concepts),
    without=("local_form",),
)
SCAN = Where(("imaging", "procedure"), ("lumbar_mri", "lumbar_ct"))
ROOT = Where("condition", ("sciatica_or_radiculopathy", "disc_herniation"))
CLAUDICATION = Where("condition", ("lumbar_stenosis_with_claudication",))
STENOSIS = Where("condition", ("lumbar_stenosis", "lumbar_stenosis_with_claudication", "lumbar_foraminal_stenosis"))

# Windows
YEAR = Window(before=NUMBERS.care_look_days)
HALF_YEAR = Window(before=NUMBERS.half_year_days)
QUARTER = Window(before=NUMBERS.quarter_days)
EVER = Window(before=None, complete_days=NUMBERS.ever_complete_days)

# Care so far
care_two_weeks, care_four_weeks, care_six_weeks = (
    YesNo("care_two_weeks"), YesNo("care_four_weeks"), YesNo("care_six_weeks"),
)  # fmt: skip
care_eight_weeks, care_quarter, care_year = YesNo("care_eight_weeks"), YesNo("care_quarter"), YesNo("care_year")
care_six_lately, care_six_in_quarter = YesNo("care_six_weeks_in_half_year"), YesNo("care_six_weeks_in_quarter")
pt, home, medicine, injection = (
    YesNo("physiotherapy_done"), YesNo("home_exercise_done"), YesNo("pain_medicine_taken"), YesNo("injection_done"),
)  # fmt: skip
hands, talking, brace = YesNo("manual_care_done"), YesNo("talking_therapy_done"), YesNo("brace_used")
pt_lately, home_lately, medicine_lately, injection_lately = (
    YesNo("physiotherapy_in_half_year"), YesNo("home_exercise_in_half_year"), YesNo("pain_medicine_in_half_year"),
    YesNo("injection_in_half_year"),
)  # fmt: skip
pt_six, home_six, medicine_six, hands_six, talking_six = (
    YesNo("physiotherapy_six_weeks"), YesNo("home_exercise_six_weeks"), YesNo("pain_medicine_six_weeks"),
    YesNo("manual_care_six_weeks"), YesNo("talking_therapy_six_weeks"),
)  # fmt: skip
inability = YesNo("therapy_could_not_be_done")
pain_fall = Number("pain_fall_in_percent", unit="%", low=-1000, high=100)
results = YesNo("results_of_care_recorded")
weeks_in_all = Number("care_weeks_in_all", unit="weeks", low=0, high=600)
weeks_in_a_row = Number("care_weeks_in_a_row", unit="weeks", low=0, high=600)
# The rest
pain_weeks = Number("weeks_since_pain_began", unit="weeks", low=0, high=6000)
pain_scored, function_scored = YesNo("pain_scored_lately"), YesNo("function_scored_lately")
scan, scan_two_years, scan_half_year = YesNo("scan_recorded"), YesNo("scan_in_two_years"), YesNo("scan_in_half_year")
examined = YesNo("examination_recorded")
root, claudication = YesNo("root_trouble_coded"), YesNo("claudication_coded_here")
narrow = YesNo("stenosis_coded")

RUN = ActiveWeeks(CARE, run=True)
CARE_MEASURES = (
    Measure(fact=care_two_weeks, summary=RUN, window=YEAR, at_least=NUMBERS.weeks_two, silence=False),
    Measure(fact=care_four_weeks, summary=RUN, window=YEAR, at_least=NUMBERS.weeks_four, silence=False),
    Measure(fact=care_six_weeks, summary=RUN, window=YEAR, at_least=NUMBERS.weeks_six, silence=False),
    Measure(fact=care_eight_weeks, summary=RUN, window=YEAR, at_least=NUMBERS.weeks_eight, silence=False),
    Measure(fact=care_quarter, summary=RUN, window=YEAR, at_least=NUMBERS.weeks_quarter, silence=False),
    Measure(fact=care_year, summary=RUN, window=YEAR, at_least=NUMBERS.weeks_year, silence=False),
    Measure(fact=care_six_lately, summary=RUN, window=HALF_YEAR, at_least=NUMBERS.weeks_six, silence=False),
    Measure(fact=care_six_in_quarter, summary=RUN, window=QUARTER, at_least=NUMBERS.weeks_six, silence=False),
    Measure(fact=pt_six, summary=ActiveWeeks(PT), window=YEAR, at_least=NUMBERS.weeks_six, silence=False),
    Measure(fact=home_six, summary=ActiveWeeks(HOME), window=YEAR, at_least=NUMBERS.weeks_six),
    Measure(fact=medicine_six, summary=ActiveWeeks(PAIN_MEDICINE), window=YEAR, at_least=NUMBERS.weeks_six,
            silence=False),
    Measure(fact=hands_six, summary=ActiveWeeks(HANDS), window=YEAR, at_least=NUMBERS.weeks_six, silence=False),
    Measure(fact=talking_six, summary=ActiveWeeks(TALKING), window=YEAR, at_least=NUMBERS.weeks_six, silence=False),
    Measure(fact=pt_lately, summary=Exists(PT), window=HALF_YEAR, silence=False),
    Measure(fact=home_lately, summary=Exists(HOME), window=HALF_YEAR),
    Measure(fact=medicine_lately, summary=Exists(PAIN_MEDICINE), window=HALF_YEAR, silence=False),
    Measure(fact=injection_lately, summary=Exists(EPIDURAL), window=HALF_YEAR, silence=False),
)  # fmt: skip
# What the list of conservative care shows, whatever the policy: its length, then each kind.
SHOWN = (
    Measure(fact=weeks_in_a_row, summary=RUN, window=YEAR),
    Measure(fact=weeks_in_all, summary=ActiveWeeks(CARE), window=YEAR),
    Measure(fact=pt, summary=Exists(PT), window=YEAR, silence=False),
    Measure(fact=home, summary=Exists(HOME), window=YEAR),
    Measure(fact=medicine, summary=Exists(PAIN_MEDICINE), window=YEAR, silence=False),
    Measure(fact=injection, summary=Exists(EPIDURAL), window=YEAR, silence=False),
    Measure(fact=hands, summary=Exists(HANDS), window=YEAR, silence=False),
    Measure(fact=talking, summary=Exists(TALKING), window=YEAR, silence=False),
    Measure(fact=brace, summary=Exists(BRACE), window=YEAR, silence=False),
)
OTHERS = (
    Measure(fact=inability, summary=Exists(Where("observation", ("therapy_not_possible",))), window=YEAR,
            said_yes=True, absent=False, why="only a documented reason counts: none written is none documented"),
    Measure(fact=pain_fall, summary=PercentFall(Where(("answer", "observation"), ("pain_leg",))), window=YEAR),
    Measure(fact=results, summary=Exists(Where(("answer", "observation"), ("pain_leg", "pain_back", "odi", "peg"))),
            window=HALF_YEAR),
    Measure(fact=pain_weeks, window=EVER, summary=DaysSinceFirst(
        Where("condition", ("low_back_pain", *ROOT.concepts, *STENOSIS.concepts)), per=7)),
    Measure(fact=pain_scored, summary=Latest(Where(("answer", "observation"), ("pain_leg", "pain_back", "peg"))),
            window=Window(before=NUMBERS.score_days), at_least=0),
    Measure(fact=function_scored, window=Window(before=NUMBERS.score_days), at_least=0,
            summary=Latest(Where(("answer", "observation"), ("odi", "rmdq", "zcq_function")))),
    Measure(fact=scan, summary=Exists(SCAN), window=EVER, silence=False),
    Measure(fact=scan_two_years, summary=Exists(SCAN), window=Window(before=NUMBERS.imaging_months_esi_days),
            silence=False),
    Measure(fact=scan_half_year, summary=Exists(SCAN), window=Window(before=NUMBERS.imaging_fusion_days),
            silence=False),
    Measure(fact=examined, window=HALF_YEAR, summary=Exists(Where(("answer", "observation"), (
        "mrc_lowest", "slr_positive", "achilles_reflex_abnormal", "extension_test_positive", "pulses_present",
        "wide_based_gait", "romberg_abnormal")))),
    Measure(fact=root, summary=Exists(ROOT), window=EVER, silence=False),
    Measure(fact=claudication, summary=Exists(CLAUDICATION), window=EVER, silence=False),
    Measure(fact=narrow, summary=Exists(STENOSIS), window=EVER, silence=False),
)  # fmt: skip

# A documented reason why care could not be done counts as met, with the reason (4.6).
FAILED = Named(
    "the care did not help enough, or could not be done",
    AnyOf.of(pain_fall < NUMBERS.pain_fall_percent, f.odi_change > NUMBERS.odi_change_points, inability),
)
TWO_KINDS_OF_SIX_WEEKS = AtLeast.of(2, pt_six, home_six, medicine_six, hands_six, talking_six)
TWO_KINDS_LATELY = AtLeast.of(2, medicine_lately, pt_lately, home_lately, injection_lately)
DEFICIT = s.DEFICIT
URGENT = Named(
    "urgent: a danger sign for now or today (RF-01 to RF-08), or new weakness (RF-02)",
    AnyOf.of(
        reached((*CAUDA_EQUINA, *WEAKNESS, *NECK, *BONE, *CANCER, *INFECTION, *VESSELS_BELLY, *VESSELS_LEGS[:3]),
                "today"),
        reached(WEAKNESS, "two_weeks"),
    ),
)  # fmt: skip
