"""Every way of keeping pixels, turned into plain sRGB with or without transparency."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsProfile as CmsProfile

_AVERAGED_AS_IS = {"RGB", "RGBa", "L", "CMYK"}
_SRGB_NAMES = ("srgb", "iec61966")


def mixable(image: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """How to turn any part of `image` into a mode whose neighbouring pixels may be averaged.

    That is RGB, L, CMYK, or RGBa: transparency premultiplied, so that the colour of what cannot be
    seen does not bleed into what can. Asked for once per picture and used part by part, because a
    picture of 100 megapixels is never converted as a whole.
    """
    if image.mode.startswith("I;16"):
        return lambda part: _stretched(part, 1 / 256, 0)
    if image.mode in ("I", "F"):
        return _normal(image)
    if image.has_transparency_data:
        return lambda part: part.convert("RGBA").convert("RGBa")
    if image.mode in _AVERAGED_AS_IS:
        return lambda part: part
    mode = "L" if image.mode == "1" else "RGB"
    return lambda part: part.convert(mode)


def _normal(image: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """32-bit greys have no agreed white: the brightest pixel becomes white, the darkest black."""
    low, high = (float(extreme) for extreme in image.getextrema())  # type: ignore[arg-type]
    scale = 255 / (high - low) if high > low else 1.0
    return lambda part: _stretched(part, scale, -low * scale)


def _stretched(part: Image.Image, scale: float, offset: float) -> Image.Image:
    wide = part if part.mode == "F" else part.convert("I")
    return wide.point(lambda value: value * scale + offset).convert("L")


def srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB or RGBA in sRGB. `profile` is the embedded ICC profile; one that cannot be used is ignored."""
    if image.mode == "RGBa":
        image = image.convert("RGBA")
    if profile:
        image = _by_profile(image, profile)
    return image if image.mode in ("RGB", "RGBA") else image.convert("RGB")


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    from PIL import ImageCms

    try:
        given = ImageCms.getOpenProfile(io.BytesIO(profile))
        name = ImageCms.getProfileDescription(given).casefold()
        if image.mode != "CMYK" and any(word in name for word in _SRGB_NAMES):
            return image
        if image.mode == "RGBA":
            return _through(image.convert("RGB"), given, image.getchannel("A"))
        return _through(image, given, None)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _through(image: Image.Image, given: "CmsProfile", alpha: Image.Image | None) -> Image.Image:
    from PIL import ImageCms

    target = ImageCms.createProfile("sRGB")
    turned = ImageCms.profileToProfile(image, given, target, outputMode="RGB")
    if turned is None:
        return image
    if alpha is not None:
        turned.putalpha(alpha)
    return turned
