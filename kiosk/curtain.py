"""The curtain on disk: a file in `state/` for programs, one in `content/` for people.

`state/blackout` and `state/safe` are put there by a key at the player or by the web; `content/_blackout` and
`content/_safe` by hand. Any of them counts for as long as it is there, so a restart changes nothing.
"""

from collections.abc import Iterator
from pathlib import Path

from kiosk.files import Home
from kiosk.model.curtain import Curtain, drawn


def seen(home: Home) -> Curtain:
    """The curtain that the files ask for now."""
    return drawn({curtain.value for curtain, path in _files(home) if path.exists()})


def by_hand(home: Home) -> list[Path]:
    """The files of people that draw it, which no key takes away."""
    return [path for _, path in _files(home) if path.parent == home.content and path.exists()]


def put(home: Home, curtain: Curtain) -> None:
    """Draw this curtain by the file of programs, and take the others away. Raises `OSError`."""
    for one in (Curtain.BLACK, Curtain.SAFE):
        if one is not curtain:
            (home.state / one.value).unlink(missing_ok=True)
    if curtain is not Curtain.OPEN:
        (home.state / curtain.value).touch()


def _files(home: Home) -> Iterator[tuple[Curtain, Path]]:
    for curtain in (Curtain.BLACK, Curtain.SAFE):
        yield curtain, home.state / curtain.value
        yield curtain, home.content / f"_{curtain.value}"
