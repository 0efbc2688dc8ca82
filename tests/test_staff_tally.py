"""How many words came in, are in hand, were answered: the card on the screen follows the rows."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from office import Desk, desk
from processes import Kiosk, until
from sqlalchemy import select

from admin import casebook, db, nightly, register, secrets, tally_card
from admin.casebook import Actor
from admin.records import Report
from admin.submission import Submission
from admin.tally_card import NAME
from kiosk import library, settings
from kiosk.files import Home
from kiosk.model.cases import ENDED, By, State

PLACES = '[[place]]\nslug = "A03"\nname = "3号楼"\n[[place]]\nslug = "N"\nname = "北门"\n'
TOPICS = '[[topic]]\nslug = "lamps"\nzh = "公共照明"\nen = "Lights"\n'
SAID = "住2单元301的王阿姨说灯不亮，电话13800001234"


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    (home.config / "topics.toml").write_text(TOPICS)
    (home.config / "places.toml").write_text(PLACES)
    with desk(home) as made:
        yield made


def comes_in(here: Desk, token: str, place: str = "A03", state: State = State.RECEIVED) -> str:
    sent = Submission(
        token=token, topic="lamps", place=place, slide="", words=SAID, language="zh", at=here.clock()
    )
    number = register.receive(here.engine, secrets.load(here.home), sent).report.public_number
    moves(here, number, state)
    return number


def moves(here: Desk, number: str, state: State) -> None:
    with db.session(here.engine) as rows:
        report = rows.scalars(select(Report).where(Report.public_number == number)).one()
        report.state, report.changed, report.since = state, here.clock(), here.clock()
        report.ended = here.clock() if state in ENDED else None


def keep(here: Desk) -> dict[str, Any] | None:
    """Look once; what the card says then, None where there is none."""
    tally_card.keep(here.home, settings.load(here.home), here.engine, here.clock())
    path = here.home.content / NAME
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else None


def told(here: Desk) -> dict[str, Any]:
    card = keep(here)
    assert card is not None
    return dict(card["fields"])


def test_nothing_is_shown_while_there_is_nothing_to_tell(here: Desk) -> None:
    assert keep(here) is None


def test_what_came_in_is_in_hand_and_was_answered_is_counted(here: Desk) -> None:
    comes_in(here, "a")
    comes_in(here, "b", state=State.ACCEPTED)
    comes_in(here, "c", state=State.IN_PROGRESS)
    comes_in(here, "d", "N", State.REOPENED)
    comes_in(here, "e", state=State.RESOLVED)
    comes_in(here, "f", state=State.CLOSED)

    assert told(here) == {
        "received": "6",
        "hand": "3",
        "answered": "2",
        "matters": ["3号楼 · 公共照明 × 2", "北门 · 公共照明"],
    }


def test_the_day_ends_at_midnight_and_the_answers_after_seven_days(here: Desk) -> None:
    comes_in(here, "a", state=State.RESOLVED)
    here.clock.at = datetime(2026, 11, 23, 15, 59, tzinfo=here.clock.at.tzinfo)  # 23:59 in Shanghai
    before = told(here)
    here.clock.passes(minutes=1)
    after = told(here)

    assert (before["received"], before["answered"]) == ("1", "1")
    assert (after["received"], after["answered"]) == ("0", "1")
    here.clock.passes(days=6)
    assert keep(here) is None


def test_what_closes_by_silence_or_is_only_talked_of_is_not_answered_again(here: Desk) -> None:
    silent, old = comes_in(here, "a", state=State.RESOLVED), comes_in(here, "b", state=State.CLOSED)
    here.clock.passes(days=8)

    nightly.run(here.engine, here.home, settings.load(here.home), here.clock())
    with db.session(here.engine) as rows:
        report = rows.scalars(select(Report).where(Report.public_number == old)).one()
        casebook.note(rows, report, "还好", Actor(By.HANDLER, "小李"), here.clock())

    with db.reading(here.engine) as rows:
        states = [one.state for one in rows.scalars(select(Report).order_by(Report.id))]
    assert silent != old and states == [State.CLOSED, State.CLOSED] and keep(here) is None


def test_a_report_is_on_the_screen_within_a_minute() -> None:
    assert tally_card.EVERY_SECONDS <= 30


def test_nothing_that_a_resident_wrote_is_in_it(here: Desk) -> None:
    comes_in(here, "a", state=State.IN_PROGRESS)
    keep(here)
    text = (here.home.content / NAME).read_text("utf-8")

    assert not any(part in text for part in ("王阿姨", "13800001234", "301", "灯不亮"))


def test_it_plays_to_the_end_of_the_day_it_tells_of_and_is_a_slide(here: Desk) -> None:
    comes_in(here, "a")
    card = keep(here)

    assert card and card["show"]["until"] == date(2026, 11, 23)
    read = library.prove(here.home, settings.load(here.home), here.decoder)
    assert not read.refused, read.refused
    assert {slide.file for slide in read.slides} == {NAME}


def test_without_news_the_file_is_left_alone(here: Desk) -> None:
    comes_in(here, "a")
    keep(here)
    path = here.home.content / NAME
    before = path.stat()
    keep(here)

    assert path.stat().st_mtime_ns == before.st_mtime_ns and path.stat().st_ino == before.st_ino


def test_what_people_add_to_the_card_stays(here: Desk) -> None:
    comes_in(here, "a")
    keep(here)
    path = here.home.content / NAME
    path.write_text("# 我们的\nseconds = 7\n" + path.read_text("utf-8"), "utf-8")
    comes_in(here, "b")
    card = keep(here)

    assert card and card["seconds"] == 7 and card["fields"]["received"] == "2"
    assert path.read_text("utf-8").startswith("# 我们的\n")


def test_who_removes_it_or_makes_it_a_draft_is_left_in_peace_until_it_is_brought_back(here: Desk) -> None:
    comes_in(here, "a")
    keep(here)
    path = here.home.content / NAME
    draft = path.rename(path.with_name(f"_{NAME}"))
    comes_in(here, "b")
    assert keep(here) is None
    assert keep(here) is None

    draft.rename(path)
    card = keep(here)
    assert card and card["fields"]["received"] == "2"


def test_it_comes_back_by_itself_after_days_without_words(here: Desk) -> None:
    comes_in(here, "a")
    keep(here)
    here.clock.passes(days=1)
    moves(here, "2026-0001", State.RECEIVED)
    assert keep(here) is None
    comes_in(here, "b")

    assert told(here)["received"] == "1"


def test_the_settings_can_do_without_it(here: Desk) -> None:
    comes_in(here, "a")
    keep(here)
    config = here.home.config / "kiosk.toml"
    config.write_text(config.read_text("utf-8") + "[slides]\ntally = false\n")
    assert keep(here) is None
    config.write_text(config.read_text("utf-8").replace("tally = false", "tally = true"))

    assert told(here)["received"] == "1"


def test_a_card_spoilt_by_hand_begins_anew(here: Desk) -> None:
    comes_in(here, "a")
    keep(here)
    (here.home.content / NAME).write_bytes(b"\xff = [")

    assert told(here)["received"] == "1"


def test_the_web_keeps_it_by_itself(home: Home, here: Desk) -> None:
    here.clock.at = datetime.now(here.clock.at.tzinfo)
    comes_in(here, "a", state=State.ACCEPTED)
    with Kiosk(home, "serve") as kiosk:
        until(lambda: (home.content / NAME).exists(), what=kiosk.said)
    card = tomllib.loads((home.content / NAME).read_text("utf-8"))

    assert card["fields"]["hand"] == "1"
