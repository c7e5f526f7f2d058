"""More of what lint looks for: words hard to read or older than their rule, what no example shows, unused facts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spinesteps.errors import Fault
from spinesteps.logic import serial
from spinesteps.logic.conditions import Condition, Named, children, facts_in
from spinesteps.logic.implied import Least
from spinesteps.logic.judge import judge
from spinesteps.pathway.crowd import Crowd
from spinesteps.pathway.examples import Example
from spinesteps.pathway.mutate import Derived, Owner, derived, owners
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import EVERYONE, FLAG_LEVELS

GRADE = 6.0  # the school year that patients' texts are written for
DANGER_GRADE = 4.0  # and the questions about danger
SLACK = 1.0  # an estimate by vowels is off by about so much
SPOKEN = ("mri", "nhs", "gp")  # said letter by letter
SEEN_HEAD = (
    "# The fingerprint of each rule's own tree when its words were last read against it. Written by `write_seen`.\n"
    "# When lint says that a rule has changed since: read its words again, correct them, and write this file anew.\n"
)


# --- reading age ---------------------------------------------------------------------------------------------------


def grade(text: str, names: int = 0) -> float:
    """Flesch–Kincaid grade, syllables counted by groups of vowels.

    names: so many of the longest words count two syllables at most, as names of medicines cannot be shortened.
    """
    sentences = [part for part in re.split(r"[.!?:]+(?:\s|$)", text) if re.search(r"[A-Za-z]", part)]
    words = re.findall(r"[A-Za-z][A-Za-z'’-]*", text)
    if not words:
        return 0.0
    counts = sorted(map(syllables, words), reverse=True)
    spoken = sum(min(count, 2) for count in counts[:names]) + sum(counts[names:])
    return 0.39 * len(words) / max(len(sentences), 1) + 11.8 * spoken / len(words) - 15.59


def syllables(word: str) -> int:
    """How many syllables a word has, by its groups of vowels; a silent e at the end counts for nothing."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    if plain in SPOKEN:
        return len(plain)
    groups = len(re.findall(r"[aeiouy]+", plain))
    if re.search(r"[^aeiouy]e[ds]?$", plain) and not re.search(r"([td]ed|[sxz]es|[cs]hes|[cg]es|[^aeiouy]le)$", plain):
        groups -= 1
    return max(groups, 1)


def hard_words(pathway: Pathway) -> Iterator[Fault]:
    """Texts for patients that ask for more schooling than the limit, the estimate's slack allowed."""
    wording = pathway.wording
    rows = (*wording.advice.items(), *wording.red_flags.items())
    texts = [(id_, row["patient"], GRADE, 0) for id_, row in rows]
    for name, row in wording.facts.items():
        fact = pathway.by_name.get(name)
        if row["asks"] == "person" and fact is not None:
            texts.append((name, row["question"], DANGER_GRADE if fact.danger else GRADE, 2))
    for id_, text, limit, names in texts:
        found = grade(text, names)
        if found > limit + SLACK:
            wrong = f"The words read at grade {found:.1f}; {limit:g} is the aim."
            yield _fault(id_, wrong, "Use shorter sentences and shorter words.")


# --- words older than their rule -----------------------------------------------------------------------------------


def trees(pathway: Pathway) -> dict[str, dict[str, str]]:
    """The fingerprint of every flag's and rule's own tree on a day. What is derived from other owners is left out."""
    whole = derived(pathway)
    kinds: dict[str, dict[str, str]] = {"red_flags": {}, "advice": {}}
    for owner in owners(pathway):
        if owner.kind in ("flag", "rule"):
            own = [[case.name, _own(case.when, whole)] for case in owner.cases]
            kinds["red_flags" if owner.kind == "flag" else "advice"][owner.id] = serial.fingerprint(own)
    return kinds


def _own(node: Condition, whole: Sequence[Derived]) -> Any:
    """A tree as data, with a name for what is derived or shown elsewhere in full."""
    for number, one in enumerate(whole):
        if one.tree == node:
            return {"derived": number}
    if isinstance(node, Named):
        return {"named": node.name} if node.folded else _own(node.part, whole)
    inner = children(node)
    if not inner or hasattr(node, "items"):
        return serial.write(node)
    return {type(node).__name__: [_own(part, whole) for part in inner], "n": getattr(node, "n", 0)}


def old_words(pathway: Pathway, seen: Path) -> Iterator[Fault]:
    """Flags and rules whose tree is another than when their words were written. `pathway` is dated."""
    written: Mapping[str, Mapping[str, str]] = tomllib.loads(seen.read_text("utf-8")) if seen.exists() else {}
    now = trees(pathway)
    for kind, rows in now.items():
        then = written.get(kind, {})
        for id_, tree in rows.items():
            if then.get(id_) != tree:
                wrong = "The rule has changed since its words were written." if id_ in then else "Its words are new."
                yield _fault(id_, wrong, f"Read the words against the rule, then refresh {seen.name}.")
        for id_ in then.keys() - rows.keys():
            yield _fault(id_, f"{seen.name} names it, and there is no such rule.", f"Refresh {seen.name}.")


def write_seen(pathway: Pathway, seen: Path) -> None:
    """Note that the words of all flags and rules have been read against their trees. `pathway` is dated."""
    tables = [
        f"[{kind}]\n" + "".join(f'{_key(id_)} = "{tree}"\n' for id_, tree in rows.items())
        for kind, rows in trees(pathway).items()
    ]
    seen.write_text(SEEN_HEAD + "\n" + "\n".join(tables), "utf-8")


def _key(id_: str) -> str:
    return id_ if re.fullmatch(r"[A-Za-z0-9_-]+", id_) else f'"{id_}"'


# --- examples ------------------------------------------------------------------------------------------------------


def not_shown(pathway: Pathway, examples: Sequence[Example]) -> Iterator[Fault]:
    """Flags and rules that no example shows as yes, as no, or as not known. `pathway` is dated."""
    crowd = Crowd(pathway, examples)
    everybody = (1 << len(examples)) - 1
    for owner in crowd.owners:
        if owner.kind not in ("flag", "rule"):
            continue
        outcome = {name: people & everybody for name, people in crowd.outcomes[owner.kind, owner.id].items()}
        for colour, names in _colours(owner).items():
            if not any(outcome.get(name, 0) for name in names):
                yield _fault(owner.id, f"No example shows it as {colour}.", "Add an example patient.")


def _colours(owner: Owner) -> dict[str, tuple[str, ...]]:
    """The colours it can have, each with the outcomes that show it."""
    if owner.kind == "flag":
        return {"yes": FLAG_LEVELS, "no": ("none",), "not known": ("not_known",)}
    named = {case.name: case.when for case in owner.cases}
    conditions = [tree for name, tree in named.items() if name not in ("delays", "considered")]
    found: dict[str, tuple[str, ...]] = {"yes": ("advised",)}
    if any(tree != EVERYONE for tree in conditions):
        found["no"] = ("not_advised", "does_not_concern")
    if any(judge(tree, {}).answer is None for tree in conditions):
        found["not known"] = ("needs_answer",)
    return found


# --- facts ---------------------------------------------------------------------------------------------------------


def unused_facts(pathway: Pathway, read: Collection[str] = ()) -> tuple[str, ...]:
    """Facts that no flag, rule, score, outcome or implied fact looks at and no record declares (`read`).

    Notes, not faults: the contract names facts that later rules will use.
    """
    looked = {fact.name for owner in owners(pathway) for case in owner.cases for fact in facts_in(case.when)}
    for likelihood in pathway.likelihoods:
        looked |= {fact.name for fact in facts_in(likelihood.when)}
    for relation in pathway.implied:
        facts = relation.others if isinstance(relation, Least) else facts_in(relation.when)
        looked |= {relation.fact.name, *(fact.name for fact in facts)}
    return tuple(fact.name for fact in pathway.facts if fact.name not in looked and fact.name not in read)


def endless_ranges(pathway: Pathway) -> Iterator[Fault]:
    """Numbers without an upper end: an answer of any size would be taken."""
    for fact in pathway.facts:
        if getattr(fact, "high", 0) == float("inf"):
            yield _fault(fact.name, "The number has no upper end.", "Give it a range.")


def _fault(place: str, wrong: str, todo: str) -> Fault:
    return Fault(place, wrong, "a pathway without this fault", todo)
