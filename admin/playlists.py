"""The playlists that a slide can go into, and what staff call them: this screen's own first."""

from admin.office import Office
from kiosk.errors import Words
from kiosk.folder import folder_of
from kiosk.model.layout import Zone

MAIN = Words("主列表", "Main list")
_HERE = Words("", "")
_ELSEWHERE = Words("别的屏", "other screens")


def called(folder: str) -> Words:
    """What staff call a playlist: `content/` itself is the main one, the others have their folder's name."""
    return Words(folder, folder) if folder else MAIN


def playlists(here: Office) -> dict[str, Words]:
    """By its folder, the main zone's first, what each is called and where it plays; others with slides."""
    found = {zone.playlist.strip("/"): zone for zone in reversed(here.config.layout.playing)}
    slides = here.library.slides if here.library else ()
    others = sorted({folder_of(slide.file) for slide in slides} - found.keys())
    zones = {folder: _with(called(folder), _where(zone)) for folder, zone in reversed(found.items())}
    return zones | {folder: _with(called(folder), _ELSEWHERE) for folder in others}


def _where(zone: Zone) -> Words:
    if zone.video:
        return _HERE
    beside = Words("旁边的小画面", "the part beside it")
    return beside if zone.name == "side" else Words(f"区域“{zone.name}”", f"zone “{zone.name}”")


def _with(name: Words, where: Words) -> Words:
    return Words(f"{name.zh}（{where.zh}）", f"{name.en} ({where.en})") if where.zh else name
