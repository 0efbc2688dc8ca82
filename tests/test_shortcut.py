"""Shortcuts: a card with a code that phones can read, and nothing that they should not open."""

import plistlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from lent import SharingDecoder
from PIL import Image
from test_animation import seen

from kiosk import library
from kiosk.decoder import Decoder
from kiosk.errors import Refusal
from kiosk.files import Home
from kiosk.formats import shortcut
from kiosk.look import Look
from kiosk.settings import Config

FORM = "HTTP://192.168.1.20:8080/F/SCREEN"
LONG = "https://www.example.gov.cn/shequ/gongyue/2026?id=1834&from=screen"
WALLS = [(1920, 1080), (1080, 1920), (960, 480), (384, 192), (336, 504)]


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with SharingDecoder(home, Look(384, 192), 10_000_000, 1_000_000) as one:
        yield one


def windows(address: str, encoding: str = "utf-8") -> bytes:
    return f"[{{000214A0-0000}}]\r\nProp3=19,11\r\n[InternetShortcut]\r\nIDList=\r\nURL={address}\r\n".encode(
        encoding
    )


def apple(address: object, kind: plistlib.PlistFormat = plistlib.FMT_XML) -> bytes:
    return plistlib.dumps({"URL": address}, fmt=kind)


def shown(tmp_path: Path, content: bytes, look: Look, name: str = "03-居民公约.url") -> list[str]:
    """The addresses that a phone reads from the card."""
    (tmp_path / name).write_bytes(content)
    (page,) = shortcut.draw(tmp_path / name, look, None, datetime.now(UTC)).images
    assert page.size == (look.width, look.height)
    return [code.text for code in zxingcpp.read_barcodes(page)]


@pytest.mark.parametrize("size", WALLS, ids=str)
def test_the_address_is_read_from_the_wall_and_no_other(tmp_path: Path, size: tuple[int, int]) -> None:
    look = Look(*size, corner=True, url=FORM)

    assert shown(tmp_path, windows(LONG), look) == [LONG]


KINDS = {
    "a.url": windows(LONG),
    "b.URL": b"\xef\xbb\xbf[internetshortcut]\nurl = " + LONG.encode(),
    "c.url": windows(LONG, "utf-16"),
    "d.url": "[InternetShortcut]\r\nIconFile=图标\r\nURL=".encode("gb18030") + LONG.encode(),
    "e.webloc": apple(LONG),
    "f.webloc": apple(LONG, plistlib.FMT_BINARY),
}


@pytest.mark.parametrize("name", KINDS)
def test_shortcuts_are_read_as_every_system_writes_them(tmp_path: Path, name: str) -> None:
    assert shown(tmp_path, KINDS[name], Look(384, 192), name) == [LONG]


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("https://Example.CN", "HTTPS://EXAMPLE.CN"),
        ("HTTP://example.cn:8080/", "HTTP://EXAMPLE.CN:8080"),
        ("https://example.cn/Path", "https://example.cn/Path"),
        ("https://例子.cn/公约?页=1#二", "https://xn--fsqu00a.cn/%E5%85%AC%E7%BA%A6?%E9%A1%B5=1#%E4%BA%8C"),
        ("https://example.cn/%E5%85%AC", "https://example.cn/%E5%85%AC"),
        ("http://192.168.1.20:8080/x", "http://192.168.1.20:8080/x"),
        ("http://[2001:db8::1]/x", "http://[2001:db8::1]/x"),
        ("https://example.cn/a b\t\x07c", "https://example.cn/a%20b%20c"),
        ("\u202ehttps://example.cn/a\u200b", "https://example.cn/a"),
    ],
)
def test_an_address_is_written_in_letters_that_every_phone_takes(
    tmp_path: Path, told: str, read: str
) -> None:
    assert shown(tmp_path, windows(told), Look(1920, 1080)) == [read]


def test_a_shortcut_is_one_slide_with_the_name_of_its_file(home: Home, decoder: Decoder) -> None:
    (home.content / "03-居民公约.url").write_bytes(windows(LONG))

    (slide,) = library.prove(home, Config(), decoder).slides
    frame = decoder.frame(seen(home.content / "03-居民公约.url"))

    assert (slide.kind, slide.title) == ("link", "居民公约")
    wall = Image.frombytes("RGB", (384, 192), frame.read_bytes(), "raw", "BGRX")
    assert [code.text for code in zxingcpp.read_barcodes(wall)] == [LONG]


def test_a_changed_template_makes_the_card_anew(home: Home, decoder: Decoder) -> None:
    asset = seen(home.content / "a.url", windows(LONG))
    before = decoder.stamp(asset)
    own = home.config / "templates"
    own.mkdir()
    (own / "link.typ").write_text("changed")

    with SharingDecoder(home, Look(384, 192), 10_000_000, 1_000_000) as other:
        assert other.stamp(asset) != before


OTHERS = [
    "javascript:alert(1)", "file:///etc/passwd", "ftp://example.cn/a", "mailto:a@example.cn", "weixin://dl/",
    "tel:110", "data:text/html,x", "//example.cn", "example.cn", "http:example.cn", "http:///a", "http://:80",
    "http://[::1", "http://[zz]/", "http://a..b/", "http://exa mple.cn/", "http://example.cn:99999/",
    "http://example.cn\\@evil.cn:x/", f"http://{'a' * 64}.cn/", "http://ex%61mple.cn/", "http:\\\\example.cn",
]  # fmt: skip


@pytest.mark.parametrize("address", OTHERS)
def test_what_is_no_address_of_a_page_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(Refusal) as refusal:
        shown(tmp_path, windows(address), Look(1920, 1080))

    assert refusal.value.words in (shortcut.NOT_WEB, shortcut.SECRET)


@pytest.mark.parametrize(
    "address", ["https://a:b@example.cn/", "https://example.cn@evil.cn/", "http://@a.cn/"]
)
def test_an_address_with_a_name_or_password_in_it_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(Refusal, match="用户名或密码"):
        shown(tmp_path, windows(address), Look(1920, 1080))


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    b"<plist><dict><key>URL</key><string>&b;</string></dict></plist>"
)
BROKEN = {
    "a.url": b"URL=https://example.cn\n",
    "b.url": b"[InternetShortcut]\nBaseURL=https://example.cn\n",
    "c.url": b"[InternetShortcut]\n[Other]\nURL=https://example.cn\n",
    "d.url": bytes(range(256)) * 20,
    "e.url": windows("https://example.cn/" + "x" * 100_000),
    "f.url": b"<!DOCTYPE html><html></html>",
    "a.webloc": LAUGHS,
    "b.webloc": apple(5),
    "c.webloc": apple(["https://example.cn"]),
    "d.webloc": plistlib.dumps(["https://example.cn"]),
    "e.webloc": apple(LONG)[:120],
    "f.webloc": b"bplist00" + b"\xff" * 40,
    "g.webloc": b"<plist>" + b"<array>" * 8000,
    "h.webloc": b"bplist00\xa1\x00\x08" + bytes(6) + b"\x01\x01" + bytes(7) + b"\x01" + bytes(15) + b"\x0a",
    "i.webloc": windows(LONG),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_shortcut_that_cannot_be_read_is_refused_in_words(home: Home, decoder: Decoder, name: str) -> None:
    verdict = decoder.prove(seen(home.content / name, BROKEN[name]))

    assert verdict.refusal == (shortcut.NO_ADDRESS.zh, shortcut.NO_ADDRESS.en)


def test_an_empty_shortcut_is_refused_in_words(home: Home, decoder: Decoder) -> None:
    verdict = decoder.prove(seen(home.content / "a.webloc", b""))

    assert verdict.refusal is not None and "空的" in verdict.refusal[0]


@pytest.mark.parametrize(
    ("size", "length", "says"),
    [
        ((384, 192), 200, "太密"),
        ((192, 96), 80, "太密"),
        ((960, 480), 2800, "太密"),
        ((1920, 1080), 5000, "太长"),
        ((128, 64), 30, "太小"),
        ((1024, 32), 30, "太小"),
    ],
)
def test_an_address_whose_code_no_phone_could_read_is_refused(
    tmp_path: Path, size: tuple[int, int], length: int, says: str
) -> None:
    with pytest.raises(Refusal, match=says):
        shown(tmp_path, windows("https://example.cn/".ljust(length, "x")), Look(*size))


def test_small_walls_show_codes_as_fine_as_their_own(tmp_path: Path) -> None:
    assert shown(tmp_path, windows("https://example.cn/a"), Look(192, 96)) == ["https://example.cn/a"]
