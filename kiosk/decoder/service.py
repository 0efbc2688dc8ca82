"""The decoder as the rest of the program sees it: ask for a verdict, a frame, a thumbnail."""

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from copy import copy
from functools import partial
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec
from msgspec.structs import replace

from kiosk.card import Card
from kiosk.decoder import conversion
from kiosk.decoder.animation import Animation
from kiosk.decoder.asset import Asset
from kiosk.decoder.child import READY, SETTER
from kiosk.decoder.conversion import Conversions
from kiosk.decoder.frames import SPARE, Frames, sweep
from kiosk.decoder.judging import changing, check, vanished, verdict_of
from kiosk.decoder.lane import Lane, Stopped, hired
from kiosk.decoder.lightened import Lightened
from kiosk.decoder.process import COMMAND
from kiosk.decoder.protocol import Done, Draw, DrawCard, Listen, Refused, Reply, Thumbnail
from kiosk.decoder.quarantine import Quarantine
from kiosk.decoder.reserve import Reserve
from kiosk.decoder.stamps import Stamps, moment_of
from kiosk.decoder.verdicts import Verdict, Verdicts
from kiosk.errors import Refusal, Words
from kiosk.files import Home, writing
from kiosk.formats import format_of
from kiosk.look import Look
from kiosk.model.light import Light
from kiosk.model.strain import Strain

if TYPE_CHECKING:
    from kiosk.settings import Config

MEGA = 1_000_000
SECONDS = 20.0
LISTEN_SECONDS = 600.0
RUSH_SECONDS = 5
TYPING_SECONDS = 240
"""So long a pause may be between two looks at a card that is being typed; then its child goes home."""

THUMBNAIL_BYTES = 64_000_000
SWEPT = 64
"""Thumbnails drawn between two looks at how much they take together."""


Judge = Callable[[Asset, bool, Strain], None]
"""Hears of an asset how hard it was to play, and whether that was its lighter copy."""


class Drawing(NamedTuple):
    """Raw BGRX pixels, their width and height, and how many pages there are."""

    pixels: bytes
    width: int
    height: int
    pages: int


class Decoder:
    """Decodes in child processes and remembers the outcome in `state/cache/`.

    Use it as a `with` thing, from any thread. `cache_bytes` bounds the frames on disk, `max_pixels`
    the pictures that are opened at all; an asset gets `seconds` before it is given up. `reserve_bytes`
    of the disk are left free by what is made to play better, not to play at all. What rolls is drawn
    as of `at`, in Unix seconds, and what is learnt of it then is kept from those who want it as of now.
    With `alert` a child that has all it needs for an emergency stands ready at any time.
    """

    def __init__(
        self,
        home: Home,
        look: Look,
        cache_bytes: int,
        max_pixels: int,
        *,
        reserve_bytes: int = 0,
        seconds: float = SECONDS,
        command: Sequence[str] = COMMAND,
        at: float | None = None,
        now: Callable[[], float] = time.time,
        alert: bool = False,
    ) -> None:
        self.max_pixels = max_pixels
        self._home, self._cache_bytes = home, cache_bytes
        self._at, self._now = at, now
        self._own_templates = home.config / "templates"
        self._turn_to(look)
        self._quarantine = Quarantine.of(home)
        self._thumbnails = home.cache / "thumbnails"
        self._thumbnails.mkdir(parents=True, exist_ok=True)
        self._drawn = count()
        self._sounds = home.cache / "sounds"
        self._most_sound = cache_bytes // 2
        start = hired(max_pixels, RUSH_SECONDS, command)
        self._listening = Lane(start, LISTEN_SECONDS)
        self.lightened = Lightened(home, look, max_pixels, cache_bytes, reserve_bytes, command)
        self._conversions = Conversions(home.cache / "documents", cache_bytes // 2)
        ready = (READY, SETTER) if alert else (READY,)
        self._reserve = Reserve(hired(max_pixels, RUSH_SECONDS, command, *ready), refills=alert)
        self._alarms = Lane(self._reserve.take, seconds)
        self._urgent = Lane(self._reserve.take, seconds)
        self._patient = Lane(start, seconds)
        self._typing = Lane(hired(max_pixels, TYPING_SECONDS, command), seconds)
        self._children: tuple[Reserve | Lane, ...] = (
            self._reserve,
            self._alarms,
            self._urgent,
            self._patient,
            self._typing,
            self._listening,
        )
        self._makers: tuple[Conversions | Lightened, ...] = (self._conversions, self.lightened)

    @classmethod
    def of(
        cls, home: Home, config: "Config", look: Look, at: float | None = None, *, alert: bool = False
    ) -> Self:
        """The decoder that the settings ask for, for drawings of that look, as of `at` if it is given.

        Raises `LinliError` where it may not write its cache.
        """
        storage, intake = config.settings.storage, config.settings.intake
        with writing(home.cache):
            return cls(
                home,
                look,
                storage.cache_megabytes * MEGA,
                intake.max_megapixels * MEGA,
                reserve_bytes=intake.reserve_megabytes * MEGA,
                at=at,
                alert=alert,
            )

    def beside(self, look: Look) -> Self:
        """A decoder for drawings of another look that shares the children of this one.

        It ends with this one; closing it gives back its own memory only.
        """
        other = copy(self)
        other._children, other._makers = (), ()
        other._turn_to(look)
        return other

    def _turn_to(self, look: Look) -> None:
        """What it knows and keeps is of this look."""
        self.look = look
        at = self._at
        asked = look.digest if at is None else f"{look.digest}-then"
        self._verdicts = Verdicts(self._home.cache / "verdicts", asked)
        moment = self._now if at is None else (lambda: at)
        self._stamps = Stamps(look, self.max_pixels, self._own_templates, self._verdicts.latest, moment)
        self._frames = Frames(self._home.cache / "frames", look.width * look.height * 4, self._cache_bytes)

    def go_by(self, light: Light) -> None:
        """It is night when this says so, from now on. Only what goes by the light is drawn anew for it."""
        if light != self.look.light:
            self.look = replace(self.look, light=light)
            self._stamps.nights = self.look.nights

    def __enter__(self) -> Self:
        if self._children:
            self._reserve.fill()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the children; whoever still waits for one is told that the program ends."""
        for child in self._children:
            child.close()
        for maker in self._makers:
            maker.close()
        self._frames.close()

    def stamp(self, asset: Asset) -> str:
        """Changes whenever the drawing of the asset would."""
        return self._stamps.of(asset)

    def circumstances(self, asset: Asset) -> str:
        """What the drawing of the asset depends on besides the file itself."""
        return self._stamps.circumstances(asset)

    def era(self) -> object:
        """Changes whenever the circumstances of any asset may, but for those that the time changes."""
        return self._stamps.templates(), self._quarantine.held()

    def known(self, asset: Asset) -> Verdict | None:
        """The verdict, if there already is one for this state of the asset. Never decodes."""
        aside, stamp = self.aside(asset), self.stamp(asset)
        if aside:
            return Verdict(stamp, refusal=(aside.zh, aside.en))
        return self._verdicts.known(asset.name, stamp)

    def aside(self, asset: Asset) -> Words | None:
        """Why this state of the asset is set aside although it can be decoded; None if it is not."""
        return self._quarantine.words(asset)

    def release(self) -> float:
        """Seconds until the next asset that is set aside is free again; infinite if there is none."""
        return self._quarantine.release()

    def condemn(self, asset: Asset, words: Words, seconds: float) -> None:
        """Set this state of the asset aside: what it does on the screen outweighs that it can be decoded."""
        self._quarantine.keep(asset, words, seconds)

    def prove(self, asset: Asset, urgent: bool = False, *, alarm: bool = False) -> Verdict:
        """Decode the whole asset if that was not done yet. A bad file is a refusal in the verdict.

        What is urgent goes ahead of uploads; an `alarm` waits for no other file at all.
        """
        stamp = self.stamp(asset)
        known = self.known(asset)
        if known is not None:
            return known
        frames = {}
        if urgent or alarm or self._frames.has_room():
            frames[1] = os.fsencode(self._frames.path(_key(asset, stamp, 1)))
        lane = self._alarms if alarm else self._lane(urgent)
        reply = self._have_drawn(asset, stamp, frames, lane)
        self._frames.added(len(frames))
        return self._judged(asset, stamp, reply)

    def examine(self, asset: Asset, shown: Thumbnail | None = None) -> Verdict:
        """Decode the whole asset and remember nothing: for a rehearsal of a change.

        One page may be `shown`, as a small WebP. Somebody is typing, so it waits behind no other file.
        """
        stamp = self.stamp(asset)
        return verdict_of(stamp, self._have_drawn(asset, stamp, {}, self._typing, shown))

    def adopt(self, asset: Asset, moved: Asset) -> None:
        """What is known of `asset` is known of `moved`, too: the same file under another name."""
        stamp, known = self.stamp(asset), self.known(asset)
        if known is None or known.refusal is not None or not self._stamps.same(moved, stamp):
            return
        drawn = self._frames.found(_key(asset, stamp, 1))
        if drawn:
            with contextlib.suppress(OSError):  # then it is drawn again
                os.link(drawn, self._frames.path(_key(moved, stamp, 1)))
        self._verdicts.keep(moved.name, known)

    def vouch(self, asset: Asset, edited: Asset) -> None:
        """What is known of a card holds after an edit of what is not drawn, such as its dates."""
        known = self.known(asset)
        if known is None or known.refusal is not None:
            return
        drawn, stamp = self._frames.found(_key(asset, self.stamp(asset), 1)), self.stamp(edited)
        if drawn:
            with contextlib.suppress(OSError):  # then it is drawn again
                os.link(drawn, self._frames.path(_key(edited, stamp, 1)))
        digest = hashlib.sha256(edited.path.read_bytes()).hexdigest()
        self._verdicts.keep(edited.name, replace(known, stamp=stamp, digest=digest))

    def frame(self, asset: Asset, page: int = 1, urgent: bool = True) -> Path:
        """The file with the raw BGRX pixels of one page, as large as the wall. Raises `Refusal`."""
        stamp = self.stamp(asset)
        key = _key(asset, stamp, page)
        if (found := self._frames.found(key)) is not None:
            return found
        known = self.known(asset)
        if known is not None and known.refusal is not None:
            raise Refusal(Words(*known.refusal))
        target = self._frames.path(key)
        lane = self._lane(urgent)
        reply = self._have_drawn(asset, stamp, {page: os.fsencode(target)}, lane)
        if isinstance(reply, Done) and reply.full:
            target = self._frames.spare(key)
            reply = self._have_drawn(asset, stamp, {page: os.fsencode(target)}, lane)
        self._frames.added(1)
        check(self._judged(asset, stamp, reply), reply, page, target)
        return target

    def at_hand(self, asset: Asset, page: int = 1) -> Path | None:
        """The same file if there is one already; nothing is drawn."""
        return self._frames.found(_key(asset, self.stamp(asset), page))

    def card(self, card: Card) -> Path:
        """The frame of the first page of a card that is no file. Raises `Refusal`."""
        packed = msgspec.msgpack.encode(card)
        key = self._stamps.of_card(packed)
        if (found := self._frames.found(key)) is not None:
            return found
        target = self._frames.path(key)
        reply = self._urgent.ask(self._draw_card(packed, target))
        if isinstance(reply, Done) and reply.full:
            target = self._frames.spare(key)
            reply = self._urgent.ask(self._draw_card(packed, target))
        check(verdict_of(key, reply), reply, 1, target)
        self._frames.added(1)
        return target

    def drawing(self, card: Card, page: int = 1, *, strip: bool = False) -> "Drawing":
        """A page of a card that is wanted for a while and not kept; urgent. Raises `Refusal`, `OSError`.

        A `strip` is as wide as its words are. It goes through memory: what changes each minute for years
        must not wear a disk out.
        """
        packed = msgspec.msgpack.encode(card)
        memory = SPARE if SPARE.is_dir() else self._home.cache
        with tempfile.TemporaryDirectory(prefix="linli-drawing-", dir=memory) as folder:
            target = Path(folder, "page.bgrx")
            templates = os.fsencode(self._own_templates)
            wanted = DrawCard(packed, self.look, templates, os.fsencode(target), page, strip)
            reply = self._urgent.ask(wanted)
            check(verdict_of("", reply), reply, page, target)
            assert isinstance(reply, Done)  # noqa: S101 - a refusal was raised
            return Drawing(target.read_bytes(), reply.width or self.look.width, self.look.height, reply.pages)

    def thumbnail(self, asset: Asset, page: int = 1, width: int = 480) -> Path:
        """A WebP of one page, `width` pixels wide. Raises `Refusal`."""
        stamp = self.stamp(asset)
        target = self._thumbnails / f"{self._frames.path(_key(asset, stamp, page)).stem}-{width}.webp"
        if target.exists():
            return target
        wanted = Thumbnail(page, width, os.fsencode(target))
        reply = self._have_drawn(asset, stamp, {}, self._patient, wanted)
        check(self._judged(asset, stamp, reply), reply, page, target)
        if next(self._drawn) % SWEPT == 0:
            sweep(self._thumbnails, THUMBNAIL_BYTES)
        return target

    def sound(self, asset: Asset) -> Path:
        """A file with the sound of the asset, ready to be played; made if need be. Raises `Refusal`.

        Takes about a second for each three minutes of sound, so ask before it is needed.
        """
        stamp = self._stamps.of_sound(asset)
        target = self._sounds / f"{stamp}.opus"
        if target.exists():
            os.utime(target)
            return target
        self._sounds.mkdir(parents=True, exist_ok=True)
        wanted = Listen(os.fsencode(asset.location), asset.size, asset.mtime_ns, os.fsencode(target))
        reply = self._listening.ask(wanted)
        verdict = verdict_of(stamp, reply)
        check(verdict, reply, 1, target)
        sweep(self._sounds, self._most_sound)
        return target

    def animation(self, asset: Asset, start: float = 0.0, told: Judge | None = None) -> Animation:
        """The asset in motion, decoded ahead by a child of its own. Close it after the slide.

        Of a video it is the lighter copy, if there is one; `told` hears how hard it was to play.
        """
        asked = replace(self._draw(asset, {}), start=start)
        copy = self.lightened.found(asset)
        if copy:
            asked = replace(asked, path=os.fsencode(copy))
        # One that begins in the middle has decoded what nobody sees, so it says nothing.
        judged = told if told and not start and _is_video(asset) else None
        return Animation(asked, partial(judged, asset, bool(copy)) if judged else None)

    def stream(self, asset: Asset, address: str) -> Animation:
        """The live stream that the asset stands in for, from now on; silent while it is down."""
        return Animation(replace(self._draw(asset, {}), stream=address))

    def _have_drawn(
        self,
        asset: Asset,
        stamp: str,
        frames: dict[int, bytes],
        lane: Lane,
        thumbnail: Thumbnail | None = None,
    ) -> Reply:
        """The reply of a child that draws the asset, or the PDF that an office file has become first."""
        drawing = self._draw(asset, frames, thumbnail)
        request = replace(drawing, at=moment_of(stamp), alarm=lane is self._alarms)
        if conversion.needed(asset.name):
            known = self._verdicts.known(asset.name, stamp)
            made = self._conversions.of(asset, known.digest if known else "")
            if not isinstance(made, Path):
                return made
            request = replace(request, converted=os.fsencode(made))
        return lane.ask(request)

    def _lane(self, urgent: bool) -> Lane:
        return self._urgent if urgent else self._patient

    def _draw(self, asset: Asset, frames: dict[int, bytes], thumbnail: Thumbnail | None = None) -> Draw:
        return Draw(
            path=os.fsencode(asset.location),
            size=asset.size,
            mtime_ns=asset.mtime_ns,
            look=self.look,
            own_templates=os.fsencode(self._own_templates),
            max_pixels=self.max_pixels,
            frames=frames,
            thumbnail=thumbnail,
        )

    def _draw_card(self, card: bytes, target: Path) -> DrawCard:
        return DrawCard(card, self.look, os.fsencode(self._own_templates), os.fsencode(target))

    def _judged(self, asset: Asset, stamp: str, reply: Reply) -> Verdict:
        """The verdict of a reply, remembered where it will still be true tomorrow."""
        verdict = verdict_of(stamp, reply)
        if verdict.level < 0 and (known := self._verdicts.known(asset.name, stamp)):
            verdict = replace(verdict, level=known.level)  # another page says nothing about the first
        if changing(verdict) or isinstance(reply, Stopped) or vanished(asset, verdict):
            return verdict
        retry_seconds = reply.retry_seconds if isinstance(reply, Refused) else 0.0
        self._verdicts.keep(asset.name, verdict, retry_seconds)
        return verdict


def _is_video(asset: Asset) -> bool:
    row = format_of(asset.name)
    return row is not None and row.kind == "video"


def _key(asset: Asset, stamp: str, page: int) -> str:
    return f"{asset.name}\n{stamp}\n{page}"
