"""A picture file opened by the one Pillow plugin of its family, and no other.

Pillow knows eighty formats, some of which start other programs; here a file is handed only to the
plugin that its first bytes ask for, and a plugin is imported when it is first needed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import cast

from PIL import Image
from PIL.ImageFile import ImageFile

from kiosk.errors import Refusal
from kiosk.formats import whole
from kiosk.formats.content import AVIF, BMP, GIF, HEIF, JPEG, PNG, TIFF, WEBP, Family

_PLUGINS = {
    JPEG: "PIL.JpegImagePlugin:JpegImageFile",
    PNG: "PIL.PngImagePlugin:PngImageFile",
    WEBP: "PIL.WebPImagePlugin:WebPImageFile",
    GIF: "PIL.GifImagePlugin:GifImageFile",
    BMP: "PIL.BmpImagePlugin:BmpImageFile",
    TIFF: "PIL.TiffImagePlugin:TiffImageFile",
    AVIF: "PIL.AvifImagePlugin:AvifImageFile",
    HEIF: "pillow_heif.as_plugin:HeifImageFile",
}


def opened(path: Path, family: Family) -> ImageFile:
    """The picture with its header read and its pixels not yet; close it after use.

    Raises whatever the plugin raises for a broken header (`SyntaxError`, `OSError`, `ValueError` …).
    """
    module, _, name = _PLUGINS[family].partition(":")
    plugin = getattr(import_module(module), name)
    # An open file, not a name: given a name Pillow may map the file, and a file that shrinks while
    # it is mapped kills the process.
    file = path.open("rb")
    try:
        image = cast(ImageFile, plugin(file))
    except BaseException:
        file.close()
        raise
    image._exclusive_fp = True  # the picture closes the file when it is done with it
    return image


@contextmanager
def told() -> Iterator[None]:
    """Turn what plugins raise about a bad file, which is nearly anything, into a `Refusal`."""
    try:
        yield
    except (Refusal, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise Refusal(whole.TOO_LARGE) from error
    except OSError as error:
        if error.errno is not None:  # the disk's fault, not the picture's
            raise
        raise Refusal(whole.TRUNCATED if "truncated" in str(error) else whole.DAMAGED) from error
    except Exception as error:
        raise Refusal(whole.DAMAGED) from error
