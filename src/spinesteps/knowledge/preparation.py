"""Before a planned injection or operation: what can be made better in time. Nothing here refuses surgery to anybody."""

from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.knowledge.order_facts import OrderFacts as o
from spinesteps.logic.conditions import AllOf, AnyOf, Named, established
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

SUGAR_HIGH = Named(
    "blood sugar high, or diabetes and the sugar not known",
    AnyOf.of(
        established(f.hba1c > LIMITS.preop_blood_sugar),
        AllOf.of(f.diabetes, f.hba1c > LIMITS.preop_blood_sugar),
    ),
)
ANAEMIA = Named(
    "low haemoglobin",
    AnyOf.of(
        f.haemoglobin_g_l < LIMITS.anaemia_g_l,
        AllOf.of(f.sex.is_("male"), f.haemoglobin_g_l < LIMITS.anaemia_men_g_l),
    ),
)
BONES_IN_DOUBT = Named(
    "bones to be tested",
    AnyOf.of(
        f.age > LIMITS.bone_test_years,
        AllOf.of(
            f.age >= LIMITS.bone_risk_years,
            AnyOf.of(f.osteoporosis, f.fracture_history, f.steroids_3_months, f.smoker),
        ),
    ),
)

PREPARATION = (
    Rule(
        id="antithrombotic-plan",
        direction="do",
        step="surgery",
        when=AllOf.of(
            Named("takes a blood thinner", f.anticoagulant | f.antiplatelet),
            Named("an injection or operation is planned", f.surgery_planned | o.injection_planned),
        ),
        evidence=(
            For("ASRA18", "section 3.2: by drug and by risk of the procedure"),
            For("DESIGN", "the proceduralist and the prescriber decide; a gap can cause a stroke"),
            Against("ASRA18", "days for dabigatran, prasugrel and ticagrelor are unverified and stay off"),
        ),
    ),
    Rule(
        id="prehabilitation",
        direction="do",
        step="surgery",
        when=f.surgery_planned,
        evidence=(
            For("K-PREHAB", "six to nine weeks; self-efficacy and disability may gain"),
            For("G-DK19-2", "supervised exercise before surgery"),
            For("READMIT23", "each further risk adds readmissions"),
            Against("K-PREHAB", "pain, function and walking inconsistent; nothing for mood"),
        ),
    ),
    Rule(
        id="preop-blood-sugar",
        direction="do",
        step="surgery",
        when=f.surgery_planned & SUGAR_HIGH,
        evidence=(
            For("CNS-PREOP21", "grade B: over 7.5 %"),
            For("VA-INFECT21"),
            Against("DESIGN", "no trial shows that lowering it first makes the result better"),
        ),
    ),
    Rule(
        id="preop-smoking",
        direction="do",
        step="surgery",
        when=f.surgery_planned & f.smoker,
        evidence=(
            For("CNS-PREOP21", "grade B: more repeat operations"),
            For("T-SPMOD", "smokers gained little from surgery"),
            Against("CNS-PREOP21", "it is not shown that stopping helps"),
            Against("G-NICE16-4", "never a reason to refuse an opinion"),
        ),
    ),
    Rule(
        id="preop-anaemia",
        direction="do",
        step="surgery",
        when=f.surgery_planned & ANAEMIA,
        evidence=(
            For("WHO-HB24"),
            For("PREOP-FACTORS20"),
            Against("DESIGN", "that these cut-offs matter before spine surgery is a convention"),
        ),
    ),
    Rule(
        id="preop-nutrition",
        direction="do",
        step="surgery",
        when=f.surgery_planned & (f.albumin_g_l <= LIMITS.albumin_low_g_l),
        evidence=(For("SRS-ALBUMIN"), Against("SRS-ALBUMIN", "studied in large operations for a curved spine")),
    ),
    Rule(
        id="preop-weight",
        direction="consider",
        step="surgery",
        when=f.surgery_planned & (f.bmi >= LIMITS.weight_bmi),
        evidence=(
            For("VA-INFECT21", "more infections with each point"),
            For("K-BSR", "poorer walking from a body mass index of 35"),
            Against("PREOP-BMI", "the cut-off is unverified"),
            Against("CNS-PREOP21", "the evidence conflicts"),
            Against("G-NICE16-4", "never a reason to refuse an opinion"),
        ),
    ),
    Rule(
        id="preop-bone-check",
        direction="consider",
        step="surgery",
        when=f.surgery_planned & BONES_IN_DOUBT,
        evidence=(
            For("BONE-PREOP21", "everybody over 65; from 50 with a risk"),
            Against("BONE-PREOP21", "meant for reconstruction with implants; consensus"),
        ),
    ),
    Rule(
        id="preop-medicine-review",
        direction="do",
        step="surgery",
        when=f.surgery_planned & AnyOf.of(f.opioid, f.nsaid, f.systemic_steroid),
        evidence=(
            For("ASRA18", "some painkillers bleed"),
            For("K-SIG", "painkillers before surgery, poorer result"),
            Against("DESIGN", "no trial tests this step by itself"),
        ),
    ),
    Rule(
        id="preop-home-support",
        direction="do",
        step="surgery",
        when=f.surgery_planned & AnyOf.of(f.lives_alone, f.cognitive_impairment),
        evidence=(
            For("DESIGN", "ask and record frailty, memory and help at home (section 3.3)"),
            Against("DESIGN", "no trial tests this step by itself"),
        ),
    ),
)
