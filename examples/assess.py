"""SpineSteps from a program: `python examples/assess.py`. Made-up people; every rule is a draft."""

from datetime import date
from pathlib import Path

import spinesteps

HERE = Path(__file__).parent
DAY = date(2026, 11, 21)

# Facts in, assessment out. "not_sure" about a danger sign is never no.
person = {"age": 74, "leg_pain": True, "walking_distance_m": 80, "saddle_numbness": "not_sure"}
assessment = spinesteps.assess(person, DAY)
answer = spinesteps.to_json(assessment)
print(answer["urgency"], answer["urgency_reasons"])
for advice in answer["advice"]:
    if advice["state"] == "advised":
        print(" ", advice["direction"], advice["id"])
print("ask next:", [question.fact for question in assessment.questions][:3])

# A FHIR R4 Bundle in. What could not be read is told and the rest is read all the same.
record = spinesteps.read_fhir(HERE / "bundle.json", on=DAY)
print(spinesteps.to_json(spinesteps.assess(record, DAY), full=False)["urgency"], len(record.faults), "faults")
met = [row["standard"] for row in spinesteps.standards(record, DAY) if row["result"] == "met"]
print("standards met:", met)

# A score, and the fact that it feeds.
items = (HERE / "odi.json").read_text("utf-8")
person |= spinesteps.score("odi", items)["facts"]
print("odi:", person["odi"])

# Faults come all at once, each with what to do, and hold no answer.
try:
    spinesteps.assess({"age": 900, "leg_pian": True}, DAY)
except spinesteps.InputError as error:
    for fault in error.faults:
        print(f"{fault.place}: {fault.wrong} {fault.todo}")
