"""The surface on the wall: exactly the lit pixels, no frame, no pointer, nothing above."""

import os
from types import TracebackType

import pygame

from kiosk.errors import LinliError, Words
from kiosk.settings import Screen


def choose_driver(environment: dict[str, str]) -> dict[str, str]:
    """What SDL has to be told before it starts, from the environment that there is.

    Without a display it draws off-screen. On X a plain software surface is taken: there the
    flip of a 1080p picture costs 0.1 ms of CPU against 15 ms through software OpenGL.
    """
    chosen = {"SDL_VIDEO_ALLOW_SCREENSAVER": "0"}
    if environment.get("SDL_VIDEODRIVER"):
        return chosen
    if environment.get("DISPLAY"):
        return chosen | {"SDL_VIDEODRIVER": "x11", "SDL_FRAMEBUFFER_ACCELERATION": "0"}
    if environment.get("WAYLAND_DISPLAY"):
        return chosen | {"SDL_VIDEODRIVER": "wayland"}
    return chosen | {"SDL_VIDEODRIVER": "dummy"}


class Window:
    """A borderless window at the screen's offset; `seen` tells whether anybody can see it."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.seen = False

    def __enter__(self) -> "Window":
        os.environ |= choose_driver(dict(os.environ))
        os.environ["SDL_VIDEO_WINDOW_POS"] = f"{self._screen.x},{self._screen.y}"
        if not getattr(pygame, "IS_CE", False):
            raise LinliError(
                Words(
                    "装的是旧的 pygame。请卸载 pygame，再安装 pygame-ce。",
                    "The old pygame is installed. Uninstall pygame, then install pygame-ce.",
                )
            )
        try:
            pygame.display.init()
            self.surface = pygame.display.set_mode((self._screen.width, self._screen.height), pygame.NOFRAME)
        except pygame.error as error:
            raise LinliError(
                Words(f"打不开显示器（{error}）。", f"The display cannot be opened ({error}).")
            ) from error
        self.seen = pygame.display.get_driver() not in ("dummy", "offscreen")
        pygame.display.set_caption("邻里屏 Linli")
        pygame.mouse.set_visible(False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pygame.display.quit()

    def flip(self) -> None:
        """Put what was drawn on the glass."""
        pygame.display.flip()
