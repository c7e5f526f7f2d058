"""Recognition by posture and walking, not by the scan: scores, condition, other causes (instruments A and B)."""

from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import (
    AllOf,
    AnyOf,
    Case,
    FirstOf,
    Known,
    Named,
    Not,
    Points,
    ScoreItem,
    established,
)
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Likelihood, OtherCause, Score

LEG_SYMPTOMS = Named("leg symptoms", AnyOf.of(f.leg_pain, f.leg_tingling, f.intermittent_claudication, f.worse_walking))
RELIEF_OR_CLAUDICATION = Named(
    "relief on sitting or bending, or claudication",
    AnyOf.of(f.relieved_sitting, f.relieved_bending_forward, f.shopping_cart_sign, f.intermittent_claudication),
)

# Where no index was measured, good foot pulses stand in for it (SATO09).
GOOD_CIRCULATION = AnyOf.of(f.abi >= LIMITS.konno_abi, AllOf.of(~Known(f.abi), f.pulses_present))

KONNO_ITEMS = (
    ScoreItem(Not(f.diabetes.condition()), 1),
    ScoreItem(f.intermittent_claudication.condition(), 3),
    ScoreItem(f.worse_standing.condition(), 2),
    ScoreItem(f.relieved_bending_forward.condition(), 3),
    ScoreItem(f.worse_bending_forward.condition(), -1),
    ScoreItem(f.worse_bending_backward.condition(), 1),
    ScoreItem(GOOD_CIRCULATION, 3),
    ScoreItem(f.achilles_reflex_abnormal.condition(), 1),
    ScoreItem(f.slr_positive.condition(), -2),
    ScoreItem(f.age >= LIMITS.konno_age_low, 1),
)
# The two readings of the age boundary: two points above it (ours), or from it on.
KONNO = Points("konno", (*KONNO_ITEMS, ScoreItem(f.age > LIMITS.konno_age_high, 1)), LIMITS.konno_cutoff)
KONNO_FROM = Points("konno", (*KONNO_ITEMS, ScoreItem(f.age >= LIMITS.konno_age_high, 1)), LIMITS.konno_cutoff)

COOK = Points(
    "cook_2011",
    (
        ScoreItem(f.leg_pain_side.is_("both"), 1),
        ScoreItem(f.leg_pain_worse_than_back.condition(), 1),
        ScoreItem(f.worse_walking | f.worse_standing, 1),
        ScoreItem(f.relieved_sitting.condition(), 1),
        ScoreItem(f.age > LIMITS.cook_age_years, 1),
    ),
    LIMITS.cook_cutoff,
)
COOK_NECK = Points(
    "cook_neck_2010",
    (
        ScoreItem(f.gait_deviation.condition(), 1),
        ScoreItem(f.hoffmann_sign.condition(), 1),
        ScoreItem(f.inverted_supinator_sign.condition(), 1),
        ScoreItem(f.babinski_sign.condition(), 1),
        ScoreItem(f.age > LIMITS.neck_age_years, 1),
    ),
    LIMITS.cook_neck_cutoff,
)
NADEAU_NEUROGENIC = Named(
    "trolley relief, pain above the knee, brought on by standing, eased by sitting",
    AllOf.of(f.shopping_cart_sign, f.pain_above_knee, f.worse_standing, f.relieved_sitting),
)
NADEAU_VASCULAR = Named("calf pain that eases on standing still", AllOf.of(f.calf_only_pain, f.relieved_standing_still))
# Checklist of seven without a published cutoff: the cutoff is all seven and decides nothing.
DELPHI = Points(
    "issls_delphi",
    (
        ScoreItem(f.worse_walking & f.leg_pain, 1),
        ScoreItem(f.relieved_bending_forward.condition(), 1),
        ScoreItem(f.shopping_cart_sign | f.cycling_easier, 1),
        ScoreItem(f.balance_trouble_walking | f.leg_tingling, 1),
        ScoreItem(f.pulses_present.condition(), 1),
        ScoreItem((f.mrc_lowest < LIMITS.mrc_full) | f.foot_drop_or_giving_way, 1),
        ScoreItem(f.back_pain.condition(), 1),
    ),
    LIMITS.delphi_items,
)
SUGIOKA = Points(
    "sugioka_2008",
    (
        ScoreItem(f.age >= LIMITS.konno_age_low, 2),
        ScoreItem(f.age > LIMITS.konno_age_high, 1),
        ScoreItem(f.symptom_weeks > LIMITS.sugioka_weeks, 1),
        ScoreItem(f.relieved_bending_forward.condition(), 2),
        ScoreItem(f.worse_standing.condition(), 2),
        ScoreItem(f.intermittent_claudication.condition(), 1),
        ScoreItem(f.urinary_disturbance_chronic.condition(), 1),
    ),
    LIMITS.sugioka_cutoff,
)
# Positive with all of the first four, or with some of them and enough of the last six; the last line is printed in
# two ways and neither original was read, so both ends are shown and nothing is decided by them.
SSHQ_LEGS = Points(
    "sshq_first_four",
    (
        ScoreItem(f.numbness_thigh_to_shin.condition(), 1),
        ScoreItem(f.intermittent_claudication.condition(), 1),
        ScoreItem(f.worse_standing.condition(), 1),
        ScoreItem(f.relieved_bending_forward.condition(), 1),
    ),
    LIMITS.sshq_legs_cutoff,
)
SSHQ_SADDLE = Points(
    "sshq_last_six",
    (
        ScoreItem(f.numbness_both_legs.condition(), 1),
        ScoreItem(f.numbness_both_soles.condition(), 1),
        ScoreItem(f.numbness_buttocks.condition(), 1),
        ScoreItem(f.numbness_without_pain.condition(), 1),
        ScoreItem(f.burning_buttocks.condition(), 1),
        ScoreItem(f.urge_to_urinate_walking.condition(), 1),
    ),
    LIMITS.sshq_saddle_cutoff,
)
# Two weightings are remembered and neither was read: present, and off.
NCLASS = Points(
    "n_class",
    (
        ScoreItem(f.age > LIMITS.konno_age_low, 4),
        ScoreItem(f.extension_test_positive.condition(), 4),
        ScoreItem(Not(f.slr_positive.condition()), 3),
        ScoreItem(f.leg_pain_side.is_("both"), 4),
        ScoreItem(f.relieved_sitting.condition(), 3),
        ScoreItem(f.relieved_bending_forward.condition(), 1),
    ),
    LIMITS.n_class_cutoff,
)

SCORES = (
    Score(
        "konno",
        KONNO,
        (For("KONNO07"), For("TOMINAGA22"), Against("SATO09", "one in three of the others is positive too")),
        "two points above 70",
    ),
    Score(
        "konno_other_age_line",
        KONNO_FROM,
        (For("KONNO07"), Against("SURI10", "prints the boundary above 70")),
        "two points from 70",
    ),
    Score(
        "cook_2011",
        COOK,
        (For("COOK11"), Against("COOK11", "four findings are seen in 6 of 100 with stenosis: fewer say nothing")),
    ),
    Score(
        "cook_neck_2010",
        COOK_NECK,
        (For("COOK10"), Against("COOK10", "249 people in one clinic; two of five is not excluded")),
    ),
    Score(
        "issls_delphi",
        DELPHI,
        (For("TOMKINS16"), Against("TOMKINS16", "a checklist without a threshold")),
        "checklist, no category",
    ),
    Score(
        "sugioka_2008",
        SUGIOKA,
        (For("SUGIOKA08"), Against("SUGIOKA08", "two cutoffs are printed")),
        "raw score, low-risk filter only",
    ),
    Score(
        "sshq_first_four",
        SSHQ_LEGS,
        (
            For("KONNO07-SSHQ"),
            For("TOMINAGA22"),
            Against("KATO15", "a newer version was not read"),
        ),
        "all four: positive",
    ),
    Score(
        "sshq_last_six",
        SSHQ_SADDLE,
        (For("KONNO07-SSHQ"), Against("KONNO07-SSHQ", "two or three of six: printed in two ways")),
        "with at least one of the first four",
    ),
    Score(
        "n_class", NCLASS, (For("GENEVAY18"), Against("GENEVAY18", "weights not read")), "unverified weights", on=False
    ),
)

# Suri 2010, rows that were read in full. Rows whose numbers were not read are left out (docs/unverified.md).
LIKELIHOODS = (
    Likelihood("age above the line", f.age > LIMITS.suri_age_years, 2.5, (1.4, 4.2), 0.34, (0.19, 0.61), "SURI10"),
    Likelihood(
        "pain in both legs", f.leg_pain_side.is_("both").condition(), 6.3, (3.1, 13), 0.54, (0.43, 0.68), "SURI10"
    ),
    Likelihood("no pain when seated", f.pain_free_seated.condition(), 7.4, (1.9, 30), 0.57, (0.43, 0.76), "SURI10"),
    Likelihood(
        "better bending forward", f.relieved_bending_forward.condition(), 6.4, (4.1, 9.9), 0.52, (0.46, 0.60), "SURI10"
    ),
    Likelihood(
        "neurogenic claudication",
        f.intermittent_claudication.condition(),
        3.7,
        (2.9, 4.8),
        0.23,
        (0.17, 0.31),
        "SURI10",
    ),
    Likelihood("better when seated", f.relieved_sitting.condition(), 3.3, (1.4, 7.7), 0.58, (0.41, 0.81), "SURI10"),
    Likelihood("worse while standing", f.worse_standing.condition(), 1.2, (1.1, 1.3), 0.38, (0.21, 0.69), "SURI10"),
)

STENOSIS_LIKELY = AnyOf.of(
    Named("Konno score at or over its cutoff at worst", KONNO),
    NADEAU_NEUROGENIC,
    Named("stenosis diagnosed, with leg symptoms", f.stenosis_diagnosed & LEG_SYMPTOMS),
    f.claudication_coded,
)
STENOSIS_POSSIBLE = AnyOf.of(
    f.stenosis_diagnosed,
    AllOf.of(Named("Konno score open", ~Known(KONNO)), RELIEF_OR_CLAUDICATION),
)

DISC = Named(
    "straight leg raise positive with one-sided pain",
    f.slr_positive & (f.dermatomal_pain_one_side | f.worse_bending_forward),
)
VASCULAR = Named("vascular pattern or low index", AnyOf.of(NADEAU_VASCULAR, f.abi < LIMITS.abi_abnormal))
CORD = Named(
    "signs from the neck",
    AnyOf.of(s.COOK_NECK, s.HANDS & f.gait_unsteady, s.MOTOR_NEURON_SIGN, f.mjoa < LIMITS.mjoa_normal),
)
HIP = Named("groin pain and a stiff hip", f.groin_pain & f.hip_rotation_limited)
TROCHANTER = Named("tender outer hip", f.lateral_hip_tenderness.condition())
NEUROPATHY = Named("diabetes with numb feet", f.diabetes & f.stocking_numbness)

OTHER_CAUSES = (
    OtherCause(
        "disc_herniation",
        DISC,
        (For("DISC-OLDER13"), Against("SLR-DISC", "three of four without a disc problem are positive too")),
    ),
    OtherCause(
        "vascular_claudication",
        VASCULAR,
        (For("NADEAU13"), For("ABI-CLASSES"), Against("K-VASC", "both may be present: one never cancels the other")),
    ),
    OtherCause(
        "cervical_myelopathy", CORD, (For("COOK10"), For("G-DCM17"), Against("BABINSKI-ACC", "single signs are weak"))
    ),
    OtherCause(
        "hip_osteoarthritis", HIP, (For("ALTMAN91"), Against("HIP-AGREE99", "clinical and X-ray criteria seldom agree"))
    ),
    OtherCause(
        "trochanteric_pain", TROCHANTER, (For("GTPS-TREE"), Against("GRIMALDI17", "tenderness alone is not enough"))
    ),
    OtherCause(
        "diabetic_neuropathy",
        NEUROPATHY,
        (For("MNSI-EXAM98"), Against("MNSI-QUEST", "the cutoff differs between sources")),
    ),
)

ANOTHER_CAUSE = Named("another cause", AnyOf.of(DISC, VASCULAR, CORD, HIP, TROCHANTER, NEUROPATHY))

CALF_ONLY_POOR_FLOW = Named(
    "only the calf hurts, blood flow is poor, the back does not hurt, and no stenosis is diagnosed",
    AllOf.of(
        established(AllOf.of(f.calf_only_pain, f.abi < LIMITS.abi_abnormal, ~f.back_pain)),
        ~established(f.stenosis_diagnosed | f.claudication_coded),
    ),
)

CONDITION = FirstOf(
    (
        Case("other_cause_likely", CALF_ONLY_POOR_FLOW),
        Case("lumbar_stenosis_likely", STENOSIS_LIKELY),
        Case("lumbar_stenosis_possible", STENOSIS_POSSIBLE),
        Case("other_cause_likely", AllOf.of(Named("Konno score under its cutoff at best", Not(KONNO)), ANOTHER_CAUSE)),
    ),
    "not_known",
)
STENOSIS = Named(
    "lumbar stenosis likely or possible",
    CONDITION.may_be("lumbar_stenosis_likely", "lumbar_stenosis_possible"),
    folded=True,
)
OTHER_CAUSE_LIKELY = Named(
    "another cause is likely and stenosis not", CONDITION.chose("other_cause_likely"), folded=True
)
