"""The reading of `content/`: which files are slides, which are not and why, in which order."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from kiosk import order
from kiosk.decoder import Asset, Decoder
from kiosk.entry import Entry, entry
from kiosk.errors import Words
from kiosk.files import Home
from kiosk.folder import PLAYLIST, TICKER, Snapshot, file_of, folder_of, scan, stem_of
from kiosk.model.slides import Playlist, Slide
from kiosk.reading import Refused
from kiosk.settings import Config

__all__ = ["Library", "Refused", "prove", "read"]

_OURS = (PLAYLIST, TICKER)


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that `content/` holds.

    `waiting` are assets that have not been proven yet, `rolling` those whose drawing is true until
    some time, and `until` is when the first of them no longer is, in Unix seconds.
    """

    slides: tuple[Slide, ...] = ()
    refused: tuple[Refused, ...] = ()
    warnings: tuple[Refused, ...] = ()
    waiting: tuple[Asset, ...] = ()
    music: Mapping[str, tuple[Asset, ...]] = field(default_factory=dict)
    rolling: tuple[str, ...] = ()
    until: float = math.inf
    files: Snapshot = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def playlist(self, folder: str = "", place: str = "") -> Playlist:
        """The slides of one folder that may show at `place` ("" for any), in their order."""
        slides = (slide for slide in self.slides if folder_of(slide.file) == folder)
        return Playlist(tuple(slide for slide in slides if _meant_for(slide, place)), folder)


def read(
    home: Home,
    config: Config,
    decoder: Decoder,
    snapshot: Snapshot | None = None,
    before: Library | None = None,
) -> Library:
    """The library as the files are now; decodes nothing, uses the verdicts that are known.

    `snapshot` are the settled files (default: all there are); what has not changed since
    `before` is not read again.
    """
    before = before or Library()
    files = scan(home.content, before.files) if snapshot is None else snapshot
    beside = _sidecars(files)
    orders, unread, strangers = order.read(files)
    music = order.music(orders)
    entries = {
        name: entry(asset, files.get(beside.get(name, "")), config, decoder, before.entries.get(name))
        for name, asset in _assets(files, {*beside.values(), *chain.from_iterable(music.values())}, before)
    }
    places = {name: one.place for name, one in entries.items()}
    entries = {name: entries[name] for name in order.ordered(places, orders)}
    slides = tuple(slide for one in entries.values() for slide in one.slides)
    missing = sorted((name for name, one in entries.items() if not one.slides), key=places.__getitem__)
    rolling = tuple(name for name, one in entries.items() if one.until)
    return Library(
        slides=slides,
        refused=(*unread, *(refused for name in missing for refused in entries[name].refused)),
        warnings=(*strangers, *_unknown_themes(slides, config)),
        waiting=tuple(files[name] for name in missing if entries[name].waiting),
        music={folder: tuple(files[n] for n in names if n in files) for folder, names in music.items()},
        rolling=rolling,
        until=min((entries[name].until for name in rolling), default=math.inf),
        files=files,
        entries=entries,
    )


def prove(home: Home, config: Config, decoder: Decoder) -> Library:
    """The library after every asset has been decoded once; what was proven before is not again."""
    library = read(home, config, decoder)
    for asset in library.waiting:
        decoder.prove(asset)
    return read(home, config, decoder, before=library)


def _assets(files: Snapshot, beside: Iterable[str], before: Library) -> Iterator[tuple[str, Asset]]:
    """The files that may be slides, as they stood `before`: what is nearly in order is sorted quickly."""
    others = set(beside)
    for name in dict.fromkeys((*before.entries, *files)):
        if name in files and name not in others and not _of_ours(name):
            yield name, files[name]


def _sidecars(files: Snapshot) -> dict[str, str]:
    """Asset name → the name of the `.toml` beside it."""
    said = {name for name in files if name.endswith(".toml")}
    found = {}
    for name in files if said else ():
        beside = stem_of(name) + ".toml"
        if beside in said and beside != name and name != stem_of(name) and not _of_ours(name):
            found[name] = beside
    return found


def _of_ours(name: str) -> bool:
    """Is it one of the files that say something of the whole folder?"""
    return name.endswith(_OURS) and file_of(name) in _OURS


def _unknown_themes(slides: Iterable[Slide], config: Config) -> Iterator[Refused]:
    """A theme that no report would group by is worth a word; the slide plays all the same."""
    themes = {theme.slug for theme in config.topics.theme}
    for slide in slides:
        if slide.theme and slide.page == 1 and themes and slide.theme not in themes:
            words = Words(
                f"主题“{slide.theme}”不在 topics.toml 里。",
                f'Its theme "{slide.theme}" is not in topics.toml.',
            )
            yield Refused(slide.file, words)


def _meant_for(slide: Slide, place: str) -> bool:
    return not slide.show.places or not place or place in slide.show.places
