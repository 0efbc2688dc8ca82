"""An answer on the screen: its card in `content/`, and taking it away again.

Whether an answer is on the screen is what the file says; the row only remembers.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from admin import answer_file, casework, kept_card, trail
from admin.casebook import Actor
from admin.office import Office
from admin.records import Answer, Report
from kiosk import files
from kiosk.card import Card
from kiosk.errors import LinliError, Words
from kiosk.model import cases
from kiosk.model.cases import Action, Given
from kiosk.model.masking import mask
from kiosk.model.plain import plain

LONGEST = 300
_LONGEST_TOPIC = 16
_LONGEST_PLACE = 48
_MARK = re.compile("〔[^〕]+〕")


class Unwritten(LinliError):
    """An answer that cannot be kept yet; `field` is the one to mend."""

    def __init__(self, field: str, words: Words) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True)
class Draft:
    """The staff's words: `said` is the matter in short, `done` what was done about it."""

    said: str
    done: str

    @property
    def masked(self) -> "Draft":
        """The words as everyone may read them."""
        return Draft(mask(self.said), mask(self.done))

    @property
    def hidden(self) -> tuple[str, ...]:
        """What masking hid, each mark once."""
        typed, shown = self.said + self.done, self.masked.said + self.masked.done
        return tuple(dict.fromkeys(mark for mark in _MARK.findall(shown) if mark not in typed))


def draft(said: str, done: str) -> Draft:
    """A draft from what was typed. Raises `Unwritten` for the first field that is empty or too long."""
    made = Draft(plain(said), plain(done))
    for field, text in (("said", made.said), ("done", made.done)):
        if not text:
            raise Unwritten(field, Words("这里还没有写。", "Nothing is written here yet."))
        if len(text) > LONGEST or len(mask(text)) > LONGEST:
            raise Unwritten(field, Words(f"最多 {LONGEST} 个字。", f"At most {LONGEST} characters, please."))
    return made


def card(here: Office, report: Report, masked: Draft, today: date) -> Card:
    """The card that would be on the screen."""
    fields = {"said": masked.said, "done": masked.done, **_about(here, report)}
    return Card("answer", "", {**fields, "date": f"{today.year}年{today.month}月{today.day}日"})


def keep(rows: Session, here: Office, report: Report, made: Draft, actor: Actor, at: datetime) -> Answer:
    """Keep the answer in the register; its case counts as answered, if it is one that waits for an answer."""
    answer = report.answer
    before = _told(Draft(answer.summary, answer.words)) if answer else ""
    if answer is None:
        answer = Answer(report=report, summary="", words="", author="", written=at, slide="")
        rows.add(answer)
    answer.summary, answer.words, answer.author, answer.written = made.said, made.done, actor.account, at
    report.changed = at
    if Action.RESOLVE in cases.possible(report.state, actor.by):
        casework.take(rows, here.home, here.config, report, Action.RESOLVE, actor, at, Given(words=made.done))
    trail.note(rows, at, actor.account, "answer.keep", report.public_number, before, _told(made))
    rows.flush()
    return answer


def _told(made: Draft) -> str:
    """For the trail, which keeps for ever: without what could point at somebody."""
    return f"{made.masked.said}\n\n{made.masked.done}"


def publish(rows: Session, here: Office, report: Report, account: str, at: datetime) -> None:
    """Put the kept answer on the screen, masked. Raises `DiskFull`; then the rows stay as they were."""
    answer = report.answer
    if answer is None:
        raise Unwritten("done", Words("请先写答复。", "Write the answer first."))
    file = slide_of(here, report)
    text = _written(here, report, Draft(answer.summary, answer.words).masked, at)
    answer.slide, answer.published, answer.withdrawn = file, at, None
    trail.note(rows, at, account, "answer.publish", report.public_number, after=text)
    rows.flush()
    files.write(here.home.content / file, text.encode())


def withdraw(rows: Session, here: Office, report: Report, account: str, at: datetime) -> None:
    """Take the answer off the screen, at once; what was written stays in the register."""
    answer_file.take_off(rows, here.home, here.config, report, account, at)


def slide_of(here: Office, report: Report) -> str:
    """The file of a report's answer, by its public number."""
    return answer_file.name(here.config, report)


def on_screen(here: Office, report: Report) -> bool:
    """Is there a slide of this answer?"""
    return _path(here, report).exists()


def _path(here: Office, report: Report) -> Path:
    return answer_file.path(here.home, here.config, report)


def _written(here: Office, report: Report, masked: Draft, at: datetime) -> str:
    until = at.date() + timedelta(days=here.config.settings.slides.answer_days)
    fields = {"said": masked.said, "done": masked.done, **_about(here, report), "date": at.date()}
    return kept_card.written(kept_card.text_of(_path(here, report)), "answer", until, fields)


def _about(here: Office, report: Report) -> dict[str, str]:
    topic = here.config.topics.topic_named(report.topic)
    place = here.config.places.named(report.place) if report.place else None
    return {
        "topic": (topic.zh if topic else "")[:_LONGEST_TOPIC],
        "place": (place.name if place else "")[:_LONGEST_PLACE],
        "number": report.public_number,
    }
