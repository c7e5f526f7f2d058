"""Mind: mood, worry, fear of movement, goals and pacing, self-harm, and who helps with the answers (C-19, C-20)."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge import recognise as r
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.knowledge.mind_facts import MindFacts as m
from spinesteps.logic.conditions import AllOf, AnyOf, Known
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

NO_TRIAL = Against("DESIGN", "no trial tests this step by itself")

SELF_HARM = (
    Rule(
        id="self-harm-help",
        direction="do",
        step="safety",
        delays=False,
        urgency="today",
        when=m.self_harm_thoughts | m.self_harm_plan,
        evidence=(
            For("SAFE-ASK"),
            For("NICE-NG225"),
            For("PHQ-ITEM-NINE13"),
            Against("PHQ-ITEM-NINE21", "the question misses many; ask in words of your own"),
        ),
    ),
)

MIND = (
    Rule(
        id="screen-mood",
        direction="do",
        step="guided_rehabilitation",
        who=r.STENOSIS,
        when=AllOf.of(d.NEEDS_GUIDANCE, ~Known(f.phq2) | ~Known(f.gad2)),
        conflicts=("C-19",),
        evidence=(For("G-NICE16-7"), For("R-SLAT15"), For("PHQ2-03"), For("GAD2-16"), NO_TRIAL),
    ),
    Rule(
        id="mood-follow-up",
        direction="do",
        step="guided_rehabilitation",
        when=d.MOOD_POSITIVE,
        conflicts=("C-19",),
        evidence=(
            For("PHQ2-03", "three points or more: sensitivity 83 %, specificity 92 %"),
            For("GAD2-16", "three points or more"),
            Against("PHQ2-NZ10", "three points found only 61 of 100 with depression; two found 86"),
            Against("K-PREHAB", "training did not lift mood: it is treated in its own right"),
        ),
        review_weeks="review_soon_weeks",
    ),
    Rule(
        id="pacing-and-goals",
        direction="do",
        step="guided_rehabilitation",
        who=r.STENOSIS,
        when=d.NEEDS_GUIDANCE,
        conflicts=("C-20",),
        evidence=(
            For("T-BOOT", "part of the programme from week one"),
            For("T-COMP", "commoner in programmes that worked"),
            For("S003", "S003-56"),
            Against("T-BOOST", "a programme with it changed disability no more at 12 months"),
        ),
    ),
    Rule(
        id="cbt-or-multimodal",
        direction="consider",
        step="guided_rehabilitation",
        who=r.STENOSIS,
        when=AnyOf.of(
            f.distress_high,
            f.fear_of_movement,
            f.startback_psych >= LIMITS.startback_psych_high,
            AllOf.of(d.FAIR_TRIAL, d.LIMITED),
        ),
        conflicts=("C-20",),
        evidence=(
            For("G-NICE16-7"),
            For("S003", "S003-55 to S003-57"),
            For("T-CBPT", "in fearful people after surgery"),
            Against("STARTBACK08", "made for back pain; not tested to sort people with stenosis"),
            Against("T-BOOST"),
        ),
    ),
    Rule(
        id="help-with-answers",
        direction="consider",
        step="recognition",
        when=f.cognitive_impairment,
        evidence=(
            For("DESIGN", "a helper may answer what can be seen, never how somebody feels"),
            Against("DESIGN", "no trial; a helper can be wrong about pain and mood"),
        ),
    ),
)
