"""Every advice, in order of rank, and which of two opposing advices wins."""

from spinesteps.knowledge.differential import DIFFERENTIAL
from spinesteps.knowledge.exercise import EXERCISE
from spinesteps.knowledge.follow_up import FOLLOW_UP
from spinesteps.knowledge.imaging import IMAGING
from spinesteps.knowledge.injections import INJECTIONS
from spinesteps.knowledge.medicines import MEDICINE_DANGERS, MEDICINE_RANKINGS, MEDICINES, MEDICINES_TAPERED
from spinesteps.knowledge.mind import MIND, SELF_HARM
from spinesteps.knowledge.preparation import PREPARATION
from spinesteps.knowledge.procedures import PROCEDURES
from spinesteps.knowledge.recovery import RECOVERY
from spinesteps.knowledge.safety import SAFETY
from spinesteps.knowledge.self_care import SELF_CARE
from spinesteps.knowledge.surgery import OPERATIONS, OPINIONS
from spinesteps.pathway.rules import Ranking

RULES = (
    *SAFETY, *SELF_HARM, *MEDICINE_DANGERS, *DIFFERENTIAL, *OPINIONS, *RECOVERY, *PREPARATION, *OPERATIONS, *SELF_CARE,
    *EXERCISE, *MIND, *IMAGING, *INJECTIONS, *PROCEDURES, *FOLLOW_UP, *MEDICINES,
)  # fmt: skip

TAPERED = ("opioid-", "gabapentinoid-", "muscle-relaxant-", "antithrombotic-", *MEDICINES_TAPERED)

RANKINGS = (
    Ranking("mri-for-decision", "mri-not-now", "C-09"),
    Ranking("surgical-opinion-urgent", "reasonable-to-wait", "C-11"),
    Ranking("surgical-opinion-early", "reasonable-to-wait", "C-10"),
    Ranking("surgical-opinion", "reasonable-to-wait", "C-02"),
    *MEDICINE_RANKINGS,
    Ranking("epidural-limit-reached", "epidural-discuss", "C-06"),
    Ranking("epidural-not-recommended", "epidural-discuss", "C-06"),
    Ranking("spinal-cord-stimulation-discuss", "spinal-cord-stimulation-specialist-only", "C-21"),
    Ranking("fusion-specialist-exception", "decompression-alone", "C-12"),
    Ranking("postop-brace-as-ordered", "postop-no-routine-brace", "C-07"),
    Ranking("postop-brace-as-ordered", "no-routine-brace", "C-07"),
    Ranking("postop-limits-as-ordered", "postop-isometric-core", "C-13"),
    Ranking("postop-limits-as-ordered", "postop-low-load-aerobic", "C-13"),
    Ranking("postop-limits-as-ordered", "postop-active-rehabilitation", "C-13"),
)
