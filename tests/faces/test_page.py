"""The page over HTTP: what it answers, refuses, hides and never says."""

from __future__ import annotations

import html
import json
import logging
import re
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

import spinesteps.web
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.web import checked
from tests.faces.serving import served

WEB = Path(spinesteps.web.__file__).parent
UNSURE = {"age": 71, "leg_pain": True, "saddle_numbness": "not_sure"}
CALM = {"age": 71, "leg_pain": True, "walking_distance_m": 400}
NO_DANGER = {ask.fact.name: False for ask in PATHWAY.emergency_questions}
CHECKED = {ask.fact.name: False for ask in PATHWAY.danger_questions if ask.after is None}
# danger questions that can give no more than two weeks, whatever else is said
TWO_WEEKS_AT_MOST = {
    "height_loss_or_kyphosis", "unexplained_weight_loss", "no_better_after_4_weeks", "muscle_twitching_or_thinning",
}  # fmt: skip
DAY = "2026-11-21"
WORDING = PATHWAY.as_of(date(2026, 11, 21)).wording
WALKER = {
    "age": 74, "leg_pain": True, "relieved_sitting": True, "worse_walking": True, "function_limited": True,
    "relieved_bending_forward": True, "worse_standing": True, "shopping_cart_sign": True, "walking_distance_m": 200,
}  # fmt: skip


@pytest.fixture(scope="module")
def page() -> Iterator[httpx.Client]:
    with served() as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        yield client


def check(page: httpx.Client, facts: Any, **fields: str) -> httpx.Response:
    """Paste facts into the form and send it."""
    pasted = facts if isinstance(facts, str) else json.dumps(facts)
    form = {"facts": (None, pasted), **{name: (None, value) for name, value in {"day": DAY, **fields}.items()}}
    return page.post("/facts", files=form)


def upload(page: httpx.Client, path: str, field: str, data: bytes, kind: str = "application/json") -> httpx.Response:
    """Choose a file in the form and send it."""
    return page.post(path, files={field: ("person.json", data, kind), "day": (None, DAY)})


def words(response: httpx.Response) -> str:
    """What a page says, without its tags, with single blanks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def bundle(*resources: dict[str, Any]) -> bytes:
    entries = [{"resource": resource} for resource in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


PATIENT = {"resourceType": "Patient", "id": "p1", "birthDate": "1955-03-02", "gender": "female"}


def test_start_says_what_to_do_before_any_form(page: httpx.Client) -> None:
    response = page.get("/")
    said = words(response)
    assert response.status_code == 200
    assert said.index("Emergency now") < said.index("Check the answers")
    assert response.text.index("numb or odd feeling between the legs") < response.text.index("<form")
    assert response.text.index("Emergency now") < 14_000
    assert "Draft. No clinician has signed these rules." in said


def test_start_lists_every_emergency_question(page: httpx.Client) -> None:
    said = words(page.get("/"))
    for ask in PATHWAY.emergency_questions:
        if ask.after is None:
            assert WORDING.labels[ask.fact.name] in said


def test_danger_is_shown_first_with_its_reasons_and_sources(page: httpx.Client) -> None:
    response = check(page, {"age": 71, "saddle_numbness": True})
    said = words(response)
    assert response.status_code == 200
    assert said.index("How soon to get help: Emergency now") < said.index("Signs found")
    assert WORDING.red_flags["RF-01a"]["patient"] in said
    assert "Evidence for" in said and "Evidence against, or limits" in said
    assert "fingerprint" in said and "judged on 2026-11-21" in said


def test_not_sure_is_never_no(page: httpx.Client) -> None:
    assert "How soon to get help: Today" in words(check(page, UNSURE))


def test_no_calm_card_while_an_emergency_question_is_open(page: httpx.Client) -> None:
    said = words(check(page, CALM))
    assert "How soon to get help: Not checked yet" in said
    open_ = sum(ask.after is None for ask in PATHWAY.danger_questions if ask.fact.name not in TWO_WEEKS_AT_MOST)
    assert f"Danger questions still open: {open_}" in said
    assert WORDING.facts["saddle_numbness"]["question"] in said


def test_not_finished_while_another_danger_question_is_open(page: httpx.Client) -> None:
    response = check(page, CALM | NO_DANGER | {"known_aortic_aneurysm": False})
    said, left = words(response), re.search(r"Not finished: (\d+) danger questions left", response.text)
    assert left and f"Danger questions still open: {left[1]}" in said
    assert 'data-status="not_finished"' in response.text
    assert "data-urgency" not in response.text and "Next check" not in said
    assert WORDING.facts["foot_drop_or_giving_way"]["question"] in said


def test_a_card_of_two_weeks_stands_beside_what_is_not_finished(page: httpx.Client) -> None:
    response = check(page, CALM | NO_DANGER | {"unexplained_weight_loss": True})
    assert 'data-status="not_finished"' in response.text and 'data-urgency="two_weeks"' in response.text
    assert "How soon to get help: Within 2 weeks" in words(response)
    assert re.search(r"Not finished: \d+ danger questions left", words(response))


@pytest.mark.parametrize(("facts", "green"), [
    (CHECKED, True),
    (NO_DANGER, False),
    ({}, False),
    (CHECKED | {"unexplained_weight_loss": True}, False),
    (CHECKED | {"saddle_numbness": True}, False),
    (CHECKED | {"nsaid": True, "peptic_ulcer_or_gi_bleed": True}, False),
])  # fmt: skip
def test_green_only_when_all_is_checked_and_nothing_is_for_today(page: httpx.Client, facts: Any, green: bool) -> None:
    assert (" data-green" in check(page, CALM | facts).text) is green


def test_the_sheet_has_a_green_only_for_that() -> None:
    sheet = (WEB / "static" / "style.css").read_text("utf-8")
    for line in sheet.splitlines():
        for red, green, blue in re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", line):
            is_green = int(green, 16) > 1.2 * max(int(red, 16), int(blue, 16))
            assert not is_green or line.startswith("main[data-green]"), line
    assert "green" not in re.sub(r"main\[data-green\]|/\*.*?\*/", "", sheet)


def test_a_calm_card_once_every_danger_question_is_answered(page: httpx.Client) -> None:
    response = check(page, CALM | CHECKED)
    said = words(response)
    assert "Danger questions still open" not in said and "Not finished" not in said
    assert 'data-status="checked"' in response.text and "Next check" in said
    assert "How soon to get help: Routine appointment" in said or "How soon to get help: Self-care" in said
    assert WORDING.urgency["closing"]["text"] in said


def test_every_advice_stands_on_the_page(page: httpx.Client) -> None:
    said = words(check(page, UNSURE))
    for rule in PATHWAY.rules:
        assert not rule.on or WORDING.advice[rule.id]["title"] in said


def test_how_to_do_it_stands_beside_the_advice_and_nothing_of_it_while_danger_comes_first(page: httpx.Client) -> None:
    said = words(check(page, NO_DANGER | WALKER))
    assert "How to do it : Walk by your own plan" in said and "Week 1: walk 140 metres" in said
    assert said.index("Stop and get help at once") < said.index("One knee up. 10 times")
    assert "How to do it" not in words(check(page, NO_DANGER | WALKER | {"saddle_numbness": True}))


@pytest.mark.parametrize("facts", [NO_DANGER | WALKER, {"age": 71}, {"saddle_numbness": True}])
def test_a_page_is_small_on_the_wire(page: httpx.Client, facts: dict[str, Any]) -> None:
    answer = check(page, facts)
    assert answer.headers["content-encoding"] == "gzip"
    assert 5_000 < answer.num_bytes_downloaded < 150_000


def test_a_facts_file_answers_like_pasted_facts(page: httpx.Client) -> None:
    pasted = check(page, UNSURE)
    uploaded = upload(page, "/facts", "file", json.dumps(UNSURE).encode())
    assert uploaded.text == pasted.text


def test_the_same_input_gives_the_same_page(page: httpx.Client) -> None:
    assert check(page, UNSURE).text == check(page, UNSURE).text


def test_every_fault_is_listed_and_nothing_is_judged(page: httpx.Client) -> None:
    response = check(page, {"age": 900, "leg_pian": True, "fever": "maybe"})
    said = words(response)
    assert response.status_code == 400
    assert "There are 3 problems" in said
    for place in ("age", "leg_pian", "fever"):
        assert f"{place} :" in said or f"{place}:" in said
    assert 'Did you mean "leg_pain"?' in said
    assert "How soon to get help" not in said


def test_what_was_pasted_can_be_corrected(page: httpx.Client) -> None:
    assert '{"age": 900}</textarea>' in html.unescape(check(page, {"age": 900}).text)


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "1900-01-01"])
def test_a_day_that_cannot_be_judged_is_a_fault(page: httpx.Client, day: str) -> None:
    response = check(page, UNSURE, day=day)
    assert response.status_code == 400
    assert "a day such as 2026-11-21" in words(response)


@pytest.mark.parametrize(
    "facts", ["", "not json", "[]", '{"age": NaN}', "[" * 100_000, "\ud800".encode("utf-8", "replace").decode()]
)
def test_no_facts_are_a_fault_and_no_failure(page: httpx.Client, facts: str) -> None:
    response = check(page, facts)
    assert response.status_code == 400
    assert "There is a problem" in words(response)


def test_text_handed_in_is_never_markup(page: httpx.Client) -> None:
    canary = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}"
    for response in (check(page, {canary: 1}), check(page, canary), check(page, UNSURE, day=f'"{canary}')):
        assert response.status_code == 400
        for tag in ("<script", "<img", "49"):
            assert tag not in response.text.replace("1949", "")
        assert response.text.count("</textarea>") == 1


def test_a_bundle_is_read_for_its_patient(page: httpx.Client) -> None:
    response = upload(page, "/record", "bundle", bundle(PATIENT), "application/fhir+json")
    said = words(response)
    assert response.status_code == 200
    assert "How soon to get help: Not checked yet" in said
    assert "About the record" in said


def test_two_patients_need_a_name(page: httpx.Client) -> None:
    data = bundle(PATIENT, {**PATIENT, "id": "p2"})
    assert upload(page, "/record", "bundle", data).status_code == 400
    form = {"bundle": ("b.json", data, "application/json"), "patient": (None, "p2"), "day": (None, DAY)}
    assert page.post("/record", files=form).status_code == 200


@pytest.mark.parametrize("data", [b"", b"{}", b"\x89PNG", b'{"resourceType": "Bundle"}'])
def test_no_bundle_is_a_fault(page: httpx.Client, data: bytes) -> None:
    response = upload(page, "/record", "bundle", data)
    assert response.status_code == 400
    assert "Nothing was checked yet" in words(response)


def test_too_large_is_refused(page: httpx.Client) -> None:
    response = check(page, "x" * 1_000_001)
    assert response.status_code == 413
    assert "larger than 1 MB" in words(response)
    assert upload(page, "/facts", "file", b" " * 1_000_001).status_code == 413


@pytest.mark.parametrize(("path", "length"), [("/facts", 1_100_000), ("/record", 68_000_000)])
def test_too_large_is_refused_before_it_is_read(page: httpx.Client, path: str, length: int) -> None:
    place = urlsplit(str(page.base_url))
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {length}"
    )
    with socket.create_connection((place.hostname, place.port), 20) as line:
        line.sendall(f"{head}\r\n\r\n".encode())
        assert b" 413 " in line.recv(100)


def test_too_large_without_a_length_is_refused(page: httpx.Client) -> None:
    def chunks() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="facts"\r\n\r\n'
        for _ in range(40):
            yield b"x" * 50_000

    response = page.post("/facts", content=chunks(), headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert response.status_code == 413


def test_a_wrong_type_is_refused(page: httpx.Client) -> None:
    assert page.post("/facts", json=UNSURE).status_code == 415
    assert page.post("/facts", data={"facts": "{}"}).status_code == 415
    assert page.post("/record", content=b"x").status_code == 415
    assert upload(page, "/facts", "file", b"%PDF", "application/pdf").status_code == 415
    assert upload(page, "/record", "bundle", b"GIF", "image/gif").status_code == 415


@pytest.mark.parametrize("body", [b"", b"--b", b"nonsense", b"--b\r\n\r\n--b--"])
def test_a_broken_form_is_a_fault(page: httpx.Client, body: bytes) -> None:
    response = page.post("/facts", content=body, headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert response.status_code == 400


@pytest.mark.parametrize("where", ["assess", "Pages.assessment"])
def test_a_failure_inside_says_could_not_check(
    page: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    def fails(*given: object) -> None:
        raise RuntimeError(f"secret answer {given}")

    monkeypatch.setattr(*((checked, "assess", fails) if where == "assess" else (checked, "show", fails)))
    with caplog.at_level(logging.DEBUG):
        response = check(page, CALM | NO_DANGER)
    said = words(response)
    assert response.status_code == 500
    assert WORDING.urgency["could_not_check"]["text"] in said
    assert "How soon to get help" not in said and "secret" not in said and "RuntimeError" not in said
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text and "walking_distance_m" not in caplog.text
    assert response.headers["cache-control"] == "no-store"


def test_nothing_handed_in_is_logged(
    page: httpx.Client, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.INFO):
        check(page, {"canary_in_a_key": 1})
        check(page, CALM)
    out, err = capfd.readouterr()
    own = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert not own and not out and not err


PATHS = ("/", "/purpose", "/names", "/health", "/static/style.css", "/static/icon.svg", "/nowhere", "/static/../app.py")


def answers(page: httpx.Client) -> Iterator[httpx.Response]:
    """An answer of every kind."""
    yield from (page.get(path) for path in PATHS)
    yield page.get("/facts", follow_redirects=False)
    yield page.post("/")
    yield check(page, UNSURE)
    yield check(page, {"age": 900})
    yield page.post("/facts", json={})
    yield upload(page, "/record", "bundle", bundle(PATIENT))


def test_every_answer_carries_the_headers(page: httpx.Client) -> None:
    for response in answers(page):
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in response.headers and "server" not in response.headers


def test_no_page_loads_anything_from_elsewhere(page: httpx.Client) -> None:
    for response in answers(page):
        loaded = re.findall(r'<(?!a\s)[^>]*?\s(?:src|href|action|srcset|data)="([^"]*)"', response.text)
        assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
        assert (
            "<script" not in response.text
            and "style=" not in response.text
            and not re.search(r"\son\w+=", response.text)
        )
    for sheet in WEB.rglob("*.css"):
        assert not re.search(r"url\(|@import|https?:", sheet.read_text("utf-8"))


def test_no_address_carries_an_answer(page: httpx.Client) -> None:
    for response in answers(page):
        assert "?" not in str(response.url)
        assert "?" not in "".join(re.findall(r'(?:href|action)="(/[^"]*)"', response.text))
        forms = re.findall(r"<form [^>]*>", response.text)
        assert all('method="post"' in form for form in forms)
    assert page.get("/facts", params={"age": 71}, follow_redirects=False).headers["location"] == "/"


def test_health(page: httpx.Client) -> None:
    data = page.get("/health").json()
    assert data["status"] == "ok"
    assert set(data) == {"status", "software", "knowledge", "fingerprint", "judged_on"}


def test_what_does_not_exist_is_said(page: httpx.Client) -> None:
    for response, status in ((page.get("/nowhere"), 404), (page.get("/docs"), 404), (page.delete("/facts"), 405)):
        assert response.status_code == status
        assert "There is no such page" in words(response)


def test_every_page_says_draft(page: httpx.Client) -> None:
    for response in answers(page):
        if response.headers.get("content-type", "").startswith("text/html"):
            assert "No clinician has signed" in words(response)
            assert '<html lang="en">' in response.text
