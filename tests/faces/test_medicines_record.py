"""Medicines in a record: names, RxNorm, ATC; doses and days where the record has them; what nobody knows is said."""

from __future__ import annotations

import json

import pytest

from spinesteps.knowledge.spine import PATHWAY
from spinesteps.person.assess import assess
from spinesteps.person.output import to_json
from tests.faces.fhir_samples import DAY, answers, bundle, concept, medicine, read

RXNORM, ATC = "http://www.nlm.nih.gov/research/umls/rxnorm", "http://www.whocc.no/atc"


def dosage(amount, unit=None, frequency=1, period=1, period_unit="d", **more):
    quantity = {"value": amount} | ({"unit": unit} if unit else {})
    repeat = {"frequency": frequency, "period": period, "periodUnit": period_unit}
    return {"timing": {"repeat": repeat}, "doseAndRate": [{"doseQuantity": quantity}], **more}


def given(name, *doses, **more):
    return medicine(name, dosageInstruction=list(doses), **more)


def supply(name, start, days, status="completed"):
    return {
        **medicine(name, status=status), "id": f"m-{name}-{start}", "authoredOn": start,
        "dispenseRequest": {"expectedSupplyDuration": {"value": days, "code": "d", "unit": "d"}},
    }  # fmt: skip


CLASSES = [
    ("Celecoxib 200 MG Oral Capsule", {"nsaid"}),
    ("Diclofenac 50 MG Oral Tablet", {"nsaid", "diclofenac"}),
    ("Tramadol hydrochloride 50 MG Oral Tablet", {"opioid", "tramadol"}),
    ("Lorazepam 1 MG Oral Tablet", {"benzodiazepine"}),
    ("Zopiclone 7.5mg tablets", {"z_drug"}),
    ("Pregabalin 75mg capsules", {"gabapentinoid"}),
    ("Baclofen 10 MG Oral Tablet", {"muscle_relaxant", "baclofen"}),
    ("Tizanidine 4 MG Oral Tablet", {"muscle_relaxant", "tizanidine"}),
    ("Cyclobenzaprine 10 MG Oral Tablet", {"muscle_relaxant", "cyclobenzaprine"}),
    ("Duloxetine 60 MG Capsule", {"antidepressant", "duloxetine", "ssri_snri"}),
    ("Amitriptyline 25 MG Oral Tablet", {"antidepressant", "tricyclic"}),
    ("Ramipril 5mg capsules", {"ace_inhibitor_or_arb"}),
    ("Furosemide 40 MG Oral Tablet", {"diuretic"}),
    ("Clopidogrel 75 MG Oral Tablet", {"antiplatelet"}),
    ("Apixaban 5 MG Oral Tablet", {"anticoagulant"}),
    ("Prednisolone 5mg tablets", {"systemic_steroid", "steroids_3_months"}),
    ("Omeprazole 20mg capsules", {"ppi"}),
    ("Quetiapine 25 MG Oral Tablet", {"antipsychotic"}),
    ("Lamotrigine 100 MG Oral Tablet", {"antiepileptic"}),
    ("Linezolid 600 MG Oral Tablet", {"maoi_or_linezolid"}),
    ("Phenelzine 15 MG Oral Tablet", {"maoi_or_linezolid", "antidepressant"}),
    ("Ciprofloxacin 500 MG Oral Tablet", {"ciprofloxacin"}),
    ("Fluvoxamine 50 MG Oral Tablet", {"fluvoxamine", "ssri_snri", "antidepressant"}),
    ("Sumatriptan 50 MG Oral Tablet", {"triptan"}),
    ("Limaprost 5 microgram tablets", {"limaprost"}),
]


@pytest.mark.parametrize(("name", "facts"), CLASSES, ids=[name for name, _ in CLASSES])
def test_a_product_by_its_plain_name(name: str, facts: set[str]) -> None:
    assert {fact for fact, answer in answers(medicine(name)).items() if answer is True} == facts


@pytest.mark.parametrize(
    ("system", "code", "fact"),
    [(RXNORM, "7258", "nsaid"), (RXNORM, "11289", "anticoagulant"), (ATC, "M01AB05", "diclofenac"),
     (ATC, "N02AX02", "tramadol"), (ATC, "N05AH04", "antipsychotic"), (ATC, "M03BX02", "tizanidine"),
     (ATC, "N06AA09", "tricyclic"), (ATC, "J01MA02", "ciprofloxacin")],
)  # fmt: skip
def test_a_medicine_by_its_code_alone(system: str, code: str, fact: str) -> None:
    resource = medicine("x") | {"medicationCodeableConcept": concept(system, code)}
    assert answers(resource)[fact] is True


# --- doses -----------------------------------------------------------------------------------------------------------

DOSES = [
    ("tablets a day", [given("Paracetamol 500mg tablets", dosage(2, "tablet", frequency=4))],
     {"paracetamol_mg_day": 4000}),
    ("two products are added", [given("Paracetamol 500mg tablets", dosage(2, frequency=3)), given(
        "Acetaminophen 325 MG / Hydrocodone Bitartrate 7.5 MG Oral Tablet", dosage(1, frequency=4))],
     {"paracetamol_mg_day": 4300, "opioid_mme_day": 30}),
    ("every six hours", [given("Oxycodone Hydrochloride 5 MG Oral Tablet", dosage(1, frequency=1, period=6,
     period_unit="h"))], {"opioid_mme_day": 30}),
    ("once a week", [given("Methadone 10 MG Oral Tablet", dosage(7, period=1, period_unit="wk"))],
     {"opioid_mme_day": 47}),
    ("mg of a single ingredient", [given("Tramadol", dosage(50, "mg", frequency=4))],
     {"opioid_mme_day": 40, "tramadol_mg_day": 200}),
    ("a patch", [given("72 HR Fentanyl 0.025 MG/HR Transdermal System")], {"opioid_mme_day": 60}),
    ("a liquid", [given("Morphine 2 MG/ML Oral Solution", dosage(10, "mL", frequency=2))], {"opioid_mme_day": 40}),
    ("gabapentin", [given("Gabapentin 300 MG Oral Capsule", dosage(1, frequency=3))], {"gabapentin_mg_day": 900}),
    ("pregabalin", [given("Pregabalin 75mg capsules", dosage(1, frequency=2))], {"pregabalin_mg_day": 150}),
    ("duloxetine", [given("Duloxetine 30 MG Capsule", dosage(3))], {"duloxetine_mg_day": 90}),
    # Not known
    ("no dosage", [given("Oxycodone 5 MG Oral Tablet")], {}),
    ("as needed", [given("Paracetamol 500mg tablets", dosage(2, frequency=4, asNeededBoolean=True))], {}),
    ("one of two without a dose", [given("Oxycodone 5 MG Oral Tablet", dosage(1)), given("Codeine 30 MG Tablet")], {}),
    ("two dosages in one", [given("Paracetamol 500mg tablets", dosage(1), dosage(2))], {}),
    ("an opioid by its code alone", [medicine("x") | {"medicationCodeableConcept": concept(ATC, "N02AA05")}], {}),
    ("mg of a mixture", [given("Acetaminophen 325 MG / Codeine 30 MG Oral Tablet", dosage(650, "mg"))], {}),
    ("nobody takes it now", [given("Paracetamol 500mg tablets", dosage(2, frequency=4), status="stopped")], {}),
]


@pytest.mark.parametrize(("records", "wanted"), [d[1:] for d in DOSES], ids=[d[0] for d in DOSES])
def test_doses(records, wanted) -> None:
    found = {name: value for name, value in answers(*records).items() if name.endswith(("_mg_day", "_mme_day"))}
    assert found == wanted


def test_buprenorphine_has_no_factor_and_is_said() -> None:
    record = read(bundle(given("Buprenorphine 8 MG Sublingual Tablet", dosage(1)),
                         given("Tramadol hydrochloride 50 MG Oral Tablet", dosage(1, frequency=2))))  # fmt: skip
    assert record.entries["opioid_mme_day"].answer == 20
    assert ["no factor" in fault.wrong for fault in record.faults] == [True]


# --- days ------------------------------------------------------------------------------------------------------------

DAYS = [
    ("one course to now", [supply("Ibuprofen 400 MG Oral Tablet", "2026-11-12", 14, status="unknown")],
     {"nsaid_days": 10}),
    ("refills make one course", [supply("Naproxen 500 MG", "2026-10-01", 28), supply("Naproxen 500 MG", "2026-10-30",
     28)], {"nsaid_days": 52}),
    ("a gap of more than a week", [supply("Naproxen 500 MG", "2026-09-01", 28), supply("Naproxen 500 MG", "2026-11-15",
     28)], {"nsaid_days": 7}),
    ("a course that is over", [supply("Naproxen 500 MG", "2026-09-01", 28)], {}),
    ("weeks of a gabapentinoid", [supply("Gabapentin 300 MG", "2026-09-27", 60)], {"gabapentinoid_weeks": 8}),
    ("days of a relaxant", [supply("Baclofen 10 MG", "2026-11-07", 30)], {"muscle_relaxant_days": 15}),
    ("days of paracetamol", [supply("Paracetamol 500mg tablets", "2026-11-11", 30)], {"paracetamol_days": 11}),
]  # fmt: skip


@pytest.mark.parametrize(("records", "wanted"), [d[1:] for d in DAYS], ids=[d[0] for d in DAYS])
def test_days(records, wanted) -> None:
    found = {n: v for n, v in answers(*records).items() if n.endswith(("_days", "_weeks"))}
    assert found == wanted


# --- what nobody knows -----------------------------------------------------------------------------------------------


def test_an_unrecognised_medicine_is_said() -> None:
    record = read(bundle(medicine("Zauberkraut forte"), medicine("Elixir 7"), medicine("Naproxen 250 MG")))
    assert record.notes["medicines_not_recognised"] == ["Elixir 7", "Zauberkraut forte"]
    said = [fault for fault in record.faults if fault.place == "record (medicines)"]
    assert [fault.wrong for fault in said] == ["2 medicines taken now are not recognised and not checked."]
    assert not any("Zauberkraut" in str(fault) for fault in record.faults)  # names stand on the person's page only


def test_it_stands_in_the_assessment() -> None:
    data = to_json(assess(read(bundle(medicine("Zauberkraut forte"))), PATHWAY, DAY))
    assert data["record"]["medicines_not_recognised"] == ["Zauberkraut forte"]
    assert "record (medicines)" in json.dumps(data["faults"])


def test_one_that_is_over_or_known_is_not_said() -> None:
    gone = medicine("Zauberkraut forte", status="stopped")
    known = medicine("Simvastatin 20 MG Oral Tablet")
    coded = medicine("x") | {"medicationCodeableConcept": concept(ATC, "C10AA05")}
    record = read(bundle(gone, known, coded))
    assert record.notes["medicines_not_recognised"] == []
    assert [fault for fault in record.faults if fault.level == "lost"] == []


def test_a_code_alone_that_nobody_knows_is_said_by_its_code() -> None:
    resource = medicine("x") | {"medicationCodeableConcept": concept(RXNORM, "99999999")}
    assert read(bundle(resource)).notes["medicines_not_recognised"] == ["99999999"]


def test_an_overdose_in_a_record_is_for_today() -> None:
    record = read(bundle(given("Paracetamol 500mg tablets", dosage(2, frequency=5))))
    data = to_json(assess(record, PATHWAY, DAY), full=False)
    assert (data["urgency"], data["urgency_reasons"]) == ("today", ["MED-P1"])
