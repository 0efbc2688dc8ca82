"""One file as staff see it, and how it stands to the screen. Pure; the time is passed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from admin.playlists import called
from admin.wording import opening, spoken_moment, when
from kiosk.errors import Words
from kiosk.folder import file_of, folder_of
from kiosk.model.layout import Zone
from kiosk.model.priority import Priority
from kiosk.model.schedule import active, over
from kiosk.model.slides import MOVING_KINDS, Slide


class Standing(StrEnum):
    """How a file stands to the screen."""

    PLAYING = "playing"
    LATER = "later"
    OVER = "over"
    ELSEWHERE = "elsewhere"
    WAITING = "waiting"
    REFUSED = "refused"
    DRAFT = "draft"


WORDS = {
    Standing.PLAYING: Words("轮播中", "In the loop"),
    Standing.LATER: Words("还没到时间", "Later"),
    Standing.OVER: Words("已结束", "Over"),
    Standing.ELSEWHERE: Words("不在这块屏", "Not on this screen"),
    Standing.WAITING: Words("等待检查", "Being checked"),
    Standing.REFUSED: Words("不能播放", "Cannot be shown"),
    Standing.DRAFT: Words("草稿", "Draft"),
}

DRAFT = Words("这是草稿，不播放。", "This is a draft and is not played.")
WAITING = Words("文件已收到，正在检查，马上就好。", "The file is here and being checked.")
_OVER = Words("播放日期已经过了。", "Its last day has passed.")
_NEVER = Words("按现在的日期和时段，不会再播放。", "With these dates and hours it will not play again.")
_FOR_OTHERS = Words("只给别的屏幕播放。", "Meant for other screens only.")
_STILL = Words("这个区域不放视频和声音。", "Its zone plays neither video nor sound.")

LitFrom = Callable[[datetime], datetime | None]
"""Wall-clock moment → the first from then on at which the wall is lit; None where it stays dark."""


def always(moment: datetime) -> datetime:
    """Of a wall that is never dark."""
    return moment


@dataclass(frozen=True)
class Tile:
    """One file. `reason` says why it is not on the screen now; None if it is. `today` is as of when."""

    file: str
    title: str
    standing: Standing
    reason: Words | None = None
    slide: Slide | None = None
    pages: int = 1
    today: date | None = None

    @property
    def folder(self) -> str:
        """The playlist it lies in."""
        return folder_of(self.file)

    @property
    def name(self) -> str:
        """The file's own name."""
        return file_of(self.file)

    @property
    def draft(self) -> bool:
        """Is it kept from playing by its name?"""
        return self.standing is Standing.DRAFT

    @property
    def urgent(self) -> bool:
        """Is it an emergency?"""
        return self.slide is not None and self.slide.priority is Priority.EMERGENCY

    @property
    def inserted(self) -> bool:
        """Does it go before the loop for a while?"""
        return self.slide is not None and self.slide.priority is Priority.INSERT

    @property
    def standing_words(self) -> Words:
        """The word on the badge."""
        return WORDS[self.standing]

    @cached_property
    def when(self) -> Words | None:
        """When it shows, in one line; made when it is asked for, since of a thousand few are."""
        return when(self.slide.show, self.today) if self.slide and self.today else None


def tile(
    pages: Sequence[Slide], zones: Sequence[Zone], place: str, at: datetime, lit_from: LitFrom = always
) -> Tile:
    """The tile of a file with these pages, whose playlist plays in these zones at `place`."""
    slide = pages[0]
    standing, reason = _standing(slide, zones, place, at, lit_from)
    return Tile(slide.file, slide.title, standing, reason, slide, len(pages), at.date())


def _standing(
    slide: Slide, zones: Sequence[Zone], place: str, at: datetime, lit_from: LitFrom
) -> tuple[Standing, Words | None]:
    if not zones and not (slide.priority is Priority.EMERGENCY and not folder_of(slide.file)):
        return Standing.ELSEWHERE, _unplayed(folder_of(slide.file))
    if slide.show.places and place not in slide.show.places:
        return Standing.ELSEWHERE, _FOR_OTHERS
    if zones and slide.kind in MOVING_KINDS and not any(zone.video for zone in zones):
        return Standing.ELSEWHERE, _STILL
    if over(slide.show, at):
        return Standing.OVER, _OVER
    if active(slide.show, at):
        return Standing.PLAYING, None
    moment = opening(slide.show, at)
    if moment is None:
        return Standing.OVER, _NEVER
    lit = moment if slide.priority is Priority.EMERGENCY else lit_from(moment)
    return Standing.LATER, _begins(moment, lit if lit and active(slide.show, lit) else None, at)


def _begins(moment: datetime, seen: datetime | None, at: datetime) -> Words:
    """When it opens, and when it is `seen`: the wall may be dark then, and for as long as it is open."""
    words = spoken_moment(seen or moment, at.date())
    if seen is None:
        return Words(
            f"{words.zh} 开始，不过那时屏幕不亮，看不到。",
            f"It begins {words.en}, but the screen is dark then and nobody sees it.",
        )
    if seen != moment:
        return Words(f"{words.zh} 亮屏时开始播放。", f"It begins {words.en}, when the screen is lit.")
    return Words(f"{words.zh} 开始播放。", f"It begins {words.en}.")


def _unplayed(folder: str) -> Words:
    name = called(folder)
    return Words(
        f"播放列表“{name.zh}”不在任何区域播放。", f'The playlist "{name.en}" plays in no zone of this screen.'
    )
