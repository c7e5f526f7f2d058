"""Medicines as records really write them: a table for each kind, over its variants and the four types of resource.

Wanted: the amount a day, or None: not known. A dosage that is there and gives no amount is told.
"""

from __future__ import annotations

import pytest

from tests.faces.fhir_samples import DAY, bundle, concept, medicine, read
from tests.faces.test_medicines_record import dosage, given

TABLET = "Paracetamol 500mg tablets"
OF = "http://www.whocc.no/atc"
SNOMED, UCUM = "http://snomed.info/sct", "http://unitsofmeasure.org"
AMOUNT = "paracetamol_mg_day"


def known(*resources, day=DAY):
    return {name: e.answer for name, e in read(bundle(*resources), day=day).entries.items()}


def told(*resources):
    return " ".join(fault.wrong for fault in read(bundle(*resources)).faults)


def take(**repeat):
    """A dosage of two tablets with this timing."""
    return {"timing": {"repeat": repeat}, "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "tablet"}}]}


def daily(times, **more):
    return {**take(frequency=times, period=1, periodUnit="d"), **more}


def a_day(*dosages, name=TABLET, kind="MedicationRequest", fact=AMOUNT, day=DAY, **more):
    element = "dosage" if kind == "MedicationStatement" else "dosageInstruction"
    if kind == "MedicationDispense":
        more = {"whenHandedOver": "2026-11-02", "daysSupply": {"value": 56, "code": "d"}, **more}
    return known(medicine(name, kind=kind, **{element: list(dosages)}, **more), day=day).get(fact)


def days(value, unit="d"):
    return {"value": value, "code": unit, "system": UCUM}


# --- how often -------------------------------------------------------------------------------------------------------

OFTEN = [
    ("times a day", take(frequency=3, period=1, periodUnit="d"), 3000),
    ("every so many hours", take(period=6, periodUnit="h"), 4000),
    ("at most so often", take(frequency=3, frequencyMax=6, period=1, periodUnit="d"), 6000),
    ("at most so often alone", take(frequencyMax=4, period=1, periodUnit="d"), 4000),
    ("a range of hours", take(frequency=1, period=4, periodMax=6, periodUnit="h"), 6000),
    ("at times of day", take(when=["MORN", "NOON", "EVE"]), 3000),
    ("at times of day, and as often", take(frequency=2, period=1, periodUnit="d", when=["MORN", "EVE"]), 2000),
    ("at times of day, and not as often", take(frequency=1, period=1, periodUnit="d", when=["MORN", "EVE"]), None),
    ("with meals, and how often", take(frequency=3, period=1, periodUnit="d", when=["PC"]), 3000),
    ("with meals, nobody says how many", take(period=1, periodUnit="d", when=["C"]), None),
    ("by the clock", take(timeOfDay=["08:00:00", "14:00:00", "20:00:00"]), 3000),
    ("by the clock and by the day at once", take(timeOfDay=["08:00:00"], when=["MORN"]), None),
    ("on some days of the week: the fullest day", take(frequency=4, period=1, periodUnit="d", dayOfWeek=["sat"]), 4000),
    ("as often as there are days", take(frequency=2, period=1, periodUnit="wk", dayOfWeek=["mon", "thu"]), 1000),
    ("not as often as there are days", take(frequency=3, period=1, periodUnit="wk", dayOfWeek=["mon"]), None),
    ("every day of the week", take(frequency=3, period=1, periodUnit="d",
     dayOfWeek=["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), 3000),
    ("a day that is none", take(frequency=3, period=1, periodUnit="d", dayOfWeek=["xyz"]), None),
    ("every second day: a day it is taken", take(frequency=4, period=2, periodUnit="d"), 2000),
    ("by a code", {**take(), "timing": {"code": concept("x", "TID")}}, 3000),
    ("by a code's text", {**take(), "timing": {"code": {"text": "QID"}}}, 4000),
    ("by a code nobody knows", {**take(), "timing": {"code": concept("x", "WHENEVER")}}, None),
    ("code and numbers agree", daily(3, timing={"code": concept("x", "TID"), "repeat": {"frequency": 3, "period": 1,
     "periodUnit": "d"}}), 3000),
    ("code and numbers disagree", daily(3, timing={"code": concept("x", "BID"), "repeat": {"frequency": 3, "period": 1,
     "periodUnit": "d"}}), None),
    ("a duration changes nothing", take(frequency=3, period=1, periodUnit="d", duration=5, durationUnit="min"), 3000),
    ("single moments", {**take(), "timing": {"event": ["2026-11-21T08:00:00Z"]}}, None),
    ("no timing", {"doseAndRate": [{"doseQuantity": {"value": 2}}]}, None),
    ("nothing in the timing", take(), None),
    ("no time at all", take(frequency=3, period=0, periodUnit="d"), None),
    ("less than nothing", take(frequency=-3, period=1, periodUnit="d"), None),
    ("a unit that is none", take(frequency=3, period=1, periodUnit="moons"), None),
    ("a field of a later FHIR", take(frequency=3, period=1, periodUnit="d", skipEvery=2), None),
    ("text for a number", take(frequency="3", period=1, periodUnit="d"), None),
    ("yes for a number", take(frequency=True, period=1, periodUnit="d"), None),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["MedicationRequest", "MedicationStatement", "MedicationDispense"])
@pytest.mark.parametrize(("dose", "wanted"), [row[1:] for row in OFTEN], ids=[row[0] for row in OFTEN])
def test_how_often(dose, wanted, kind) -> None:
    assert a_day(dose, kind=kind) == wanted


# --- how much --------------------------------------------------------------------------------------------------------

MUCH = [
    ("STU3's own place", daily(3, doseAndRate=[], doseQuantity={"value": 2, "unit": "tablet"}), 3000),
    ("a range", daily(3, doseAndRate=[{"doseRange": {"low": {"value": 1}, "high": {"value": 2}}}]), 3000),
    ("a range without a top", daily(3, doseAndRate=[{"doseRange": {"low": {"value": 1}}}]), None),
    ("less than", daily(3, doseAndRate=[{"doseQuantity": {"value": 2, "comparator": "<", "unit": "tablet"}}]), None),
    ("ordered and reckoned the same", daily(3, doseAndRate=[{"doseQuantity": {"value": 2}}] * 2), 3000),
    ("ordered and reckoned not the same", daily(3, doseAndRate=[{"doseQuantity": {"value": 2}},
     {"doseQuantity": {"value": 3}}]), None),
    ("dose and range at once", daily(3, doseAndRate=[{"doseQuantity": {"value": 2}, "doseRange": {}}]), None),
    ("only a rate", daily(3, doseAndRate=[{"rateQuantity": {"value": 2, "unit": "mL/h"}}]), None),
    ("a dose with its rate", daily(3, doseAndRate=[{"doseQuantity": {"value": 2}, "rateQuantity": {"value": 9}}]),
     3000),
    ("mg by UCUM", daily(3, doseAndRate=[{"doseQuantity": {"value": 1000, "unit": "mg", "code": "mg",
     "system": UCUM}}]), 3000),
    ("grams", daily(3, doseAndRate=[{"doseQuantity": {"value": 1, "unit": "g"}}]), 3000),
    ("unit and code disagree", daily(3, doseAndRate=[{"doseQuantity": {"value": 2, "unit": "mg", "code": "g",
     "system": UCUM}}]), None),
    ("a code of another system", daily(3, doseAndRate=[{"doseQuantity": {"value": 2, "unit": "Tablet",
     "code": "732936001", "system": SNOMED}}]), 3000),
    ("a unit nobody knows", daily(3, doseAndRate=[{"doseQuantity": {"value": 2, "unit": "handful"}}]), None),
    ("mg per kg", daily(3, doseAndRate=[{"doseQuantity": {"value": 15, "unit": "mg/kg"}}]), None),
    ("no number", daily(3, doseAndRate=[{"doseQuantity": {"unit": "tablet"}}]), None),
    ("a field of a later FHIR", daily(3, doseModifier=True), None),
    ("a modifier", daily(3, modifierExtension=[{"url": "x", "valueBoolean": True}]), None),
    ("no more than so much a day", daily(6, maxDosePerPeriod={"numerator": {"value": 8, "unit": "tablet"},
     "denominator": days(1)}), 4000),
    ("R5: several such", daily(6, maxDosePerPeriod=[{"numerator": {"value": 8, "unit": "tablet"},
     "denominator": days(1)}]), 4000),
    ("no more than so much in no time", daily(6, maxDosePerPeriod={"numerator": {"value": 8, "unit": "tablet"},
     "denominator": days(0)}), None),
    ("no more than so much at a time", daily(6, maxDosePerAdministration={"value": 1}), None),
    ("a step up in words", daily(2, text="2 tablets twice a day, then 2 tablets three times"), None),
    ("in words the same", daily(3, text="Take two tablets three times a day"), 3000),
    ("at each of two places", daily(3, site={"text": "both shoulders"}), None),
    ("at one place", daily(3, site={"text": "mouth"}), 3000),
    ("no dosage but its words", {"text": "1-2 tablets up to four times a day"}, None),
    ("no object", "twice a day", None),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["MedicationRequest", "MedicationStatement", "MedicationDispense"])
@pytest.mark.parametrize(("dose", "wanted"), [row[1:] for row in MUCH], ids=[row[0] for row in MUCH])
def test_how_much(dose, wanted, kind) -> None:
    assert a_day(dose, kind=kind) == wanted


def test_a_dosage_without_an_amount_is_told() -> None:
    said = told(given(TABLET, daily(3, doseModifier=True)))
    assert "It gives no exact amount a day; paracetamol_mg_day is not known." in said
    assert "no exact amount" not in told(given(TABLET, daily(3))) + told(medicine(TABLET))
    assert "no exact amount" not in told(given(TABLET, daily(3, doseModifier=True), status="stopped"))


NEEDED = [
    {"asNeededBoolean": True}, {"asNeededCodeableConcept": {"text": "pain"}}, {"asNeededFor": [{"text": "pain"}]},
    {"asNeeded": True}, {"text": "1 tablet as needed"}, {"patientInstruction": "Take when required"},
    {"additionalInstruction": [{"text": "PRN"}]}, {"additionalInstruction": [concept("x", "1", display="if needed")]},
    {"timing": {"code": {"text": "as needed"}, "repeat": {"frequency": 3, "period": 1, "periodUnit": "d"}}},
]  # fmt: skip


@pytest.mark.parametrize("kind", ["MedicationRequest", "MedicationStatement", "MedicationDispense"])
@pytest.mark.parametrize("how", NEEDED, ids=str)
def test_as_needed_is_no_regular_amount(how, kind) -> None:
    assert a_day(daily(6, **how), kind=kind) is None


def test_not_as_needed() -> None:
    assert a_day(daily(3, asNeededBoolean=False)) == 3000
    assert a_day(daily(3, asNeededFor=[])) == 3000


# --- steps -----------------------------------------------------------------------------------------------------------


def period(start=None, end=None):
    return {"boundsPeriod": {name: day for name, day in (("start", start), ("end", end)) if day}}


def step(number, times, **bounds):
    return {"sequence": number, **take(frequency=times, period=1, periodUnit="d", **bounds)}


STEPS = [
    ("the second of two periods", [step(1, 3, **period("2026-10-01", "2026-10-31")), step(2, 2, **period(
        "2026-11-01"))], 2000),
    ("the first of two periods", [step(1, 3, **period("2026-11-01", "2026-11-30")), step(2, 2, **period(
        "2026-12-01"))], 3000),
    ("in any order of writing", [step(2, 2, **period("2026-12-01")), step(1, 3, **period("2026-11-01", "2026-11-30"))],
     3000),
    ("by lengths, still the first", [step(1, 3, boundsDuration=days(365)), step(2, 2)], 3000),
    ("by lengths, now the second", [step(1, 3, boundsDuration=days(2, "wk")), step(2, 2)], 2000),
    ("by lengths, now the third", [step(1, 3, boundsDuration=days(2, "wk")), step(2, 2, boundsDuration=days(1, "mo")),
     step(3, 1)], 1000),
    ("by a count", [step(1, 3, count=30), step(2, 1)], 1000),
    ("a range of lengths: the longest", [step(1, 3, boundsRange={"low": days(1), "high": days(365)}), step(2, 1)],
     3000),
    ("the day on which a step ends", [step(1, 3, **period("2026-05-01", "2026-11-21")), step(2, 2)], 3000),
    ("the day after a step ended", [step(1, 3, **period("2026-05-01", "2026-11-20")), step(2, 2)], 2000),
    ("a partial end: through the month", [step(1, 3, **period("2026-05", "2026-11")), step(2, 2)], 3000),
    ("a step without an end", [step(1, 3), step(2, 2)], None),
    ("a step without an end before one with a length", [step(1, 3), step(2, 2, boundsDuration=days(7))], None),
    ("at once, by one number", [step(1, 3), step(1, 1)], 4000),
    ("at once, by times of day", [take(when=["MORN"]), take(when=["NOON", "EVE"])], 3000),
    ("at once, the same time of day", [take(when=["MORN"]), take(when=["MORN", "EVE"])], None),
    ("two without an order", [daily(3), daily(1)], None),
    ("one of the two as needed", [step(1, 3), {**step(1, 1), "asNeededBoolean": True}], None),
    ("the one in force as needed", [step(1, 3, **period("2026-05-01", "2026-10-31")),
     {**step(2, 1), "asNeededBoolean": True}], None),
    ("the one that is over as needed", [{**step(1, 3, **period("2026-05-01", "2026-10-31")), "asNeededBoolean": True},
     step(2, 1)], 1000),
    ("an end before its start", [daily(3, timing={"repeat": {"frequency": 3, "period": 1, "periodUnit": "d",
     **period("2026-11-01", "2026-10-01")}})], None),
    ("a length that is none", [step(1, 3, boundsDuration=days(0)), step(2, 1)], None),
    ("an end of the year 9999", [step(1, 3, **period("2026-05-01", "9999-12-31"))], 3000),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["MedicationRequest", "MedicationStatement"])
@pytest.mark.parametrize(("steps", "wanted"), [row[1:] for row in STEPS], ids=[row[0] for row in STEPS])
def test_the_step_in_force(steps, wanted, kind) -> None:
    assert a_day(*steps, kind=kind) == wanted


TAKEN = [
    ("a period that is over", [step(1, 3, **period("2026-05-01", "2026-11-20"))], False),
    ("a length that is over", [step(1, 3, boundsDuration=days(7))], False),
    ("a count that is over", [step(1, 3, count=21)], False),
    ("one that has not begun", [step(1, 3, **period("2026-11-22"))], False),
    ("the last of several is over", [step(1, 3, boundsDuration=days(7)), step(2, 3, boundsDuration=days(7))], False),
    ("the last of several is open", [step(1, 3, boundsDuration=days(7)), step(2, 3)], True),
    ("one period over, one without order and open", [step(1, 3, **period("2026-05-01", "2026-06-01")), daily(1)], True),
    ("a month that ends later", [step(1, 3, **period("2026-05", "2026-11"))], True),
    ("a year that ends later", [step(1, 3, **period("2026", "2026"))], True),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["MedicationRequest", "MedicationStatement"])
@pytest.mark.parametrize(("steps", "taken"), [row[1:] for row in TAKEN], ids=[row[0] for row in TAKEN])
def test_from_the_first_step_to_the_last(steps, taken, kind) -> None:
    element = "dosage" if kind == "MedicationStatement" else "dosageInstruction"
    assert ("anticoagulant" in known(medicine("Apixaban 5mg", kind=kind, **{element: steps}))) is taken


# --- strengths -------------------------------------------------------------------------------------------------------

NAMES = [
    ("Acetaminophen 1,000 MG Oral Tablet", 3000), ("Acetaminophen 1.000 mg Tablet", None),
    ("Paracetamol 1\u00a0000 mg Tabletten", 3000), ("Paracetamol 1 000 mg", None), ("Paracetamol 1'000 mg", 3000),
    ("Paracetamol 0,5 g Tabletten", 1500), ("Paracetamol .5 G Oral Tablet", 1500), ("Paracetamol 0.5 g", 1500),
    ("Paracetamol 500 milligrams tablets", 1500), ("Paracetamol 500000 micrograms", 1500),
    ("Paracetamol 500000 \u03bcg", 1500), ("Paracetamol 500000 \u00b5g", 1500), ("PARACETAMOL 500MG TABLETS", 1500),
    ("Paracetamol 500-1000 mg", None), ("Paracetamol 500 mg/0 mL", None), ("Paracetamol 500 mg/spoon", None),
    ("500 mg paracetamol tablets", 1500), ("Paracetamol", None), ("Paracetamol tablets", None),
    ("Hydrocodone-Acetaminophen 7.5-325 MG per tablet", 975), ("oxyCODONE 5 mg-acetaminophen 325 mg tablet", 975),
    ("Acetaminophen 325 MG / Hydrocodone Bitartrate 7.5 MG Oral Tablet", 975), ("Co-codamol 30mg/500mg tablets", 1500),
    ("Paracetamol 500mg/Codeine 30mg tablets", 1500), ("tramadol 37.5 mg and acetaminophen 325 mg", 975),
    ("Codeine/paracetamol 30mg/500mg tablets", 1500), ("Percocet 5 mg-325 mg", 975), ("Percocet 5/325", None),
    ("Acetaminophen 300 MG / Butalbital 50 MG / Caffeine 40 MG Oral Capsule", 900), ("Tylenol 500 mg tablet", 1500),
    ("Co-codamol tablets", None), ("Acetaminophen 325 MG Oral Tablet [Tylenol]", 975),
]  # fmt: skip


@pytest.mark.parametrize(("name", "wanted"), NAMES, ids=[name for name, _ in NAMES])
def test_the_strength_in_a_name(name, wanted) -> None:
    assert a_day(dosage(1, "tablet", frequency=3), name=name) == wanted


LIQUIDS = [("Morphine .5 MG/ML Oral Solution", 10), ("Morphine 10 mg/5 mL oral solution", 40),
           ("Morphine 2,5 mg/ml Tropfen", 50), ("Morphine 1.250 MG/ML", None)]  # fmt: skip


@pytest.mark.parametrize(("name", "wanted"), LIQUIDS, ids=[name for name, _ in LIQUIDS])
def test_the_strength_of_a_liquid(name, wanted) -> None:
    assert a_day(dosage(10, "mL", frequency=2), name=name, fact="opioid_mme_day") == wanted


def made(*ingredients):
    """An order of a contained Medication."""
    held = {"resourceType": "Medication", "id": "x", "ingredient": list(ingredients)}
    order = medicine("x", contained=[held], medicationReference={"reference": "#x"},
                     dosageInstruction=[dosage(1, "tablet", frequency=3)])  # fmt: skip
    del order["medicationCodeableConcept"]
    return order


def part(name, top=None, below=None, unit="mg", per="1", **more):
    ratio = {} if top is None else {"strength": {"numerator": {"value": top, "unit": unit}, "denominator": {
        "value": below if below is not None else 1, "code": per}}}  # fmt: skip
    return {"itemCodeableConcept": {"text": name}, **ratio, **more}


def test_a_medication_by_its_ingredients() -> None:
    assert known(made(part("Paracetamol", 500), part("Codeine", 30)))[AMOUNT] == 1500
    assert known(made(part("Paracetamol", 500), part("Codeine", 30)))["opioid_mme_day"] == 13.5
    assert AMOUNT not in known(made(part("Paracetamol", 500, 0), part("Codeine", 30)))  # in nothing
    assert known(made(part("Losartan", 50), part("Hydrochlorothiazide", 12.5)))["diuretic"] is True
    assert "nsaid" not in known(made(part("Paracetamol", 500), part("Ibuprofen", 1, isActive=False)))


# --- all parts of a product ------------------------------------------------------------------------------------------

PARTS = [
    ("Losartan Potassium-HCTZ 50-12.5 MG Oral Tablet", {"ace_inhibitor_or_arb", "diuretic"}),
    ("Lisinopril/hydrochlorothiazide 20/12.5 mg", {"ace_inhibitor_or_arb", "diuretic"}),
    ("Zestoretic 20-12.5 mg tablet", {"ace_inhibitor_or_arb", "diuretic"}),
    ("Exforge HCT 10/160/12.5", {"ace_inhibitor_or_arb", "diuretic"}),
    ("Co-amilofruse 5mg/40mg tablets", {"diuretic"}), ("Co-tenidone 50mg/12.5mg tablets", {"diuretic"}),
    ("Co-zidocapt 25mg/50mg tablets", {"ace_inhibitor_or_arb", "diuretic"}),
    ("Naproxen-Esomeprazole 500-20 mg", {"nsaid", "ppi"}), ("Vimovo 500/20", {"nsaid", "ppi"}),
    ("Codeine + ibuprofen 12.8 mg/200 mg", {"opioid", "nsaid"}), ("Aspirin and dipyridamole", {"antiplatelet"}),
    ("Tylenol with codeine #3", {"opioid"}), ("Eliquis 5 mg", {"anticoagulant"}),
    ("Amitriptyline-chlordiazepoxide 25-10 mg", {"antidepressant", "tricyclic", "benzodiazepine"}),
]  # fmt: skip
ATC = [
    ("C09DA01", {"ace_inhibitor_or_arb", "diuretic"}), ("C09BX01", {"ace_inhibitor_or_arb", "diuretic"}),
    ("C07BB03", {"diuretic"}), ("C08GA02", {"diuretic"}), ("C10BX06", {"ace_inhibitor_or_arb", "antiplatelet"}),
    ("N02AJ14", {"opioid", "tramadol", "nsaid"}), ("N02AJ16", {"opioid", "nsaid"}), ("M01AE52", {"nsaid", "ppi"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "facts"), PARTS, ids=[name for name, _ in PARTS])
def test_every_part_by_name(name, facts) -> None:
    assert {fact for fact, answer in known(medicine(name)).items() if answer is True} == facts


@pytest.mark.parametrize(("code", "facts"), ATC, ids=[code for code, _ in ATC])
def test_every_part_by_code(code, facts) -> None:
    found = known(medicine("x") | {"medicationCodeableConcept": concept(OF, code)})
    assert {fact for fact, answer in found.items() if answer is True} >= facts


def test_a_part_that_nobody_knows_is_named() -> None:
    record = read(bundle(medicine("Losartan 50 mg / Zauberkraut 3 mg")))
    assert record.notes["medicines_not_recognised"] == ["Zauberkraut"]
    for name in ("Losartan potassium 50 mg film-coated tablets", "Oxycodone 12-hr Extended-Release 10 mg", TABLET,
                 "Amoxicillin 250 MG / Caffeine 3 MG", "Insulin, human / lispro"):  # fmt: skip
        assert read(bundle(medicine(name))).notes["medicines_not_recognised"] in ([], [name])


def test_free_of_it() -> None:
    assert "antiplatelet" not in known(medicine("Caffeine aspirin-free tablets"))
    assert "antiplatelet" not in known(medicine("Non-aspirin pain relief"))


# --- routes ----------------------------------------------------------------------------------------------------------


def on(name, route, **more):
    return known(given(name, dosage(10, "mg", frequency=2, route=route), **more))


def test_coded_routes() -> None:
    topical, oral, vein = (concept(SNOMED, code) for code in ("6064005", "26643006", "47625008"))
    assert "nsaid" not in on("Diclofenac", topical)
    assert on("Diclofenac", oral)["nsaid"] is True
    assert on("Diclofenac", concept("x", "UNHEARD"))["nsaid"] is True  # a way nobody knows makes it no less
    assert on("Morphine", oral)["opioid_mme_day"] == 20
    assert on("Morphine", concept("x", "PO"))["opioid_mme_day"] == 20
    for route in (vein, concept("x", "UNHEARD"), {"text": "IV"}, {"text": "rectal"}):
        assert "opioid_mme_day" not in on("Morphine", route)  # the factor holds by mouth
    assert "opioid_mme_day" not in known(given("Morphine Sulfate 10 MG/ML Injection", dosage(1, "mL", frequency=2)))


def test_one_of_two_dosages_on_the_skin() -> None:
    both = [dosage(1, "tablet", route=concept(SNOMED, "26643006")), dosage(1, "g", route=concept(SNOMED, "6064005"))]
    assert known(given("Diclofenac", *both))["nsaid"] is True


PATCH = "72 HR Fentanyl 0.025 MG/HR Transdermal System"
PATCHES = [
    ("one, by its name", [], 60), ("one every three days", [dosage(1, "patch", period=3)], 60),
    ("two every three days", [dosage(2, "patch", period=3)], 120),
    ("every two days", [dosage(1, "patch", period=2)], 60),
    ("one a day is no use that is known", [dosage(1, "patch")], None),
    ("two a day", [dosage(1, "patch", frequency=2)], None),
    ("as needed", [dosage(1, "patch", period=3, asNeededBoolean=True)], None),
    ("by its rate", [dosage(50, "ug/h", period=3)], 120), ("each shoulder", [dosage(1, "patch", period=3,
     site={"text": "each shoulder"})], None), ("in mg", [dosage(1, "mg", period=3)], None),
]  # fmt: skip


@pytest.mark.parametrize(("doses", "wanted"), [row[1:] for row in PATCHES], ids=[row[0] for row in PATCHES])
def test_patches(doses, wanted) -> None:
    assert known(given(PATCH, *doses)).get("opioid_mme_day") == wanted
