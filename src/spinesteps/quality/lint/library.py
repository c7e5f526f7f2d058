"""What lint looks for in the decision aids and the answers: sources, advice, reading age, promises, the day to look."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from spinesteps.errors import DeclarationError, Fault
from spinesteps.library import answers
from spinesteps.library import decision_aids as choices
from spinesteps.pathway.pathway import Pathway
from spinesteps.quality.lint.suppressions import Reviewed, fault
from spinesteps.quality.lint.words import GRADE, grade, misleading


def library(pathway: Pathway, reviewed: Reviewed, day: date) -> Iterator[Fault]:
    """Every fault of what people read beside the pathway."""
    verified = {source.id for source in pathway.evidence.values() if source.status == "verified"}
    rules = {rule.id for rule in pathway.rules}
    for id_, aid in pathway.choices.items():
        for place, wrong in choices.faults_of(aid, verified, rules):
            yield fault(f"choices {id_}: {place}", wrong, "Correct choices/.")
        if aid.about.review_by < day:
            yield fault(f"choices {id_}", "The day to look again has passed.", "Look, and set a new review_by.")
    for place, wrong in answers.faults_of(pathway.answers, verified, rules, pathway.conflicts.keys()):
        yield fault(f"answers {place}", wrong, "Correct answers/.")
    yield from _programme(pathway, rules)
    for place, text in texts(pathway):
        found = grade(text, reviewed["unavoidable_word"])
        if found > GRADE:
            wrong = f'It reads at grade {found:.1f}; {GRADE:g} is the most: "{text[:60]}"'
            yield fault(place, wrong, "Use shorter sentences and shorter words.")
        for what, words in misleading(text):
            yield fault(place, f'It {what}: "{words}".', "Say what to do first, and counts out of 100.")


def _programme(pathway: Pathway, rules: Collection[str]) -> Iterator[Fault]:
    """A programme that cannot be read, or that stands beside advice or is set by facts that there are not."""
    try:
        whole = pathway.programme
    except DeclarationError as error:
        yield from (fault("programme", line, "Correct programme/ or its words.") for line in str(error).splitlines())
        return
    for id_ in sorted({id_ for part in whole.parts for id_ in part.advice} - set(rules)):
        yield fault("programme/sheet.toml", f'There is no advice "{id_}".', "Correct the part.")
    for name in sorted(set(whole.person.values()) - pathway.by_name.keys()):
        yield fault("programme/sheet.toml", f'There is no fact "{name}".', "Correct [person].")


def texts(pathway: Pathway) -> Iterator[tuple[str, str]]:
    """Every text for people in the aids and the answers, with its place. A question may ask about a cure."""
    for id_, aid in pathway.choices.items():
        yield from ((f"choices {id_}: {place}", text) for place, text in aid.patient_texts())
    for answer in pathway.answers.values():
        yield f"answers {answer.id}", answer.short
        yield from ((f"answers {answer.id}", point.text) for point in answer.points)
