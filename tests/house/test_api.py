"""What is public: the list of names, a light import, a page that is current, types that a program can lean on."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import spinesteps
from spinesteps import api
from tests.house import architecture, reference

PUBLIC = {
    "assess", "load_deployment", "load_pathway", "questions", "read_everyone", "read_facts", "read_fhir", "score",
    "standards", "to_json", "to_text",
    "Assessment", "Deployment", "Entry", "Fault", "Finding", "Pathway", "Question", "Record",
    "DeclarationError", "InputError", "NoValueError", "ScopeError", "SpineStepsError",
}  # fmt: skip


def test_the_public_names_are_these() -> None:
    assert set(api.__all__) == PUBLIC
    assert {*PUBLIC, "__version__"} == set(dir(spinesteps))
    with pytest.raises(AttributeError, match="There is: "):
        getattr(spinesteps, "assses")  # noqa: B009


def test_importing_loads_nothing_else() -> None:
    code = "import sys, spinesteps; print([name for name in sys.modules if name.startswith('spinesteps.')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['spinesteps.version']"


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_each_says_what_it_is(name: str) -> None:
    one = getattr(spinesteps, name)
    text = inspect.getdoc(one) or ""
    assert len(text) > 15
    if inspect.isfunction(one):
        assert "Raises" in text or "raises" in text, f"{name} does not say which errors it raises"
        assert inspect.signature(one).return_annotation is not inspect.Signature.empty
        silent = [key for key in inspect.signature(one).parameters if not key.startswith("_") and key not in text]
        assert set(silent) <= {"on", "deployment", "person", "folder"}, f"{name} does not say what {silent} is"


def test_the_page_and_the_picture_are_current() -> None:
    assert reference.PAGE.read_text("utf-8") == reference.page(), "run `make docs`"
    assert architecture.PICTURE.read_text("utf-8") == architecture.picture(), "run `make docs`"
