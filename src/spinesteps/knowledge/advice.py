"""Every advice, in order of rank, and which of two opposing advices wins."""

from spinesteps.knowledge.checks import CHECKS
from spinesteps.knowledge.exercise import EXERCISE
from spinesteps.knowledge.follow_up import FOLLOW_UP
from spinesteps.knowledge.imaging import IMAGING
from spinesteps.knowledge.safety import SAFETY
from spinesteps.knowledge.self_care import SELF_CARE
from spinesteps.knowledge.surgery import SURGERY
from spinesteps.pathway.rules import Ranking

RULES = (*SAFETY, *CHECKS, *SURGERY, *SELF_CARE, *EXERCISE, *IMAGING, *FOLLOW_UP)

TAPERED = ("opioid-", "gabapentinoid-", "muscle-relaxant-", "antithrombotic-")

RANKINGS = (
    Ranking("mri-for-decision", "mri-not-now", "C-09"),
    Ranking("surgical-opinion-urgent", "reasonable-to-wait", "C-11"),
    Ranking("surgical-opinion-early", "reasonable-to-wait", "C-10"),
    Ranking("surgical-opinion", "reasonable-to-wait", "C-02"),
)
