"""Files from outside: bounded, never waited for without end, and every failure one clear line."""

from __future__ import annotations

import os
import select
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path

from spinesteps.errors import refuse

LONGEST_WAIT = 10.0  # seconds for something to come out of a pipe
BLOCK = 1 << 20
GZIP = b"\x1f\x8b"


def read_file(path: Path, most: int, expected: str) -> bytes:
    """At most so many bytes of a file or a pipe. Raises InputError when it cannot be read, or nothing comes."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise refuse("There is no such file.", expected, "Check the path.", str(path)) from None
    except (OSError, ValueError):
        raise refuse("The file cannot be opened.", expected, "Check the path.", str(path)) from None
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise refuse("The file cannot be opened: it is a folder.", expected, "Name a file.", str(path))
        return _whole(descriptor, most) if stat.S_ISREG(mode) else _piped(descriptor, most, expected, path)
    except OSError:
        raise refuse("The file cannot be read to its end.", expected, "Try again.", str(path)) from None
    finally:
        os.close(descriptor)


def _whole(descriptor: int, most: int) -> bytes:
    found = bytearray()
    while len(found) < most and (block := os.read(descriptor, min(BLOCK, most - len(found)))):
        found += block
    return bytes(found)


def _piped(descriptor: int, most: int, expected: str, path: Path) -> bytes:
    found = bytearray()
    while len(found) < most:
        ready, _, _ = select.select([descriptor], [], [], LONGEST_WAIT)
        if not ready:
            raise refuse(f"Nothing came for {LONGEST_WAIT:.0f} seconds.", expected, "Name a file.", str(path))
        block = os.read(descriptor, min(BLOCK, most - len(found)))
        if not block:
            break
        found += block
    return bytes(found)


def is_file(path: Path) -> bool:
    """Whether it is a regular file: nothing that could be endless or wait."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file in blocks, unpacked when they are gzip, whatever the file is called.

    Raises OSError or zlib.error where it breaks off; EOFError at the end of a packed file that is not whole.
    """
    with path.open("rb") as file:
        head = file.read(BLOCK)
        if not head.startswith(GZIP):
            while head:
                yield head
                head = file.read(BLOCK)
            return
        unpacker = zlib.decompressobj(31)
        while head:
            yield unpacker.decompress(head, BLOCK)
            while unpacker.unconsumed_tail:
                yield unpacker.decompress(unpacker.unconsumed_tail, BLOCK)
            head = unpacker.unused_data if unpacker.eof else b""
            if unpacker.eof:
                head = head.lstrip(b"\x00") or file.read(BLOCK)
                if head:
                    unpacker = zlib.decompressobj(31)
            else:
                head = file.read(BLOCK)
        if not unpacker.eof:
            raise EOFError
