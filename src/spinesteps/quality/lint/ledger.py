"""What is wrong with the ledgers of a pathway: claims, conflicts, readings, statements, the register of unverified."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from spinesteps.errors import ContentError, Fault
from spinesteps.library.claims import Claim, End
from spinesteps.library.library import Library, library_of
from spinesteps.library.statements import Statement
from spinesteps.library.unverified import Unverified
from spinesteps.pathway.evidence import Source
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.readings import Position
from spinesteps.quality.lint.suppressions import fault
from spinesteps.quality.lint.words import GRADE, grade, misleading

SEED = "seed text"
SHORTEST_REASON = 30


def check_ledgers(pathway: Pathway) -> Iterator[Fault]:
    """Every fault of the ledgers; those that make a file unreadable too."""
    library = library_of(pathway)
    checks: tuple[Callable[[Library], Iterator[Fault]], ...] = (
        lambda of: check_claims(pathway, of.claims, of.statements),
        lambda of: check_statements(of.statements, pathway.evidence),
        lambda of: check_register(of.unverified, pathway.evidence),
    )
    told: set[Fault] = set()
    for check in checks:
        try:
            yield from check(library)
        except ContentError as error:
            yield from (one for one in error.faults if one not in told)
            told.update(error.faults)
    yield from _readings(pathway)


def _readings(pathway: Pathway) -> Iterator[Fault]:
    for id_, reading in pathway.interpretations.items():
        if reading.source not in pathway.evidence:
            yield fault(id_, f'There is no source "{reading.source}".', "Add it to evidence/.")
        if not reading.alternatives:
            yield fault(id_, "This reading names no other one, so nobody can choose.", "Name what else could be meant.")


def check_claims(pathway: Pathway, claims: Mapping[str, Claim], statements: Mapping[str, Statement]) -> Iterator[Fault]:
    """Claims without an end, ends that do not exist, and conflicts that do not know the claims on their sides."""
    sides = {(id_, p.side): p for id_, conflict in pathway.conflicts.items() for p in conflict.positions}
    rules = {rule.id for rule in pathway.rules}
    exists: dict[str, Callable[[End], bool]] = {
        "rule": lambda end: end.name in rules or end.name in {flag.id for flag in pathway.red_flags},
        "advice": lambda end: end.name in rules,
        "statement": lambda end: end.name in statements,
        "conflict": lambda end: (end.name, end.side) in sides,
        "not_used": lambda end: len(end.name) >= SHORTEST_REASON,
    }
    for claim in claims.values():
        if not claim.became:
            yield fault(claim.id, "This claim has no end.", "Say what became of it, or why it is not used.")
        for end in claim.became:
            if not exists[end.kind](end):
                named = f'{end.kind.replace("_", " ")} "{end.name}"' + (f', side "{end.side}"' if end.side else "")
                yield fault(claim.id, f"It ends in {named}, which does not exist.", "Correct the end, or write it.")
        named_by_ends = {end.name for end in claim.became if end.kind == "conflict"}
        if named_by_ends != set(claim.conflicts):
            yield fault(claim.id, "Its conflicts are not those of its ends.", "List the same conflicts in both.")
    yield from _sides(sides, claims, pathway)


def _sides(
    sides: Mapping[tuple[str, str], Position], claims: Mapping[str, Claim], pathway: Pathway
) -> Iterator[Fault]:
    """Both ways the same: the claims a position names, and the positions its claims end in."""
    held: dict[tuple[str, str], set[str]] = {key: set() for key in sides}
    for claim in claims.values():
        for end in claim.became:
            held.get((end.name, end.side), set()).add(claim.id)
    for (id_, side), position in sides.items():
        place = f"{id_} {side}"
        lost = sorted(set(position.claims) ^ held[id_, side])
        if lost:
            yield fault(place, f"Only one of the position and the claim names the other: {lost}.", "Name it in both.")
        missing = {claims[name].seed for name in position.claims if name in claims} - set(position.sources)
        if missing:
            yield fault(place, f"It holds claims of {sorted(missing)} without the source.", "Add the source.")
    carried = {id_ for rule in pathway.rules for id_ in rule.conflicts}
    for id_ in sorted(pathway.conflicts.keys() - carried):
        yield fault(id_, "No rule carries this conflict, so it never bears on anybody.", "Name it in a rule.")


def check_statements(statements: Mapping[str, Statement], evidence: Mapping[str, Source]) -> Iterator[Fault]:
    """Sources that do not exist or carry too little, and patients' sentences that are hard or promise."""
    for statement in statements.values():
        wrong = partial(fault, f"statement {statement.id}")
        lost = [id_ for id_ in statement.sources if id_ not in evidence]
        if lost or not statement.sources:
            yield wrong(f"Its sources {lost} do not exist.", "Name sources of evidence/.")
        known = [evidence[id_] for id_ in statement.sources if id_ in evidence]
        if known and not any(source.status == "verified" for source in known):
            yield wrong("It stands on unverified sources only.", "Verify one, or remove the statement.")
        if all(source.kind == SEED for source in known) and statement.certainty != "not graded":
            yield wrong("It stands on seed texts alone.", 'Find a source, or say "not graded".')
        unnamed = [source.id for source in known if source.kind != SEED and source.id not in statement.clinician]
        if unnamed:
            yield wrong(f"Its words for clinicians do not name {unnamed}.", "Name each source in brackets.")
        reading = grade(statement.patient)
        if reading > GRADE:
            yield wrong(f"Its words for patients are at grade {reading:.1f}.", "Say it in shorter words.")
        for what, words in misleading(statement.patient):
            yield wrong(f'Its words for patients: {what}: "{words}".', "Say what is known.")


def check_register(register: Mapping[str, Unverified], evidence: Mapping[str, Source]) -> Iterator[Fault]:
    """Sources that do not exist, and sources that were read and are yet unverified without a word why."""
    named = {id_ for entry in register.values() for id_ in entry.sources}
    for entry in register.values():
        lost = [id_ for id_ in entry.sources if id_ not in evidence]
        if lost:
            yield fault(entry.id, f"There are no sources {lost}.", "Name sources of evidence/.")
        for source in (evidence[id_] for id_ in entry.sources if id_ in evidence):
            shown = [figure for figure in entry.figures if figure in f"{source.says} {source.result} {source.harms}"]
            if shown and entry.state == "open":
                yield fault(source.id, f"It shows {shown}, which was not seen on a page.", "Take the figure out.")
    for source in evidence.values():
        unseen = source.read in ("second-hand", "not read")
        if source.status == "unverified" and not (unseen or source.strength or source.id in named):
            yield fault(source.id, "It is unverified and nobody says why.", "Say so in strength or unverified.toml.")
