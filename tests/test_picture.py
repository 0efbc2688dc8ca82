"""Pictures drawn for a wall: every kind of pixel, every shape, and no half picture."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hostile
import pytest
from PIL import Image, ImageDraw

from kiosk.errors import Refusal
from kiosk.formats import format_of, picture
from kiosk.look import Look

WALL = Look(192, 96)
RED, GREEN, BLUE, WHITE, BLACK = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)


def drawn(path: Path, look: Look = WALL) -> Image.Image:
    """The picture at `path` on the wall."""
    (wall,) = picture.draw(path, look).images
    assert wall.mode == "RGB" and wall.size == (look.width, look.height)
    return wall


def close(one: Any, other: tuple[int, int, int], within: int = 12) -> bool:
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def quarters(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Red and green above, blue and white below: shows every turn and every swap of channels."""
    image = Image.new("RGB", (width, height), WHITE)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width // 2 - 1, height // 2 - 1), RED)
    pen.rectangle((width // 2, 0, width, height // 2 - 1), GREEN)
    pen.rectangle((0, height // 2, width // 2 - 1, height), BLUE)
    return image if mode == "RGB" else image.convert(mode)


def corners(wall: Image.Image) -> list[Any]:
    x, y = wall.width // 4, wall.height // 4
    return [wall.getpixel(at) for at in ((x, y), (3 * x, y), (x, 3 * y), (3 * x, 3 * y))]


KINDS = [
    ("JPEG", ".jpg", "RGB"), ("JPEG", ".jpg", "CMYK"),
    ("PNG", ".png", "RGB"), ("PNG", ".png", "RGBA"), ("PNG", ".png", "P"),
    ("WEBP", ".webp", "RGB"), ("WEBP", ".webp", "RGBA"),
    ("AVIF", ".avif", "RGB"), ("AVIF", ".avif", "RGBA"),
    ("GIF", ".gif", "P"),
    ("BMP", ".bmp", "RGB"), ("BMP", ".bmp", "P"),
    ("TIFF", ".tif", "RGB"), ("TIFF", ".tiff", "RGBA"), ("TIFF", ".tif", "CMYK"), ("TIFF", ".tif", "P"),
    ("HEIF", ".heic", "RGB"), ("HEIF", ".heif", "RGBA"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "suffix", "mode"), KINDS)
def test_every_format_keeps_its_colours_in_their_places(
    tmp_path: Path, kind: str, suffix: str, mode: str
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(hostile.encoded(quarters(384, 192, mode), kind))

    found = corners(drawn(path))

    assert [close(*pair) for pair in zip(found, (RED, GREEN, BLUE, WHITE), strict=True)] == [True] * 4, found


def grey() -> Image.Image:
    """Every grey from black above to white below."""
    return Image.linear_gradient("L")


def deep() -> Image.Image:
    """The same with 16 bits."""
    return grey().convert("I").point(lambda value: value * 257 + 0).convert("I;16")


GREYS: list[tuple[str, str, Callable[[], Image.Image]]] = [
    ("PNG", ".png", grey),
    ("PNG", ".png", lambda: grey().convert("LA")),
    ("PNG", ".png", deep),
    ("TIFF", ".tif", deep),
    ("TIFF", ".tif", lambda: grey().convert("I").point(lambda v: v * 9000 + 0)),
    ("TIFF", ".tif", lambda: grey().convert("F").point(lambda v: v * (1 / 255) + 0)),
    ("JPEG", ".jpeg", grey),
    ("WEBP", ".webp", grey),
    ("BMP", ".bmp", grey),
    ("GIF", ".gif", grey),
    ("AVIF", ".avif", grey),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "suffix", "make"), GREYS)
def test_greys_of_any_depth_run_from_black_to_white(
    tmp_path: Path, kind: str, suffix: str, make: Callable[[], Image.Image]
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(hostile.encoded(make(), kind))

    wall = drawn(path, Look(256, 256))

    found = [wall.getpixel((128, y)) for y in (2, 64, 128, 192, 253)]
    assert all(close(one, (y,) * 3) for one, y in zip(found, (2, 64, 128, 192, 253), strict=True)), found


def test_sixteen_bits_of_colour_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    rows = b"".join(b"\0" + (b"\xff\xff\0\0\0\0" * 4) for _ in range(4))
    header = hostile.chunk(b"IHDR", bytes.fromhex("00000004 00000004 10 02 00 00 00"))
    body = hostile.chunk(b"IDAT", hostile.zlib.compress(rows))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + body + hostile.chunk(b"IEND", b""))

    assert close(drawn(path).getpixel((96, 48)), RED)


def test_one_bit_a_pixel_is_black_and_white(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    quarters(384, 192, "1").save(path, compression="group4")

    assert corners(drawn(path))[3] == WHITE


# What the camera's sensor saw of an upright scene, by EXIF orientation.
TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif"])
def test_a_photograph_stands_upright_however_the_camera_was_held(
    tmp_path: Path, suffix: str, orientation: int
) -> None:
    turned = quarters(192, 96)
    if orientation > 1:
        turned = turned.transpose(TURNED[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"a{suffix}"
    turned.save(path, exif=exif, quality=95)

    found = corners(drawn(path))

    assert [close(*pair, 20) for pair in zip(found, (RED, GREEN, BLUE, WHITE), strict=True)] == [True] * 4


@pytest.mark.parametrize("size", [(1, 1), (3, 1000), (5000, 3), (97, 33), (96, 192), (1000, 500), (193, 97)])
@pytest.mark.parametrize("letterbox", ["blur", "black"])
@pytest.mark.parametrize("wall", [(192, 96), (96, 192), (16, 16), (1024, 32), (333, 777)])
def test_every_shape_fits_every_wall(
    tmp_path: Path, size: tuple[int, int], letterbox: str, wall: tuple[int, int]
) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", size, RED).save(path)

    image = drawn(path, Look(*wall, letterbox=letterbox))

    middle = image.crop((wall[0] // 2 - 1, wall[1] // 2 - 1, wall[0] // 2 + 1, wall[1] // 2 + 1))
    assert RED in middle.get_flattened_data()


def test_the_black_letterbox_is_black_and_the_blurred_one_is_a_dark_hint_of_the_picture(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (100, 100), RED).save(path)

    black, blur = drawn(path, Look(192, 96, "black")), drawn(path, Look(192, 96, "blur"))

    assert black.getpixel((5, 5)) == BLACK and black.getpixel((190, 90)) == BLACK
    red, green, blue = blur.getpixel((5, 5))  # type: ignore[misc]
    assert 60 < red < 160 and green == blue == 0


def test_a_picture_of_the_walls_size_is_shown_pixel_for_pixel(tmp_path: Path) -> None:
    picture_of_noise = hostile.noise(192, 96)
    picture_of_noise.save(tmp_path / "a.png")

    assert drawn(tmp_path / "a.png").tobytes() == picture_of_noise.tobytes()


def test_a_small_jpeg_is_not_shown_from_a_coarse_draft(tmp_path: Path) -> None:
    image = quarters(384, 192)
    image.save(tmp_path / "a.jpg", quality=95)

    assert close(drawn(tmp_path / "a.jpg", Look(384, 192)).getpixel((190, 40)), RED, 30)


def test_light_drawings_stand_on_black_and_black_ink_on_light(tmp_path: Path) -> None:
    for name, ink in (("light", WHITE), ("dark", (20, 20, 20))):
        image = Image.new("RGBA", (192, 96), (0, 0, 0, 0))
        ImageDraw.Draw(image).rectangle((80, 30, 110, 60), (*ink, 255))
        image.save(tmp_path / f"{name}.png")

    assert drawn(tmp_path / "light.png").getpixel((2, 2)) == BLACK
    assert min(drawn(tmp_path / "dark.png").getpixel((2, 2))) > 200  # type: ignore[arg-type, type-var]


def test_hidden_colours_do_not_bleed_into_the_edge(tmp_path: Path) -> None:
    image = Image.new("RGBA", (1920, 960), (255, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((960, 0, 1920, 960), (255, 255, 255, 255))
    image.save(tmp_path / "a.png")

    wall = drawn(tmp_path / "a.png")

    assert all(red - green < 8 for red, green, _ in (wall.getpixel((x, 48)) for x in range(90, 103)))  # type: ignore[misc]


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_an_embedded_profile_is_obeyed_and_a_broken_one_ignored(tmp_path: Path, mode: str) -> None:
    image = quarters(192, 96, mode)
    image.save(tmp_path / "a.png", icc_profile=hostile.profile_of_swapped_colours())
    image.save(tmp_path / "b.png", icc_profile=b"no profile at all")

    obeyed, ignored = drawn(tmp_path / "a.png"), drawn(tmp_path / "b.png")

    assert close(obeyed.getpixel((48, 24)), (0, 255, 0)) and close(obeyed.getpixel((144, 72)), WHITE)
    assert close(ignored.getpixel((48, 24)), RED)


def test_a_file_says_what_it_is_and_how_to_rename_it(tmp_path: Path) -> None:
    path = tmp_path / "垃圾分类.jpg"
    hostile.noise().save(path, "PNG")

    with pytest.raises(Refusal) as refused:
        picture.draw(path, WALL)

    assert "其实是 PNG 图片" in refused.value.words.zh and "垃圾分类.png" in refused.value.words.zh


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (hostile.HTML, "a web page"),
        (b"\xef\xbb\xbf  <html>", "a web page"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"PK\x03\x04 ...", "an office document"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "a video"),
        (b"", "empty"),
        (bytes(5000), "nothing but zeros"),
        (b"hello", "text or something else"),
        (b"\x01\x02\0\x03", "something else"),
    ],
)
def test_what_is_no_picture_is_named(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)

    with pytest.raises(Refusal, match=what):
        picture.draw(path, WALL)


WHOLE: dict[str, tuple[str, dict[str, object]]] = {
    "a.jpg": ("JPEG", {}),
    "progressive.jpg": ("JPEG", {"progressive": True}),
    "a.png": ("PNG", {}),
    "a.webp": ("WEBP", {}),
    "lossless.webp": ("WEBP", {"lossless": True}),
    "a.gif": ("GIF", {}),
    "a.bmp": ("BMP", {}),
    "a.tif": ("TIFF", {}),
    "lzw.tif": ("TIFF", {"compression": "tiff_lzw"}),
    "a.avif": ("AVIF", {}),
    "a.heic": ("HEIF", {}),
}


def whole_file(name: str) -> bytes:
    kind, options = WHOLE[name]
    return hostile.encoded(hostile.noise(), kind, **options)


@pytest.mark.parametrize("name", WHOLE)
def test_a_picture_cut_anywhere_is_refused(tmp_path: Path, name: str) -> None:
    path, whole = tmp_path / name, whole_file(name)
    path.write_bytes(whole)
    assert picture.draw(path, WALL).width == 200
    cuts = {len(whole) * share // 40 for share in range(40)} | {len(whole) - last for last in range(1, 25)}

    for cut in sorted(cuts):
        path.write_bytes(whole[:cut])
        with pytest.raises(Refusal):
            picture.draw(path, WALL)
            pytest.fail(f"shown although cut at {cut} of {len(whole)}")


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8, 0.95])
def test_a_jpeg_that_somebody_ended_early_is_refused(tmp_path: Path, share: float) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(hostile.ended_early(whole_file("a.jpg"), share))

    with pytest.raises(Refusal, match="incomplete"):
        picture.draw(path, WALL)


def test_a_grey_jpeg_is_no_suspect_for_long(tmp_path: Path) -> None:
    Image.new("RGB", (200, 150), (128, 128, 128)).save(tmp_path / "a.jpg")

    assert drawn(tmp_path / "a.jpg").getpixel((96, 48)) == (128, 128, 128)


def test_a_png_with_one_wrong_byte_is_refused(tmp_path: Path) -> None:
    whole = bytearray(whole_file("a.png"))
    whole[len(whole) // 2] ^= 0x40
    (tmp_path / "a.png").write_bytes(whole)

    with pytest.raises(Refusal, match="damaged"):
        picture.draw(tmp_path / "a.png", WALL)


def test_what_a_camera_appends_after_the_picture_does_no_harm(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.png"):
        (tmp_path / name).write_bytes(whole_file(name) + b"maker's notes" + bytes(3000))

        assert drawn(tmp_path / name)


def test_broken_exif_does_not_cost_the_picture(tmp_path: Path) -> None:
    file = io.BytesIO()
    quarters(192, 96).save(file, "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff broken")
    (tmp_path / "a.jpg").write_bytes(file.getvalue())

    assert close(corners(drawn(tmp_path / "a.jpg"))[0], RED)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", hostile.png(50_000, 50_000)),
        ("a.jpg", hostile.jpeg_claiming(50_000, 50_000)),
        ("a.bmp", hostile.bmp_claiming(50_000, 50_000)),
        ("a.bmp", hostile.bmp_claiming(50_000, -50_000)),
        ("a.gif", hostile.gif(hostile.gif_frame(0), width=50_000, height=50_000)),
        ("a.webp", b"RIFF\xff\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff"),
    ],
)
def test_the_claimed_size_is_known_without_decoding(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)

    width, height = picture.measure(tmp_path / name)

    assert width * height > 1_000_000_000


def test_a_gif_whose_frame_is_larger_than_its_screen_is_refused(tmp_path: Path) -> None:
    frame = hostile.gif_frame(0).replace(b"\2\0\2\0", b"\x50\xc3\x50\xc3", 1)
    (tmp_path / "a.gif").write_bytes(hostile.gif(frame))

    with pytest.raises(Refusal, match="too large"):
        picture.measure(tmp_path / "a.gif")


@pytest.mark.parametrize("kind", ["AVIF", "HEIF"])
def test_a_container_that_claims_too_much_is_found_out(tmp_path: Path, kind: str) -> None:
    path = tmp_path / ("a.avif" if kind == "AVIF" else "a.heic")
    path.write_bytes(hostile.boxed_claiming(kind, 30_000, 30_000))

    try:
        width, height = picture.measure(path)
    except Refusal:
        return
    assert width * height > 100_000_000


@pytest.mark.parametrize("name", ["PHOTO.JPG", "图.Jpeg", "a.b.HEIC", "x.apng", "y.jfif"])
def test_suffixes_are_known_in_any_case(name: str) -> None:
    row = format_of(name)

    assert row is not None and row.kind == "picture"


@pytest.mark.parametrize("name", ["jpg", "a", "a.rmvb", "a.jpg.exe", ".jpg"])
def test_other_names_are_not_ours(name: str) -> None:
    assert format_of(name) is None
