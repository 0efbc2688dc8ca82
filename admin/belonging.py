"""Which files of a folder are one slide: an asset and what is said about it."""

import re
from pathlib import Path

from kiosk.formats import format_of


def belonging(path: Path) -> list[Path]:
    """The file and what goes with it: an asset's sidecar, or the assets of a sidecar."""
    same = _alike(path)
    if path.suffix == ".toml":
        return sorted((one for one in same if format_of(one.name)), key=sidecar_last)
    if not path.suffix:  # the library gives no sidecar to such a name
        return [path]
    return [path, *(one for one in same if one.suffix == ".toml")]


def shared(path: Path, file: Path) -> bool:
    """Is this the sidecar of another asset too, that stays?"""
    if path == file or path.suffix != ".toml" or file.suffix == ".toml":
        return False
    return any(one not in (path, file) and format_of(one.name) for one in _alike(path))


def sidecar_last(path: Path) -> bool:
    """A key that sorts sidecars behind their assets."""
    return path.suffix == ".toml"


def _alike(path: Path) -> list[Path]:
    """The files of the same stem."""
    stem = re.sub(r"([*?\[])", r"[\1]", path.stem)
    return [one for one in path.parent.glob(f"{stem}.*") if one.stem == path.stem]
