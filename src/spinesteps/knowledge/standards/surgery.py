"""QI-16 to QI-23: injections above the limit or without benefit, operations without a reason, what follows them."""

from spinesteps.audits.measures import Measure, Window
from spinesteps.audits.standards import Exclusion, Index, Numerator, Standard
from spinesteps.knowledge.standards import selections as c
from spinesteps.knowledge.standards.selections import NUMBERS
from spinesteps.logic.facts import Number, YesNo
from spinesteps.logic.history.event_filter import Where
from spinesteps.logic.history.summaries import Count, Exists, Latest, LongestRun
from spinesteps.pathway.evidence import Against, For

CARE_PAUSE_DAYS = 31  # care that pauses for a month goes on: our choice
above_limit = YesNo("injections_above_the_limit")
several = YesNo("injections_more_than_two")
earlier = YesNo("injection_in_the_year_before")
relief = Number("injection_relief_recorded", unit="%", low=0, high=100)
unstable = YesNo("reason_for_fusion_recorded")
back_pain = YesNo("back_pain_is_the_reason")
better_reason = YesNo("another_reason_for_the_operation_recorded")
claudication = YesNo("claudication_recorded")
thin_bones = YesNo("thin_bones_recorded")
cement = YesNo("vertebroplasty_after_fracture")
haemangioma = YesNo("haemangioma_recorded")
care_long = YesNo("conservative_care_for_half_a_year")
slip = Number("slip_percent_recorded", unit="%", low=0, high=100)
again_early = YesNo("operated_again_early")
again_year = YesNo("operated_again_in_a_year")
again_late = YesNo("operated_again_in_five_years")
staged = YesNo("stages_were_planned")
readmitted = YesNo("admitted_again")
died = YesNo("died")

NO_RELIEF_WRITTEN = "the standard asks whether relief was written down: nothing written is no relief recorded"
RELIEF = Measure(
    fact=relief, summary=Latest(Where(("answer", "observation"), ("esi_relief_percent", "injection_relief"))),
    window=c.YEAR, absent=0, why=NO_RELIEF_WRITTEN,
)  # fmt: skip
NO_RELIEF = ~(relief >= NUMBERS.relief_percent)
FUSION_REASONS = ("spondylolisthesis", "spondylolysis", "lumbar_instability", "scoliosis", "kyphosis", "cancer",
                  "pseudarthrosis_after_fusion", "vertebral_fracture", "bone_metastasis",
                  "spinal_infection")  # fmt: skip
BETTER_REASONS = ("sciatica_or_radiculopathy", "vertebral_fracture", "disc_herniation", "spinal_infection",
                  "lumbar_spondylosis", "lumbar_spondylosis_with_myelopathy", "spinal_cord_compression", "scoliosis",
                  "spondylolisthesis", "cauda_equina_syndrome")  # fmt: skip
STAGED = Measure(fact=staged, summary=Exists(Where("observation", ("staged_operation_planned",))), window=c.EVER,
                 said_yes=True, absent=False, why="a second stage stands in the plan; without one none was planned")
AGAIN = (
    Measure(fact=again_early, summary=Exists(c.SPINE_SURGERY), silence=False,
            window=Window(after=NUMBERS.reoperation_early_days, without_index=True)),
    Measure(fact=again_year, summary=Exists(c.SPINE_SURGERY), silence=False,
            window=Window(after=NUMBERS.reoperation_year_days, without_index=True)),
    Measure(fact=again_late, summary=Exists(c.SPINE_SURGERY), silence=False,
            window=Window(after=NUMBERS.reoperation_late_days, without_index=True)),
)
FRACTURE = Where("condition", ("vertebral_fracture",))
CONSERVATIVE = Where(("procedure", "medicine"), (*c.OTHER_CARE.concepts, "massage", "epidural_injection", "nsaid",
                                                 "paracetamol"))

SURGERY = (
    Standard(
        id="QI-16",
        better="lower",
        index=Index(where=c.EPIDURAL),
        measures=(
            Measure(fact=above_limit, summary=Count(c.EPIDURAL, each="day"), window=c.YEAR,
                    more_than=NUMBERS.sessions_most, silence=False),
            Measure(fact=several, summary=Count(c.EPIDURAL, each="day"), window=c.YEAR,
                    more_than=NUMBERS.sessions_without_relief, silence=False),
            RELIEF,
        ),
        readings=(Numerator("above the limit", above_limit | (several & NO_RELIEF)),),
        evidence=(For("CMS-LCD-ESI"), Against("CLAIMS-LIMIT", "regions and relief are rarely coded")),
    ),
    Standard(
        id="QI-17",
        better="lower",
        index=Index(where=c.EPIDURAL),
        measures=(
            Measure(fact=earlier, summary=Exists(c.EPIDURAL), silence=False,
                    window=Window(before=NUMBERS.year_before_days, without_index=True)),
            RELIEF,
        ),
        who=earlier,
        readings=(Numerator("no recorded benefit", NO_RELIEF),),
        evidence=(For("CMS-LCD-ESI"), Against("CLAIMS-LIMIT", "relief is written in notes, not in codes")),
    ),
    Standard(
        id="QI-18",
        like="Lown-like",
        better="lower",
        index=Index(where=c.FUSION),
        measures=(
            c.STENOSIS_EVER,
            Measure(fact=unstable, window=c.EVER, silence=False,
                    summary=Exists(Where(("condition", "procedure"), (*FUSION_REASONS, "fusion_status_site_unknown")))),
            Measure(fact=earlier, summary=Exists(c.FUSION), silence=False,
                    window=Window(before=None, complete_days=NUMBERS.enrolment_days, without_index=True)),
        ),
        who=c.stenosis,
        readings=(Numerator("no reason coded", ~unstable & ~earlier),),
        evidence=(For("LOWN-BACK"), For("T-SS5"), Against("CLAIMS-LIMIT", "unstable films may stand in no code")),
    ),
    Standard(
        id="QI-19",
        like="Lown-like",
        better="lower",
        index=Index(where=c.DECOMPRESSION_OR_FUSION),
        measures=(
            c.AGE,
            Measure(fact=back_pain, summary=Exists(c.BACK_PAIN), window=Window(before=NUMBERS.reason_before_days),
                    silence=False),
            Measure(fact=better_reason, summary=Exists(Where("condition", BETTER_REASONS)), silence=False,
                    window=Window(before=NUMBERS.reason_before_days)),
            Measure(fact=claudication, summary=Exists(c.CLAUDICATION), window=c.EVER, silence=False),
        ),
        who=c.age >= NUMBERS.older_years,
        exclusions=(Exclusion("neurogenic claudication", claudication),),
        readings=(Numerator("back pain alone", back_pain & ~better_reason),),
        evidence=(For("LOWN-BACK"), Against("CLAIMS-LIMIT")),
    ),
    Standard(
        id="QI-20",
        like="Lown-like",
        better="lower",
        index=Index(where=FRACTURE, clear=FRACTURE, clear_before=NUMBERS.clear_history_days),
        measures=(
            Measure(fact=thin_bones, summary=Exists(Where("condition", ("osteoporosis",))), silence=False,
                    window=Window(before=None, after=NUMBERS.reoperation_year_days,
                                  complete_days=NUMBERS.enrolment_days)),
            Measure(fact=cement, summary=Exists(Where("procedure", ("vertebroplasty",))), silence=False,
                    window=Window(after=NUMBERS.reoperation_year_days)),
            c.CANCER_EVER,
            Measure(fact=haemangioma, summary=Exists(Where("condition", ("haemangioma",))), window=c.EVER,
                    silence=False),
        ),
        who=thin_bones,
        exclusions=(c.CANCER_OUT, Exclusion("haemangioma", haemangioma)),
        readings=(Numerator("cement within a year", cement.condition()),),
        evidence=(For("LOWN-BACK"), Against("CLAIMS-LIMIT")),
    ),
    Standard(
        id="QI-21",
        better="lower",
        index=Index(where=Where("procedure", ("interspinous_device",))),
        measures=(
            Measure(fact=care_long, summary=LongestRun(CONSERVATIVE, gap_days=CARE_PAUSE_DAYS),
                    window=Window(before=NUMBERS.care_before_surgery_days, without_index=True),
                    at_least=NUMBERS.spacer_care_days, silence=False),
            Measure(fact=slip, summary=Latest(Where(("observation", "answer"), ("slip_percent",))), window=c.EVER,
                    absent=0, why="a slip that nobody measured cannot be counted"),
        ),
        readings=(Numerator("no half year of care, or too large a slip",
                          ~care_long | (slip > NUMBERS.slip_grade_one_percent)),),
        evidence=(For("SUPERION-IFU"), Against("CLAIMS-LIMIT", "care without visits is not coded")),
    ),
    Standard(
        id="QI-22",
        better="lower",
        index=Index(where=c.DECOMPRESSION_OR_FUSION),
        measures=(STAGED, *AGAIN),
        exclusions=(Exclusion("a planned second stage", staged),),
        readings=(Numerator("90 days", again_early.condition()), Numerator("1 year", again_year.condition()),
                  Numerator("5 years", again_late.condition())),
        evidence=(For("K-REOP"), Against("CLAIMS-LIMIT", "codes name no level")),
    ),
    Standard(
        id="QI-23",
        better="lower",
        index=Index(where=c.DECOMPRESSION_OR_FUSION),
        measures=(
            Measure(fact=readmitted, summary=Exists(Where("encounter", ("hospital_stay",))), silence=False,
                    window=Window(after=NUMBERS.month_days, without_index=True)),
            Measure(fact=died, summary=Exists(Where("encounter", ("death",))), silence=False,
                    window=Window(after=NUMBERS.month_days)),
        ),
        readings=(Numerator("admitted again", readmitted.condition()), Numerator("died", died.condition())),
        evidence=(For("K-DEYO"), Against("CLAIMS-LIMIT", "an admission may have nothing to do with the spine")),
    ),
)  # fmt: skip
