"""The standards QI-01 to QI-25 (safety-and-codes section 5.2): who counts and what being met means, as data.

Measures of NCQA are licensed: what is restated here in our own words is called "HEDIS-like" and certifies nothing.
"""

from spinesteps.knowledge.standards.care import CARE
from spinesteps.knowledge.standards.imaging import IMAGING
from spinesteps.knowledge.standards.medicines import MEDICINES
from spinesteps.knowledge.standards.opioids import OPIOIDS
from spinesteps.knowledge.standards.safety import SAFETY
from spinesteps.knowledge.standards.selections import NUMBERS
from spinesteps.knowledge.standards.surgery import SURGERY

__all__ = ["NUMBERS", "STANDARDS"]

# In the order of their ids.
STANDARDS = (*IMAGING, *CARE[:3], *OPIOIDS, *MEDICINES, *SURGERY, *SAFETY, CARE[3])
