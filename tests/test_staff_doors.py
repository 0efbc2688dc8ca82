"""Every door of the staff app: who may pass, which forms are ours, what the answers carry."""

import re
from collections.abc import Iterator

import pytest
from office import Browser, Desk, desk
from werkzeug.routing import Rule

from admin import guard, statics
from kiosk.files import Home

SAFE = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        yield made


def address(rule: Rule) -> str:
    """An address of that route; what stands for a name need not exist."""
    return re.sub(r"<[^>]+>", "x", rule.rule)


def test_every_page_asks_for_a_log_in_unless_it_is_named(here: Desk) -> None:
    stranger, opened = here.client(), set()

    for rule in here.app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            answer = stranger.open(address(rule), method=method)
            if not (answer.status_code == 302 and answer.location.startswith("/login")):
                opened.add(rule.endpoint)

    assert opened == set(guard.OPEN)


def test_every_route_that_changes_something_refuses_a_form_that_is_not_ours(here: Desk) -> None:
    browser, other = here.logged_in(), here.logged_in()
    foreign = other.token()
    checked = 0

    for rule in here.app.url_map.iter_rules():
        for method in (rule.methods or set()) - SAFE:
            for token in ("", "stale", foreign):
                answer = browser.client.open(address(rule), method=method, data={"csrf": token})
                checked += 1
                assert (rule.endpoint, answer.status_code) == (rule.endpoint, 400)
                assert "已经过期" in answer.text

    assert checked > 30


@pytest.mark.parametrize("path", ["/login", "/setup"])
def test_a_log_in_form_needs_the_cookie_that_came_with_it(here: Desk, path: str) -> None:
    mine, other = Browser(here.client()), Browser(here.client())
    token = other.token("/login")
    mine.get("/login")

    assert mine.client.post(path, data={"csrf": token, "name": "x", "password": "y"}).status_code == 400
    assert here.client().post(path, data={"csrf": token}).status_code == 400


def test_the_token_of_the_log_in_page_is_void_after_the_log_in(here: Desk) -> None:
    browser = Browser(here.client())
    before = browser.token("/login")
    browser.post("/login", {"name": "值班室", "password": "绿水青山就是金山银山"}, page="/login")

    assert browser.client.post("/logout", data={"csrf": before}).status_code == 400


@pytest.mark.parametrize("path", ["/", "/inbox", "/live", "/login", "/nothing", "/live.json"])
def test_answers_carry_strict_headers(here: Desk, path: str) -> None:
    headers = here.logged_in().get(path).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == ("no-cache" if path == "/live.json" else "no-store")


def test_static_files_have_an_address_that_changes_and_stay_a_year(here: Desk) -> None:
    stranger = here.client()

    present = stranger.get(f"/static/{statics.version()}/style.css")
    past = stranger.get("/static/older/style.css")

    assert present.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert past.headers["Cache-Control"] == "no-cache"
    assert stranger.get(f"/static/{statics.version()}/..%2Fstaff.py").status_code == 404


def test_pages_hold_no_inline_script_and_no_inline_style(here: Desk) -> None:
    browser = here.logged_in()

    for path in ("/", "/inbox", "/live", "/login"):
        text = browser.get(path).text
        assert " style=" not in text and "<style" not in text and " onclick" not in text
        assert text.count("<script") == text.count("<script src=")


def test_pages_are_small(here: Desk) -> None:
    browser = here.logged_in()
    files = sum(path.stat().st_size for path in statics.FOLDER.iterdir())

    assert len(browser.get("/").data) + files < 100_000


@pytest.mark.parametrize(
    ("path", "method", "code", "words"),
    [
        ("/nothing", "GET", 404, "没有这个页面"),
        ("/move", "GET", 405, "不能这样打开"),
        ("/slide/../../config/kiosk.toml", "GET", 404, "没有这个页面"),
        ("/thumbnail/..%2F..%2Fconfig%2Fkiosk.toml?width=320", "GET", 404, "没有这个页面"),
    ],
)
def test_what_is_not_there_is_said_in_words(
    here: Desk, path: str, method: str, code: int, words: str
) -> None:
    answer = here.logged_in().client.open(path, method=method)

    assert (answer.status_code, words in answer.text) == (code, True)


def test_a_form_that_is_too_large_is_said_in_words(here: Desk) -> None:
    answer = here.logged_in().client.post("/move", data={"csrf": "x" * 3_000_000})

    assert answer.status_code == 413 and "太大" in answer.text


def test_an_error_of_ours_shows_a_sentence_and_no_more(here: Desk, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> str:
        raise RuntimeError("the secret detail")

    here.app.add_url_rule("/broken", view_func=broken)
    answer = here.logged_in().get("/broken")

    assert answer.status_code == 500 and "程序出错了" in answer.text and "secret detail" not in answer.text
    assert "the secret detail" in caplog.text


def test_a_script_gets_its_errors_as_json(here: Desk) -> None:
    stranger = here.client().get("/inbox", headers={"Accept": "application/json"})
    lost = here.logged_in().script("GET", "/nothing")

    assert (stranger.status_code, stranger.json) == (401, {"mistake": "请先登录。"})
    assert lost.json == {"mistake": "没有这个页面，可能已经移除了。"}
