"""Pictures made ready ahead of their turn, in a thread of its own; the stage only asks "ready?"."""

import contextlib
import logging
import math
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pygame

from kiosk.card import FALLBACK as CALM_CARD
from kiosk.cause import state
from kiosk.decoder import Asset, Decoder
from kiosk.decoder.service import LISTEN_SECONDS, Judge
from kiosk.errors import LinliError, Refusal, Words
from kiosk.model.priority import Priority
from kiosk.model.slides import Slide
from kiosk.player.live import Live
from kiosk.player.opening import Opening
from kiosk.player.picture import Picture
from kiosk.player.sound import Loudspeaker, Voice
from kiosk.player.stage import BLACK, FALLBACK, Key, key_of
from kiosk.player.surfaces import MASKS as MASKS
from kiosk.worker import Worker

log = logging.getLogger(__name__)

STUCK = Words(
    "这个文件放到一半就停住，试了几次都不行，所以跳过了。请用剪辑软件另存为 MP4（H.264）。",
    "This file got stuck while it played, several times, so it is left out. Save it again as MP4 (H.264).",
)

LOOK_SECONDS = 0.01
"""What is being opened is looked at so often."""

RETRY_SECONDS = 30.0
"""After so long a slide that could not be made ready is tried again."""

HUNG_SECONDS = 90.0
"""Longer than all that it waits for to make a slide without sound ready; each wait has its own limit."""

LONGER, LONGEST_SECONDS = 4, 24 * 3600.0
"""What got stuck is tried again, too, for it may have been the machine's fault: each time later."""


class Loader(Worker):
    """Keeps the pictures that are wanted, and no others.

    `changed` is called when one is ready, `doubted` when a file turns out to be unfit to be shown;
    `judge` hears how hard videos were to play. `prepare` is given each still with the file of its slide.
    """

    def __init__(
        self,
        decoder: Decoder,
        asset_of: Callable[[Slide], Asset | None],
        size: tuple[int, int],
        changed: Callable[[], None],
        speaker: Loudspeaker,
        doubted: Callable[[], None],
        judge: Judge | None = None,
        prepare: Callable[[Picture, str], None] | None = None,
    ) -> None:
        super().__init__("loader")
        self._speaker = speaker
        self._decoder = decoder
        self._asset_of = asset_of
        self._size = size
        self._changed = changed
        self._doubted = doubted
        self._judge = judge
        self._prepare = prepare
        self._wanted: tuple[Slide, ...] = ()
        self._calm = False
        self._kept: dict[Key, Picture] = {}
        self._opening: dict[Key, Opening] = {}
        self._spare: list[pygame.Surface] = []
        self._faults: dict[Key, float] = {}
        self._lost: set[str] = set()
        self._stuck: dict[Key, float] = {}
        self._doing: tuple[Key, float] | None = None

    def _ended(self) -> None:
        self._decoder.close()  # whoever waits for it need not wait any longer
        super()._ended()
        for picture in self._kept.values():
            picture.close()
        for opening in self._opening.values():
            opening.close()

    def picture(self, key: Key) -> Picture | None:
        """The picture of `key`, if it is ready."""
        if key == BLACK and key not in self._kept:
            self._kept[key] = Picture(self._blank())
        return self._kept.get(key)

    def ready(self, key: Key) -> bool:
        """Is the picture of `key` proven and at hand?"""
        return key in self._kept or key == BLACK

    def faults(self) -> frozenset[Key]:
        """What could not be made ready lately."""
        return frozenset(key for key in self._faults.copy() if not self._due(key))

    def hung(self, now: float) -> Key | None:
        """What it has been making ready for far too long at `now` (monotonic).

        Not while it waits for a disk: another player would wait for that disk, too, with nothing to show.
        """
        key, until = self._doing or (None, math.inf)
        return key if now >= until and state(self._thread.native_id or 0) != "D" else None

    @contextmanager
    def _at(self, key: Key, seconds: float = HUNG_SECONDS) -> Iterator[None]:
        self._doing = key, time.monotonic() + seconds
        try:
            yield
        finally:
            self._doing = None

    def near(self, key: Key, now: float) -> None:
        """The turn of `key` comes soon; `now` is monotonic."""
        if picture := self._kept.get(key):
            picture.near(now)

    def renew(self, asset: Asset) -> None:
        """There is something better to play for the asset; what is on goes over to it. (From any thread.)"""
        for slide in self._wanted:
            picture = self._kept.get(key_of(slide))
            if picture and self._asset_of(slide) == asset:
                picture.renew()

    def want(self, slides: tuple[Slide, ...], on_glass: Collection[Key], *, calm: bool = True) -> None:
        """Make these ready, the first first; drop what is neither wanted nor on the glass.

        The calm card is loaded once it is asked for, so that it does not flash up at the start.
        """
        needed = {key_of(slide) for slide in slides} | set(on_glass) | {FALLBACK}
        with self._news:
            for key in [key for key in self._kept if key not in needed or self._over(key, on_glass)]:
                self._spare = [self._kept.pop(key).close()]
            for key in [key for key in self._opening if key not in needed]:
                self._spare = [self._opening.pop(key).close()]
            self._hurry(slides)
            if (slides, calm) != (self._wanted, self._calm) or self._work():
                self._wanted, self._calm = slides, calm
                self._news.notify()

    def _hurry(self, slides: tuple[Slide, ...]) -> None:
        """An emergency that is drawn already does not wait for a film that is being opened."""
        for slide in slides:
            if slide.priority is not Priority.EMERGENCY or key_of(slide) in self._kept:
                continue
            if asset := self._asset_of(slide):
                with contextlib.suppress(OSError):  # then it comes the usual way
                    if frame := self._decoder.at_hand(asset, slide.page):
                        self._kept[key_of(slide)] = Picture(self._read(frame, self._blank()))
                        self._changed()  # or the loop would sleep on the still that is on

    def _over(self, key: Key, on_glass: Collection[Key]) -> bool:
        """Was it on the glass and has left? What moves or sounds begins anew for its next turn."""
        return key not in on_glass and self._kept[key].begun

    def give_up(self, key: Key) -> None:
        """Too many decoders have failed this picture: its file is set aside, so that staff learn why.

        If that was a lighter copy, the copy goes instead.
        """
        self._failed(key, key.name, Refusal(STUCK))
        slide = next((slide for slide in self._wanted if key_of(slide) == key), None)
        asset = self._asset_of(slide) if slide else None
        if asset and not self._decoder.lightened.distrust(asset):
            self._stuck[key] = self._longer(key)
            self._decoder.condemn(asset, STUCK, self._stuck[key])
            self._doubted()

    def _longer(self, key: Key) -> float:
        """For how many seconds it is to be set aside: each time longer."""
        before = self._stuck.get(key)
        return min(before * LONGER, LONGEST_SECONDS) if before else RETRY_SECONDS

    def _run(self) -> None:
        while True:
            with self._news:
                if (work := self._work()) is None and not self._stopping:
                    self._news.wait(LOOK_SECONDS if self._opening else RETRY_SECONDS)
                    work = self._work()
            if self._stopping:
                return
            if work:
                work()
                self._changed()
            self._look()

    def _work(self) -> Callable[[], None] | None:
        """What is to be made ready next: slides first, then the calm card."""
        alone = any(opening.alone for opening in self._opening.values())
        for slide in self._wanted:
            key = key_of(slide)
            known = key in self._kept or key in self._opening
            if not known and self._due(key) and not (slide.animated and alone):
                return partial(self._load, slide)
        if self._calm and FALLBACK not in self._kept and self._due(FALLBACK):
            return self._load_fallback
        return None

    def _due(self, key: Key) -> bool:
        return time.monotonic() >= self._faults.get(key, 0.0)

    def _load_fallback(self) -> None:
        try:
            with self._at(FALLBACK):
                self._kept[FALLBACK] = Picture(self._read(self._decoder.card(CALM_CARD)))
        except (LinliError, OSError) as error:
            self._failed(FALLBACK, "fallback", error)

    def _load(self, slide: Slide) -> None:
        key = key_of(slide)
        try:
            with self._at(key, HUNG_SECONDS + (LISTEN_SECONDS if slide.sound else 0.0)):
                asset = self._asset_of(slide)
                if asset is None:
                    raise FileNotFoundError(slide.file)
                made = self._opened(asset, slide)
        except (LinliError, OSError) as error:
            self._failed(key, slide.name, error)
            return
        with self._news:
            if isinstance(made, Opening):
                self._opening[key] = made
            else:
                self._kept[key] = made

    def _look(self) -> None:
        """Keep what has been opened by now."""
        before = len(self._opening)
        with self._news:
            for key, opening in list(self._opening.items()):
                try:
                    picture = opening.look()
                except (LinliError, OSError) as error:
                    self._failed(key, key.name, error)
                    del self._opening[key]
                else:
                    if picture:
                        self._kept[key] = picture
                        del self._opening[key]
        if len(self._opening) < before:
            self._changed()

    def _opened(self, asset: Asset, slide: Slide) -> Picture | Opening:
        """The picture; of what moves the opening has begun."""
        surface = self._read(self._decoder.frame(asset, slide.page))
        if slide.stream:
            stream = partial(self._decoder.stream, asset, slide.stream)
            return Live(surface, stream, partial(self._heard_of, slide.name))
        voice = self._voice(asset, slide)
        if not slide.animated:
            still = Picture(surface, voice=voice)
            if self._prepare:
                self._prepare(still, slide.file)
            return still
        reel = partial(self._decoder.animation, asset, told=self._judge)
        another = partial(self._decoder.lightened.distrust, asset)
        return Opening(reel, surface, another, seconds=slide.length, voice=voice)

    def _heard_of(self, name: str, up: bool) -> None:
        """Tell once when a stream goes, and once when it is back."""
        if up and name in self._lost:
            self._lost.discard(name)
            log.info("直播“%s”恢复了。The stream is back.", name)
        elif not up and name not in self._lost:
            self._lost.add(name)
            log.warning("直播“%s”没有画面，先放备用画面，会一直重试。The stream is down.", name)

    def _voice(self, asset: Asset, slide: Slide) -> Voice | None:
        """What is to be heard; a sound that cannot be made ready costs the sound, not the slide."""
        if not (slide.sound and self._speaker.able):
            return None
        try:
            return Voice(self._speaker, self._decoder.sound(asset), slide.length)
        except (LinliError, OSError) as error:
            log.warning("“%s”没有声音：%s", slide.name, error)
            return None

    def _failed(self, key: Key, name: str, error: Exception) -> None:
        now = time.monotonic()
        if not self._stopping:
            log.warning("“%s”现在放不了：%s", name, error)
        self._faults = {k: until for k, until in self._faults.items() if until > now} | {
            key: now + RETRY_SECONDS
        }

    def _blank(self) -> pygame.Surface:
        return pygame.Surface(self._size, 0, 32, MASKS)

    def _read(self, frame: Path, surface: pygame.Surface | None = None) -> pygame.Surface:
        surface = surface or (self._spare.pop() if self._spare else self._blank())
        with frame.open("rb", buffering=0) as file, memoryview(surface.get_view("0")) as pixels:  # type: ignore[arg-type]
            if file.readinto(pixels) != len(pixels):
                raise OSError(f"{frame.name} is not a whole frame")
        surface.set_alpha(None)
        return surface
