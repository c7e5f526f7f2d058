"""What a fuzzing run begins with: libFuzzer grows inputs slowly, and short ones change next to nothing."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable
from pathlib import Path

COUNT, BYTES = 300, 400


def with_seeds(arguments: list[str], more: Iterable[bytes] = ()) -> list[str]:
    """The arguments, with a new folder of seeds when they name neither a folder nor a file."""
    if any(not argument.startswith("-") for argument in arguments[1:]):
        return arguments
    folder = Path(tempfile.mkdtemp(prefix="spinesteps-fuzz-"))
    draw = random.Random(3)
    for number, data in enumerate([*more, *(draw.randbytes(BYTES) for _ in range(COUNT))]):
        (folder / f"{number:04}").write_bytes(data)
    return [arguments[0], "-len_control=0", *arguments[1:], str(folder)]
