"""The week: what is in the loop when, hour by hour, from the plan that the player follows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, abort, render_template, request

from admin import lanes, shelf
from admin.daynames import EN_DAYS, ZH_DAYS
from admin.lanes import Bar, Cell, Day, Lane
from admin.office import Office, office
from admin.playlists import playlists
from admin.timing import place_words
from admin.wording import spoken_day, when
from kiosk.errors import Words
from kiosk.librarian import covering, with_alarms
from kiosk.model.slides import Playlist
from kiosk.model.spans import Spans
from kiosk.planned import in_the_loop, lights

pages = Blueprint("week", __name__)

_YEARS = range(1970, 9000)
_MOST_GAPS = 4


@dataclass(frozen=True)
class Named:
    """A day with what it is called. `now` is the minute that it is, on the day that is today."""

    day: Day
    words: Words
    weekday: Words
    now: int | None = None


@dataclass(frozen=True)
class Week:
    """Everything that the page draws."""

    days: tuple[Named, ...]
    lit: tuple[Cell, ...]
    dim: tuple[Cell, ...]
    empty: tuple[Cell, ...]
    lanes: tuple[Lane, ...]

    def on(self, place: int) -> list[tuple[Cell, Lane]]:
        """What is on, on one of the days, what begins first first; without what is on always."""
        found = [(lane.cells[place], lane) for lane in self.lanes if not lane.always]
        return sorted((pair for pair in found if pair[0].bars), key=lambda pair: pair[0].bars[0].begin)

    @property
    def gaps(self) -> tuple[Words, ...]:
        """Sentences that say when there is nothing to show though the wall is lit."""
        return tuple(_gaps(self.days, self.empty, self.lit))


@pages.get("/week")
def page() -> str:
    """The week of `from`, or of today; of one playlist (`list`), at one place."""
    here = office()
    library, today = shelf.library(here), here.now().date()
    day = _day(request.args.get("day") or request.args.get("from") or "", today)
    folders = playlists(here)
    folder = request.args.get("list", here.folder)
    if folder not in folders:
        abort(404)
    place = request.args.get("place", here.config.settings.screen.place)
    playlist = _playlist(here, folder, place)
    week, loop = read(here, playlist, lanes.monday_of(day))
    meant = {slug for slide in library.playlist(folder).slides for slug in slide.show.places}
    named = dict.fromkeys((here.config.settings.screen.place, *sorted(meant | {place})))
    return render_template(
        "week.html",
        week=week,
        chosen=(day - week.days[0].day.date).days,
        today=today,
        absent=[(one, when(one.show, today)) for one in lanes.absent(playlist.slides, loop)],
        folders=folders,
        folder=folder,
        places={slug: place_words(here.config, slug) for slug in named},
        place=place,
        step=timedelta(days=lanes.DAYS),
    )


def read(here: Office, playlist: Playlist, monday: date) -> tuple[Week, dict[str, Spans]]:
    """The week of a playlist that begins on that Monday, and when each of its slides is in the loop."""
    now = here.now()
    assert now.tzinfo is not None  # noqa: S101 - the office knows its zone
    days = lanes.days_of(monday, now.tzinfo)
    begin, end = days[0].begin, days[-1].end
    loop, light = in_the_loop(here.config, playlist, begin, end), lights(here.config, begin, end)
    lit, whole = lanes.lit_spans(light, end), ((begin.astimezone(UTC), end.astimezone(UTC)),)
    week = Week(
        days=tuple(_named(day, now) for day in days),
        lit=lanes.cells(lit, days, whole),
        dim=lanes.cells(lanes.dim_spans(light, end), days, whole),
        empty=lanes.cells(lanes.empty_spans(loop, lit), days, lit),
        lanes=lanes.lanes(playlist.slides, loop, days, lit),
    )
    return week, loop


def _playlist(here: Office, folder: str, place: str) -> Playlist:
    """What plays of that folder at that place, with the emergencies that cover the wall."""
    assert here.library is not None  # noqa: S101 - it has just been read
    found, layout = here.library.playlist(folder, place), here.config.layout
    zone = next((zone for zone in layout.playing if zone.playlist.strip("/") == folder), None)
    if zone is None:
        return found
    found = found if zone.video else found.still
    return with_alarms(found, covering(here.library, here.config)) if here.config.shared else found


def _day(text: str, today: date) -> date:
    """The day that is asked for; today if it is none, or too far off for any plan."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return today
    return found if found.year in _YEARS else today


def _named(day: Day, now: datetime) -> Named:
    weekday = day.date.weekday()
    today = day.date == now.date()
    return Named(
        day,
        spoken_day(day.date, now.date()),
        Words(ZH_DAYS[weekday], EN_DAYS[weekday]),
        now.hour * 60 + now.minute if today else None,
    )


def _gaps(days: Sequence[Named], empty: Sequence[Cell], lit: Sequence[Cell]) -> Iterator[Words]:
    if all(cell.whole for cell in empty):
        yield Words("这一周没有画面，只放安静的卡片。", "Nothing plays in this week but the calm card.")
        return
    found = [_gap(day, bar, lit[n].bars) for n, day in enumerate(days) for bar in empty[n].bars]
    yield from found[:_MOST_GAPS]
    if len(found) > _MOST_GAPS:
        more = len(found) - _MOST_GAPS
        yield Words(f"还有 {more} 处没有画面。", f"And {more} more {'gap' if more == 1 else 'gaps'}.")


def _gap(day: Named, bar: Bar, lit: Sequence[Bar]) -> Words:
    zh, en = f"{day.weekday.zh} {day.words.zh}", f"{day.weekday.en} {day.words.en}"
    if any((bar.begin, bar.end) == (one.begin, one.end) for one in lit):
        return Words(f"{zh}全天没有画面。", f"{en}: nothing plays all day.")
    if any(bar.end == one.end for one in lit):
        return Words(f"{zh} {bar.words[:5]} 以后没有画面。", f"{en}: nothing plays after {bar.words[:5]}.")
    return Words(f"{zh} {bar.words} 没有画面。", f"{en}: nothing plays {bar.words}.")
