"""What lint looks for in words: missing, hard to read, or promising what nobody can."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from spinesteps.errors import Fault
from spinesteps.pathway.pathway import Pathway
from spinesteps.pathway.wording import Table
from spinesteps.quality.lint.suppressions import Reviewed, fault

GRADE = 6.0  # the school year that patients' texts are written for
DANGER_GRADE = 4.0  # and a danger question with its hint
SPOKEN = ("mri", "nhs", "gp")  # said letter by letter
NEEDED = {
    "facts": ("label", "question", "asks", "helper"),
    "red_flags": ("title", "patient", "clinician"),
    "advice": ("title", "patient", "clinician"),
    "urgency": ("heading", "text"),
}
CARDS = (
    "emergency", "today", "two_weeks", "routine", "self_care", "not_checked", "not_finished", "could_not_check",
    "closing",
)  # fmt: skip
PATIENT, EVERYBODY = "patient", "everybody"
# What no text says, and to whom: some of it a clinician may read.
PROMISES = (
    (PATIENT, "promises cure", r"\bcures?\b|\bcured\b|\bheals? (you|your|it)\b|\bguarantee\w*|\b100 ?%"),
    (PATIENT, "promises for sure", r"\b(will|is sure to|is certain to) (work|help you|go away|get better)\b"),
    (PATIENT, "calls somebody safe", r"(?<!where )(?<!sign that )\byou are (safe|fine|healthy)\b|\bcompletely safe\b"),
    (EVERYBODY, "calls somebody safe", r"\ball clear\b"),
    (EVERYBODY, "rules something out", r"\b(is|are|was|were|been|be) ruled out\b|\bwe (can )?rule out\b|^ruled out\b"),
    (PATIENT, "denies a serious cause", r"\byou (do not|don't) have (a |any )?(serious|cancer|infection|fracture)"),
    (PATIENT, "tells not to worry", r"\b(do not|don't|no need to) worry\b|\bnothing to worry\b"),
    (PATIENT, 'says "1 in N"', r"\b(1|one) (in|out of) (\d|two|three|four|five|six|eight|ten|twenty|a hundred)"),
)
RELATIVE = (
    r"\b(twice|three times|four times|\d+(\.\d+)? times) (as|the|more|less) |\b(double|treble|halve|triple)[sd]?\b"
    r"|\bhalf the (risk|chance)|\b\d+ ?(%|per ?cent) (more|less|lower|higher|fewer)\b"
    r"|\b(risk|chance)\w* (is|are|goes|go|falls|fall|rises|rise|drops|drop) (down |up )?by "
)
ABSOLUTE = re.compile(r"\b\d+ (out of|of|in) (every )?(100|1,?000|10,?000)\b", re.IGNORECASE)


# --- missing ---------------------------------------------------------------------------------------------------------


def missing_words(pathway: Pathway, reviewed: Reviewed) -> Iterator[Fault]:
    """Facts, flags, rules, choices and outcomes without words, and words of facts that are none."""
    wording = pathway.wording
    kinds: tuple[tuple[str, str, Collection[str], Mapping[str, Table]], ...] = (
        ("fact", "facts", pathway.by_name, wording.facts),
        ("red flag", "red_flags", {flag.id for flag in pathway.red_flags}, wording.red_flags),
        ("rule", "advice", {rule.id for rule in pathway.rules}, wording.advice),
        ("urgency", "urgency", CARDS, wording.urgency),
    )
    for kind, table, names, rows in kinds:
        for name in sorted(names):
            lacks = [key for key in NEEDED[table] if rows.get(name, {}).get(key, "") == ""]
            if name not in rows:
                yield fault(name, f"This {kind} has no words in {wording.language}.", "Write them in wording/.")
            elif lacks:
                yield fault(name, f"The words of this {kind} lack {', '.join(lacks)}.", "Write them in wording/.")
    for name in sorted(wording.facts.keys() - pathway.by_name.keys()):
        yield fault(name, "These words belong to no fact.", "Remove them or declare the fact.")
    yield from _outcomes(pathway)
    yield from _options(pathway, reviewed)


def _outcomes(pathway: Pathway) -> Iterator[Fault]:
    """Conditions, other causes and steps that have no words."""
    named = {
        "condition": pathway.condition.names,
        "other_causes": tuple(cause.id for cause in pathway.other_causes),
        "steps": pathway.step.names,
    }
    for kind, names in named.items():
        rows = pathway.wording.conditions.get(kind, {})
        for name in names:
            if any(not rows.get(name, {}).get(key) for key in ("name", "text")):
                yield fault(name, f"{kind} has no name and text for it.", "Write them in wording/, conditions.")


def _options(pathway: Pathway, reviewed: Reviewed) -> Iterator[Fault]:
    for fact in pathway.facts:
        options = getattr(fact, "options", ())
        words = pathway.wording.facts.get(fact.name, {}).get("options", {})
        lacks = [option for option in options if option not in words]
        if lacks and fact.name not in reviewed["choice_without_words"]:
            yield fault(fact.name, f"These choices have no words: {', '.join(lacks[:5])}.", "Write them in wording/.")


# --- hard to read ----------------------------------------------------------------------------------------------------


def grade(text: str, unavoidable: Collection[str] = ()) -> float:
    """Flesch–Kincaid grade, syllables counted by groups of vowels, one for a word that cannot be avoided."""
    sentences = [part for part in re.split(r"[.!?:]+(?:\s|$)", text) if re.search(r"[A-Za-z]", part)]
    words = re.findall(r"[A-Za-z][A-Za-z'’-]*", text)
    if not words:
        return 0.0
    spoken = sum(1 if word.lower() in unavoidable else syllables(word) for word in words)
    return 0.39 * len(words) / max(len(sentences), 1) + 11.8 * spoken / len(words) - 15.59


def syllables(word: str) -> int:
    """How many syllables a word has, by its groups of vowels; a silent e at the end counts for nothing."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    if plain in SPOKEN:
        return len(plain)
    groups = len(re.findall(r"[aeiouy]+", plain))
    if re.search(r"[^aeiouy]e[ds]?$", plain) and not re.search(r"([td]ed|[sxz]es|[cs]hes|[cg]es|[^aeiouy]le)$", plain):
        groups -= 1
    return max(groups, 1)


def hard_words(pathway: Pathway, reviewed: Reviewed) -> Iterator[Fault]:
    """Texts for patients that ask for more schooling than they may."""
    unavoidable = reviewed["unavoidable_word"]
    dangers = {fact.name for fact in pathway.facts if fact.danger}
    for place, text in patient_texts(pathway):
        kind, name, part = place.split(".")
        if part in ("title", "heading", "name", "label"):
            continue
        limit = DANGER_GRADE if kind == "facts" and name in dangers else GRADE
        reads = grade(text, unavoidable)
        if reads > limit:
            wrong = f"{place} reads at grade {reads:.1f}; {limit:g} is the most."
            yield fault(name, wrong, "Use shorter sentences and shorter words.")


def patient_texts(pathway: Pathway) -> Iterator[tuple[str, str]]:
    """Everything that a patient reads: `kind.name.part`, and the text."""
    wording = pathway.wording
    for name, row in wording.facts.items():
        yield f"facts.{name}.label", row.get("label", "")
        if row.get("asks") == "person":
            yield f"facts.{name}.question", f"{row.get('question', '')} {row.get('hint', '')}".strip()
    tables = {"red_flags": wording.red_flags, "advice": wording.advice, "urgency": wording.urgency}
    for kind, rows in (*tables.items(), *wording.conditions.items()):
        for name, row in rows.items():
            for part in ("title", "heading", "name", "patient", "text"):
                if part in row:
                    yield f"{kind}.{name}.{part}", row[part]


# --- promises --------------------------------------------------------------------------------------------------------


def promises(pathway: Pathway) -> Iterator[Fault]:
    """Words that promise or mislead: what nobody can keep, what rules a cause out, numbers without their whole."""
    texts = [(place, text, PATIENT) for place, text in patient_texts(pathway)]
    for kind, rows in (("red_flags", pathway.wording.red_flags), ("advice", pathway.wording.advice)):
        texts += [(f"{kind}.{name}.clinician", row.get("clinician", ""), EVERYBODY) for name, row in rows.items()]
    for place, text, reader in texts:
        for what, words in misleading(text, reader):
            name = place.split(".")[1]
            yield fault(name, f'{place} {what}: "{words}".', "Say what to do first, and counts out of 100 or 1,000.")


def misleading(text: str, reader: str = PATIENT) -> Iterator[tuple[str, str]]:
    """What a text must not say: what that is, and the words."""
    for told, what, pattern in PROMISES:
        match = re.search(pattern, text, re.IGNORECASE)
        if match and (told == EVERYBODY or reader == PATIENT):
            yield what, match.group()
    match = re.search(RELATIVE, text, re.IGNORECASE)
    if match and reader == PATIENT and not ABSOLUTE.search(text):
        yield "tells a relative risk alone", match.group()
