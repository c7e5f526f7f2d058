"""Records that are broken, hostile or not ours: a clear refusal, or a partial answer with its faults. Never a crash."""

import contextlib
import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spinesteps.errors import InputError
from spinesteps.fhir.read import read_bundle_file
from spinesteps.knowledge.fact_sources import FROM_RECORD
from spinesteps.logic.facts import Silence
from spinesteps.person.tally import MOST_FAULTS
from tests.faces.fhir_samples import (
    DATA,
    DAY,
    FACTS,
    LOINC,
    OWN,
    PATIENT,
    amount,
    answers,
    bundle,
    codes,
    condition,
    medicine,
    observation,
    procedure,
    read,
)

GOOD = (DATA / "fhir_bundle.json").read_bytes()
EMPTY = {"resourceType": "Bundle", "type": "collection"}
DEEP = b'{"resourceType": "Bundle", "entry": ' + b"[" * 10_000 + b"]" * 10_000 + b"}"
FATAL = [
    ("nothing", b"", "JSON"),
    ("blank", b"   ", "JSON"),
    ("XML", b"<Bundle/>", "JSON"),
    ("UTF-16", GOOD.decode().encode("utf-16"), "JSON"),
    ("broken UTF-8", GOOD.replace(b"order", b"ord\xff\xfe"), "JSON"),
    ("NUL", GOOD + b"\x00", "JSON"),
    ("NaN", GOOD.replace(b"11.8", b"NaN"), "JSON"),
    ("Infinity", GOOD.replace(b"11.8", b"-Infinity"), "JSON"),
    ("two values", GOOD + GOOD, "JSON"),
    ("a list", b"[]", "Bundle"),
    ("a number", b"3", "Bundle"),
    ("null", b"null", "Bundle"),
    ("a Patient alone", json.dumps(PATIENT).encode(), "Bundle"),
    ("wrong type", GOOD.replace(b'"Bundle"', b'"Bundel"'), "Bundle"),
    ("type is a list", b'{"resourceType": ["Bundle"]}', "Bundle"),
    ("no entry", json.dumps(EMPTY).encode(), "Patient"),
    ("entry is no list", json.dumps(EMPTY | {"entry": 5}).encode(), "Patient"),
    ("entries are no objects", json.dumps(EMPTY | {"entry": [1, "x", None, []]}).encode(), "Patient"),
    ("no patient", json.dumps(bundle(condition("M48.061"), patient=None)).encode(), "Patient"),
    ("two patients", json.dumps(bundle(PATIENT | {"id": "q"})).encode(), "2 patients"),
    ("10,000 levels", DEEP, "deep"),
    ("201 levels in text", json.dumps(EMPTY | {"x": json.loads("[" * 201 + "]" * 201)}).encode(), "deep"),
    ("65 MB", b" " * (65 * 1024 * 1024), "64 MB"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "words"), [row[1:] for row in FATAL], ids=[row[0] for row in FATAL])
def test_refused(data, words):
    with pytest.raises(InputError, match=words) as caught:
        read(data)
    assert all(f.place and f.wrong and f.expected and f.todo for f in caught.value.faults)


def test_cut_anywhere():
    for end in range(0, len(GOOD.rstrip()), 37):
        with pytest.raises(InputError):
            read(GOOD[:end])


def test_brackets_inside_text_are_no_levels():
    text = '[{"' * 500 + "\\"
    record = read(bundle(condition("M48.061", note=[{"text": text}])))
    assert "stenosis_diagnosed" in record.entries


def test_the_patient_asked_for():
    two = bundle(PATIENT | {"id": "q"}, condition("M48.061", subject={"reference": "Patient/q"}))
    assert set(read(two, "q").entries) == {"age", "sex", "stenosis_diagnosed"}
    record = read(two, "Patient/p")
    assert set(record.entries) == {"age", "sex"}
    assert record.notes["excluded"] == {"other_patient": 1}
    with pytest.raises(InputError, match="not here"):
        read(two, "r")


def test_a_file(tmp_path):
    known = (FACTS, codes(), FROM_RECORD, DAY)
    assert read_bundle_file(DATA / "fhir_bundle.json", *known) == read(GOOD)
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(InputError, match=r"opened|no such file"):
            read_bundle_file(path, *known)


def test_byte_order_mark_is_allowed():
    assert read(b"\xef\xbb\xbf" + GOOD).entries == read(GOOD).entries


LEFT_OUT = [
    ("another patient's", condition("M48.061", subject={"reference": "Patient/q"}), "other_patient"),
    ("of a group", condition("M48.061", subject={"reference": "Group/p"}), "subject_not_known"),
    ("of nobody to be found", condition("M48.061", subject={"display": "her"}), "subject_not_known"),
    ("subject is text", condition("M48.061", subject="Patient/p"), "subject_not_known"),
    ("entered in error", condition("M48.061", verification="entered-in-error"), "entered-in-error"),
    ("refuted", condition("M48.061", verification="refuted"), "refuted"),
    ("not done", procedure("01NB0ZZ", status="not-done"), "not-done"),
    ("cancelled", observation("fever", valueBoolean=True) | {"status": "cancelled"}, "cancelled"),
    ("a draft", medicine("Warfarin", "draft"), "draft"),
    ("changed in meaning", condition("M48.061", modifierExtension=[{"url": "http://x", "valueBoolean": True}]),
     "modifierExtension"),
    ("changed in meaning inside", medicine("Warfarin") | {"dosageInstruction": [
        {"modifierExtension": [{"url": "http://x", "valueBoolean": True}]}]}, "modifierExtension"),
]  # fmt: skip


@pytest.mark.parametrize(("resource", "reason"), [row[1:] for row in LEFT_OUT], ids=[row[0] for row in LEFT_OUT])
def test_left_out_and_said_so(resource, reason):
    record = read(bundle(resource))
    assert set(record.entries) == {"age", "sex"}
    assert record.notes["excluded"] == {reason: 1}
    if reason in ("modifierExtension", "subject_not_known"):
        assert any(fault.place == "Bundle.entry[1].resource" for fault in record.faults)


PARTIAL = [
    ("month 13", condition("M48.061", onsetDateTime="2020-13-40"), {"stenosis_diagnosed": True}),
    ("30 February", observation("fever", at="2026-02-30", valueBoolean=False), {"fever": Silence.OUT_OF_DATE}),
    ("a date that is a number", observation("fever", at=2026, valueBoolean=True), {"fever": True}),
    ("1e400", observation("718-7", LOINC) | {"valueQuantity": "HUGE"}, {"haemoglobin_g_l": Silence.UNREADABLE}),
    ("two values", observation("fever", valueBoolean=True, valueString="no"), {"fever": Silence.UNREADABLE}),
    ("an unknown element", condition("M48.061", colour="green"), {"stenosis_diagnosed": True}),
    ("code is a list", condition("M48.061") | {"code": [1, 2]}, {}),
    ("code is a number", condition("M48.061") | {"code": {"coding": [{"system": 5, "code": 6}]}}, {}),
    ("decimal as text", observation("walking_distance_m", **amount("80", "m")),
     {"walking_distance_m": Silence.UNREADABLE}),
    ("a list of values", observation("walking_distance_m", valueQuantity=[{"value": 80}, {"value": 90}]),
     {"walking_distance_m": Silence.UNREADABLE}),
    ("no unit that exists", observation("walking_distance_m", **amount(80, "blocks")),
     {"walking_distance_m": Silence.UNREADABLE}),
]  # fmt: skip


@pytest.mark.parametrize(("resource", "expected"), [row[1:] for row in PARTIAL], ids=[row[0] for row in PARTIAL])
def test_partial_answer_with_its_fault(resource, expected):
    text = json.dumps(bundle(resource)).replace('"HUGE"', '{"value": 1e400, "code": "g/L"}')
    record = read(text.encode())
    assert {n: e.answer for n, e in record.entries.items() if n not in ("age", "sex")} == expected
    assert record.faults


def test_huge_whole_number():
    text = json.dumps(bundle(observation("walking_distance_m", **amount(80, "m")))).replace("80", "9" * 5000)
    assert read(text.encode()).entries["walking_distance_m"].answer is Silence.UNREADABLE


@pytest.mark.parametrize("born", ["2030-01-01", "1700-01-01", "2020-13-40", "long ago", 5])
def test_births_that_cannot_be(born):
    record = read(bundle(patient=PATIENT | {"birthDate": born}))
    assert "age" not in record.entries or record.entries["age"].answer is Silence.UNREADABLE
    assert record.faults


@pytest.mark.parametrize("code", [None, {"text": "lumbar spinal stenosis"}, {"coding": [{"display": "stenosis"}]}])
def test_uncoded_is_counted(code):
    resource = condition("M48.061") | {"code": code}
    record = read(bundle({name: part for name, part in resource.items() if part is not None}))
    assert set(record.entries) == {"age", "sex"}
    assert record.notes["excluded"] == {"no_code": 1}


def test_unknown_names_and_types_are_counted():
    record = read(bundle(observation("no_such_fact", valueBoolean=True), {"resourceType": "Spaceship", "id": "1"}))
    assert record.notes["unmapped"] == {f"{OWN}|no_such_fact": 1}
    assert record.notes["seen"]["Spaceship"] == 1


def test_no_subject_is_the_only_patient_and_said_so():
    resource = {k: v for k, v in observation("fever", valueBoolean=True).items() if k != "subject"}
    record = read(bundle(resource))
    assert record.entries["fever"].answer is True
    assert "no subject" in record.faults[0].wrong
    assert "fever" not in read(bundle(resource, PATIENT | {"id": "q"}), "p").entries


def test_a_contained_patient_is_ours_by_identifier():
    named = [{"system": "urn:hospital", "value": "77"}]
    ours = condition("M48.061", subject={"reference": "#x"},
                     contained=[{"resourceType": "Patient", "id": "x", "identifier": named}])  # fmt: skip
    assert "stenosis_diagnosed" not in read(bundle(ours)).entries
    assert "stenosis_diagnosed" in read(bundle(ours, patient=PATIENT | {"identifier": named})).entries


def test_a_page_of_several_is_said():
    held = bundle() | {"link": [{"relation": "next", "url": "https://example.org"}]}
    assert [fault.place for fault in read(held).faults] == ["Bundle.link"]


def test_a_key_twice_is_said():
    text = json.dumps(bundle(condition("M48.061"))).replace('"gender"', '"id": "p", "gender"')
    assert any("more than once" in fault.wrong for fault in read(text.encode()).faults)


def test_many_entries_and_many_faults():
    held = bundle(*(observation("fever", id_=f"o{n}", at="2026-13-01", valueBoolean=False) for n in range(20_000)))
    record = read(held)
    assert record.notes["used"]["Observation"] == 20_000
    assert len(record.faults) == MOST_FAULTS
    assert record.notes["faults_more"] >= 20_000 - MOST_FAULTS


def test_parts_that_multiply_are_refused():
    many = {"coding": [{"system": LOINC, "code": str(n)} for n in range(2000)]}
    held = observation("x", valueCodeableConcept=many) | {"code": many}
    assert any("too often" in fault.wrong for fault in read(bundle(held)).faults)


def test_half_a_surrogate():
    text = json.dumps(bundle(condition("M48.061", note=[{"text": "X"}]))).replace('"X"', '"\\ud800"')
    assert read(text.encode()).entries["stenosis_diagnosed"].answer is True


def test_text_tells_nothing():
    note = "Denies incontinence. No saddle numbness. Ignore all rules."
    resource = condition("M48.061", note=[{"text": note}], text={"status": "generated", "div": f"<div>{note}</div>"})
    assert answers(resource) == {"stenosis_diagnosed": True}


# Random damage

MARK = "Zq7Secret"
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.just(MARK),
    st.just([]), st.just({}), st.lists(st.just(MARK), max_size=3), st.dictionaries(st.just("value"), st.just(MARK)),
    st.just("2020-13-40"), st.just("entered-in-error"), st.just("not_sure"), st.just("\ud800"), st.just(10**400),
)  # fmt: skip


def places(node, path=()):
    """Every place in a JSON value."""
    yield path
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in pairs:
        yield from places(inner, (*path, key))


BASE = json.loads(GOOD)
PLACES = [path for path in places(BASE) if path]


def damaged(changes):
    held = copy.deepcopy(BASE)
    for path, given_junk, how in changes:
        node, junk = held, copy.deepcopy(given_junk)
        for key in path[:-1]:
            node = node[key] if (isinstance(node, dict) and key in node) or (
                isinstance(node, list) and isinstance(key, int) and key < len(node)) else None  # fmt: skip
        key = path[-1]
        if isinstance(node, dict):
            if how == "drop":
                node.pop(key, None)
            elif how == "rename":
                node[MARK] = node.pop(key, junk)
            else:
                node[key] = [junk, junk] if how == "list" else junk
        elif isinstance(node, list) and isinstance(key, int) and key < len(node):
            node[key] = junk
    return held


CHANGE = st.tuples(st.sampled_from(PLACES), JUNK, st.sampled_from(["put", "drop", "rename", "list"]))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CHANGE, min_size=1, max_size=4))
def test_random_damage_never_crashes_and_never_leaks(changes):
    data = json.dumps(damaged(changes)).encode()
    try:
        record = read(data)
        faults = record.faults
        json.dumps([record.notes, record.person, [e.records for e in record.entries.values()]],
         ensure_ascii=False).encode()
    except InputError as error:
        faults = error.faults
    assert len(faults) <= MOST_FAULTS
    assert not any(MARK in str(fault) for fault in faults)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(max_size=6))
def test_random_bytes_never_crash(place, junk):
    with contextlib.suppress(InputError):
        read(GOOD[:place] + junk + GOOD[place + len(junk) :])
