"""The window on the wall: exactly the lit pixels, no frame, no pointer, nothing above."""

import logging
import os
from collections.abc import Sequence
from types import TracebackType

import pygame

from kiosk.errors import LinliError, Words
from kiosk.model.light import code_factor, limit
from kiosk.player import meter
from kiosk.player.calm import Calm
from kiosk.player.front import InFront
from kiosk.player.turning import turn, turned, white
from kiosk.settings import Config, Screen

log = logging.getLogger(__name__)

EXACT = {
    "SDL_VIDEO_ALLOW_SCREENSAVER": "0",
    "SDL_VIDEO_MINIMIZE_ON_FOCUS_LOSS": "0",
    "SDL_VIDEO_HIGHDPI_DISABLED": "1",
}
"""One pixel is one pixel, and the window stays."""

UNMANAGED = {"SDL_X11_FORCE_OVERRIDE_REDIRECT": "1"}
"""A window manager would move, clamp, decorate or cover it; such a window is none of its business."""

SOFTWARE = {"SDL_FRAMEBUFFER_ACCELERATION": "0"}


def choose_driver(environment: dict[str, str]) -> dict[str, str]:
    """What SDL has to be told before it starts, from the environment that there is.

    Without a display it draws off-screen. On X a plain software surface is taken: there the
    flip of a 1080p picture costs 0.1 ms of CPU against 15 ms through software OpenGL.
    """
    if environment.get("SDL_VIDEODRIVER"):
        return EXACT | UNMANAGED
    if environment.get("DISPLAY"):
        return EXACT | UNMANAGED | SOFTWARE | {"SDL_VIDEODRIVER": "x11"}
    if environment.get("WAYLAND_DISPLAY"):
        return EXACT | {"SDL_VIDEODRIVER": "wayland"}
    return EXACT | {"SDL_VIDEODRIVER": "dummy"}


class Window:
    """A borderless window at the screen's offset; `seen` tells whether anybody can see it.

    Draw on `surface`, which is as people see it: upright and in full light. Where nothing has to be done
    to it it is the very memory that is shown, so it becomes another when the light changes.
    `max_level` is the most average picture level, 0..1.
    """

    def __init__(self, screen: Screen, max_level: float = 1.0) -> None:
        self._screen = screen
        self._max_level = max_level
        self._front: InFront | None = None
        self._factor = self._limit = 1.0
        self._calm = Calm()
        self._now = 0.0
        self._withheld = False
        self.seen = False

    def __enter__(self) -> "Window":
        if not getattr(pygame, "IS_CE", False):
            raise LinliError(
                Words(
                    "装的是旧的 pygame。请卸载 pygame，再安装 pygame-ce。",
                    "The old pygame is installed. Uninstall pygame, then install pygame-ce.",
                )
            )
        os.environ |= choose_driver(dict(os.environ))
        os.environ["SDL_VIDEO_WINDOW_POS"] = f"{self._screen.x},{self._screen.y}"
        try:
            pygame.display.init()
            self._display = pygame.display.set_mode((self._screen.width, self._screen.height), pygame.NOFRAME)
        except pygame.error as error:
            raise LinliError(
                Words(f"打不开显示器（{error}）。", f"The display cannot be opened ({error}).")
            ) from error
        self.surface = self._display
        self._choose_canvas()
        self.seen = pygame.display.get_driver() not in ("dummy", "offscreen")
        pygame.display.set_caption("邻里屏 Linli")
        pygame.mouse.set_visible(False)
        if pygame.display.get_driver() == "wayland":
            log.warning(
                "Wayland 不让程序决定窗口放在哪里，画面可能不在 screen.x、screen.y。请改用 X（Xorg）登录。"
                "Wayland lets no program place its window; log in with X (Xorg) where that matters."
            )
        if pygame.display.get_driver() == "x11":
            self._front = InFront(pygame.display.get_wm_info()["window"]).__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._front:
            self._front.__exit__(kind, error, trace)
        pygame.display.quit()

    def keep(self, now: float) -> None:
        """Stay in front of everything; call it at each pass. `now` is monotonic."""
        self._now = now
        if self._front:
            self._front.keep(now)
        if self._withheld:
            self.flip()

    def light(self, fraction: float) -> None:
        """Show with this fraction of the wall's light from now on; at 0 the wall is black."""
        factor = code_factor(fraction)
        if factor == self._factor:
            return
        self._factor = factor
        self._choose_canvas()
        self._show()

    def go_by(self, config: Config) -> None:
        """Let no picture be brighter than these settings allow from now on."""
        most = config.settings.light.max_level / 100
        if most != self._max_level:
            self._max_level, self._limit = most, 1.0
            self._choose_canvas()
            self.flip()

    def picture(self) -> pygame.Surface:
        """What people see: `surface`, or black where the wall is dark."""
        if self._factor:
            return self.surface
        return pygame.Surface(self._screen.canvas, 0, self._display)

    def flip(self, rects: Sequence[pygame.Rect] = ()) -> None:
        """Put what was drawn on the glass; only these rectangles of `surface`, if there are any.

        What would be one flash too many is withheld, and put there by `keep` once it is none.
        """
        if self._measured(rects):
            reading = meter.read(self.surface)
            self._withheld = not self._calm.allows(reading.quarters, self._now)
            if self._withheld:
                return
            if self._max_level < 1:
                before, self._limit = self._limit, limit(reading.level, self._max_level)
                rects = rects if self._limit == before else ()
        self._show(rects)

    def _measured(self, rects: Sequence[pygame.Rect]) -> bool:
        """Can it flash at all? What is smaller than a quarter of the wall does not count (WCAG 2.2)."""
        width, height = self.surface.get_size()
        return not rects or 4 * sum(one.width * one.height for one in rects) >= width * height

    def _show(self, rects: Sequence[pygame.Rect] = ()) -> None:
        if self.surface is not self._display:
            for part in rects or [self.surface.get_rect()]:
                self._carry(part)
        if rects:
            pygame.display.update([self._there(part) for part in rects])
        else:
            pygame.display.flip()

    def _choose_canvas(self) -> None:
        """Draw on the display itself where nothing has to be done to the picture: that costs nothing."""
        before = self.surface
        if not self._screen.rotation and self._factor == 1 and self._max_level == 1:
            self.surface = self._display
        elif before is self._display:
            self.surface = pygame.Surface(self._screen.canvas, 0, self._display)
        if self.surface is not before and not self._screen.rotation:
            self.surface.blit(before, (0, 0))

    def _carry(self, part: pygame.Rect) -> None:
        """Bring a part of the canvas to the display: turned, and dimmed."""
        part = part.clip(self.surface.get_rect())
        code = white(self._factor, self._limit)
        if code:
            turn(self.surface, self._display, self._screen.rotation, part, code)
        else:
            self._display.fill(0, self._there(part))

    def _there(self, part: pygame.Rect) -> pygame.Rect:
        return turned(part, self._screen.rotation, self.surface.get_size())
