"""A home with something of every kind, and what people and bad luck do to it in a week."""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import media
import papers
from processes import children, settings
from test_calendar import ics, vevent
from test_sound import beeps

from kiosk.files import Home

SIZE = (384, 192)
SETTINGS = f"""
[screen]
width = {SIZE[0]}
height = {SIZE[1]}
[slides]
seconds = 600
transition_seconds = 0.1
[sound]
on = true
[storage]
cache_megabytes = 16
"""
MOST_CACHE = 16_000_000
CARD = 'template = "slogan"\ntitle = "邻里守望"\n[fields]\nsub = "四季常青"\n'
BROKEN, EXPIRED = "02-broken.png", "14-expired.png"
FILM, AGENDA, DAY = "07-film.mp4", "10-agenda.ics", "12-day.png"
ODD = "17-odd-hours.png"
"""Its turns are as long as the hours in which it may be seen, so each is cut short."""


def fill(home: Home, begin: datetime) -> None:
    """Stills of ten minutes, films of a second; slides for the weekend, the day, the night, a part of it."""
    settings(home, SETTINGS)
    content = home.content
    picture(home, "01-picture.png", "teal")
    (content / BROKEN).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    pages = [papers.coloured(papers.GREEN), papers.coloured(papers.BLUE)]
    (content / "03-leaflet.pdf").write_bytes(papers.paged(pages))
    (content / "04-notice.txt").write_text("周六停水\n上午八点到十二点，请提前储水。", "utf-8")
    (content / "05-card.toml").write_text(CARD, "utf-8")
    frames = [media.Image.new("RGB", SIZE, colour) for colour in media.COLOURS]
    frames[0].save(content / "06-moving.gif", save_all=True, append_images=frames[1:], duration=100, loop=0)
    (content / "06-moving.toml").write_text("seconds = 1\n")
    media.clip(content / FILM, size=SIZE, seconds=1.0, fps=25, each=0.25, sound=True)
    beeps(content / "08-song.mp3", 2.0, title="晨曲")
    (content / "09-link.url").write_text("[InternetShortcut]\nURL=https://www.example.cn/\n")
    daily = vevent("晨练太极", "RRULE:FREQ=DAILY", start=f":{begin:%Y%m%d}T100000")
    (content / AGENDA).write_bytes(ics(daily))
    for name, colour, show in _scheduled(begin):
        picture(home, name, colour)
        long = "seconds = 3600\n" if name == ODD else ""
        (content / name).with_suffix(".toml").write_text(f"{long}[show]\n{show}\n")


def _scheduled(begin: datetime) -> Iterator[tuple[str, str, str]]:
    today, day = begin.date(), timedelta(days=1)
    yield "11-weekend.png", "gold", 'days = ["sat", "sun"]'
    yield DAY, "white", 'hours = ["08:00-20:00"]'
    yield "13-night.png", "navy", 'hours = ["22:00-06:00"]'
    yield EXPIRED, "red", f"until = {today - day}"
    yield "15-beginning.png", "olive", f"from = {today + day}"
    yield "16-ending.png", "pink", f"until = {today}"
    yield ODD, "silver", f"hours = {[f'{hour:02}:00-{hour + 1:02}:00' for hour in range(1, 24, 2)]}"


def picture(home: Home, name: str, colour: str) -> None:
    """A still of noise and one colour, put there at once."""
    still = media.Image.effect_noise(SIZE, 60).convert("RGB")
    still.paste(colour, (0, 0, SIZE[0] // 2, SIZE[1] // 2))
    still.save(home.state / "new.png")
    (home.state / "new.png").replace(home.content / name)


class Week:
    """One deed after the other; what they spoil they mend."""

    def __init__(self, home: Home, player: int) -> None:
        self.home, self.player = home, player
        self.landed: list[str] = []
        self._whole: dict[Path, bytes] = {}
        self._deeds: list[Callable[[], None]] = [
            self._land,
            lambda: picture(home, "01-picture.png", "purple"),
            lambda: self._kill("kiosk.decoder.reel"),
            lambda: self._corrupt(DAY),
            self.mend,
            lambda: (home.content / "03-leaflet.pdf").touch(),
            self._remove,
            lambda: self._kill("kiosk.decoder.child"),
            lambda: self._corrupt(FILM),
            self.mend,
            lambda: picture(home, "01-picture.png", "teal"),
        ]

    def go_on(self, number: int) -> None:
        """Do the deed of that number; they come round again and again."""
        self._deeds[number % len(self._deeds)]()

    def mend(self) -> None:
        """Make whole what was spoilt."""
        for path, content in self._whole.items():
            (self.home.state / "new").write_bytes(content)
            (self.home.state / "new").replace(path)
        self._whole.clear()

    def _land(self) -> None:
        self.landed.append(f"landed-{len(self.landed)}.png")
        picture(self.home, self.landed[-1], "orange")

    def _remove(self) -> None:
        (self.home.content / self.landed[-1]).unlink()

    def _corrupt(self, name: str) -> None:
        path = self.home.content / name
        self._whole[path] = path.read_bytes()
        os.truncate(path, path.stat().st_size // 3)

    def _kill(self, module: str) -> None:
        for process, command in children(self.player):
            if module in command:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
