"""What the path of a file says: its folder, where it stands among others, what its sidecar is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kiosk.folder import PLAYLIST, TICKER, file_of, folder_of, stem_of
from kiosk.model.natural import Place, natural

_OURS = (PLAYLIST, TICKER)


@dataclass(frozen=True, slots=True)
class Named:
    """`sidecar` is "" where there can be none, `ours` what says something of the whole folder.

    `place` is that of its folder, the top first, and its own in there. Dear to make, so whoever reads
    often keeps it.
    """

    folder: str
    place: tuple[Place, Place]
    sidecar: str
    ours: bool


def named(name: str) -> Named:
    """What that path under `content/` says."""
    folder, stem, ours = folder_of(name), stem_of(name), file_of(name) in _OURS
    sidecar = "" if ours or stem == name else f"{stem}.toml"
    return Named(
        folder=folder,
        place=(_place_of(folder), natural(name)),
        sidecar="" if sidecar == name else sidecar,
        ours=ours,
    )


@lru_cache(maxsize=256)
def _place_of(folder: str) -> Place:
    return natural(folder) if folder else ()


@dataclass(frozen=True, slots=True)
class Register:
    """What the paths of all files say, whatever is in them: the same for as long as none comes or goes.

    `sidecars` are by the asset that each of them is beside; `ours` say something of their whole folder.
    """

    names: Mapping[str, Named] = field(default_factory=dict)
    sidecars: Mapping[str, str] = field(default_factory=dict)
    ours: tuple[str, ...] = ()


def registered(files: Mapping[str, object], before: Register) -> Register:
    """The register of these files; `before` itself if none has come or gone since."""
    if files.keys() == before.names.keys():
        return before
    names = {name: before.names.get(name) or named(name) for name in files}
    return Register(
        names=names,
        sidecars={name: one.sidecar for name, one in names.items() if one.sidecar in files},
        ours=tuple(name for name, one in names.items() if one.ours),
    )
