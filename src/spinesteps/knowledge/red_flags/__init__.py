"""The red flags RF-01 … RF-12, and RF-13 to RF-15 of our own: which answers raise which urgency
(evidence/safety-and-codes section 1, read through contract section 5).

"Not sure" is never "no": every flag says what an unclear answer raises. Where two facts together give
`today` or more, one half yes and the other unsure gives at least `today` (one_sure).
"""

from spinesteps.knowledge.medicines.paracetamol import PARACETAMOL_FLAG
from spinesteps.knowledge.red_flags.bone import BONE
from spinesteps.knowledge.red_flags.cancer import CANCER
from spinesteps.knowledge.red_flags.cauda_equina import CAUDA_EQUINA
from spinesteps.knowledge.red_flags.course import COURSE
from spinesteps.knowledge.red_flags.infection import INFECTION
from spinesteps.knowledge.red_flags.mind import MIND
from spinesteps.knowledge.red_flags.neck import NECK
from spinesteps.knowledge.red_flags.others import OTHERS
from spinesteps.knowledge.red_flags.vessels import VESSELS_BELLY, VESSELS_LEGS
from spinesteps.knowledge.red_flags.weakness import WEAKNESS

# In the order of the contract.
RED_FLAGS = (
    *CAUDA_EQUINA,
    *WEAKNESS,
    *NECK,
    *BONE,
    *CANCER,
    *INFECTION,
    *VESSELS_BELLY,
    *VESSELS_LEGS,
    *OTHERS,
    PARACETAMOL_FLAG,
    *MIND,
    *COURSE,
)
