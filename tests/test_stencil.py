"""Pages that are made once: what is filled in is what the template would have said."""

import gzip
import re
import zlib
from itertools import product

import pytest
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from flask import Flask, Response, render_template
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

    assert answer(page, {"both": "<&>", "one": "TWO ONE"}).data == b"a &lt;&amp;&gt; b TWO ONE c"


@pytest.mark.parametrize("own", ["", "灯", "<&>", "a" * 0xFFFF, "b" * 200_000])
@pytest.mark.parametrize("between", ["HOLE", "aHOLEHOLEb", f"{'灯不亮' * 9000}HOLE{'灯不亮' * 9000}"])
def test_who_takes_gzip_gets_the_same_page_packed(between: str, own: str) -> None:
    page = Stencil(between, {"own": "HOLE"})
    plain, packed = answer(page, {"own": own}), answer(page, {"own": own}, "gzip, deflate, br")

    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (None, "gzip")
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    assert gzip.decompress(packed.data) == plain.data
    assert (
        zlib.decompress(packed.data, 31) == plain.data
    )  # one member, as browsers read it, and nothing after


@pytest.mark.parametrize("takes", ["", "identity", "br", "gzip;q=0", "deflate, gzip;q=0"])
def test_who_takes_no_gzip_gets_the_plain_page(takes: str) -> None:
    given = answer(Stencil("a HOLE b", {"own": "HOLE"}), {"own": "x"}, takes)

    assert (given.data, given.headers.get("Content-Encoding")) == (b"a x b", None)


def test_how_long_a_packed_page_is_tells_nothing_of_what_is_in_it() -> None:
    page = Stencil("token HOLE, slide HOLE", {"own": "HOLE"})

    assert (
        len({len(answer(page, {"own": own}, "gzip").data) for own in ("0" * 32, "7f3a9c0e51d28b46" * 2)}) == 1
    )


def answer(page: Stencil, said: dict[str, str], takes: str = "") -> Response:
    with Flask(__name__).test_request_context("/", headers={"Accept-Encoding": takes}):
        return page.answer(said)


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
            made = [received.page(given.digits, given.report).get_data(as_text=True) for _ in range(2)]

        assert made[0] != made[1]  # each photo's name is new
        assert {keyless(page) for page in (*made, wanted)} == {keyless(wanted)}


def keyless(page: str) -> str:
    return re.sub(r'name="key" value="[0-9a-f]{16}"', "", page)
