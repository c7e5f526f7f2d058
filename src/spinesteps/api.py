"""The public functions, for programs: facts or a FHIR record in, an assessment out. `import spinesteps` gives them.

A day is a `datetime.date`; None is today here. JSON is given as `str`, `bytes` or a mapping; a `pathlib.Path` is read.
Nothing is stored, logged or sent. Every rule is a draft: no clinician has signed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spinesteps.errors import DeclarationError, Fault, InputError, NoValueError, ScopeError, SpineStepsError
from spinesteps.files import read_file
from spinesteps.pathway.deployment import Deployment, defaults, read_deployment
from spinesteps.pathway.pathway import Pathway
from spinesteps.person.assess import Assessment
from spinesteps.person.assess import assess as judge
from spinesteps.person.decision import Finding
from spinesteps.person.output import to_json, to_text
from spinesteps.person.questions import Question
from spinesteps.person.record import Entry, Record

if TYPE_CHECKING:
    from spinesteps.audits.measured import History

__all__ = [
    "Assessment", "DeclarationError", "Deployment", "Entry", "Fault", "Finding", "InputError", "NoValueError",
    "Pathway", "Question", "Record", "ScopeError", "SpineStepsError", "assess", "load_deployment", "load_pathway",
    "questions", "read_everyone", "read_facts", "read_fhir", "score", "standards", "to_json", "to_text",
]  # fmt: skip

Input = Mapping[str, object] | str | bytes | Path
MOST_READ = 64 * 1024 * 1024 + 1  # bytes of a file: more than any door takes, and never without end


def assess(person: Record | Input, on: date | None = None, deployment: Deployment | None = None) -> Assessment:
    """What the pathway says of one person on a day: how soon to get help, the step, the advice, what to ask next.

    person: a Record (of `read_facts` or `read_fhir`), or facts as `read_facts` takes them.
    deployment: country, language and numbers (`load_deployment`); None is the defaults.
    Returns an Assessment, which holds what was decided and why; `to_json` and `to_text` write it out. The same input,
    day and pathway give the same bytes.
    Raises InputError with every fault of the facts; NoValueError when the pathway does not reach back to the day.
    """
    day = _day(on)
    here = deployment or load_deployment()
    record = person if isinstance(person, Record) else read_facts(person, day)
    return judge(record, here.speaking(_pathway()), day, here)


def questions(
    person: Record | Input, on: date | None = None, deployment: Deployment | None = None
) -> tuple[Question, ...]:
    """What to ask next, safety first: each with the fact's name, why, and what its answer could change.

    Takes and raises what `assess` does. Words for people: `load_pathway().wording.facts[name]["question"]`.
    """
    return assess(person, on, deployment).questions


def read_facts(facts: Input, on: date | None = None) -> Record:
    """One person's facts as a Record, given on a day.

    facts: one flat object, name to value, such as {"age": 74, "leg_pain": True, "fever": "not_sure"}. A yes/no fact
    takes True or False; a number its unit by the list of docs/facts.md; every fact "not_sure" and "declined". What is
    left out was not asked; it is never no. Values of None are refused.
    Raises InputError with every fault at once: its place, what is wrong, what was expected, what to do.
    """
    from spinesteps.person.answers import read_person

    return read_person(_bytes(facts), _pathway().by_name, _day(on))


def read_fhir(source: Input, patient: str | None = None, on: date | None = None) -> Record:
    """One patient of a FHIR R4 Bundle, or of a folder of NDJSON files, as a Record.

    source: the Bundle as a mapping or JSON, or the Path of its file, or the Path of a folder (bulk export, .gz too).
    patient: the id, when there are several. on: answers and codes are read as known on this day.
    What cannot be read stands in `Record.faults`, and the rest is read all the same.
    Raises InputError when it is no JSON, no Bundle or folder, or holds no patient or several without `patient`.
    """
    from spinesteps.fhir.read import read_bundle, read_bundle_file, read_folder
    from spinesteps.knowledge.code_tables import codes
    from spinesteps.knowledge.fact_sources import FROM_RECORD

    facts, day = _pathway().by_name, _day(on)
    if isinstance(source, Path):
        read = read_folder if source.is_dir() else read_bundle_file
        return read(source, facts, codes(), FROM_RECORD, day, patient)
    return read_bundle(_bytes(source), facts, codes(), FROM_RECORD, day, patient)


def read_everyone(folder: Path, on: date | None = None) -> Iterator[Record]:
    """Every patient of a folder of FHIR R4 NDJSON files, one Record at a time, in the order of the Patient files.

    `Record.person` is the patient's id. Raises InputError when it is no such folder or holds no patient.
    """
    from spinesteps.fhir.read import read_everyone as read
    from spinesteps.knowledge.code_tables import codes
    from spinesteps.knowledge.fact_sources import FROM_RECORD

    return read(folder, _pathway().by_name, codes(), FROM_RECORD, _day(on))


def load_pathway(on: date | None = None, deployment: Deployment | None = None) -> Pathway:
    """The pathway as of a day: facts, red flags, rules, evidence and words, frozen. `.fingerprint` names it.

    Raises NoValueError when a number has no value on that day yet.
    """
    here = deployment or load_deployment()
    return here.speaking(_pathway()).as_of(_day(on))


def load_deployment(path: Path | None = None) -> Deployment:
    """Where the pathway is used, from a `deployment.toml`; None gives the defaults (English, no country).

    Raises InputError with every fault of the file, and of the safety texts of its language.
    """
    return defaults(_pathway()) if path is None else read_deployment(path, _pathway())


def standards(
    record: Record, on: date | None = None, complete_since: date | None = None, kinds: frozenset[str] | None = None
) -> list[dict[str, object]]:
    """The standards QI-01 to QI-25 judged on one record, as plain data: a row for each standard, reading and index day.

    record: of `read_fhir`. complete_since: your word that no event of `kinds` ("procedure", "imaging", "medicine",
    "condition" …; None is all of a claims system) is missing since that day; without it, not found is not known.
    A row: standard, reading, index (ISO day or None), result (met, not_met, excluded, does_not_concern, not_known),
    because, records (ids that prove it), measures.
    Raises NoValueError when a number of a standard has no value on that day yet.
    """
    from spinesteps.audits.judged import judge_standards, to_json
    from spinesteps.knowledge.standards import STANDARDS

    history = _history(record, _day(on), complete_since, kinds)
    return [to_json(one) for one in judge_standards(STANDARDS, history)]


def score(
    instrument: str, items: Input, before: Input | None = None, setting: str | None = None, months: float | None = None
) -> dict[str, Any]:
    """A questionnaire, walking test or grade scored, as plain data, and its change since `before`.

    instrument: an id of docs/instruments.md, such as "odi". items, before: item to answer. setting: "conservative" or
    "surgery"; months: between the two times; both choose which published sizes of change are looked at.
    `["facts"]` holds what can be given to `assess`. A missing item is not 0: then a range is given instead of a score.
    Raises InputError with every fault of the items; ScopeError when there is no such instrument.
    """
    from spinesteps.instruments import answer
    from spinesteps.library.library import library_of

    chosen = answer.chosen(library_of(_pathway()).instruments, instrument)
    earlier = None if before is None else _bytes(before)
    return answer.answer(chosen, _bytes(items), earlier, _pathway().by_name, setting, months)


def _pathway() -> Pathway:
    from spinesteps.knowledge.spine import PATHWAY

    return PATHWAY


def _day(on: date | None) -> date:
    from spinesteps.person.days import today, within

    return today() if on is None else within(on)


def _history(record: Record, day: date, since: date | None, kinds: frozenset[str] | None) -> History:
    from spinesteps.audits.measured import KINDS_OF_CLAIMS, Complete, History

    return History.of(record.events, day, None if since is None else Complete(since, day, kinds or KINDS_OF_CLAIMS))


def _bytes(given: Input) -> bytes:
    """The JSON that was given, as bytes. Raises InputError when a file cannot be opened."""
    if isinstance(given, bytes):
        return given
    if isinstance(given, str):
        return given.encode()
    if isinstance(given, Path):
        return read_file(given, MOST_READ, "a file of JSON")
    return json.dumps(dict(given), default=_written).encode()


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise ScopeError(f"A value is a {type(value).__name__}. Give True, False, a number, text or a date.")
