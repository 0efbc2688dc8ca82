"""Slides: one turn on the screen, as frozen values."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace

from kiosk.model.priority import EVERY, Level, Priority
from kiosk.model.schedule import ALWAYS, Schedule
from kiosk.model.vote import Question

MOVING_KINDS = ("video", "stream", "sound")


@dataclass(frozen=True, slots=True)
class Slide:
    """One turn on the screen.

    `name` is the path under `content/` with `/` (pages of a longer text: `rules.txt#2`);
    `file` is the same without the page. `version` changes whenever what would be drawn
    changes (content, look, page). `digest` is the SHA-256 of the asset, for proof of play.
    `sound`: there is something to hear; `length` is that of one round of what moves or sounds, in
    seconds. `transition` is None for the playlist's own. `stream` is the address of a live stream, for
    which the asset stands in while it is down. Of what goes before the loop `every` is how often an
    insert comes, `level` how bad an emergency is, and `lasting` the seconds from its issue to its expiry.
    A `question` is answered by keys, on each of its pages. `topic` is what those who scan it write about.
    """

    name: str
    file: str
    kind: str
    version: str
    title: str = ""
    seconds: float = 10.0
    page: int = 1
    theme: str = ""
    topic: str = ""
    digest: str = ""
    animated: bool = False
    sound: bool = False
    length: float = 0.0
    transition: str | None = None
    stream: str = ""
    show: Schedule = field(default=ALWAYS)
    priority: Priority = Priority.NORMAL
    every: int = EVERY
    level: Level = Level.BLUE
    lasting: float = 0.0
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Playlist:
    """Slides in the order in which they loop; `folder` is "" for `content/` itself.

    `transition` is what its slides become each other by, where they do not say; None for the settings' own.
    `inserts` and `emergencies` (the worst first) are those of its slides that go before the loop.
    """

    slides: tuple[Slide, ...] = ()
    folder: str = ""
    transition: str | None = None
    inserts: tuple[Slide, ...] = field(init=False, repr=False, compare=False)
    emergencies: tuple[Slide, ...] = field(init=False, repr=False, compare=False)
    _places: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {slide.name: place for place, slide in enumerate(self.slides)}
        object.__setattr__(self, "_places", places)
        first = [slide for slide in self.slides if slide.priority]
        inserts = tuple(slide for slide in first if slide.priority is Priority.INSERT)
        emergencies = [slide for slide in first if slide.priority is Priority.EMERGENCY]
        object.__setattr__(self, "inserts", inserts)
        object.__setattr__(self, "emergencies", tuple(sorted(emergencies, key=lambda slide: slide.level)))

    @property
    def still(self) -> "Playlist":
        """The same for a zone without video and sound: what needs them is left out, what moves stands."""
        quiet = (slide for slide in self.slides if slide.kind not in MOVING_KINDS)
        slides = tuple(replace(one, animated=False, sound=False) for one in quiet)
        return Playlist(slides, self.folder, self.transition)

    def named(self, name: str) -> Slide | None:
        """The slide of that name, if it is in the playlist."""
        place = self._places.get(name)
        return None if place is None else self.slides[place]

    def place_of(self, name: str | None) -> int | None:
        """Where the slide of that name stands, from 0; None if it does not."""
        return None if name is None else self._places.get(name)


def undated(playlist: Playlist, ended: Set[str] = frozenset()) -> Playlist:
    """What may be shown by a clock that is wrong: the slides that do not ask it, and emergencies.

    Those do not ask it then, either; the names of those that are over are `ended`.
    """
    slides = (_unasking(slide) for slide in playlist.slides if slide.name not in ended)
    return Playlist(tuple(filter(None, slides)), playlist.folder, playlist.transition)


def in_light(playlist: Playlist, *, dark: bool, still: bool) -> Playlist:
    """What may be shown in this light: in the `dark` only emergencies, and nothing that moves if `still`."""
    slides = playlist.emergencies if dark else playlist.slides
    if still:
        slides = tuple(slide for slide in slides if not (slide.animated or slide.stream))
    if len(slides) == len(playlist.slides):
        return playlist
    return Playlist(slides, playlist.folder, playlist.transition)


def _unasking(slide: Slide) -> Slide | None:
    if slide.priority is Priority.EMERGENCY:
        return replace(slide, show=Schedule(places=slide.show.places))
    return None if slide.show.dated else slide
