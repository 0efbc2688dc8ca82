"""Other cases that may tell of the same matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from admin.records import Report
from kiosk.model import similar
from kiosk.model.cases import OPEN, State

_LATELY = timedelta(days=90)
_COMPARED = 300
"""So many of the latest are compared: some 5 ms."""
_STANDING = OPEN | {State.RESOLVED}


@dataclass(frozen=True, slots=True)
class Alike:
    """Another case, and how likely it tells of the same, from 0 to 1."""

    report: Report
    likeness: float

    @property
    def percent(self) -> int:
        """The same in whole per cent."""
        return round(self.likeness * 100)


def cases(rows: Session, report: Report, at: datetime) -> tuple[Alike, ...]:
    """Cases of late, not over yet, about that topic or place and in like words; the likeliest first."""
    if not report.words or report.state not in _STANDING:
        return ()
    near = or_(Report.topic == report.topic, Report.place == report.place)
    wanted = select(Report).where(
        near,
        Report.id != report.id,
        Report.state.in_(_STANDING),
        Report.ended.is_(None),
        Report.words != "",
        Report.received >= at - _LATELY,
    )
    among: Sequence[Report] = rows.scalars(
        wanted.order_by(Report.received.desc(), Report.id.desc()).limit(_COMPARED)
    ).all()
    found = similar.nearest(similar.shape(report.words), [similar.shape(one.words) for one in among])
    return tuple(Alike(among[number], likeness) for number, likeness in found)
