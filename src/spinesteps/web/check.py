"""The self-check: one page after the other, each carrying the sealed answers in its form. Nothing is kept here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from spinesteps.errors import InputError
from spinesteps.library.library import library_of
from spinesteps.person.answers import SILENCES
from spinesteps.person.assess import Assessment, assess
from spinesteps.person.record import Entry, Record
from spinesteps.person.self_check import CheckPage, Progress, after_gate, next_page
from spinesteps.web import intake
from spinesteps.web.fields import Fields, answers_of, controls, filled_in, in_words
from spinesteps.web.pages import Pages
from spinesteps.web.result import result
from spinesteps.web.show import show

NOTHING: Mapping[str, str] = {}
TEMPLATES = {"question": "group", "check-answers": "check_answers"}  # of the kinds whose template is named otherwise


@dataclass(frozen=True)
class Visit:
    """What travels from page to page: the progress, the page that is shown, and those shown before it."""

    progress: Progress
    page: CheckPage | None = None
    trail: tuple[CheckPage, ...] = ()

    def sealed(self) -> dict[str, Any]:
        """As plain data."""
        progress = asdict(self.progress) | {"left": sorted(self.progress.left)}
        return {"progress": progress, "page": self.page and asdict(self.page), "trail": [asdict(p) for p in self.trail]}


def add_to(app: FastAPI, pages: Pages) -> None:
    """Add the self-check and the page that stands before everything else."""

    @app.get("/check")
    def begin() -> HTMLResponse:
        return _shown(pages, Visit(Progress({})))

    @app.post("/check")
    async def step(request: Request) -> HTMLResponse:
        try:
            fields = await intake.read_fields(request)
        except InputError as error:
            status = error.status if isinstance(error, intake.Refused) else 400
            return pages.faults(error.faults, status, "facts", intake.today().isoformat())
        return await run_in_threadpool(_step, pages, fields)

    @app.get("/result")
    def again() -> RedirectResponse:
        return RedirectResponse("/check", 303)  # no answer stands in an address

    @app.get("/emergency")
    def emergency() -> HTMLResponse:
        words = pages.pathway.as_of(intake.today()).wording
        card = {**words.urgency["emergency"], "text": pages.deployment.fill(words.urgency["emergency"]["text"])}
        around: dict[str, Any] = {"card": card, "signs": [], "sealed": "", "checked": "", "words": words.faces}
        return pages.page("emergency.html", **around | pages.telephone())


def _step(pages: Pages, fields: Fields) -> HTMLResponse:
    """One step on from the page that was sent back."""
    visit = _opened(pages, fields)
    if visit.page is None:
        return _shown(pages, visit)
    if "change" in fields:
        return _shown(pages, _to_change(visit, fields["change"]), filled_in(visit.progress.answers))
    go = fields.get("go", "next")
    if go == "clinician":
        return pages.page("assessment.html", a=show(_judged(pages, visit.progress)))
    if go == "resume":
        return _shown(pages, Visit(replace(visit.progress, ended=False, left=frozenset()), None, visit.trail))
    if go == "back":
        return _shown(pages, _back(visit), filled_in(visit.progress.answers) | dict(fields))
    progress, faults = _taken(pages, visit, fields, go)
    if faults:
        return _shown(pages, visit, fields, faults)
    return _shown(pages, Visit(progress, None, (*visit.trail, visit.page)))


def _opened(pages: Pages, fields: Fields) -> Visit:
    """The visit of a form; a new one when the form carries none that was made here."""
    data = pages.seal.open(fields.get("sealed", ""))
    if data is None:
        country = fields.get("country", "")
        known = pages.pathway.by_name["country"].accepts(country)
        return Visit(Progress({"country": country} if known else {}, helper=fields.get("who") == "helper"))
    progress = data["progress"]
    progress |= {"left": frozenset(progress["left"])}
    if progress["sections"] is not None:
        progress["sections"] = tuple(progress["sections"])
    return Visit(Progress(**progress), data["page"] and _page(data["page"]), tuple(map(_page, data["trail"])))


def _page(data: Mapping[str, Any]) -> CheckPage:
    return CheckPage(**{**data, "facts": tuple(data["facts"])})


def _taken(pages: Pages, visit: Visit, fields: Fields, go: str) -> tuple[Progress, dict[str, str]]:
    """The progress with what this page answered, and what is wrong by control."""
    page, progress = visit.page, visit.progress
    assert page is not None
    check = library_of(pages.pathway).self_check
    if go in ("stop", "finish"):
        progress = replace(progress, ended=True)
    if page.kind == "sections":
        added = tuple(id_ for id_ in check.by_id if f"section__{id_}" in fields)
        return replace(progress, sections=added), {}
    if page.kind == "section":
        section = check.by_id[page.id]
        return after_gate(progress, section, fields.get(section.gate, "") if go == "next" else ""), {}
    answers, faults = ({}, {}) if go == "skip" else answers_of(pages.pathway, page.facts, fields)
    if go == "none" and may_say_none(pages, page):
        answers = dict.fromkeys(page.facts, False) | answers
    kept = {name: value for name, value in progress.answers.items() if name not in page.facts}
    left = (progress.left | set(page.facts)) - answers.keys()
    return replace(progress, answers=kept | answers, left=left), faults


def may_say_none(pages: Pages, page: CheckPage) -> bool:
    """Whether one button may say no to every question of a page: never to bladder, saddle and legs."""
    groups = library_of(pages.pathway).self_check.groups
    return len(page.facts) > 1 and any(group.id == page.id and group.all_no for group in groups)


def _back(visit: Visit) -> Visit:
    """The page before, open again. What was answered later stays."""
    if not visit.trail:
        return Visit(replace(visit.progress, ended=False))
    before = visit.trail[-1]
    progress = replace(visit.progress, ended=False)
    if before.kind == "sections":
        progress = replace(progress, sections=None)
    return Visit(progress, before, visit.trail[:-1])


def _to_change(visit: Visit, name: str) -> Visit:
    """The page of one answer, to change it."""
    assert visit.page is not None
    if name not in visit.progress.answers and name not in visit.progress.left:
        return visit
    return Visit(replace(visit.progress, ended=False), CheckPage("question", facts=(name,)), (*visit.trail, visit.page))


def _shown(pages: Pages, visit: Visit, fields: Fields = NOTHING, faults: Mapping[str, str] = NOTHING) -> HTMLResponse:
    """The page of this visit, or the one that comes next. fields, faults: what was put into it, and what is wrong."""
    assessment = _judged(pages, visit.progress)
    page = visit.page or next_page(assessment, visit.progress)
    visit = replace(visit, page=page)
    around: dict[str, Any] = {
        "page": page,
        "sealed": pages.seal.close(visit.sealed()),
        "checked": assessment.status,
        "can_go_back": bool(visit.trail),
        "words": assessment.pathway.wording.faces,
        "helper": visit.progress.helper,
        "faults": faults,
    }
    if page.kind in ("group", "question"):
        around |= _questions(pages, assessment, page, fields, faults)
    elif page.kind == "emergency":
        around |= _emergency(pages, assessment)
    elif page.kind == "result":
        around["r"] = result(assessment)
    elif page.kind == "check-answers":
        around["given"] = list(_given_rows(assessment, visit.progress))
    else:
        around["check"] = library_of(pages.pathway).self_check
    return pages.page(f"{TEMPLATES.get(page.kind, page.kind)}.html", 400 if faults else 200, **around)


def _judged(pages: Pages, progress: Progress) -> Assessment:
    """The assessment of the answers so far."""
    day = intake.today()
    return assess(_record(pages, progress.answers, day), pages.pathway, day, pages.deployment)


def _record(pages: Pages, answers: Mapping[str, object], day: date) -> Record:
    facts = pages.pathway.by_name
    return Record({
        name: Entry(SILENCES[value] if isinstance(value, str) and value in SILENCES else facts[name].read(value), day)
        for name, value in answers.items()
        if name in facts
    })  # fmt: skip


def _questions(
    pages: Pages, assessment: Assessment, page: CheckPage, fields: Fields, faults: Mapping[str, str]
) -> dict[str, Any]:
    """The questions of a group or a single one."""
    groups = library_of(pages.pathway).self_check.groups
    twice = next((group.asked_twice for group in groups if group.id == page.id), ())
    reasons = {question.fact: question.why for question in assessment.questions}
    return {
        "rows": list(controls(assessment.pathway, page.facts, twice, fields, faults)),
        "why": next((reasons[name] for name in page.facts if name in reasons), ""),
        "all_no": may_say_none(pages, page),
        "card": assessment.card_words() if page.warns else None,
    }


def _emergency(pages: Pages, assessment: Assessment) -> dict[str, Any]:
    """What to do, and what to say on the phone."""
    titles, levels = assessment.pathway.wording.red_flags, assessment.decision.flags
    signs = [titles[flag.id]["title"] for flag in assessment.raised() if levels[flag.id] == "emergency"]
    return {"card": assessment.card_words(), "signs": signs, **pages.telephone(assessment.answers.get("country"))}


def _given_rows(assessment: Assessment, progress: Progress) -> Iterator[tuple[str, str, str]]:
    """Name, question and answer of everything that was asked, in the pathway's order."""
    words = assessment.pathway.wording
    for fact in assessment.pathway.facts:
        if fact.name in progress.answers:
            yield fact.name, words.facts[fact.name]["question"], in_words(fact, progress.answers[fact.name], words)
        elif fact.name in progress.left:
            yield fact.name, words.facts[fact.name]["question"], words.faces["silences"]["not_asked"]
