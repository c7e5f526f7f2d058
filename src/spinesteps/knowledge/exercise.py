"""Guided rehabilitation."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge import facts as f
from spinesteps.knowledge import recognise as r
from spinesteps.logic.conditions import All, Known, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

NO_TRIAL = Against("DESIGN", "no trial tests this step by itself")

EXERCISE = (
    Rule(
        id="structured-exercise",
        direction="do",
        step="guided_rehabilitation",
        who=r.STENOSIS,
        when=All.of(d.NEEDS_GUIDANCE, ~established(d.FAIR_TRIAL)),
        conflicts=("C-01", "C-03", "C-04", "C-05"),
        evidence=(
            For("R-AMM22"),
            For("R-JAC21"),
            For("G-BUS21-1"),
            Against("G-DK19-2", "no effect on nerve pain was shown"),
            Against("S000", "surgery first"),
        ),
    ),
    Rule(
        id="supervised-programme",
        direction="do",
        step="guided_rehabilitation",
        who=r.STENOSIS,
        when=All.of(d.LIMITED, ~established(d.FAIR_TRIAL)),
        conflicts=("C-04", "C-20"),
        evidence=(For("T-BOOT"), For("T-SCH"), For("T-MIN"), Against("T-BOOST", "no gain in disability at 12 months")),
    ),
    Rule(
        id="screen-mood",
        direction="do",
        step="guided_rehabilitation",
        who=r.STENOSIS,
        when=All.of(d.NEEDS_GUIDANCE, ~Known(f.phq2)),
        conflicts=("C-19",),
        evidence=(For("G-NICE16-7"), For("R-SLAT15"), NO_TRIAL),
    ),
)
