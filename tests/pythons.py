"""The doors on the oldest and the newest Python that can be had here: the answers must be equal, byte for byte.

`python -m tests.pythons [3.12 …]` makes an environment for each in .pythons from the lock, lets each write its answers
there, and compares. Without arguments: the oldest and the newest of those pyproject.toml names that are here.
"""

from __future__ import annotations

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACE = ROOT / ".pythons"
DAY = "2026-11-21"
# A unit that the pair of unit libraries once could not read on 3.12 and 3.13.
HAEMOGLOBIN = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in (
    {"resourceType": "Patient", "id": "p", "birthDate": "1950-01-01"},
    {"resourceType": "Observation", "id": "o", "status": "final", "subject": {"reference": "Patient/p"},
     "effectiveDateTime": "2026-11-01", "code": {"coding": [{"system": "http://loinc.org", "code": "718-7"}]},
     "valueQuantity": {"value": 11.8, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL"}},
)]}  # fmt: skip
DOORS = {
    "version": ("version",),
    "facts": ("facts", "--json"),
    "explain": ("explain", "RF-06a", "--on", DAY),
    "person": ("assess", "--facts", "examples/person.json", "--on", DAY),
    "questions": ("questions", "--facts", "examples/person.json", "--on", DAY, "--json"),
    "bundle": ("assess", "--fhir", "examples/bundle.json", "--on", DAY, "--json"),
    "units": ("assess", "--fhir", ".pythons/units.json", "--on", DAY, "--json"),
    "standards": ("standards", "--fhir", "examples/bundle.json", "--on", DAY, "--json"),
    "score": ("score", "odi", "--items", "examples/odi.json", "--before", "examples/odi-before.json", "--json"),
    "programme": ("programme", "--facts", "examples/quiet.json", "--on", DAY, "--json"),
    "people": ("assess", "--facts", ".pythons/people.jsonl", "--on", DAY, "--json"),
    "reasons": ("assess", "--facts", ".pythons/some.jsonl", "--on", DAY, "--json", "--reasons"),
    "paper": ("letter", "--facts", "examples/person.json", "--on", DAY, "--out", ".pythons/{version}/paper"),
}


def supported() -> list[str]:
    """The versions that pyproject.toml names, the oldest first."""
    return re.findall(r"Python :: (3\.\d+)\"", (ROOT / "pyproject.toml").read_text("utf-8"))


def interpreters(version: str) -> Iterator[Path]:
    """Where a version may be: on the path, or kept by pyenv."""
    if found := shutil.which(f"python{version}"):
        yield Path(found)
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from sorted(kept.glob(f"{version}.*/bin/python{version}"), reverse=True)


def had(version: str) -> Path | None:
    """An interpreter of this version that starts, or none."""
    for path in interpreters(version):
        asked = "import sys; print('%d.%d' % sys.version_info[:2])"
        run = subprocess.run([path, "-c", asked], capture_output=True, text=True, check=False)
        if run.stdout.strip() == version:
            return path
    return None


def environment(version: str, interpreter: Path) -> Path:
    """An environment of this version with the packages of the lock, and the sources in sight; its interpreter."""
    place = PLACE / version
    shutil.rmtree(place, ignore_errors=True)
    subprocess.run([interpreter, "-m", "venv", "--without-pip", place / "venv"], check=True)
    python = place / "venv" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--require-hashes"]
    subprocess.run([*install, "-r", ROOT / "requirements.lock"], check=True)
    return python


def answer(version: str, python: Path) -> list[str]:
    """Every door's answer into a file of its own; the doors that failed inside."""
    seen = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "error"}
    failed = []
    for name, arguments in DOORS.items():
        command = [python, "-m", "spinesteps", *(part.format(version=version) for part in arguments)]
        run = subprocess.run(command, cwd=ROOT, env=seen, capture_output=True, check=False)
        (PLACE / version / name).with_suffix(".out").write_bytes(run.stdout.replace(version.encode(), b"VERSION"))
        if run.returncode:
            failed.append(f"{version} {name}: exit {run.returncode}: {run.stderr.decode()[-300:]}")
    return failed


def people() -> None:
    """Every example patient a line, and one in twenty for the long form."""
    from spinesteps.knowledge.spine import PATHWAY
    from spinesteps.quality.examples import read_examples

    lines = [json.dumps(dict(one.facts), default=str) + "\n" for one in read_examples(PATHWAY.folder / "examples")]
    PLACE.mkdir(exist_ok=True)
    (PLACE / "people.jsonl").write_text("".join(lines), "utf-8")
    (PLACE / "some.jsonl").write_text("".join(lines[::20]), "utf-8")
    (PLACE / "units.json").write_text(json.dumps(HAEMOGLOBIN), "utf-8")


def main(wanted: list[str]) -> int:
    there = {version: path for version in wanted or supported() if (path := had(version))}
    chosen = list(there) if wanted else list(dict.fromkeys([*list(there)[:1], *list(there)[-1:]]))
    print(f"Python here: {', '.join(there) or 'none of those supported'}. Compared: {', '.join(chosen)}.")
    people()
    wrong = [fault for version in chosen for fault in answer(version, environment(version, there[version]))]
    for name in DOORS:
        files = [PLACE / version / f"{name}.out" for version in chosen]
        wrong += [f"{name}: {files[0].parent.name} and {one.parent.name} differ" for one in files[1:]
                  if not filecmp.cmp(files[0], one, shallow=False)]  # fmt: skip
    print(*wrong or [f"{len(DOORS)} doors, {len(chosen)} versions: equal byte for byte."], sep="\n")
    if len(chosen) < 2 and not wrong:
        print("Only one version can be had here, so nothing was compared.")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
