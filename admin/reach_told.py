"""From scan to sent, as staff read it: which days, what each place and slide came to. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from admin.counters import Funnel, What
from admin.timing import place_words
from admin.wording import lasting
from kiosk.errors import Words
from kiosk.model import histogram
from kiosk.settings import Config

FEWEST = 5
"""Of fewer forms no share is told: of one, 100 % says nothing."""

STEPS = {
    What.SCAN: Words("扫了码", "Codes scanned"),
    What.OPENED: Words("打开表单", "Forms opened"),
    What.STARTED: Words("开始写", "Writing begun"),
    What.SENT: Words("发出", "Reports sent"),
}
NO_PLACE = Words("不带地点的网址", "Address without a place")
NO_SLIDE = Words("海报、网址，没有经过画面", "Posters and addresses, by no slide")
_NOTHING = Funnel(dict.fromkeys(STEPS, 0))


class Span(StrEnum):
    """The days that are looked at, the last of them today."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    def first(self, today: date) -> date:
        """The first of the days."""
        if self is Span.YEAR:
            return today.replace(month=1, day=1)
        return today - timedelta(days=6 if self is Span.WEEK else 29)


SPANS = {
    Span.WEEK: Words("7 天", "7 days"),
    Span.MONTH: Words("30 天", "30 days"),
    Span.YEAR: Words("今年", "This year"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A place or a slide, and what was counted there; `file` is that of a slide that is still there."""

    name: Words
    funnel: Funnel
    file: str = ""

    def count(self, what: What) -> int:
        """How often."""
        return self.funnel.counts.get(what, 0)

    @property
    def quiet(self) -> bool:
        """Was nothing counted there?"""
        return not any(self.funnel.counts.values())

    @property
    def share(self) -> int | None:
        """How many of a hundred forms opened were sent; None where that would say nothing.

        A form that was opened before the first day and sent on it would make it more than all.
        """
        opened, sent = self.count(What.OPENED), self.count(What.SENT)
        return min(100, round(100 * sent / opened)) if opened >= FEWEST else None

    @property
    def took(self) -> Words | None:
        """The time in which half of them were written; None if none was sent."""
        seconds = self.funnel.median_seconds
        if seconds is None:
            return None
        longest = seconds == histogram.LONGEST
        said = lasting(histogram.BOUNDS[-1] if longest else seconds)
        if longest:
            return Words(f"超过 {said.zh}", f"over {said.en}")
        return Words(f"{said.zh}以内", f"within {said.en}")


def of_places(counted: Mapping[str, Funnel], config: Config) -> tuple[Row, ...]:
    """The most opened first; places where nothing was counted are there, too: somebody may go and look."""
    slugs = dict.fromkeys((*(place.slug for place in config.places.used), *counted))
    rows = (
        Row(place_words(config, slug) if slug else NO_PLACE, counted.get(slug, _NOTHING)) for slug in slugs
    )
    return _in_order(rows)


def of_slides(counted: Mapping[str, Funnel], titles: Mapping[str, str]) -> tuple[Row, ...]:
    """The most opened first, called by the title that a slide has now, else by its file."""
    return _in_order(
        Row(_named(file, titles), funnel, file if file in titles else "") for file, funnel in counted.items()
    )


def _named(file: str, titles: Mapping[str, str]) -> Words:
    title = titles.get(file) or file
    return Words(title, title) if title else NO_SLIDE


def _in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.count(What.OPENED), -row.count(What.SENT))))
