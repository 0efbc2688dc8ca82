"""How many words of residents came in today, are in hand, were answered: counted from the rows.

What a resident wrote is not in it: a matter is a topic and a place.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.records import Report
from admin.submission import OTHER
from kiosk.model.cases import OPEN, ClosedBy, State
from kiosk.model.flags import Flag
from kiosk.settings import Config

ANSWERED_DAYS = 7
MOST_MATTERS = 7
_IN_HAND = OPEN - {State.RECEIVED}
_UNSEEN = (Report.state == State.RECEIVED) & Report.flags.contains(Flag.FIRST.value)
"""What a person has to look at before it counts: a flood of forms writes no number onto the wall."""


@dataclass(frozen=True)
class Tally:
    """`received` today, `hand` now, `answered` in seven days; `matters` in hand, the oldest first."""

    received: int = 0
    hand: int = 0
    answered: int = 0
    matters: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Is there nothing to tell?"""
        return not (self.received or self.hand or self.answered)


def counted(rows: Session, config: Config, at: datetime) -> Tally:
    """The tally at `at`, which is aware and in the zone of the home."""
    midnight = datetime.combine(at.date(), time(), at.tzinfo)
    week = midnight - timedelta(days=ANSWERED_DAYS - 1)
    kinds = select(Report.topic, Report.place).where(Report.state.in_(_IN_HAND)).order_by(Report.received)
    hand = [(topic, place) for topic, place in rows.execute(kinds)]
    return Tally(
        received=_count(rows, (Report.received >= midnight) & ~_UNSEEN),
        hand=len(hand),
        answered=_answered(rows, week),
        matters=tuple(_matters(config, hand)),
    )


def _answered(rows: Session, since: datetime) -> int:
    """Cases that were answered, or confirmed. One that closes by silence was answered before."""
    closed = (Report.state == State.CLOSED) & (Report.ended >= since)
    said_yes = closed & (Report.closed_by != ClosedBy.SILENCE.value)
    return _count(rows, (Report.state == State.RESOLVED) & (Report.since >= since)) + _count(rows, said_yes)


def _count(rows: Session, condition: object) -> int:
    return rows.scalar(select(func.count()).select_from(Report).where(condition)) or 0  # type: ignore[arg-type]


def _matters(config: Config, hand: list[tuple[str, str]]) -> list[str]:
    """One line for each topic at a place, with its number where that is more than one."""
    lines = []
    for (topic, place), count in list(Counter(hand).items())[:MOST_MATTERS]:
        known = config.places.named(place) if place else None
        kind = (config.topics.topic_named(topic) or OTHER).zh
        said = f"{known.name} · {kind}" if known else kind
        lines.append(f"{said} × {count}" if count > 1 else said)
    return lines
