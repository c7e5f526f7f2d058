"""How long the checks of the pathway take: lint, the laws proved over everybody, every example patient judged afresh.

    python bench/checks.py [--check]

`--check` exits 1 when a goal is missed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date

from spinesteps.knowledge.code_tables import codes
from spinesteps.knowledge.fact_sources import FROM_RECORD
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.person.decision import decide
from spinesteps.quality.examples import read_examples
from spinesteps.quality.laws import prove
from spinesteps.quality.lint.check import check

DAY = date(2026, 11, 21)
DATED = PATHWAY.as_of(DAY)
CHECKS: dict[str, tuple[float, Callable[[], object]]] = {  # seconds at the most, and what is done
    "lint": (10, lambda: check(PATHWAY, DAY, FROM_RECORD, codes())),
    "prove, every law": (60, lambda: prove(PATHWAY, DAY, lambda result: None)),
    "every example patient": (
        60, lambda: [decide(DATED, one.answers()) for one in read_examples(PATHWAY.folder / "examples")],
    ),
}  # fmt: skip


def main() -> int:
    """Print the seconds of each beside its goal; 1 when one is missed and goals are asked for."""
    missed = False
    for name, (goal, run) in CHECKS.items():
        start = time.process_time()
        run()
        took = time.process_time() - start
        missed |= took > goal
        print(f"{name:<24}{took:>8.1f} s   (goal {goal:g} s)")
    return 1 if missed and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
