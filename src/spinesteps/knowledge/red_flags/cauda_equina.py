"""RF-01: bladder, bowel, saddle and both legs."""

from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AllOf, AnyOf, Unclear
from spinesteps.logic.unsure import one_sure, or_unsure
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import RedFlag

WEAK_FLAGS = Against("DIONNE19", "single signs find only 19 to 43 of 100; they must not be used to rule out")
NO_TEST = Against("DESIGN", "our own reading of the time limits; no study tests them")

SIGN_AFTER_PROCEDURE = AnyOf.of(
    s.CAUDA_ITEMS,
    f.pain_one_to_both_sides,
    f.perineal_only_when_walking,
    f.bladder_or_bowel_postop_change,
    s.NUMB_LEG_NEW,
)

CAUDA_EQUINA = (
    RedFlag(
        id="RF-01a",
        topic="cauda equina",
        emergency=(s.CAUDA_SUBJECTIVE | s.LEGS_WEAK_NOW) & s.CAUDA_RECENT,
        today=s.CAUDA_UNSURE,
        evidence=(
            For("G-CES", "hospital within hours, scan within 4 hours of the request"),
            For("GIRFT-CES", "the same list of signs, new or worse in 14 days"),
            WEAK_FLAGS,
        ),
    ),
    RedFlag(
        id="RF-01b",
        topic="cauda equina, longer ago",
        emergency=s.CAUDA_SUBJECTIVE & s.CAUDA_OLDER & f.cauda_equina_progressing,
        today=s.CAUDA_SUBJECTIVE & s.CAUDA_OLDER,
        evidence=(
            For("DESIGN", "same day as the floor for changes that began longer ago"),
            For("CES-BLADDER-TIME"),
            Against("LANCS-CES", "some services scan such people within 24 hours rather than at once"),
        ),
    ),
    RedFlag(
        id="RF-01c",
        topic="urine left after passing",
        emergency=f.post_void_residual_ml >= LIMITS.residual_ml,
        evidence=(
            For("KATZOURAKI20", "found in 94 of 100 with compression"),
            For("BOKTOR23"),
            Against("OXFORD-CES", "half of the proven cases had less: a small amount lowers nothing"),
        ),
    ),
    RedFlag(
        id="RF-01d",
        topic="from one leg to both",
        emergency=f.pain_one_to_both_sides & (s.SPHINCTER | f.saddle_numbness),
        today=AnyOf.of(
            f.pain_one_to_both_sides & ~s.ONE_TO_BOTH_OLD_STABLE,
            Unclear(f.pain_one_to_both_sides),
            one_sure(f.pain_one_to_both_sides, s.SPHINCTER | f.saddle_numbness),
            one_sure(f.pain_one_to_both_sides, s.CAUDA_OLDER, f.cauda_equina_progressing),
        ),
        two_weeks=f.pain_one_to_both_sides,
        evidence=(
            For("NHSLOTHIAN-RF"),
            For("CES-REFERRALS"),
            Against("KATZOURAKI20", "pain in both legs finds one in three"),
        ),
    ),
    RedFlag(
        id="RF-01e",
        topic="saddle signs when walking",
        today=f.perineal_only_when_walking,
        evidence=(
            For("DESIGN", "a stenosis pattern that may still become cauda equina syndrome"),
            For("CES-STAGE-TABLE"),
            NO_TEST,
        ),
    ),
    RedFlag(
        id="RF-01f",
        topic="after a spinal procedure",
        emergency=SIGN_AFTER_PROCEDURE & s.PROCEDURE_JUST_DONE,
        today=AnyOf.of(
            f.bladder_or_bowel_postop_change, one_sure(SIGN_AFTER_PROCEDURE, s.PROCEDURE_JUST_DONE)
        ),
        evidence=(For("DESIGN", "think of a bleed or abscess"), For("G-CES"), NO_TEST),
    ),
    RedFlag(
        id="RF-01g",
        topic="legs weak only when upright",
        emergency=s.LEGS_UPRIGHT_SIGNS & ~s.LEGS_NOT_NEW & f.cauda_equina_progressing,
        today=s.LEGS_UPRIGHT_SIGNS & (~s.LEGS_NOT_NEW | or_unsure(f.cauda_equina_progressing)),
        two_weeks=s.LEGS_UPRIGHT_SIGNS & ~s.LEGS_LONG_WEAK,
        routine=s.LEGS_UPRIGHT_SIGNS,
        evidence=(
            For("MSD-LSS24", "weakness that comes with walking and eases on sitting belongs to stenosis"),
            For("DESIGN", "a new one is examined the same day all the same"),
            Against("CES-STAGE-TABLE", "cauda equina trouble can begin with walking"),
        ),
    ),
    RedFlag(
        id="RF-01h",
        topic="both legs, also at rest",
        emergency=AnyOf.of(
            f.pain_both_legs_at_rest & (s.SPHINCTER | f.saddle_numbness),
            AllOf.of(f.pain_both_legs_at_rest, s.PROCEDURE_JUST_DONE, s.CAUDA_ITEMS),
        ),
        today=AnyOf.of(
            f.pain_both_legs_at_rest & ~s.ONE_TO_BOTH_OLD_STABLE,
            one_sure(f.pain_both_legs_at_rest, s.SPHINCTER | f.saddle_numbness),
            one_sure(f.pain_both_legs_at_rest, s.CAUDA_OLDER, f.cauda_equina_progressing),
            one_sure(f.pain_both_legs_at_rest, s.PROCEDURE_JUST_DONE),
        ),
        two_weeks=or_unsure(f.pain_both_legs_at_rest),
        evidence=(
            For("CES-ED19", "nerve pain in both legs is on its list of signs"),
            For("NHSLOTHIAN-RF"),
            Against("MERCER19", "no emergency scan for pain in both legs alone: it is common"),
        ),
    ),
)
