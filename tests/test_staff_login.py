"""Logging in: sessions, the lock-out, the set-up link."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from office import PASSWORD, Browser, Desk, desk
from sqlalchemy import select

from admin import db, lockout, setup
from admin.records import Account, Login
from kiosk.files import Home


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        yield made


def log_in(browser: Browser, name: str = "值班室", password: str = PASSWORD) -> int:
    return browser.post("/login", {"name": name, "password": password}, page="/login").status_code


def test_who_is_asked_to_log_in_on_the_way_is_told_that_it_leads_back(here: Desk) -> None:
    client = here.client()

    assert "回到刚才的地方" in client.get("/slide/a.toml", follow_redirects=True).text
    assert "回到刚才的地方" not in client.get("/login").text


def test_the_right_password_opens_the_slides(here: Desk) -> None:
    browser = Browser(here.client())

    assert log_in(browser) == 302
    assert browser.get("/").status_code == 200


def test_a_stranger_is_sent_to_the_log_in_and_back_to_where_he_wanted(here: Desk) -> None:
    browser = Browser(here.client())

    sent = browser.get("/inbox?open=1")
    done = browser.post(
        "/login", {"name": "值班室", "password": PASSWORD, "after": "/inbox?open=1"}, page=sent.location
    )

    assert sent.location == "/login?after=%2Finbox%3Fopen%3D1"
    assert done.location == "/inbox?open=1"


def test_whoever_sends_a_form_after_the_log_in_was_over_comes_back_to_its_page(here: Desk) -> None:
    client = here.client()
    ours, other = (
        client.post("/report/1", headers={"Referer": f"http://{host}/report/1?done=keep"})
        for host in ("localhost", "evil.example")
    )

    assert (ours.location, other.location) == ("/login?after=%2Freport%2F1", "/login")


@pytest.mark.parametrize(
    "after", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/\n/x"]
)
def test_the_log_in_leads_to_no_other_site(here: Desk, after: str) -> None:
    browser = Browser(here.client())

    done = browser.post("/login", {"name": "值班室", "password": PASSWORD, "after": after}, page="/login")

    assert done.location == "/"


def test_neither_the_row_nor_the_password_can_be_turned_back(here: Desk) -> None:
    browser = here.logged_in()
    cookie = browser.client.get_cookie("linli_staff")

    with db.reading(here.engine) as rows:
        login, account = rows.scalar(select(Login)), rows.scalar(select(Account))

    assert cookie is not None and login is not None and account is not None
    assert cookie.value not in (login.token_hash, login.csrf)
    assert account.password.startswith("scrypt:32768:8:1$") and PASSWORD not in account.password


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(here: Desk) -> None:
    browser = Browser(here.client())

    set_cookie = browser.post("/login", {"name": "值班室", "password": PASSWORD}, page="/login").headers

    assert "HttpOnly" in set_cookie["Set-Cookie"] and "SameSite=Lax" in set_cookie["Set-Cookie"]


def test_logging_out_ends_every_copy_of_the_cookie(here: Desk) -> None:
    browser = here.logged_in()
    copied = browser.client.get_cookie("linli_staff")

    browser.post("/logout")

    thief = here.client()
    assert copied is not None
    thief.set_cookie("linli_staff", copied.value)
    assert thief.get("/").status_code == 302


def test_twelve_idle_hours_end_a_log_in_and_work_keeps_it(here: Desk) -> None:
    browser = here.logged_in()

    here.clock.passes(hours=11.9)
    assert browser.get("/").status_code == 200
    here.clock.passes(hours=11.9)
    assert browser.get("/").status_code == 200
    here.clock.passes(hours=12.1)

    assert browser.get("/").status_code == 302


def test_the_sixth_try_waits_whether_the_name_exists_or_not(here: Desk) -> None:
    answers = {}
    for name in ("值班室", "没有这个人"):
        browser = Browser(here.client())
        answers[name] = [log_in(browser, name, "wrong password") for _ in range(6)]

    assert answers["值班室"] == answers["没有这个人"] == [403] * 5 + [429]


def test_a_locked_name_takes_not_even_the_right_password(here: Desk) -> None:
    browser = Browser(here.client())
    for _ in range(5):
        log_in(browser, password="wrong password")

    assert log_in(browser) == 429
    here.clock.passes(seconds=61)
    assert log_in(browser) == 302


def test_a_name_is_locked_however_it_is_written(here: Desk) -> None:
    here.add_account("Wang")
    browser = Browser(here.client())
    for name in ("wang", "WANG", "ｗａｎｇ", " Wang ", "wANG"):
        log_in(browser, name, "wrong password")

    assert log_in(browser, "Wang") == 429


def test_a_success_forgives_the_failures_before(here: Desk) -> None:
    browser = Browser(here.client())
    for _ in range(4):
        log_in(browser, password="wrong password")
    log_in(browser)

    again = Browser(here.client())
    assert [log_in(again, password="wrong password") for _ in range(5)] == [403] * 5


def test_the_wait_grows_from_one_minute_to_fifteen() -> None:
    at = datetime(2026, 11, 23, 12)
    waits = [lockout.opens([at] * failures) for failures in range(4, 12)]

    minutes = [wait and (wait - at) // timedelta(minutes=1) for wait in waits]
    assert minutes == [None, 1, 2, 4, 8, 15, 15, 15]


def test_tries_at_the_same_moment_are_not_free(here: Desk) -> None:
    claims = []
    for _ in range(7):
        with db.session(here.engine) as rows:
            claims.append(lockout.claim(rows, "值班室", here.clock()))

    assert [claim is None for claim in claims] == [True] * 5 + [False] * 2


def test_the_set_up_link_makes_one_account_and_is_gone(home: Home) -> None:
    with desk(home) as here:
        with db.session(here.engine) as rows:
            rows.delete(rows.scalars(select(Account)).one())
        key = setup.issue(home, here.engine)
        browser, fields = Browser(here.client()), {"key": key, "name": "值班室"}

        page = f"/setup?key={key}"
        bad = browser.post("/setup", {**fields, "password": "kurz", "again": "kurz"}, page=page)
        done = browser.post("/setup", {**fields, "password": PASSWORD, "again": PASSWORD}, page=page)

        assert bad.status_code == 422 and "至少 8 个字" in bad.text
        assert done.status_code == 302 and browser.get("/").status_code == 200
        assert here.client().get(page).status_code == 403
        assert setup.issue(home, here.engine) is None


def test_only_the_hash_of_the_set_up_link_lies_on_the_disk(home: Home) -> None:
    with desk(home) as here:
        with db.session(here.engine) as rows:
            rows.delete(rows.scalars(select(Account)).one())
        key = setup.issue(home, here.engine)

        kept = home.keys / "setup"
        assert key and key not in kept.read_text() and kept.stat().st_mode & 0o077 == 0


def test_with_an_account_even_a_valid_link_makes_no_second(here: Desk) -> None:
    key = "a" * 32
    (here.home.keys / "setup").write_text(setup._hash(key))
    browser = Browser(here.client())
    fields = {"key": key, "name": "第二个", "password": PASSWORD, "again": PASSWORD}

    assert browser.post("/setup", fields, page=f"/setup?key={key}").status_code == 403


@pytest.mark.parametrize("path", ["/setup", "/setup?key=", "/setup?key=wrong"])
def test_without_the_key_there_is_no_set_up(here: Desk, path: str) -> None:
    answer = here.client().get(path)

    assert answer.status_code == 403 and "这个链接已经失效" in answer.text
