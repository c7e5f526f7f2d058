"""Stays in hospital and deaths, as a record holds them: what QI-23 makes of them, and what everybody is told."""

from __future__ import annotations

import json

import pytest

from tests.faces.conftest import DAY
from tests.faces.fhir_samples import PATIENT, bundle, procedure, read

PCS = "http://www.cms.gov/Medicare/Coding/ICD10"
CLASS = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
OPERATION = procedure("00NY0ZZ", PCS, performedDateTime="2026-06-01")


def stay(start, end, kind="IMP", status="finished", system=CLASS):
    return {
        "resourceType": "Encounter", "id": f"e-{start}", "status": status, "class": {"system": system, "code": kind},
        "subject": {"reference": "Patient/p"}, "period": {"start": start, "end": end},
    }  # fmt: skip


OWN_STAY = stay("2026-05-31", "2026-06-05")


def died(**deceased):
    return {**PATIENT, **deceased}


@pytest.fixture
def results(spinesteps, tmp_path):
    """The results of QI-23, by reading."""

    def run(*resources, patient=PATIENT, whole=False):
        path = tmp_path / "record.json"
        path.write_text(json.dumps(bundle(*resources, patient=patient)))
        vouched = ("--whole-since", "2020-01-01", "--whole-kinds", "encounter,procedure") if whole else ()
        done = spinesteps("standards", "--fhir", str(path), "--on", DAY, "--json", *vouched)
        assert done.code == 0, done.err
        return {row["reading"]: row["result"] for row in done.json() if row["standard"] == "QI-23"}

    return run


@pytest.mark.parametrize(
    ("again", "result"),
    [
        (stay("2026-06-20", "2026-06-24"), "met"),
        (stay("2026-06-20T23:10:00-05:00", "2026-06-24T08:00:00-05:00", "ACUTE"), "met"),
        (stay("2026-06-20", "2026-06-24", status="in-progress"), "met"),
        (stay("2026-07-20", "2026-07-24"), "not_met"),
        (stay("2026-06-20", "2026-06-20", "AMB"), "not_met"),
        (stay("2026-06-20", "2026-06-20", "EMER"), "not_met"),
        (stay("2026-06-20", "2026-06-24", status="planned"), "not_met"),
        (stay("2026-06-20", "2026-06-24", status="cancelled"), "not_met"),
        (stay("2026-06-20", "2026-06-24", status="entered-in-error"), "not_met"),
        (stay("2026-06-20", "2026-06-24", system="urn:somebody"), "not_met"),
        (stay("2026-06", "2026-06"), "not_known"),
    ],
)
def test_admitted_again(results, again, result):
    assert results(OPERATION, OWN_STAY, again, whole=True)["admitted again"] == result


def test_nothing_found_is_not_known_unless_somebody_vouches(results):
    assert results(OPERATION, OWN_STAY) == {"admitted again": "not_known", "died": "not_known"}
    assert results(OPERATION, OWN_STAY, whole=True) == {"admitted again": "not_met", "died": "not_met"}


@pytest.mark.parametrize(
    ("deceased", "result"),
    [
        ({"deceasedDateTime": "2026-06-12"}, "met"),
        ({"deceasedDateTime": "2026-09-12T10:00:00Z"}, "not_met"),
        ({"deceasedDateTime": "2026"}, "not_known"),
        ({"deceasedBoolean": True}, "not_known"),
        ({"deceasedBoolean": False}, "not_met"),
    ],
)
def test_died(results, deceased, result):
    assert results(OPERATION, patient=died(**deceased), whole=True)["died"] == result


@pytest.mark.parametrize("deceased", [{"deceasedBoolean": True}, {"deceasedDateTime": "2026-06"}])
def test_a_record_of_somebody_who_died_says_so(deceased):
    faults = read(bundle(patient=died(**deceased))).faults
    assert [fault.place for fault in faults if "died" in fault.wrong] == ["Patient.deceased"]


@pytest.mark.parametrize("deceased", [{}, {"deceasedBoolean": False}, {"deceasedDateTime": "2026-12-24"}])
def test_a_record_of_somebody_alive_on_the_day_does_not(deceased):
    assert [fault for fault in read(bundle(patient=died(**deceased))).faults if "died" in fault.wrong] == []


def test_a_day_of_death_that_is_none_is_a_fault_and_still_a_death():
    faults = [fault.wrong for fault in read(bundle(patient=died(deceasedDateTime="Easter"))).faults]
    assert "This is no date." in faults and "The record says that this person has died." in faults
