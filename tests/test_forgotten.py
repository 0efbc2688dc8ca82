"""The web as it runs, looked at from outside: what is due goes by itself, and no address stays anywhere."""

import contextlib
import http.client
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from cases import sent
from processes import Kiosk, answers, free_port, settings, until
from sqlalchemy import select

from admin import casework, db, register, secrets
from admin.casebook import RESIDENT, Actor
from admin.contacts import Reach
from admin.records import Report, Trail
from kiosk import settings as configuration
from kiosk.files import Home
from kiosk.model.cases import Action, By, Given

PATIENCE = 120.0
PHONE, WORDS = "13800001234", "楼上住的人每天夜里敲墙，我的电话"
NEIGHBOUR = "127.0.0.9"
"""Another address of this machine's loopback, which nothing in a home has a reason to hold."""


@pytest.fixture
def port(home: Home) -> int:
    """Where residents' pages listen; it is about noon there, and the work of the day is due at three."""
    staff, public = free_port(), free_port()
    ahead = 12 - datetime.now(UTC).hour
    settings(
        home,
        f'[community]\nzone = "Etc/GMT{-ahead:+d}"\n'
        f'[web]\nstaff_port = {staff}\npublic_port = {public}\npublic_host = "127.0.0.1"\n',
    )
    return public


def found_in(home: Home, what: str) -> list[str]:
    """The files of the home, of the database and its log too, in which these bytes stand."""
    found = []
    for path in sorted(home.root.rglob("*")):
        with contextlib.suppress(FileNotFoundError, IsADirectoryError):  # the web works meanwhile
            if what.encode() in path.read_bytes():
                found.append(path.name)
    return found


def file_long_ago(home: Home, days: int) -> None:
    """A case with words, a contact and an answer, closed so many days ago."""
    config, at = configuration.load(home), datetime.now(UTC) - timedelta(days=days)
    engine = db.engine(home, config)
    db.migrate(engine)
    given = replace(sent(f"{WORDS} {PHONE}", at=at), contact=Reach("欧阳测试", PHONE))
    report = register.receive(engine, secrets.load(home), given).report
    for action, by in ((Action.RESOLVE, Actor(By.HANDLER, "小李")), (Action.CONFIRM, RESIDENT)):
        with db.session(engine) as rows:
            there = rows.get_one(Report, report.id)
            casework.take(rows, home, config, there, action, by, at, Given(words="已劝导"))
    engine.dispose()


def test_the_running_web_erases_by_itself_and_the_number_is_in_no_file_any_more(
    home: Home, port: int
) -> None:
    file_long_ago(home, days=400)
    assert found_in(home, PHONE) == found_in(home, WORDS) == ["kiosk.db"]

    with Kiosk(home, "serve") as web:
        until(lambda: "erased contacts 1" in web.said, PATIENCE, "the day's work")

        assert found_in(home, PHONE) == found_in(home, WORDS) == []
    engine = db.engine(home, configuration.load(home))
    with db.reading(engine) as rows:
        erased = [one for one in rows.scalars(select(Trail)) if one.action == "retain"]
    assert [(one.account, one.subject) for one in erased] == [("by itself", "1 0 1")]


def asked(port: int, method: str, path: str, **fields: str) -> tuple[int, str]:
    """What the page answers to the neighbour."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(NEIGHBOUR, 0))
    form = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": NEIGHBOUR}
    line.request(method, path, urlencode(fields), form)
    answer = line.getresponse()
    said = answer.read().decode()
    line.close()
    return answer.status, said


def doings(port: int) -> Iterator[int]:
    """All that may tempt a program to write down who asked: sent, looked up, guessed, refused, broken."""
    _, page = asked(port, "GET", "/F/A03")
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    topic = re.search(r'name="topic" value="([^"]+)"', page)
    fields = {"token": token[1], "topic": topic[1] if topic else "other", "place": "-", "words": "灯不亮了"}
    for path, given in (
        ("/F/A03", fields),
        ("/F/A03", {}),
        ("/R", {"receipt": "1234567890"}),
        ("/R", {"receipt": "x"}),
        ("/R/photo", {"receipt": "1234567890"}),
        ("/T", {"token": token[1]}),
        ("/nowhere", {}),
    ):
        yield asked(port, "POST", path, **given)[0]


def test_no_file_of_the_home_and_no_line_of_the_log_knows_the_address_of_a_resident(
    home: Home, port: int
) -> None:
    with Kiosk(home, "serve") as web:
        until(lambda: answers(f"http://127.0.0.1:{port}/"), PATIENCE, "the web")

        statuses = list(doings(port))

        assert statuses[0] == 200 and max(statuses) < 500
    assert found_in(home, NEIGHBOUR) == []
    assert "127.0.0.1" in web.said and NEIGHBOUR not in web.said
