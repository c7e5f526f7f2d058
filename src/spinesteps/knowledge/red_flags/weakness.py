"""RF-02: weakness of the legs."""

from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AllOf, AnyOf, Known, Unclear
from spinesteps.logic.unsure import one_sure, or_unsure
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import RedFlag

WEAK_FLAGS = Against("DIONNE19", "single signs find only 19 to 43 of 100; they must not be used to rule out")
NO_TEST = Against("DESIGN", "our own reading of the time limits; no study tests them")

WEAKNESS = (
    RedFlag(
        id="RF-02a",
        topic="both legs weak, or no movement",
        emergency=s.LEGS_WEAK_NOW | (s.GRADE_NONE & s.WEAKNESS_SUDDEN_WINDOW),
        today=Unclear(f.both_legs_weak) | one_sure(s.GRADE_NONE, f.weakness_onset_days <= LIMITS.paralysis_window_days),
        evidence=(For("GIRFT-CES"), For("G-CES"), Against("CES-REFERRALS", "leg weakness alone finds 68 of 100")),
    ),
    RedFlag(
        id="RF-02b",
        topic="marked or growing weakness",
        today=AnyOf.of(
            s.GRADE_SEVERE & s.WEAKNESS_RECENT,
            s.GRADE_MODERATE & s.WEAKNESS_NEW,
            one_sure(s.GRADE_SEVERE, s.WEAKNESS_RECENT),
            s.GRADE_FELL,
            f.weakness_progressive,
        ),
        two_weeks=AnyOf.of((s.GRADE_SEVERE | s.GRADE_MODERATE) & s.WEAKNESS_IN_A_YEAR, Unclear(f.weakness_progressive)),
        routine=s.GRADE_SEVERE | s.GRADE_MODERATE,
        evidence=(
            For("PETR22", "strength and how long it has been lost decide recovery"),
            For("FOOTDROP25"),
            For("K-FOOT"),
            Against("MOTOR-DISSENT12", "pain, not weakness, is the main reason to operate"),
        ),
    ),
    RedFlag(
        id="RF-02c",
        topic="severe weakness of unknown date",
        today=s.GRADE_SEVERE & ~Known(f.weakness_onset_days),
        evidence=(For("PETR22"), For("DESIGN", "an unknown date counts as recent"), NO_TEST),
    ),
    RedFlag(
        id="RF-02d",
        topic="slight new weakness",
        two_weeks=s.GRADE_MILD & s.WEAKNESS_RECENT_OR_UNKNOWN,
        evidence=(For("PETR22", "mild loss did better when treated within days"), Against("MOTOR-DISSENT12")),
    ),
    RedFlag(
        id="RF-02e",
        topic="slight old weakness",
        routine=s.GRADE_MILD & (f.weakness_onset_days > LIMITS.weakness_recent_days),
        evidence=(For("DESIGN", "grade it again at every visit"), For("K-FOOT"), NO_TEST),
    ),
    RedFlag(
        id="RF-02f",
        topic="foot drop or giving way",
        today=AnyOf.of(
            f.foot_drop_or_giving_way & s.FOOT_DROP_NEW,
            one_sure(f.foot_drop_or_giving_way, f.weakness_progressive),
        ),
        two_weeks=AnyOf.of(
            f.foot_drop_or_giving_way & s.FOOT_DROP_RECENT_OR_UNKNOWN, Unclear(f.foot_drop_or_giving_way)
        ),
        routine=f.foot_drop_or_giving_way,
        evidence=(
            For("FOOTDROP25"),
            For("K-FOOT"),
            For("REGIONAL-DEFICIT"),
            Against("K-FOOT", "one series found no effect of time"),
        ),
    ),
    RedFlag(
        id="RF-02g",
        topic="sudden new loss",
        emergency=f.sudden_new_deficit,
        today=Unclear(f.sudden_new_deficit),
        evidence=(For("S003", "paralysis or loss of control: to a doctor at once"), For("G-CES"), WEAK_FLAGS),
    ),
    RedFlag(
        id="RF-02h",
        topic="both legs weak for long",
        emergency=AllOf.of(
            f.both_legs_weak,
            s.LEGS_LONG_WEAK,
            f.weakness_progressive | f.cauda_equina_progressing,
            f.cauda_equina_onset_days <= LIMITS.cauda_equina_window_days,
        ),
        today=f.both_legs_weak & s.LEGS_LONG_WEAK & ~s.LEGS_ONLY_UPRIGHT,
        evidence=(
            For("DESIGN", "a slow loss in both legs still needs the spine and the cord looked at"),
            For("G-CES", "its emergency list means new or worse signs"),
            NO_TEST,
        ),
    ),
    RedFlag(
        id="RF-02i",
        topic="a newly numb leg",
        today=one_sure(f.leg_numbness_new, f.weakness_progressive | s.NUMB_LEG_SPREADS),
        two_weeks=f.leg_numbness_new & f.leg_numbness_onset_days.within_or_unknown(LIMITS.numb_leg_recent_days),
        routine=or_unsure(f.leg_numbness_new),
        evidence=(
            For("S002", "names loss of feeling as a reason to look again"),
            For("FOOTDROP25", "feeling and strength fail together"),
            NO_TEST,
        ),
    ),
    RedFlag(
        id="RF-02j",
        topic="muscles that twitch or grow thin",
        two_weeks=f.muscle_twitching_or_thinning
        & AnyOf.of(
            f.both_legs_weak,
            f.foot_drop_or_giving_way,
            f.weakness_progressive,
            f.sudden_new_deficit,
            f.mrc_lowest < LIMITS.mrc_full,
        ),
        routine=or_unsure(f.muscle_twitching_or_thinning),
        evidence=(
            For("MND-BMJ14", "leg weakness put down to the back, months before the name was found"),
            For("MND-TOOL", "painless growing weakness without loss of feeling"),
            Against("MND-TOOL", "twitching alone is common in healthy people"),
        ),
    ),
)
