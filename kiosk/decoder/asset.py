"""A file to be shown, in the state in which it was last seen."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Asset:
    """`name` is its path under `content/`; `size` in bytes and `mtime_ns` are as the scan saw them."""

    name: str
    path: Path
    size: int
    mtime_ns: int
