"""The form as a page: with what somebody has filled in, or blank."""

import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote_plus

from flask import render_template, request

from admin.public import reminders, same
from admin.public.desk import Desk
from admin.public.extras import extras
from admin.public.frame import Reader, reader
from admin.public.guards import TRAP, Work
from admin.submission import ELSEWHERE, topics
from kiosk.errors import Words
from kiosk.model import notice as notices
from kiosk.model.hints import Hint
from kiosk.model.plain import plain
from kiosk.settings import Config


@dataclass(frozen=True, slots=True)
class Said:
    """What the page says beside the form: problems by field, a notice, hints, work that is to be done."""

    problems: Mapping[str, Words] | None = None
    notice: Words | None = None
    hints: Sequence[Hint] = ()
    work: Work | None = None


NOTHING = Said()


def filled(desk: Desk, fields: Mapping[str, str], said: Said = NOTHING, reads: Reader | None = None) -> str:
    """The form with these fields in it. A blank one is for many (`reads`), and says nothing of cases."""
    scanned = place_of(desk, (request.view_args or {}).get("place", ""))
    topic, place = fields.get("topic", ""), fields.get("place", "")
    found = [] if reads else same.cases(desk, topic, place)
    reads = reads or reader()
    return render_template(
        "form.html",
        reader=reads,
        action=reads.link(f"/F/{scanned}" if scanned else "/F"),  # never from the path as sent
        topics=topics(desk.config),
        places=desk.config.places.used,
        elsewhere=ELSEWHERE,
        topic=topic,
        place=place,
        words=plain(fields.get("words", "")),
        token=fields.get("token", ""),
        extras=extras(fields),
        told=notices.current(),
        trap=TRAP,
        same=found,
        problems=said.problems or {},
        notice=said.notice,
        hints=said.hints,
        urgent=reminders.numbers(said.hints),
        seen=reminders.marks(said.hints) or fields.get("seen", ""),
        work=said.work,
    )


def place_of(desk: Desk, typed: str) -> str:
    """The place of that slug, in either case; "" for none of ours, or one that is off."""
    known = desk.config.places.named(typed)
    return known.slug if known and not known.off else ""


class Blank:
    """Blank forms, made once for all who read them in the same way, with the token put in for each.

    Kept until the settings are others; there are as many as there are places, topics and ways to read.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._token, self._slide = secrets.token_hex(16), secrets.token_hex(16)
        self._of: Config | None = None
        self._kept: dict[tuple[object, ...], str] = {}

    def page(self, place: str, topic: str, token: str) -> str:
        """The form of that place, "" where none is known, with a topic that may be chosen already."""
        reads = reader()
        key = (place, topic, reads.language, reads.big, bool(reads.slide), bool(reads.topic))
        made = self._made(key) or self._make(key, reads)
        return made.replace(self._token, token).replace(self._slide, quote_plus(reads.slide))

    def _made(self, key: tuple[object, ...]) -> str | None:
        with self._lock:
            if self._of is not self._desk.config:
                self._of, self._kept = self._desk.config, {}
            return self._kept.get(key)

    def _make(self, key: tuple[object, ...], reads: Reader) -> str:
        marked = replace(reads, slide=self._slide if reads.slide else "", topic=str(key[1]))
        fields = {"place": str(key[0]), "topic": str(key[1]), "token": self._token}
        made = filled(self._desk, fields, reads=marked)
        with self._lock:
            if self._of is self._desk.config:
                self._kept[key] = made
        return made
