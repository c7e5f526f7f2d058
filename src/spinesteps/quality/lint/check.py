"""Everything wrong with a pathway, listed at once: each fault with its place, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from spinesteps.errors import DeclarationError, Fault, NoValueError
from spinesteps.library.code_tables import CodeTable
from spinesteps.library.library import library_of
from spinesteps.logic.history.sources import FromRecord
from spinesteps.pathway.evidence import Argument
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.rules import HURRY, RedFlag
from spinesteps.quality.examples import check_facts, read_examples
from spinesteps.quality.lint.instruments import instrument_faults
from spinesteps.quality.lint.ledger import check_ledgers
from spinesteps.quality.lint.library import hard_texts, library
from spinesteps.quality.lint.numbers import numbers_in_texts
from spinesteps.quality.lint.suppressions import Reviewed, fault, list_faults, read_reviewed
from spinesteps.quality.lint.use import not_shown, numbers_in_names, ranges, unused, without_codes
from spinesteps.quality.lint.wording_review import old_words, review_file
from spinesteps.quality.lint.words import hard_words, missing_words, promises


def check(pathway: Pathway, day: date, read: Sequence[FromRecord], codes: CodeTable) -> list[Fault]:
    """Every fault of an undated pathway as of a day. An empty list means none was found.

    read, codes: how facts come from records.
    """
    reviewed = read_reviewed(pathway.folder / "lint.toml")
    return [
        *list_faults(reviewed, day),
        *_without_words(pathway, reviewed),
        *numbers_in_texts(pathway, reviewed),
        *_evidence(pathway, day),
        *_thresholds(pathway, day),
        *_conflicts(pathway),
        *_urgent_and_silent(pathway),
        *check_ledgers(pathway),
        *library(pathway, reviewed, day),
        *instrument_faults(library_of(pathway).instruments, pathway.evidence, pathway.by_name),
        *unused(pathway, reviewed),
        *numbers_in_names(pathway, reviewed),
        *ranges(pathway),
        *without_codes(pathway, read, codes),
        *_on_the_day(pathway, reviewed, day),
    ]


def _without_words(pathway: Pathway, reviewed: Reviewed) -> Iterator[Fault]:
    for language in pathway.languages:
        with suppress(DeclarationError):  # a file that cannot be read is told with the numbers in texts
            yield from missing_words(pathway.speaking(language), reviewed)


def _on_the_day(pathway: Pathway, reviewed: Reviewed, day: date) -> Iterator[Fault]:
    """What can only be seen of a pathway as of a day: example patients, words as they are read, and their age."""
    sound = []
    for example in read_examples(pathway.folder / "examples"):
        wrong = check_facts(example, pathway.by_name)
        yield from (fault(example.file, one, "Correct the example.") for one in wrong)
        if not wrong:
            sound.append(example)
    try:
        dated = pathway.as_of(day)
    except NoValueError as error:
        yield fault("thresholds.toml", str(error), "Add the value, with its source.")
        return
    yield from hard_words(dated, reviewed)
    yield from promises(dated)
    yield from hard_texts(dated, reviewed)
    yield from not_shown(dated, sound)
    for language in pathway.languages:
        spoken = dated.speaking(language)
        yield from old_words(spoken, review_file(spoken))


def _arguments(pathway: Pathway) -> Iterator[tuple[str, tuple[Argument, ...]]]:
    for flag in pathway.red_flags:
        yield flag.id, flag.evidence
    for rule in pathway.rules:
        yield rule.id, rule.evidence
    for score in pathway.scores:
        yield f"score {score.id}", score.evidence
    for cause in pathway.other_causes:
        yield f"cause {cause.id}", cause.evidence


def _evidence(pathway: Pathway, day: date) -> Iterator[Fault]:
    for owner, arguments in _arguments(pathway):
        for argument in arguments:
            if argument.source not in pathway.evidence:
                yield _no_source(owner, argument.source)
    for likelihood in pathway.likelihoods:
        if likelihood.source not in pathway.evidence:
            yield _no_source(f"likelihood {likelihood.finding}", likelihood.source)
    for source in pathway.evidence.values():
        if source.review_by < day:
            yield fault(source.id, "The day to look again has passed.", "Look, and set a new review_by.")
    for flag in pathway.red_flags:
        if flag.on and not _stands_on_verified(pathway, flag):
            yield fault(flag.id, "It fires on unverified sources only.", "Verify a source, or switch the flag off.")


def _no_source(owner: str, source: str) -> Fault:
    return fault(owner, f'There is no source "{source}".', "Add it to evidence/.")


def _stands_on_verified(pathway: Pathway, flag: RedFlag) -> bool:
    if not any(getattr(flag, level) is not None for level in HURRY):
        return True
    known = [pathway.evidence[a.source] for a in flag.evidence if a.supports and a.source in pathway.evidence]
    return any(source.status == "verified" for source in known)


def _thresholds(pathway: Pathway, day: date) -> Iterator[Fault]:
    for threshold in pathway.limits:
        if threshold.review_by < day:
            yield fault(threshold.name, "The day to look again has passed.", "Look, and set a new review_by.")
        for dated in threshold.values:
            if dated.source not in pathway.evidence:
                yield _no_source(threshold.name, dated.source)


def _urgent_and_silent(pathway: Pathway) -> Iterator[Fault]:
    for rule in pathway.rules:
        if rule.delays and rule.urgency in HURRY:
            yield fault(rule.id, "It is urgent itself, and danger would silence it.", "Declare it with delays=False.")


def _conflicts(pathway: Pathway) -> Iterator[Fault]:
    rules = {rule.id for rule in pathway.rules}
    ranked = {(r.winner, r.loser) for r in pathway.rankings} | {(r.loser, r.winner) for r in pathway.rankings}
    for rule in pathway.rules:
        for id_ in rule.conflicts:
            if id_ not in pathway.conflicts:
                yield fault(rule.id, f'There is no conflict "{id_}".', "Add it to conflicts.toml.")
        for other in rule.opposes:
            if other not in rules or (rule.id, other) not in ranked:
                yield fault(rule.id, f'It opposes "{other}" and neither is ranked.', "Rank them, naming a conflict.")
    for ranking in pathway.rankings:
        if ranking.because not in pathway.conflicts or {ranking.winner, ranking.loser} - rules:
            yield fault(ranking.winner, "This ranking names an unknown rule or conflict.", "Correct the ranking.")
    if pathway.urgent_opinion not in rules:
        yield fault(pathway.urgent_opinion, "It is the urgent opinion, and there is no such rule.", "Write the rule.")
    for id_, conflict in pathway.conflicts.items():
        for position in conflict.positions:
            for source in sorted(set(position.sources) - pathway.evidence.keys()):
                yield _no_source(id_, source)
