"""Medicines, one file per class. None of them is a step of care: at most optional, short and of low certainty."""

from spinesteps.knowledge.medicines.antidepressants import ANTIDEPRESSANTS
from spinesteps.knowledge.medicines.gabapentinoids import GABAPENTINOIDS
from spinesteps.knowledge.medicines.nsaids import NSAID_STOP, NSAID_WITH_THINNER, NSAIDS
from spinesteps.knowledge.medicines.opioids import OPIOIDS
from spinesteps.knowledge.medicines.others import BLADDER_AND_MEDICINES, OTHERS
from spinesteps.knowledge.medicines.paracetamol import PARACETAMOL, PARACETAMOL_OVER_CEILING
from spinesteps.knowledge.medicines.relaxants import RELAXANTS
from spinesteps.pathway.rules import Ranking

# Shown right after danger: they harm now, and acting on them delays nothing.
MEDICINE_DANGERS = (PARACETAMOL_OVER_CEILING, NSAID_STOP, NSAID_WITH_THINNER, BLADDER_AND_MEDICINES)
MEDICINES = (*NSAIDS, *OPIOIDS, *GABAPENTINOIDS, *RELAXANTS, *ANTIDEPRESSANTS, *OTHERS, *PARACETAMOL)

MEDICINE_RANKINGS = (
    Ranking("nsaid-stop", "nsaid-short-course", "C-23"),
    Ranking("nsaid-stop", "nsaid-with-ppi", "C-23"),
    Ranking("nsaid-stop", "nsaid-avoid", "C-23"),
    Ranking("nsaid-avoid", "nsaid-short-course", "C-23"),
)
MEDICINES_TAPERED = ("antidepressant-", "benzodiazepine-", "calming-drugs-", "steroid-tablets-")
