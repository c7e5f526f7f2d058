"""Branch coverage of the rooms that decide, room by room, with a floor for each: `make coverage`.

Run after `coverage run --module pytest …` (see the Makefile). It prints what is covered and every branch that is not,
and fails when a room falls under its floor. Floors only go up; 100 is where they go. A branch that cannot be taken, or
whose taking shows nothing, stands in LISTED with the reason and counts for nothing.
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
FLOORS = {"logic": 85, "pathway": 85, "person": 88}  # per cent of branches; measured 89, 92, 92 before the self-check
LISTED = {  # file and line: why it may stay
    "person/decision.py: for finding in findings:": "ends early; somebody always has a finding that is not advised",
    "person/output.py: if item.id not in self._evidence:": "the second person of a process; the texts are compared",
    "person/answers.py: while not line.endswith(b\"\\n\") and (rest := stream.readline(LARGEST)):": (
        "a line of more than a hundred megabytes: held by tests/faces/test_bad_input_facts.py"
    ),
}


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
            line = lines[abs(start) - 1].strip()
            if f"{name.removeprefix('src/spinesteps/')}: {line}" in LISTED:
                there[room] -= 1
                continue
            print(f"{name}:{start} never {'leaves' if end < 0 else f'goes to {end}'}: {line}")
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
