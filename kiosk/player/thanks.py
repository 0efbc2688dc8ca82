"""What is painted over a question when a key has been pressed: a strip for each answer, drawn beforehand."""

import logging
from collections.abc import Iterable
from dataclasses import replace

import pygame

from kiosk import look
from kiosk.card import Card
from kiosk.decoder import Decoder
from kiosk.errors import LinliError
from kiosk.model.layout import Zone
from kiosk.model.vote import Question
from kiosk.player.surfaces import surface_of
from kiosk.settings import Config
from kiosk.worker import Worker

log = logging.getLogger(__name__)

TEMPLATE = "widgets/thanks"
GROUND, LOST_GROUND = (28, 122, 95), (149, 80, 59)
"""Those of the template: shown alone until the strip is drawn."""

NAME = "thanks"
"""Of the strip as a zone: one that is not the main one carries no code in its corner."""

LOWEST = 64
"""Pixels: a strip is never lower, and a zone that is hardly higher is covered whole."""

RETRY_SECONDS = 10.0

Said = tuple[str, str]
"""Number and answer; both "" where the vote could not be kept."""

LOST: Said = ("", "")


def strip_of(zone: Zone) -> Zone:
    """Where it stands: at the foot of the zone, as wide as that."""
    height = zone.height
    if height >= 1.5 * LOWEST:
        height = max(LOWEST, min(height // 5, zone.width * 2 // 5))
    return replace(zone, name=NAME, y=zone.y + zone.height - height, height=height)


def card_of(said: Said) -> Card:
    """The card that is drawn for it."""
    number, answer = said
    return Card(TEMPLATE, fields={"number": number, "answer": answer} if number else {"lost": "yes"})


class Thanks(Worker):
    """Keeps the strips of the questions that are `wanted`, and no others. The loop asks, the thread draws."""

    def __init__(self, config: Config, decoder: Decoder, zone: Zone) -> None:
        super().__init__("thanks")
        self.zone = strip_of(zone)
        self._decoder = decoder.beside(look.look(config, self.zone))
        self._wanted: tuple[Question, ...] = ()
        self._ready: dict[Said, pygame.Surface] = {}
        self._complained = False

    def go_by(self, config: Config) -> None:
        """It is night when these settings say so, from the next strip on."""
        self._decoder.go_by(config.settings.light.nights)

    def want(self, questions: Iterable[Question]) -> None:
        """These may be answered now or soon, the nearest first."""
        wanted = tuple(dict.fromkeys(questions))
        if wanted != self._wanted:
            with self._news:
                self._wanted = wanted
                self._news.notify()

    def strip(self, said: Said) -> pygame.Surface | None:
        """The strip that says it, if it is drawn."""
        return self._ready.get(said)

    def _needed(self) -> list[Said]:
        if not self._wanted:
            return []
        answers = [
            (str(number), one) for asked in self._wanted for number, one in enumerate(asked.answers, 1)
        ]
        return list(dict.fromkeys((*answers, LOST)))

    def _run(self) -> None:
        while True:
            with self._news:
                wanted = self._wanted
            done = self._draw_all()
            with self._news:
                if self._stopping:
                    return
                if wanted is self._wanted:
                    self._news.wait(None if done else RETRY_SECONDS)

    def _draw_all(self) -> bool:
        """Draw what is lacking, and forget what nobody wants; False if something could not be drawn."""
        needed = self._needed()
        self._ready = {said: strip for said, strip in self._ready.items() if said in needed}
        for said in needed:
            if self._stopping or needed != self._needed():
                return True
            if said not in self._ready and not self._draw(said):
                return False
        return True

    def _draw(self, said: Said) -> bool:
        try:
            strip = surface_of(self._decoder.drawing(card_of(said)))
        except (LinliError, OSError) as error:
            if not self._complained and not self._stopping:
                log.warning("按键的回应画不出来：%s", error)
            self._complained = True
            return False
        self._ready = {**self._ready, said: strip}
        return True
