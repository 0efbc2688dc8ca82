"""Photos of residents: whatever came with the pixels is gone, and the original is nowhere."""

import errno
import io
import os
import random
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hostile
import pytest
from bare_jpeg import is_bare, segments
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageDraw, PngImagePlugin

from admin import photo_intake
from admin.photo_intake import NotNow, NotTaken
from kiosk import files
from kiosk.decoder.darkroom import LONGEST, Darkroom, Photo
from kiosk.errors import DiskFull
from kiosk.files import Home
from kiosk.model import boxes
from kiosk.model.boxes import Box

SECRET = b"SECRET-30.6586N-104.0647E"


@pytest.fixture(scope="module")
def darkroom() -> Iterator[Darkroom]:
    with Darkroom(40_000_000) as one:
        yield one


def quarters(width: int = 400, height: int = 300) -> Image.Image:
    """Red and green above, blue and white below: so it can be told which way is up."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width // 2, height // 2), fill="red")
    pen.rectangle((width // 2, 0, width, height // 2), fill="lime")
    pen.rectangle((0, height // 2, width // 2, height), fill="blue")
    return image


def exif(orientation: int = 1) -> bytes:
    """What a phone writes: maker, place, moment, a thumbnail of its own."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010F] = SECRET.decode()
    made[0x9286] = SECRET
    made.get_ifd(0x8825).update(
        {1: "N", 2: (30.0, 39.0, 31.0), 3: "E", 4: (104.0, 3.0, 53.0), 29: "2026:11:26"}
    )
    made.get_ifd(0x8769)[0x9003] = "2026:11:26 10:00:00"
    return made.tobytes()


def taken(darkroom: Darkroom, content: bytes) -> Image.Image:
    """The photo that comes out of `content`, which must be bare."""
    photo = photo_intake.take(darkroom, io.BytesIO(content))
    assert is_bare(photo.jpeg)
    assert SECRET not in photo.jpeg
    image = Image.open(io.BytesIO(photo.jpeg))
    image.load()
    assert image.size == (photo.width, photo.height)
    return image


def seen(image: Image.Image) -> list[str]:
    """The colours of the four quarters, row by row."""
    names = {
        "red": (255, 0, 0),
        "lime": (0, 255, 0),
        "blue": (0, 0, 255),
        "white": (255, 255, 255),
        "black": (0, 0, 0),
    }
    spots = [(x * image.width // 4, y * image.height // 4) for y in (1, 3) for x in (1, 3)]
    pixels = [image.convert("RGB").getpixel(spot) for spot in spots]
    return [
        min(names, key=lambda name: sum(abs(a - b) for a, b in zip(names[name], one, strict=True)))
        for one in pixels
    ]


UPRIGHT = ["red", "lime", "blue", "white"]


def test_the_reader_of_bytes_sees_what_must_not_be_there() -> None:
    plain = hostile.encoded(quarters(), "JPEG")
    assert is_bare(plain)

    assert not is_bare(hostile.encoded(quarters(), "JPEG", exif=exif()))
    assert not is_bare(hostile.encoded(quarters(), "JPEG", comment=SECRET))
    assert not is_bare(hostile.encoded(quarters(), "JPEG", icc_profile=hostile.profile_of_swapped_colours()))
    assert not is_bare(plain + b"\0")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright_and_says_no_more_where_it_was_taken(
    darkroom: Darkroom, orientation: int
) -> None:
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    lying = quarters().transpose(Image.Transpose(turns[orientation])) if orientation > 1 else quarters()

    image = taken(darkroom, hostile.encoded(lying, "JPEG", exif=exif(orientation)))

    assert (image.size, seen(image)) == ((400, 300), UPRIGHT)


def test_xmp_comments_profiles_and_application_segments_are_gone(darkroom: Darkroom) -> None:
    plain = hostile.encoded(quarters(), "JPEG", comment=SECRET, dpi=(300, 300))
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    extra = [(0xE1, xmp), (0xED, b"Photoshop 3.0\0" + SECRET), (0xE2, b"MPF\0" + SECRET), (0xEF, SECRET)]
    packed = b"".join(bytes((0xFF, kind)) + struct.pack(">H", len(one) + 2) + one for kind, one in extra)

    assert seen(taken(darkroom, plain[:2] + packed + plain[2:])) == UPRIGHT


def test_twelve_megabytes_of_exif_are_gone_and_the_photo_is_there(darkroom: Darkroom) -> None:
    plain, fill = hostile.encoded(quarters(), "JPEG"), b"Exif\0\0" + SECRET * 2600
    packed = b"\xff\xe1" + struct.pack(">H", len(fill) + 2) + fill

    assert seen(taken(darkroom, plain[:2] + packed * 190 + plain[2:])) == UPRIGHT


def test_an_embedded_thumbnail_is_gone(darkroom: Darkroom) -> None:
    small = hostile.encoded(quarters(64, 48), "JPEG", comment=SECRET)
    # TIFF 6.0: IFD0 with nothing in it leads to IFD1, which points at the thumbnail (EXIF 2.32, 4.5.5).
    ifd1 = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 44, 0x0202, 4, 1, len(small), 0)
    body = b"Exif\0\0" + b"II*\0" + struct.pack("<IHI", 8, 0, 14) + ifd1 + small
    plain = hostile.encoded(quarters(), "JPEG")
    with_thumbnail = plain[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + plain[2:]
    assert with_thumbnail.count(b"\xff\xd8\xff") == 2

    assert seen(taken(darkroom, with_thumbnail)) == UPRIGHT


def test_text_in_a_png_is_gone(darkroom: Darkroom) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET.decode())
    notes.add_itxt("XML:com.adobe.xmp", SECRET.decode())

    assert seen(taken(darkroom, hostile.encoded(quarters(), "PNG", pnginfo=notes, exif=exif()))) == UPRIGHT


@pytest.mark.parametrize("kind", ["WEBP", "TIFF", "AVIF", "HEIF", "BMP", "GIF"])
def test_every_family_comes_out_as_a_bare_jpeg(darkroom: Darkroom, kind: str) -> None:
    more = {"exif": exif()} if kind in ("WEBP", "TIFF", "AVIF", "HEIF") else {}

    assert seen(taken(darkroom, hostile.encoded(quarters(), kind, **more))) == UPRIGHT


@pytest.mark.parametrize(
    "behind",
    [b"PK\x03\x04" + SECRET * 50, b"<script>" + SECRET + b"</script>", SECRET * 9000],
    ids=["zip", "script", "much"],
)
def test_what_hides_behind_the_end_is_gone(darkroom: Darkroom, behind: bytes) -> None:
    assert seen(taken(darkroom, hostile.encoded(quarters(), "JPEG") + behind)) == UPRIGHT
    assert seen(taken(darkroom, hostile.encoded(quarters(), "PNG") + behind)) == UPRIGHT


def test_a_gif_that_is_a_script_as_well_comes_out_as_pixels(darkroom: Darkroom) -> None:
    polyglot = hostile.gif(hostile.gif_frame(0)) + b"*/=1;alert('" + SECRET + b"')"

    assert taken(darkroom, polyglot).size == (2, 2)


def test_of_what_moves_the_first_picture_is_taken(darkroom: Darkroom) -> None:
    first, second = quarters(), Image.new("RGB", (400, 300), "black")
    for kind in ("GIF", "PNG", "WEBP"):
        moving = hostile.encoded(first, kind, save_all=True, append_images=[second], duration=100)
        assert seen(taken(darkroom, moving)) == UPRIGHT


@pytest.mark.parametrize("mode", ["CMYK", "L", "1", "P", "RGBA", "LA", "I;16"])
def test_every_way_of_keeping_pixels_comes_out_as_colours(darkroom: Darkroom, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    grey = quarters().convert("L")
    deep = grey.convert("I").point(lambda value: value * 256).convert("I;16")
    image = deep if mode == "I;16" else quarters().convert(mode)

    found = taken(darkroom, hostile.encoded(image, kind))

    assert found.mode == "RGB" and found.size == (400, 300)
    if mode in ("CMYK", "P", "RGBA"):
        assert seen(found) == UPRIGHT


def test_colours_of_another_profile_are_turned_into_srgb_and_the_profile_is_gone(darkroom: Darkroom) -> None:
    swapped = hostile.encoded(
        Image.new("RGB", (80, 60), "red"), "JPEG", icc_profile=hostile.profile_of_swapped_colours()
    )
    named = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = hostile.encoded(Image.new("RGB", (80, 60), "red"), "JPEG", icc_profile=named)

    assert seen(taken(darkroom, swapped))[0] == "lime"
    assert seen(taken(darkroom, plain))[0] == "red"


@pytest.mark.parametrize(
    ("size", "wanted"), [((4000, 3000), (1600, 1200)), ((300, 5000), (96, 1600)), ((90, 40), (90, 40))]
)
def test_a_photo_is_made_smaller_and_never_larger(
    darkroom: Darkroom, size: tuple[int, int], wanted: tuple[int, int]
) -> None:
    image = taken(darkroom, hostile.encoded(Image.new("RGB", size, "red"), "JPEG"))

    assert image.size == wanted and max(image.size) <= LONGEST


EVIL: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a web page": lambda: hostile.HTML,
    "a document": lambda: b"%PDF-1.7 " + SECRET,
    "zeros": lambda: bytes(5000),
    "noise": lambda: random.Random(7).randbytes(5000),
    "144 megapixels": lambda: hostile.png_bomb(12_000),
    "a note of 200 megabytes": hostile.png_text_bomb,
    "a JPEG that claims too much": lambda: hostile.jpeg_claiming(65_000, 65_000),
    "a BMP that claims too much": lambda: hostile.bmp_claiming(100_000, 100_000),
    "a JPEG without its end": lambda: hostile.encoded(hostile.noise(), "JPEG")[:-3000],
    "a PNG without its end": lambda: hostile.encoded(hostile.noise(), "PNG")[:-3000],
    "a HEIC without its end": lambda: hostile.encoded(hostile.noise(), "HEIF")[:-3000],
    "a JPEG that was ended early": lambda: hostile.ended_early(hostile.encoded(hostile.noise(), "JPEG"), 0.5),
    "a drawing": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
    "a video": lambda: b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(200),
}


@pytest.mark.parametrize("evil", EVIL)
def test_what_is_no_whole_photo_is_refused_in_a_sentence_and_the_words_are_kept(
    darkroom: Darkroom, evil: str
) -> None:
    with pytest.raises(NotTaken) as refused:
        photo_intake.take(darkroom, io.BytesIO(EVIL[evil]()))

    assert refused.value.words.zh.startswith("照片没有收下，您写的话不受影响。")
    assert refused.value.words.en.startswith("The photo was not taken; your words are kept.")


def test_the_next_photo_is_taken_after_a_bad_one(darkroom: Darkroom) -> None:
    for evil in (hostile.png_text_bomb(), bytes(99)):
        with pytest.raises(NotTaken):
            photo_intake.take(darkroom, io.BytesIO(evil))

    assert seen(taken(darkroom, hostile.encoded(quarters(), "JPEG"))) == UPRIGHT


def test_a_photo_larger_than_any_is_refused_before_it_is_all_here(darkroom: Darkroom) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return bytes(size)

    endless = Endless()
    with pytest.raises(NotTaken, match="照片太大"):
        photo_intake.take(darkroom, endless)  # type: ignore[arg-type]

    assert endless.given < 60_000_000


def test_neither_the_original_nor_a_temporary_file_is_on_the_disk(
    home: Home, darkroom: Darkroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = everything(tmp_path)

    photo = photo_intake.take(darkroom, io.BytesIO(hostile.encoded(quarters(), "JPEG", exif=exif())))
    name = photo_intake.keep(home, photo)

    assert everything(tmp_path) - before == {home.photos / name}
    assert is_bare((home.photos / name).read_bytes())


def test_a_child_that_dies_with_a_photo_in_its_hands_costs_that_photo_alone(tmp_path: Path) -> None:
    marker = tmp_path / "first"
    # Reads its request and dies as if it were killed, the first time.
    script = (
        "import os,sys,pathlib;m=pathlib.Path(sys.argv[1])\n"
        "if m.exists(): os.execv(sys.executable,[sys.executable,'-m','kiosk.decoder.child',*sys.argv[2:]])\n"
        "m.touch(); os.read(0,4); os.kill(os.getpid(),9)"
    )
    with Darkroom(1_000_000, command=(sys.executable, "-c", script, str(marker))) as darkroom:
        with pytest.raises(NotTaken):
            photo_intake.take(darkroom, io.BytesIO(hostile.encoded(quarters(), "JPEG")))

        assert seen(taken(darkroom, hostile.encoded(quarters(), "JPEG"))) == UPRIGHT


def test_a_photo_that_takes_too_long_is_given_up() -> None:
    with Darkroom(1_000_000, seconds=0.01) as darkroom, pytest.raises(NotTaken, match="已放弃"):
        photo_intake.take(darkroom, io.BytesIO(hostile.encoded(quarters(), "JPEG")))


def test_where_there_is_no_memory_a_photo_may_come_again(darkroom: Darkroom) -> None:
    class NoMemory(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    with pytest.raises(NotNow, match="过一会儿再传"):
        photo_intake.take(darkroom, NoMemory())

    assert seen(taken(darkroom, hostile.encoded(quarters(), "JPEG"))) == UPRIGHT


KILLED = """
import io, os, sys
from pathlib import Path
from kiosk.decoder.darkroom import Darkroom, Photo
from kiosk.files import Home
from admin import photo_intake

home, moment = Home(Path(sys.argv[1])), sys.argv[2]
class Half(io.BytesIO):
    def read(self, size=-1):
        piece = super().read(200)
        if not piece:
            die()
        return piece
def die(*_, **__):
    print("now", flush=True)
    sys.stdin.read()
original = Path(sys.argv[3]).read_bytes()
with Darkroom(1_000_000) as darkroom:
    if moment == "sending":
        photo_intake.take(darkroom, Half(original))
    photo = photo_intake.take(darkroom, io.BytesIO(original))
    if moment == "writing":
        os.fsync = die
    elif moment == "naming":
        os.link = die
    photo_intake.keep(home, photo)
"""


@pytest.mark.parametrize("moment", ["sending", "writing", "naming"])
def test_who_is_killed_in_the_middle_leaves_nothing(home: Home, tmp_path: Path, moment: str) -> None:
    original = tmp_path / "original.jpg"
    original.write_bytes(hostile.encoded(quarters(), "JPEG", comment=SECRET))
    (tmp_path / "temporary").mkdir()
    before = everything(tmp_path)
    killed = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(home.root), moment, str(original)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
    )
    assert killed.stdout is not None and killed.stdout.readline() == b"now\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()

    assert everything(tmp_path) == before


def everything(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if ".hypothesis" not in path.parts}


def test_a_photo_never_takes_the_place_of_another(home: Home) -> None:
    path = home.photos / "a.jpg"
    files.write_new(path, b"first")

    with pytest.raises(FileExistsError):
        files.write_new(path, b"second")

    assert (path.read_bytes(), len(everything(path.parent))) == (b"first", 1)


def test_where_no_nameless_file_can_be_a_named_one_is_written(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def no_nameless(path: str, flags: int, *more: int, **named: int) -> int:
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(95, "Operation not supported")
        return real(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", no_nameless)
    files.write_new(home.photos / "a.jpg", b"whole")

    assert (home.photos / "a.jpg").read_bytes() == b"whole"


def test_a_full_disk_is_said(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        photo_intake.keep(home, Photo(b"x", 1, 1))

    assert everything(home.photos) == set()


def redacted(
    darkroom: Darkroom, home: Home, image: Image.Image, *covered: Box
) -> tuple[Image.Image, Image.Image]:
    """The photo as it is kept and as it may be shown."""
    name = photo_intake.keep(home, photo_intake.take(darkroom, io.BytesIO(hostile.encoded(image, "PNG"))))
    made = photo_intake.cover(darkroom, home, name, covered)
    assert is_bare(made.jpeg)
    return Image.open(home.photos / name), Image.open(io.BytesIO(made.jpeg))


def test_nothing_is_left_of_what_a_box_covers_not_even_at_its_edge(home: Home, darkroom: Darkroom) -> None:
    covered = Box(0.25, 0.25, 0.75, 0.75)
    plain, other = hostile.noise(400, 300), hostile.noise(400, 300)
    inside = covered.pixels(400, 300)
    other.paste(plain, (0, 0))
    other.paste(hostile.noise(inside[2] - inside[0] + 1, inside[3] - inside[1] + 1), inside[:2])

    _, one = redacted(darkroom, home, plain, covered)
    kept = darkroom.develop(io.BytesIO(hostile.encoded(other, "PNG")), [covered])
    direct = darkroom.develop(io.BytesIO(hostile.encoded(plain, "PNG")), [covered])

    # Two photos that differ under the box alone are the same to the last byte once it is drawn.
    assert kept.jpeg == direct.jpeg
    deep = (
        inside[0] + 16,
        inside[1] + 16,
        inside[2] - 16,
        inside[3] - 16,
    )  # away from what the JPEG rounds at the edge
    assert one.crop(deep).convert("L").getextrema()[1] < 40  # type: ignore[operator]


def test_what_is_not_covered_is_as_it_was(home: Home, darkroom: Darkroom) -> None:
    before, after = redacted(darkroom, home, quarters(), Box(0.0, 0.0, 0.5, 0.5))

    assert seen(after) == ["black", "lime", "blue", "white"]
    difference = ImageChops.difference(before.crop((240, 170, 400, 300)), after.crop((240, 170, 400, 300)))
    assert max(high for _, high in difference.getextrema()) < 12  # type: ignore[misc]


def test_boxes_cover_the_upright_photo(home: Home, darkroom: Darkroom) -> None:
    lying = hostile.encoded(quarters().transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif(6))

    photo = darkroom.develop(io.BytesIO(lying), [Box(0.5, 0.0, 1.0, 0.5)])

    assert seen(Image.open(io.BytesIO(photo.jpeg))) == ["red", "black", "blue", "white"]


@given(*[st.floats(-1, 2)] * 4, st.integers(1, 3000), st.integers(1, 3000))
def test_a_box_lies_in_the_picture_and_covers_every_pixel_it_touches(
    left: float, top: float, width: float, height: float, across: int, down: int
) -> None:
    one = boxes.box(left, top, width, height)
    if one is None:
        return

    first, upper, last, lower = one.pixels(across, down)

    assert 0 <= first <= last < across and 0 <= upper <= lower < down
    assert first <= one.left * across and one.right * across <= last + 1
    assert upper <= one.top * down and one.bottom * down <= lower + 1


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (("10", "20", "30", "40"), (Box(0.1, 0.2, 0.4, 0.6),)),
        (("90", "90", "30", "30"), (Box(0.9, 0.9, 1.0, 1.0),)),
        (("50", "50", "-20", "-20"), (Box(0.3, 0.3, 0.5, 0.5),)),
        (("10,5%", "0", "10", "10"), (Box(0.105, 0.0, 0.205, 0.1),)),
        (("", "", "", ""), ()),
        (("10", "10", "0", "10"), ()),
        (("x", "1", "1", "1"), ()),
        (("nan", "1", "inf", "1"), ()),
        (("200", "200", "10", "10"), ()),
    ],
)
def test_a_row_of_the_form_is_a_box_or_none(row: tuple[str, str, str, str], wanted: tuple[Box, ...]) -> None:
    found = boxes.parsed(*([one] for one in row))

    assert [pytest.approx((one.left, one.top, one.right, one.bottom)) for one in wanted] == [
        (one.left, one.top, one.right, one.bottom) for one in found
    ]


def test_more_boxes_than_anybody_needs_are_not_drawn() -> None:
    assert len(boxes.parsed(*[["1"] * 500] * 4)) == boxes.MOST


def test_segments_end_with_the_end() -> None:
    assert list(segments(hostile.encoded(quarters(), "JPEG")))[-1] == (0xD9, b"")
