"""Payers' criteria for a lumbar fusion: PAY-FU, AF, MF (safety-and-codes 4.4)."""

from spinesteps.audits.measures import Measure
from spinesteps.audits.policies import Criterion, Policy
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.policies import care_so_far as c
from spinesteps.knowledge.policies.care_so_far import NUMBERS
from spinesteps.knowledge.red_flags.cauda_equina import CAUDA_EQUINA
from spinesteps.logic.conditions import AnyOf
from spinesteps.logic.facts import Number, YesNo
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import Exists, Latest
from spinesteps.pathway.rules import reached

iatrogenic = YesNo("instability_by_the_operation_expected")
deformity = YesNo("deformity_or_instability_coded")
cotinine = Number("cotinine_measured", unit="ng/ml", low=0, high=10_000)
nicotine_free = Number("nicotine_free_weeks_stated", unit="weeks", low=0, high=6000)
advised_to_quit = YesNo("stop_smoking_advice_recorded")

FUSION_MEASURES = (
    Measure(fact=iatrogenic, summary=Latest(Where("observation", ("iatrogenic_instability_expected",))),
            window=c.YEAR),
    Measure(fact=deformity, summary=Exists(Where("condition", ("lumbar_instability", "scoliosis", "kyphosis"))),
            window=c.EVER, silence=False),
    Measure(fact=cotinine, summary=Latest(Where("observation", ("cotinine_ng_ml",))), window=c.QUARTER),
    Measure(fact=nicotine_free, summary=Latest(Where("observation", ("nicotine_free_weeks",))), window=c.QUARTER),
    Measure(fact=advised_to_quit, window=c.YEAR,
            summary=Exists(Where(("procedure", "observation"), ("smoking_cessation", "stop_smoking_advice")))),
)  # fmt: skip

GRADE_TWO = f.slip_percent > NUMBERS.slip_grade_two_percent
UNSTABLE = AnyOf.of(f.instability, GRADE_TWO, iatrogenic)
FREE_OF_NICOTINE = (nicotine_free >= NUMBERS.nicotine_weeks) | (cotinine <= NUMBERS.cotinine_most)
LONG_ENOUGH = AnyOf.of(
    c.inability, c.care_year, c.care_quarter & (f.spondylolisthesis | f.instability)
)

FUSION = (
    Policy(
        id="evicore-cmm-609",
        procedure="fusion",
        criteria=(
            Criterion(id="PAY-FU-01", topic="instability", when=UNSTABLE),
            Criterion(id="PAY-FU-02", topic="conservative care", waived=True, when=LONG_ENOUGH),
            Criterion(id="PAY-FU-03", topic="imaging", when=c.scan_half_year),
            Criterion(id="PAY-FU-04", topic="nicotine", when=~f.smoker & (cotinine <= NUMBERS.cotinine_most)),
            Criterion(id="PAY-FU-05", topic="instability", when=AnyOf.of(UNSTABLE, f.spondylolisthesis, deformity)),
        ),
    ),
    Policy(
        id="aetna-0743-fusion",
        procedure="fusion",
        criteria=(
            Criterion(id="PAY-AF-01", topic="nicotine", when=FREE_OF_NICOTINE),
            Criterion(id="PAY-AF-02", topic="sugar", when=f.hba1c < NUMBERS.hba_most),
        ),
    ),
    Policy(
        id="cms-fusion",
        procedure="fusion",
        waiver=reached(CAUDA_EQUINA, "today"),
        criteria=(
            Criterion(id="PAY-MF-01", topic="conservative care", waived=True, when=LONG_ENOUGH),
            Criterion(id="PAY-MF-02", topic="kinds of care", waived=True,
                      when=AnyOf.of(c.pt, c.injection, c.medicine) & c.results),
            Criterion(id="PAY-MF-03", topic="nicotine", when=AnyOf.of(
                ~f.smoker, nicotine_free >= NUMBERS.nicotine_weeks, advised_to_quit)),
            Criterion(id="PAY-MF-04", topic="waiver", when=reached(CAUDA_EQUINA, "today")),
        ),
    ),
)  # fmt: skip
