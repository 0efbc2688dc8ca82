"""Every template with words in it, so that staff choose by what they see."""

from pathlib import Path

from msgspec.structs import replace

from admin.office import Office
from kiosk.decoder import Asset
from kiosk.look import look

FOLDER = Path(__file__).parent / "samples"
LOOKS = ("day", "night")
_WIDTH = 480


def picture(here: Office, template: str, dress: str) -> bytes:
    """A small WebP of the example in that look, as the main zone would show it. Raises `Refusal`.

    `dress` is one of `LOOKS`. It is drawn once, and kept with the thumbnails.
    """
    wanted = replace(look(here.config), cards="day" if dress == "day" else "night")
    drawing = here.beside.setdefault(wanted, here.decoder.beside(wanted))
    path = FOLDER / f"{template}.toml"
    found = path.stat()
    asset = Asset(f"/example/{path.name}", str(path), found.st_size, found.st_mtime_ns)
    return drawing.thumbnail(asset, 1, _WIDTH).read_bytes()
