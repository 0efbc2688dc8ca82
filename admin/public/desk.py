"""What every residents' page works with, and nothing that a request could change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from admin.in_force import InForce
from admin.secrets import Secrets
from admin.submission import OTHER
from kiosk.errors import Words
from kiosk.files import Home
from kiosk.settings import Config, Topic


@dataclass(frozen=True, slots=True)
class Desk:
    """The home, its settings, rows and keys, and the clock that only pages ask."""

    home: Home
    in_force: InForce
    engine: Engine
    secrets: Secrets
    clock: Callable[[], datetime]

    @property
    def config(self) -> Config:
        """The settings of this request."""
        return self.in_force.config

    def now(self) -> datetime:
        """The present moment where the community lives."""
        return self.clock().astimezone(self.config.settings.zone)

    def topic(self, slug: str) -> Topic:
        """The topic of a report; one that has since left `topics.toml` counts as "other"."""
        return self.config.topics.topic_named(slug) or OTHER

    def place(self, slug: str) -> Words:
        """How the place of a report is called; nothing for elsewhere."""
        place = self.config.places.named(slug) if slug else None
        return Words(place.name, place.en or place.name) if place else Words("", "")
