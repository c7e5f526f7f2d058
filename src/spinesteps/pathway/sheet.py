"""What a handover sheet or a letter shows of a person, and where: declared, so that a face holds no medicine."""

from __future__ import annotations

from dataclasses import dataclass

from spinesteps.logic.facts import Fact


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sheet:
    """onsets: how the ids of red flags begin, and the fact that dates their signs. thinners: blood thinners and others
    that change what may be done. medicines: other medicines and kinds of medicines. allergies. conditions: illnesses
    that change urgent care. about: the person in a line. walking: how far it goes. findings: tests and scores that are
    told with their days. doses: how much of a medicine is taken.
    """

    onsets: tuple[tuple[tuple[str, ...], Fact], ...]
    thinners: tuple[Fact, ...]
    medicines: tuple[Fact, ...]
    allergies: tuple[Fact, ...]
    conditions: tuple[Fact, ...]
    about: tuple[Fact, ...]
    walking: tuple[Fact, ...]
    findings: tuple[Fact, ...]
    doses: tuple[Fact, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact it shows."""
        dated = tuple(fact for _, fact in self.onsets)
        shown = (self.thinners, self.medicines, self.allergies, self.conditions, self.about, self.walking,
                 self.findings, self.doses)  # fmt: skip
        return tuple(dict.fromkeys([*dated, *(fact for part in shown for fact in part)]))
