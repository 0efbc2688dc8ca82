"""An answer on the screen: its card in `content/`, and taking it away again.

Whether an answer is on the screen is what the file says; the row only remembers.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from admin import answer_card, answer_file, answer_photo, case_photos, casework, trail
from admin.casebook import Actor
from admin.office import Office
from admin.records import Answer, Report
from kiosk import files
from kiosk.errors import LinliError, Words
from kiosk.model import cases
from kiosk.model.cases import Action, Given
from kiosk.model.masking import mask
from kiosk.model.origins import PhotoState
from kiosk.model.plain import plain

LONGEST = 300
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


@dataclass(frozen=True)
class Showing:
    """How it is shown: on the screens of which places, none of them all; ids of photos, 0 for none."""

    places: tuple[str, ...] = ()
    before: int = 0
    after: int = 0


def reply(done: str) -> Draft:
    """Words for the resident alone, of which nobody else reads. Raises `Unwritten`."""
    made = Draft("", plain(done))
    _check("done", made.done)
    return made


def draft(said: str, done: str) -> Draft:
    """A draft from what was typed. Raises `Unwritten` for the first field that is empty or too long."""
    made = Draft(plain(said), plain(done))
    _check("said", made.said)
    _check("done", made.done)
    return made


def _check(field: str, text: str) -> None:
    if not text:
        raise Unwritten(field, Words("这里还没有写。", "Nothing is written here yet."))
    if len(text) > LONGEST or len(mask(text)) > LONGEST:
        raise Unwritten(field, Words(f"最多 {LONGEST} 个字。", f"At most {LONGEST} characters, please."))


def keep(rows: Session, here: Office, report: Report, made: Draft, actor: Actor, at: datetime) -> Answer:
    """Keep the answer in the register; its case counts as answered, if it is one that waits for an answer.

    A draft that says nothing of the matter leaves what was said of it before.
    """
    answer = report.answer
    before = _told(Draft(answer.summary, answer.words)) if answer else ""
    if answer is None:
        answer = Answer(report=report, summary="", words="", author="", written=at, slide="")
        rows.add(answer)
    answer.summary, answer.words = made.said or answer.summary, made.done
    answer.author, answer.written = actor.account, at
    report.changed = at
    if Action.RESOLVE in cases.possible(report.state, actor.by):
        casework.take(rows, here.home, here.config, report, Action.RESOLVE, actor, at, Given(words=made.done))
    trail.note(rows, at, actor.account, "answer.keep", report.public_number, before, _told(made))
    rows.flush()
    return answer


def _told(made: Draft) -> str:
    """For the trail, which keeps for ever: without what could point at somebody."""
    return f"{made.masked.said}\n\n{made.masked.done}".strip()


def publish(
    rows: Session, here: Office, report: Report, account: str, at: datetime, showing: Showing | None = None
) -> None:
    """Put the kept answer on the screen, masked. Raises `DiskFull`; then the rows stay as they were."""
    answer = report.answer
    if answer is None or not answer.summary:
        field = "said" if answer else "done"
        raise Unwritten(field, Words("请先写答复。", "Write the answer first."))
    if showing is not None:
        answer.places = ",".join(showing.places)
        answer.before_photo, answer.after_photo = showing.before, showing.after
    file = slide_of(here, report)
    picture = photo(rows, here, report)
    text = answer_card.written(here.home, here.config, report, answer, at)
    answer.slide, answer.published, answer.withdrawn = file, at, None
    trail.note(rows, at, account, "answer.publish", report.public_number, after=text)
    rows.flush()
    files.write(here.home.content / file, text.encode())
    beside = answer_photo.path(here.home, here.config, report)
    if picture:
        files.write(beside, picture)
    else:
        beside.unlink(missing_ok=True)


def photo(rows: Session, here: Office, report: Report) -> bytes:
    """The picture of the chosen photos that goes with the answer, as they are covered now; b"" for none."""
    answer = report.answer
    if answer is None:
        return b""
    known = {one.id for one in case_photos.of(rows, report) if one.state != PhotoState.ERASED.value}
    answer.before_photo *= answer.before_photo in known  # what is erased is chosen no more
    answer.after_photo *= answer.after_photo in known
    return joined(rows, here, report, answer.before_photo, answer.after_photo)


def joined(
    rows: Session, here: Office, report: Report, before: int, after: int, high: int = answer_photo.HIGH
) -> bytes:
    """The photos of the case with these ids in one picture; b"" without any. Raises `NotRedacted`."""
    known = {one.id: one for one in case_photos.of(rows, report)}
    photos = [case_photos.shown(here.home, known[id_]) for id_ in (before, after) if id_ in known]
    return answer_photo.joined(photos, high) if photos else b""


def renew_photo(rows: Session, here: Office, report: Report) -> None:
    """A photo was covered anew: the screen shows it as it is now, at once."""
    if on_screen(here, report) and (made := photo(rows, here, report)):
        files.write(answer_photo.path(here.home, here.config, report), made)


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
