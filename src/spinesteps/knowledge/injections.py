"""Injections into the spine: where they have no place, where one may be talked about, and when the limit is reached."""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge import recognise as r
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AllOf, AnyOf, Known, Named, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

CLAUDICATION = Named(
    "leg trouble that comes with walking and eases on sitting or bending",
    AnyOf.of(
        f.claudication_coded,
        f.intermittent_claudication,
        f.worse_walking & (f.relieved_sitting | f.relieved_bending_forward),
    ),
)
ONE_ROOT = Named(
    "severe pain along one nerve root on one side",
    AllOf.of(f.dermatomal_pain_one_side, ~established(f.leg_pain_side.is_("both")), f.pain_leg >= LIMITS.severe_pain),
)
INJECTED_BEFORE = Named(
    "has had a spinal injection",
    AnyOf.of(f.esi_12_months > LIMITS.injections_none, Known(f.esi_days_ago), Known(f.esi_relief_percent)),
)
# Contract 5: under half the pain gone is no relief; relief that nobody recorded needs an answer.
USED_UP = Named("four injections in a year", f.esi_12_months >= LIMITS.injections_a_year)
NO_RELIEF = Named("the last injection gave no relief", f.esi_relief_percent < LIMITS.injection_relief_percent)
LIMIT_REACHED = Named(
    "four injections in a year, or the last one gave no relief", AnyOf.of(USED_UP, INJECTED_BEFORE & NO_RELIEF)
)

# What speaks against a needle in the spine (3.1, 3.2, MED-S3 and S4): each must be settled no, the unverified ones too.
INFECTED = Named("an infection", f.fever | f.bacteraemia)
PREGNANT = Named(
    "pregnant (X-ray)",
    AllOf.of(
        ~f.sex.is_("male").condition(),
        f.age < LIMITS.pregnancy_age_years,
        f.pregnancy_weeks > LIMITS.not_pregnant_weeks,
    ),
)
BLOOD_THINNER = Named("takes a blood thinner", f.anticoagulant | f.antiplatelet)
SUGAR_TOO_HIGH = Named("diabetes with high blood sugar", f.diabetes & (f.hba1c > LIMITS.injection_blood_sugar))
TOO_SOON = Named("too soon after the last injection", INJECTED_BEFORE & (f.esi_days_ago < LIMITS.injection_gap_days))
AGAINST_A_NEEDLE = (INFECTED, PREGNANT, BLOOD_THINNER, SUGAR_TOO_HIGH, LIMIT_REACHED, TOO_SOON, d.SOON_EVEN_OFF)

INJECTIONS = (
    Rule(
        id="injection-danger-signs",
        direction="do",
        step="specialist_options",
        delays=False,
        when=f.esi_days_ago <= LIMITS.infection_window_days,
        conflicts=("C-06",),
        evidence=(
            For("G-FDA14", "stroke, paralysis, loss of sight (MED-S1)"),
            For("DESIGN", "infection, bleeding or headache after an injection (MED-S7, RF-01f, RF-06a)"),
            Against("T-BALL", "trials of injections report minor events only"),
        ),
    ),
    Rule(
        id="epidural-limit-reached",
        direction="avoid",
        step="specialist_options",
        who=INJECTED_BEFORE,
        when=USED_UP | NO_RELIEF,
        conflicts=("C-06",),
        opposes=("epidural-discuss",),
        evidence=(
            For("CMS-LCD-ESI", "PAY-ESI-08, PAY-ESI-09"),
            For("T-LESSC", "steroid slows the adrenal glands"),
            Against("S002", "S002-24: more so if an earlier one helped for a time"),
            Against("BCBS-AL-ESI", "PAY-AL-03: another payer allows six"),
        ),
    ),
    Rule(
        id="epidural-not-recommended",
        direction="avoid",
        step="specialist_options",
        who=r.STENOSIS,
        when=AllOf.of(CLAUDICATION, AnyOf.of(f.stenosis_site.is_("central"), ~established(ONE_ROOT))),
        conflicts=("C-06", "C-05"),
        opposes=("epidural-discuss",),
        evidence=(
            For("G-NICE16-1", "strong: not in central claudication"),
            For("T-LESS"),
            For("G-BMJ25"),
            For("G-BUS21-5", "second-hand"),
            Against("G-AAN25", "possibly less disability"),
            Against("G-BMJ25-D", "34 societies dispute it"),
            Against("G-ASIPP21"),
            Against("S004", "S004-12: nerve block as the second step"),
        ),
    ),
    Rule(
        id="epidural-discuss",
        direction="consider",
        step="specialist_options",
        when=ONE_ROOT,
        unless=(*AGAINST_A_NEEDLE, f.surgery_planned),
        conflicts=("C-06",),
        evidence=(
            For("G-NICE16-2", "consider in acute, severe sciatica"),
            For("S002", "S002-24"),
            Against("G-BMJ25"),
            Against("T-LESS", "steroid adds little to the numbing drug"),
            Against("G-FDA14", "rare grave harm"),
            Against("INJECTION-CARE", "MED-S4: infection, allergy, pregnancy; unverified, so it only blocks"),
            Against("STEROID-SUGAR", "MED-S3; unverified, so it only blocks"),
            Against("ASRA18", "section 3.2: blood thinners need a plan first"),
        ),
    ),
    Rule(
        id="nerve-root-block-diagnostic-only",
        direction="consider",
        step="specialist_options",
        when=AllOf.of(
            f.dermatomal_pain_one_side,
            f.mri_done & ~f.mri_matches_symptoms,
            AnyOf.of(f.surgery_planned, f.wants_surgery_opinion),
        ),
        unless=AGAINST_A_NEEDLE,
        conflicts=("C-05", "C-06"),
        evidence=(
            For("CMS-LCD-ESI", "PAY-ESI-13: one root, a question before surgery"),
            For("S000", "S000-20"),
            Against("DESIGN", "C-05: never a first step, and no trial shows that it makes surgery better"),
            Against("G-BMJ25"),
        ),
    ),
    Rule(
        id="injection-follow-up",
        direction="do",
        step="specialist_options",
        when=f.esi_days_ago <= LIMITS.injection_review_days,
        conflicts=("C-06",),
        evidence=(
            For("DESIGN", "contacts at three and six weeks (follow-up section 6.2)"),
            For("CMS-LCD-ESI", "PAY-ESI-05: the same scale before and after"),
            Against("T-LESS", "small early gains were gone at six weeks"),
        ),
    ),
)
"""Danger signs first, then what is not advised, then what may be talked about."""
