"""What may be done to many slides, one after the other: a table, each with its field and its sentence."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from admin import card_photo, moving, removal, slide_files
from admin.changes import Changing
from admin.guard import who
from admin.office import Office
from admin.shelf import Shelf, Tile
from admin.view import TOP
from kiosk import sidecar
from kiosk.errors import Refusal, Words
from kiosk.folder import again
from kiosk.spelling import Transition

SHORTEST, LONGEST = 1, 86400
"""Seconds that a slide may stay."""

Form = Mapping[str, str]
_URGENT = Words("紧急插播请在“紧急”页里处理。", "Emergencies are looked after on their own page.")
_BROKEN = Words("它的说明文件有写错的地方，请先改好。", "What is said of it has a mistake; mend that first.")
_NOT_DRAFT = Words("它不是草稿。", "It is no draft.")
_IS_DRAFT = Words("它已经是草稿了。", "It is a draft already.")


@dataclass(frozen=True)
class Act:
    """`value` reads what was typed, `do` does it to one file and returns its path afterwards.

    Both raise `LinliError`. `said` says it of `{n}` files.
    """

    value: Callable[[Office, Form], Any]
    do: Callable[[Changing, Tile, Any, Shelf], str]
    said: Words

    def words(self, count: int) -> Words:
        """What was done to so many."""
        return Words(self.said.zh.format(n=count), self.said.en.format(n=count))


def _nothing(here: Office, form: Form) -> None:
    return None


def _until(here: Office, form: Form) -> date:
    try:
        return date.fromisoformat(form.get("until", "").strip())
    except ValueError as error:
        words = Words("请先选结束日期，再按“改”。", "Choose the last day first, then press again.")
        raise Refusal(words) from error


def _theme(here: Office, form: Form) -> str | None:
    theme = form.get("theme", "")
    if theme and theme not in {one.slug for one in here.config.topics.theme}:
        raise Refusal(Words("没有这个主题。", "There is no such theme."))
    return theme or None


def _seconds(here: Office, form: Form) -> object:
    typed = unicodedata.normalize("NFKC", form.get("seconds", "")).strip()
    try:
        seconds = float(typed) if typed else None
    except ValueError:
        seconds = 0.0
    if seconds is not None and not SHORTEST <= seconds <= LONGEST:
        words = Words("停留几秒：请填 1 到 86400 之间的数字。", "Seconds: a number from 1 to 86400.")
        raise Refusal(words)
    return int(seconds) if seconds and seconds.is_integer() else seconds


def _transition(here: Office, form: Form) -> str | None:
    transition = form.get("transition", "")
    if transition not in ("", *get_args(Transition)):
        raise Refusal(Words("没有这种切换方式。", "There is no such transition."))
    return transition or None


def _playlist(here: Office, form: Form) -> str:
    """Which playlist; whether there is one is asked when the shelf has been read."""
    if not form.get("to", ""):
        raise Refusal(Words("请先选播放列表，再按“移”。", "Choose the playlist first, then press again."))
    return "" if form["to"] == TOP else form["to"]


def _set(*keys: str) -> Callable[[Changing, Tile, Any, Shelf], str]:
    """Change one key of what is said about a slide; all else that stands there stays."""

    def do(changing: Changing, tile: Tile, value: Any, seen: Shelf) -> str:
        here, path = changing.here, slide_files.beside(changing.here, tile.file)
        if tile.urgent:
            raise Refusal(_URGENT)
        before = path.read_bytes() if path.exists() else None
        try:
            sidecar.edit(path, dict.fromkeys(keys, value))
        except (
            ValueError,
            TypeError,
        ) as error:  # no UTF-8, no TOML, or another thing where a table should be
            raise Refusal(_BROKEN) from error
        changing.wrote(path.relative_to(here.home.content).as_posix(), before)
        _vouch(here, tile)
        after = path.read_text("utf-8") if path.exists() else ""
        changing.note("slide.edit", tile.file, (before or b"").decode("utf-8-sig"), after)
        return tile.file

    return do


def _vouch(here: Office, tile: Tile) -> None:
    """A card's file has changed, but not what it shows: it need not leave the screen to be drawn again."""
    known = here.library.files.get(tile.file) if here.library else None
    now = again(known) if known and tile.file.endswith(".toml") else None
    if known and now and now != known:
        here.decoder.vouch(known, now)


def _move(changing: Changing, tile: Tile, folder: str, seen: Shelf) -> str:
    if seen.listed(folder) is None:
        raise Refusal(Words("没有这个播放列表。", "There is no such playlist."))
    if tile.urgent:
        raise Refusal(_URGENT)
    now = moving.to_playlist(changing, tile.file, folder)
    changing.note("slide.move", now, tile.file, now)
    return now


def _up(changing: Changing, tile: Tile, value: None, seen: Shelf) -> str:
    if not tile.draft:
        raise Refusal(_NOT_DRAFT)
    now = moving.take_up(changing, tile.file)
    changing.note("slide.up", now, tile.file, now)
    return now


def _down(changing: Changing, tile: Tile, value: None, seen: Shelf) -> str:
    if tile.draft:
        raise Refusal(_IS_DRAFT)
    now = moving.take_down(changing, tile.file)
    changing.note("slide.down", now, tile.file, now)
    return now


def _copy(changing: Changing, tile: Tile, value: None, seen: Shelf) -> str:
    listed = seen.listed(tile.folder)
    if listed is None or tile not in listed.tiles:
        raise Refusal(Words("它不能播放，所以不能复制。", "It cannot be shown, so it is not copied."))
    if tile.urgent:
        raise Refusal(_URGENT)
    now = moving.copied(changing, tile, listed)
    changing.note("slide.copy", now, tile.file, now)
    return now


def _remove(changing: Changing, tile: Tile, value: None, seen: Shelf) -> str:
    here = changing.here
    photo = card_photo.of(here, tile.file)
    removed = removal.put_away(here.home, tile.file, tile.title, who(), here.now(), photo)
    changing.put_away(removed)
    changing.note("slide.remove", tile.file, after=removed.name)
    return tile.file


ACTS: dict[str, Act] = {
    "until": Act(_until, _set("show.until"), Words("改了 {n} 个的结束日期", "Last day set for {n}")),
    "theme": Act(_theme, _set("theme"), Words("改了 {n} 个的主题", "Theme set for {n}")),
    "seconds": Act(_seconds, _set("seconds"), Words("改了 {n} 个的停留时间", "Seconds set for {n}")),
    "transition": Act(
        _transition, _set("transition"), Words("改了 {n} 个的切换方式", "Transition set for {n}")
    ),
    "move": Act(_playlist, _move, Words("移动了 {n} 个", "{n} moved")),
    "up": Act(_nothing, _up, Words("上屏了 {n} 个", "{n} put up")),
    "down": Act(_nothing, _down, Words("{n} 个收成了草稿，不再播放", "{n} made drafts, which do not play")),
    "copy": Act(
        _nothing,
        _copy,
        Words("复制了 {n} 个；是草稿，改好再上屏", "{n} copied, as drafts: change them, then put them up"),
    ),
    "remove": Act(_nothing, _remove, Words("移除了 {n} 个", "{n} removed")),
}
