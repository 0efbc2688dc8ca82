"""Emergencies while the clock is wrong: shown all the same, and ended without it. Pure.

Whoever issues one does so before it lands, so it is over at the latest when it has been here for as long as
from its issue to its expiry. One that lay there at the start may be of last year: it is shown if it holds by
what the clock shows, or if it is not over yet by the earliest that it may be now, for either may be wrong.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.model.schedule import over
from kiosk.model.slides import Slide


@dataclass(frozen=True, slots=True)
class Vigil:
    """When each emergency was first seen, in monotonic seconds; None for one that was over then."""

    since: Mapping[tuple[str, str], float | None] = field(default_factory=dict)

    def after(
        self, alarms: Iterable[Slide], landed: Set[str], now: float, at: datetime, least: datetime
    ) -> "Vigil":
        """The vigil at `now`; the clock shows `at`, and by what was last seen it is not before `least`."""
        seen = {_key(one): now if one.name in landed or _may_hold(one, at, least) else None for one in alarms}
        return Vigil({key: self.since.get(key, first) for key, first in seen.items()})

    def ended(self, alarms: Iterable[Slide], now: float) -> frozenset[str]:
        """The names of those that are over."""
        return frozenset(one.name for one in alarms if self._over(one, now))

    def _over(self, alarm: Slide, now: float) -> bool:
        since = self.since.get(_key(alarm))
        return since is None or now - since >= alarm.lasting


def _may_hold(alarm: Slide, at: datetime, least: datetime) -> bool:
    last = alarm.show.last
    if last is None or not over(alarm.show, least):
        return True
    return last - timedelta(seconds=alarm.lasting) <= at.replace(tzinfo=None) < last


def _key(slide: Slide) -> tuple[str, str]:
    """A card that was written anew is another emergency."""
    return slide.name, slide.version
