"""What a resident sends, checked once; whoever holds a `Submission` need not check again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from admin.contacts import Reach
from kiosk.errors import LinliError, Words
from kiosk.model import deadlines
from kiosk.model.cases import By
from kiosk.model.deadlines import Deadline
from kiosk.model.origins import Origin, Presence
from kiosk.model.plain import plain
from kiosk.settings import Config, Topic

SHORTEST, LONGEST = 2, 500  # characters, as people count them
ELSEWHERE = "-"  # the form's value for a place that is not in the list
OTHER = Topic(slug="other", zh="其他", en="Something else")  # when `topics.toml` names none


@dataclass(frozen=True, slots=True)
class Submission:
    """A report on its way in. `token` is what makes two sendings one; `at` is in the community's zone.

    `deadline` is what the topic promises, by the working days known on that day. `account` is who of the
    staff wrote it down, "" for a resident's own hand. `notice_version` is of the notice that was shown;
    a `contact` and `publish` are given only with a consent of their own.
    """

    token: str = field(repr=False)
    topic: str
    place: str
    slide: str
    words: str
    language: str
    at: datetime
    deadline: Deadline | None = None
    handler: str = ""
    origin: Origin = Origin.WEB
    presence: Presence = Presence.NONE
    flags: frozenset[str] = frozenset()
    notice_version: str = ""
    publish: bool = False
    contact: Reach | None = field(default=None, repr=False)
    by: By = By.RESIDENT
    account: str = ""


class Unfit(LinliError):
    """A report that cannot be taken in yet; `problems` has one sentence per field."""

    def __init__(self, problems: Mapping[str, Words]) -> None:
        said = problems.values()
        super().__init__(Words("".join(one.zh for one in said), " ".join(one.en for one in said)))
        self.problems = problems


def submission(
    config: Config, fields: Mapping[str, str], *, token: str, slide: str, language: str, at: datetime
) -> Submission:
    """The report in `fields` (topic, place, words) as typed. Raises `Unfit` with every problem.

    A door that knows more (its origin, a contact, who writes it down) adds it with `dataclasses.replace`.
    """
    topic, place, words = fields.get("topic", ""), fields.get("place", ""), plain(fields.get("words", ""))
    found = {
        "topic": _topic_problem(config, topic),
        "place": _place_problem(config, place),
        "words": _words_problem(words),
    }
    problems = {name: problem for name, problem in found.items() if problem}
    if problems:
        raise Unfit(problems)
    known, about = config.places.named(place), config.topics.topic_named(topic) or OTHER
    day = at.astimezone(config.settings.zone)
    return Submission(
        token=token,
        topic=topic,
        place=known.slug if known else "",
        slide=plain(slide)[:200],
        words=words,
        language="en" if language == "en" else "zh",
        at=day,
        deadline=deadlines.promised(day.date(), about.days, config.holidays),
        handler=about.handler,
        origin=Origin.SCREEN if slide else Origin.WEB,
    )


def topics(config: Config) -> tuple[Topic, ...]:
    """What a report can be about; never empty."""
    return config.topics.topic or (OTHER,)


def _topic_problem(config: Config, topic: str) -> Words | None:
    if any(one.slug == topic for one in topics(config)):
        return None
    return Words("请点选一个方面。", "Please choose what it is about.")


def _place_problem(config: Config, place: str) -> Words | None:
    if place == ELSEWHERE or not config.places.place or config.places.named(place):
        return None
    return Words("请选一下地点，没有就选“其他地方”。", "Please choose the place, or “Somewhere else”.")


def _words_problem(words: str) -> Words | None:
    if not words:
        return Words("请写几个字。", "Please write a few words.")
    if len(words) < SHORTEST:
        return Words(
            f"请再写一点，至少 {SHORTEST} 个字。", f"A little more, please: at least {SHORTEST} characters."
        )
    if len(words) > LONGEST:
        return Words(
            f"现在是 {len(words)} 个字，最多 {LONGEST} 个字，请删去 {len(words) - LONGEST} 个字。",
            f"This is {len(words)} characters and {LONGEST} is the most; please cut {len(words) - LONGEST}.",
        )
    return None
