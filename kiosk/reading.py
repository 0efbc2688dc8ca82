"""What the parts of the library share: reading a text file, and saying what is wrong with it."""

from dataclasses import dataclass

from kiosk.decoder import Asset
from kiosk.errors import Mistake, Mistakes, Words


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not shown (or, as a warning, is shown all the same), and the sentence for staff."""

    file: str
    words: Words


def text_of(asset: Asset) -> str:
    """The text of a file, UTF-8 with or without a byte order mark. Raises `Mistakes`."""
    try:
        return asset.path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        words = Words("请另存为 UTF-8 编码的文本。", "Save this file as UTF-8 text.")
    except OSError as error:
        words = Words(f"读不了（{error.strerror}）。", f"It cannot be read ({error.strerror}).")
    raise Mistakes((Mistake(asset.name, None, words),))


def refusals(file: str, mistakes: Mistakes) -> tuple[Refused, ...]:
    """One sentence a mistake, with its line."""
    return tuple(Refused(file, _with_line(one.line, one.words)) for one in mistakes.found)


def _with_line(line: int | None, words: Words) -> Words:
    if line is None:
        return words
    return Words(f"第 {line} 行：{words.zh}", f"Line {line}: {words.en}")
