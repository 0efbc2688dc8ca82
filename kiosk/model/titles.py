"""A title for what carries none: the name of its file. Pure."""

from pathlib import PurePosixPath


def title_of(name: str) -> str:
    """The name without folder, suffix and the number that orders it."""
    stem = PurePosixPath(name).stem
    return stem.lstrip("0123456789").lstrip("-_. 、") or stem
