"""What people can do with their receipt about what they gave."""

import io
from dataclasses import replace

import pytest
from cases import NOON, SECRETS, after, received, row, sent, taken
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from sqlalchemy import Engine, select
from test_case_photos import picture

from admin import case_photos, casebook, contacts, db, own_data, register
from admin.contacts import Reach
from admin.records import Report
from kiosk.files import Home
from kiosk.model.cases import Action
from kiosk.settings import Config


@pytest.fixture(name="number")
def a_report_with_everything(engine: Engine, home: Home) -> str:
    given = replace(sent(), contact=Reach("王", "13800001234"), publish=True)
    report = register.receive(engine, SECRETS, given).report
    case_photos.add(engine, home, SECRETS, report, io.BytesIO(picture()), "k", NOON)
    return report.public_number


def test_contact_and_photos_are_erased_at_once_and_the_report_goes_on(
    engine: Engine, home: Home, number: str
) -> None:
    with db.session(engine) as rows:
        report = rows.scalars(select(Report)).one()
        done = [own_data.erase(rows, home, Config(), report, after(hours=1)) for _ in range(2)]

    assert done == [True, False] and list(home.photos.iterdir()) == []
    with db.reading(engine) as rows:
        report = rows.scalars(select(Report)).one()
        assert report.words and not contacts.there(rows, report)
        assert [one.action for one in casebook.history(rows, report, public=True)] == ["receive", "erase"]
        assert [one.state for one in case_photos.of(rows, report)] == ["erased"]


def test_a_consent_is_withdrawn_once(engine: Engine, number: str) -> None:
    with db.session(engine) as rows:
        report = rows.scalars(select(Report)).one()
        done = [own_data.withdraw_consent(rows, report, after(hours=1)) for _ in range(2)]

    assert done == [True, False] and row(engine, number).consent_publish is None


def test_the_receipt_of_a_merged_case_reads_the_one_that_stays(
    engine: Engine, home: Home, number: str
) -> None:
    other = received(engine, "桶也满了")
    taken(engine, home, other, Action.MERGE, number=number)

    with db.reading(engine) as rows:
        stands = [register.standing_for(rows, row(engine, one)).public_number for one in (other, number)]

    assert stands == [number, number]
