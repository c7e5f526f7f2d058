"""docs/api.md, made from the docstrings of what `import spinesteps` gives. Written by `python -m tests.spec.manual`."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spinesteps
from spinesteps import api

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
OPENING = """# The public API

Made from the docstrings of `spinesteps/api.py` and of the classes it hands out, by `make docs`. What is listed here
keeps its name and its shape within a version of the software; everything else may move.

```python
import spinesteps

assessment = spinesteps.assess({"age": 74, "leg_pain": True, "saddle_numbness": "not_sure"})
spinesteps.to_json(assessment)["urgency"]          # "today": not sure about a danger sign is never no

record = spinesteps.read_fhir(Path("bundle.json"))  # or the Bundle as a mapping, or a folder of NDJSON
spinesteps.to_json(spinesteps.assess(record))["advice"]
```

`import spinesteps` loads nothing else; the rest is loaded when a name is first used. Types are shipped (`py.typed`).
What `to_json` holds is in the [specification](specification.md#contract-1); the names are in [facts](facts.md).
"""
METHODS = {"Assessment": (), "InputError": (), "Fault": ("to_json",)}


def page() -> str:
    """The whole page as Markdown."""
    lines = [OPENING.rstrip()]
    public = {name: getattr(spinesteps, name) for name in api.__all__}
    functions = [one for one in public.values() if inspect.isfunction(one)]
    errors = [one for one in public.values() if inspect.isclass(one) and issubclass(one, Exception)]
    shapes = [one for one in public.values() if inspect.isclass(one) and one not in errors]
    for title, group in (("Functions", functions), ("Shapes", shapes), ("Errors", errors)):
        lines += ["", f"## {title}"]
        for one in group:
            lines += _entry(one)
    return "\n".join(lines) + "\n"


def _entry(one: Any) -> Iterator[str]:
    yield from ("", f"### {one.__name__}", "")
    if inspect.isfunction(one):
        yield from ("```python", _call(one, one.__name__), "```", "")
    elif dataclasses.is_dataclass(one):
        shown = [f"{field.name}: {field.type}" for field in dataclasses.fields(one) if field.repr]
        yield from ("```python", *shown, "```", "")
    elif hasattr(one, "_fields"):
        yield from ("```python", *(f"{name}: {one.__annotations__[name]}" for name in one._fields), "```", "")
    yield _text(one)
    for name in METHODS.get(one.__name__, ()):
        method = getattr(one, name)
        yield from ("", f"`.{_call(method, name)}`: {_text(method)}")


def _call(one: Any, name: str) -> str:
    """The call as it is written, without `self` and the quotes of annotations."""
    signature = inspect.signature(one)
    kept = [value for key, value in signature.parameters.items() if key != "self"]
    return name + str(signature.replace(parameters=kept)).replace("'", "")


def _text(one: Any) -> str:
    """The docstring; a line that begins with the name of a parameter begins a paragraph."""
    text = inspect.getdoc(one) or ""
    text = re.sub(r"\n\n?(?=(?:Returns|Raises|Takes)\b|[a-z_, ]+: )", "\n\n", text)
    return re.sub(r"(?m)^([a-z_, ]+): ", r"*\1*: ", text)
