"""Whether the words of a rule were read since its tree last changed: wording/review_<language>.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spinesteps.errors import Fault, ScopeError
from spinesteps.logic import serial
from spinesteps.logic.conditions import AllOf, AnyOf, Condition, Named, children
from spinesteps.pathway.pathway import Pathway
from spinesteps.quality.lint.suppressions import fault
from spinesteps.quality.mutation import Derived, derived, owners

HEAD = (
    "# The fingerprint of each rule's own tree when its words were last read against it.\n"
    "# When lint says that a rule has changed since: read its words again, correct them, then write it anew with\n"
    "#     spinesteps lint --read ID        (or --read all, when all of them have been read)\n"
)
ALL = "all"
KINDS = {AllOf: "All", AnyOf: "Any"}  # as fingerprints have them: a class may be renamed without touching a rule
Trees = dict[str, dict[str, str]]


def review_file(pathway: Pathway) -> Path:
    """Where it is noted of a language."""
    return pathway.folder / "wording" / f"review_{pathway.language}.toml"


def trees(pathway: Pathway) -> Trees:
    """The fingerprint of every flag's and rule's own tree on a day. What is derived from other owners is left out."""
    whole = derived(pathway)
    kinds: Trees = {"red_flags": {}, "advice": {}}
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
    kind = KINDS.get(type(node), type(node).__name__)
    return {kind: [_own(part, whole) for part in inner], "n": getattr(node, "n", 0)}


def old_words(pathway: Pathway, review: Path) -> Iterator[Fault]:
    """Flags and rules whose tree is another than when their words in this language were read. `pathway` is dated."""
    written = _read(review)
    for kind, rows in trees(pathway).items():
        then = written.get(kind, {})
        for id_, tree in rows.items():
            if then.get(id_) != tree:
                wrong = "The rule has changed since its words were read." if id_ in then else "Its words are new."
                yield fault(id_, wrong, f"Read the words against the rule, then: {_command(pathway, id_)}")
        for id_ in then.keys() - rows.keys():
            todo = f"Take the line out of {review.name}: {_command(pathway, id_)}"
            yield fault(id_, f"{review.name} names it, and there is no such rule.", todo)


def _command(pathway: Pathway, id_: str) -> str:
    return f"spinesteps lint --read {id_} --language {pathway.language}"


def note_read(pathway: Pathway, review: Path, ids: Collection[str]) -> list[str]:
    """Note that the words of these flags and rules (or of `all`) were read against their trees, in this language.

    `pathway` is dated.

    Returns the ids whose line is new, changed or gone. Raises ScopeError for an id that nothing has.
    """
    before, now = _read(review), trees(pathway)
    odd = set(ids) - {ALL}.union(*before.values(), *now.values())
    if odd:
        raise ScopeError(f"There is no rule {', '.join(sorted(odd))}. spinesteps explain lists them.")
    after: Trees = {}
    changed = []
    for kind, rows in now.items():
        then = before.get(kind, {})
        after[kind] = {}
        for id_ in [*rows, *(then.keys() - rows.keys())]:
            old, new = then.get(id_), rows.get(id_)
            kept = new if id_ in ids or ALL in ids else old
            if kept != old:
                changed.append(id_)
            if kept is not None:
                after[kind][id_] = kept
    _write(review, after)
    return changed


def _read(review: Path) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(review.read_text("utf-8")) if review.exists() else {}


def _write(review: Path, kinds: Trees) -> None:
    tables = [
        f"[{kind}]\n" + "".join(f'{_key(id_)} = "{tree}"\n' for id_, tree in rows.items())
        for kind, rows in kinds.items()
    ]
    review.write_text(HEAD + "\n" + "\n".join(tables), "utf-8")


def _key(id_: str) -> str:
    return id_ if re.fullmatch(r"[A-Za-z0-9_-]+", id_) else f'"{id_}"'
