"""The page in a browser: no barrier axe can find, by keyboard, on a small screen, on paper, from this host only."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

from spinesteps.knowledge.spine import PATHWAY
from tests.faces.serving import served

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (1000, 360)
ASKS = (*PATHWAY.emergency_questions, *PATHWAY.danger_questions)
NO_DANGER = {ask.fact.name: False for ask in ASKS if ask.fact.kind == "yes_no"}
PEOPLE = {
    "Emergency now": {"age": 71, "saddle_numbness": True, "spine_procedure_days": 10},
    "Today": {"age": 71, "leg_pain": True, "saddle_numbness": "not_sure", "walking_distance_m": 80},
    "Within 2 weeks": {"age": 66, **NO_DANGER, "unexplained_weight_loss": True},
    "Not checked yet": {"age": 71, "worse_walking": True, "relieved_sitting": True},
    "Routine appointment": {"age": 71, "walking_distance_m": 80, "stenosis_diagnosed": True, "worse_walking": True,
                            "relieved_sitting": True, "function_limited": True, **NO_DANGER},
    "Self-care, keep watching": {"age": 50, **NO_DANGER},
}


def browser_of(playwright: Playwright) -> Browser:
    """The machine's own Chromium, else the one that playwright installs."""
    try:
        return playwright.chromium.launch(executable_path=CHROMIUM if CHROMIUM.exists() else None, args=FLAGS)
    except Error as error:
        if "Executable doesn't exist" not in error.message:
            raise
    pytest.fail("No browser is here. Run once: .venv/bin/python -m playwright install chromium")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = browser_of(playwright)
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page at the start; afterwards it must have asked no other host, and met no blocked or failing part."""
    context = browser.new_context(base_url=address)
    context.set_default_timeout(20_000)
    page = context.new_page()
    hosts: list[str | None] = []
    said: list[str] = []
    page.on("request", lambda request: hosts.append(urlsplit(request.url).netloc))
    page.on("console", lambda message: said.append(message.text))
    page.goto("/")
    yield page
    context.close()
    assert set(hosts) == {urlsplit(address).netloc}
    assert not [text for text in said if "status of 4" not in text]


def check(page: Page, facts: object) -> None:
    page.goto("/")
    page.get_by_label("Paste the answers (facts)").fill(json.dumps(facts))
    with page.expect_navigation():
        page.get_by_role("button", name="Check the answers").click()


def barriers(page: Page) -> list[str]:
    found = Axe().run(page)
    return [f"{one['id']}: {node['html'][:200]}" for one in found.response["violations"] for node in one["nodes"]]


def open_all(page: Page) -> None:
    """Open every part that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")


def open_two_of_each_kind(page: Page) -> None:
    """Open two folded parts of each kind (by their class and where they stand): a part opened costs axe a third of a
    second, a page has three hundred, and all of a kind are written by the same few lines. At night every one."""
    if os.environ.get("SPINESTEPS_RANDOM") == "nightly":
        open_all(page)
        return
    page.evaluate("""() => {
        const kinds = {}
        for (const part of document.querySelectorAll('details')) {
            const around = part.parentElement.closest('details')
            const kind = [part.className, part.parentElement.className, around && around.className].join('/')
            kinds[kind] = (kinds[kind] || 0) + 1
            part.open = part.open || kinds[kind] <= 2
        }
    }""")


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/", "/purpose", "/names", "/nowhere"])
def test_no_barrier_on_fixed_pages(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    assert barriers(page) == []
    assert not too_wide(page)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("heading", PEOPLE)
def test_no_barrier_on_an_assessment(page: Page, heading: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    check(page, PEOPLE[heading])
    assert page.get_by_role("heading", level=1).inner_text().endswith(heading)
    assert barriers(page) == []
    if heading in ("Today", "Routine appointment"):  # the second shows the moves of the programme
        open_two_of_each_kind(page)
        assert barriers(page) == []
        open_all(page)
    assert not too_wide(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_barrier_on_faults(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    check(page, {"age": 900, "leg_pian": True})
    assert page.get_by_role("alert").is_visible()
    assert barriers(page) == []


def test_a_screen_of_320_or_zoomed_four_times_needs_no_sideways_scrolling(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 by 1024 at 400 %
    assert not too_wide(page)
    check(page, PEOPLE["Today"])
    open_all(page)
    assert not too_wide(page)


def test_everything_to_press_is_large_enough(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    check(page, PEOPLE["Today"])
    for where in ("/", None):
        if where:
            page.goto(where)
        for part in page.locator("button, input, textarea, summary, header a, footer a").all():
            box = part.bounding_box()
            assert box is None or box["height"] >= 44


def test_by_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main part"
    for _ in range(20):
        if page.evaluate("document.activeElement.id") == "facts":
            break
        page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.insert_text(json.dumps(PEOPLE["Today"]))
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Check the answers":
            break
    with page.expect_navigation(url="**/facts"):
        page.keyboard.press("Enter")
    assert page.get_by_role("heading", level=1).inner_text().endswith("Today")


def test_it_works_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    check_without = json.dumps(PEOPLE["Emergency now"])
    page.goto("/")
    page.locator("#facts").fill(check_without)
    page.locator("form[action='/facts'] button").first.click()
    assert "Emergency now" in page.locator("h1").inner_text()
    context.close()


def test_a_large_record_is_refused_with_words(page: Page, tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    large.write_bytes(b" " * 68_000_000)
    page.locator("#bundle").set_input_files(large)
    page.get_by_role("button", name="Check the record").click()
    assert "larger than 64 MB" in page.get_by_role("alert").inner_text()


def test_on_grey_paper_the_words_stay(page: Page) -> None:
    for heading, person in PEOPLE.items():
        check(page, person)
        page.emulate_media(media="print", forced_colors="none")
        title = page.get_by_role("heading", level=1)
        assert title.is_visible() and title.inner_text().endswith(heading)
        colours = title.evaluate("one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]")
        assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        assert "No clinician has signed" in page.locator("header").inner_text()
        assert not page.locator("footer ul").is_visible()
        page.emulate_media(media="screen")


def test_forced_colours_keep_the_card(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    check(page, PEOPLE["Emergency now"])
    assert page.locator(".card").evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"
    assert barriers(page) == []
