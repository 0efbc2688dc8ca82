"""The keys 1 to 9: a press becomes a vote, and is thanked for over the question at once."""

from datetime import datetime

import pygame

from kiosk.model.slides import Slide
from kiosk.model.vote import SAME_SECONDS, Press, Pressed, vote
from kiosk.player.ballot_box import BallotBox
from kiosk.player.part import Canvas
from kiosk.player.thanks import GROUND, LOST, LOST_GROUND, Said, Thanks
from kiosk.settings import Config

LISTEN_SECONDS = 0.02
"""While a question stands keys are looked for so often: what a resident sees of a press depends on it."""

NUMBERS = {
    scancode: number
    for first in (pygame.KSCAN_1, pygame.KSCAN_KP_1)
    for number, scancode in enumerate(range(first, first + 9), 1)
}
"""By the place of the key (USB HID usage tables, 10): to a box neither layout nor Num Lock matters."""


class Buttons:
    """Give it each key with the slide that people look at; `show` paints what comes of it on `canvas`."""

    def __init__(self, place: str, canvas: Canvas, box: BallotBox, thanks: Thanks) -> None:
        self._place = place
        self._canvas = canvas
        self._box = box
        self._thanks = thanks
        self._pressed = Pressed()
        self._said: Said | None = None
        self._until = 0.0
        self._painted: tuple[Said, bool] | None = None
        self.rect = pygame.Rect(thanks.zone.box)

    def go_by(self, config: Config) -> None:
        """It is night when these settings say so, from the next strip on."""
        self._thanks.go_by(config)

    def press(self, scancode: int, slide: Slide | None, at: datetime, now: float) -> bool:
        """A key at the player while people look at `slide`; True if that was a vote. `now` is monotonic."""
        number = NUMBERS.get(scancode, 0)
        question = slide.question if slide else None
        if slide is None or question is None or (answer := question.answer(number)) is None:
            return False
        press = Press(question.digest, number, now)
        if not self._pressed.counts(press):
            return False
        self._pressed = self._pressed.after(press)
        self._box.put(vote(question, number, slide.name, self._place, at.isoformat(timespec="milliseconds")))
        self._said, self._until = (str(number), answer), now + SAME_SECONDS
        return True

    def want(self, slides: tuple[Slide, ...]) -> None:
        """These are on the glass now or next."""
        self._thanks.want(slide.question for slide in slides if slide.question)

    def over(self, now: float, *, hidden: bool) -> bool:
        """Has the strip had its time, or is something else to be seen? Then paint anew what is beneath."""
        if self._said is None or not (hidden or now >= self._until):
            return False
        self._said, self._painted = None, None
        return True

    def show(self, *, anew: bool) -> bool:
        """Paint the strip if it is not on the glass already; `anew` says that what is beneath was painted."""
        if self._said is None:
            return False
        said = LOST if self._box.failing else self._said
        strip = self._thanks.strip(said)
        wanted = (said, strip is not None)
        if wanted == self._painted and not anew:
            return False
        if strip:
            self._canvas().blit(strip, (0, 0))
        else:
            self._canvas().fill(LOST_GROUND if said is LOST else GROUND)
        self._painted = wanted
        return True

    def patience(self, now: float, *, asked: bool) -> float:
        """Seconds until it has to look again; `asked` says whether a question stands."""
        ends = max(self._until - now, 0.0) if self._said else SAME_SECONDS
        return min(ends, LISTEN_SECONDS) if asked else ends
