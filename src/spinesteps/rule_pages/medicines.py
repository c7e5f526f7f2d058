"""Every MED line, the interaction matrix and the tables of doses, as a page for docs/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from spinesteps.library.drug_tables import Medicines
from spinesteps.library.library import library_of
from spinesteps.pathway.pathway import Pathway
from spinesteps.rule_pages.ledgers import DRAFT, heads, row


def medicines_page(pathway: Pathway) -> str:
    """The whole of knowledge/medicines as Markdown: where an id such as MED-N1 leads."""
    whole = library_of(pathway).medicines
    lines = ["# Medicines", "", f"What the evidence says of medicines and what became of it. {DRAFT}"]
    lines += [*_lines(whole), *_pairs(whole), *_factors(whole), *_doses(whole), *_tapers(whole)]
    return "\n".join(lines) + "\n"


def _lines(whole: Medicines) -> Iterator[str]:
    for kind, rows in groupby(whole.lines.values(), key=lambda line: line.kind):
        yield from ("", f"## Class: {kind.replace('_', ' ')}")
        yield from heads("id", "severity", "when", "rules", "source", "status", "read as, or why there is no rule")
        for line in rows:
            yield row((line.id, line.severity, line.condition, _linked(line.rules), line.source, line.status,
                       line.reading or line.unused))  # fmt: skip


def _pairs(whole: Medicines) -> Iterator[str]:
    yield from ("", "## What must not meet unnoticed", *heads("one", "other", "lines", "rules"))
    yield from (row((pair.a, pair.b, ", ".join(pair.med), _linked(pair.rules))) for pair in whole.pairs)


def _factors(whole: Medicines) -> Iterator[str]:
    for one in whole.factor_sets:
        yield from ("", f"## Morphine equivalents: {one.version}, from {one.start}", "", one.use)
        yield from (f"Source: {one.source}.", *heads("medicine", "factor", "of"))
        for of, factors in (("1 mg by mouth", one.per_mg), ("1 microgram an hour by patch", one.per_patch)):
            yield from (row((name, f"{factor:g}", of)) for name, factor in factors.items())
        yield from (row((name, "none", why)) for name, why in one.left_out.items())


def _doses(whole: Medicines) -> Iterator[str]:
    yield from ("", "## The most in a day", *heads("medicine", "setting", "mg a day", "source", "note"))
    yield from (row((c.medicine, c.setting, f"{c.mg_day:g}", c.source, c.note)) for c in whole.ceilings)
    for table in whole.tables:
        where = ", ".join(table.countries) or "everywhere else"
        yield from ("", f"## {table.medicine.capitalize()} by kidney function: {table.name} ({where})")
        yield from ("", f"Source: {table.source}.", *heads("creatinine clearance, ml/min", "mg a day"))
        yield from (row((f"{b.start:g} to under {b.below:g}", f"{b.least:g} to {b.most:g}")) for b in table.bands)


def _tapers(whole: Medicines) -> Iterator[str]:
    yield from ("", "## Never ended at once", *heads("class", "words", "why", "how slowly", "source", "status"))
    for taper in whole.tapers.values():
        yield row((taper.id.replace("_", " "), taper.begin, taper.why, taper.pace, taper.source, taper.status))


def _linked(ids: Iterable[str]) -> str:
    return ", ".join(f"[{id_}](knowledge/{id_}.md)" for id_ in ids)
