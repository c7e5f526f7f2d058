"""Rename an advice, red flag or fact of our own everywhere: `make rename OLD=flare-plan NEW=plan-for-a-flare`.

Rules, rankings, wording, examples, claims, codes, tests and docs name an id by the same text, so the whole id is
replaced wherever it stands. Then `make docs`, `spinesteps lint --read NEW`, `make test`. Ids of the contract stay.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("src", "tests", "docs", "examples", "bench", "fuzz")
SUFFIXES = {".py", ".toml", ".csv", ".json", ".jsonl", ".md", ".html", ".txt"}
KEPT = ("tests/house/contract_facts.txt", "tests/house/contract_advice.txt")  # names that never change
SHOWN = ("docs/tutorials/rename-an-advice.md", "tests/house/rename.py")  # these print a new name as an example
NEW_ID = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*")


def rename(root: Path, old: str, new: str) -> list[str]:
    """Replace an id in every text below `root`; the changed files. Raises ValueError, and then changes nothing."""
    if not NEW_ID.fullmatch(new):
        raise ValueError(f'"{new}" is no id: letters, numbers and single hyphens or underscores.')
    texts = {path: path.read_text("utf-8") for path in _texts(root)}
    whole = {name: re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])") for name in (old, new)}
    shown = {root / name for name in SHOWN}
    taken = [path for path, text in texts.items() if path not in shown and whole[new].search(text)]
    if taken:
        raise ValueError(f'"{new}" is taken: {taken[0].relative_to(root)} has it.')
    names = {path.relative_to(root).as_posix(): path for path, text in texts.items() if whole[old].search(text)}
    fixed = [name for name in KEPT if name in names]
    if fixed:
        raise ValueError(f'"{old}" is a name of the contract ({fixed[0]}) and does not change.')
    if not names:
        raise ValueError(f'"{old}" stands nowhere.')
    for path in names.values():
        path.write_text(whole[old].sub(new, texts[path]), "utf-8")
        if path.stem == old:
            path.rename(path.with_stem(new))
    return sorted(names)


def _texts(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        found = sorted((root / folder).rglob("*"))
        yield from (path for path in found if path.suffix in SUFFIXES and "node_modules" not in path.parts)


if __name__ == "__main__":
    try:
        changed = rename(ROOT, *sys.argv[1:3])
    except (ValueError, TypeError) as error:
        sys.exit(f"{error} Use: make rename OLD=an-id NEW=another-id")
    print(*changed, f"{len(changed)} files. Now: make docs, spinesteps lint, make test.", sep="\n")
