"""What lint looks for in the decision aids and the answers: sources, advice, reading age, promises, the day to look."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from spinesteps.errors import ContentError, Fault
from spinesteps.library.answers import AnswerPage
from spinesteps.library.decision_aids import Aid, Average, Frequency, Gap, Subgroup
from spinesteps.library.library import library_of
from spinesteps.pathway.pathway import Pathway
from spinesteps.quality.lint.suppressions import Reviewed, fault
from spinesteps.quality.lint.words import GRADE, grade, misleading


def library(pathway: Pathway, reviewed: Reviewed, day: date) -> Iterator[Fault]:
    """Every fault of what people read beside the pathway."""
    verified = {source.id for source in pathway.evidence.values() if source.status == "verified"}
    rules, beside = {rule.id for rule in pathway.rules}, library_of(pathway)
    for id_, aid in beside.aids.items():
        for place, wrong in aid_faults(aid, verified, rules):
            yield fault(f"choices {id_}: {place}", wrong, "Correct choices/.")
        if aid.about.review_by < day:
            yield fault(f"choices {id_}", "The day to look again has passed.", "Look, and set a new review_by.")
    for place, wrong in answer_faults(beside.answers, verified, rules, pathway.conflicts.keys()):
        yield fault(f"answers {place}", wrong, "Correct answers/.")
    yield from _programme(pathway, rules)


def hard_texts(pathway: Pathway, reviewed: Reviewed) -> Iterator[Fault]:
    """What people read beside the pathway that asks for too much schooling, promises or misleads. Of a dated one."""
    for place, text in texts(pathway):
        reads = grade(text, reviewed["unavoidable_word"])
        if reads > GRADE:
            wrong = f'It reads at grade {reads:.1f}; {GRADE:g} is the most: "{text[:60]}"'
            yield fault(place, wrong, "Use shorter sentences and shorter words.")
        for what, words in misleading(text):
            yield fault(place, f'It {what}: "{words}".', "Say what to do first, and counts out of 100.")


def _programme(pathway: Pathway, rules: Collection[str]) -> Iterator[Fault]:
    """A programme that cannot be read, or that stands beside advice or is set by facts that there are not."""
    try:
        whole = library_of(pathway).programme
    except ContentError as error:
        yield from error.faults
        return
    for id_ in sorted({id_ for part in whole.parts for id_ in part.advice} - set(rules)):
        yield fault("programme/sheet.toml", f'There is no advice "{id_}".', "Correct the part.")
    for name in sorted(set(whole.person.values()) - pathway.by_name.keys()):
        yield fault("programme/sheet.toml", f'There is no fact "{name}".', "Correct [person].")


def texts(pathway: Pathway) -> Iterator[tuple[str, str]]:
    """Every text for people in the aids and the answers, with its place. A question may ask about a cure."""
    for id_, aid in library_of(pathway).aids.items():
        yield from ((f"choices {id_}: {place}", text) for place, text in aid.patient_texts())
    for answer in library_of(pathway).answers.values():
        yield from ((f"answers {answer.id}: {place}", text) for place, text in answer.patient_texts())


def aid_faults(aid: Aid, verified: Collection[str], rules: Collection[str]) -> Iterator[tuple[str, str]]:
    """Where an aid breaks its own rules, and what is wrong. verified: ids of the sources that may be shown.

    Every option needs as many good points as bad ones; every option and outcome a figure or a gap, never both.
    """
    outcomes = {outcome.id for outcome in aid.outcomes}
    for option in aid.options:
        if not option.good or len(option.good) != len(option.bad):
            yield option.id, "It needs as many good points as bad ones."
        yield from ((option.id, f'There is no advice "{id_}".') for id_ in option.advice if id_ not in rules)
        for outcome in sorted(outcomes):
            kinds = {type(row) for row in aid.shown(option.id, outcome)}
            if len(kinds) != 1:
                yield f"{option.id}, {outcome}", "It needs figures or a gap, and not both."
    options = {option.id for option in aid.options}
    shown: tuple[Frequency | Gap, ...] = (*aid.figures, *aid.gaps)
    for row in shown:
        if row.option not in options or row.outcome not in outcomes:
            yield f"{row.option}, {row.outcome}", "There is no such option or outcome."
    yield from _numbers(aid)
    for place, source in _sources(aid):
        if source not in verified:
            yield place, f'"{source}" is no verified source.'


def _numbers(aid: Aid) -> Iterator[tuple[str, str]]:
    for figure in aid.figures:
        place = f"{figure.option}, {figure.outcome}, {figure.months:g} months"
        shares = [value for value in (figure.count, figure.count_to, figure.compared) if value is not None]
        if not all(0 <= value <= 100 for value in shares) or figure.months <= 0:
            yield place, "People are counted out of 100, after a time."
        if figure.count_to is not None and figure.count_to <= figure.count:
            yield place, "The range runs from the smaller to the larger count."
        if (figure.compared is None) is bool(figure.compared_with):
            yield place, "A count to compare with needs the name of the others."
        if figure.interval and not figure.interval[0] <= (figure.difference or 0) <= figure.interval[1]:
            yield place, "The difference lies outside its interval."
    for average in aid.averages:
        if not average.interval[0] <= average.value <= average.interval[1]:
            yield " and ".join(average.between), "The average lies outside its interval."


def _sources(aid: Aid) -> Iterator[tuple[str, str]]:
    for option in aid.options:
        yield from ((option.id, source) for source in option.sources)
    for gap in aid.gaps:
        yield from ((f"{gap.option}, {gap.outcome}", source) for source in gap.sources)
    rows: tuple[Frequency | Average | Subgroup, ...] = (*aid.figures, *aid.averages, *aid.subgroups)
    yield from ((type(row).__name__.lower(), row.source) for row in rows)


def answer_faults(
    answers: Mapping[str, AnswerPage], verified: Collection[str], rules: Collection[str], conflicts: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Where an answer names something that does not exist, or a point stands without a verified source."""
    for answer in answers.values():
        for point in answer.points:
            lost = [source for source in point.sources if source not in verified]
            if lost or not point.sources:
                yield answer.id, f"A point needs verified sources; not {lost}."
        if answer.conflict and answer.conflict not in conflicts:
            yield answer.id, f'There is no conflict "{answer.conflict}".'
        yield from ((answer.id, f'There is no advice "{id_}".') for id_ in answer.advice if id_ not in rules)
        yield from ((answer.id, f'There is no answer "{id_}".') for id_ in answer.related if id_ not in answers)
