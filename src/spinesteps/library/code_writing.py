"""A code system and a code as records write them -> as our tables write them: editions, names, dots, letter case."""

from __future__ import annotations

import re
from functools import lru_cache

ICD10CM, ICD10 = "http://hl7.org/fhir/sid/icd-10-cm", "http://hl7.org/fhir/sid/icd-10"
ICD10GM = "http://fhir.de/CodeSystem/bfarm/icd-10-gm"
SNOMED, LOINC = "http://snomed.info/sct", "http://loinc.org"
RXNORM, ATC = "http://www.nlm.nih.gov/research/umls/rxnorm", "http://www.whocc.no/atc"
ICD_FAMILY = (ICD10CM, ICD10, ICD10GM)
_OTHER_NAMES = {
    "2.16.840.1.113883.6.96": SNOMED,
    "2.16.840.1.113883.6.1": LOINC,
    "2.16.840.1.113883.6.90": ICD10CM,
    "2.16.840.1.113883.6.3": ICD10,
    "2.16.840.1.113883.6.4": "http://www.cms.gov/Medicare/Coding/ICD10",
    "2.16.840.1.113883.6.88": RXNORM,
    "2.16.840.1.113883.6.73": ATC,
    "2.16.840.1.113883.6.12": "http://www.ama-assn.org/go/cpt",
    "http://fhir.de/codesystem/dimdi/icd-10-gm": ICD10GM,
    "http://fhir.de/codesystem/bfarm/icd-10-gm": ICD10GM,
    "http://hl7.org/fhir/sid/icd-10-us": ICD10CM,
    "http://hl7.org/fhir/sid/icd-10-uk": ICD10,
    "http://hl7.org/fhir/sid/icd10cm": ICD10CM,
    "http://snomed.info/id": SNOMED,
    "icd10cm": ICD10CM,
    "icd10": ICD10,
    "icd10gm": ICD10GM,
    "snomed": SNOMED,
    "snomedct": SNOMED,
    "sct": SNOMED,
    "loinc": LOINC,
    "ln": LOINC,
    "rxnorm": RXNORM,
    "atc": ATC,
}
_ADDRESS = re.compile(r"(?i)^(https?)://")
_ICD = re.compile(r"([A-Z]\d[0-9A-Z])\.?([0-9A-Z]{0,4})")
_SNOMED = re.compile(r"(\d{6,18})(?:\s*\|[^|]*\|?)?")


@lru_cache(maxsize=1024)
def system_of(system: str) -> str:
    """A code system's own address for its other spellings: an edition, an OID, its plain name, a slash at the end."""
    plain = system.strip().partition("|")[0].removesuffix("/")
    plain = _ADDRESS.sub("http://", plain)
    if plain.startswith(SNOMED + "/"):
        return SNOMED
    short = re.sub(r"[\s_-]", "", plain).lower() if "/" not in plain and ":" not in plain else plain.lower()
    return _OTHER_NAMES.get(plain.lower().removeprefix("urn:oid:"), _OTHER_NAMES.get(short, plain))


def code_of(system: str, code: str) -> tuple[str, bool]:
    """The code as the system itself writes it, and whether nothing was added to it that may change its meaning."""
    code = code.strip()
    if system in ICD_FAMILY:
        plain = _ICD.fullmatch(code.upper().rstrip("*+!†# "))
        return ((f"{plain[1]}.{plain[2]}" if plain[2] else plain[1]), True) if plain else (code, True)
    if system == SNOMED and not code.isdecimal():
        plain = _SNOMED.match(code)
        return (plain[1], plain.end() == len(code)) if plain else (code, True)
    return (code.upper(), True) if system == LOINC else (code, True)


def without_system(code: str) -> tuple[str, ...]:
    """The systems that a code could be of, where none is named."""
    if _ICD.fullmatch(code.strip().upper()):
        return ICD_FAMILY
    if re.fullmatch(r"\d{1,6}-\d", code.strip()):
        return (LOINC,)
    return (SNOMED,) if re.fullmatch(r"\d{6,18}", code.strip()) else ()
