"""What a flip of 1080p costs on a wall that is turned, or dimmed, or neither."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.table import Row
from tests.xvfb import Xvfb

WALLS = {"plain": (0, 1.0), "dimmed": (0, 0.5), "turned by 90°": (90, 1.0), "turned and dimmed": (90, 0.5)}


def measure(folder: Path, quick: bool) -> list[Row]:
    """CPU of the flips of a whole picture, and of a ticker's strip of 60 rows."""
    with Xvfb() as display:
        command = [sys.executable, "-m", "tests.bench.wall", "20" if quick else "300"]
        told = subprocess.run(command, env=display.environment, capture_output=True, check=True).stdout
    return [Row(what, "ms", cost) for what, cost in json.loads(told.splitlines()[-1]).items()]


def _costs(times: int) -> Iterator[tuple[str, float]]:
    import pygame

    from kiosk.player.window import Window
    from kiosk.settings import Screen

    for name, (rotation, light) in WALLS.items():
        with Window(Screen(rotation=rotation)) as window:
            window.light(light)
            window.surface.fill((90, 140, 200))
            strip = pygame.Rect(0, 0, window.surface.get_width(), 60)
            for part, rects in (("", []), (", a ticker's strip", [strip])):
                begun = time.process_time()
                for _ in range(times):
                    window.flip(rects)
                yield f"flip of 1080p, {name}{part}", (time.process_time() - begun) / times * 1000


if __name__ == "__main__":
    print(json.dumps(dict(_costs(int(sys.argv[1])))))
