"""Danger first: what to do at each urgency, and for people outside the scope."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AllOf, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

NO_TRIAL = Against("DESIGN", "no trial tests this step by itself")

SAFETY = (
    Rule(
        id="get-emergency-help",
        direction="do",
        step="safety",
        delays=False,
        urgency="emergency",
        when=d.EMERGENCY,
        evidence=(For("G-CES"), For("NICE-CG75"), Against("DIONNE19", "most people with one sign have no emergency")),
    ),
    Rule(
        id="contact-clinician-today",
        direction="do",
        step="safety",
        delays=False,
        urgency="today",
        when=AllOf.of(d.DANGER, ~d.EMERGENCY),
        evidence=(
            For("DESIGN", "unsure is never no"),
            For("NICE-CG75"),
            Against("DIONNE19", "most people with one sign have no emergency"),
        ),
    ),
    Rule(
        id="appointment-within-two-weeks",
        direction="do",
        step="safety",
        delays=False,
        urgency="two_weeks",
        when=AllOf.of(d.SOON, ~d.DANGER),
        evidence=(
            For("DESIGN", "a sign that can wait days, not months"),
            For("G-NASS11-4"),
            Against("DIONNE19", "most people with one sign have nothing grave"),
        ),
    ),
    Rule(
        id="outside-scope",
        direction="do",
        step="recognition",
        delays=False,
        when=(f.age < LIMITS.adult_years) | established(f.pregnancy_weeks > LIMITS.not_pregnant_weeks),
        evidence=(For("DESIGN", "the sources concern adults who are not pregnant"), NO_TRIAL),
    ),
)
