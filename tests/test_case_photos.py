"""Photos from strangers: what is kept of them, what is refused, and what may be shown."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cases import ADMINISTRATOR, HANDLER, NOON, SECRETS, received, row
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from hostile import png_bomb
from PIL import Image
from sqlalchemy import Engine, select

from admin import case_photos, db
from admin.case_photos import MOST, NotRedacted
from admin.case_records import Photo
from admin.records import Trail
from kiosk.decoder import evidence
from kiosk.decoder.evidence import LONGEST
from kiosk.errors import Refusal
from kiosk.files import Home

GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


@pytest.fixture(name="number")
def a_report(engine: Engine) -> str:
    return received(engine)


def picture(size: tuple[int, int] = (400, 300), kind: str = "JPEG", **more: object) -> bytes:
    """A red picture whose left top quarter is blue."""
    image = Image.new("RGB", size, "red")
    image.paste((0, 0, 255), (0, 0, size[0] // 2, size[1] // 2))
    made = io.BytesIO()
    image.save(made, kind, **more)
    return made.getvalue()


def as_a_phone_takes_it() -> bytes:
    """Lying on its side, with the place and the make of the phone in it, and a comment."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "ACME phone"
    exif.get_ifd(GPS)[1] = "N"
    return picture(exif=exif, comment=b"taken by somebody")


def add(engine: Engine, home: Home, number: str, content: bytes, key: str = "k") -> Photo:
    return case_photos.add(engine, home, SECRETS, row(engine, number), io.BytesIO(content), key, NOON)


def photos(engine: Engine) -> list[Photo]:
    with db.reading(engine) as rows:
        return list(rows.scalars(select(Photo).order_by(Photo.id)))


def files(home: Home) -> list[str]:
    return sorted(path.name for folder in (home.photos, home.incoming) for path in folder.iterdir())


def colour(path: Path, at: tuple[int, int]) -> str:
    with Image.open(path) as image:
        red, _, blue = image.convert("RGB").getpixel(at)  # type: ignore[misc]
    return "red" if red > 128 else "blue" if blue > 128 else "black"


def test_a_photo_is_kept_upright_and_without_anything_but_its_pixels(
    engine: Engine, home: Home, number: str
) -> None:
    kept = add(engine, home, number, as_a_phone_takes_it())

    path = home.photos / kept.file
    with Image.open(path) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (300, 400), {})
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(image.info)
    assert colour(path, (290, 10)) == "blue" and colour(path, (10, 10)) == "red"  # turned to the right
    assert b"ACME" not in path.read_bytes() and b"somebody" not in path.read_bytes()
    assert (kept.state, kept.shown) == ("new", "") and path.stat().st_mode & 0o777 == 0o600


def test_the_photo_as_it_was_sent_is_nowhere_afterwards(engine: Engine, home: Home, number: str) -> None:
    kept = add(engine, home, number, as_a_phone_takes_it())

    assert files(home) == [kept.file]


@pytest.mark.parametrize(("size", "kept"), [((3000, 1500), (1600, 800)), ((200, 50), (200, 50))])
def test_a_large_photo_becomes_smaller_and_a_small_one_no_larger(
    engine: Engine, home: Home, number: str, size: tuple[int, int], kept: tuple[int, int]
) -> None:
    with Image.open(home.photos / add(engine, home, number, picture(size)).file) as image:
        assert image.size == kept and max(image.size) <= LONGEST


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_phone_may_send_any_kind_of_picture(engine: Engine, home: Home, number: str, kind: str) -> None:
    kept = add(engine, home, number, picture(kind=kind))

    assert kept.state == "new" and colour(home.photos / kept.file, (10, 10)) == "blue"


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", as_a_phone_takes_it()[:900], b"%PDF-1.7", png_bomb(20_000), b"\xff\xd8\xff"],
)
def test_what_cannot_be_a_photo_is_refused_with_a_reason_and_the_words_stay(
    engine: Engine, home: Home, number: str, content: bytes
) -> None:
    kept = add(engine, home, number, content)

    assert kept.state == "refused" and kept.file == "" and files(home) == []
    assert case_photos.why(kept).zh and case_photos.why(kept).en
    assert row(engine, number).words == "垃圾桶满了三天"
    assert [one.state for one in photos(engine)] == ["refused"]


def test_a_file_without_end_is_refused_before_it_fills_the_disk(
    engine: Engine, home: Home, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_photos, "LARGEST_BYTES", 1000)

    kept = add(engine, home, number, picture((900, 900)))

    assert "没有收下" in case_photos.why(kept).zh and files(home) == []


def test_a_photo_that_takes_too_long_is_refused(home: Home) -> None:
    given, made = home.incoming / "given", home.photos / "made.jpg"
    given.write_bytes(picture())

    with pytest.raises(Refusal, match="太久"):
        evidence.harmless(given, made, seconds=0.01)

    assert files(home) == ["given"]


def test_a_photo_sent_again_is_there_once_also_at_once(engine: Engine, home: Home, number: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(lambda _: add(engine, home, number, picture()).id, range(4)))

    assert len(set(kept)) == 1 and files(home) == [photos(engine)[0].file]


def test_the_fourth_photo_is_refused_and_refused_ones_do_not_count(
    engine: Engine, home: Home, number: str
) -> None:
    add(engine, home, number, b"nothing", "refused")

    states = [add(engine, home, number, picture(), f"{count}").state for count in range(MOST + 1)]

    assert states == ["new"] * MOST + ["refused"] and len(files(home)) == MOST
    assert "最多 3 张" in case_photos.why(photos(engine)[-1]).zh


def test_nothing_is_shown_before_somebody_has_looked_and_then_without_what_was_hidden(
    engine: Engine, home: Home, number: str
) -> None:
    add(engine, home, number, picture())
    with pytest.raises(NotRedacted):
        case_photos.shown(home, photos(engine)[0])

    with db.session(engine) as rows:
        [photo] = case_photos.of(rows, row(engine, number))
        case_photos.redact(rows, home, photo, [(10, 10, 60, 60), (390, 290, 300, 200)], HANDLER, NOON)

    shown = case_photos.shown(home, photos(engine)[0])
    seen = [colour(shown, at) for at in ((30, 30), (350, 250), (100, 100), (250, 100))]
    assert seen == ["black", "black", "blue", "red"]
    assert case_photos.boxes(photos(engine)[0])[0] == (10, 10, 60, 60)
    with db.reading(engine) as rows:
        assert [(one.account, one.action) for one in rows.scalars(select(Trail))] == [
            ("小李", "photo.redact")
        ]


def test_boxes_drawn_anew_leave_one_shown_file_and_the_unhidden_one(
    engine: Engine, home: Home, number: str
) -> None:
    add(engine, home, number, picture())
    for boxes in ([(0, 0, 50, 50)], []):
        with db.session(engine) as rows:
            [photo] = case_photos.of(rows, row(engine, number))
            case_photos.redact(rows, home, photo, boxes, ADMINISTRATOR, NOON)

    [photo] = photos(engine)
    assert files(home) == sorted([photo.file, photo.shown])
    assert colour(case_photos.shown(home, photo), (30, 30)) == "blue"


def test_a_refused_photo_cannot_be_redacted(engine: Engine, home: Home, number: str) -> None:
    add(engine, home, number, b"nothing")

    with db.session(engine) as rows, pytest.raises(Refusal):
        [photo] = case_photos.of(rows, row(engine, number))
        case_photos.redact(rows, home, photo, [], HANDLER, NOON)
