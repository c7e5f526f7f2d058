"""Payers' criteria for a lumbar decompression: PAY-LD, AE, SC, QC, SU (safety-and-codes 4.3)."""

from spinesteps.audits.measures import Measure, Window
from spinesteps.audits.policies import Criterion, Policy
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.policies import care_so_far as c
from spinesteps.knowledge.policies.care_so_far import NUMBERS
from spinesteps.knowledge.red_flags.cauda_equina import CAUDA_EQUINA
from spinesteps.logic.conditions import AllOf, AnyOf, Named
from spinesteps.logic.facts import YesNo
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import Exists, Latest
from spinesteps.pathway.rules import reached

level_again = YesNo("decompression_in_the_twelve_weeks_before")
standard_kind = YesNo("standard_decompression_stated")

DECOMPRESSION_MEASURES = (
    Measure(fact=level_again, summary=Exists(Where("procedure", ("lumbar_decompression",))), silence=False,
            window=Window(before=NUMBERS.repeat_level_days, without_index=True)),
    Measure(fact=standard_kind, summary=Latest(Where("observation", ("standard_decompression_planned",))),
            window=c.YEAR),
)  # fmt: skip

MATCHING = AllOf.of(c.examined, c.scan, f.mri_matches_symptoms)
MODERATE = f.mri_stenosis.is_("moderate", "severe")
SC_WAIVER = Named(
    "cauda equina trouble, or strength 0 to 2 at L5 or S1, or 0 to 3 at L3 or L4",
    AnyOf.of(
        reached(CAUDA_EQUINA, "today"),
        AllOf.of(f.mrc_lowest <= NUMBERS.grade_none_to_poor, f.mrc_lowest_root.is_("L5", "S1")),
        AllOf.of(f.mrc_lowest <= NUMBERS.grade_none_to_fair, f.mrc_lowest_root.is_("L3", "L4")),
    ),
)

DECOMPRESSION = (
    Policy(
        id="evicore-cmm-608",
        procedure="decompression",
        criteria=(
            Criterion(id="PAY-LD-01", topic="imaging", when=MATCHING),
            Criterion(id="PAY-LD-02", topic="conservative care", waived=True,
                      when=AnyOf.of(c.inability, c.TWO_KINDS_OF_SIX_WEEKS & c.FAILED)),
            Criterion(id="PAY-LD-03", topic="repeat", when=~level_again),
            Criterion(id="PAY-LD-04", topic="technique", when=standard_kind),
        ),
    ),
    Policy(
        id="aetna-0743-decompression",
        procedure="decompression",
        criteria=(
            Criterion(id="PAY-AE-01", topic="imaging", when=MODERATE & f.mri_matches_symptoms),
            Criterion(id="PAY-AE-02", topic="function", when=f.function_limited),
            Criterion(id="PAY-AE-03", topic="conservative care", waived=True, when=c.inability | c.care_six_weeks),
        ),
    ),
    Policy(
        id="sc-cam-161",
        procedure="decompression",
        waiver=SC_WAIVER,
        criteria=(
            Criterion(id="PAY-SC-01", topic="conservative care", waived=True, when=c.inability | c.care_six_lately),
            Criterion(id="PAY-SC-02", topic="kinds of care", waived=True, when=c.inability | c.TWO_KINDS_LATELY),
            Criterion(id="PAY-SC-03", topic="imaging", when=c.scan & f.mri_matches_symptoms),
            Criterion(id="PAY-SC-04", topic="waiver", when=SC_WAIVER),
        ),
    ),
    Policy(
        id="qualchoice-bi394",
        procedure="decompression",
        criteria=(
            Criterion(id="PAY-QC-01", topic="imaging", when=MODERATE & f.mri_matches_symptoms),
            Criterion(id="PAY-QC-02", topic="conservative care", waived=True, when=c.inability | c.care_eight_weeks),
        ),
    ),
    Policy(
        id="sur712-036",
        procedure="decompression",
        criteria=(
            Criterion(id="PAY-SU-01", topic="conservative care", waived=True, when=c.inability | c.pt_six),
            Criterion(id="PAY-SU-02", topic="pain", when=AnyOf.of(
                f.pain_leg > NUMBERS.pain_score, f.pain_back > NUMBERS.pain_score)),
        ),
    ),
    Policy(id="carelon-2024", procedure="decompression", criteria=()),
)  # fmt: skip
