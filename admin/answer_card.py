"""The card of an answer: what stands on it, with photos or without, and how it loses them again."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from admin import answer_file, answer_photo, kept_card
from admin.records import Answer, Report
from kiosk import files
from kiosk.card import Card
from kiosk.errors import Words
from kiosk.files import Home
from kiosk.model.masking import mask
from kiosk.prints.answer_sheet import TITLE
from kiosk.settings import Config

_LONGEST_TOPIC = 16
_LONGEST_PLACE = 48
_WITH_PHOTO = "picture-text"
_SAID, _DONE = Words("居民说", "What was said"), Words("我们做了", "What was done")


Pictured = tuple[bytes, Words]
"""A picture file, and what stands below it."""


def drawn(
    config: Config, report: Report, said: str, done: str, today: date, photo: Pictured | None = None
) -> Card:
    """The card that would be on the screen, of masked words."""
    about = _about(config, report)
    if photo:
        picture, caption = photo
        return Card(_WITH_PHOTO, _titled(about), _beside(said, done, about, caption), picture=picture)
    day = f"{today.year}年{today.month}月{today.day}日"
    return Card("answer", "", {"said": said, "done": done, **about, "date": day})


def written(home: Home, config: Config, report: Report, answer: Answer, at: datetime) -> str:
    """The file of the card as it is to be, for its days from `at`; what people added to it stays."""
    until = at.date() + timedelta(days=config.settings.slides.answer_days)
    return _text(home, config, report, answer, until, at.date())


def without_photos(home: Home, config: Config, report: Report) -> None:
    """Its photos are erased: none is on the card any more, at once; the words stay for their days."""
    answer = report.answer
    if answer is None or not (answer.before_photo or answer.after_photo):
        return
    shown = (answer.published or answer.written).astimezone(config.settings.zone).date()
    answer.before_photo = answer.after_photo = 0
    answer_photo.path(home, config, report).unlink(missing_ok=True)
    file = answer_file.path(home, config, report)
    if file.exists():
        until = shown + timedelta(days=config.settings.slides.answer_days)
        files.write(file, _text(home, config, report, answer, until, shown).encode())


def _text(home: Home, config: Config, report: Report, answer: Answer, until: date, day: date) -> str:
    said, done, about = mask(answer.summary), mask(answer.words), _about(config, report)
    before = kept_card.text_of(answer_file.path(home, config, report))
    places = answer.shown_at
    topic = report.topic if config.topics.topic_named(report.topic) else ""
    if not (answer.before_photo or answer.after_photo):
        fields = {"said": said, "done": done, **about, "date": day}
        bare = "" if _WITH_PHOTO in before else None
        return kept_card.written(before, "answer", until, fields, title=bare, places=places, topic=topic)
    caption = answer_photo.caption(answer.before_photo, answer.after_photo)
    shown = {"picture": answer_photo.name(report), **_beside(said, done, about, caption)}
    return kept_card.written(
        before, _WITH_PHOTO, until, shown, title=_titled(about), places=places, topic=topic
    )


def _titled(about: Mapping[str, str]) -> str:
    """Two lines: beside a photo there is no room for one."""
    return "\n".join(one for one in (TITLE.zh, about["place"]) if one)


def _beside(said: str, done: str, about: Mapping[str, str], caption: Words) -> dict[str, str]:
    """What stands beside and below the photo."""
    body = f"{_SAID.zh}：{said}\n\n{_DONE.zh}：{done}"
    return {"body": body, "caption": caption.zh, "tag": about["topic"]}


def _about(config: Config, report: Report) -> dict[str, str]:
    topic = config.topics.topic_named(report.topic)
    place = config.places.named(report.place) if report.place else None
    return {
        "topic": (topic.zh if topic else "")[:_LONGEST_TOPIC],
        "place": (place.name if place else "")[:_LONGEST_PLACE],
        "number": report.public_number,
    }
