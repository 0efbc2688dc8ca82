"""Photos from strangers: what is kept of them, what is refused, and what may be shown."""

import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, cast

import pytest
from bare_jpeg import is_bare
from cases import ADMINISTRATOR, HANDLER, NOON, SECRETS, received, row
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from hostile import png_bomb
from PIL import Image
from sqlalchemy import Engine, select

from admin import case_photos, db
from admin.case_photos import MOST, MOST_TRIED, NotRedacted
from admin.case_records import Photo
from admin.photo_intake import NotNow
from admin.records import Trail
from kiosk.decoder import darkroom
from kiosk.decoder.darkroom import AT_ONCE
from kiosk.errors import Refusal
from kiosk.files import Home
from kiosk.model.boxes import Box

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
        assert (image.format, image.size) == ("JPEG", (300, 400))
    assert colour(path, (290, 10)) == "blue" and colour(path, (10, 10)) == "red"  # turned to the right
    assert is_bare(path.read_bytes())
    assert (kept.state, kept.shown) == ("new", "") and path.stat().st_mode & 0o777 == 0o600


def test_the_photo_as_it_was_sent_is_nowhere_afterwards(engine: Engine, home: Home, number: str) -> None:
    kept = add(engine, home, number, as_a_phone_takes_it())

    assert files(home) == [kept.file]


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", as_a_phone_takes_it()[:900], b"%PDF-1.7", png_bomb, b"\xff\xd8\xff"],
)
def test_what_cannot_be_a_photo_is_refused_with_a_reason_and_the_words_stay(
    engine: Engine, home: Home, number: str, content: bytes | Callable[[int], bytes]
) -> None:
    kept = add(engine, home, number, content if isinstance(content, bytes) else content(20_000))

    assert kept.state == "refused" and kept.file == "" and files(home) == []
    assert case_photos.why(kept).zh and case_photos.why(kept).en
    assert row(engine, number).words == "垃圾桶满了三天"
    assert [one.state for one in photos(engine)] == ["refused"]


def test_a_file_without_end_is_refused_before_it_fills_the_memory(
    engine: Engine, home: Home, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(darkroom, "MOST_BYTES", 1000)

    kept = add(engine, home, number, picture((900, 900)))

    assert "没有收下" in case_photos.why(kept).zh and files(home) == []


class Slow(io.BytesIO):
    """A photo that stands in the door until the gate opens."""

    def __init__(self, content: bytes, standing: threading.Semaphore, gate: threading.Event) -> None:
        super().__init__(content)
        self.standing, self.gate = standing, gate

    def read(self, size: int | None = -1) -> bytes:
        self.standing.release()
        self.gate.wait()
        return super().read(size)


def test_more_photos_than_may_wait_are_sent_away_and_may_come_again(
    engine: Engine, home: Home, number: str
) -> None:
    standing, gate = threading.Semaphore(0), threading.Event()
    numbers = [number, *(received(engine, f"第{count}件事") for count in range(1, AT_ONCE))]

    def slow(one: str) -> str:
        stream = cast(IO[bytes], Slow(picture(), standing, gate))
        return case_photos.add(engine, home, SECRETS, row(engine, one), stream, "slow", NOON).state

    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [pool.submit(slow, one) for one in numbers]
        try:
            for _ in numbers:
                assert standing.acquire(timeout=30)
            with pytest.raises(NotNow, match="过一会儿再传"):
                add(engine, home, number, picture())
        finally:
            gate.set()

    assert [one.result() for one in waiting] == ["new"] * AT_ONCE
    assert len(photos(engine)) == AT_ONCE
    assert add(engine, home, number, picture()).state == "new"


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


def test_refused_photos_without_end_do_not_fill_the_table_and_a_good_one_is_still_taken(
    engine: Engine, home: Home, number: str
) -> None:
    refused = [add(engine, home, number, b"nothing", f"refused {n}") for n in range(MOST_TRIED + 3)]
    good = add(engine, home, number, picture(), "good")

    assert {one.state for one in refused} == {"refused"} and case_photos.why(refused[-1]).zh
    assert [one.state for one in photos(engine)] == ["refused"] * MOST_TRIED + ["new"]
    assert files(home) == [good.file]


def test_nothing_is_shown_before_somebody_has_looked_and_then_without_what_was_hidden(
    engine: Engine, home: Home, number: str
) -> None:
    covered = [Box(0.025, 0.0333, 0.15, 0.2), Box(0.75, 0.6667, 0.975, 0.9667)]
    add(engine, home, number, picture())
    with pytest.raises(NotRedacted):
        case_photos.shown(home, photos(engine)[0])

    with db.session(engine) as rows:
        [photo] = case_photos.of(rows, row(engine, number))
        case_photos.redact(rows, home, photo, covered, HANDLER, NOON)

    shown = case_photos.shown(home, photos(engine)[0])
    seen = [colour(shown, at) for at in ((30, 30), (350, 250), (100, 100), (250, 100))]
    assert seen == ["black", "black", "blue", "red"]
    assert case_photos.boxes(photos(engine)[0]) == tuple(covered)
    assert is_bare(shown.read_bytes()) and shown.stat().st_mode & 0o777 == 0o600
    with db.reading(engine) as rows:
        assert [(one.account, one.action) for one in rows.scalars(select(Trail))] == [
            ("小李", "photo.redact")
        ]


def test_boxes_drawn_anew_leave_one_shown_file_and_the_unhidden_one(
    engine: Engine, home: Home, number: str
) -> None:
    add(engine, home, number, picture())
    for boxes in ([Box(0.0, 0.0, 0.125, 0.17)], []):
        with db.session(engine) as rows:
            [photo] = case_photos.of(rows, row(engine, number))
            case_photos.redact(rows, home, photo, boxes, ADMINISTRATOR, NOON)

    [photo] = photos(engine)
    assert files(home) == sorted([photo.file, photo.shown])
    assert colour(case_photos.shown(home, photo), (30, 30)) == "blue"


def test_boxes_that_could_not_be_kept_leave_what_was_shown(engine: Engine, home: Home, number: str) -> None:
    add(engine, home, number, picture())
    with db.session(engine) as rows:
        [photo] = case_photos.of(rows, row(engine, number))
        case_photos.redact(rows, home, photo, [Box(0.0, 0.0, 0.125, 0.17)], ADMINISTRATOR, NOON)

    with pytest.raises(RuntimeError), db.session(engine) as rows:
        [photo] = case_photos.of(rows, row(engine, number))
        case_photos.redact(rows, home, photo, [], ADMINISTRATOR, NOON)
        raise RuntimeError

    assert colour(case_photos.shown(home, photos(engine)[0]), (30, 30)) == "black"


def test_a_photo_whose_file_is_gone_is_said(engine: Engine, home: Home, number: str) -> None:
    (home.photos / add(engine, home, number, picture()).file).unlink()

    with db.session(engine) as rows, pytest.raises(Refusal, match="已经不在了"):
        [photo] = case_photos.of(rows, row(engine, number))
        case_photos.redact(rows, home, photo, [], HANDLER, NOON)


def test_a_refused_photo_cannot_be_redacted(engine: Engine, home: Home, number: str) -> None:
    add(engine, home, number, b"nothing")

    with db.session(engine) as rows, pytest.raises(Refusal):
        [photo] = case_photos.of(rows, row(engine, number))
        case_photos.redact(rows, home, photo, [], HANDLER, NOON)
