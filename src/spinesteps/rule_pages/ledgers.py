"""Claims, conflicts, readings, evidence, statements and what is unverified, as pages for docs/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from spinesteps.library.claims import Claim, End
from spinesteps.library.library import library_of
from spinesteps.pathway.evidence import STUDIES, Source
from spinesteps.pathway.pathway import Pathway

DRAFT = "Draft: no clinician has signed."


def ledger_pages(pathway: Pathway) -> dict[str, str]:
    """Path under docs/ to text, for everything that is kept as a ledger."""
    makers = {
        "claims.md": claims_page,
        "conflicts.md": conflicts_page,
        "readings.md": readings_page,
        "evidence.md": evidence_page,
        "statements.md": statements_page,
        "unverified.md": unverified_page,
    }
    return {name: "\n".join(make(pathway)) + "\n" for name, make in makers.items()}


def row(cells: Iterable[object]) -> str:
    """A row of a Markdown table; a bar in a text stays text."""
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def heads(*names: str) -> Iterator[str]:
    """The head of a Markdown table."""
    yield from ("", row(names), "|" + "---|" * len(names))


def claims_page(pathway: Pathway) -> Iterator[str]:
    """Every claim of the seed texts, and what became of it."""
    claims = library_of(pathway).claims
    yield "# Claims of the five texts"
    yield ""
    yield f"{len(claims)} claims, in our own words, and what became of each. {DRAFT}"
    yield "A claim is a lead, never proof by itself."
    for seed, rows in groupby(claims.values(), key=lambda claim: claim.seed):
        source = pathway.evidence[seed]
        yield from ("", f"## {seed}: {source.title}", "", f"{source.says} ({source.strength}.)")
        yield from heads("id", "claim", "topic", "who", "direction", "number", "became")
        yield from (row(_claim(claim, pathway)) for claim in rows)


def _claim(claim: Claim, pathway: Pathway) -> Iterator[str]:
    direction = f"{claim.direction}: {claim.of}" if claim.of else claim.direction
    yield from (claim.id, claim.says, claim.topic, claim.population, direction, claim.threshold)
    yield "; ".join(_end(end, pathway) for end in claim.became)


def _end(end: End, pathway: Pathway) -> str:
    pages = {rule.id for rule in pathway.rules} | {flag.id for flag in pathway.red_flags}
    if end.kind in ("rule", "advice"):
        return f"[{end.name}](knowledge/{end.name}.md)" if end.name in pages else end.name
    if end.kind == "conflict":
        return f"[{end.name}](conflicts.md) ({end.side})"
    return f"[{end.name}](statements.md)" if end.kind == "statement" else f"not used: {end.name}"


def conflicts_page(pathway: Pathway) -> Iterator[str]:
    """Where sources disagree: the sides with their claims and sources, the lean, and whom it bears on."""
    yield "# Where sources disagree"
    yield ""
    yield f"What each side says, which way SpineSteps leans, how sure it is, and what would change that. {DRAFT}"
    yield "A conflict bears on a person when an advice that carries it is advised, was outranked by its opposite, or,"
    yield "on the person's own step, concerns the person and waits for an answer"
    yield "([decision 016](decisions/016-which-conflicts-bear.md))."
    for id_, conflict in pathway.conflicts.items():
        yield from ("", f"## {id_} {conflict.question}")
        yield from heads("side", "says", "claims", "sources")
        for position in conflict.positions:
            yield row((position.side, position.says, ", ".join(position.claims), ", ".join(position.sources)))
        carrying = [rule.id for rule in pathway.rules if id_ in rule.conflicts]
        ranked = [f"{r.winner} before {r.loser}" for r in pathway.rankings if r.because == id_]
        yield from ("", f"**We lean:** {conflict.default}", "", f"Certainty: {conflict.certainty}.", "")
        yield f"It would change with: {conflict.would_change}"
        yield from ("", f"Carried by: {', '.join(f'[{one}](knowledge/{one}.md)' for one in carrying) or 'no rule'}.")
        if ranked:
            yield f"It ranks: {'; '.join(ranked)}."


def readings_page(pathway: Pathway) -> Iterator[str]:
    """Every settled reading with its alternatives."""
    yield "# Readings settled"
    yield ""
    yield 'Guidelines say "new", "severe", "failed"; these are the numbers chosen, each open to a clinic. Draft.'
    yield from heads("id", "settles", "about", "reading", "other readings", "from")
    for id_, reading in pathway.interpretations.items():
        others = "; ".join(reading.alternatives) or "none named"
        yield row((id_, reading.row, reading.about, reading.reading, others, reading.source))


def evidence_page(pathway: Pathway) -> Iterator[str]:
    """One table for each kind of source."""
    yield "# Evidence"
    yield ""
    yield f"{len(pathway.evidence)} sources. What was read of each is said; what a source does not give is left empty."
    yield "An unverified source fires nothing and still blocks. Intervals are 95 %."
    kinds = {source.kind for source in pathway.evidence.values()}
    for kind in (*(name for name in STUDIES if name in kinds), *sorted(kinds - set(STUDIES))):
        sources = [source for source in pathway.evidence.values() if source.kind == kind]
        yield from ("", f"## {kind.capitalize()} ({len(sources)})")
        yield from _studies(sources) if kind in STUDIES else _sayings(sources)


def _studies(sources: list[Source]) -> Iterator[str]:
    yield from heads(
        "id",
        "year",
        "study",
        "n",
        "compares",
        "result",
        "crossovers",
        "harms",
        "followed",
        "certainty",
        "read",
        "look again",
    )
    for source in sources:
        result = source.result or source.says
        because = "; ".join(f"{name}: {why}" for name, why in source.silent.items())
        yield row((
            source.id, source.year, _linked(source), source.n or "", source.comparison,
            f"{result} (Not given: {because}.)" if because else result, source.crossovers, source.harms,
            source.follow_up, _sure(source), source.read, source.review_by,
        ))  # fmt: skip


def _sayings(sources: list[Source]) -> Iterator[str]:
    yield from heads("id", "year", "source", "says", "certainty", "read", "look again")
    for source in sources:
        cells = (source.id, source.year, _linked(source), source.says, _sure(source), source.read, source.review_by)
        yield row(cells)


def _linked(source: Source) -> str:
    links = [link for link in (source.link, *source.also) if link.startswith("http")]
    return " ".join((source.title, *(f"<{link}>" for link in links)))


def _sure(source: Source) -> str:
    graded = f"{source.certainty}; {source.strength}" if source.strength else source.certainty
    return graded if source.status == "verified" else f"{graded}; **unverified**"


def statements_page(pathway: Pathway) -> Iterator[str]:
    """Every statement of the library, by topic."""
    statements = library_of(pathway).statements
    claims = library_of(pathway).claims.values()
    yield "# Statements"
    yield ""
    yield f"{len(statements)} things that can be said, with sources. {DRAFT}"
    for topic, rows in groupby(statements.values(), key=lambda statement: statement.topic):
        yield from ("", f"## {topic.capitalize()}")
        yield from heads("id", "for patients", "for clinicians", "certainty", "sources", "claims")
        for one in rows:
            ending = [claim.id for claim in claims if End("statement", one.id) in claim.became]
            yield row((one.id, one.patient, one.clinician, one.certainty, ", ".join(one.sources), ", ".join(ending)))


def unverified_page(pathway: Pathway) -> Iterator[str]:
    """What was not seen on a page: sources, numbers, scores, and the register of what was looked for."""
    register = library_of(pathway).unverified
    yield from ("# Unverified", "", "What was not seen on a page. It fires no emergency, same-day or stop rule.")
    yield from ("", "## Sources", *heads("id", "title", "read", "says"))
    for source in pathway.evidence.values():
        if source.status == "unverified":
            yield row((source.id, source.title, source.read, source.says))
    yield from ("", "## Numbers", *heads("name", "meaning"))
    yield from (row((limit.name, limit.gloss)) for limit in pathway.limits if limit.status == "unverified")
    yield from ("", "## Scores that are off", "")
    yield from (f"- {score.id}: {score.reading}" for score in pathway.scores if not score.on)
    yield from ("", "## Red flags and rules that are off", "")
    yield from (f"- {flag.id}" for flag in pathway.red_flags if not flag.on)
    yield from (f"- {rule.id}" for rule in pathway.rules if not rule.on)
    for state, title in (("open", "Still open"), ("none found", "Searched, none found"), ("found", "Found since")):
        yield from ("", f"## {title}", *heads("id", "what", "why", "sources", "found", "looked on"))
        for entry in register.values():
            if entry.state == state:
                sources = ", ".join(entry.sources)
                yield row((entry.id, entry.item, entry.why, sources, entry.found, entry.looked_on))
