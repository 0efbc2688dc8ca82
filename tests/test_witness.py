"""What the player leaves behind says what is on the glass, and of which version of which file."""

import hashlib
import json
import tracemalloc
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pygame
from PIL import Image
from processes import Kiosk, settings, until
from xvfb import Xvfb

from kiosk import proof
from kiosk.files import Home
from kiosk.model.slides import Slide
from kiosk.model.trust import Seen
from kiosk.player.stage import Shown
from kiosk.player.witness import Witness

COLOURS = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}


def land(home: Home, colour: str) -> str:
    """Put a picture of that colour in the place of a.png; gives the SHA-256 of the file."""
    Image.new("RGB", (64, 32), colour).save(home.state / "new.png")
    digest = hashlib.sha256((home.state / "new.png").read_bytes()).hexdigest()
    (home.state / "new.png").replace(home.content / "a.png")
    return digest


def told(home: Home) -> tuple[str, str] | None:
    """The digest in the picture of the screen, and the nearest pure colour of the picture."""
    if not home.screen.exists():
        return None
    with Image.open(home.screen) as picture:
        said = json.loads(picture.info.get("comment", b"{}"))
        pixel = picture.convert("RGB").getpixel((90, 40))
    colour = min(COLOURS, key=lambda name: sum(abs(a - b) for a, b in zip(COLOURS[name], pixel, strict=True)))
    return said.get("digest", ""), colour


def test_the_picture_of_the_screen_names_the_file_that_it_shows_also_while_it_is_replaced(
    home: Home, xvfb: Xvfb
):
    settings(home, "[screen]\nwidth = 192\nheight = 96\n[slides]\nseconds = 3600\n")
    digests, seen = {}, set()
    with Kiosk(home, "play", xvfb.name) as kiosk:
        for colour in ("red", "lime", "blue", "white", "red"):
            digests[colour] = land(home, colour)

            def shown(wished: str = colour) -> bool:
                found = told(home)
                seen.add(found)
                return found is not None and found == (digests[wished], wished)

            until(shown, what=kiosk.said)
        beat = until(lambda: (b := json.loads(home.heartbeat.read_bytes()))["digest"] == digests["red"] and b)

    named = {(digest, colour) for digest, colour in filter(None, seen) if digest}
    assert named == {(digest, colour) for colour, digest in digests.items()}
    assert beat["slide"] == "a.png"


def test_the_calm_card_has_no_digest(home: Home, xvfb: Xvfb):
    settings(home, "[screen]\nwidth = 192\nheight = 96\n")
    with Kiosk(home, "play", xvfb.name):
        until(lambda: home.screen.exists())
        with Image.open(home.screen) as picture:
            assert json.loads(picture.info["comment"]) == {"slide": "", "digest": ""}


def test_pictures_that_are_written_leave_no_memory_behind(home: Home):
    surface = pygame.Surface((192, 96), 0, 32)

    def write(count: int) -> None:
        for number in range(count):
            witness.picture(surface, f"{number}.png", "")
            until(
                lambda wished=str(number): (
                    home.screen.exists() and wished.encode() in home.screen.read_bytes()
                )
            )

    with Witness(home, "SCREEN") as witness:
        write(60)
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        write(60)
        after, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert after - before < 10 * home.screen.stat().st_size


def test_a_player_that_runs_for_years_forgets_a_day_with_every_day_that_begins(home: Home) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    slide = Slide("a.png", "a.png", "picture", "1")
    old = datetime(2026, 3, 4, 12, tzinfo=zone)
    late = old + timedelta(days=proof.KEEP_DAYS + 1)

    with Witness(home, "") as witness:
        witness.remember(Seen(late.timestamp()))
        for moment in (old, old, old + timedelta(days=1), late):
            witness.plays([Shown(slide, moment, 10.0)])

    assert {path.stem for path in home.plays.iterdir()} == {"2026-03-05", f"{late:%Y-%m-%d}"}


def test_a_clock_that_leaps_a_century_makes_nobody_forget(home: Home) -> None:
    slide = Slide("a.png", "a.png", "picture", "1")
    today = datetime(2026, 3, 4, 12, tzinfo=ZoneInfo("Asia/Shanghai"))

    with Witness(home, "") as witness:
        witness.plays([Shown(slide, today, 10.0)])
        witness.remember(Seen(today.timestamp()))
        witness.plays([Shown(slide, today.replace(year=2099), 10.0)])

    assert {path.stem for path in home.plays.iterdir()} == {"2026-03-04", "2099-03-04"}
