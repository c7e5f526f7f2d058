"""Checks before the trouble is called stenosis: neck, leg arteries, hip and others."""

from spinesteps.knowledge import recognise as r
from spinesteps.knowledge import shared_conditions as s
from spinesteps.knowledge.facts import Facts as f
from spinesteps.knowledge.limits import LIMITS
from spinesteps.logic.conditions import AllOf, AnyOf, Known
from spinesteps.pathway.evidence import Against, For
from spinesteps.pathway.rules import Rule

DIFFERENTIAL = (
    Rule(
        id="neck-referral",
        direction="do",
        step="other_pathway",
        delays=False,
        when=s.CORD_SIGN,
        considered=s.HANDS | f.gait_unsteady,
        conflicts=("C-18",),
        evidence=(
            For("G-DCM17"),
            For("TANDEM-REVIEW17", "the neck has priority"),
            Against("BABINSKI-ACC", "one sign alone is weak"),
        ),
    ),
    Rule(
        id="vascular-check",
        direction="do",
        step="recognition",
        when=AnyOf.of(
            f.abi < LIMITS.abi_abnormal,
            f.calf_only_pain,
            ~f.pulses_present,
            f.abi >= LIMITS.abi_stiff,
            AllOf.of(
                AnyOf.of(f.intermittent_claudication, f.worse_walking, f.stenosis_diagnosed),
                ~Known(f.abi),
                ~Known(f.pulses_present),
            ),
        ),
        evidence=(
            For("NADEAU13"),
            For("K-VASC"),
            For("NHS-HIGHLAND-VASC"),
            Against("ABI-CAUTION", "a normal index does not settle it"),
        ),
    ),
    Rule(
        id="hip-or-other-check",
        direction="consider",
        step="recognition",
        when=AnyOf.of(f.hip_rotation_limited, r.TROCHANTER, r.NEUROPATHY, r.DISC),
        evidence=(For("ALTMAN91"), For("GTPS-TREE"), For("MNSI-EXAM98"), For("DISC-OLDER13"), Against("HIP-AGREE99")),
    ),
)
