"""Bad facts: every fault with its place, nothing guessed, no answer in a message, bounded time and memory."""

from __future__ import annotations

import json
import tracemalloc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spinesteps.errors import InputError
from spinesteps.knowledge.spine import PATHWAY
from spinesteps.person.answers import read_person
from spinesteps.person.assess import assess

FACTS = PATHWAY.by_name
DAY = date(2026, 11, 21)


def faults(data: bytes) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_person(data, FACTS, DAY)
    for fault in caught.value.faults:
        assert fault.wrong and fault.expected and fault.todo
    return [fault.place for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("data", "places"),
    [
        (b"", ["line 1, column 1"]),
        (b"{", ["line 1, column 2"]),
        (b"age: 71", ["line 1, column 1"]),
        (b"[]", ["the whole input"]),
        (b"71", ["the whole input"]),
        (b"null", ["the whole input"]),
        (b'"age"', ["the whole input"]),
        (b'{"age": NaN}', ["age"]),
        (b'{"age": Infinity}', ["age"]),
        (b'{"age": -Infinity, "abi": NaN}', ["age", "abi"]),
        (b'{"age": 1e400}', ["age"]),
        (b'{"age": "71"}', ["age"]),
        (b'{"age": true}', ["age"]),
        (b'{"fever": 1}', ["fever"]),
        (b'{"fever": 0}', ["fever"]),
        (b'{"fever": "yes"}', ["fever"]),
        (b'{"fever": "true"}', ["fever"]),
        (b'{"fever": null}', ["fever"]),
        (b'{"fever": [true]}', ["fever"]),
        (b'{"fever": {"value": true}}', ["fever"]),
        (b'{"age": 121, "mjoa": 19, "abi": -0.1}', ["age", "mjoa", "abi"]),
        (b'{"mjoa": 12.5}', ["mjoa"]),
        (b'{"leg_pain_side": "middle"}', ["leg_pain_side"]),
        (b'{"leg_pain_side": true}', ["leg_pain_side"]),
        (b'{"saddle_numb": true, "agee": 4}', ["saddle_numb", "agee"]),
        (b'{"age": 71, "age": 72}', ["age"]),
        (b'{"fever": true, "fever": true}', ["fever"]),
        (b'{"age": 71} {"age": 72}', ["line 1, column 13"]),
        (b'{"age": 71,}', None),
        (b"\xff\xfe{\x00}\x00", ["the whole input"]),
        ('{"age": 71}'.encode("utf-16"), ["the whole input"]),
        (b'{"age": 71, "sex": "\xe9"}', ["the whole input"]),
        (b"[" * 100_000, ["the whole input"]),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, ["the whole input"]),
        (b'{"age": ' + b"9" * 10_000 + b"}", ["the whole input"]),
        (b'{"\xe2\x80\xae\x00": 1}', None),
    ],
)
def test_every_fault_has_its_place(data, places):
    found = faults(data)
    assert places is None or found == places


def test_a_byte_order_mark_says_nothing_about_a_person():
    assert read_person(b'\xef\xbb\xbf{"age": 71}', FACTS, DAY).entries["age"].answer == 71


def test_the_nearest_name_is_offered():
    with pytest.raises(InputError) as caught:
        read_person(b'{"sadle_numbness": true}', FACTS, DAY)
    assert "saddle_numbness" in caught.value.faults[0].todo


def test_hundred_megabytes_are_refused_at_once(tmp_path, spinesteps):
    path = tmp_path / "big.json"
    with path.open("wb") as file:
        file.write(b'{"age": "')
        for _ in range(100):
            file.write(b"x" * 1_000_000)
    tracemalloc.start()
    done = spinesteps("assess", "--facts", str(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert done.code == 2 and "larger than" in done.err
    assert peak < 50_000_000


def test_a_line_of_hundred_megabytes_costs_only_itself(tmp_path, spinesteps):
    path = tmp_path / "people.jsonl"
    with path.open("wb") as file:
        file.write(b'{"age": 71}\n{"age": "')
        for _ in range(30):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n{"age": 72}\n')
    tracemalloc.start()
    done = spinesteps("assess", "--facts", str(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 2 and peak < 50_000_000
    assert [line.get("line") for line in lines] == [None, 2, None]


def test_missing_file_folder_and_both_doors(tmp_path, spinesteps):
    assert spinesteps("assess", "--facts", str(tmp_path / "none.json")).code == 2
    assert spinesteps("assess", "--facts", str(tmp_path)).code == 2
    assert spinesteps("assess").code == 2
    assert spinesteps("assess", "--facts", "a", "--fhir", "b").code == 2
    assert spinesteps("assess", "--facts", "a", "--on", "yesterday").code == 2


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(sorted(FACTS)) | st.text(max_size=12)


@given(st.dictionaries(NAMES, ODD, max_size=8))
def test_any_object_is_a_record_or_faults_and_never_anything_else(person):
    try:
        record = read_person(json.dumps(person).encode(), FACTS, DAY)
    except InputError as error:
        assert error.faults
        return
    assert assess(record, PATHWAY, DAY).decision.urgency


SECRET = "zqxj-secret-7731"


@given(st.dictionaries(st.sampled_from(sorted(FACTS)), st.just(SECRET) | st.just([SECRET]), min_size=1, max_size=6))
def test_no_answer_stands_in_a_message(person):
    with pytest.raises(InputError) as caught:
        read_person(json.dumps(person).encode(), FACTS, DAY)
    assert SECRET not in str(caught.value)


@given(st.binary(max_size=60))
def test_any_bytes(data):
    try:
        read_person(data, FACTS, DAY)
    except InputError as error:
        assert error.faults
