"""Payers' criteria for an MRI of the lumbar spine: PAY-MR, MN, MT (safety-and-codes 4.5)."""

from spinesteps.audits.measures import Measure
from spinesteps.audits.policies import Criterion, Policy
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.policies import care_so_far as c
from spinesteps.logic.conditions import AllOf, AnyOf
from spinesteps.logic.facts import YesNo
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import Exists

degenerative = YesNo("slip_or_degeneration_coded")
reexamined = YesNo("examined_again_stated")

MRI_MEASURES = (
    Measure(fact=degenerative, window=c.EVER, silence=False, summary=Exists(
        Where("condition", ("spondylolisthesis", "lumbar_spondylosis", "disc_degeneration")))),
    Measure(fact=reexamined, window=c.QUARTER, said_yes=True,
            summary=Exists(Where("observation", ("reexamined",)))),
)  # fmt: skip

MRI = (
    Policy(
        id="aetna-0236",
        procedure="mri",
        criteria=(
            Criterion(id="PAY-MR-01", topic="conservative care", waived=True, when=AnyOf.of(
                c.narrow, f.stenosis_diagnosed,
                AllOf.of(c.root, c.inability | c.care_six_weeks),
                AllOf.of(f.spondylolisthesis | degenerative, c.inability | c.care_four_weeks))),
            Criterion(id="PAY-MR-02", topic="waiver", when=c.URGENT),
        ),
    ),
    Policy(
        id="sc-cam-709",
        procedure="mri",
        criteria=(
            Criterion(id="PAY-MN-01", topic="conservative care", waived=True, when=AnyOf.of(
                c.DEFICIT, c.inability, AllOf.of(c.care_six_weeks, c.FAILED, c.home))),
        ),
    ),
    Policy(
        id="typical-manager",
        procedure="mri",
        criteria=(
            Criterion(id="PAY-MT-01", topic="conservative care", waived=True,
                      when=AllOf.of(c.inability | c.care_six_in_quarter, reexamined)),
        ),
    ),
)  # fmt: skip
