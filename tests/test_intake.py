"""Files from outside: a name that a folder can bear, a check by decoding, and a place or a sentence."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kiosk import intake, naming
from kiosk.decoder import Decoder
from kiosk.errors import DiskFull, Refusal
from kiosk.files import Home
from kiosk.look import Look

WALL = Look(192, 96)


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with Decoder(home, WALL, 10_000_000, 1_000_000) as one:
        yield one


def upload(home: Home, kind: str = "PNG") -> Path:
    """A whole picture that has just arrived."""
    path = home.incoming / "part"
    Image.new("RGB", (40, 20), "green").save(path, kind)
    return path


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

    name = intake.take(home, decoder, source, "../垃圾分类.png")

    assert name == "垃圾分类.png" and shelf(home) == ["垃圾分类.png"]
    assert not source.exists() and not list(home.incoming.iterdir())
    assert Image.open(home.content / name).size == (40, 20)


def test_a_picture_for_another_playlist_lands_in_its_folder(home: Home, decoder: Decoder) -> None:
    name = intake.take(home, decoder, upload(home), "a.png", folder="lift")

    assert name == "lift/a.png"
    assert (home.content / name).is_file()


def test_the_same_name_twice_gives_two_pictures(home: Home, decoder: Decoder) -> None:
    names = [intake.take(home, decoder, upload(home), "a.png") for _ in range(3)]

    assert names == ["a.png", "a-2.png", "a-3.png"] and shelf(home) == sorted(names)


def test_a_picture_that_lies_about_its_kind_never_reaches_the_shelf(home: Home, decoder: Decoder) -> None:
    source = upload(home)

    with pytest.raises(Refusal, match=r"PNG.*a\.png"):
        intake.take(home, decoder, source, "a.jpg")

    assert shelf(home) == [] and source.exists()


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
        intake.take(home, decoder, upload(home), name)

    assert shelf(home) == []


def test_an_upload_that_would_eat_the_reserve_is_refused(home: Home, decoder: Decoder) -> None:
    with pytest.raises(DiskFull, match="磁盘"):
        intake.take(home, decoder, upload(home), "a.png", reserve=10**9)

    assert shelf(home) == []


def test_a_file_larger_than_allowed_is_refused(home: Home, decoder: Decoder) -> None:
    source = upload(home)
    os.truncate(source, 2_000_000)

    with pytest.raises(Refusal, match="at most 1"):
        intake.take(home, decoder, source, "a.png", largest=1)


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
        intake.take(home, decoder, source, "a.bmp")

    assert shelf(home) == ["old.png"] and source.exists()


def test_an_alert_keeps_its_kind_when_its_name_is_taken() -> None:
    name = naming.safe("暴雨.CAP.XML")

    assert (name, naming.free_of(name, ["暴雨.cap"])) == ("暴雨.cap", "暴雨-2.cap")
