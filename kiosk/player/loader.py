"""Pictures made ready ahead of their turn, in a thread of its own; the stage only asks "ready?"."""

import logging
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from kiosk.card import FALLBACK as CALM_CARD
from kiosk.decoder import Asset, Decoder
from kiosk.errors import LinliError
from kiosk.model.slides import Slide
from kiosk.player.stage import FALLBACK, Key, key_of
from kiosk.worker import Worker

if TYPE_CHECKING:
    from kiosk.decoder import Animation

log = logging.getLogger(__name__)

MASKS = (0xFF0000, 0xFF00, 0xFF, 0)
"""BGRX bytes, which is what X, Wayland and KMS show without a conversion."""

RETRY_SECONDS = 30.0
"""After so long a slide that could not be made ready is tried again."""


class Picture:
    """What one key looks like: a still, or the newest frame of an animation."""

    def __init__(self, surface: pygame.Surface, animation: "Animation | None" = None) -> None:
        self.surface = surface
        self._animation = animation

    @property
    def moving(self) -> bool:
        """Does it change by itself?"""
        return self._animation is not None

    def show(self, seconds: float) -> bool:
        """Bring the surface to `seconds` after the start of the turn; True if it has changed."""
        frame = self._animation.frame(seconds) if self._animation else None
        if frame is None:
            return False
        self.surface.get_buffer().write(bytes(frame))
        return True

    def close(self) -> None:
        """End the animation's decoder, if there is one."""
        if self._animation:
            self._animation.close()


class Loader(Worker):
    """Keeps the pictures that are wanted, and no others; `changed` is called when one is ready."""

    def __init__(
        self,
        decoder: Decoder,
        asset_of: Callable[[Slide], Asset | None],
        size: tuple[int, int],
        changed: Callable[[], None],
    ) -> None:
        super().__init__("loader")
        self._decoder = decoder
        self._asset_of = asset_of
        self._size = size
        self._changed = changed
        self._wanted: tuple[Slide, ...] = ()
        self._calm = False
        self._kept: dict[Key, Picture] = {}
        self._spare: list[pygame.Surface] = []
        self._faults: dict[Key, float] = {}

    def _ended(self) -> None:
        self._decoder.close()  # whoever waits for it need not wait any longer
        super()._ended()
        for picture in self._kept.values():
            picture.close()

    def picture(self, key: Key) -> Picture | None:
        """The picture of `key`, if it is ready."""
        return self._kept.get(key)

    def ready(self, key: Key) -> bool:
        """Is the picture of `key` proven and at hand?"""
        return key in self._kept

    def faults(self) -> frozenset[Key]:
        """What could not be made ready lately."""
        return frozenset(key for key in self._faults.copy() if not self._due(key))

    def want(self, slides: tuple[Slide, ...], on_glass: Iterable[Key], *, calm: bool = True) -> None:
        """Make these ready, the first first; drop what is neither wanted nor on the glass.

        The calm card is loaded once it is asked for, so that it does not flash up at the start.
        """
        needed = {key_of(slide) for slide in slides} | set(on_glass) | {FALLBACK}
        with self._news:
            for key in [key for key in self._kept if key not in needed]:
                dropped = self._kept.pop(key)
                dropped.close()
                self._spare = [dropped.surface]
            if (slides, calm) != (self._wanted, self._calm):
                self._wanted, self._calm = slides, calm
                self._news.notify()

    def _run(self) -> None:
        while True:
            with self._news:
                while (work := self._work()) is None and not self._stopping:
                    self._news.wait(RETRY_SECONDS)
            if self._stopping or work is None:
                return
            work()
            self._changed()

    def _work(self) -> Callable[[], None] | None:
        """What is to be made ready next: slides first, then the calm card."""
        for slide in self._wanted:
            if key_of(slide) not in self._kept and self._due(key_of(slide)):
                return partial(self._load, slide)
        if self._calm and FALLBACK not in self._kept and self._due(FALLBACK):
            return self._load_fallback
        return None

    def _due(self, key: Key) -> bool:
        return time.monotonic() >= self._faults.get(key, 0.0)

    def _load_fallback(self) -> None:
        try:
            self._kept[FALLBACK] = Picture(self._read(self._decoder.card(CALM_CARD)))
        except (LinliError, OSError) as error:
            self._failed(FALLBACK, "fallback", error)

    def _load(self, slide: Slide) -> None:
        key = key_of(slide)
        asset = self._asset_of(slide)
        try:
            if asset is None:
                raise FileNotFoundError(slide.file)
            surface = self._read(self._decoder.frame(asset, slide.page))
            animation = self._decoder.animation(asset) if slide.animated else None
        except (LinliError, OSError) as error:
            self._failed(key, slide.name, error)
            return
        with self._news:
            self._kept[key] = Picture(surface, animation)

    def _failed(self, key: Key, name: str, error: Exception) -> None:
        now = time.monotonic()
        if not self._stopping:
            log.warning("“%s”现在放不了：%s", name, error)
        self._faults = {k: until for k, until in self._faults.items() if until > now} | {
            key: now + RETRY_SECONDS
        }

    def _read(self, frame: Path) -> pygame.Surface:
        surface = self._spare.pop() if self._spare else pygame.Surface(self._size, 0, 32, MASKS)
        with frame.open("rb", buffering=0) as file, memoryview(surface.get_view("0")) as pixels:  # type: ignore[arg-type]
            if file.readinto(pixels) != len(pixels):
                raise OSError(f"{frame.name} is not a whole frame")
        surface.set_alpha(None)
        return surface
