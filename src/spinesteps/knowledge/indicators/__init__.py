"""The standards QI-01 to QI-25 (safety-and-codes section 5.2): who counts and what being met means, as data.

Measures of NCQA are licensed: what is restated here in our own words is called "HEDIS-like" and certifies nothing.
"""

from spinesteps.knowledge.indicators.care import CARE
from spinesteps.knowledge.indicators.imaging import IMAGING
from spinesteps.knowledge.indicators.medicines import MEDICINES
from spinesteps.knowledge.indicators.opioids import OPIOIDS
from spinesteps.knowledge.indicators.safety import SAFETY
from spinesteps.knowledge.indicators.selections import NUMBERS
from spinesteps.knowledge.indicators.surgery import SURGERY

__all__ = ["NUMBERS", "STANDARDS"]

# In the order of their ids.
STANDARDS = (*IMAGING, *CARE[:3], *OPIOIDS, *MEDICINES, *SURGERY, *SAFETY, CARE[3])
