"""The reading of `content/`: which files are slides, which are not and why, in which order."""

import math
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import chain

from kiosk import order
from kiosk.decoder import Asset, Decoder
from kiosk.entry import Entry, defaults, entry
from kiosk.errors import Words
from kiosk.files import Home
from kiosk.folder import Snapshot, folder_of, scan
from kiosk.model.alert import Bulletin, superseded
from kiosk.model.priority import Priority
from kiosk.model.slides import Playlist, Slide
from kiosk.named import Named, Register, registered
from kiosk.reading import Refused
from kiosk.settings import Config

__all__ = ["OPENING", "Library", "Refused", "prove", "read"]

OPENING = 50
"""Assets that are read first when there are many, so that the screen has something to show."""


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that `content/` holds.

    `waiting` are assets that have not been proven yet, `rolling` those whose drawing is true until
    some time, and `until` is when the first of them no longer is, in Unix seconds. What is not `whole`
    is the opening of one playlist.
    """

    slides: tuple[Slide, ...] = ()
    refused: tuple[Refused, ...] = ()
    warnings: tuple[Refused, ...] = ()
    waiting: tuple[Asset, ...] = ()
    music: Mapping[str, tuple[Asset, ...]] = field(default_factory=dict)
    transitions: Mapping[str, str] = field(default_factory=dict)
    rolling: tuple[str, ...] = ()
    until: float = math.inf
    files: Snapshot = field(default_factory=dict)
    register: Register = field(default_factory=Register)
    orders: order.Orders = field(default_factory=dict)
    era: object = None
    whole: bool = True
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def playlist(self, folder: str = "", place: str = "") -> Playlist:
        """The slides of one folder that may show at `place` ("" for any), in their order.

        An emergency in `content/` itself is every screen's.
        """
        slides = (slide for slide in self.slides if self._plays(slide, folder))
        meant = tuple(slide for slide in slides if _meant_for(slide, place))
        return Playlist(meant, folder, self.transitions.get(folder))

    def _plays(self, slide: Slide, folder: str) -> bool:
        lies = self.register.names[slide.file].folder
        return lies == folder or (not lies and slide.priority is Priority.EMERGENCY)


def read(
    home: Home,
    config: Config,
    decoder: Decoder,
    snapshot: Snapshot | None = None,
    before: Library | None = None,
    opening: str | None = None,
) -> Library:
    """The library as the files are now; decodes nothing, uses the verdicts that are known.

    `snapshot` are the settled files (default: all there are); what has not changed since
    `before` is not read again. With `opening` only the first assets of that folder are read.
    """
    before = before or Library()
    files = scan(home.content, before.files) if snapshot is None else snapshot
    register = registered(files, before.register)
    names = register.names
    orders, unread, strangers = order.read(files, register.ours, before.orders)
    music = order.music(orders)
    found = _found(register, orders, before)
    if opening is not None:
        found = [name for name in found if names[name].folder == opening][:OPENING]
    era = decoder.era(), defaults(config)
    pairs = ((files[name], files.get(register.sidecars.get(name, ""))) for name in found)
    entries = dict(_entries(pairs, config, decoder, before.entries, era == before.era))
    bulletins = {name: one.bulletin for name, one in entries.items() if one.bulletin}
    past = superseded(bulletins.values())
    over = {name for name, one in bulletins.items() if one.name in past}
    shown = {one.picture for one in entries.values() if one.picture}  # on a card, and so no slides
    hidden = over | shown
    slides = tuple(slide for name, one in entries.items() if name not in hidden for slide in one.slides)
    missing = [name for name in _missing(entries, names) if name not in shown]
    rolling = tuple(name for name, one in entries.items() if one.until)
    return Library(
        slides=slides,
        refused=(*unread, *(refused for name in missing for refused in entries[name].refused)),
        warnings=(*strangers, *_unknown(slides, config), *_past(bulletins, over)),
        waiting=tuple(files[name] for name in missing if entries[name].waiting),
        music={folder: tuple(filter(None, map(files.get, heard))) for folder, heard in music.items()},
        transitions=order.transitions(orders),
        rolling=rolling,
        until=min((entries[name].until for name in rolling), default=math.inf),
        files=files,
        register=register,
        orders=orders,
        era=era,
        whole=opening is None,
        entries=entries,
    )


def prove(home: Home, config: Config, decoder: Decoder, files: Snapshot | None = None) -> Library:
    """The library after every asset has been decoded once; what was proven before is not again.

    With `files` it is of these alone.
    """
    library = read(home, config, decoder, files)
    for asset in library.waiting:
        decoder.prove(asset)
    return read(home, config, decoder, files, before=library)


def within(folder: str, files: Snapshot) -> Snapshot:
    """The files of one playlist."""
    return {name: asset for name, asset in files.items() if folder_of(name) == folder}


def _entries(
    pairs: Iterable[tuple[Asset, Asset | None]],
    config: Config,
    decoder: Decoder,
    before: Mapping[str, Entry],
    same_era: bool,
) -> Iterator[tuple[str, Entry]]:
    """The entry of each asset with its sidecar; most are those of `before`, and not looked at twice."""
    for asset, beside in pairs:
        known = before.get(asset.name)
        if same_era and known and known.holds(asset, beside):
            yield asset.name, known
        else:
            yield asset.name, entry(asset, beside, config, decoder, known)


def _found(register: Register, orders: order.Orders, before: Library) -> list[str]:
    """The files that may be slides, in their order: as `before` while neither names nor orders change."""
    if before.whole and register is before.register and orders == before.orders:
        return list(before.entries)
    return order.ordered(_assets(register, orders, before), orders)


def _assets(register: Register, orders: order.Orders, before: Library) -> dict[str, Named]:
    """The files that may be slides, as they stood `before`: what is nearly in order is sorted quickly."""
    music = chain.from_iterable(order.music(orders).values())
    others = {*music, *register.ours, *register.sidecars.values()}
    able = {name: one for name, one in register.names.items() if name not in others}
    stayed = {name: able[name] for name in before.entries if name in able}
    return stayed | able


def _missing(entries: Mapping[str, Entry], names: Mapping[str, Named]) -> list[str]:
    """What comes to no slide, by its name."""
    return sorted(
        (name for name, one in entries.items() if not one.slides), key=lambda name: names[name].place
    )


def _unknown(slides: Iterable[Slide], config: Config) -> Iterator[Refused]:
    """A theme that no report would group by, and a topic that whoever scans the slide has to choose anew, are
    worth a word; the slide plays all the same.
    """
    themes = {theme.slug for theme in config.topics.theme}
    topics = {topic.slug for topic in config.topics.topic}
    for slide in slides:
        if slide.page == 1 and slide.theme and themes and slide.theme not in themes:
            yield Refused(slide.file, _no_theme(slide.theme))
        if slide.page == 1 and slide.topic and topics and slide.topic not in topics:
            yield Refused(slide.file, _no_topic(slide.topic))


def _no_theme(theme: str) -> Words:
    return Words(f"主题“{theme}”不在 topics.toml 里。", f'Its theme "{theme}" is not in topics.toml.')


def _no_topic(topic: str) -> Words:
    return Words(
        f"意见的分类“{topic}”不在 topics.toml 里，扫这个码的人要自己选。",
        f'Its topic "{topic}" is not in topics.toml, so whoever scans it has to choose one.',
    )


def _past(bulletins: Mapping[str, Bulletin], over: Set[str]) -> Iterator[Refused]:
    """Why a relayed alert is not shown although nothing is wrong with it."""
    for name, bulletin in bulletins.items():
        if bulletin.cancels:
            words = Words(
                "这是一条解除消息，它说到的预警已经撤下。",
                "This cancels other alerts, which have left the screen.",
            )
            yield Refused(name, words)
        elif name in over:
            words = Words(
                "这条预警已被后来的消息更新或解除，所以不上屏。",
                "A later message updates or cancels this alert, so it is not shown.",
            )
            yield Refused(name, words)


def _meant_for(slide: Slide, place: str) -> bool:
    return not slide.show.places or not place or place in slide.show.places
