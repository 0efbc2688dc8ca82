"""Votes given at the screen itself, on disk: a line a vote, appended by the player, taken in by others.

`state/outbox/votes.jsonl` grows; when it is large it is put aside as `votes-000001.jsonl` and so on. The
oldest of those go once there are too many, so that nobody who hammers a key for months can fill the disk.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from kiosk import files
from kiosk.files import Home
from kiosk.model.vote import Vote

MOST_BYTES = 1_000_000
"""Of one file: some 4,000 votes."""

MOST_FILES = 50
"""Put aside; beyond them the oldest go."""

_CURRENT = "votes.jsonl"
_ASIDE = re.compile(r"^votes-(\d{6,})\.jsonl$")


def append(home: Home, vote: Vote) -> list[Path]:
    """Put a vote on the disk; the files that had to go for it. Raises `OSError` where it cannot.

    A line that a power failure cut short is ended first, so that it costs no other vote.
    """
    path = home.outbox / _CURRENT
    gone = _rotate(home, path)
    line = msgspec.json.encode(vote).decode()
    new = not path.exists()
    files.append(path, f"\n{line}" if _torn(path) else line, durable=True)
    if new:
        files.sync_folder(home.outbox)
    return gone


def lines(home: Home) -> Iterator[bytes]:
    """Every line of the outbox, the oldest first. Raises `OSError` for a file that may not be read."""
    for path in (*aside(home), home.outbox / _CURRENT):
        with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
            yield from (line for line in file if line.strip())


def read(given: Iterable[bytes]) -> tuple[list[Vote], int]:
    """The votes among these lines, and how many lines are none: torn, or somebody else's."""
    votes, foreign = [], 0
    for line in given:
        try:
            vote = msgspec.json.decode(line, type=Vote)
        except (msgspec.DecodeError, UnicodeDecodeError):
            foreign += 1
            continue
        votes += [vote] if vote.sound else []
        foreign += not vote.sound
    return votes, foreign


def aside(home: Home) -> list[Path]:
    """The files that are full, the oldest first."""
    found = [path for path in home.outbox.glob("votes-*.jsonl") if _ASIDE.match(path.name)]
    return sorted(found, key=_number)


def _rotate(home: Home, path: Path) -> list[Path]:
    """Put a full file aside, and take away the oldest if there are too many."""
    try:
        if path.stat().st_size < MOST_BYTES:
            return []
    except FileNotFoundError:
        return []
    kept = aside(home)
    gone = kept[: max(0, len(kept) + 1 - MOST_FILES)]
    for old in gone:
        old.unlink(missing_ok=True)
    number = _number(kept[-1]) + 1 if kept else 1
    path.rename(path.with_name(f"votes-{number:06}.jsonl"))
    return gone


def _number(path: Path) -> int:
    match = _ASIDE.match(path.name)
    return int(match.group(1)) if match else 0


def _torn(path: Path) -> bool:
    """Does the file end in the middle of a line?"""
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        if size := file.seek(0, 2):
            file.seek(size - 1)
            return file.read() != b"\n"
    return False
