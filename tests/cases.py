"""Reports and the people who handle them, for the tests of cases."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select

from admin import casework, db, register
from admin.casebook import Actor
from admin.records import Report
from admin.secrets import Secrets
from admin.submission import Submission, submission
from kiosk.files import Home
from kiosk.model.cases import Action, By, Given
from kiosk.settings import Config, Place, Places, Topic, Topics

SECRETS = Secrets(b"k" * 32)
NOON = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)  # a Friday, noon in Shanghai
CONFIG = Config(
    places=Places((Place("A03", "3号楼门口", en="Entrance 3"),)),
    topics=Topics((Topic("waste", "生活垃圾清运", "Rubbish", handler="物业公司", days=3),)),
)
ADMINISTRATOR, HANDLER = Actor(By.ADMINISTRATOR, "王主任"), Actor(By.HANDLER, "小李")


def sent(words: str = "垃圾桶满了三天", token: str = "", at: datetime = NOON) -> Submission:
    """What a resident typed into the form."""
    fields = {"topic": "waste", "place": "A03", "words": words}
    return submission(CONFIG, fields, token=token or words, slide="", language="zh", at=at)


def received(engine: Engine, words: str = "垃圾桶满了三天", at: datetime = NOON) -> str:
    """The public number of a report that has just come in."""
    return register.receive(engine, SECRETS, sent(words, at=at)).report.public_number


def taken(
    engine: Engine,
    home: Home,
    number: str,
    /,
    action: Action,
    by: Actor = ADMINISTRATOR,
    at: datetime = NOON,
    **given: object,
) -> bool:
    """One step of that case."""
    with db.session(engine) as rows:
        report = rows.scalars(select(Report).where(Report.public_number == number)).one()
        return casework.take(rows, home, CONFIG, report, action, by, at, Given(**given))  # type: ignore[arg-type]


def row(engine: Engine, number: str) -> Report:
    """The report of that number as it stands now."""
    with db.reading(engine) as rows:
        return rows.scalars(select(Report).where(Report.public_number == number)).one()


def after(**amount: float) -> datetime:
    """So long after noon of the first day."""
    return NOON + timedelta(**amount)
