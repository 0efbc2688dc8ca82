"""Why something is not on the screen, as values: what is so, what to do about it, and where. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from admin.wording import soon
from kiosk.errors import Words


class Cause(StrEnum):
    """What keeps a file off the screen; each is one test."""

    ABSENT = "absent"
    REMOVED = "removed"
    TRAY = "tray"
    FOLDER = "folder"
    DRAFT = "draft"
    HIDDEN = "hidden"
    UNFINISHED = "unfinished"
    LITTER = "litter"
    SWITCH = "switch"
    ORDER = "order"
    LINES = "lines"
    SIDECAR = "sidecar"
    MUSIC = "music"
    PICTURE = "picture"
    REFUSED = "refused"
    ASIDE = "aside"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    UNPLAYED = "unplayed"
    ELSEWHERE = "elsewhere"
    STILL_ZONE = "still zone"
    CLOCK = "clock"
    OVER = "over"
    NEVER = "never"
    EARLY = "early"
    DAY = "day"
    HOURS = "hours"
    STOPPED = "stopped"
    BLACKOUT = "blackout"
    SAFE = "safe"
    EMERGENCY = "emergency"
    DARK = "dark"
    NIGHT = "night"
    CROWDED = "crowded"


@dataclass(frozen=True)
class Way:
    """A button that mends it: what it says, the endpoint of a page, the file that the page is about.

    Of a page that is about no file, `anchor` is the place on it, and `asked` what is asked of it.
    """

    words: Words
    endpoint: str
    file: str = ""
    anchor: str = ""
    asked: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """One thing that keeps a file off the screen, and what to do. `opens` (aware) is when that ends."""

    cause: Cause
    words: Words
    todo: Words | None = None
    way: Way | None = None
    opens: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """All reasons at `at`, the main one first; without any it plays.

    `on`: it is on the glass this moment. `comes` (aware) is when its turn comes next, as the plan of the
    next day has it.
    """

    file: str
    title: str
    at: datetime
    reasons: tuple[Reason, ...] = ()
    on: bool = False
    comes: datetime | None = None

    @property
    def plays(self) -> bool:
        """Is there nothing that keeps it off the screen?"""
        return not self.reasons

    @property
    def soon(self) -> Words | None:
        """When its turn comes, as people say it."""
        return soon(self.comes, self.at) if self.comes else None
