"""Reviews, and danger signs after an operation."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge import facts as f
from spinesteps.knowledge import recognise as r
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import All, Any, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

NO_TRIAL = Against("DESIGN", "no trial tests this step by itself")

FOLLOW_UP = (
    Rule(
        id="relapse-review",
        direction="do",
        step="maintenance",
        when=All.of(d.FAIR_TRIAL | d.OPERATED, Any.of(d.WORSE, f.new_symptoms_since_mri)),
        evidence=(For("K-REOP"), For("DESIGN", "worse after it had been better"), NO_TRIAL),
        review_weeks="review_soon_weeks",
    ),
    Rule(
        id="review-12-weeks",
        direction="do",
        step="guided_rehabilitation",
        who=r.STENOSIS,
        when=All.of(f.exercise_programme_weeks >= LIMITS.programme_weeks, ~established(d.FAIR_TRIAL)),
        conflicts=("C-04",),
        evidence=(For("G-WFNS20-3"), For("T-BOOT"), NO_TRIAL),
        review_weeks="review_first_weeks",
    ),
    Rule(
        id="review-6-weeks",
        direction="do",
        step="guided_rehabilitation",
        who=r.STENOSIS,
        when=All.of(~established(f.exercise_programme_weeks >= LIMITS.programme_weeks), ~established(d.FAIR_TRIAL)),
        conflicts=("C-04",),
        evidence=(For("T-BOOT"), For("G-ACR21-2"), NO_TRIAL),
        review_weeks="review_first_weeks",
    ),
    Rule(
        id="annual-review",
        direction="do",
        step="maintenance",
        when=All.of(d.FAIR_TRIAL | d.OPERATED, d.STABLE),
        evidence=(For("R-FRIT17"), For("K-REOP"), For("S001"), NO_TRIAL),
        review_weeks="review_year_weeks",
    ),
    Rule(
        id="postop-danger-signs",
        direction="do",
        step="recovery",
        delays=False,
        when=d.OPERATED_RECENTLY,
        evidence=(For("G-CES"), For("K-MORT"), NO_TRIAL),
        review_weeks="review_first_weeks",
    ),
)
