"""RF-05: cancer."""

from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AnyOf, Unclear
from spinesteps.logic.unsure import one_sure, or_unsure
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import RedFlag

CANCER = (
    RedFlag(
        id="RF-05a",
        topic="past cancer and nerve signs",
        emergency=f.cancer_history & s.CANCER_DEFICIT,
        today=one_sure(f.cancer_history, s.CANCER_DEFICIT),
        evidence=(
            For("NICE-CG75"),
            For("NICE-NG234"),
            For("DOWNIE13", "past cancer: 33 of 100"),
            Against("HENSCHKE13", "in general practice past cancer means 5 of 100"),
        ),
    ),
    RedFlag(
        id="RF-05b",
        topic="growing pain, or worse lying flat",
        today=AnyOf.of(
            f.cancer_history & f.pain_growing_or_lying_flat,
            or_unsure(f.cancer_history) & or_unsure(f.pain_growing_or_lying_flat),
        ),
        two_weeks=f.pain_growing_or_lying_flat,
        evidence=(
            For("NICE-CG75", "contact within 24 hours"),
            For("NICE-NG234"),
            Against("HENSCHKE13", "pain features alone are weak"),
        ),
    ),
    RedFlag(
        id="RF-05c",
        topic="cancer signs without nerve signs",
        two_weeks=AnyOf.of(
            f.cancer_history & AnyOf.of(f.back_pain, f.unexplained_weight_loss, f.no_better_after_4_weeks),
            f.unexplained_weight_loss,
            f.generally_ill,
        ),
        routine=AnyOf.of(f.night_pain, Unclear(f.unexplained_weight_loss), Unclear(f.generally_ill)),
        evidence=(
            For("HENSCHKE13"),
            For("DOWNIE13"),
            Against("HENSCHKE13", "weight loss: 1 of 100, other single signs fewer"),
        ),
    ),
    RedFlag(
        id="RF-05d",
        topic="past cancer and pain at night",
        today=one_sure(f.cancer_history, f.night_pain),
        evidence=(
            For("NICE-NG234", "pain at night that keeps somebody awake"),
            For("NICE-CG75"),
            Against("HENSCHKE13", "pain features alone are weak"),
        ),
    ),
    RedFlag(
        id="RF-05e",
        topic="low blood count and back pain",
        two_weeks=f.back_pain & (f.haemoglobin_g_l < LIMITS.haemoglobin_low_g_l),
        evidence=(
            For("MYELOMA-TESTS18", "a normal blood count makes myeloma less likely"),
            For("MYELOMA-CRUK", "lasting back pain over 60: blood count first"),
            Against("MYELOMA-PPV", "few of them have it: blood is low for many reasons"),
        ),
    ),
)
