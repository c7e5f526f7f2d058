"""Guided rehabilitation: the programme, supervision, the walking plan, hands-on care inside it (C-04, C-05, C-22)."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge import recognise as r
from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.logic.conditions import AllOf, AnyOf, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

EXERCISE = (
    Rule(
        id="structured-exercise",
        direction="do",
        step="guided_rehabilitation",
        who=r.STENOSIS,
        when=AllOf.of(d.NEEDS_GUIDANCE, ~established(d.FAIR_TRIAL)),
        conflicts=("C-01", "C-03", "C-04", "C-05"),
        evidence=(
            For("R-AMM22"),
            For("R-JAC21"),
            For("G-BUS21-1"),
            For("T-COMP", "stretching, trunk work, cycling and mind in those that worked"),
            Against("G-DK19-2", "no effect on nerve pain was shown"),
            Against("S000", "surgery first"),
        ),
    ),
    Rule(
        id="walking-plan",
        direction="do",
        step="guided_rehabilitation",
        who=r.STENOSIS,
        when=AnyOf.of(f.intermittent_claudication, f.worse_walking, d.SHORT_WALK),
        conflicts=("C-10",),
        evidence=(
            For("T-BOOT", "goal: 30 in 100 further"),
            For("T-MIN", "steps counted each day"),
            For("T-WHIT", "stop at the point where one would stop anyway"),
            Against("DESIGN", "share, bouts and growth are our own; no trial tests them"),
        ),
    ),
    Rule(
        id="supervised-programme",
        direction="do",
        step="guided_rehabilitation",
        who=r.STENOSIS,
        when=AllOf.of(d.LIMITED, ~established(d.FAIR_TRIAL)),
        conflicts=("C-04", "C-20"),
        evidence=(
            For("T-BOOT"),
            For("T-SCH"),
            For("T-MIN"),
            For("T-MIN1", "twice a week did better than once"),
            Against("T-BOOST", "no gain in disability at 12 months"),
            Against("T-COMP", "dose and supervision themselves not settled"),
        ),
    ),
    Rule(
        id="manual-therapy-with-exercise",
        direction="consider",
        step="guided_rehabilitation",
        who=r.STENOSIS,
        when=AllOf.of(d.NEEDS_GUIDANCE, ~established(d.FAIR_TRIAL)),
        unless=(s.THIN_BONES, f.cancer_history, f.anticoagulant),
        conflicts=("C-22",),
        evidence=(
            For("R-AMM22"),
            For("T-WHIT"),
            For("G-NICE16-6"),
            Against("T-SCH", "no difference left at 6 months"),
            Against("G-DK19-3", "not for nerve pain"),
        ),
    ),
)
