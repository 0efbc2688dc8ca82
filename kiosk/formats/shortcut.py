"""Shortcuts to an address, from Windows (`.url`) and Apple (`.webloc`): a card with its code. Child only."""

import plistlib
import re
from collections.abc import Callable
from datetime import datetime
from ipaddress import IPv6Address
from pathlib import Path
from urllib.parse import SplitResult, quote, urlsplit

from msgspec.structs import replace

from kiosk import qr, typeset
from kiosk.card import Card
from kiosk.errors import Refusal, Words
from kiosk.formats import content, suffix_of
from kiosk.formats.card import drawn
from kiosk.formats.drawn import Drawn
from kiosk.formats.encoded import text_of
from kiosk.look import Look
from kiosk.model.plain import plain
from kiosk.model.titles import title_of

MOST_BYTES = 64_000
LEAST_MODULE = 3
SMALL = 144
"""Cameras tell modules of two pixels on LEDs apart badly. Walls lower or narrower than `SMALL` pixels have
no room for larger ones, and the same code is all that they can show of anything."""

_SHORTEST = "HTTP://A.CN"
_LONGEST_TITLE = 48
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_SAFE = "/%:@!$&'()*+,;=~-._?"

NO_ADDRESS = Words(
    "这个快捷方式里没有网址，或者已损坏。请在浏览器里打开网页，把地址栏的图标拖到桌面，重新生成一个。",
    "There is no address in this shortcut, or it is damaged. Open the page in a browser and make a new one.",
)
NOT_WEB = Words(
    "这个快捷方式指向的不是网页。只有以 http:// 或 https:// 开头的网址才能做成二维码。",
    "This shortcut does not lead to a web page. Only http:// and https:// addresses become a code.",
)
SECRET = Words(
    "这个网址里带着用户名或密码，不能放上屏幕。请去掉后再上传。",
    "This address holds a user name or a password and must not be on the screen. Take it out.",
)


def draw(path: Path, look: Look, own_templates: Path | None, at: datetime) -> Drawn:
    """A card with the file's name for a title, and the code of its address. Raises `Refusal`.

    It is the only code on the card: with two of them people would not know which one is meant.
    """
    address, host = _address(_told(path))
    leading = replace(look, url=address)
    fields = {"host": host, "tag": "网址", "tag_en": "Link"}
    card = Card("link", title_of(path.name)[:_LONGEST_TITLE], fields)
    _check_room(card, leading)
    return drawn(card, leading, own_templates, at)


def _told(path: Path) -> str:
    if path.stat().st_size > MOST_BYTES:
        raise Refusal(NO_ADDRESS)
    raw = path.read_bytes()
    if not raw:
        raise Refusal(content.EMPTY)
    return plain(_READERS[suffix_of(path.name)](raw))


def _windows(raw: bytes) -> str:
    """The first `URL=` in the section `[InternetShortcut]`; other programs add sections of their own."""
    section = ""
    for line in map(str.strip, text_of(raw).splitlines()):
        key, _, value = line.partition("=")
        if line.startswith("["):
            section = line.casefold()
        elif section == "[internetshortcut]" and key.strip().casefold() == "url":
            return value
    raise Refusal(NO_ADDRESS)


def _apple(raw: bytes) -> str:
    try:
        told = plistlib.loads(raw)["URL"]
    except MemoryError:
        raise
    except Exception as error:
        # plistlib raises nearly anything for a broken file.
        raise Refusal(NO_ADDRESS) from error
    if not isinstance(told, str):
        raise Refusal(NO_ADDRESS)
    return told


_READERS: dict[str, Callable[[bytes], str]] = {".url": _windows, ".webloc": _apple}


def _address(told: str) -> tuple[str, str]:
    """The address in the letters that a code holds best (RFC 3986), and its host. Raises `Refusal`."""
    try:
        parts = urlsplit(told)
        host, port = _host(parts), f":{parts.port}" if parts.port else ""
    except ValueError as error:  # also what IDNA says about a host
        raise Refusal(NOT_WEB) from error
    if parts.scheme not in ("http", "https") or not host:
        raise Refusal(NOT_WEB)
    if "@" in parts.netloc:
        raise Refusal(SECRET)
    whole = f"{parts.scheme}://{host}{port}"
    rest = _rest(parts)
    # Letter case means nothing before the path, and capitals make a smaller code.
    return (whole + rest if rest not in ("", "/") else whole.upper()), host


def _host(parts: SplitResult) -> str:
    given = parts.hostname or ""
    if ":" in given:
        return f"[{IPv6Address(given)}]"
    host = given.encode("idna").decode("ascii").lower()
    return host if _HOST.fullmatch(host) else ""


def _rest(parts: SplitResult) -> str:
    query = f"?{quote(parts.query, _SAFE)}" if parts.query else ""
    fragment = f"#{quote(parts.fragment, _SAFE)}" if parts.fragment else ""
    return quote(parts.path, _SAFE) + query + fragment


def _check_room(card: Card, look: Look) -> None:
    """Raise `Refusal` if phones could not read the code on this wall."""
    place = typeset.code_place(card, look)
    least = LEAST_MODULE if min(look.width, look.height) >= SMALL else qr.SMALLEST_MODULE
    if place is None and typeset.code_place(card, replace(look, url=_SHORTEST)) is None:
        raise Refusal(_too_small(look))
    if place is None or place.module < least:
        raise Refusal(_too_dense(look))


def _too_small(look: Look) -> Words:
    return Words(
        f"这块屏幕（{look.width}×{look.height}）太小，放不下二维码。请把网址印在海报上贴出来。",
        f"This wall ({look.width}×{look.height}) is too small for any code. Print the address on a poster.",
    )


def _too_dense(look: Look) -> Words:
    return Words(
        f"这个网址有 {len(look.url)} 个字符，在 {look.width}×{look.height} 的屏幕上二维码太密，"
        "手机扫不出来。请换成短网址再上传。",
        f"This address has {len(look.url)} characters; on a wall of {look.width}×{look.height} its code is "
        "too dense for phones. Use a shorter address.",
    )
