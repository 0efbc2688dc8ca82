"""The picture that a card shows: through the same door as every picture, and never a slide of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import hostile
import pytest
from lent import SharingDecoder
from PIL import Image

from kiosk import library
from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.formats import card
from kiosk.library import Library
from kiosk.look import Look
from kiosk.settings import Config

WALL = Look(192, 96)
CARD = 'template = "picture-text"\ntitle = "院子"\n[fields]\npicture = "yard.png"\n'


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with SharingDecoder(home, WALL, 10_000_000, 1_000_000) as one:
        yield one


def photo(
    home: Home, name: str = "yard.png", colour: str = "red", size: tuple[int, int] = (400, 300)
) -> Path:
    path = home.content / name
    path.write_bytes(hostile.encoded(Image.new("RGB", size, colour), "PNG"))
    return path


def written(home: Home, text: str = CARD) -> None:
    (home.content / "a.toml").write_text(text)


def proven(home: Home, decoder: Decoder) -> Library:
    """The library once nothing in it waits any more."""
    found = library.prove(home, Config(), decoder)
    while found.waiting:
        found = library.prove(home, Config(), decoder)
    return found


def left_edge(home: Home, decoder: Decoder) -> object:
    found = proven(home, decoder)
    pixels = decoder.frame(found.files["a.toml"]).read_bytes()
    return Image.frombytes("RGB", (192, 96), pixels, "raw", "BGRX").getpixel((20, 48))


def reasons(home: Home, decoder: Decoder) -> str:
    return " ".join(str(one.words) for one in proven(home, decoder).refused)


def test_a_card_shows_its_picture(home: Home, decoder: Decoder) -> None:
    photo(home, colour="red")
    written(home)

    assert left_edge(home, decoder) == (255, 0, 0)


def test_the_picture_of_a_card_is_no_slide_of_its_own(home: Home, decoder: Decoder) -> None:
    photo(home)
    photo(home, "other.png")
    written(home)

    assert {slide.file for slide in proven(home, decoder).slides} == {"a.toml", "other.png"}


def test_a_picture_that_has_changed_is_shown_as_it_is_now(home: Home, decoder: Decoder) -> None:
    photo(home, colour="red")
    written(home)
    before = left_edge(home, decoder)
    photo(home, colour="#0000ff", size=(500, 300))

    assert (before, left_edge(home, decoder)) == ((255, 0, 0), (0, 0, 255))


def test_a_picture_that_is_missing_is_named_and_shown_once_it_has_come(home: Home, decoder: Decoder) -> None:
    photo(home, "yrad.png")
    written(home)

    told = reasons(home, decoder)
    photo(home, colour="red")

    assert "yard.png" in told and "是不是“yrad.png”" in told
    assert left_edge(home, decoder) == (255, 0, 0)


def test_a_picture_taken_away_takes_its_card_off_the_screen_with_a_reason(
    home: Home, decoder: Decoder
) -> None:
    path = photo(home)
    written(home)
    assert proven(home, decoder).slides
    path.unlink()

    assert not proven(home, decoder).slides
    assert "找不到这个文件" in reasons(home, decoder)


def test_a_picture_of_too_many_pixels_is_refused(home: Home, decoder: Decoder) -> None:
    photo(home, size=(2000, 2000))
    written(home)

    assert "图片太大" in reasons(home, decoder)


def test_a_pipe_is_not_waited_for(home: Home, decoder: Decoder) -> None:
    os.mkfifo(home.content / "yard.png")
    written(home)

    assert "yard.png" in reasons(home, decoder)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "空的"), (b"%PDF-1.7", "PDF"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "yard.png")],
)
def test_what_is_no_whole_picture_is_refused_in_words(
    home: Home, decoder: Decoder, content: bytes, told: str
) -> None:
    (home.content / "yard.png").write_bytes(content)
    written(home)

    assert told in reasons(home, decoder)


@pytest.mark.parametrize("name", ["../a.png", "/etc/passwd", "..", "sub/a.png", "notes.txt", "_yard.png"])
def test_only_a_picture_in_the_same_folder_is_looked_at(home: Home, decoder: Decoder, name: str) -> None:
    photo(home, "_yard.png")
    written(home, CARD.replace("yard.png", name))

    assert not proven(home, decoder).slides


def test_a_role_model_may_have_a_photo_and_needs_none(home: Home, decoder: Decoder) -> None:
    photo(home)
    written(home, 'template = "role-model"\ntitle = "好邻居"\n[fields]\npicture = "yard.png"\n')
    (home.content / "b.toml").write_text('template = "role-model"\ntitle = "好邻居"\n')

    assert {slide.file for slide in proven(home, decoder).slides} == {"a.toml", "b.toml"}


def test_of_a_moving_picture_a_card_shows_the_first_frame(home: Home, decoder: Decoder) -> None:
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("#ff0000", "#0000ff")]
    frames[0].save(home.content / "yard.gif", save_all=True, append_images=frames[1:], duration=100)
    written(home, CARD.replace("yard.png", "yard.gif"))

    assert left_edge(home, decoder) == (255, 0, 0)


def test_a_text_has_no_picture_whatever_it_says(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(CARD)

    assert card.beside(path) == ""


def test_a_draft_shows_the_photo_that_waits_with_it_before_one_that_plays(tmp_path: Path) -> None:
    draft, plain = tmp_path / "_a.toml", tmp_path / "a.toml"
    for path in (draft, plain):
        path.write_text(CARD)
    (tmp_path / "yard.png").touch()
    before = card.beside(draft)
    (tmp_path / "_yard.png").touch()

    assert (before, card.beside(draft), card.beside(plain)) == ("yard.png", "_yard.png", "yard.png")
