"""The MED lines of the evidence all have an end; the interaction matrix cell by cell; tables and thresholds agree."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from spinesteps.errors import DeclarationError, ScopeError
from spinesteps.knowledge.code_tables import codes
from spinesteps.library.drug_tables import read_medicines
from spinesteps.library.library import library_of
from spinesteps.library.products import mg_day, parts
from spinesteps.logic.engines.filled import imply
from spinesteps.logic.history.amounts import Daily
from spinesteps.person.decision import decide
from spinesteps.rule_pages.medicines import medicines_page
from tests.knowledge.judged import SPINE

FOLDER = SPINE.folder / "medicines"
MEDICINES = library_of(SPINE).medicines
RULES = {rule.id: rule for rule in SPINE.rules}
FLAGS = {flag.id for flag in SPINE.red_flags}
SPEC = json.loads((Path(__file__).parent / "medicines.json").read_text("utf-8"))
# safety-and-codes section 2, letter by letter: how many lines each table has.
LINES = {"N": 16, "P": 7, "O": 14, "G": 6, "M": 6, "D": 9, "S": 7, "L": 4, "DR": 1}
MED = {f"MED-{letter}{number}" for letter, last in LINES.items() for number in range(1, last + 1)}


def test_every_line_of_the_evidence_has_an_end() -> None:
    assert set(MEDICINES.lines) == MED
    for line in MEDICINES.lines.values():
        assert line.rules or len(line.unused) > 20, line.id
        assert set(line.rules) <= RULES.keys() | FLAGS, f"{line.id}: {set(line.rules) - RULES.keys() - FLAGS}"
        assert line.source in SPINE.evidence, line.id


def test_a_verified_line_stands_on_a_verified_source() -> None:
    odd = [line.id for line in MEDICINES.lines.values() if line.status != SPINE.evidence[line.source].status]
    assert [id for id in odd if MEDICINES.lines[id].source != "DESIGN"] == []


def test_the_words_for_clinicians_name_the_lines() -> None:
    """From a screen to the line: each id stands in the words or in the arguments of one of its rules."""
    for line in MEDICINES.lines.values():
        ids = [id for id in line.rules if id in RULES]
        words = [SPINE.wording.advice[id]["clinician"] for id in ids]
        said = [argument.because for id in ids for argument in RULES[id].evidence]
        flags = [id for id in line.rules if id in FLAGS]
        assert flags or re.search(rf"{line.id}\b|{_between(line.id)}", " ".join([*words, *said])), line.id


def _between(id: str) -> str:
    """A range such as `MED-D2 to MED-D4` holds what lies between."""
    letter, number = re.fullmatch(r"MED-([A-Z]+)(\d+)", id).groups()
    inside = [
        rf"MED-{letter}{a} to MED-{letter}{b}\b"
        for a in range(1, int(number) + 1) for b in range(int(number), LINES[letter] + 1) if a < b
    ]  # fmt: skip
    return "|".join(inside) or "(?!)"


def test_every_id_that_words_or_evidence_name_stands_on_the_page() -> None:
    page = medicines_page(SPINE)
    said = [words["clinician"] for words in SPINE.wording.advice.values()]
    said += [argument.because for rule in SPINE.rules for argument in rule.evidence]
    named = {id_ for text in said for id_ in re.findall(r"MED-[A-Z]+\d+", text)}
    assert len(named) > 40
    assert [id_ for id_ in sorted(named | MED) if f"\n| {id_} |" not in page] == []


def test_stop_is_kept_for_nsaids_and_paracetamol() -> None:
    assert {rule.id for rule in SPINE.rules if rule.direction == "stop"} == {"nsaid-stop", "paracetamol-over-ceiling"}
    by_rule = {id for line in MEDICINES.lines.values() if line.status == "verified" for id in line.rules}
    assert {"nsaid-stop", "paracetamol-over-ceiling"} <= by_rule
    for line in MEDICINES.lines.values():
        if line.status == "unverified":
            assert not {"nsaid-stop", "paracetamol-over-ceiling"} & set(line.rules), line.id


def test_only_paracetamol_raises_the_urgency() -> None:
    ours = {id for line in MEDICINES.lines.values() for id in line.rules if id.startswith("MED-")}
    assert ours == {"MED-P1"}


@pytest.mark.parametrize("pair", MEDICINES.pairs, ids=lambda pair: f"{pair.a} + {pair.b}".strip(" +"))
def test_a_cell_of_the_matrix(pair) -> None:
    for facts in product(*pair.facts):
        answers = imply(dict.fromkeys(facts, True), SPINE.implied)
        states = decide(SPINE, answers).states
        assert {id: states[id] for id in pair.rules} == dict.fromkeys(pair.rules, "advised"), facts
    for missing in range(1, len(pair.facts)):  # without the first, an NSAID is still not to be started
        facts = [group[0] for place, group in enumerate(pair.facts) if place != missing]
        noes = dict.fromkeys(pair.facts[missing], False)
        states = decide(SPINE, imply({**dict.fromkeys(facts, True), **noes}, SPINE.implied)).states
        assert any(states[id] != "advised" for id in pair.rules), f"advised without {pair.facts[missing]}"


def test_tapered_texts_open_with_the_fixed_words() -> None:
    prefixes = {prefix for taper in MEDICINES.tapers.values() for prefix in taper.ids}
    assert prefixes == set(SPINE.tapered)
    texts = {id: row["patient"] for id, row in SPINE.wording.advice.items() if id.startswith(tuple(prefixes))}
    assert len(texts) >= 25
    for id, text in texts.items():
        assert text.startswith("Do not stop suddenly"), id
        rest = text.removeprefix("Do not stop suddenly")
        assert not re.search(r"\bstop(s|ped|ping)?\b", rest, re.IGNORECASE), id
        assert "rescriber" in rest or "team" in rest, id
        assert re.search(r"\b(today|day|days|date)\b", rest), id


# --- arithmetic ------------------------------------------------------------------------------------------------------


def test_factors_are_for_risk_alone() -> None:
    assert all("never for switching" in one.use for one in MEDICINES.factor_sets)


@pytest.mark.parametrize("case", SPEC["kidney"], ids=lambda c: f"{c['medicine']} {c['country']} {c['clearance']}")
def test_kidney_rows(case) -> None:
    table = MEDICINES.kidney_table(case["medicine"], case["country"])
    band = table.band(case["clearance"])
    assert table.name == case["table"]
    assert (None if band is None else [band.least, band.most]) == case["row"]


@pytest.mark.parametrize(
    ("drug_doses", "names"),
    [("US", ["American label", "British table"]), ("GB", ["British table"] * 2), ("DE", ["British table"] * 2),
     ("none", [])],
)  # fmt: skip
def test_the_deployment_chooses_the_tables_beside_an_advice(drug_doses: str, names: list[str]) -> None:
    tables = MEDICINES.tables_beside("gabapentinoid-dose-kidney", drug_doses)
    assert [table.name for table in tables] == names
    assert MEDICINES.tables_beside("nsaid-stop", drug_doses) == ()


def test_tables_name_rules_and_facts_that_there_are() -> None:
    assert {id for table in MEDICINES.tables for id in table.advice} <= RULES.keys()
    assert {table.fact for table in MEDICINES.tables} <= SPINE.by_name.keys()
    assert {SPINE.evidence[table.source].status for table in MEDICINES.tables} == {"verified"}


def test_no_table_is_said() -> None:
    with pytest.raises(ScopeError, match="naproxen"):
        MEDICINES.kidney_table("naproxen", "US")


@pytest.mark.parametrize("case", SPEC["products"], ids=lambda case: case["name"])
def test_products(case) -> None:
    found = parts(case["name"])
    assert [[part.mg, part.per] for part in found] == case["parts"]
    if "daily" in case:
        assert mg_day(found[0], Daily(*case["daily"]), len(found) == 1) == case["mg_day"]


# --- one number, one truth -------------------------------------------------------------------------------------------


def limit(name: str) -> float:
    return SPINE.limits.by_name[name].values[-1].value


def test_kidney_tables_and_thresholds_agree() -> None:
    names = {
        ("gabapentin", "British table"): [("kidney_mild", "gabapentin_uk_mild_mg"),
         ("kidney_middle", "gabapentin_uk_middle_mg"), ("egfr_severe", "gabapentin_uk_severe_mg"),
         ("kidney_failure", "gabapentin_uk_failure_mg")],
        ("gabapentin", "American label"): [("egfr_moderate", "gabapentin_us_moderate_mg"),
         ("egfr_severe", "gabapentin_us_severe_mg"), ("kidney_failure", "gabapentin_us_failure_mg")],
        ("pregabalin", "British table"): [("egfr_moderate", "pregabalin_moderate_mg"),
         ("egfr_severe", "pregabalin_severe_mg"), ("kidney_failure", "pregabalin_failure_mg")],
    }  # fmt: skip
    assert {(table.medicine, table.name) for table in MEDICINES.tables} == names.keys()
    for table in MEDICINES.tables:
        wanted = [(limit(below), limit(most)) for below, most in names[table.medicine, table.name]]
        assert [(band.below, band.most) for band in table.bands] == wanted


def test_ceilings_and_thresholds_agree() -> None:
    held = {(one.medicine, one.setting): one.mg_day for one in MEDICINES.ceilings}
    assert held["paracetamol", "prescribed"] == limit("paracetamol_ceiling_mg")
    assert held["paracetamol", "shop"] == limit("paracetamol_label_mg")
    assert held["tramadol", "prescribed"] == limit("tramadol_ceiling_mg")
    assert held["duloxetine", "prescribed"] == limit("duloxetine_ceiling_mg")


def test_the_factors_of_records_are_those_of_the_set() -> None:
    factors = MEDICINES.factor_sets[-1]
    rows = [row for row in codes().counted if row.concept == "opioid_mme_day"]
    assert {row.code: row.factor for row in rows if row.factor is not None} == factors.per_mg
    assert {row.code: row.patch for row in rows if row.patch is not None} == factors.per_patch
    assert {row.code for row in rows if row.factor is None and row.patch is None} == factors.left_out.keys()


def test_sources_exist() -> None:
    lists = (MEDICINES.ceilings, MEDICINES.tables, MEDICINES.tapers.values(), MEDICINES.factor_sets)
    assert {one.source for some in lists for one in some} <= SPINE.evidence.keys()


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("severity", 'severity = "STOP"', 'severity = "HALT"', r"\[MED-N1\] severity: .* one of STOP"),
        ("severity", 'rules = ["nsaid-with-ppi"]', "rules = []", r"\[MED-N9\]: It has no end.* either rules"),
        ("interactions", 'med = ["MED-N3"]', 'med = ["MED-N99"]', "names MED-N99. Expected a line of severity"),
        ("kidney", "15, below = 30, least = 2", "16, below = 30, least = 2", "kidney 1: .* leave a gap"),
        ("kidney", "least = 400, most = 1400", "least = 1500, most = 1400", "upside down"),
    ],
)
def test_a_fault_in_the_data_is_refused(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    for path in FOLDER.glob("*.toml"):
        text = path.read_text("utf-8")
        if path.stem == file:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / path.name).write_text(text, "utf-8")
    with pytest.raises(DeclarationError, match=says):
        read_medicines(tmp_path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"severity\.toml"):
        read_medicines(tmp_path)


def test_a_rule_that_is_gone_would_be_noticed() -> None:
    """The test of ends can fail: without a rule some line points nowhere."""
    left = replace(SPINE, rules=tuple(rule for rule in SPINE.rules if rule.id != "nsaid-with-ppi"))
    gone = set(MEDICINES.lines["MED-N9"].rules) - {rule.id for rule in left.rules}
    assert gone == {"nsaid-with-ppi"}
