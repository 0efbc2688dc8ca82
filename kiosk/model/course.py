"""Whose turn it is: emergencies before inserts before the loop. One rule for player, plan and pages. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.model.priority import Priority
from kiosk.model.schedule import active
from kiosk.model.slides import Playlist, Slide

Follow = Callable[[Playlist, str | None, datetime], Slide | None]
"""Finds the next slide of the loop after the one of that name."""


@dataclass(frozen=True, slots=True)
class Course:
    """How far the playing has come.

    `loop` is the slide at which the loop stands, `fresh` are slides of the loop that have just landed and
    go ahead of it, `insert` is the insert shown last and `since` counts the turns of the loop after each.
    `emergency` is the one shown last, and `told` are the files of those shown since they began.
    """

    loop: str | None = None
    fresh: tuple[str, ...] = ()
    insert: str | None = None
    since: Mapping[str, int] = field(default_factory=dict)
    emergency: str | None = None
    told: frozenset[str] = frozenset()

    def after(self, slide: Slide) -> "Course":
        """The course once this slide is on."""
        if slide.priority is Priority.EMERGENCY:
            return replace(self, emergency=slide.name, told=self.told | {slide.file})
        if slide.priority is Priority.INSERT:
            since = {**self.since, slide.name: 0}
            return replace(self, insert=slide.name, since=since, emergency=None, told=frozenset())
        fresh = slide.name in self.fresh
        return replace(
            self,
            loop=self.loop if fresh else slide.name,
            fresh=tuple(name for name in self.fresh if name != slide.name),
            since={name: turns + 1 for name, turns in self.since.items()},
            emergency=None,
            told=frozenset(),
        )

    def among(self, playlist: Playlist, loop: str | None) -> "Course":
        """The same course in another playlist, whose loop stands at `loop`."""
        return replace(
            self,
            loop=loop,
            fresh=tuple(name for name in self.fresh if playlist.named(name)),
            since={name: turns for name, turns in self.since.items() if playlist.named(name)},
        )


def kept(course: Course, old: Playlist, new: Playlist) -> Course:
    """The course that has come so far in `old`, in a playlist that takes its place."""
    return course.among(new, _survivor(old, new, course.loop))


def _survivor(old: Playlist, new: Playlist, name: str | None) -> str | None:
    """Where the loop stands in the new playlist: at `name`, or at what came before it."""
    place = old.place_of(name)
    if place is None or (name and new.named(name)):
        return name
    earlier, later = old.slides[place::-1], old.slides[:place:-1]
    return next((one.name for one in (*earlier, *later) if new.named(one.name)), None)


def chosen(playlist: Playlist, course: Course, at: datetime, follow: Follow) -> Slide | None:
    """The slide whose turn comes at `at`; None if nothing may play."""
    return emergency(playlist, course, at) or beneath(playlist, course, at, follow)


def emergency(playlist: Playlist, course: Course, at: datetime) -> Slide | None:
    """The emergency whose turn it is: what has not been told yet, the worst first; then they alternate."""
    found = _open(playlist.emergencies, at)
    return next(_untold(found, course), None) or _after(found, course.emergency)


def beneath(playlist: Playlist, course: Course, at: datetime, follow: Follow) -> Slide | None:
    """The slide whose turn it is if there were no emergencies."""
    inserts = _open(playlist.inserts, at)
    due = (slide for slide in inserts if course.since.get(slide.name, slide.every) >= slide.every - 1)
    return (
        next(due, None)
        or _fresh(playlist, course, at)
        or follow(playlist, course.loop, at)
        or _after(inserts, course.insert)
    )


def pressing(playlist: Playlist, course: Course, on: Slide | None, at: datetime) -> Slide | None:
    """The emergency that may not wait for the end of the turn of `on`: the first, or a worse one."""
    if on is None or on.priority is not Priority.EMERGENCY:
        return emergency(playlist, course, at)
    found = _open(playlist.emergencies, at)
    return next((one for one in _untold(found, course) if one.level < on.level), None)


def _untold(found: Iterable[Slide], course: Course) -> Iterator[Slide]:
    return (one for one in found if one.file not in course.told)


def _fresh(playlist: Playlist, course: Course, at: datetime) -> Slide | None:
    landed = filter(None, map(playlist.named, course.fresh))
    return next(iter(_open(landed, at)), None)


def _open(slides: Iterable[Slide], at: datetime) -> list[Slide]:
    return [slide for slide in slides if active(slide.show, at)]


def _after(slides: Sequence[Slide], name: str | None) -> Slide | None:
    """The one after that of the name, around the end; the first if there is none of the name."""
    place = next((place for place, slide in enumerate(slides) if slide.name == name), -1)
    return slides[(place + 1) % len(slides)] if slides else None
