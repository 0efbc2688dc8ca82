"""The form as a page: with what somebody has filled in, or blank."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote_plus

from flask import Response, render_template, request

from admin.public import reminders, same
from admin.public.desk import Desk
from admin.public.extras import extras
from admin.public.frame import Reader, reader
from admin.public.guards import TRAP, Work
from admin.public.stencil import Stencil, Stencils
from admin.submission import ELSEWHERE, topics
from kiosk.errors import Words
from kiosk.model import notice as notices
from kiosk.model.hints import Hint
from kiosk.model.plain import plain


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
    """Blank forms: there are as many as there are places, topics and ways to read."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._stencils = desk, Stencils(desk)
        self._marks = {"token": secrets.token_hex(16), "slide": secrets.token_hex(16)}

    def page(self, place: str, topic: str, token: str) -> Response:
        """The form of that place, "" where none is known, with a topic that may be chosen already."""
        reads = reader()
        key = (place, topic, reads.language, reads.big, bool(reads.slide), bool(reads.topic))
        made = self._stencils.of(key, lambda: self._made(place, topic, reads))
        return made.answer({"token": token, "slide": quote_plus(reads.slide)})

    def _made(self, place: str, topic: str, reads: Reader) -> Stencil:
        marked = replace(reads, slide=self._marks["slide"] if reads.slide else "", topic=topic)
        fields = {"place": place, "topic": topic, "token": self._marks["token"]}
        return Stencil(filled(self._desk, fields, reads=marked), self._marks)
