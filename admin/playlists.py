"""The playlists that a slide can go into: those of this screen's zones, then the other folders."""

from admin.office import Office
from kiosk.errors import Words
from kiosk.folder import folder_of
from kiosk.model.layout import Zone

_MAIN = Words("主画面", "Main screen")
_BESIDE = Words("旁边的小画面", "The part beside it")


def playlists(here: Office) -> dict[str, Words]:
    """By its folder, the main one first, what staff call each; of the other folders those with slides."""
    found = {zone.playlist.strip("/"): _called(zone) for zone in reversed(here.config.layout.playing)}
    slides = here.library.slides if here.library else ()
    others = sorted({folder_of(slide.file) for slide in slides} - found.keys())
    return dict(reversed(found.items())) | {folder: _of_others(folder) for folder in others}


def _called(zone: Zone) -> Words:
    if zone.video:
        return _MAIN
    return _BESIDE if zone.name == "side" else Words(f"“{zone.name}”那块", f"The part “{zone.name}”")


def _of_others(folder: str) -> Words:
    name = folder or "content"
    return Words(f"文件夹“{name}”（别的屏）", f"Folder “{name}” (other screens)")
