"""Every guard of the form stores what it claims, and none of them ever refuses or drops a report."""

import hashlib
import itertools
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from flask import Flask
from flask.testing import FlaskClient
from resident import a_clock, a_phone, an_app, newest, opened, seen_in, sent  # noqa: F401 - fixtures
from sqlalchemy import Engine, select
from test_public import CONFIG, NOON, Clock, digits, filled, reports

from admin import db, network, register, tally
from admin.case_records import NetworkDay
from admin.public import guards, tokens
from admin.public.guards import FREE_DEVICE, FREE_NETWORK, TIMES
from admin.secrets import load
from kiosk import keys
from kiosk.files import Home
from kiosk.model import presence
from kiosk.model.flags import FLAG_WORDS, Flag, look_first

HOME_A = {"REMOTE_ADDR": "203.0.113.7"}
BITS = 4


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """Limits that a test reaches."""
    monkeypatch.setattr(guards, "FREE_NETWORK", 3)
    monkeypatch.setattr(guards, "FREE_DEVICE", 2)


def slowly(phone: FlaskClient, clock: Clock, /, address: str = "203.0.113.7", **fields: str) -> Any:
    """Somebody fills the form in in nine seconds, and sends it."""
    form = filled(phone, **fields)
    clock.at += timedelta(seconds=9)
    return phone.post("/F/A03", data=form, environ_base={"REMOTE_ADDR": address})


def flags(engine: Engine) -> set[str]:
    return set(filter(None, newest(engine).flags.split(",")))


def counts(engine: Engine) -> list[int]:
    with db.reading(engine) as rows:
        return sorted(rows.scalars(select(NetworkDay.count)))


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def work(task: str, bits: int) -> str:
    """As `proof.js` finds it."""
    most, start = 1 << (256 - (bits - 3)), hashlib.sha256(task.encode()).hexdigest()[:32]

    def searched(part: int) -> str:
        tried = (hashlib.sha256(f"{start}.{part}.{at}".encode()).digest() for at in itertools.count())
        return str(next(at for at, one in enumerate(tried) if int.from_bytes(one) < most))

    return ".".join(searched(part) for part in range(8))


def test_those_who_are_kept_in_one_transaction_are_each_counted_for_their_own_network(
    app: Flask, engine: Engine, home: Home
) -> None:
    company = engine.get_execution_options()["linli_together"]

    def sends(number: int) -> str:
        with app.test_client() as phone:
            form = filled(phone, words=f"第{number}件事太久了", device=f"phone{number}")
            page = phone.post("/F/A03", data=form, environ_base={"REMOTE_ADDR": f"203.0.113.{number}"})
        return digits(page.text)

    with ThreadPoolExecutor(6) as pool, company._turn:
        waits = [pool.submit(sends, number) for number in range(6)]
        while len(company._waiting) < 6:
            pass
    receipts = [one.result() for one in waits]

    assert counts(engine) == [1] * 12
    with db.reading(engine) as rows:
        kept = [register.by_receipt(rows, load(home), one) for one in receipts]
    assert [one and one.words for one in kept] == [f"第{number}件事太久了" for number in range(6)]


# What the code in the address says


@pytest.mark.parametrize(("hours", "said"), [(0, "fresh"), (0.4, "fresh"), (2, "stale"), (24 * 8, "none")])
def test_the_code_of_the_screen_says_whether_it_was_there_just_now(
    phone: FlaskClient, engine: Engine, home: Home, clock: Clock, hours: float, said: str
) -> None:
    key = keys.load(home, keys.PRESENCE)
    code = presence.code(key, "A03", NOON.timestamp())
    clock.at = NOON + timedelta(hours=hours)
    token = hidden(phone.get(f"/F/A03/{code}").text, "token")

    page = phone.post("/F/A03", data={**filled(phone), "token": token})

    assert digits(page.text)
    assert newest(engine).presence == said
    assert newest(engine).origin == ("poster" if said == "none" else "screen")


@pytest.mark.parametrize("code", ["AAAAAAA", "k7qz2md"])
def test_a_code_that_is_none_opens_the_same_form(phone: FlaskClient, engine: Engine, code: str) -> None:
    page = phone.get(f"/F/A03/{code}")

    assert page.status_code == 200 and '<option value="A03" selected>' in page.text
    phone.post("/F/A03", data={**filled(phone), "token": hidden(page.text, "token")})
    assert newest(engine).presence == "none"


def test_the_code_of_one_place_is_none_at_another(phone: FlaskClient, engine: Engine, home: Home) -> None:
    code = presence.code(keys.load(home, keys.PRESENCE), "A04", NOON.timestamp())
    token = hidden(phone.get(f"/F/A03/{code}").text, "token")
    phone.post("/F/A03", data={**filled(phone), "token": token})

    assert newest(engine).presence == "none"


def test_where_a_report_comes_from_is_kept(phone: FlaskClient, engine: Engine) -> None:
    for path, origin in (("/F", "web"), ("/F/A03", "poster"), ("/F/A03?S=rules.pdf", "screen")):
        token = hidden(phone.get(path).text, "token")
        phone.post("/F/A03", data={**filled(phone), "token": token})
        assert newest(engine).origin == origin


def test_the_token_carries_place_slide_and_moment(phone: FlaskClient, home: Home) -> None:
    found = tokens.read(load(home), hidden(phone.get("/F/A03?S=a.png").text, "token"), NOON)

    assert (found.place, found.slide, found.opened) == ("A03", "a.png", NOON)


# What is noticed


def test_the_trap_is_not_for_people_and_flags_what_fills_it(
    phone: FlaskClient, engine: Engine, clock: Clock
) -> None:
    page = phone.get("/F/A03").text
    assert re.search(r'<p class="trap" aria-hidden="true">.*tabindex="-1"', page)

    assert digits(slowly(phone, clock, website="http://x").text)

    assert flags(engine) == {"trap", "first"}


def test_an_ordinary_report_has_no_flag(phone: FlaskClient, engine: Engine, clock: Clock) -> None:
    slowly(phone, clock)

    assert flags(engine) == set()


def test_what_is_sent_at_once_is_flagged_and_nothing_more(phone: FlaskClient, engine: Engine) -> None:
    phone.post("/F/A03", data=filled(phone))

    assert flags(engine) == {"quick"}


def test_danger_and_links_are_told_to_those_who_read_first(
    phone: FlaskClient, engine: Engine, clock: Clock
) -> None:
    form = filled(phone, words="着火了 www.example.com")
    clock.at += timedelta(seconds=9)
    seen = seen_in(phone.post("/F/A03", data=form).text)
    phone.post("/F/A03", data={**form, "seen": seen})

    assert flags(engine) == {"danger", "links"}


def test_each_network_is_counted_for_the_day_and_no_address_is_kept(
    phone: FlaskClient, engine: Engine, clock: Clock
) -> None:
    for address in ("203.0.113.7", "203.0.113.7", "198.51.100.1"):
        slowly(phone, clock, address)

    assert counts(engine) == [1, 2]
    with db.reading(engine) as rows:
        assert not any("203.0" in key for key in rows.scalars(select(NetworkDay.key_hash)))


def test_a_phone_is_counted_apart_from_its_network(phone: FlaskClient, engine: Engine, clock: Clock) -> None:
    for device in ("aa", "aa", "bb"):
        slowly(phone, clock, device=device)

    assert counts(engine) == [1, 2, 3]


def test_a_form_that_is_sent_twice_counts_once(phone: FlaskClient, engine: Engine, clock: Clock) -> None:
    form = filled(phone)
    for _ in range(3):
        phone.post("/F/A03", data=form)

    assert counts(engine) == [1]


def test_above_what_is_free_reports_still_come_in_and_a_person_looks_first(
    phone: FlaskClient, engine: Engine, clock: Clock
) -> None:
    for number in range(5):
        page = slowly(phone, clock, words=f"第 {number} 件事")
        assert digits(page.text)

    found = [set(filter(None, one.flags.split(","))) for one in reports(engine)]
    assert found == [set(), set(), set(), {"network", "first"}, {"network", "first"}]
    with db.reading(engine) as rows:
        assert tally.counted(rows, CONFIG, clock.at.astimezone(CONFIG.settings.zone)).received == 3


def test_one_phone_is_not_a_whole_building(phone: FlaskClient, engine: Engine, clock: Clock) -> None:
    for _ in range(3):
        slowly(phone, clock, address="192.0.2.1", device="aa")

    assert flags(engine) == {"device", "first"}


def test_a_phone_with_javascript_is_asked_for_work_and_with_it_nobody_has_to_look_first(
    phone: FlaskClient, engine: Engine, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards.proof_of_work, "EASIEST", BITS)
    for _ in range(3):
        slowly(phone, clock)
    form = {**filled(phone), "js": "1"}
    clock.at += timedelta(seconds=9)
    asked = phone.post("/F/A03", data=form, environ_base=HOME_A)
    assert asked.status_code == 422 and len(reports(engine)) == 3
    task, bits = hidden(asked.text, "task"), int(re.search(r'data-bits="(\d+)"', asked.text)[1])  # type: ignore[index]
    assert 'id="proof"' in asked.text

    page = phone.post("/F/A03", data={**form, "task": task, "work": work(task, bits)}, environ_base=HOME_A)

    assert digits(page.text)
    assert flags(engine) == {"network", "worked"}


def test_a_phone_that_cannot_work_sends_all_the_same(
    phone: FlaskClient, engine: Engine, clock: Clock
) -> None:
    for _ in range(3):
        slowly(phone, clock)

    page = slowly(phone, clock, js="1", task="x", work="-")

    assert digits(page.text)
    assert flags(engine) == {"network", "first"}


def test_far_above_a_person_looks_first_whatever_was_worked() -> None:
    assert look_first({Flag.NETWORK}) and not look_first({Flag.NETWORK, Flag.WORKED})
    assert look_first({Flag.TRAP, Flag.WORKED}) and not look_first({Flag.QUICK, Flag.LINKS, Flag.DANGER})
    assert FREE_NETWORK * TIMES > FREE_DEVICE * TIMES > 100


def test_far_above_even_a_report_with_work_waits_until_somebody_has_looked(
    phone: FlaskClient, engine: Engine, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards.proof_of_work, "EASIEST", BITS)
    monkeypatch.setattr(guards, "TIMES", 1)
    for _ in range(3):
        slowly(phone, clock)
    form = {**filled(phone), "js": "1"}
    clock.at += timedelta(seconds=9)
    task = hidden(phone.post("/F/A03", data=form, environ_base=HOME_A).text, "task")

    page = phone.post("/F/A03", data={**form, "task": task, "work": work(task, BITS)}, environ_base=HOME_A)

    assert digits(page.text)
    assert flags(engine) == {"network", "worked", "first"}


def test_the_next_day_begins_anew(phone: FlaskClient, engine: Engine, home: Home, clock: Clock) -> None:
    for _ in range(4):
        slowly(phone, clock)
    clock.at += timedelta(days=1)
    with db.session(engine) as rows:
        network.forget(rows, home, clock.at.date())

    assert digits(slowly(phone, clock, js="1").text)

    assert flags(engine) == set() and counts(engine) == [1]


def test_spam_at_every_door_is_kept_or_answered_in_words_and_never_dropped(
    phone: FlaskClient, engine: Engine, clock: Clock, app: Flask
) -> None:
    for number in range(30):
        form = filled(phone, words=f"加微信 abc{number} www.spam.example", website="x")
        seen = seen_in(phone.post("/F/A03", data=form).text)
        assert digits(phone.post("/F/A03", data={**form, "seen": seen}).text)
    assert len(reports(engine)) == 30
    assert all("first" in one.flags for one in reports(engine))
    for path, fields in (
        ("/T", {"token": "x"}), ("/R", {"receipt": "1" * 10}), ("/R/photo", {"receipt": "2"}),
        ("/F/A03", {"too": "2026-0001"}), ("/F/A03", {"look": "1"}),
    ):  # fmt: skip
        assert phone.post(path, data=fields).status_code in (204, 404, 422), path


def test_every_flag_has_its_words() -> None:
    assert set(FLAG_WORDS) == set(Flag)
