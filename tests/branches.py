"""Branch coverage of the rooms that decide, room by room, with a floor for each: `make coverage`.

Run after `coverage run --module pytest …` (see the Makefile). It prints what is covered and every branch that is not,
and fails when a room falls under its floor. Floors only go up; 100 is where they go.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
HELD_ELSEWHERE = ("logic/engines/columns", "logic/engines/prove")  # tests/generative holds them equal to the judge
FLOORS = {"logic": 85, "pathway": 77, "person": 88}  # per cent of branches; first seen: 90, 79, 93


def measured() -> dict[str, Any]:
    """What coverage found, file by file."""
    report = ROOT / ".coverage" / "report.json"
    subprocess.run([sys.executable, "-m", "coverage", "json", "--quiet", "-o", report], cwd=ROOT, check=True)
    files: dict[str, Any] = json.loads(report.read_text("utf-8"))["files"]
    return files


def main() -> int:
    """Print each room with its branches; 1 when one is under its floor."""
    covered: dict[str, int] = defaultdict(int)
    there: dict[str, int] = defaultdict(int)
    for name, file in sorted(measured().items()):
        if name.removeprefix("src/spinesteps/").startswith(HELD_ELSEWHERE):
            continue
        room = Path(name).parts[2]
        covered[room] += file["summary"]["covered_branches"]
        there[room] += file["summary"]["num_branches"]
        lines = (ROOT / name).read_text("utf-8").splitlines()
        for start, end in file["missing_branches"]:
            way = "leaves" if end < 0 else f"goes to {end}"
            print(f"{name}:{start} never {way}: {lines[abs(start) - 1].strip()}")
    low = []
    for room, floor in FLOORS.items():
        share = 100 * covered[room] / there[room]
        print(f"{room}: {covered[room]} of {there[room]} branches, {share:.1f} % (floor {floor:g} %)")
        low += [room] if share < floor else []
    if low:
        print(f"Under its floor: {', '.join(low)}. Write the test that shows the branch, or take the branch out.")
    return 1 if low else 0


if __name__ == "__main__":
    raise SystemExit(main())
