"""Whether a medicine is taken, as four types of resource and four editions of FHIR say it; and that it counts once."""

from __future__ import annotations

import json

import pytest

from tests.faces.fhir_samples import PATIENT, bundle, concept, from_folder, medicine, read
from tests.faces.test_medicines_record import dosage, given
from tests.faces.test_medicines_written import AMOUNT, TABLET, UCUM, daily, known, period, step, take, told

# --- whether it is taken ---------------------------------------------------------------------------------------------


def handed(**more):
    return medicine("Warfarin 5mg tablets", status="completed", kind="MedicationDispense", **more)


def administered(**more):
    return medicine("Warfarin 5mg tablets", status="completed", kind="MedicationAdministration") | more


SUPPLY = {"daysSupply": {"value": 56, "unit": "d", "code": "d", "system": UCUM}}
STATEMENT = {"kind": "MedicationStatement"}
WHETHER = [
    ("reported, a plan", medicine("Warfarin", intent="plan", reportedBoolean=True), True),
    ("reported by somebody, a plan", medicine("Warfarin", intent="plan", reportedReference={"reference": "Patient/p"}),
     True),
    ("R5's reported, a plan", medicine("Warfarin", intent="plan", reported=True), True),
    ("a plan", medicine("Warfarin", intent="plan"), "told"),
    ("a plan, not reported", medicine("Warfarin", intent="plan", reportedBoolean=False), "told"),
    ("a proposal", medicine("Warfarin", intent="proposal"), "told"),
    ("not to be given", medicine("Warfarin", doNotPerform=True), "told"),
    ("handed over, supply not at its end", handed(whenHandedOver="2026-11-02", **SUPPLY), True),
    ("handed over, supply used up", handed(whenHandedOver="2026-08-02", **SUPPLY), "told"),
    ("handed over long ago", handed(whenHandedOver="2024-08-02", **SUPPLY), False),
    ("handed over, days not said", handed(whenHandedOver="2026-11-02"), "told"),
    ("made ready only", handed(whenPrepared="2026-11-02", **SUPPLY), True),
    ("a supply without its unit", handed(whenHandedOver="2026-11-02", daysSupply={"value": 56}), True),
    ("not handed over", handed(whenHandedOver="2026-11-02", **SUPPLY) | {"status": "declined"}, "told"),
    ("STU3: not handed over", handed(whenHandedOver="2026-11-02", notDone=True, **SUPPLY), "told"),
    ("given on the day", administered(effectiveDateTime="2026-11-21T08:00:00Z"), True),
    ("given the day before", administered(effectiveDateTime="2026-11-20T08:00:00Z"), "told"),
    ("being given", administered(effectiveDateTime="2026-11-18") | {"status": "in-progress"}, True),
    ("given long ago", administered(effectiveDateTime="2024-11-20"), False),
    ("STU3: not given", administered(effectiveDateTime="2026-11-21", notGiven=True), "told"),
    ("DSTU2: not given", administered(effectiveDateTime="2026-11-21", wasNotGiven=True), "told"),
    ("R5's place of time", {k: v for k, v in administered(occurenceDateTime="2026-11-21").items() if k !=
     "effectiveDateTime"}, True),
    ("STU3: not taken", medicine("Warfarin", taken="n", **STATEMENT), "told"),
    ("STU3: taken", medicine("Warfarin", taken="y", **STATEMENT), True),
    ("STU3: not known whether taken", medicine("Warfarin", taken="unk", **STATEMENT), "told"),
    ("DSTU2: not taken", medicine("Warfarin", wasNotTaken=True, **STATEMENT), "told"),
    ("R4: not taken", medicine("Warfarin", status="not-taken", **STATEMENT), "told"),
    ("R5: not taken", medicine("Warfarin", status="recorded", adherence={"code": concept("x", "not-taking")},
     **STATEMENT), "told"),
    ("R5: taken", medicine("Warfarin", status="recorded", adherence={"code": concept("x", "taking-as-directed")},
     **STATEMENT), True),
    ("R5: recorded", medicine("Warfarin", status="recorded", **STATEMENT), "told"),
    ("status not known", medicine("Warfarin", status="unknown"), "told"),
    ("no status", {k: v for k, v in medicine("Warfarin", **STATEMENT).items() if k != "status"}, "told"),
    ("on hold", medicine("Warfarin", status="on-hold"), "told"),
    ("an error", medicine("Warfarin", status="entered-in-error"), "told"),
    ("stopped", medicine("Warfarin", status="stopped"), False),
    ("asserted, undated", {k: v for k, v in medicine("Warfarin", dateAsserted="2026-11-01", **STATEMENT).items()
     if k != "effectiveDateTime"}, True),
    ("ended this month, day not known", medicine("Warfarin", effectivePeriod={"start": "2026-05", "end": "2026-11"},
     **STATEMENT) | {"effectiveDateTime": None}, True),
]  # fmt: skip


@pytest.mark.parametrize(("resource", "taken"), [row[1:] for row in WHETHER], ids=[row[0] for row in WHETHER])
def test_whether_it_is_taken(resource, taken, tmp_path) -> None:
    resource = {name: value for name, value in resource.items() if value is not None}
    record = read(bundle(resource))
    answer = record.entries["anticoagulant"].answer if "anticoagulant" in record.entries else None
    assert answer is (True if taken is True else None)
    if taken == "told":
        assert record.faults
    assert from_folder(written(tmp_path, resource)).entries.get("anticoagulant") == record.entries.get("anticoagulant")


def written(folder, *resources):
    for number, resource in enumerate([PATIENT, *resources]):
        (folder / f"{number}.{resource['resourceType']}.ndjson").write_text(json.dumps(resource) + "\n", "utf-8")
    return folder


def test_r5_keeps_concept_and_reference_in_one_element() -> None:
    order = medicine("x", medication={"concept": {"text": "Warfarin"}})
    del order["medicationCodeableConcept"]
    assert known(order)["anticoagulant"] is True
    held = {"resourceType": "Medication", "id": "w", "code": {"text": "Warfarin"}}
    assert known(order | {"medication": {"reference": {"reference": "Medication/w"}}}, held)["anticoagulant"] is True


# --- counted once ----------------------------------------------------------------------------------------------------


def order(name=TABLET, id_="m1", times=3, **more):
    return given(name, daily(times)) | {"id": id_} | more


def statement(times=3, name=TABLET, **more):
    return medicine(name, kind="MedicationStatement", dosage=[daily(times)]) | {"id": "s1"} | more


def ref(name, kind="MedicationRequest"):
    return {"reference": f"{kind}/{name}"}


ONCE = [
    ("an order and what is said of it", [order(), statement(basedOn=[ref("m1")])], 3000),
    ("drawn from the order", [order(), statement(derivedFrom=[ref("m1")])], 3000),
    ("two that differ: the higher", [order(), statement(4, derivedFrom=[ref("m1")])], 4000),
    ("linked, though named otherwise", [order("Tylenol 500 mg"), statement(3, "Paracetamol 1000 mg", derivedFrom=[
        ref("m1")])], 6000),
    ("a fresh order for an old one", [order(), order(id_="m2", times=2, priorPrescription=ref("m1"))], 3000),
    ("a supply for the order", [order(), medicine(TABLET, kind="MedicationDispense", status="completed",
     whenHandedOver="2026-11-02", authorizingPrescription=[ref("m1")], **SUPPLY)], 3000),
    ("given for the order", [order(), medicine(TABLET, kind="MedicationAdministration", status="completed",
     request=ref("m1")) | {"effectiveDateTime": "2026-11-21"}], 3000),
    ("the same product, not linked", [order(), order(id_="m2")], 3000),
    ("by another name for it", [order(), order("Acetaminophen 500 MG Oral Tablet", "m2")], 3000),
    ("another strength is another product", [order(), order("Paracetamol 250mg tablets", "m2")], 4500),
    ("within a mixture it is another product", [order(), given("Acetaminophen 325 MG / Codeine 30 MG Oral Tablet",
     dosage(1, frequency=4))], 4300),
    ("one of unknown strength beside it", [order(), given("Paracetamol", dosage(1000, "mg", frequency=3))], None),
    ("one that is over", [order(), order(id_="m2", status="stopped", times=6)], 3000),
    ("one after the other", [order(dosageInstruction=[step(1, 6, **period("2026-05-01", "2026-10-31"))]), order(
        id_="m2", dosageInstruction=[step(1, 2, **period("2026-11-01"))])], 2000),
    ("one of two not understood", [order(), order(id_="m2", dosageInstruction=[daily(3, doseModifier=1)])], None),
    ("one of two as needed", [order(), statement(derivedFrom=[ref("m1")], dosage=[daily(3, asNeededBoolean=True)])],
     None),
    ("one of two without a dosage", [order(), statement(derivedFrom=[ref("m1")], dosage=[])], 3000),
    ("by times of day apart", [order(dosageInstruction=[take(when=["MORN"])]), order(id_="m2", dosageInstruction=[
        take(when=["EVE"])])], 2000),
    ("links that go round", [order(priorPrescription=ref("m2")), order(id_="m2", priorPrescription=ref("m1"))], 3000),
    ("a link to what is not here", [order(), order("Paracetamol 250mg", "m2", priorPrescription=ref("zz"))], 4500),
    ("two without an id", [{k: v for k, v in order(n).items() if k != "id"} for n in (TABLET, "Paracetamol 250 mg")],
     4500),
]  # fmt: skip


@pytest.mark.parametrize(("resources", "wanted"), [row[1:] for row in ONCE], ids=[row[0] for row in ONCE])
def test_counted_once(resources, wanted, tmp_path) -> None:
    assert known(*resources).get(AMOUNT) == wanted
    assert known(*reversed(resources)).get(AMOUNT) == wanted
    entry = from_folder(written(tmp_path, *resources)).entries.get(AMOUNT)
    assert (entry.answer if entry else None) == wanted


def test_that_it_counts_once_is_told() -> None:
    assert "the higher amount counts for paracetamol_mg_day" in told(order(), statement(4, derivedFrom=[ref("m1")]))
    assert "it counts once for paracetamol_mg_day" in told(order(), order(id_="m2"))
    assert "of unknown strength" in told(order(), given("Paracetamol", dosage(1000, "mg", frequency=3)))
    assert "several records" not in told(order(), order("Paracetamol 250 mg", "m2"))


def test_slow_and_quick_are_two_medicines() -> None:
    slow = given("12 HR Oxycodone Hydrochloride 10 MG Extended Release Oral Tablet", dosage(1, frequency=2))
    quick = given("Oxycodone Hydrochloride 10 MG Oral Tablet", dosage(1, frequency=4))
    assert known(slow, quick)["opioid_mme_day"] == 90


def test_thousands_of_refills_are_quick_enough_to_count() -> None:
    refills = [order(id_=f"m{number}") | {"authoredOn": f"2026-{1 + number % 10:02}-01"} for number in range(3000)]
    assert known(*refills)[AMOUNT] == 3000


# --- records that disagree -------------------------------------------------------------------------------------------

DISAGREE = "It says that a medicine is not taken which another record has as taken"
NOT_SO = [
    ("a statement that it was stopped", statement(status="stopped", derivedFrom=[ref("m1")])),
    ("a statement that it is on hold", statement(status="on-hold", derivedFrom=[ref("m1")])),
    ("a statement that it is not taken", statement(status="not-taken", dosage=[])),
    ("STU3's", statement(taken="n")), ("R5's", statement(adherence={"code": concept("x", "not-taking")})),
    ("not given", medicine(TABLET, kind="MedicationAdministration", status="completed", notGiven=True)),
]  # fmt: skip


@pytest.mark.parametrize("other", [row[1] for row in NOT_SO], ids=[row[0] for row in NOT_SO])
def test_records_that_disagree_are_told(other) -> None:
    """The amount stands (it could be too much), and it is said that one record denies it."""
    assert known(order(), other)[AMOUNT] == 3000
    assert DISAGREE in told(order(), other)
    assert DISAGREE not in told(other) + told(order()) + told(order("Ibuprofen 400 mg tablets", "m9"), other)


def test_two_names_of_one_product_that_disagree() -> None:
    coded = concept("x", "1", display="Paracetamol 500 mg")
    assert AMOUNT not in known(order() | {"medicationCodeableConcept": coded | {"text": "Paracetamol 1000 mg"}})
    assert known(order() | {"medicationCodeableConcept": coded | {"text": "Paracetamol"}})[AMOUNT] == 3000


@pytest.mark.parametrize("link", ["MedicationRequest/m1", "http://x/fhir/MedicationRequest/m1",
                                  "MedicationRequest/m1/_history/3", "urn:uuid:m1"])  # fmt: skip
def test_every_form_of_a_link(link) -> None:
    linked = statement(4, "Paracetamol 1000 mg", derivedFrom=[{"reference": link}])
    assert known(order(), linked)[AMOUNT] == 8000


LINKS = [
    ("MedicationDispense", "authorizingPrescription", True), ("MedicationDispense", "basedOn", True),
    ("MedicationStatement", "basedOn", True), ("MedicationStatement", "derivedFrom", True),
    ("MedicationStatement", "partOf", True), ("MedicationRequest", "priorPrescription", False),
    ("MedicationRequest", "basedOn", True),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "element", "several"), LINKS, ids=[f"{k}.{e}" for k, e, _ in LINKS])
def test_every_element_that_links(kind, element, several) -> None:
    link = [ref("m1")] if several else ref("m1")
    held = "dosage" if kind == "MedicationStatement" else "dosageInstruction"
    other = medicine("Paracetamol 1000 mg", kind=kind, **{held: [daily(3)], element: link, "id": "x"})
    assert known(order(), other | SUPPLY | {"whenHandedOver": "2026-11-02"})[AMOUNT] == 6000
