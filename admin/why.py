"""Why a file is not on the screen, or when its turn comes: by the rules that the player follows. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import dropwhile, islice

from admin import why_words as say
from admin.live import Beat
from admin.standings import Answer, Cause, Reason, Way
from admin.whereabouts import Whereabouts, reason_of
from admin.wording import opening, when
from kiosk.errors import Words
from kiosk.folder import folder_of
from kiosk.librarian import covering, played, with_alarms
from kiosk.library import Library
from kiosk.model.course import Course
from kiosk.model.curtain import Curtain
from kiosk.model.layout import Zone
from kiosk.model.light import Lit, changes, lit
from kiosk.model.priority import Priority
from kiosk.model.schedule import active, over
from kiosk.model.slides import Playlist, Slide, undated
from kiosk.planned import planned
from kiosk.settings import Config

AHEAD = timedelta(days=1)
"""So far ahead the plan is asked when the turn of a file comes."""

_TURNS = 20_000
_LIGHT_AHEAD = timedelta(days=2)


@dataclass(frozen=True)
class Facts:
    """All that is known at `at` (aware): the library, the player's last sign of life, how the curtain hangs,
    and what lies where no slide does."""

    config: Config
    library: Library
    at: datetime
    beat: Beat
    curtain: Curtain = Curtain.OPEN
    lying: Whereabouts = field(default_factory=Whereabouts)

    @property
    def dated(self) -> bool:
        """Does the player go by the clock of its machine?"""
        return self.beat.clock or not self.beat.alive

    @property
    def light(self) -> Lit:
        """The light of the hour."""
        return lit(self.config.settings.light.light, self.at)


def why(facts: Facts, file: str) -> Answer:
    """The answer for any name under `content/`, whether there is such a file or not."""
    slide = next((one for one in facts.library.slides if one.file == file), None)
    if slide is None:
        return Answer(file, file, facts.at, (reason_of(file, facts.library, facts.lying),))
    zone = _zone(facts, slide)
    if isinstance(zone, Zone):  # where it may stand still
        slide = played(facts.library, facts.config, zone).named(slide.name) or slide
    own = (zone,) if isinstance(zone, Reason) else tuple(_of_times(facts, slide))
    reasons = (*own, *_of_the_screen(facts, slide))
    comes = None if isinstance(zone, Reason) else _comes(facts, zone, file, reasons)
    on = _on(facts, file)
    if not reasons and comes is None and not on:
        reasons = (say.CROWDED,)
    return Answer(file, slide.title, facts.at, reasons, on, comes)


def in_force(facts: Facts, zone: Zone) -> Playlist:
    """What that zone plays of the library, with the emergencies, as the player trusts its clock."""
    playlist = played(facts.library, facts.config, zone)
    playlist = with_alarms(playlist, covering(facts.library, facts.config))
    return playlist if facts.dated else undated(playlist)


def _zone(facts: Facts, slide: Slide) -> Zone | Reason:
    """The zone in which it plays, or why there is none."""
    config, known = facts.config, facts.library
    zones, place = config.layout.playing, config.settings.screen.place
    if slide.priority is Priority.EMERGENCY and slide in covering(known, config):
        return config.layout.main
    lies = [zone for zone in zones if known.playlist(zone.playlist).named(slide.name)]
    if not lies:
        return say.unplayed(folder_of(slide.file), tuple(zone.playlist for zone in zones))
    meant = [zone for zone in lies if known.playlist(zone.playlist, place).named(slide.name)]
    if not meant:
        return say.elsewhere(slide, config)
    able = (zone for zone in meant if played(known, config, zone).named(slide.name))
    return next(able, None) or say.still_zone(slide.file, meant[0].name)


def _of_times(facts: Facts, slide: Slide) -> Iterator[Reason]:
    """What its own dates, days and hours say."""
    show, at, today = slide.show, facts.at, facts.at.date()
    if not facts.dated:
        if show.dated and slide.priority is not Priority.EMERGENCY:
            yield say.CLOCK
        return
    if active(show, at):
        return
    change = Way(Words("改日期", "Change the dates"), "editing.form", slide.file)
    moment = opening(show, at)
    if over(show, at) or moment is None:
        yield say.ended(slide, change, gone=over(show, at))
        return
    opens = moment.replace(tzinfo=at.tzinfo)
    if show.first and at.replace(tzinfo=None) < show.first:
        cause = Cause.EARLY
    else:
        cause = Cause.HOURS if show.on(today) else Cause.DAY
    yield say.later(cause, when(show, today), opens, today, change)


def _of_the_screen(facts: Facts, slide: Slide) -> Iterator[Reason]:
    """What keeps all slides off, or those like this one."""
    urgent = slide.priority is Priority.EMERGENCY
    if not facts.beat.alive:
        yield say.STOPPED
    if facts.curtain is Curtain.BLACK:
        yield say.BLACKOUT
    safe = facts.config.settings.safe.slide.partition("#")[0]
    if facts.curtain is Curtain.SAFE and not urgent and slide.file != safe:
        yield say.SAFE
    if urgent:
        return
    if alarms := _alarms(facts):
        yield say.covered(alarms, facts.at)
    if not facts.light.light:
        yield say.dark(_light_from(facts), facts.at.date())
    elif facts.light.night and facts.config.settings.light.still_at_night and moves(slide):
        yield say.night(_day_from(facts), facts.at.date())


def moves(slide: Slide) -> bool:
    """Is it left out while everything is to be still? (As `kiosk.model.slides.in_light` has it.)"""
    return slide.animated or bool(slide.stream)


def _alarms(facts: Facts) -> tuple[Slide, ...]:
    """The emergencies that are on, each once."""
    found = covering(facts.library, facts.config)
    on = (one for one in found if not facts.dated or active(one.show, facts.at))
    return tuple({slide.file: slide for slide in on}.values())


def _light_from(facts: Facts) -> datetime | None:
    ahead = changes(facts.config.settings.light.light, facts.at, facts.at + _LIGHT_AHEAD)
    return next((moment for moment, found in ahead if found.light), None)


def _day_from(facts: Facts) -> datetime | None:
    ahead = changes(facts.config.settings.light.light, facts.at, facts.at + _LIGHT_AHEAD)
    return next((moment for moment, found in ahead if not found.night), None)


def _on(facts: Facts, file: str) -> bool:
    beat = facts.beat
    return beat.alive and beat.slide.partition("#")[0] == file and facts.curtain is not Curtain.BLACK


def _comes(facts: Facts, zone: Zone, file: str, reasons: tuple[Reason, ...]) -> datetime | None:
    """When its next turn begins, by the plan; None if not within a day, or if nobody plays."""
    if any(one.opens is None or one.opens > facts.at + AHEAD for one in reasons):
        return None
    playlist = in_force(facts, zone)
    now = playlist.named(facts.beat.slide) if facts.beat.alive and zone == facts.config.layout.main else None
    course = Course().after(now) if now else Course()
    turns = islice(planned(facts.config, playlist, facts.at, facts.at + AHEAD, course), _TURNS)
    named = ((turn.slide.file if turn.slide else "", turn.start) for turn in turns)
    passed = now.file if now and now.file == file else None  # its other pages are no turn of their own
    coming = dropwhile(lambda one: one[0] == passed, named)
    return next((start for name, start in coming if name == file), None)
