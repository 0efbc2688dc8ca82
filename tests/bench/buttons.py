"""How soon a key at the wall is acknowledged on the glass, over a still and while one question fades in."""

import random
import time
from pathlib import Path

from kiosk import outbox
from kiosk.files import Home
from tests.bench import homes, programs
from tests.bench.table import Row, spread
from tests.keyboard import Keyboard
from tests.xvfb import Xvfb

REACH_SECONDS = 0.1
THANKS = (28, 122, 95)
"""The ground of the strip, at its right end."""

ANSWERS = 9
STILL = {"seconds": 3600, "transition": "cut"}
ALWAYS_FADING = {"seconds": 1, "transition_seconds": 5}


def measure(folder: Path, quick: bool) -> list[Row]:
    """Keys over one question that stands, and over two that fade into each other all the time, at 1080p."""
    count = 10 if quick else 100
    rows = []
    for what, settings, cards in (("a still", STILL, 1), ("a fade", ALWAYS_FADING, 2)):
        with homes.fresh({"slides": settings, "buttons": {"enabled": True}}) as home:
            for number in range(cards):
                (home.content / f"{number}.toml").write_text(_card(number), "utf-8")
            delays = _delays(home, count)
            kept = len(outbox.read(outbox.lines(home))[0])
        rows += spread(f"key over {what} → thanks on the glass", delays, p99=REACH_SECONDS * 1000)
        rows.append(Row(f"the same, worst of {count}", "ms", max(delays) * 1000, REACH_SECONDS * 1000))
        rows.append(Row(f"votes kept of {count} keys over {what}", "", kept))
    return rows


def _card(number: int) -> str:
    answers = [f"答案 {number}{one}" for one in range(1, ANSWERS + 1)]
    tone = ("ocean", "plum")[number]
    return (
        f'template = "question"\ntitle = "问题 {number}"\n[fields]\ntone = "{tone}"\nanswers = {answers!r}\n'
    )


def _delays(home: Home, count: int) -> list[float]:
    with (
        Xvfb() as display,
        programs.running(programs.kiosk(home.root), display),
        Keyboard(display.name) as keys,
    ):
        programs.until(home.screen.exists, "first picture")
        time.sleep(5)  # until the strips are drawn, too
        return [_delay(display, keys, number % ANSWERS + 1) for number in range(count)]


def _delay(display: Xvfb, keys: Keyboard, key: int) -> float:
    """One press. One in the first half of a fade is no vote, so it is pressed again until it is."""
    programs.until(lambda: not _thanked(display), "the question again")
    time.sleep(random.uniform(0.05, 0.4))  # the player must not be met in step with itself
    end = time.monotonic() + programs.PATIENCE_SECONDS
    while time.monotonic() < end:
        begin = time.monotonic()
        keys.press(str(key))
        while time.monotonic() < begin + 5 * REACH_SECONDS:
            if _thanked(display):
                return time.monotonic() - begin
            time.sleep(0.001)
    raise TimeoutError(f"key {key} was never thanked for")


def _thanked(display: Xvfb) -> bool:
    blue, green, red = display.row(display.height - 20)[-40:-37]
    return all(abs(one - other) < 10 for one, other in zip((red, green, blue), THANKS, strict=True))
