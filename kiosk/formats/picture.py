"""Pictures: one file, one page, drawn to the size of the wall. Imported in the decoder's child only."""

from pathlib import Path

from PIL import Image
from PIL.ImageFile import ImageFile

from kiosk.formats import animation, content, whole
from kiosk.formats.colours import srgb
from kiosk.formats.drawn import Drawn
from kiosk.formats.letterbox import ground, letterboxed, opaque
from kiosk.formats.opened import opened, told
from kiosk.formats.shrink import fitting, resized
from kiosk.look import Look

ORIENTATION = 0x0112

# EXIF 2.32, 4.6.4 A: how row 0 and column 0 were turned when the picture was taken.
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def measure(path: Path, family: content.Family | None = None) -> tuple[int, int]:
    """Width and height in pixels from the header alone; the name must fit, unless the family is given.

    Raises `Refusal`.
    """
    family = family or content.family_of(path)
    with told():
        if family is content.WEBP:
            return content.webp_size(path)
        with opened(path, family) as image:
            return image.size


def draw(path: Path, look: Look, own_templates: Path | None = None) -> Drawn:
    """The picture upright, in sRGB, letterboxed to the wall. Raises `Refusal`.

    The whole file is decoded, so a picture that comes back is a whole picture.
    """
    family = content.family_of(path)
    with told(), opened(path, family) as image:
        if family is content.PNG:
            with path.open("rb") as file:
                whole.check_chunks(file)
        width, height = image.size
        moving = animation.moves(image, family)
        solid = _upright(image, path, (look.width, look.height))
        round_seconds = animation.proven(image, family) if moving or family is content.GIF else 0.0
    wall = stamped(letterboxed(solid, (look.width, look.height), look.letterbox), look)
    seconds = round_seconds if moving else 0.0
    return Drawn((wall,), animated=moving, width=width, height=height, seconds=seconds)


def still(path: Path, box: tuple[int, int], family: content.Family | None = None) -> Image.Image:
    """The whole picture, of a moving one the first frame: upright, RGB in sRGB, fitted into `box`.

    The name of the file must fit, unless the family is given. Raises `Refusal`.
    """
    family = family or content.family_of(path)
    with told(), opened(path, family) as image:
        if family is content.PNG:
            with path.open("rb") as file:
                whole.check_chunks(file)
        solid = _upright(image, path, box)
    return opaque(solid, ground(solid))


def _upright(image: ImageFile, path: Path, wall: tuple[int, int]) -> Image.Image:
    """RGB or RGBA in sRGB, turned as it was taken and fitted into the wall."""
    if image.format == "TIFF":
        image.load()  # Pillow turns a TIFF by itself, and no other
    turn = _UPRIGHT.get(_orientation(image))
    lying = turn in (_UPRIGHT[5], _UPRIGHT[6], _UPRIGHT[7], _UPRIGHT[8])
    size = fitting(image.size, wall[::-1] if lying else wall)
    profile = image.info.get("icc_profile")
    if image.format == "JPEG":
        image.draft(None, size)
    image.load()
    if image.format == "JPEG":
        whole.check_tail(image, path)
    fitted = srgb(resized(image, size), profile)
    return fitted if turn is None else fitted.transpose(turn)


def _orientation(image: ImageFile) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:
        # Pillow raises nearly anything for broken EXIF, and a picture is worth more than its EXIF.
        return 1


def stamped(wall: Image.Image, look: Look) -> Image.Image:
    """The wall with the corner QR on it, if the look asks for one."""
    if not (look.corner and look.url):
        return wall
    from kiosk import qr

    return qr.stamp(wall, look)
