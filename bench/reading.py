"""What reading a folder of records costs, as a multiple of decoding and validating the same resources.

    python bench/reading.py FOLDER [--rounds 3] [--check]

CPU seconds of one process, the three parts in turn, so that other work on the machine weighs on all of them. Only
resources of types that are read count as decoded and validated. `--check` exits 1 when the goal is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import fhirkit
import orjson

from spinesteps.fhir.folder import Folder
from spinesteps.fhir.read import read_everyone
from spinesteps.fhir.shape import load_views
from spinesteps.knowledge.code_tables import codes
from spinesteps.knowledge.fact_sources import FROM_RECORD
from spinesteps.knowledge.spine import PATHWAY

DAY = date(2026, 11, 21)
GOAL = 1.7


def lines_of(path: Path) -> list[bytes]:
    """The resources of a folder that are read."""
    folder, kinds = Folder(path), tuple(load_views())
    every = (line.data for name, file in folder.files for line in folder.lines(name, file))
    return [data for data in every if orjson.loads(data).get("resourceType") in kinds]


def seconds(run: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    run()
    return time.process_time() - start


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    lines, tables = lines_of(given.folder), codes()

    def whole() -> None:
        for _ in read_everyone(given.folder, PATHWAY.by_name, tables, FROM_RECORD, DAY):
            pass

    whole()  # what is kept between people is filled
    ratios = []
    for _ in range(given.rounds):
        decode = seconds(lambda: [orjson.loads(line) and None for line in lines])
        validate = seconds(lambda: [fhirkit.validate(line) and None for line in lines])
        read = seconds(whole)
        ratios.append(read / (decode + validate))
        print(f"{len(lines)} resources: decode {decode:.2f}, validate {validate:.2f}, whole {read:.2f} s, "
              f"{read / len(lines) * 1e6:.0f} microseconds each, ratio {ratios[-1]:.2f}")  # fmt: skip
    print(f"ratio at best {min(ratios):.2f}, goal {GOAL}: {'met' if min(ratios) <= GOAL else 'MISSED'}")
    return int(given.check and min(ratios) > GOAL)


if __name__ == "__main__":
    sys.exit(main())
