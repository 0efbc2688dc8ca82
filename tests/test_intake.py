"""Files from outside: a name that a folder can bear, a check by decoding, and a place or a sentence."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lent import SharingDecoder
from PIL import Image

from kiosk import intake, naming
from kiosk.decoder import Decoder
from kiosk.errors import DiskFull, Refusal
from kiosk.files import Home
from kiosk.folder import scan
from kiosk.look import Look

WALL = Look(192, 96)


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with SharingDecoder(home, WALL, 10_000_000, 1_000_000) as one:
        yield one


def upload(home: Home, kind: str = "PNG") -> Path:
    """A whole picture that has just arrived."""
    path = home.incoming / "part"
    Image.new("RGB", (40, 20), "green").save(path, kind)
    return path


def take(home: Home, decoder: Decoder, source: Path, filename: str, folder: str = "") -> str:
    """All the steps, as the staff pages take them."""
    name = naming.safe(filename)
    intake.check_kind(name)
    path = home.incoming / "id" / "whole" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    source.rename(path)
    asset = intake.aside(path)
    intake.check(decoder, asset)
    return intake.place(home, decoder, asset, folder)


def shelf(home: Home) -> list[str]:
    return sorted(path.name for path in home.content.iterdir())


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("垃圾分类 海报.png", "垃圾分类 海报.png"),
        ("IMG_0001.JPG", "IMG_0001.JPG"),
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\Users\\x\\图.png", "图.png"),
        ("a\nb\r\n\tc.png", "a b c.png"),
        ("a\0b.png", "ab.png"),
        (".hidden.png", "hidden.png"),
        ("_draft.png", "draft.png"),
        ("~$notes.txt", "notes.txt"),
        ("-rf.png", "rf.png"),
        ("文明🎉养宠🐶.jpg", "文明养宠.jpg"),
        ("🎉.jpg", "图片.jpg"),
        (".png", "图片.png"),
        ("...png", "图片.png"),
        ("photo.png. . ", "photo.png"),
        ("photo .png", "photo.png"),
        ("con.png", "con-1.png"),
        ("Aux.tar.png", "Aux.tar-1.png"),
        ('what?*is<this>|"now":.png', "what--is-this---now--.png"),
        ("rules#3.png", "rules＃3.png"),
        ("\u202egnp.exe.png", "gnp.exe.png"),
        ("e\u0301te\u0301.png", "été.png"),
        ("playlist.toml", "playlist-1.toml"),
        ("Ticker.TXT", "Ticker-1.TXT"),
        ("1️⃣.png", "1.png"),
    ],
)
def test_a_name_becomes_one_that_a_folder_can_bear(sent: str, kept: str) -> None:
    assert naming.safe(sent) == kept


def test_three_hundred_chinese_characters_are_shortened_and_keep_their_suffix() -> None:
    name = naming.safe("垃" * 300 + ".jpeg")

    assert name.endswith("垃.jpeg")
    assert len(name.encode()) <= 255 and len(f"{name.removesuffix('.jpeg')}-999.toml".encode()) <= 255
    assert set(name.removesuffix(".jpeg")) == {"垃"}


@given(st.text(max_size=400))
def test_any_text_at_all_becomes_a_name_that_stays_in_its_folder(sent: str) -> None:
    name = naming.safe(sent)

    assert name and not set(name) & set('/\\\0\n\r<>:"|?*')
    assert not name.startswith((".", "_", " ")) and not name.endswith((".", " "))
    assert 0 < len(name.encode()) <= 255
    assert naming.safe(name) == name


@pytest.mark.parametrize(
    ("there", "sent", "kept"),
    [
        ([], "a.png", "a.png"),
        (["a.png"], "a.png", "a-2.png"),
        (["a.png", "a-2.png"], "a.png", "a-3.png"),
        (["A.PNG"], "a.png", "a-2.png"),
        (["a.jpg"], "a.png", "a.png"),
        (["a.toml"], "a.png", "a-2.png"),
        (["a.png"], "a.toml", "a-2.toml"),
    ],
)
def test_a_taken_name_gets_a_number(there: list[str], sent: str, kept: str) -> None:
    assert naming.free_of(sent, there) == kept


def test_a_good_picture_is_on_the_shelf_under_its_name(home: Home, decoder: Decoder) -> None:
    source = upload(home)

    name = take(home, decoder, source, "../垃圾分类.png")

    assert name == "垃圾分类.png" and shelf(home) == ["垃圾分类.png"]
    assert [path for path in home.incoming.rglob("*") if path.is_file()] == []
    assert Image.open(home.content / name).size == (40, 20)


def test_a_picture_for_another_playlist_lands_in_its_folder(home: Home, decoder: Decoder) -> None:
    name = take(home, decoder, upload(home), "a.png", folder="lift")

    assert name == "lift/a.png"
    assert (home.content / name).is_file()


def test_the_same_name_twice_gives_two_pictures(home: Home, decoder: Decoder) -> None:
    names = [take(home, decoder, upload(home), "a.png") for _ in range(3)]

    assert names == ["a.png", "a-2.png", "a-3.png"] and shelf(home) == sorted(names)


def test_a_picture_that_lies_about_its_kind_never_reaches_the_shelf(home: Home, decoder: Decoder) -> None:
    source = upload(home)

    with pytest.raises(Refusal, match=r"PNG.*a\.png"):
        take(home, decoder, source, "a.jpg")

    assert shelf(home) == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("讲座.dps", "PDF 再上传"),
        ("表格.xlsx", "PDF 再上传"),
        ("open-day.rmvb", "另存为 MP4"),
        ("song.wma", "另存为 MP3"),
        ("program.exe", "可以显示的有"),
        ("nothing", "没有后缀"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_what_to_do(
    home: Home, decoder: Decoder, name: str, says: str
) -> None:
    with pytest.raises(Refusal, match=says):
        take(home, decoder, upload(home), name)

    assert shelf(home) == []


def test_what_was_found_out_before_is_known_on_the_shelf(home: Home, decoder: Decoder) -> None:
    name = take(home, decoder, upload(home), "a.png")
    landed = scan(home.content)[name]

    known = decoder.known(landed)

    assert known is not None and known.refusal is None and known.width == 40
    assert decoder.at_hand(landed) is not None


def test_a_file_that_had_got_its_place_when_we_were_killed_does_not_get_a_second(
    home: Home, decoder: Decoder
) -> None:
    source = upload(home)
    path = home.incoming / "id" / "whole" / "a.png"
    path.parent.mkdir(parents=True)
    source.rename(path)
    (home.content / "a.png").write_bytes(b"another")
    os.link(path, home.content / "a-2.png")

    assert intake.place(home, decoder, intake.aside(path)) == "a-2.png"
    assert shelf(home) == ["a-2.png", "a.png"]


@pytest.fixture
def small_disk(home: Home) -> Iterator[Path]:
    """`content/` on a disk of one megabyte."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", home.content], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield home.content
    subprocess.run(["umount", "-l", home.content], check=True)


def test_a_disk_that_fills_up_leaves_nothing_half_written(
    home: Home, small_disk: Path, decoder: Decoder
) -> None:
    source = home.incoming / "part"
    Image.effect_noise((1200, 800), 90).save(source, "BMP")
    (small_disk / "old.png").write_bytes(bytes(700_000))

    with pytest.raises(DiskFull, match="disk"):
        take(home, decoder, source, "a.bmp")

    assert shelf(home) == ["old.png"] and (home.incoming / "id" / "whole" / "a.bmp").exists()


def test_an_alert_keeps_its_kind_when_its_name_is_taken() -> None:
    name = naming.safe("暴雨.CAP.XML")

    assert (name, naming.free_of(name, ["暴雨.cap"])) == ("暴雨.cap", "暴雨-2.cap")
