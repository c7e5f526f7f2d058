"""Answers on their way between two pages: compressed and encrypted in a form field, kept by nobody.

The key is SPINESTEPS_SECRET, else a file made at the first start and readable by its owner alone, so that a restart
loses nobody's answers.
"""

from __future__ import annotations

import base64
import hashlib
import os
import zlib
from pathlib import Path
from typing import Any

import orjson
from cryptography.fernet import Fernet, InvalidToken

SECRET = "SPINESTEPS_SECRET"
LARGEST = 100_000  # bytes of a sealed field
MOST_INSIDE = 2_000_000  # bytes it may open to


class Seal:
    """Closes and opens what a page carries. secret: any text of enough letters that nobody can guess."""

    def __init__(self, secret: str) -> None:
        self._box = Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()))

    def close(self, data: Any) -> str:
        """Plain data as a text for a form field. Raises ValueError when it would be too large to carry."""
        token = self._box.encrypt(zlib.compress(orjson.dumps(data), 6)).decode()
        if len(token) > LARGEST:
            raise ValueError("Too much to carry from page to page.")
        return token

    def open(self, token: str) -> Any:
        """What was closed; None when it was not closed here, was changed, or is too large."""
        if len(token) > LARGEST:
            return None
        try:
            packed = zlib.decompressobj()
            data = packed.decompress(self._box.decrypt(token.encode()), MOST_INSIDE)
        except (InvalidToken, zlib.error, UnicodeEncodeError):
            return None
        return None if packed.unconsumed_tail else orjson.loads(data)


def secret(folder: Path) -> str:
    """The secret of this place: from the environment, else from a file in `folder`, made when there is none.

    Raises OSError when the folder cannot be written.
    """
    given = os.environ.get(SECRET, "")
    if given:
        return given
    path = folder / "secret"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii")
    with os.fdopen(made, "w", encoding="ascii") as file:
        file.write(base64.urlsafe_b64encode(os.urandom(32)).decode())
    return path.read_text("ascii")
