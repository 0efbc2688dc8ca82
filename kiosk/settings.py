"""`config/`: what people set, read once into frozen values.

`kiosk.toml` settings · `places.toml` screens, buildings, entrances · `topics.toml` complaint
topics and slide themes · `holidays.toml` holidays. A missing file means the defaults; a mistake
raises `Mistakes`.
"""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from msgspec import Meta

from kiosk import holidays, tables
from kiosk.errors import Mistake, Mistakes, Words
from kiosk.files import TICKER, Home
from kiosk.holidays import Notice
from kiosk.hours import Hours
from kiosk.lighting import Lighting
from kiosk.lines import Lines
from kiosk.model.layout import Layout, Zone
from kiosk.model.workdays import UNKNOWN, Holidays, over
from kiosk.spelling import Dress, Folder, Name, Slug, Text, Transition
from kiosk.zones import Arrangement, Ticker, arranged, wrong

MOST_PIXELS = 4096 * 2160
"""Of a whole wall: a decoder's memory is bounded, and cards of this size still fit into it."""

Port = Annotated[int, Meta(ge=1, le=65535)]
Pixels = Annotated[int, Meta(ge=16, le=8192)]
Offset = Annotated[int, Meta(ge=-32768, le=32767)]
Seconds = Annotated[float, Meta(ge=1, le=86400)]


class Community(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[community]`: who speaks on the screen."""

    name: Text = "邻里社区"
    phone: Text = ""
    zone: Text = "Asia/Shanghai"


class Screen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[screen]`: the lit rectangle of this machine's picture, in pixels, and which playlist it plays.

    `in_step`: it shows the same at the same time as other screens with equal content.
    `rotation` is in degrees clockwise, of what is drawn into that rectangle. `pitch_mm` is from one pixel to
    the next, `viewers_m` how far off people stand; 0 is not known.
    """

    place: Slug = "SCREEN"
    width: Pixels = 1920
    height: Pixels = 1080
    x: Offset = 0
    y: Offset = 0
    rotation: Literal[0, 90, 180, 270] = 0
    pitch_mm: Annotated[float, Meta(ge=0, le=100)] = 0.0
    viewers_m: Annotated[float, Meta(ge=0, le=500)] = 0.0
    playlist: Folder = ""
    in_step: bool = False

    @property
    def canvas(self) -> tuple[int, int]:
        """Width and height of what is drawn, as people see it once it is turned."""
        return (self.height, self.width) if self.rotation in (90, 270) else (self.width, self.height)


Days = Annotated[int, Meta(ge=0, le=3650)]
"""0 is for ever."""


class Slides(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[slides]`: what holds for a slide that does not say otherwise.

    `keep_days` and, by template, `keep` are how long what staff put up plays.
    """

    seconds: Seconds = 10.0
    transition: Transition = "fade"
    transition_seconds: Annotated[float, Meta(ge=0.1, le=5)] = 0.8
    letterbox: Literal["blur", "black"] = "blur"
    look: Dress = "night"
    answer_days: Annotated[int, Meta(ge=1, le=365)] = 7
    tally: bool = True
    keep_days: Days = 90
    keep: dict[str, Days] = msgspec.field(
        default_factory=lambda: {"notice": 30, "disclosure": 15, "role-model": 365, "feedback": 365}
    )


class Safe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[safe]`: what is shown alone while the safe slide is asked for; "" is the calm card."""

    slide: Text = ""


class Sound(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[sound]`: whether the screen may be heard; `volume` in per cent. No `hours` are all hours."""

    on: bool = False
    volume: Annotated[int, Meta(ge=0, le=100)] = 60
    hours: tuple[Hours, ...] = ()


class Qr(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[qr]`: the way from the screen to the feedback form."""

    corner: bool = False
    module: Annotated[int, Meta(ge=2, le=16)] = 4


class Buttons(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[buttons]`: whether the keys 1 to 9 answer the question that is showing."""

    enabled: bool = False


class Web(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[web]`: where residents' pages and staff pages listen, and when staff are logged out."""

    public_url: Text = ""
    public_host: Text = "0.0.0.0"  # noqa: S104 - residents' phones are on the network
    public_port: Port = 8080
    staff_host: Text = "127.0.0.1"
    staff_port: Port = 8081
    idle_minutes: Annotated[int, Meta(ge=5, le=10_080)] = 720

    @property
    def idle(self) -> timedelta:
        """How long a log-in of the staff holds that nobody uses."""
        return timedelta(minutes=self.idle_minutes)


class Intake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[intake]`: limits for files that are taken in; sizes in megabytes (10^6 bytes)."""

    max_megabytes: Annotated[int, Meta(ge=1, le=100_000)] = 2000
    reserve_megabytes: Annotated[int, Meta(ge=0, le=1_000_000)] = 500
    max_megapixels: Annotated[int, Meta(ge=1, le=400)] = 100


class Watch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[watch]`: how changes in `content/` are noticed."""

    poll: Literal["auto", "always"] = "auto"
    rescan_seconds: Annotated[float, Meta(ge=1, le=3600)] = 60.0


class Storage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[storage]`: where rows live, and how much the cache may hold."""

    database: Text = ""
    cache_megabytes: Annotated[int, Meta(ge=16, le=100_000)] = 512


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `kiosk.toml`."""

    community: Community = Community()
    screen: Screen = Screen()
    slides: Slides = Slides()
    light: Lighting = Lighting()
    safe: Safe = Safe()
    layout: Arrangement = Arrangement()
    ticker: Ticker = Ticker()
    sound: Sound = Sound()
    qr: Qr = Qr()
    buttons: Buttons = Buttons()
    web: Web = Web()
    intake: Intake = Intake()
    watch: Watch = Watch()
    storage: Storage = Storage()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which schedules are read."""
        return ZoneInfo(self.community.zone)


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[place]]`: where a resident stands or a report points; one that is `off` is offered nowhere."""

    slug: Slug
    name: Text
    kind: Literal["screen", "building", "entrance", "lift", "area"] = "entrance"
    en: Text = ""
    off: bool = False


Phrases = Annotated[tuple[Annotated[str, Meta(max_length=40)], ...], Meta(max_length=6)]


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[topic]]`: what a report is about; `days` is the promised time to answer in working days.

    `phrases` are what people often say of it: one tap writes them into the form.
    """

    slug: Name
    zh: Text
    en: Text
    icon: Name = "other"
    handler: Text = ""
    days: Annotated[int, Meta(ge=1, le=60)] = 7
    phrases: Phrases = ()
    phrases_en: Phrases = ()


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[theme]]`: what a slide is about; `pillar` groups themes for the yearly report."""

    slug: Name
    zh: Text
    en: Text
    pillar: Literal["management", "education", "environment", "life"] = "education"


class Places(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `places.toml`."""

    place: tuple[Place, ...] = ()

    @property
    def used(self) -> tuple[Place, ...]:
        """Those that are not off."""
        return tuple(place for place in self.place if not place.off)

    def named(self, slug: str) -> Place | None:
        """The place of that slug, in either case; also one that is off, for old reports speak of it."""
        return next((place for place in self.place if place.slug == slug.upper()), None)


class Topics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `topics.toml`."""

    topic: tuple[Topic, ...] = ()
    theme: tuple[Theme, ...] = ()

    def topic_named(self, slug: str) -> Topic | None:
        """The topic of that slug."""
        return next((topic for topic in self.topic if topic.slug == slug), None)


class Config(msgspec.Struct, frozen=True):
    """All of `config/`; `ticker` says whether there was a `ticker.txt`."""

    settings: Settings = Settings()
    places: Places = Places()
    topics: Topics = Topics()
    holidays: Holidays = UNKNOWN
    ticker: bool = False

    @property
    def layout(self) -> Layout:
        """The zones of this machine's screen."""
        settings = self.settings
        screen = settings.screen
        return arranged(settings.layout, screen.canvas, screen.playlist, ticker=self.ticker)

    @property
    def wall(self) -> Zone:
        """The whole wall as a zone, for what covers all the others."""
        width, height = self.settings.screen.canvas
        return replace(self.layout.main, x=0, y=0, width=width, height=height)

    @property
    def shared(self) -> bool:
        """Is there anything on the wall besides the main zone?"""
        return self.layout.main.size != self.settings.screen.canvas

    @property
    def goes_by_lines(self) -> bool:
        """Does the layout depend on whether there is a `ticker.txt`?"""
        return self.settings.layout.use == "auto" and not self.settings.layout.zones


Part = TypeVar("Part", Settings, Places, Topics, Notice)


FILES = ("kiosk.toml", "places.toml", "topics.toml", holidays.FILE)

Texts = dict[str, str]
"""What stands in the files of `config/`, by name; those that are there."""


def load(home: Home) -> Config:
    """Everything in `config/`. Raises `Mistakes` with every mistake of every file."""
    found: list[Mistake] = []
    return judged(home, texts(home.config, found), found)


def judged(home: Home, written: Texts, found: Sequence[Mistake] = ()) -> Config:
    """What these texts come to, in the place of those in `config/`; `found` are mistakes known before.

    Raises `Mistakes` with every mistake of every file.
    """
    found = list(found)
    settings, lines = _part(written, "kiosk.toml", Settings, found)
    found += _between(settings, lines)
    places, lines = _part(written, "places.toml", Places, found)
    found += _twice("places.toml", "place", places.place, lines)
    topics, lines = _part(written, "topics.toml", Topics, found)
    found += _twice("topics.toml", "topic", topics.topic, lines)
    found += _twice("topics.toml", "theme", topics.theme, lines)
    notice, lines = _part(written, holidays.FILE, Notice, found)
    found += holidays.mistakes(notice, lines)
    if found:
        raise Mistakes(tuple(found))
    known = over(holidays.shipped(), holidays.known(notice))
    return Config(settings, places, topics, known, has_lines(home, settings))


def has_lines(home: Home, settings: Settings) -> bool:
    """Is there a `ticker.txt` for what this screen plays, or for all?"""
    folders = (home.content, home.content / settings.screen.playlist)
    return any((folder / TICKER).is_file() for folder in folders)


def texts(folder: Path, found: list[Mistake]) -> Texts:
    """The files as they are now, line ends included; of one that cannot be read a mistake."""
    written = {}
    for name in FILES:
        try:
            written[name] = (folder / name).read_bytes().decode("utf-8")
        except FileNotFoundError:
            pass
        except UnicodeDecodeError:
            found.append(Mistake(name, None, _NOT_UTF8))
        except OSError as error:
            words = Words(
                f"读不了这个文件（{error.strerror}）。", f"This file cannot be read ({error.strerror})."
            )
            found.append(Mistake(name, None, words))
    return written


def _part(written: Texts, name: str, schema: type[Part], found: list[Mistake]) -> tuple[Part, Lines]:
    """What one file says, and where; of a file with mistakes what is right, else the defaults."""
    text = written.get(name, "")
    try:
        return tables.read(text, schema, name), Lines(text)
    except Mistakes as mistakes:
        found += mistakes.found
    return tables.sound(text, schema), Lines(text)


_TOO_LARGE = Words(
    "屏幕太大：宽乘高最多 4096×2160 像素。请核对发送卡设置的宽和高。",
    "The screen is too large: width times height may be 4096×2160 pixels at most. "
    "Compare it with what the sending card is set to.",
)
_NOWHERE = Words(
    "晚上按日落算，要填这块屏的纬度和经度（light.latitude、light.longitude）。",
    "Where the night follows the sun, light.latitude and light.longitude must say where the wall stands.",
)
_NOT_UTF8 = Words("请另存为 UTF-8 编码的文本。", "Save this file as UTF-8 text.")


def _between(settings: Settings, lines: Lines) -> Iterator[Mistake]:
    """What no single value shows by its form: too large a wall, an unknown zone, one port for two."""
    screen = settings.screen
    if screen.width * screen.height > MOST_PIXELS:
        yield Mistake("kiosk.toml", lines.of("screen.width") or lines.of("screen.height"), _TOO_LARGE)
    zone = settings.community.zone
    if not _known(zone):
        yield Mistake("kiosk.toml", lines.of("community.zone"), _unknown_zone(zone))
    if settings.light.sunny and not (settings.light.latitude or settings.light.longitude):
        yield Mistake("kiosk.toml", lines.of("light.night") or lines.of("light.seasons"), _NOWHERE)
    if settings.web.public_port == settings.web.staff_port:
        line = lines.exactly("web.staff_port") or lines.of("web.public_port")
        words = Words("居民页面和工作人员页面不能用同一个端口。", "public_port and staff_port must differ.")
        yield Mistake("kiosk.toml", line, words)
    for place, words in wrong(settings.layout, screen.canvas, screen.playlist):
        where = "layout.zones" if place is None else f"layout.zones[{place}]"
        yield Mistake("kiosk.toml", lines.of(where), words)


def _known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _unknown_zone(zone: str) -> Words:
    close = difflib.get_close_matches(zone, available_timezones(), n=1) or ["Asia/Shanghai"]
    return Words(
        f"不认识时区“{zone}”，是不是“{close[0]}”？", f'Unknown time zone "{zone}"; did you mean "{close[0]}"?'
    )


def _twice(file: str, table: str, rows: Sequence[Place | Topic | Theme], lines: Lines) -> Iterator[Mistake]:
    """Slugs that stand twice, each told where it stands again."""
    seen = set()
    for number, row in enumerate(rows):
        if row.slug in seen:
            words = Words(f"“{row.slug}”写了两次。", f'"{row.slug}" stands twice.')
            yield Mistake(file, lines.of(f"{table}[{number}].slug"), words)
        seen.add(row.slug)
