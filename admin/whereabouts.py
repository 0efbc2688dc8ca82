"""Why a name under `content/` is no slide: a draft, a sidecar, refused, being checked, or not there. Pure."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from admin.standings import Cause, Reason, Way
from kiosk import order
from kiosk.errors import Words
from kiosk.folder import PLAYLIST, TICKER, file_of, ignored, litter
from kiosk.library import Library
from kiosk.model.curtain import Curtain

SWITCHES = frozenset({f"_{Curtain.BLACK.value}", f"_{Curtain.SAFE.value}"})


@dataclass(frozen=True)
class Whereabouts:
    """What lies in `content/`, drafts and litter, too; what was removed lately, and what the tray holds."""

    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    tray: frozenset[str] = frozenset()


def reason_of(file: str, library: Library, lying: Whereabouts) -> Reason:
    """Why no slide comes of that name."""
    if file in library.files:
        return _of_known(file, library)
    if file in lying.files:
        return _of_ignored(file)
    return _of_missing(file, library, lying)


def _of_known(file: str, library: Library) -> Reason:
    """A file that the library has read."""
    entry = library.entries.get(file)
    if entry is None:
        return _of_words(file, library) or _beside(file, library)
    if words := entry.circumstances[1]:
        return Reason(Cause.ASIDE, words, _REPLACE)
    card = next((name for name, one in library.entries.items() if one.picture == file), None)
    if card:
        return Reason(Cause.PICTURE, *_on_card(card), _why(card))
    if entry.refused:
        return _refused([one.words for one in entry.refused], _REPLACE)
    if entry.bulletin:
        past = _together(one.words for one in library.warnings if one.file == file)
        return Reason(Cause.CANCELLED, past)
    return WAITING


def _of_words(file: str, library: Library) -> Reason | None:
    """What says something of a folder, or cannot be read."""
    found = [one.words for one in library.refused if one.file == file]
    if found:
        return _refused(found, _MEND)
    if file_of(file) == PLAYLIST:
        return ORDER
    return LINES if file_of(file) == TICKER else None


def _refused(found: Iterable[Words], then: Words) -> Reason:
    """The first sentence says what is so, the others what to do."""
    whole = _together(found)
    zh, en = re.split("(?<=。)", whole.zh, maxsplit=1), re.split(r"(?<=\.) ", whole.en, maxsplit=1)
    rest = (*zh[1:], then.zh), (*en[1:], then.en)
    return Reason(Cause.REFUSED, Words(zh[0], en[0]), Words("".join(rest[0]), " ".join(rest[1])))


def _beside(file: str, library: Library) -> Reason:
    heard = set(chain.from_iterable(order.music(library.orders).values()))
    if file in heard:
        return MUSIC
    asset = next((asset for asset, beside in library.register.sidecars.items() if beside == file), "")
    return Reason(Cause.SIDECAR, *_sidecar_of(asset), _why(asset))


def _of_ignored(file: str) -> Reason:
    """There, but passed over for its name, or for that of a folder above it."""
    parts = file.split("/")
    for number, part in enumerate(parts):
        if ignored(part):
            folder = number < len(parts) - 1
            return SWITCH if file in SWITCHES else _passed_over(part, folder=folder)
    return WAITING  # it came a moment ago


def _passed_over(name: str, *, folder: bool) -> Reason:
    what = Words(f"文件夹“{name}”" if folder else "文件名", f'the folder "{name}"' if folder else "its name")
    if name.startswith("_"):
        return Reason(
            Cause.DRAFT,
            Words(
                f"这是草稿：{what.zh}以 _ 开头，所以不播放。", f"This is a draft: {what.en} begins with _."
            ),
            Words("要播放就去掉开头的 _。", "To show it, take the _ away."),
        )
    if litter(name):
        return Reason(
            Cause.LITTER,
            Words("这是电脑系统自己放的文件，不是画面。", "A file of the computer's system, and no slide."),
        )
    if name.startswith("."):
        return Reason(
            Cause.HIDDEN,
            Words(f"{what.zh}以 . 开头，是隐藏的，所以不播放。", f"Hidden: {what.en} begins with a dot."),
            Words("要播放就去掉开头的点。", "To show it, take the dot away."),
        )
    return Reason(
        Cause.UNFINISHED,
        Words(
            f"这是没传完或临时的文件（{name}），所以不播放。",
            f"This is an unfinished or temporary file ({name}), so it is not shown.",
        ),
        Words(
            "等它传完；如果早就该传完了，请重新拷一次。",
            "Wait until it is whole; if it should be long since, copy it again.",
        ),
    )


def _of_missing(file: str, library: Library, lying: Whereabouts) -> Reason:
    if file in lying.removed:
        return REMOVED
    if file_of(file) in lying.tray:
        return TRAY
    if file.rstrip("/") in lying.folders:
        return FOLDER
    known = [*library.files, *sorted(lying.files)]
    near = next((one for one in known if _plain(one) == _plain(file)), None)
    near = near or next(iter(difflib.get_close_matches(file, known, n=1, cutoff=0.75)), None)
    also = Words(f"是不是“{near}”？", f' Did you mean "{near}"?') if near else Words("", "")
    return Reason(
        Cause.ABSENT,
        Words(
            f"content 里没有“{file}”这个文件。{also.zh}", f'There is no file "{file}" in content.{also.en}'
        ),
        Words("核对文件名，或者重新上传。", "Check the name, or upload it again."),
        _why(near, Words(f"看“{near}”", f'See "{near}"')) if near else _TO_UPLOAD,
    )


def _plain(name: str) -> str:
    """The same for names that people take for one."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _together(found: Iterable[Words]) -> Words:
    words = list(dict.fromkeys(found))
    return Words(" ".join(one.zh for one in words), " ".join(one.en for one in words))


def _why(file: str, words: Words | None = None) -> Way:
    return Way(words or Words("看那个文件", "See that file"), "asking.page", file)


def _on_card(card: str) -> tuple[Words, Words]:
    return (
        Words(f"它是卡片“{card}”上的照片，跟着那张卡片一起放。", f'It is the photo on the card "{card}".'),
        Words("看那张卡片放不放。", "See whether that card plays."),
    )


def _sidecar_of(asset: str) -> tuple[Words, Words]:
    return (
        Words(
            f"它是“{asset}”的说明（标题、时间），自己不是画面。",
            f'It says something about "{asset}" (title, times), and is no slide itself.',
        ),
        Words(f"看“{asset}”放不放。", f'See whether "{asset}" plays.'),
    )


_REPLACE = Words(
    "照上面说的改好，或换一个文件，马上会再试。", "Mend it as said above, or replace it; it is tried at once."
)
_MEND = Words("照上面说的改好就行。", "Mend it as said above.")
_TO_UPLOAD = Way(Words("去上传", "Upload"), "slides.overview", anchor="bring")

WAITING = Reason(
    Cause.WAITING,
    Words("文件已收到，正在检查，马上就好。", "The file is here and being checked; one moment."),
)
REMOVED = Reason(
    Cause.REMOVED,
    Words("它被移除了，30 天内可以放回去。", "It was removed, and can be put back for 30 days."),
    Words("在画面列表最下面点“放回去”。", 'Press "Put back" at the end of the list of slides.'),
    Way(Words("去放回去", "Put it back"), "slides.overview", anchor="removed"),
)
TRAY = Reason(
    Cause.TRAY,
    Words("它传上来了，但还没有上屏。", "It has been uploaded, and nobody has put it up yet."),
    Words("看一眼，再点“上屏”。", 'Look at it, then press "Put up".'),
    Way(Words("去上屏", "Put it up"), "slides.overview", anchor="tray"),
)
FOLDER = Reason(
    Cause.FOLDER,
    Words("这是一个文件夹，里面的每个文件各是一个画面。", "This is a folder; each file in it is a slide."),
)
SWITCH = Reason(
    Cause.SWITCH,
    Words(
        "这是开关文件：它在，屏幕就熄屏或只放安全画面。",
        "A switch: while it is there, the screen is black or shows the safe slide alone.",
    ),
    Words("删掉它就恢复播放。", "Delete it to play on."),
)
ORDER = Reason(
    Cause.ORDER,
    Words(
        "它写的是播放顺序和配乐，自己不是画面。", "It says the order and the music and is no slide itself."
    ),
)
LINES = Reason(
    Cause.LINES,
    Words(
        "它是走马灯的文字，一行一条，在走马灯里放。",
        "It is the words of the moving line, a message a line, and shows there.",
    ),
)
MUSIC = Reason(
    Cause.MUSIC,
    Words(
        "它是 playlist.toml 里的配乐，只听不看。",
        "It is music of playlist.toml, to be heard and not seen.",
    ),
)
