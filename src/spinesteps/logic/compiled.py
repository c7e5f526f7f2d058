"""The fast engine for one person: many conditions as one straight-line Python function.

It gives the same answers and needs as `judge`, without the reasons; tests/spec and tests/generative hold
the two equal. Every distinct condition is worked out once. Needs are bit sets in the order of `facts`.

`open` compiles open judging (see judge): facts that may yet be asked leave `known` and `unclear` open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import CodeType

from spinesteps.logic.conditions import All, Any, AtLeast, Compare, Condition, Is, Known, Named, Not, Points, Unclear, facts_in
from spinesteps.logic.facts import Answers, Fact, Silence
from spinesteps.logic.judge import Settled

Interval = tuple[float, float] | None
# In the order of the conditions: their answers, their needs as bit sets, the intervals of those that are scores.
Result = tuple[list[Settled], list[int], list[Interval]]
Arranged = tuple[list[object], int, int]
Evaluate = Callable[[Sequence[object], int, int], Result]


class Compiled:
    """Conditions compiled together. Call with answers; get answers, needs and intervals in the order given."""

    def __init__(self, conditions: Sequence[Condition], facts: Sequence[Fact] = (), open: bool = False) -> None:
        seen = {fact.name: fact for fact in facts}
        for condition in conditions:
            seen.update((fact.name, fact) for fact in facts_in(condition))
        self.facts = tuple(seen.values())
        self.names = tuple(seen)
        self.index = {name: place for place, name in enumerate(self.names)}
        writer = _Writer(self.index, open)
        roots = [writer.write(condition) for condition in conditions]
        scores = [_is_score(condition) for condition in conditions]
        self._evaluate = writer.function(roots, scores)

    def arrange(self, answers: Answers) -> Arranged:
        """Answers as the function takes them: values by place, and bit sets of unclear and of askable facts."""
        values: list[object] = [None] * len(self.names)
        unclear = 0
        askable = (1 << len(self.names)) - 1
        for name, answer in answers.items():
            place = self.index.get(name)
            if place is None:
                continue
            if isinstance(answer, Silence):
                if answer.unclear:
                    unclear |= 1 << place
                    askable &= ~(1 << place)
            else:
                values[place] = answer
                askable &= ~(1 << place)
        return values, unclear, askable

    def __call__(self, answers: Answers) -> Result:
        return self._evaluate(*self.arrange(answers))

    def evaluate(self, arranged: Arranged) -> Result:
        """As a call, on answers that were arranged before."""
        return self._evaluate(*arranged)

    def named(self, bits: int) -> tuple[str, ...]:
        """The fact names of a bit set, in the order of `facts`."""
        found = []
        while bits:
            lowest = bits & -bits
            found.append(self.names[lowest.bit_length() - 1])
            bits ^= lowest
        return tuple(found)


class _Writer:
    """Writes each distinct condition once as `tN = …` (its answer) and `nN = …` (its needs)."""

    def __init__(self, index: dict[str, int], open: bool) -> None:
        self.index = index
        self.open = open
        self.lines: list[str] = []
        self.written: dict[tuple[object, ...], int] = {}
        self.texts: dict[str, int] = {}

    def write(self, node: Condition) -> int:
        """The number of this condition, writing it first if it is new."""
        if isinstance(node, Named):
            return self.write(node.part)
        key = self._key(node)
        if key not in self.written:
            number = len(self.written)
            self.written[key] = number
            self._emit(number, node, key)
        return self.written[key]

    def _key(self, node: Condition) -> tuple[object, ...]:
        kind = type(node).__name__
        if isinstance(node, Compare):
            return (kind, node.fact.name, node.sign, node.bound.value)
        if isinstance(node, Is):
            return (kind, node.fact.name, type(node.value).__name__, node.value)
        if isinstance(node, Unclear):
            return (kind, node.fact.name)
        if isinstance(node, Known):
            return (kind, node.part.name if isinstance(node.part, Fact) else self.write(node.part))
        if isinstance(node, Not):
            return (kind, self.write(node.part))
        if isinstance(node, Points):
            items = tuple((self.write(item.part), item.points, item.otherwise) for item in node.items)
            return (kind, node.bound.value, items)
        assert isinstance(node, All | Any | AtLeast)
        parts = tuple(self.write(part) for part in node.parts)
        return (kind, getattr(node, "n", 0), parts)

    def _emit(self, number: int, node: Condition, key: tuple[object, ...]) -> None:
        if isinstance(node, Compare | Is | Unclear):
            self._emit_leaf(number, node)
        elif isinstance(node, Known):
            self._emit_known(number, node, key[1])
        elif isinstance(node, Not):
            self.lines += [f"t{number} = None if t{key[1]} is None else not t{key[1]}", f"n{number} = n{key[1]}"]
        elif isinstance(node, Points):
            self._emit_points(number, key)
        else:
            parts = key[2]
            assert isinstance(node, All | Any | AtLeast) and isinstance(parts, tuple)
            self.lines.append(f"t{number} = {_joined(node, parts)}")
            needs = " | ".join(f"n{part}" for part in dict.fromkeys(parts)) or "0"
            self.lines.append(f"n{number} = {needs} if t{number} is None else 0")

    def _emit_leaf(self, number: int, node: Compare | Is | Unclear) -> None:
        place = self.index[node.fact.name]
        bit = 1 << place
        if isinstance(node, Unclear):
            open_bit = f"None if askable & {bit} else " if self.open else ""
            self.lines.append(f"t{number} = {open_bit}unclear & {bit} != 0")
        elif isinstance(node, Compare):
            self.lines.append(f"t{number} = None if (v := values[{place}]) is None else v {node.sign} {node.bound.value!r}")
        else:
            test = f"v is {node.value}" if isinstance(node.value, bool) else f"v == {node.value!r}"
            self.lines.append(f"t{number} = None if (v := values[{place}]) is None else {test}")
        self.lines.append(f"n{number} = {bit} if t{number} is None else 0")

    def _emit_known(self, number: int, node: Known, inner: object) -> None:
        if isinstance(node.part, Fact):
            place = self.index[node.part.name]
            bit = 1 << place
            open_bit = f"None if askable & {bit} else " if self.open else ""
            self.lines.append(f"t{number} = {open_bit}values[{place}] is not None")
            self.lines.append(f"n{number} = {bit} if t{number} is None else 0")
            return
        open_part = f"None if n{inner} & askable else " if self.open else ""
        self.lines.append(f"t{number} = {open_part}t{inner} is not None")
        self.lines.append(f"n{number} = n{inner} if t{number} is None else 0")

    def _emit_points(self, number: int, key: tuple[object, ...]) -> None:
        cutoff, items = key[1], key[2]
        assert isinstance(items, tuple)
        low = " + ".join(f"({min(y, n)!r} if t{p} is None else {y!r} if t{p} else {n!r})" for p, y, n in items) or "0"
        high = " + ".join(f"({max(y, n)!r} if t{p} is None else {y!r} if t{p} else {n!r})" for p, y, n in items) or "0"
        self.lines += [f"l{number} = float({low})", f"h{number} = float({high})"]
        self.lines.append(f"t{number} = True if l{number} >= {cutoff!r} else False if h{number} < {cutoff!r} else None")
        needs = " | ".join(f"n{part}" for part, _, _ in items) or "0"
        self.lines.append(f"n{number} = {needs} if t{number} is None else 0")

    def function(self, roots: list[int], scores: list[bool]) -> Evaluate:
        """The function over everything written. `exec` sees only text written above, never an answer."""
        answers = ", ".join(f"t{root}" for root in roots)
        needs = ", ".join(f"n{root}" for root in roots)
        spans = ", ".join(f"(l{r}, h{r})" if score else "None" for r, score in zip(roots, scores, strict=True))
        body = "\n    ".join([*self.lines, f"return [{answers}], [{needs}], [{spans}]"])
        code: CodeType = compile(f"def evaluate(values, unclear, askable):\n    {body}\n", "<compiled pathway>", "exec")
        space: dict[str, Evaluate] = {}
        exec(code, space)
        return space["evaluate"]


def _is_score(node: Condition) -> bool:
    return _is_score(node.part) if isinstance(node, Named) else isinstance(node, Points)


def _joined(node: All | Any | AtLeast, parts: tuple[int, ...]) -> str:
    if not parts:
        return str(isinstance(node, All) or (isinstance(node, AtLeast) and node.n <= 0))
    if isinstance(node, AtLeast):
        yes = " + ".join(f"(t{part} is True)" for part in parts)
        no = " + ".join(f"(t{part} is False)" for part in parts)
        return f"True if {yes} >= {node.n} else False if {no} > {len(parts) - node.n} else None"
    decides, other = (False, True) if isinstance(node, All) else (True, False)
    if len(parts) == 1:
        return f"t{parts[0]}"
    any_decides = " or ".join(f"t{part} is {decides}" for part in parts)
    any_unknown = " or ".join(f"t{part} is None" for part in parts)
    return f"{decides} if {any_decides} else None if {any_unknown} else {other}"
