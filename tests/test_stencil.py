"""Pages that are made once: what is filled in is what the template would have said."""

import re
from itertools import product

import pytest
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from flask import render_template
from resident import a_clock  # noqa: F401 - a fixture
from sqlalchemy import Engine
from test_public import NOON, Clock

from admin import register
from admin.in_force import InForce
from admin.public import case, create_app
from admin.public.desk import Desk
from admin.public.received import Received
from admin.public.stencil import Stencil
from admin.secrets import load
from admin.submission import Submission
from kiosk.files import Home
from kiosk.model.cases import State
from kiosk.settings import Community, Config, Place, Places, Settings, Topic, Topics

MARKUP = "<b>&\"'"
CONFIG = Config(
    settings=Settings(community=Community(name=f"清泉{MARKUP}", phone="028-12345678")),
    places=Places((Place("A03", f"3号楼{MARKUP}", en="Entrance 3"), Place("A04", "4号楼", en=""))),
    topics=Topics(
        (
            Topic("waste", f"垃圾{MARKUP}", f"Rubbish {MARKUP}", handler=f"物业{MARKUP}", days=3),
            Topic("other", "WLAN", "WLAN"),
        )
    ),
)


def test_what_is_filled_in_is_escaped_and_a_longer_mark_is_found_before_a_shorter() -> None:
    page = Stencil("a ONE-TWO b ONE c", {"both": "ONE-TWO", "one": "ONE"})

    assert page.filled({"both": "<&>", "one": "TWO ONE"}).decode() == "a &lt;&amp;&gt; b TWO ONE c"


@pytest.mark.parametrize("query", ["", "?lang=en", "?big=1", "?lang=en&big=1"])
def test_a_receipt_says_to_the_letter_what_its_template_says(
    home: Home,
    engine: Engine,
    clock: Clock,
    query: str,
) -> None:
    app = create_app(home, CONFIG, engine, clock)
    desk = Desk(home, InForce(home, CONFIG), engine, load(home), clock)
    received = Received(desk)
    forms = product(("waste", "other"), ("A03", "A04", ""), (State.RECEIVED, State.CLOSED))
    for number, (topic, place, state) in enumerate(forms):
        sent = Submission(f"{number}", topic, place, "", "太久了", "zh", NOON)
        given = register.receive(engine, desk.secrets, sent)
        with app.test_request_context(f"/F{query}", method="POST"):
            given.report.state = state
            said = case.named(desk, given.digits, given.report)
            wanted = render_template("receipt.html", **said, photos=(), room=True)
            made = [received.page(given.digits, given.report).decode() for _ in range(2)]

        assert made[0] != made[1]  # each photo's name is new
        assert {keyless(page) for page in (*made, wanted)} == {keyless(wanted)}


def keyless(page: str) -> str:
    return re.sub(r'name="key" value="[0-9a-f]{16}"', "", page)
