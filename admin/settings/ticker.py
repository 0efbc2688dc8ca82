"""The words of the moving line: `content/ticker.txt`, a line each."""

from pathlib import Path

from admin.office import Office
from kiosk.errors import Refusal, Words
from kiosk.files import TICKER

LONGEST = 20_000
"""Characters of the whole file."""

_TOO_LONG = Words(f"文字太多了，最多 {LONGEST} 个字。", f"Too many words: {LONGEST} characters at most.")
_UNSEEN = Words("里面有看不见的字符，请删掉再保存。", "There are invisible characters in it; take them out.")
_UNREAD = Words(
    "ticker.txt 读不了：请另存为 UTF-8 编码的文本。", "ticker.txt cannot be read; save it as UTF-8 text."
)


def file(here: Office) -> Path:
    """The one that this screen takes its words from: its folder's own goes before that for all."""
    own = here.home.content / here.folder / TICKER
    return own if own.is_file() else here.home.content / TICKER


def lines(here: Office) -> str:
    """What stands in it, with plain line ends; nothing if there is none. Raises `Refusal`."""
    try:
        return file(here).read_bytes().decode("utf-8-sig").replace("\r\n", "\n").strip("\n")
    except FileNotFoundError:
        return ""
    except (UnicodeDecodeError, OSError) as error:
        raise Refusal(_UNREAD) from error


def typed(text: str) -> str:
    """The lines as they were sent, without empty ones at the ends."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip("\n")


def written(text: str) -> str | None:
    """The file that it comes to; none without words. Raises `Refusal` for what nobody could read."""
    if len(text) > LONGEST:
        raise Refusal(_TOO_LONG)
    if any(not (char.isprintable() or char == "\t") for char in text.replace("\n", "")):
        raise Refusal(_UNSEEN)
    return f"{text}\n" if text.strip() else None
