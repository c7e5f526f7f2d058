"""Payers' policies: criteria as data, with the page each was read on (safety-and-codes section 4)."""

from spinesteps.audits.policies import Payers
from spinesteps.knowledge.policies import care_so_far
from spinesteps.knowledge.policies.decompression import DECOMPRESSION, DECOMPRESSION_MEASURES
from spinesteps.knowledge.policies.epidural import EPIDURAL, EPIDURAL_MEASURES
from spinesteps.knowledge.policies.fusion import FUSION, FUSION_MEASURES
from spinesteps.knowledge.policies.mri import MRI, MRI_MEASURES

__all__ = ["PAYERS"]

PAYERS = Payers(
    policies=(*EPIDURAL, *DECOMPRESSION, *FUSION, *MRI),
    measures=(*care_so_far.SHOWN, *care_so_far.CARE_MEASURES, *care_so_far.OTHERS, *EPIDURAL_MEASURES,
              *DECOMPRESSION_MEASURES, *FUSION_MEASURES, *MRI_MEASURES),
    care=care_so_far.SHOWN,
    urgent=care_so_far.URGENT,
)  # fmt: skip
