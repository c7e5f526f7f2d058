"""The fast engine for one person: many conditions as one straight-line Python function.

It gives the same answers and needs as `judge`, without the reasons; tests/spec and tests/generative hold
the two equal. Every distinct condition is worked out once. Needs are bit sets in the order of `facts`.

`open` compiles open judging (see judge): facts that may yet be asked leave `known` and `unclear` open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from types import CodeType

from spinesteps.logic.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Is,
    Known,
    Named,
    Not,
    Points,
    Unclear,
)
from spinesteps.logic.engines.program import Program, ProgramStep
from spinesteps.logic.facts import Answers, Fact, Silence, YesNo
from spinesteps.logic.reasons import Settled

Interval = tuple[float, float] | None
# In the order of the conditions: their answers, their needs as bit sets, the intervals of those that are scores.
Result = tuple[list[Settled], list[int], list[Interval]]
Arranged = tuple[list[object], int, int]
Evaluate = Callable[[Sequence[object], int, int], Result]

MOST_NAMED = 10_000  # bit sets of which the names are kept


class Compiled:
    """Conditions compiled together. Call with answers; get answers, needs and intervals in the order given.

    needed: for which conditions the needs are wanted (all when None); the others get none, and come sooner.
    """

    def __init__(
        self,
        conditions: Sequence[Condition],
        facts: Sequence[Fact] = (),
        open: bool = False,
        needed: Sequence[bool] | None = None,
    ) -> None:
        self.program = Program(conditions, facts)
        self.facts = self.program.facts
        self.names = tuple(fact.name for fact in self.facts)
        self.index = {name: place for place, name in enumerate(self.names)}
        self._places = {name: (place, 1 << place) for place, name in enumerate(self.names)}
        self._every = (1 << len(self.names)) - 1
        self._named: dict[int, tuple[str, ...]] = {}
        scores = [_is_score(condition) for condition in conditions]
        writer = _Writer(self.program, self.index, open)
        self._evaluate = writer.function(scores, needed or [True] * len(scores))

    def arrange(self, answers: Answers) -> Arranged:
        """Answers as the function takes them: values by place, and bit sets of unclear and of askable facts."""
        values: list[object] = [None] * len(self.names)
        unclear, askable, places = 0, self._every, self._places
        for name, answer in answers.items():
            found = places.get(name)
            if found is None:
                continue
            if type(answer) is not Silence:  # a third faster than isinstance, and nothing is derived from it
                values[found[0]] = answer
                askable -= found[1]
            elif answer.unclear:
                unclear |= found[1]
                askable -= found[1]
        return values, unclear, askable

    def __call__(self, answers: Answers) -> Result:
        return self._evaluate(*self.arrange(answers))

    def evaluate(self, arranged: Arranged) -> Result:
        """As a call, on answers that were arranged before."""
        return self._evaluate(*arranged)

    def named(self, bits: int) -> tuple[str, ...]:
        """The fact names of a bit set, in the order of `facts`."""
        names = self._named.get(bits)
        if names is None:
            if len(self._named) >= MOST_NAMED:
                self._named.clear()
            digits = enumerate(bin(bits)[:1:-1])
            names = self._named[bits] = tuple(self.names[place] for place, digit in digits if digit == "1")
        return names


class _Writer:
    """Writes each step as `tN = …` (its answer) and, where wanted, `nN = …` (its needs).

    `vP` is the value of the fact at place P, `mP` its bit while it has none.
    """

    def __init__(self, program: Program, index: dict[str, int], open: bool) -> None:
        self.program = program
        self.index = index
        self.open = open
        self.answers: list[str] = []  # by step: what to read for its answer
        self.needs: list[str] = []  # by step: what to read for its needs
        self.lines: list[tuple[int, bool, str]] = []  # (step, for needs only, text)
        for number, step in enumerate(program.steps):
            self.answers.append(f"t{number}")
            self.needs.append(f"n{number}")
            self._write(number, step)

    def _write(self, number: int, step: ProgramStep) -> None:
        node, parts = step.node, step.parts
        if isinstance(node, Compare | Is | Unclear):
            self._leaf(number, node)
        elif isinstance(node, Known):
            self._known(number, node, parts)
        elif isinstance(node, Not):
            inner = self.answers[parts[0]]
            self._answer(number, f"None if {inner} is None else not {inner}")
            self.needs[number] = self.needs[parts[0]]
        elif isinstance(node, Points):
            self._points(number, node, parts)
        else:
            assert isinstance(node, AllOf | AnyOf | AtLeast)
            self._answer(number, _joined(node, [self.answers[part] for part in parts]))
            self._need(number, self._union(parts))

    def _answer(self, number: int, text: str) -> None:
        self.lines.append((number, False, f"t{number} = {text}"))

    def _need(self, number: int, text: str) -> None:
        self.lines.append((number, True, f"n{number} = {text} if {self.answers[number]} is None else 0"))

    def _union(self, parts: tuple[int, ...]) -> str:
        needs = dict.fromkeys(self.needs[part] for part in parts)
        needs.pop("0", None)
        return " | ".join(needs) or "0"

    def _leaf(self, number: int, node: Compare | Is | Unclear) -> None:
        place = self.index[node.fact.name]
        self.needs[number] = f"m{place}"
        if isinstance(node, Unclear):
            open_bit = f"None if askable & {1 << place} else " if self.open else ""
            self._answer(number, f"{open_bit}unclear & {1 << place} != 0")
            self._fact_need(number, place)
        elif isinstance(node, Compare):
            self._answer(number, f"None if v{place} is None else v{place} {node.sign} {node.bound.value!r}")
        elif node.value is True and isinstance(node.fact, YesNo):
            self.answers[number] = f"v{place}"
        else:
            test = f"v{place} is {node.value}" if isinstance(node.value, bool) else f"v{place} == {node.value!r}"
            self._answer(number, f"None if v{place} is None else {test}")

    def _known(self, number: int, node: Known, parts: tuple[int, ...]) -> None:
        if isinstance(node.part, Fact):
            place = self.index[node.part.name]
            open_bit = f"None if askable & {1 << place} else " if self.open else ""
            self._answer(number, f"{open_bit}v{place} is not None")
            self._fact_need(number, place)
            return
        open_part = f"None if {self.needs[parts[0]]} & askable else " if self.open else ""
        self._answer(number, f"{open_part}{self.answers[parts[0]]} is not None")
        if self.open:
            self._need(number, self.needs[parts[0]])
        else:
            self.needs[number] = "0"

    def _fact_need(self, number: int, place: int) -> None:
        """`known` and `unclear` are settled, but when judged open they need their fact."""
        self.needs[number] = "0"
        if self.open:
            self.needs[number] = f"n{number}"
            self._need(number, str(1 << place))

    def _points(self, number: int, node: Points, parts: tuple[int, ...]) -> None:
        items = [(self.answers[p], item.points, item.otherwise) for p, item in zip(parts, node.items, strict=True)]
        low = " + ".join(f"({min(y, n)!r} if {a} is None else {y!r} if {a} else {n!r})" for a, y, n in items) or "0"
        high = " + ".join(f"({max(y, n)!r} if {a} is None else {y!r} if {a} else {n!r})" for a, y, n in items) or "0"
        self.lines += [(number, False, f"l{number} = float({low})"), (number, False, f"h{number} = float({high})")]
        cutoff = node.bound.value
        self._answer(number, f"True if l{number} >= {cutoff!r} else False if h{number} < {cutoff!r} else None")
        self._need(number, self._union(parts))

    def function(self, scores: Sequence[bool], needed: Sequence[bool]) -> Evaluate:
        """The function over everything written. `exec` sees only text written above, never an answer."""
        roots = self.program.roots
        wanted = [self.needs[root] if need else "0" for root, need in zip(roots, needed, strict=True)]
        answers = ", ".join(self.answers[root] for root in roots)
        spans = ", ".join(f"(l{r}, h{r})" if score else "None" for r, score in zip(roots, scores, strict=True))
        end = f"return [{answers}], [{', '.join(wanted)}], [{spans}]"
        lines = [*self._live(wanted), end]
        body = "\n    ".join([*self._head(lines), *lines])
        code: CodeType = compile(f"def evaluate(values, unclear, askable):\n    {body}\n", "<compiled pathway>", "exec")
        space: dict[str, Evaluate] = {}
        exec(code, space)
        return space["evaluate"]

    def _head(self, lines: list[str]) -> list[str]:
        places = range(len(self.index))
        unpack = [f"{', '.join(f'v{place}' for place in places)}, = values"] if places else []
        read = {word for line in lines for word in re.findall(r"\bm\d+", line)}
        return [*unpack, *(f"m{p} = {1 << p} if v{p} is None else 0" for p in places if f"m{p}" in read)]

    def _live(self, wanted: list[str]) -> list[str]:
        """The lines, without those for needs that nobody wants."""
        live = set(wanted)
        kept: list[str] = []
        for number, for_needs, text in reversed(self.lines):
            if for_needs and f"n{number}" not in live:
                continue
            live.update(re.findall(r"\bn\d+", text))
            kept.append(text)
        return kept[::-1]


def _is_score(node: Condition) -> bool:
    return _is_score(node.part) if isinstance(node, Named) else isinstance(node, Points)


def _joined(node: AllOf | AnyOf | AtLeast, parts: list[str]) -> str:
    if not parts:
        return str(isinstance(node, AllOf) or (isinstance(node, AtLeast) and node.n <= 0))
    if isinstance(node, AtLeast):
        yes = " + ".join(f"({part} is True)" for part in parts)
        no = " + ".join(f"({part} is False)" for part in parts)
        return f"True if {yes} >= {node.n} else False if {no} > {len(parts) - node.n} else None"
    if len(parts) == 1:
        return parts[0]
    any_unknown = " or ".join(f"{part} is None" for part in parts)
    if isinstance(node, AllOf):
        any_no = " or ".join(f"{part} is False" for part in parts)
        return f"False if {any_no} else None if {any_unknown} else True"
    return f"True if {' or '.join(parts)} else None if {any_unknown} else False"
