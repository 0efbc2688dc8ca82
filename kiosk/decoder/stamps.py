"""A stamp: short text that changes whenever the drawing of an asset would."""

import contextlib
import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import kiosk
from kiosk.decoder.asset import Asset
from kiosk.decoder.verdicts import Verdict
from kiosk.formats import Format, format_of
from kiosk.look import Look

DRAWING = "1"
"""Counts changes in how we draw; a new number makes every cached frame and verdict stale."""

BUILT_IN = Path(kiosk.__file__).parent / "templates"
_GLANCE_SECONDS = 1.0


class Stamps:
    """Makes stamps for one look; `nights` may change. Own templates are looked at once a second at most."""

    def __init__(
        self,
        look: Look,
        max_pixels: int,
        own_templates: Path,
        latest: Callable[[str], Verdict | None],
        now: Callable[[], float],
    ) -> None:
        self._shared = f"{DRAWING} {kiosk.__version__} {look.digest} {max_pixels}"
        self.nights = look.nights
        self._own = own_templates
        self._latest = latest
        self._now = now
        self._built_in = _state(BUILT_IN)
        self._glance = 0.0
        self._seen = ""

    def of(self, asset: Asset) -> str:
        """The stamp of an asset in the state given."""
        row = format_of(asset.name)
        return self._stamp(asset, row, self._moment(asset, row))

    def same(self, asset: Asset, stamp: str) -> bool:
        """Would an asset in the state given have that stamp, drawn as of the same moment?"""
        return self._stamp(asset, format_of(asset.name), moment_of(stamp)) == stamp

    def circumstances(self, asset: Asset) -> str:
        """What the drawing of an asset depends on besides the file itself."""
        row = format_of(asset.name)
        around = f"{self._around(row)} {self._beside(asset, row)}".rstrip()
        return _as_of(self._moment(asset, row), around)

    def _stamp(self, asset: Asset, row: Format | None, moment: int) -> str:
        state = f"{asset.size} {asset.mtime_ns} {self._beside(asset, row)}".rstrip()
        return _as_of(moment, _short(f"{self._around(row)} {state}"))

    def _beside(self, asset: Asset, row: Format | None) -> str:
        """The state of the file that is drawn with it, as far as it is known that there is one."""
        kept = self._latest(asset.name) if row and row.beside else None
        if kept is None or not kept.beside:
            return ""
        try:
            seen = (asset.path.parent / kept.beside).stat()
        except (OSError, ValueError):
            return "gone"
        return f"{seen.st_size} {seen.st_mtime_ns}"

    def _around(self, row: Format | None) -> str:
        around = f"{self._shared} {self.templates()}" if row and row.typeset else self._shared
        return f"{around} {self.nights}" if row and row.rolls else around

    def _moment(self, asset: Asset, row: Format | None) -> int:
        """As of when what rolls is drawn: as it was last, for as long as that is true, else as of now."""
        if row is None or not row.rolls:
            return 0
        now = int(self._now())
        kept = self._latest(asset.name)
        if kept is None:
            return now
        then = moment_of(kept.stamp)
        holds = then <= now and (not kept.until or now < kept.until)
        return then if holds and kept.stamp == self._stamp(asset, row, then) else now

    def of_sound(self, asset: Asset) -> str:
        """The stamp of what is to be heard of an asset, whatever the look."""
        return _short(f"{DRAWING} {asset.name} {asset.size} {asset.mtime_ns}")

    def of_card(self, card: bytes) -> str:
        """The stamp of a card that is no file."""
        return _short(f"{self._shared} {self.templates()} {self.nights} {card.hex()}")

    def templates(self) -> str:
        """Changes with every template."""
        now = time.monotonic()
        if not self._seen or now - self._glance > _GLANCE_SECONDS:
            self._glance = now
            self._seen = f"{self._built_in} {_state(self._own)}"
        return self._seen


def _as_of(moment: int, text: str) -> str:
    return f"{text}@{moment}" if moment else text


def moment_of(stamp: str) -> int:
    """As of when a drawing of that stamp is made, in Unix seconds; 0 if time makes no difference."""
    moment = stamp.partition("@")[2]
    return int(moment) if moment.isdecimal() else 0


def _state(folder: Path) -> str:
    found = []
    for root, _, names in os.walk(folder):
        for name in names:
            path = Path(root, name)
            with contextlib.suppress(OSError):
                seen = path.stat()
                found.append(f"{path} {seen.st_size} {seen.st_mtime_ns}")
    return _short("\n".join(sorted(found)))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:24]
