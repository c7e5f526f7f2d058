"""Paracetamol (MED-P1 … MED-P7). All products that hold it are added up (MED-P7) before anything here is judged."""

from spinesteps.knowledge import recognise as r
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.knowledge.medicine_facts import MedicineFacts as m
from spinesteps.logic.conditions import AllOf, AnyOf, Named
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import RedFlag, Rule

OVER_CEILING = Named("MED-P1: over the ceiling", f.paracetamol_mg_day > LIMITS.paracetamol_ceiling_mg)
FAR_OVER_CEILING = Named(
    "MED-P1: so much that the liver may fail",
    AnyOf.of(
        f.paracetamol_mg_day >= LIMITS.paracetamol_poison_mg,
        (f.paracetamol_mg_day >= LIMITS.paracetamol_light_mg) & (f.weight_kg < LIMITS.paracetamol_light_kg),
        (f.paracetamol_mg_day >= LIMITS.paracetamol_lighter_mg) & (f.weight_kg < LIMITS.paracetamol_lighter_kg),
        (f.paracetamol_mg_day >= LIMITS.paracetamol_very_light_mg) & (f.weight_kg < LIMITS.paracetamol_very_light_kg),
        AllOf.of(
            f.paracetamol_mg_day > LIMITS.paracetamol_repeated_mg,
            m.paracetamol_days >= LIMITS.paracetamol_repeated_days,
        ),
    ),
)
TAKES_IT = Named("takes paracetamol", f.paracetamol_mg_day > 0)
LOWER_LIMIT = Named(
    "MED-P3, MED-P6: liver disease, three drinks a day, or under {low_weight_kg} kg",
    AnyOf.of(f.liver_disease, f.alcohol_heavy, f.weight_kg < LIMITS.low_weight_kg),
)

# The one medicine finding that raises the person's urgency (contract section 5, medicines).
PARACETAMOL_FLAG = RedFlag(
    id="MED-P1",
    topic="paracetamol over the ceiling",
    emergency=FAR_OVER_CEILING,
    today=OVER_CEILING,
    evidence=(
        For("PARACETAMOL-LABEL", "severe liver damage above 4000 mg in 24 hours"),
        For("PARACETAMOL-RCH", "10 g or 200 mg for each kg in a day; 12 g in two days"),
        For("PARACETAMOL-ANZ08", "repeated high doses need their own look"),
        Against("DESIGN", "a short time slightly above it often does no harm"),
    ),
)
PARACETAMOL_OVER_CEILING = Rule(
    id="paracetamol-over-ceiling",
    direction="stop",
    step="safety",
    delays=False,
    urgency="today",
    when=OVER_CEILING,
    evidence=(
        For("PARACETAMOL-LABEL", "MED-P1, MED-P7: all products added up"),
        Against("DESIGN", "a short time slightly above it often does no harm"),
    ),
)
PARACETAMOL = (
    Rule(
        id="paracetamol-lower-limit",
        direction="avoid",
        step="self_management",
        when=AllOf.of(f.paracetamol_mg_day > LIMITS.paracetamol_low_mg, LOWER_LIMIT),
        evidence=(
            For("PARACETAMOL-LABEL", "MED-P3: warns at three drinks a day and with liver disease"),
            For("PARACETAMOL-LIVER", "MED-P3, MED-P6: the figures were read in digests only"),
            Against("PARACETAMOL-LIVER", "up to 3 g is held to be safe by some"),
        ),
    ),
    Rule(
        id="paracetamol-label-limit",
        direction="avoid",
        step="self_management",
        when=AllOf.of(f.country.is_("US"), f.paracetamol_mg_day > LIMITS.paracetamol_label_mg),
        evidence=(
            For("PARACETAMOL-LABEL", "MED-P2: ten tablets of 325 mg"),
            Against("DESIGN", "other tablets and a prescriber may allow up to 4000 mg"),
        ),
    ),
    Rule(
        id="paracetamol-warfarin-check",
        direction="do",
        step="self_management",
        when=AllOf.of(TAKES_IT, f.anticoagulant),
        evidence=(
            For("PARACETAMOL-LABEL", "MED-P4: warns with warfarin"),
            Against("DESIGN", "only warfarin and its kind have an INR; the fact knows the class"),
        ),
    ),
    Rule(
        id="paracetamol-days-review",
        direction="do",
        step="self_management",
        when=AllOf.of(TAKES_IT, m.paracetamol_days > LIMITS.shop_painkiller_days),
        evidence=(For("PARACETAMOL-LABEL", "MED-P5"), Against("DESIGN", "a prescriber may have set a longer time")),
    ),
    Rule(
        id="paracetamol-no-benefit",
        direction="avoid",
        step="self_management",
        when=AnyOf.of(r.STENOSIS, TAKES_IT),
        conflicts=("C-05",),
        evidence=(
            For("G-DK19-3"),
            For("G-NICE16-9", "not alone"),
            For("G-ACP17-3", "no useful effect"),
            For("S003", "does not relieve back pain"),
            Against("DESIGN", "widely sold, and milder than most others; no trial in stenosis"),
        ),
    ),
)
