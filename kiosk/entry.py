"""What one asset comes to: its slides, or the sentence why there are none."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from kiosk import sidecar as sidecars
from kiosk.decoder import Asset, Decoder, Verdict
from kiosk.errors import Mistake, Mistakes, Words
from kiosk.folder import file_of, folder_of, stem_of
from kiosk.formats import STREAM, Format, format_of
from kiosk.formats.unknown import unknown_kind
from kiosk.model.alert import Bulletin
from kiosk.model.plain import shortened
from kiosk.model.priority import EVERY, Priority
from kiosk.model.slides import Slide
from kiosk.model.workdays import Holidays
from kiosk.reading import Refused, refusals, text_of
from kiosk.settings import Config
from kiosk.sidecar import CardFile, Sidecar

ANSWER = "answer"
"""The template of what was done about a resident's words."""

LONGEST_TITLE = 40
DAY_SECONDS = 86400.0
"""An emergency lasts for so long if its time of issue is not known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One asset's outcome, `beside` it its sidecar, under the `circumstances` in which it was looked at.

    `said` is what the sidecar says, kept where that comes to no slide yet. From `until` on, in
    Unix seconds, it is no longer true (0: for ever). An emergency has a `bulletin`. `picture` is the name
    of the one that a card shows, which is no slide of its own.
    """

    asset: Asset
    beside: Asset | None
    circumstances: tuple[str, Words | None, float, Holidays]
    slides: tuple[Slide, ...] = ()
    refused: tuple[Refused, ...] = ()
    waiting: bool = False
    said: Sidecar | None = None
    until: float = 0.0
    bulletin: Bulletin | None = None
    picture: str = ""

    def holds(self, asset: Asset, beside: Asset | None) -> bool:
        """Is it still true of these very files, if nothing else has changed? What was refused never is."""
        alone = not self.until and not self.picture
        return self.asset is asset and self.beside is beside and bool(self.slides) and alone


def defaults(config: Config) -> tuple[float, Holidays]:
    """What of these settings slides depend on: the seconds of those that say none, and the holidays."""
    return config.settings.slides.seconds, config.holidays


def entry(asset: Asset, beside: Asset | None, config: Config, decoder: Decoder, known: Entry | None) -> Entry:
    """The entry of an asset with its sidecar; `known` again if nothing has changed since.

    A refusal is looked at anew each time: a crash is forgiven, a permission may have been mended.
    """
    circumstances = decoder.circumstances(asset), decoder.aside(asset), *defaults(config)
    now = (asset, beside, circumstances)
    same = known if known and (known.asset, known.beside, known.circumstances) == now else None
    if same and same.slides:
        return same
    outcome = partial(Entry, *now)
    words = _unshowable(asset)
    if words:
        return outcome(refused=(Refused(asset.name, words),))
    try:
        said = same.said if same and same.said else _said(asset, beside)
    except Mistakes as mistakes:
        return outcome(refused=refusals(beside.name if beside else asset.name, mistakes))
    outcome = partial(outcome, picture=_picture(asset, said))
    verdict = decoder.known(asset)
    if verdict is None:
        return outcome(waiting=True, said=said)
    if verdict.refusal:
        return outcome(refused=(Refused(asset.name, Words(*verdict.refusal)),), said=said)
    slides = tuple(_slides(asset, said, verdict, config))
    return outcome(slides=slides, until=verdict.until, bulletin=verdict.bulletin)


def _slides(asset: Asset, said: Sidecar, verdict: Verdict, config: Config) -> Iterator[Slide]:
    known = format_of(asset.name)
    whole = Slide(
        name=asset.name,
        file=asset.name,
        kind=known.kind if known else "",
        version=_version(verdict.stamp, asset.name),
        title=" ".join(said.title.split()) or verdict.title or _matter(said) or _title(asset.name),
        seconds=said.seconds or _own_length(verdict, known) or config.settings.slides.seconds,
        theme=said.theme,
        topic=said.topic,
        digest=verdict.digest,
        animated=verdict.animated,
        sound=verdict.sound,
        length=verdict.seconds,
        transition=said.transition,
        show=sidecars.schedule(said, asset.name, config.holidays),
        priority=Priority[said.priority.upper()],
        every=said.every or EVERY,
        question=verdict.question,
    )
    if verdict.bulletin:
        whole = _emergency(whole, verdict.bulletin, config)
    elif said.stream:
        yield _live(whole, said, config)
        return
    if verdict.pages <= 1:
        yield from (whole,) * verdict.pages
        return
    for page in range(1, verdict.pages + 1):
        yield replace(whole, name=f"{whole.file}#{page}", page=page, version=f"{whole.version}#{page}")


def _emergency(slide: Slide, bulletin: Bulletin, config: Config) -> Slide:
    """It ends by itself, whatever else is said of its times."""
    zone, show = config.settings.zone, slide.show
    first, last = (
        datetime.fromtimestamp(seconds, zone).replace(tzinfo=None) if seconds else None
        for seconds in (bulletin.begins, bulletin.expires)
    )
    return replace(
        slide,
        title=bulletin.title or slide.title,
        priority=Priority.EMERGENCY,
        level=bulletin.level,
        lasting=bulletin.expires - bulletin.issued if bulletin.issued else DAY_SECONDS,
        show=replace(
            show,
            first=max(filter(None, (first, show.first)), default=None),
            last=min(filter(None, (last, show.last)), default=None),
        ),
    )


def _live(asset: Slide, said: Sidecar, config: Config) -> Slide:
    """A stream; what is beside it stands in for it, and how long that is does not matter."""
    return replace(
        asset,
        kind=STREAM.kind,
        version=_version(f"{asset.version} {said.stream}", asset.name),
        seconds=said.seconds or config.settings.slides.seconds,
        animated=True,
        sound=False,
        length=0.0,
        stream=said.stream,
    )


def _own_length(verdict: Verdict, known: Format | None) -> float:
    """A video is shown and a sound heard to its end; the rest as long as the playlist says."""
    return verdict.seconds if known and known.kind in ("video", "sound") else 0.0


def _said(asset: Asset, beside: Asset | None) -> Sidecar:
    if beside:
        return sidecars.read(text_of(beside), beside.name)
    if not asset.name.casefold().endswith(".toml"):
        return Sidecar()
    card = sidecars.read_card(text_of(asset), asset.name)
    if not (card.template or card.stream):
        raise Mistakes((Mistake(asset.name, None, _LONELY),))
    return card


def _picture(asset: Asset, said: Sidecar) -> str:
    name = said.fields.get("picture") if isinstance(said, CardFile) else None
    return f"{folder_of(asset.name)}/{name}".removeprefix("/") if isinstance(name, str) and name else ""


_LONELY = Words(
    "旁边没有同名的图片，里面也没有写 template 或 stream，所以不知道放什么。",
    "There is no picture of the same name beside it and neither template nor stream in it, "
    "so there is nothing to show.",
)


def _unshowable(asset: Asset) -> Words | None:
    if not asset.name.isprintable():
        return Words(
            "文件名里有看不见的字符，请改名。", "The file name holds invisible characters; rename the file."
        )
    return unknown_kind(asset.name) if format_of(asset.name) is None else None


def _version(stamp: str, name: str) -> str:
    return hashlib.sha256(f"{name}\0{stamp}".encode("utf-8", "replace")).hexdigest()[:16]


def _matter(said: Sidecar) -> str:
    """What an answer is about, where it is; its file is called by a number that tells people nothing."""
    if not isinstance(said, CardFile) or said.template != ANSWER:
        return ""
    told = (said.fields.get(name) for name in ("place", "said"))
    words = [text for text in told if isinstance(text, str) and text.strip()]
    return shortened(f"答复：{' '.join(words)}", LONGEST_TITLE) if words else ""


def _title(name: str) -> str:
    """A title from the file name: without folder, suffix and the number that orders it."""
    stem = file_of(stem_of(name))
    return stem.lstrip("0123456789").lstrip("-_. 、") or stem
