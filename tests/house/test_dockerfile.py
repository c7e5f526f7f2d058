"""The Dockerfile, where no engine is here to build it: pinned bases, hashes, nobody, nothing fetched, health asked."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Iterator

from tests.house.source import ROOT

TEXT = (ROOT / "Dockerfile").read_text("utf-8")
KNOWN = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
PINNED = re.compile(r"python:3\.\d+\.\d+-slim-\w+(@sha256:[0-9a-f]{64})?( AS \w+)?")
FINAL = TEXT.rsplit("\nFROM ", 1)[1]


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Each instruction with its arguments, continued lines joined."""
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip() and not line.startswith("#")]
    for line in lines:
        name, _, rest = line.strip().partition(" ")
        yield name, " ".join(rest.split())


def of(name: str, text: str = TEXT) -> list[str]:
    return [rest for found, rest in instructions(text) if found == name]


def test_only_these_instructions_and_no_add() -> None:
    assert {name for name, _ in instructions(TEXT)} <= KNOWN
    assert "ADD" not in KNOWN


def test_every_base_is_pinned_and_supported() -> None:
    assert all(PINNED.fullmatch(base) for base in of("FROM"))
    supported = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))
    assert {base.split(":")[1].rsplit(".", 1)[0] for base in of("FROM")} <= set(supported)


def test_everything_installed_has_a_hash_and_nothing_else_is_fetched() -> None:
    for command in " && ".join(of("RUN")).split(" && "):
        if "pip install" in command:
            assert "--require-hashes" in command or ("--no-deps" in command and "dist/" in command), command
        assert not re.search(r"\b(curl|wget|apt-get|git)\b", command), command


def test_it_runs_as_nobody_and_asks_its_health() -> None:
    names = [name for name, _ in instructions("FROM " + FINAL)]
    assert of("USER", FINAL) == ["65534:65534"]
    assert names.index("USER") < names.index("ENTRYPOINT")
    assert not of("RUN", FINAL), "the last stage only copies"
    (health,) = of("HEALTHCHECK", FINAL)
    assert "/health" in health and "--timeout=" in health
    for name in ("ENTRYPOINT", "CMD"):
        (words,) = of(name, FINAL)
        assert json.loads(words), "the list form, so that signals arrive"


def test_what_is_copied_is_there_and_not_ignored() -> None:
    rules = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line and line[0] != "#"]
    let_in = {line[1:] for line in rules if line.startswith("!")}
    assert rules[0] == "*"
    for copied in of("COPY"):
        if not copied.startswith("--from="):
            for source in copied.split()[:-1]:
                assert (ROOT / source).exists() and any(fnmatch.fnmatch(source, rule) for rule in let_in), source
