"""QI-01 to QI-04: scans too early, without care first, or again. Of all of them a lower share is better."""

from spinesteps.audits.measures import Measure, Window
from spinesteps.audits.standards import Exclusion, Index, Numerator, Standard
from spinesteps.knowledge.standards import selections as c
from spinesteps.knowledge.standards.selections import NUMBERS
from spinesteps.logic.facts import YesNo
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import Exists
from spinesteps.pathway.evidence import Against, For

scan_early = YesNo("scan_within_four_weeks")
scan_in_six_weeks = YesNo("scan_within_six_weeks")
therapy_first = YesNo("therapy_before_the_scan")
surgery_before = YesNo("spine_surgery_before_the_scan")
scan_again = YesNo("another_mri_after_the_scan")
surgery_after = YesNo("spine_surgery_after_the_scan")
later_excluded = YesNo("operation_or_spondylopathy_or_thin_bones_recorded")

NEW_EPISODE = Index(where=c.BACK_TROUBLE, clear=c.BACK_TROUBLE, clear_before=NUMBERS.clear_history_days)
SCAN_EARLY = Measure(fact=scan_early, summary=Exists(c.SCAN), window=Window(after=NUMBERS.early_imaging_days),
                     silence=False)  # fmt: skip
SCAN_IN_SIX_WEEKS = Measure(fact=scan_in_six_weeks, summary=Exists(c.SCAN), window=Window(after=NUMBERS.six_weeks_days),
                            silence=False)  # fmt: skip
LATER_EXCLUDED = Measure(
    fact=later_excluded, window=c.EVER_AND_EARLY, silence=False,
    summary=Exists(Where(("condition", "procedure"), (*c.SPINE_SURGERY.concepts, *c.STENOSIS.concepts, "osteoporosis",
                                                      "lumbar_spondylosis"))),
)  # fmt: skip
AFTER_SCAN = Window(after=NUMBERS.repeat_scan_days)
DANGER_AFTER = (
    Measure(fact=c.danger_coded, summary=Exists(c.DANGER_CODED), window=AFTER_SCAN, silence=False),
    Measure(fact=c.danger_said, summary=Exists(c.DANGER_SAID), window=AFTER_SCAN, said_yes=True, absent=False,
            why=c.NOBODY_SAID),
)  # fmt: skip

IMAGING = (
    Standard(
        id="QI-01",
        like="HEDIS-like",
        better="lower",
        index=NEW_EPISODE,
        measures=(c.AGE, SCAN_EARLY, SCAN_IN_SIX_WEEKS, c.NERVE_TROUBLE, c.CANCER_TRANSPLANT_HIV, c.INJURY, c.STEROIDS,
                  c.HOSPICE, c.DANGER_CODED_EARLY, c.DANGER_SAID_EARLY, LATER_EXCLUDED),
        who=c.age >= NUMBERS.grown_up_years,
        exclusions=(
            Exclusion("nerve trouble, spinal infection or injected drugs", c.nerve_trouble),
            Exclusion("cancer, transplant or weak defences", c.cancer_early),
            Exclusion("an injury", c.injury),
            Exclusion("long steroids", c.steroids),
            c.HOSPICE_OUT,
            c.DANGER_OUT,
            Exclusion("spine operation, spondylopathy or thin bones (later versions)", later_excluded, on=False,
                      because="[U] not seen on a page; it would take coded stenosis out"),
        ),
        readings=(Numerator("28 days", scan_early.condition()), Numerator("42 days", scan_in_six_weeks.condition())),
        evidence=(For("HEDIS-LBP"), For("CMS166"), For("AAFP-CHOOSE"), Against("HEDIS-LBP-NEW"),
                  Against("CLAIMS-LIMIT")),
    ),
    Standard(
        id="QI-02",
        like="OP-8-like",
        better="lower",
        index=Index(where=c.MRI),
        measures=(
            Measure(fact=therapy_first, summary=Exists(c.THERAPY),
                    window=Window(before=NUMBERS.therapy_before_scan_days), silence=False),
            Measure(fact=surgery_before, summary=Exists(c.SPINE_SURGERY), window=c.YEAR, silence=False),
            c.CANCER_EVER, c.DANGER_CODED_BEFORE, c.DANGER_SAID_BEFORE,
        ),
        exclusions=(c.DANGER_OUT, Exclusion("after an operation", surgery_before), c.CANCER_OUT),
        readings=(Numerator("no therapy", ~therapy_first),),
        evidence=(For("OP-8"), Against("CLAIMS-LIMIT", "therapy codes name no body part")),
    ),
    Standard(
        id="QI-03",
        better="lower",
        index=Index(where=c.MRI),
        measures=(
            Measure(fact=scan_again, summary=Exists(c.MRI),
                    window=Window(after=NUMBERS.repeat_scan_days, without_index=True), silence=False),
            Measure(fact=surgery_after, summary=Exists(c.SPINE_SURGERY), window=AFTER_SCAN, silence=False),
            *DANGER_AFTER,
        ),
        exclusions=(c.DANGER_OUT, Exclusion("an operation in between", surgery_after)),
        readings=(Numerator("again within a year", scan_again.condition()),),
        evidence=(For("DESIGN"), Against("CLAIMS-LIMIT", "a second scan may have a reason no code tells")),
    ),
    Standard(
        id="QI-04",
        better="lower",
        index=NEW_EPISODE,
        measures=(c.AGE, SCAN_IN_SIX_WEEKS, c.DANGER_CODED_EARLY, c.DANGER_SAID_EARLY),
        who=c.age >= NUMBERS.older_years,
        exclusions=(c.DANGER_OUT,),
        readings=(Numerator("42 days", scan_in_six_weeks.condition()),),
        evidence=(For("JARVIK15"), Against("CLAIMS-LIMIT")),
    ),
)  # fmt: skip
