"""The plan: what comes first, which advice says the same or the opposite, and what is known to come (contract 1, 5)."""

from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.knowledge.medicine_facts import MedicineFacts as m
from spinesteps.logic.conditions import AnyOf, Known, Named, established
from spinesteps.pathway.plan import Only, Place, PlanOrder, Tier

# Pulses that were never felt are asked for in the plan; only a sign that was found puts the check before all else.
FLOW_LOOKED_AT = Named(
    "blood flow in the legs was looked at, or only the calf hurts",
    AnyOf.of(Known(f.abi), Known(f.pulses_present), f.calf_only_pain),
)
OPERATED_LATELY = Named("operated in the last weeks", f.surgery_days_ago <= LIMITS.postop_programme_days)

TIERS = (
    Tier(
        "urgency",
        (Place("get-emergency-help"), Place("contact-clinician-today"), Place("appointment-within-two-weeks")),
    ),
    Tier(
        "medicine",
        (
            Place("paracetamol-over-ceiling"),
            Place("nsaid-stop"),
            Place("nsaid-with-blood-thinner"),
            Place("opioid-tramadol-interaction"),
            Place("antidepressant-duloxetine-avoid"),
            Place("muscle-relaxant-tizanidine"),
            Place("muscle-relaxant-cyclobenzaprine"),
            Place("limaprost-avoid"),
        ),
    ),
    Tier(
        "check",
        (
            Place("vascular-check", FLOW_LOOKED_AT),
            Place("neck-referral", in_full=True),
            Place("hip-or-other-check"),
            Place("relapse-review"),
            Place("outside-scope"),
            Place("postop-danger-signs", OPERATED_LATELY),
            Place("injection-danger-signs"),
        ),
    ),
    Tier(
        "main",
        (
            Place("self-harm-help"),
            Place("surgical-opinion-urgent"),
            Place("postop-walk-early"),
            Place("postop-limits-as-ordered"),
            Place("postop-active-rehabilitation"),
            Place("second-opinion"),
            Place("surgical-opinion-early"),
            Place("surgical-opinion"),
            Place("prehabilitation"),
            Place("repeat-programme"),
            Place("structured-exercise"),
            Place("walking-plan"),
            Place("stay-active"),
        ),
    ),
)

SAME = (
    # a talk with a surgeon
    (
        "surgical-opinion-urgent", "second-opinion", "surgical-opinion-early", "surgical-opinion",
        "surgical-talk-on-request", "no-drift-past-a-year", "surgery-criteria",
    ),
    # moving, and the programme
    ("postop-walk-early", "walking-plan"),
    ("postop-walk-early", "stay-active"),
    ("postop-active-rehabilitation", "repeat-programme", "structured-exercise"),
    ("postop-active-rehabilitation", "supervised-programme"),
    ("postop-low-load-aerobic", "cycling-or-water"),
    ("postop-no-routine-brace", "no-routine-brace"),
    ("postop-danger-signs", "injection-danger-signs"),
    ("preop-weight", "healthy-weight"),
    ("preop-bone-check", "bone-health-check"),
    ("mood-follow-up", "screen-mood"),
    ("relapse-review", "review-12-weeks", "review-6-weeks", "closer-review", "annual-review"),
    # procedures without proof
    (
        "spacer-or-percutaneous-caution", "mild-in-studies-only", "balloon-neuroplasty-unproven",
        "neuroplasty-unproven", "needle-knife-unproven", "laminoplasty-mainly-neck",
    ),
    ("epidural-limit-reached", "epidural-not-recommended"),
    # a medicine and its prescriber: one message for each class
    ("opioid-tramadol-interaction", "opioid-tramadol-dose", "opioid-high-dose-review", "opioid-taper-plan"),
    (
        "opioid-combination", "opioid-tramadol-dose", "opioid-extra-risk", "opioid-high-dose-review",
        "opioid-taper-plan",
    ),
    ("opioid-do-not-start", "opioid-long-acting-first", "opioid-new-review", "opioid-extra-risk"),
    ("opioid-combination", "calming-drugs-three", "benzodiazepine-not-recommended"),
    ("opioid-combination", "gabapentinoid-breathing"),
    ("gabapentinoid-over-kidney-band", "gabapentinoid-dose-kidney"),
    (
        "opioid-combination", "gabapentinoid-pregnancy", "gabapentinoid-past-end", "gabapentinoid-review",
        "gabapentinoid-not-recommended",
    ),
    ("calming-drugs-three", "gabapentinoid-not-recommended"),
    (
        "nsaid-stop", "nsaid-with-blood-thinner", "nsaid-avoid", "nsaid-above-label", "nsaid-heart-choice",
        "nsaid-course-review",
    ),
    ("nsaid-stop", "nsaid-kidney-check"),
    ("nsaid-stop", "preop-medicine-review", "nsaid-before-procedure"),
    (
        "antidepressant-duloxetine-avoid", "antidepressant-duloxetine-dose", "antidepressant-tricyclic-avoid",
        "antidepressant-duloxetine-older", "antidepressant-review",
    ),
    (
        "muscle-relaxant-tizanidine", "muscle-relaxant-cyclobenzaprine", "muscle-relaxant-baclofen",
        "muscle-relaxant-review",
    ),
    (
        "paracetamol-over-ceiling", "paracetamol-lower-limit", "paracetamol-label-limit", "paracetamol-days-review",
        "paracetamol-no-benefit",
    ),
    ("limaprost-avoid", "limaprost-specialist-option"),
)  # fmt: skip

OPPOSITE = (
    ("appointment-within-two-weeks", "reasonable-to-wait"),
    ("second-opinion", "reasonable-to-wait"),
    ("surgical-talk-on-request", "reasonable-to-wait"),
    ("no-drift-past-a-year", "reasonable-to-wait"),
    ("surgery-criteria", "reasonable-to-wait"),
)

# Of somebody with a sign from the neck, or operated lately, the programme for the lower back is no part of the plan.
NOT_THE_LOWER_BACK = Named(
    "a sign from the spinal cord, or an operation in the last weeks", AnyOf.of(s.CORD_SIGN, OPERATED_LATELY)
)
LUMBAR_PROGRAMME = (
    "structured-exercise", "supervised-programme", "repeat-programme", "walking-plan", "cycling-or-water",
    "manual-therapy-with-exercise", "flare-plan", "pacing-and-goals", "review-12-weeks", "review-6-weeks",
)  # fmt: skip

ONLY = (
    Only("lower back", LUMBAR_PROGRAMME, ~established(NOT_THE_LOWER_BACK)),
    # Nobody is told to stop what they do not take.
    Only("opioid", ("opioid-",), f.opioid | f.opioid_new),
    Only("gabapentinoid", ("gabapentinoid-",), f.gabapentinoid),
    Only("antidepressant", ("antidepressant-",), f.antidepressant),
    Only("steroid", ("steroid-tablets-",), f.systemic_steroid),
    Only("paracetamol", ("paracetamol-",), f.paracetamol_mg_day > 0),
)

LATER = (
    "review-12-weeks", "review-6-weeks", "closer-review", "annual-review", "injection-follow-up",
    "postop-review-first-day", "postop-review-week-two", "postop-review-week-six", "postop-review-three-months",
    "postop-review-six-months", "postop-review-one-year",
)  # fmt: skip

TAKES = (
    f.nsaid, f.paracetamol_mg_day > 0, f.opioid, f.opioid_new, f.benzodiazepine, m.z_drug, f.gabapentinoid,
    f.muscle_relaxant, f.antidepressant, f.systemic_steroid, f.anticoagulant, f.antiplatelet, m.limaprost,
)  # fmt: skip

PLAN = PlanOrder(tiers=TIERS, same=SAME, opposite=OPPOSITE, only=ONLY, later=LATER, takes=TAKES)
