"""The people page: accounts, roles, first passwords; one's own page: password, log-ins."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from office import PASSWORD, SMALL, Browser, Clock, Desk, desk
from sqlalchemy import Engine, select
from test_staff_login import log_in
from test_staff_slides import trail_of
from werkzeug.test import TestResponse

from admin import accounts, db, staffing
from admin.device import device
from admin.records import Account
from kiosk.errors import LinliError
from kiosk.files import Home

NEW = "河边的柳树又绿了"
NOON = Clock().at
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/90.0.4430.93 Safari/537.36"
)
WECHAT = (
    "Mozilla/5.0 (Linux; Android 12; V2154A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.1 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        yield made


def add(browser: Browser, name: str = "王阿姨", *role: str) -> TestResponse:
    return browser.post("/people", {"name": name, "role": list(role) or ["editor"]})


def shown(answer: TestResponse) -> str:
    """The first password that the page shows."""
    found = re.search(r'class="password"[^>]*>([^<]+)<', answer.text)
    assert found is not None, answer.text
    return found.group(1)


def account(here: Desk, name: str) -> Account:
    with db.reading(here.engine) as rows:
        found = accounts.named(rows, name)
    assert found is not None
    return found


def number(here: Desk, name: str) -> int:
    return account(here, name).id


def change(browser: Browser, **fields: str) -> TestResponse:
    return browser.post("/me/password", {"old": PASSWORD, "password": NEW, "again": NEW, **fields})


def test_somebody_new_gets_a_first_password_that_is_shown_once(here: Desk) -> None:
    browser = here.logged_in()

    password = shown(add(browser))

    assert len(password) == 14 and password not in browser.get("/people").text
    assert "还没换第一个密码" in browser.get("/people").text
    assert log_in(Browser(here.client()), "王阿姨", password) == 302


def test_with_a_first_password_there_is_only_the_page_where_it_is_changed(here: Desk) -> None:
    password = shown(add(here.logged_in()))
    browser = Browser(here.client())
    log_in(browser, "王阿姨", password)

    for page in ("/", "/me", "/people", "/trail"):
        assert browser.get(page).location == "/me/first"
    assert browser.post("/curtain", {"to": "blackout"}).location == "/me/first"
    assert browser.script("GET", "/").status_code == 403
    assert "主菜单" not in browser.get("/me/first").text
    same = browser.post("/me/password", {"password": password, "again": password})
    taken = browser.post("/me/password", {"password": NEW, "again": NEW})

    assert same.status_code == 422 and "请换一个新的密码" in same.text
    assert taken.location == "/" and browser.get("/").status_code == 200
    assert browser.get("/me/first").location == "/me"
    assert log_in(Browser(here.client()), "王阿姨", NEW) == 302


@pytest.mark.parametrize(
    ("name", "role", "words"),
    [("", ["editor"], "请填写名字"), ("值班室", ["editor"], "已经有人用了"), ("李", [], "请至少选一个角色"),
     ("李", ["emperor"], "没有“emperor”这个角色")],
)  # fmt: skip
def test_what_is_wrong_with_somebody_new_stands_beside_the_field(
    here: Desk, name: str, role: list[str], words: str
) -> None:
    answer = here.logged_in().post("/people", {"name": name, "role": role})

    assert answer.status_code == 422 and words in answer.text and f'value="{name}"' in answer.text


def test_other_roles_hold_at_once(here: Desk) -> None:
    here.add_account("王阿姨", role="supervisor")
    editor, boss = here.logged_in("王阿姨"), here.logged_in()
    before = editor.get("/urgent").status_code

    boss.post(f"/people/{number(here, '王阿姨')}/roles", {"role": ["handler", "editor"]})

    assert (before, editor.get("/urgent").status_code) == (403, 200)
    assert account(here, "王阿姨").role == "editor,handler"
    assert trail_of(here) == [("值班室", "account.roles", "王阿姨")]


def test_a_new_password_ends_everything_that_the_old_one_opened(here: Desk) -> None:
    here.add_account("王阿姨", role="editor")
    open_still = here.logged_in("王阿姨")

    password = shown(here.logged_in().post(f"/people/{number(here, '王阿姨')}/reset"))

    assert open_still.get("/").status_code == 302
    assert log_in(Browser(here.client()), "王阿姨") == 403
    browser = Browser(here.client())
    assert log_in(browser, "王阿姨", password) == 302 and browser.get("/").location == "/me/first"


def test_an_account_that_is_off_lets_nobody_in_until_it_is_on_and_its_deeds_stay(here: Desk) -> None:
    here.add_account("王阿姨", role="editor")
    open_still, boss, of = here.logged_in("王阿姨"), here.logged_in(), number(here, "王阿姨")
    open_still.post("/curtain", {"to": "blackout"})

    boss.post(f"/people/{of}/off")
    off = (open_still.get("/").status_code, log_in(Browser(here.client()), "王阿姨"))
    text = boss.get("/people").text
    boss.post(f"/people/{of}/on")

    assert off == (302, 403) and "已停用" in text
    assert log_in(Browser(here.client()), "王阿姨") == 302
    assert ("王阿姨", "curtain", "blackout") in trail_of(here)


def test_the_log_in_says_the_same_of_a_wrong_name_a_wrong_password_and_an_account_that_is_off(
    here: Desk,
) -> None:
    here.add_account("王阿姨", role="editor")
    here.logged_in().post(f"/people/{number(here, '王阿姨')}/off")
    said = []
    for name, password in (("没有", PASSWORD), ("值班室", "wrong"), ("王阿姨", PASSWORD)):
        answer = Browser(here.client()).post("/login", {"name": name, "password": password}, page="/login")
        said.append((answer.status_code, re.findall(r'role="alert">.*?</p>', answer.text, re.DOTALL)))

    assert said[0] == said[1] == said[2] and said[0][0] == 403


@pytest.mark.parametrize("what", ["roles", "reset", "off", "on", "end"])
def test_nobody_changes_their_own_account_on_the_page_of_all(here: Desk, what: str) -> None:
    here.add_account("另一位")
    browser = here.logged_in()

    answer = browser.post(f"/people/{number(here, '值班室')}/{what}", {"role": "editor"})

    assert answer.status_code == 422 and "请另一位管理员" in answer.text
    assert account(here, "值班室").role == "administrator" and browser.get("/people").status_code == 200
    assert browser.post(f"/people/999/{what}", {"role": "editor"}).status_code == 404


def test_of_two_administrators_who_remove_each_other_at_once_one_stays(engine: Engine) -> None:
    with db.session(engine) as rows:
        for name in ("甲", "乙"):
            rows.add(Account(name=name, password="x", role="administrator", created=NOON))

    def remove(name: str) -> bool:
        try:
            with db.session(engine) as rows:
                found = next(one for one in staffing.locked(rows) if one.name == name)
                staffing.change_roles(rows, found, "editor", "x", NOON)
        except LinliError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        removed = list(pool.map(remove, ("甲", "乙")))

    with db.reading(engine) as rows:
        roles = sorted(rows.scalars(select(Account.role)))
    assert sorted(removed) == [False, True] and roles == ["administrator", "editor"]


def test_the_last_administrator_stays_also_when_switched_off(engine: Engine) -> None:
    with db.session(engine) as rows:
        rows.add(Account(name="甲", password="x", role="administrator", created=NOON))

    with pytest.raises(staffing.Nobody, match="最后一位管理员"), db.session(engine) as rows:
        staffing.switch_off(rows, staffing.locked(rows)[0], "x", NOON)

    with db.reading(engine) as rows:
        assert [one.name for one in accounts.active(rows)] == ["甲"]


def test_a_changed_password_ends_the_other_log_ins_and_not_this_one(here: Desk) -> None:
    browser, other = here.logged_in(), here.logged_in()

    answer = change(browser)

    assert answer.location == "/me?done=password"
    assert (browser.get("/me").status_code, other.get("/me").status_code) == (200, 302)
    assert log_in(Browser(here.client())) == 403
    assert log_in(Browser(here.client()), password=NEW) == 302


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [("old", "wrong", "现在的密码不对"), ("again", "other", "两次输入的密码不一样"),
     ("password", "short", "至少 8 个字")],
)  # fmt: skip
def test_a_password_is_changed_only_by_who_knows_the_old_one(
    here: Desk, field: str, typed: str, words: str
) -> None:
    typed_too = {"password": typed, "again": typed} if field == "password" else {field: typed}
    answer = change(here.logged_in(), **typed_too)

    assert answer.status_code == 422 and words in answer.text
    assert log_in(Browser(here.client())) == 302


def test_the_old_password_cannot_be_guessed_at_an_open_page(here: Desk) -> None:
    browser = here.logged_in()

    said = [change(browser, old="wrong").text for _ in range(6)]

    assert "请等 1 分钟" in said[-1] and "请等" not in said[-2]


def test_ones_log_ins_are_listed_with_their_browser_and_ended_one_by_one_or_all(here: Desk) -> None:
    browsers = []
    for agent in (WINDOWS, WECHAT, SAFARI):
        browser = Browser(here.client())
        browser.client.environ_base["HTTP_USER_AGENT"] = agent
        log_in(browser)
        here.clock.passes(minutes=2)
        browsers.append(browser)
    mine, *others = browsers
    page = mine.get("/me").text
    names = re.findall(r"<li><span><b>([^<]+)</b>", page)

    keys = re.findall(r"/me/sessions/(\w{16})/end", page)
    mine.post(f"/me/sessions/{keys[0]}/end")
    one = [browser.get("/").status_code for browser in browsers]
    mine.post("/me/sessions/end")

    assert sorted(names) == ["Chrome · Windows", "Safari · iPhone", "WeChat · Android"]
    assert one == [200, 200, 302] and len(keys) == 2
    assert [browser.get("/").status_code for browser in (mine, *others)] == [200, 302, 302]


def test_nobody_ends_the_log_in_of_another_account(here: Desk) -> None:
    here.add_account("王阿姨", role="editor")
    hers, mine = here.logged_in("王阿姨"), here.logged_in()
    here.clock.passes(minutes=2)
    other = here.logged_in("王阿姨")
    [key] = re.findall(r"/me/sessions/(\w{16})/end", other.get("/me").text)

    assert mine.post(f"/me/sessions/{key}/end").status_code == 404
    assert hers.get("/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "said"),
    [(WINDOWS, "Chrome · Windows"), (WECHAT, "WeChat · Android"), (SAFARI, "Safari · iPhone"), ("curl", "")],
)
def test_a_browser_is_known_again(agent: str, said: str) -> None:
    assert device(agent) == said


def test_what_a_page_asks_by_itself_keeps_no_log_in_alive(home: Home) -> None:
    with desk(home, SMALL + "[web]\nidle_minutes = 30\n") as here:
        browser = here.logged_in()
        for _ in range(4):
            here.clock.passes(minutes=9)
            browser.get("/next")
            browser.get("/live.json")

        assert browser.get("/").status_code == 302


def test_idle_minutes_are_what_the_settings_say(home: Home) -> None:
    with desk(home, SMALL + "[web]\nidle_minutes = 30\n") as here:
        browser = here.logged_in()
        codes = []
        for minutes in (29, 29, 31):
            here.clock.passes(minutes=minutes)
            codes.append(browser.get("/me").status_code)

        assert codes == [200, 200, 302]
