"""The second step of the log-in: switched on, asked for, lost and switched off."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pyotp
import pytest
from office import PASSWORD, Browser, Desk, desk, field_of
from test_staff_slides import trail_of
from werkzeug.test import TestResponse

from kiosk.files import Home


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        yield made


class Phone:
    """An app that has scanned the code of the page."""

    def __init__(self, here: Desk, browser: Browser) -> None:
        page = browser.get("/me/code")
        said = re.search(r'href="(otpauth://[^"]+)"', page.text)
        assert said is not None
        self.clock, self.salt = here.clock, field_of(page, "salt")
        self.app = pyotp.parse_uri(unescape(said.group(1)))

    def code(self) -> str:
        return str(self.app.at(self.clock.at))  # type: ignore[union-attr]


def switch_on(here: Desk) -> tuple[Phone, list[str]]:
    browser = here.logged_in()
    phone = Phone(here, browser)
    page = browser.post("/me/code", {"salt": phone.salt, "code": phone.code()})
    here.clock.passes(minutes=2)
    return phone, re.findall(r"<li>(\w{4}-\w{4})</li>", page.text)


def password(here: Desk, after: str = "") -> tuple[Browser, TestResponse]:
    browser = Browser(here.client())
    fields = {"name": "值班室", "password": PASSWORD, "after": after}
    return browser, browser.post("/login", fields, page="/login")


def second(browser: Browser, asked: TestResponse, code: str) -> TestResponse:
    fields = {"code": code, "ticket": field_of(asked, "ticket"), "after": field_of(asked, "after")}
    return browser.client.post("/login/code", data={"csrf": field_of(asked, "csrf"), **fields})


def test_it_is_on_once_the_phone_has_shown_that_it_knows_the_secret(here: Desk) -> None:
    browser = here.logged_in()
    phone = Phone(here, browser)

    wrong = browser.post("/me/code", {"salt": phone.salt, "code": "000000"})
    before = browser.get("/me").text
    right = browser.post("/me/code", {"salt": phone.salt, "code": phone.code()})

    assert wrong.status_code == 422 and "这六位数字不对" in wrong.text
    assert field_of(wrong, "salt") == phone.salt and "打开两步验证" in before
    assert len(re.findall(r"<li>(\w{4}-\w{4})</li>", right.text)) == 8
    assert "还剩 8 个备用码" in browser.get("/me").text and browser.get("/me/code").location == "/me"


def test_the_password_alone_then_opens_nothing(here: Desk) -> None:
    phone, _ = switch_on(here)

    browser, asked = password(here, "/inbox")

    assert asked.status_code == 200 and "六位数字" in asked.text
    assert browser.get("/").status_code == 302
    assert second(browser, asked, phone.code()).location == "/inbox"
    assert browser.get("/").status_code == 200


def test_a_code_opens_once_also_for_two_at_the_same_moment(here: Desk) -> None:
    phone, _ = switch_on(here)
    doors = [password(here) for _ in range(2)]  # with their codes four tries; a sixth would have to wait

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda door: second(*door, phone.code()), doors))

    assert sorted(one.status_code for one in answers) == [302, 403]


def test_a_recovery_code_opens_once(here: Desk) -> None:
    _, codes = switch_on(here)

    first = second(*password(here), codes[0].upper())
    again = second(*password(here), codes[0])

    assert (first.status_code, again.status_code) == (302, 403)
    assert "还剩 7 个备用码" in here.logged_in().get("/me").text


def test_the_code_has_five_minutes(here: Desk) -> None:
    phone, _ = switch_on(here)
    browser, asked = password(here)

    here.clock.passes(minutes=6)
    late = second(browser, asked, phone.code())

    assert late.status_code == 403 and "等得太久了" in late.text


@pytest.mark.parametrize(
    "ticket", ["", "1", "1.9999999999.x", "x.y.z", "99999999999.1.x", "-1.1.x", "²." * 9]
)
def test_nobody_makes_a_ticket(here: Desk, ticket: str) -> None:
    phone, _ = switch_on(here)
    browser = Browser(here.client())
    fields = {"ticket": ticket, "code": phone.code()}

    answer = browser.post("/login/code", fields, page="/login")

    assert answer.status_code == 403 and browser.get("/").status_code == 302


def test_wrong_codes_have_to_wait_like_wrong_passwords(here: Desk) -> None:
    phone, _ = switch_on(here)
    browser, asked = password(here)

    codes = [second(browser, asked, "000000").status_code for _ in range(5)]
    right = second(browser, asked, phone.code())

    assert codes == [403] * 4 + [429] and right.status_code == 429


def test_it_is_switched_off_with_the_password_alone(here: Desk) -> None:
    switch_on(here)
    browser = here.logged_in()

    wrong = browser.post("/me/code/off", {"password": "wrong"})
    right = browser.post("/me/code/off", {"password": PASSWORD})

    assert wrong.status_code == 422 and "密码不对" in wrong.text
    assert right.location == "/me?done=code_off#code" and password(here)[1].status_code == 302
    assert [action for _, action, _ in trail_of(here)][:2] == ["account.code_on", "account.code_off"]


def test_a_new_password_from_the_administrator_switches_it_off(here: Desk) -> None:
    switch_on(here)
    here.add_account("另一位")

    here.logged_in("另一位").post("/people/1/reset")

    assert "两步验证</span>" not in here.logged_in().client.get("/people").text


def test_no_secret_lies_in_the_rows(here: Desk) -> None:
    phone, codes = switch_on(here)

    rows = b"".join(path.read_bytes() for path in here.home.state.glob("kiosk.db*"))

    assert phone.app.secret.encode() not in rows
    assert not any(code.encode() in rows or code.replace("-", "").encode() in rows for code in codes)
