"""Opinions of a surgeon: urgent, early, by criteria and choice."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge import facts as f
from spinesteps.knowledge import recognise as r
from spinesteps.logic.conditions import All, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

NO_TRIAL = Against("DESIGN", "no trial tests this step by itself")

SURGERY = (
    Rule(
        id="surgical-opinion-urgent",
        direction="do",
        step="specialist_options",
        delays=False,
        urgency="two_weeks",
        when=d.NEW_WEAKNESS_FLAG,
        conflicts=("C-11", "C-02"),
        evidence=(
            For("PETR22"),
            For("K-FOOT"),
            For("S004", "weakness: to surgery"),
            Against("MOTOR-DISSENT12"),
            Against("S002", "all four criteria first"),
        ),
    ),
    Rule(
        id="surgical-opinion-early",
        direction="do",
        step="specialist_options",
        who=r.STENOSIS,
        when=d.SHORT_WALK & ~established(f.surgery_declined),
        conflicts=("C-10",),
        evidence=(
            For("S000", "names 100 m"),
            For("DESIGN", "faster review and an offered opinion, not an operation"),
            Against("N-TSU"),
            Against("T-BOOT", "people who walked little got better with training"),
        ),
    ),
    Rule(
        id="surgical-opinion",
        direction="consider",
        step="specialist_options",
        who=r.STENOSIS,
        when=All.of(d.FAIR_TRIAL, f.function_unacceptable, ~established(f.surgery_declined)),
        conflicts=("C-01", "C-02", "C-04"),
        evidence=(For("G-DK19-1"), For("T-SP4"), For("R-MA17"), Against("R-ZAINA16"), Against("T-DEL")),
    ),
    Rule(
        id="second-opinion",
        direction="do",
        step="surgery",
        when=f.surgery_planned,
        conflicts=("C-01",),
        evidence=(For("K-2ND"), For("S003"), NO_TRIAL),
    ),
)
