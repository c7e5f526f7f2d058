"""The names of what somebody is allergic to, as allergy records write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_NEGATED = re.compile(r"(?i)\b(no|not|nil|none|denies|denied|negative|without|keine?|aucune?|sin|ninguna?)\b")


def allergens(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Every name and text of the substances. One that says no ("no known allergies") names none."""
    found = {row.get(name) for row in rows for name in ("display", "text")}
    return sorted(name for name in found if isinstance(name, str) and not _NEGATED.search(name))
