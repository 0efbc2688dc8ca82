"""A file to be shown, in the state in which it was last seen."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Asset:
    """`name` is its path under `content/`; `size` in bytes and `mtime_ns` are as the scan saw them.

    `location` is where the file lies, as text: ten thousand `Path`s are large, and grow as they are used.
    """

    name: str
    location: str
    size: int
    mtime_ns: int

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return Path(self.location)
