"""RF-14 and RF-15, ours: worse despite care, and newly confused or drowsy."""

from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.logic.conditions import Unclear
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import RedFlag

COURSE = (
    RedFlag(
        id="RF-14",
        topic="severe, and worse despite care",
        two_weeks=s.WORSE_DESPITE_CARE,
        evidence=(
            For("S002", "severe pain out of control, and worse despite care, as reasons for a specialist"),
            Against("DESIGN", "pain also gets worse for other reasons; which number is severe is our reading"),
        ),
    ),
    RedFlag(
        id="RF-15",
        topic="newly confused or very sleepy",
        emergency=f.new_confusion_or_drowsiness & s.SEDATIVE,
        today=f.new_confusion_or_drowsiness | (Unclear(f.new_confusion_or_drowsiness) & s.SEDATIVE),
        two_weeks=Unclear(f.new_confusion_or_drowsiness),
        evidence=(
            For("OPIOID-SEROTONIN18", "opioids such as tramadol can poison together with other medicines"),
            For("FDA-GABA19", "breathing that slows"),
            Against("TRAMADOL-OVERDOSE15", "in one series nobody met the criteria of serotonin poisoning"),
        ),
    ),
)
