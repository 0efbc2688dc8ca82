"""What lies in `content/`, as staff see it: one tile for each file, and why it is not on the screen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path, PurePosixPath

from admin.office import Office
from admin.wording import opening, spoken_moment, when
from kiosk import library as libraries
from kiosk.errors import Words
from kiosk.folder import folder_of, scan
from kiosk.library import Library
from kiosk.model.natural import natural
from kiosk.model.priority import Priority
from kiosk.model.schedule import active, over
from kiosk.model.slides import Slide


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
    Standing.ELSEWHERE: Words("不在这块屏", "Another screen"),
    Standing.WAITING: Words("等待检查", "Being checked"),
    Standing.REFUSED: Words("不能播放", "Cannot be shown"),
    Standing.DRAFT: Words("草稿", "Draft"),
}

_OVER = Words("播放日期已经过了。", "Its last day has passed.")
_NEVER = Words("按现在的日期和时段，不会再播放。", "With these dates and hours it will not play again.")
_WAITING = Words("文件已收到，正在检查，马上就好。", "The file is here and being checked.")
_DRAFT = Words("文件名以 _ 开头，所以不播放。", "Its name begins with _, so it is not played.")
_FOR_OTHERS = Words("只给别的屏幕播放。", "Meant for other screens only.")


@dataclass(frozen=True)
class Tile:
    """One file. `reason` says why it is not on the screen now; None if it is."""

    file: str
    title: str
    standing: Standing
    reason: Words | None = None
    slide: Slide | None = None
    pages: int = 1
    when: Words | None = None

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


@dataclass(frozen=True)
class Shelf:
    """All tiles: the loop of this screen in order, what is being checked, cannot be shown, is for others."""

    loop: tuple[Tile, ...]
    waiting: tuple[Tile, ...]
    troubles: tuple[Tile, ...]
    others: tuple[Tile, ...]
    warnings: tuple[libraries.Refused, ...]

    @property
    def round_seconds(self) -> float:
        """How long one round of what plays now takes."""
        playing = (tile for tile in self.loop if tile.standing is Standing.PLAYING)
        return sum(tile.pages * tile.slide.seconds for tile in playing if tile.slide)

    def tile(self, file: str) -> Tile | None:
        """The tile of that file."""
        return next(
            (one for one in (*self.loop, *self.waiting, *self.troubles, *self.others) if one.file == file),
            None,
        )


def library(here: Office) -> Library:
    """The library as the files are now; what has not changed is not read again."""
    here.library = libraries.read(here.home, here.config, here.decoder, before=here.library)
    return here.library


def read(here: Office) -> Shelf:
    """The shelf as the files are now. Raises `OSError` if `content/` cannot be read."""
    known, at = library(here), here.now()
    place = here.config.settings.screen.place
    tiles = [
        _tile(list(pages), here.folder, place, at) for _, pages in groupby(known.slides, lambda s: s.file)
    ]
    loop = tuple(tile for tile in tiles if folder_of(tile.file) == here.folder)
    others = tuple(tile for tile in tiles if folder_of(tile.file) != here.folder)
    waiting = tuple(Tile(one.name, one.name, Standing.WAITING, _WAITING) for one in known.waiting)
    drafts = _drafts(here.home.content)
    return Shelf(loop, waiting, tuple(_refused(known)), (*others, *drafts), known.warnings)


def prove(here: Office, file: str) -> None:
    """Look at a file that we have just written, so that the next page shows it and not that it waits."""
    asset = scan(here.home.content).get(file)
    if asset:
        here.decoder.prove(asset, urgent=True)
        here.decoder.prove(asset, urgent=True)  # a card with a picture is known only once both have been seen


def _tile(pages: list[Slide], folder: str, place: str, at: datetime) -> Tile:
    slide = pages[0]
    standing, reason = _standing(slide, folder, place, at)
    return Tile(slide.file, slide.title, standing, reason, slide, len(pages), when(slide.show, at.date()))


def _standing(slide: Slide, folder: str, place: str, at: datetime) -> tuple[Standing, Words | None]:
    if folder_of(slide.file) != folder:
        return Standing.ELSEWHERE, _in_folder(folder_of(slide.file))
    if slide.show.places and place not in slide.show.places:
        return Standing.ELSEWHERE, _FOR_OTHERS
    if over(slide.show, at):
        return Standing.OVER, _OVER
    if active(slide.show, at):
        return Standing.PLAYING, None
    moment = opening(slide.show, at)
    if moment is None:
        return Standing.OVER, _NEVER
    words = spoken_moment(moment, at.date())
    return Standing.LATER, Words(f"{words.zh} 开始播放。", f"It begins {words.en}.")


def _in_folder(folder: str) -> Words:
    if not folder:
        return Words(
            "在 content 里，这块屏播放的是子文件夹。",
            "It lies in content itself; this screen plays a folder.",
        )
    return Words(
        f"在子文件夹“{folder}”里，属于另一个播放列表。", f'It is in the folder "{folder}", another playlist.'
    )


def _refused(known: Library) -> Iterator[Tile]:
    """One tile for each file, all its sentences together."""
    for file, found in groupby(known.refused, lambda one: one.file):
        words = [one.words for one in found]
        reason = Words(" ".join(one.zh for one in words), " ".join(one.en for one in words))
        yield Tile(file, file, Standing.REFUSED, reason)


def _drafts(content: Path) -> Iterable[Tile]:
    """Files whose name begins with `_`, so that nobody wonders where they went."""
    found = [path.relative_to(content).as_posix() for path in content.rglob("_*") if path.is_file()]
    visible = (name for name in found if not any(part.startswith(".") for part in PurePosixPath(name).parts))
    return [Tile(name, name, Standing.DRAFT, _DRAFT) for name in sorted(visible, key=natural)]
