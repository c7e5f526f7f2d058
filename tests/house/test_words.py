"""What patients read: plain, no promises, nothing ruled out, never a sudden stop of a medicine that must be tapered."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date

import pytest
import textstat

from spinesteps.knowledge.spine import PATHWAY

WORDS = PATHWAY.as_of(date(2026, 11, 21)).wording
FOLDER = PATHWAY.folder / "wording" / PATHWAY.language
FORBIDDEN = {
    "promises cure": r"\bcures?\b|\bcured\b|\bheals? (you|your|it)\b|\bguarantee\w*|\b100 ?%",
    "calls somebody safe": r"(?<!where )\byou are (safe|fine|ok|okay|healthy|all right)\b|\ball clear\b|\bno danger\b",
    "rules something out": r"\b(is|are|has been|have been|can be) ruled out\b|\bwe (can )?rule out\b",
    "denies a serious cause": r"\byou (do not|don't) have (a |any )?(serious|cancer|infection|fracture)",
    "tells not to worry": r"\b(do not|don't|no need to) worry\b|\bnothing to worry\b",
    "promises for sure": r"\b(will|is sure to|is certain to) (work|help you|go away|get better)\b|\balways works\b",
}
TAPERED = {
    "opioid-do-not-start", "opioid-taper-plan", "opioid-combination", "opioid-naloxone-offer",
    "gabapentinoid-not-recommended", "gabapentinoid-dose-kidney", "muscle-relaxant-review", "antithrombotic-plan",
}  # fmt: skip
MAY_STOP = {"nsaid-stop", "paracetamol-over-ceiling"}
LIMIT = 6
AIM = 4


def patient_texts() -> Iterator[tuple[str, str]]:
    """Everything a patient reads, by where it stands; what clinicians are asked is left out."""
    for name, row in WORDS.facts.items():
        yield f"facts.{name}.label", row["label"]
        if row["asks"] == "person":
            yield f"facts.{name}.question", row["question"]
            yield from ((f"facts.{name}.{key}", row[key]) for key in ("hint",) if key in row)
    for kind in ("red_flags", "advice"):
        for id, row in getattr(WORDS, kind).items():
            yield f"{kind}.{id}.title", row["title"]
            yield f"{kind}.{id}.patient", row["patient"]
    for level, row in WORDS.urgency.items():
        yield f"urgency.{level}", f"{row['heading']}. {row['text']}"
    for kind, rows in WORDS.conditions.items():
        for id, row in rows.items():
            yield f"conditions.{kind}.{id}", f"{row['name']}. {row['text']}"


TEXTS = dict(patient_texts())
DANGER = [WORDS.facts[f.name] for f in PATHWAY.facts if f.danger and WORDS.facts[f.name]["asks"] == "person"]
ASKED = [row for row in WORDS.facts.values() if row["asks"] == "person"]
# Our own disclaimers say that nothing is ruled out, and that the page is no sign of being safe.
DISCLAIMERS = ("These questions cannot rule out a serious cause", "Do not take this page as a sign that you are safe")


def grade(*texts: str) -> float:
    """Flesch-Kincaid grade of the texts as one."""
    return float(textstat.flesch_kincaid_grade(" ".join(texts)))


@pytest.mark.parametrize("kind", list(FORBIDDEN))
def test_no_text_for_patients(kind: str) -> None:
    pattern = re.compile(FORBIDDEN[kind], re.IGNORECASE)
    found = []
    for place, text in TEXTS.items():
        for disclaimer in DISCLAIMERS:
            text = text.replace(disclaimer, "")
        found += [f"{place}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("promises cure", "This cures the canal."),
        ("calls somebody safe", "You are safe."),
        ("rules something out", "A serious cause is ruled out."),
        ("denies a serious cause", "You do not have cancer."),
        ("tells not to worry", "Do not worry."),
        ("promises for sure", "The injection will work."),
    ],
)
def test_a_promise_would_be_seen(kind: str, text: str) -> None:
    assert re.search(FORBIDDEN[kind], text, re.IGNORECASE)


def test_questions_and_hints_are_plain() -> None:
    assert grade(*(row["question"] for row in ASKED), *(row["hint"] for row in ASKED if row.get("hint"))) <= LIMIT


def test_danger_questions_are_plainer_still() -> None:
    assert grade(*(row["question"] for row in DANGER)) <= AIM
    hard = [row["question"] for row in DANGER if grade(row["question"]) > LIMIT + 2]
    assert hard == [], "a single danger question is hard to read"


@pytest.mark.parametrize("kind", ["red_flags", "advice"])
def test_advice_is_plain(kind: str) -> None:
    assert grade(*(row["patient"] for row in getattr(WORDS, kind).values())) <= LIMIT


def test_urgency_cards_are_plain() -> None:
    assert grade(*(row["text"] for row in WORDS.urgency.values())) <= LIMIT


@pytest.mark.parametrize("id", sorted(TAPERED & WORDS.advice.keys()))
def test_tapered_medicines_open_with_the_fixed_words(id: str) -> None:
    text = WORDS.advice[id]["patient"]
    assert text.startswith("Do not stop suddenly")
    rest = text.removeprefix("Do not stop suddenly")
    assert not re.search(r"\bstop(s|ped|ping)?\b", rest, re.IGNORECASE), "it says stop a second time"
    assert re.search(r"prescriber|doctor|surgeon|team|clinic|hospital", rest), "it names nobody"
    assert re.search(r"\bday\b|\bdays\b|\bdate\b", rest), "it names no day"


def test_stop_is_told_for_two_advices_only() -> None:
    stops = {rule.id for rule in PATHWAY.rules if rule.direction == "stop"}
    assert stops <= MAY_STOP
    told = [id for id, row in WORDS.advice.items() if re.match(r"(stop|take no more)\b", row["patient"], re.IGNORECASE)]
    assert set(told) <= MAY_STOP


def test_emergency_and_today_say_first_what_to_do() -> None:
    for level in ("emergency", "today"):
        assert re.match(r"Call\b", WORDS.urgency[level]["text"])
    assert "{" not in WORDS.urgency["could_not_check"]["text"]


def test_no_danger_question_holds_a_time_window() -> None:
    """Contract 2: the date lives in its onset fact. Two facts are durations by name."""
    named = {"steroids_3_months", "no_better_after_4_weeks", "infection_or_line_3_months"}
    window = re.compile(r"\b\d+ (days?|weeks?|months?|years?)\b|\b(last|past) (day|week|month|year|two|few)\b")
    found = [
        fact.name
        for fact in PATHWAY.facts
        if fact.danger and fact.kind == "yes_no" and fact.name not in named
        and window.search(WORDS.facts[fact.name]["question"])
    ]  # fmt: skip
    assert found == []


def test_every_file_of_words_is_read() -> None:
    for path in FOLDER.glob("*.toml"):
        topic = path.name.startswith(("facts_", "advice_", "red_flags_", "faces_"))
        read = (
            "red_flags", "advice", "urgency", "conditions", "deployment", "programme", "standards", "policies",
            "statements", "numerals",
        )  # fmt: skip
        assert topic or path.stem in read, path.name
        assert tomllib.loads(path.read_text("utf-8"))


def test_no_word_names_a_machine_or_a_tool() -> None:
    machine = re.compile(r"https?://|/work/|/tmp/|localhost|\bAI\b|chatbot|language model", re.IGNORECASE)
    assert [place for place, text in TEXTS.items() if machine.search(text)] == []
