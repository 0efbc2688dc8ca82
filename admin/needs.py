"""What needs a hand: what stands still, what ends soon, what waits, what is refused. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from admin.health import Health, ailing
from admin.shelf import Standing, Tile
from admin.standings import Way
from admin.wording import last_day, spoken_moment
from kiosk.errors import Words
from kiosk.library import Refused
from kiosk.model.slides import Slide

STAGES = (0, 1, 3, 7)
"""Days ahead at which staff are told that slides end: today, tomorrow, within three days, within a week."""

URGENT = 1
UNSEEN = timedelta(hours=24)
"""So long nobody may leave the reports unread before the first page says so."""

MOST = 3
"""So many of one kind are named; of more the number is told."""


@dataclass(frozen=True)
class Need:
    """One thing to do, in a sentence; `ways` are the buttons that mend it, `grave` that it cannot wait."""

    words: Words
    grave: bool = False
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """How many reports wait for an answer, and since when the first does; how many of them are late, how many
    due soon; when anybody last opened the inbox.
    """

    count: int = 0
    oldest: datetime | None = None
    red: int = 0
    amber: int = 0
    looked: datetime | None = None


@dataclass(frozen=True)
class Seen:
    """What the first page has looked at: the tiles of the loop, those of files that cannot be shown, doubts
    about files that are; what is set `aside`, by its file; `emergencies` that are on; how many uploads have
    lain in the tray for more than a day.
    """

    loop: Sequence[Tile] = ()
    troubles: Sequence[Tile] = ()
    warnings: Sequence[Refused] = ()
    aside: Mapping[str, Words] = field(default_factory=dict)
    emergencies: Sequence[Slide] = ()
    lingering: int = 0


def needs(seen: Seen, waiting: Waiting, health: Health, at: datetime) -> tuple[Need, ...]:
    """All that somebody should look at, the gravest first."""
    found = [
        *(Need(one.words, one.grave, one.ways) for one in ailing(health)),
        *_emergencies(seen.emergencies, at.date()),
        *_aside(seen.aside),
        *_ending(seen.loop, at.date()),
        *_refused([tile for tile in seen.troubles if tile.file not in seen.aside]),
        *_doubtful(len(seen.warnings)),
        *_unanswered(waiting, at),
        *_lingering(seen.lingering),
    ]
    return tuple(sorted(found, key=lambda need: not need.grave))


def _emergencies(alarms: Iterable[Slide], today: date) -> Iterator[Need]:
    see = Way(Words("去看看", "See it"), "urgent.form")
    for slide in alarms:
        if slide.show.last:
            moment = spoken_moment(slide.show.last, today)
            words = Words(
                f"紧急插播“{slide.title}”正在放，{moment.zh} 自动结束。",
                f'The emergency "{slide.title}" is on; it ends by itself {moment.en}.',
            )
            yield Need(words, grave=True, ways=(see,))


def _aside(aside: Mapping[str, Words]) -> Iterator[Need]:
    """What stopped the player, or got stuck in it."""
    for file, words in aside.items():
        yield Need(Words(f"“{file}”：{words.zh}", f'"{file}": {words.en}'), True, (_reason(file),))


def _refused(tiles: Sequence[Tile]) -> Iterator[Need]:
    """Each with its reason; of many the first, and how many more."""
    for tile in tiles[:MOST]:
        reason = tile.reason or Words("", "")
        words = Words(
            f"“{tile.file}”不能播放：{_first(reason.zh, '。')}",
            f'"{tile.file}" cannot be shown: {_first(reason.en, ". ")}',
        )
        yield Need(words, ways=(_reason(tile.file),))
    if more := len(tiles[MOST:]):
        words = Words(f"还有 {more} 个文件不能播放。", f"{more} more {_files(more)} cannot be shown.")
        yield Need(words, ways=(_TROUBLES,))


def _doubtful(count: int) -> Iterator[Need]:
    if count:
        words = Words(
            f"有 {count} 个文件需要看一下。",
            f"{count} {_files(count)} {'needs' if count == 1 else 'need'} a look.",
        )
        yield Need(words, ways=(_TROUBLES,))


def _ending(tiles: Iterable[Tile], today: date) -> Iterator[Need]:
    """The slides whose last day is near, the nearest first; each stage is told once."""
    days = ((_days_left(tile, today), tile) for tile in tiles)
    near = [(left, tile) for left, tile in days if left is not None and left <= STAGES[-1]]
    for before, stage in zip((-1, *STAGES), STAGES, strict=False):
        of_stage = sorted(
            ((left, tile) for left, tile in near if before < left <= stage),
            key=lambda one: (one[0], one[1].title, one[1].file),
        )
        if of_stage:
            yield _ends(of_stage, stage)


def _days_left(tile: Tile, today: date) -> int | None:
    slide = tile.slide
    if tile.standing not in (Standing.PLAYING, Standing.LATER) or slide is None or slide.show.last is None:
        return None
    if tile.urgent:  # which is meant to end
        return None
    return (last_day(slide.show.last) - today).days


def _ends(found: Sequence[tuple[int, Tile]], stage: int) -> Need:
    grave = stage <= URGENT
    if len(found) == 1:
        ((left, tile),) = found
        when = _in_days(left, exactly=True)
        words = Words(f"“{tile.title}”{when.zh}播完。", f'"{tile.title}" ends {when.en}.')
        return Need(words, grave, (_page(tile, Words("改日期", "Change the dates")),))
    when = _in_days(stage, exactly=False)
    words = Words(f"{len(found)} 个画面{when.zh}播完：", f"{len(found)} slides end {when.en}:")
    named = tuple(_page(tile, Words(f"“{tile.title}”", f'"{tile.title}"')) for _, tile in found[:MOST])
    more = len(found) - len(named)
    rest = Way(Words(f"还有 {more} 个", f"{more} more"), "slides.overview", anchor="loop")
    return Need(words, grave, (*named, rest) if more else named)


def _in_days(days: int, *, exactly: bool) -> Words:
    if days <= 1:
        return (Words("今天", "today"), Words("明天", "tomorrow"))[max(days, 0)]
    return (
        Words(f"{days} 天后", f"in {days} days") if exactly else Words(f" {days} 天内", f"within {days} days")
    )


def _unanswered(waiting: Waiting, at: datetime) -> Iterator[Need]:
    if waiting.count and waiting.oldest:
        days = (at.date() - waiting.oldest.astimezone(at.tzinfo).date()).days
        verb = "reports wait" if waiting.count > 1 else "report waits"
        words = Words(f"{waiting.count} 条意见等待答复。", f"{waiting.count} {verb} for an answer.")
        if days > 1:
            since = Words(f"最早的已等了 {days} 天。", f" The first has waited for {days} days.")
            words = Words(words.zh + since.zh, words.en + since.en)
        yield Need(words, ways=(Way(Words("去答复", "Answer"), "inbox.overview", asked={"open": 1}),))
        yield from _pressing(waiting)
        yield from _unread(waiting, at)


def _pressing(waiting: Waiting) -> Iterator[Need]:
    """Those that are late, and those that soon will be."""
    if waiting.red:
        words = Words(
            f"{waiting.red} 条意见已超期。",
            f"{waiting.red} {_reports(waiting.red)} {_are(waiting.red)} late.",
        )
        yield Need(
            words,
            grave=True,
            ways=(Way(Words("去看看", "See them"), "inbox.overview", asked={"due": "red"}),),
        )
    if waiting.amber:
        words = Words(
            f"{waiting.amber} 条意见快到期。",
            f"{waiting.amber} {_reports(waiting.amber)} {_are(waiting.amber)} due soon.",
        )
        yield Need(words, ways=(Way(Words("去看看", "See them"), "inbox.overview", asked={"due": "amber"}),))


def _unread(waiting: Waiting, at: datetime) -> Iterator[Need]:
    """Somebody waits, and nobody has looked for a day."""
    since = waiting.looked or waiting.oldest
    if since and at - since > UNSEEN:
        hours = int((at - since).total_seconds() // 3600)
        words = Words(
            f"已经 {hours} 小时没有人打开意见了，居民在等。",
            f"Nobody has opened the reports for {hours} hours, and residents wait.",
        )
        yield Need(words, grave=True, ways=(Way(Words("打开意见", "Open them"), "inbox.overview"),))


def _lingering(count: int) -> Iterator[Need]:
    if count:
        words = Words(
            f"{count} 个文件传上来超过一天，还没有上屏。",
            f"{count} {_files(count)} came in more than a day ago and {_are(count)} not up yet.",
        )
        yield Need(words, ways=(Way(Words("去上屏", "Put up"), "slides.overview", anchor="tray"),))


def _page(tile: Tile, words: Words) -> Way:
    return Way(words, "editing.form", tile.file)


def _reason(file: str) -> Way:
    return Way(Words("看原因", "See why"), "asking.page", file)


def _first(text: str, end: str) -> str:
    """Its first sentence: the page of the reason says all."""
    return text.partition(end)[0].rstrip(".。") + end.strip()


def _reports(count: int) -> str:
    return "report" if count == 1 else "reports"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _files(count: int) -> str:
    return "file" if count == 1 else "files"


_TROUBLES = Way(Words("看一看", "Have a look"), "slides.overview", anchor="troubles")
