"""RF-13, ours: thoughts of self-harm. Asked only when mood or worry is low, or a clinician has a reason to ask."""

from spinesteps.knowledge.mind_facts import MindFacts as m
from spinesteps.logic.conditions import AnyOf, Unclear
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import RedFlag

MIND = (
    RedFlag(
        id="RF-13",
        topic="thoughts of self-harm",
        emergency=m.self_harm_plan,
        today=m.self_harm_thoughts,
        # People decline this question for many reasons; somebody asks again soon, and care is not held up meanwhile.
        two_weeks=AnyOf.of(Unclear(m.self_harm_thoughts), Unclear(m.self_harm_plan)),
        evidence=(
            For("PHQ-ITEM-NINE13", "thoughts on most days went with a tenfold share of attempts in a year"),
            For("SAFE-ASK", "any answer above none is followed up in the same visit"),
            For("NICE-NG225", "assess needs and safety, not a score"),
            Against("PHQ-ITEM-NINE21", "two of three at risk had denied it: a no settles little"),
            Against("DESIGN", "our own reading of how soon; no study tests it"),
        ),
    ),
)
