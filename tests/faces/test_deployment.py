"""Where it is used: one file, every fault at once, only numbers seen on a page, no safety text missing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from spinesteps.errors import DeclarationError, InputError
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.pathway.deployment import CARDS, NUMBERS, read_deployment, read_lines
from spinesteps.pathway.placeholders import placeholders
from spinesteps.web.app import spine
from tests.faces.serving import served

ROOT = Path(__file__).parents[2]
DAY = "2026-11-21"
DANGER = {"age": 71, "saddle_numbness": True, "cauda_equina_onset_days": 2}
DARK = {"age": 71, "self_harm_thoughts": True}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "here.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def faults(path: Path) -> str:
    with pytest.raises(InputError) as error:
        read_deployment(path, PATHWAY)
    return str(error.value)


def test_without_a_file_the_defaults_hold() -> None:
    here = read_deployment(None, PATHWAY)
    assert (here.country, here.language, here.drug_doses, here.policies, here.origin) == (
        None, "en", "none", (), "defaults",
    )  # fmt: skip
    assert here.words()["emergency_number"] == "your emergency number (112, 911 or 999)"
    assert "ask" in here.words()["crisis_number"]


def test_the_file_in_the_repository_says_what_the_defaults_say() -> None:
    here = read_deployment(ROOT / "deployment.toml", PATHWAY)
    assert replace(here, origin="defaults") == read_deployment(None, PATHWAY)


def test_a_country_chooses_numbers_and_dose_tables(written) -> None:
    here = read_deployment(written('country = "GB"\naids_paid_by = "your council"'), PATHWAY)
    assert here.drug_doses == "GB"
    assert here.words() == {
        "emergency_number": "999",
        "same_day_number": "your doctor (or 111 when the practice is closed)",
        "crisis_number": "116 123 (Samaritans)",
        "aids_payer": "your council",
    }


def test_the_country_a_person_names_goes_before_the_deployment(written) -> None:
    here = read_deployment(written('country = "GB"\n[numbers]\ncrisis = "our line on 0123 456"'), PATHWAY)
    assert here.words()["crisis_number"] == here.words("GB")["crisis_number"] == "our line on 0123 456"
    assert here.words("US")["crisis_number"] == "988 (Suicide and Crisis Lifeline)"
    assert here.words("AQ")["emergency_number"] == "your emergency number (112, 911 or 999)"


def test_a_number_that_nobody_saw_is_never_shown() -> None:
    here = read_deployment(None, PATHWAY)
    unseen = [
        (country, kind, line.number)
        for country, rows in read_lines(PATHWAY.folder).items()
        for kind, line in rows.items()
        if line.status == "unverified"
    ]
    assert unseen
    for country, kind, number in unseen:
        assert number not in here.words(country)[f"{kind}_number"]


def test_every_number_shown_has_a_page_and_a_day() -> None:
    lines = read_lines(PATHWAY.folder)
    assert len(lines) >= 20
    assert all("emergency" in rows for rows in lines.values())
    for rows in lines.values():
        for line in rows.values():
            assert line.status == "unverified" or line.source.startswith("http")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('country = "UK"', 'For the United Kingdom write "GB"'),
        ('country = "XX"', "This is no country code"),
        ("country = 44", "This is no country code"),
        ('drug_doses = "mars"', "drug_doses: This is no country code"),
        ('language = "xx"', "There are no words in this language"),
        ('language = "../en"', "There are no words in this language"),
        ("aids_paid_by = 3", "aids_paid_by: This is no text"),
        ('policies = "one"', "This is no list of ids"),
        ('policies = ["no-such-policy"]', "A policy of this name is not known"),
        ("colour = 1", "colour: This entry is not known"),
        ('numbers = "999"', "numbers: This is no table"),
        ('[numbers]\nfire = "18"', "numbers.fire: This kind is not known"),
        ('[numbers]\nemergency = "none"', "There is no number in it"),
        ('[numbers]\nemergency = "{same_day_number} 1"', "There is no number in it"),
        ("country = ", "It cannot be read as TOML"),
    ],
)
def test_a_fault_is_told(written, text: str, found: str) -> None:
    assert found in faults(written(text))


def test_all_faults_are_told_at_once(written) -> None:
    said = faults(written('country = "UK"\nlanguage = "xx"\npolicies = ["x"]\ncolour = 1\n[numbers]\ncrisis = "-"'))
    assert said.count("\n") == 4


def test_policies_are_those_there_is_data_for(written) -> None:
    here = read_deployment(written('policies = ["cms-esi", "carelon-2024"]'), PATHWAY)
    assert here.policies == ("cms-esi", "carelon-2024") and here.to_json()["policies"] == ["cms-esi", "carelon-2024"]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "There is no such file" in faults(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("urgency.toml", "[could_not_check]", "[could_not]", "urgency: could_not_check"),
        ("urgency.toml", 'heading = "Today"', 'heading = ""', "urgency: today"),
        ("red_flags.toml", "[RF-01a]", "[RF-99a]", "red_flags: RF-01a"),
        ("red_flags_mind.toml", "patient = ", "patients = ", "red_flags: RF-13"),
        ("advice.toml", "[get-emergency-help]", "[get-help]", "advice: get-emergency-help"),
        ("facts_danger.toml", "[incontinence]", "[incontinent]", "facts: incontinence"),
        ("urgency.toml", "Call {emergency_number}", "Call {emergency}", "Nothing fills {emergency}"),
    ],
)
def test_a_language_that_lacks_a_safety_text_is_refused(
    tmp_path: Path, written, file: str, old: str, new: str, found: str
) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(PATHWAY.folder / "wording" / "en", folder / "wording" / "de")
    shutil.copy(PATHWAY.folder / "numbers.toml", folder)
    path = folder / "wording" / "de" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError) as error:
        read_deployment(written('language = "de"'), replace(PATHWAY, folder=folder))
    assert found in str(error.value)


def test_a_faulty_table_of_numbers_is_our_own_fault(tmp_path: Path) -> None:
    (tmp_path / "numbers.toml").write_text('[GB.emergency]\nnumber = "999"\n[England.fire]\nnumber = "1"\n')
    with pytest.raises(DeclarationError) as error:
        read_lines(tmp_path)
    said = [line.partition(". Expected")[0] for line in str(error.value).splitlines()]
    assert "numbers.toml numbers [GB] [emergency] source: It is missing" in said
    assert "numbers.toml numbers [England]: It is 'England'" in said
    assert "numbers.toml numbers [England] [fire]: It is 'fire'" in said


def test_every_placeholder_in_the_words_is_filled() -> None:
    here, words = read_deployment(None, PATHWAY), PATHWAY.as_of(date(2026, 11, 21)).wording
    assert set(CARDS) <= words.urgency.keys()
    texts = [row["text"] for row in words.urgency.values()]
    texts += [row["patient"] for table in (words.advice, words.red_flags) for row in table.values()]
    used = {gap.name for text in texts for gap in placeholders(text)}
    assert {f"{kind}_number" for kind in NUMBERS} | {"aids_payer"} == used
    assert not any("{" in here.fill(text) for text in texts)
    assert "{" not in words.urgency["could_not_check"]["text"]


# --- through the command and the page ---------------------------------------------------------------------------------


def test_assess_tells_the_numbers_of_its_deployment(spinesteps, person, written) -> None:
    path = str(written('country = "AU"'))
    data = spinesteps("assess", "--facts", person(DARK), "--on", DAY, "--json", "--deployment", path).json()
    assert data["urgency"] == "today"
    assert data["deployment"]["country"] == "AU" and data["deployment"]["from"] == "here.toml"
    assert "000" in data["card"]["text"]
    advice = next(row for row in data["advice"] if row["id"] == "self-harm-help")
    assert "13 11 14 (Lifeline)" in advice["patient_text"]
    assert "13 11 14 (Lifeline)" in data["red_flags"][0]["patient_text"]
    assert "{" not in advice["patient_text"]


def test_the_words_on_a_terminal_name_the_deployment(spinesteps, person, written) -> None:
    path = str(written('country = "IE"'))
    said = spinesteps("assess", "--facts", person(DARK), "--on", DAY, "--deployment", path).out
    assert "here.toml, country IE" in said and "116 123 (Samaritans)" in said and "{" not in said


def test_without_one_the_person_is_told_to_ask(spinesteps, person) -> None:
    data = spinesteps("assess", "--facts", person(DANGER), "--on", DAY, "--json").json()
    assert data["deployment"]["from"] == "defaults"
    assert "112, 911 or 999" in data["card"]["text"]


def test_a_faulty_deployment_judges_nobody(spinesteps, person, written) -> None:
    done = spinesteps("assess", "--facts", person(DANGER), "--deployment", str(written('country = "UK"')))
    assert done.code == 2 and "GB" in done.err and not done.out


def test_lines_are_judged_under_a_deployment_too(spinesteps, tmp_path: Path, written) -> None:
    people = tmp_path / "people.jsonl"
    people.write_text('{"age": 71, "self_harm_plan": true}\n')
    done = spinesteps(
        "assess", "--facts", str(people), "--json", "--reasons", "--on", DAY, "--deployment",
        str(written('country = "FR"')),
    )  # fmt: skip
    assert "3114" in done.out and done.code == 0


def test_the_page_shows_its_deployment(written) -> None:
    path = written('country = "NZ"')
    with served(path) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as page:
        start = page.get("/").text
        found = page.post("/facts", files={"facts": (None, '{"self_harm_plan": true}'), "day": (None, DAY)}).text
    assert "here.toml" in start and "Country: NZ" in start and "Call 111" in start
    assert "1737" in found and "{crisis_number}" not in found
    with pytest.raises(InputError):
        spine(written('country = "UK"'))
