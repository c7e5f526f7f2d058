"""The first advices: danger, opinions, everyday care, imaging, reviews. Order is rank.

Other advices of the contract (medicines, injections, operations, recovery) stand beside these when written.
"""

from spinesteps.knowledge import decide as d
from spinesteps.knowledge import facts as f
from spinesteps.knowledge import recognise as r
from spinesteps.knowledge import signs as s
from spinesteps.knowledge.limits import LIMITS
from spinesteps.knowledge.red_flags import RED_FLAGS
from spinesteps.logic.conditions import All, Any, Known, Named, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import EVERYONE, Ranking, Rule, reached

NO_TRIAL = Against("DESIGN", "no trial tests this step by itself")
SHORT_WALK = Named("walks only a short way", f.walking_distance_m < LIMITS.short_walk_m)
FALLS = Named("falls or unsteady walking", Any.of(f.falls_12_months >= LIMITS.falls_count, f.balance_trouble_walking, f.gait_unsteady, SHORT_WALK))
NOT_HARMED_BY_WAITING = Named("no red flag for two weeks or sooner is known", ~d.SOON)
CARE_TRIED = Named(
    "six weeks of care",
    Any.of(
        f.exercise_programme_weeks >= LIMITS.imaging_weeks,
        f.home_exercise_weeks >= LIMITS.imaging_weeks,
        f.conservative_weeks >= LIMITS.imaging_weeks,
    ),
)
WAITS_FOR_SCAN = Named(
    "a decision that waits for a scan",
    Any.of(
        All.of(CARE_TRIED, f.function_unacceptable),
        f.surgery_planned,
        d.OPERATED & f.new_symptoms_since_mri,
    ),
)

DANGER = (
    Rule(
        id="get-emergency-help", direction="do", step="safety", delays=False, urgency="emergency",
        when=established(reached(RED_FLAGS, "emergency")),
        evidence=(For("G-CES"), For("NICE-CG75"), Against("DIONNE19", "most people with one sign have no emergency")),
    ),
    Rule(
        id="contact-clinician-today", direction="do", step="safety", delays=False, urgency="today",
        when=All.of(d.DANGER, ~established(reached(RED_FLAGS, "emergency"))),
        evidence=(For("DESIGN", "unsure is never no"), For("NICE-CG75"), Against("DIONNE19", "most people with one sign have no emergency")),
    ),
    Rule(
        id="appointment-within-two-weeks", direction="do", step="safety", delays=False, urgency="two_weeks",
        when=All.of(d.SOON, ~d.DANGER),
        evidence=(For("DESIGN", "a sign that can wait days, not months"), For("G-NASS11-4"), Against("DIONNE19", "most people with one sign have nothing grave")),
    ),
    Rule(
        id="outside-scope", direction="do", step="recognition", delays=False,
        when=(f.age < LIMITS.adult_years) | established(f.pregnancy_weeks > LIMITS.not_pregnant_weeks),
        evidence=(For("DESIGN", "the sources concern adults who are not pregnant"), NO_TRIAL),
    ),
)

OPINIONS = (
    Rule(
        id="surgical-opinion-urgent", direction="do", step="specialist_options", delays=False, urgency="two_weeks",
        when=d.NEW_WEAKNESS_FLAG, conflicts=("C-11", "C-02"),
        evidence=(For("PETR22"), For("K-FOOT"), For("S004", "weakness: to surgery"), Against("MOTOR-DISSENT12"), Against("S002", "all four criteria first")),
    ),
    Rule(
        id="neck-referral", direction="do", step="other_pathway", delays=False,
        when=s.CORD_SIGN, considered=f.hand_clumsiness | f.gait_unsteady, conflicts=("C-18",),
        evidence=(For("G-DCM17"), For("TANDEM-REVIEW17", "the neck has priority"), Against("BABINSKI-ACC", "one sign alone is weak")),
    ),
    Rule(
        id="vascular-check", direction="do", step="recognition",
        when=Any.of(
            r.VASCULAR, f.calf_only_pain, ~f.pulses_present,
            All.of(Any.of(f.intermittent_claudication, f.worse_walking, f.stenosis_diagnosed), ~Known(f.abi), ~Known(f.pulses_present)),
        ),
        evidence=(For("NADEAU13"), For("K-VASC"), For("NHS-HIGHLAND-VASC"), Against("ABI-CAUTION", "a normal index does not settle it")),
    ),
    Rule(
        id="hip-or-other-check", direction="consider", step="recognition",
        when=Any.of(r.HIP, r.TROCHANTER, r.NEUROPATHY, r.DISC),
        evidence=(For("ALTMAN91"), For("GTPS-TREE"), For("MNSI-EXAM98"), For("DISC-OLDER13"), Against("HIP-AGREE99")),
    ),
    Rule(
        id="surgical-opinion-early", direction="do", step="specialist_options",
        who=r.STENOSIS, when=SHORT_WALK & ~established(f.surgery_declined), conflicts=("C-10",),
        evidence=(For("S000", "names 100 m"), For("DESIGN", "faster review and an offered opinion, not an operation"), Against("N-TSU"), Against("T-BOOT", "people who walked little got better with training")),
    ),
    Rule(
        id="surgical-opinion", direction="consider", step="specialist_options",
        who=r.STENOSIS, when=All.of(d.FAIR_TRIAL, f.function_unacceptable, ~established(f.surgery_declined)),
        conflicts=("C-01", "C-02", "C-04"),
        evidence=(For("G-DK19-1"), For("T-SP4"), For("R-MA17"), Against("R-ZAINA16"), Against("T-DEL")),
    ),
    Rule(
        id="second-opinion", direction="do", step="surgery", when=f.surgery_planned, conflicts=("C-01",),
        evidence=(For("K-2ND"), For("S003"), NO_TRIAL),
    ),
)

EVERYDAY = (
    Rule(
        id="stay-active", direction="do", step="self_management", when=EVERYONE,
        evidence=(For("G-BUS21-1"), For("G-NICE16-6"), For("S003"), NO_TRIAL),
    ),
    Rule(
        id="positions-that-ease", direction="do", step="self_management", when=r.STENOSIS, conflicts=("C-17",),
        evidence=(For("S003"), For("S004"), For("SURI10", "bending forward eases it: LR+ 6.4"), NO_TRIAL),
    ),
    Rule(
        id="cycling-or-water", direction="do", step="self_management", when=r.STENOSIS,
        evidence=(For("T-PUA"), For("R-MAC13"), Against("T-AQUA", "direction of the water trial not seen")),
    ),
    Rule(
        id="structured-exercise", direction="do", step="guided_rehabilitation",
        who=r.STENOSIS, when=All.of(d.NEEDS_GUIDANCE, ~established(d.FAIR_TRIAL)),
        conflicts=("C-01", "C-03", "C-04", "C-05"),
        evidence=(For("R-AMM22"), For("R-JAC21"), For("G-BUS21-1"), Against("G-DK19-2", "no effect on nerve pain was shown"), Against("S000", "surgery first")),
    ),
    Rule(
        id="supervised-programme", direction="do", step="guided_rehabilitation",
        who=r.STENOSIS, when=All.of(d.LIMITED, ~established(d.FAIR_TRIAL)), conflicts=("C-04", "C-20"),
        evidence=(For("T-BOOT"), For("T-SCH"), For("T-MIN"), Against("T-BOOST", "no gain in disability at 12 months")),
    ),
    Rule(
        id="walking-aid", direction="consider", step="self_management", when=Any.of(SHORT_WALK, All.of(r.STENOSIS, FALLS)),
        evidence=(For("G-WHO23-3"), Against("T-STICK", "a stick did not help in the trial")),
    ),
    Rule(
        id="falls-check", direction="do", step="self_management", when=FALLS,
        evidence=(For("K-FALL"), For("DESIGN", "also with a very short walk"), NO_TRIAL),
    ),
    Rule(
        id="bone-health-check", direction="consider", step="self_management", when=s.THIN_BONES | f.fracture_history,
        evidence=(For("DOWNIE13"), NO_TRIAL),
    ),
    Rule(
        id="screen-mood", direction="do", step="guided_rehabilitation",
        who=r.STENOSIS, when=All.of(d.NEEDS_GUIDANCE, ~Known(f.phq2)), conflicts=("C-19",),
        evidence=(For("G-NICE16-7"), For("R-SLAT15"), NO_TRIAL),
    ),
    Rule(
        id="no-routine-brace", direction="avoid", step="self_management", when=r.STENOSIS, conflicts=("C-07",),
        evidence=(For("G-NICE16-8"), For("G-WHO23-2"), Against("G-NASS11-6", "walks further while it is worn"), Against("T-BELT")),
    ),
    Rule(
        id="no-ultrasound-tens-traction", direction="avoid", step="self_management", when=r.STENOSIS, conflicts=("C-22",),
        evidence=(For("G-WHO23-2"), For("R-MAC13"), Against("T-TENS"), Against("S003", "helps some people")),
    ),
)

IMAGING_AND_WAITING = (
    Rule(
        id="mri-for-decision", direction="do", step="specialist_options", delays=False,
        when=Any.of(d.SOON, WAITS_FOR_SCAN), conflicts=("C-09", "C-03"),
        evidence=(For("G-ACR21-2"), For("G-ACR21-3"), For("G-NASS11-2"), Against("K-ISH", "narrowing without symptoms is common")),
    ),
    Rule(
        id="mri-not-now", direction="avoid", step="recognition",
        when=All.of(d.FLOOR_ANSWERED, NOT_HARMED_BY_WAITING, ~established(WAITS_FOR_SCAN), ~established(s.DEFICIT)),
        conflicts=("C-09", "C-03"), opposes=("mri-for-decision",),
        evidence=(For("G-NICE16-5"), For("G-ACR21-1"), For("K-SIG11"), Against("S000", "early work-up"), Against("S004")),
    ),
    Rule(
        id="reasonable-to-wait", direction="do", step="self_management",
        who=r.STENOSIS,
        when=All.of(
            d.FLOOR_ANSWERED, NOT_HARMED_BY_WAITING, ~f.function_unacceptable, ~established(SHORT_WALK),
            ~established(s.DEFICIT),
        ),
        conflicts=("C-02",),
        opposes=("surgical-opinion-urgent", "surgical-opinion-early", "surgical-opinion"),
        evidence=(For("G-NASS11-4"), For("R-LURIE16"), For("N-AMU"), Against("T-SPDUR"), Against("G-NASS11-5", "unknown in severe disease")),
    ),
)

REVIEWS = (
    Rule(
        id="relapse-review", direction="do", step="maintenance",
        when=All.of(d.FAIR_TRIAL | d.OPERATED, Any.of(d.WORSE, f.new_symptoms_since_mri)),
        evidence=(For("K-REOP"), For("DESIGN", "worse after it had been better"), NO_TRIAL), review_weeks="review_soon_weeks",
    ),
    Rule(
        id="review-12-weeks", direction="do", step="guided_rehabilitation",
        who=r.STENOSIS,
        when=All.of(f.exercise_programme_weeks >= LIMITS.programme_weeks, ~established(d.FAIR_TRIAL)),
        conflicts=("C-04",),
        evidence=(For("G-WFNS20-3"), For("T-BOOT"), NO_TRIAL), review_weeks="review_first_weeks",
    ),
    Rule(
        id="review-6-weeks", direction="do", step="guided_rehabilitation",
        who=r.STENOSIS,
        when=All.of(~established(f.exercise_programme_weeks >= LIMITS.programme_weeks), ~established(d.FAIR_TRIAL)),
        conflicts=("C-04",),
        evidence=(For("T-BOOT"), For("G-ACR21-2"), NO_TRIAL), review_weeks="review_first_weeks",
    ),
    Rule(
        id="annual-review", direction="do", step="maintenance",
        when=All.of(d.FAIR_TRIAL | d.OPERATED, d.STABLE),
        evidence=(For("R-FRIT17"), For("K-REOP"), For("S001"), NO_TRIAL), review_weeks="review_year_weeks",
    ),
    Rule(
        id="postop-danger-signs", direction="do", step="recovery", delays=False, when=d.OPERATED_RECENTLY,
        evidence=(For("G-CES"), For("K-MORT"), NO_TRIAL), review_weeks="review_first_weeks",
    ),
)

RULES = (*DANGER, *OPINIONS, *EVERYDAY, *IMAGING_AND_WAITING, *REVIEWS)

RANKINGS = (
    Ranking("mri-for-decision", "mri-not-now", "C-09"),
    Ranking("surgical-opinion-urgent", "reasonable-to-wait", "C-11"),
    Ranking("surgical-opinion-early", "reasonable-to-wait", "C-10"),
    Ranking("surgical-opinion", "reasonable-to-wait", "C-02"),
)
