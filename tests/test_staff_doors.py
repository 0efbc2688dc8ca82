"""Every door of the staff app: who may pass, which forms are ours, what the answers carry."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pytest
from doors import ANYONE, DOORS, KNOCKS, ROLES, Knock
from office import Browser, Desk, desk
from test_staff_slides import paint, prove
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from admin import roles, statics
from kiosk.files import Home

SAFE = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        yield made


@dataclass
class Hall:
    """A staff app with one account for each role, and a way to every door."""

    desk: Desk
    rules: dict[str, Rule]

    def browser(self, who: str) -> Browser:
        return self.desk.logged_in(ROLES[who]) if who else Browser(self.desk.client())

    def ways(self, endpoint: str, changing: bool) -> list[tuple[str, str]]:
        """The methods and address of a route; what stands for a name need not exist."""
        rule = self.rules[endpoint]
        path = re.sub(r"<(int:)?[^>]+>", lambda found: "999" if found[1] else "x", rule.rule)
        methods = sorted((rule.methods or set()) - {"OPTIONS"})
        return [(method, path) for method in methods if (method not in SAFE) is changing]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    home = Home(tmp_path_factory.mktemp("hall"))
    home.config.mkdir()
    home.content.mkdir()
    with desk(home) as made:
        for role in ROLES.values():
            made.add_account(role, role=role)
        yield Hall(made, {rule.endpoint: rule for rule in made.app.url_map.iter_rules()})


def refused(answer: TestResponse, who: str) -> bool:
    """Strangers are sent to the log-in; others hear whose business it is."""
    if not who:
        return answer.status_code == 302 and answer.location.startswith("/login")
    return answer.status_code == 403 and "这件事由" in answer.text


def test_every_route_has_a_row_in_the_table_of_the_program_and_in_that_of_the_test(hall: Hall) -> None:
    assert set(hall.rules) == set(DOORS)
    assert {name for name, whose in DOORS.items() if whose is ANYONE} == set(roles.OPEN)
    assert {name: whose for name, whose in DOORS.items() if whose is not ANYONE} == {
        name: "".join(letter for letter, role in ROLES.items() if role in whose)
        for name, whose in roles.TABLE.items()
    }


@pytest.mark.parametrize("knock", KNOCKS, ids=lambda knock: f"{knock.endpoint}-{knock.who or 'nobody'}")
def test_every_door_opens_to_those_of_the_table_alone(hall: Hall, knock: Knock) -> None:
    for method, path in hall.ways(knock.endpoint, changing=False):
        answer = hall.browser(knock.who).client.open(path, method=method)
        assert (method, refused(answer, knock.who) or answer.status_code == 403) == (
            method, not knock.opens or knock.endpoint == "setup.form"
        )  # fmt: skip
    for method, path in hall.ways(knock.endpoint, changing=True):
        browser = hall.browser(knock.who)
        own = browser.token("/live" if knock.who else "/login")
        answer = browser.client.open(path, method=method, data={"csrf": own})
        assert (method, refused(answer, knock.who)) == (method, not knock.opens)
        assert "已经过期" not in answer.text


@pytest.mark.parametrize("knock", KNOCKS, ids=lambda knock: f"{knock.endpoint}-{knock.who or 'nobody'}")
def test_no_door_opens_to_a_form_that_is_not_ours(hall: Hall, knock: Knock) -> None:
    foreign = hall.browser(knock.who).token("/live" if knock.who else "/login")
    for method, path in hall.ways(knock.endpoint, changing=True):
        for token in ({}, {"csrf": ""}, {"csrf": "stale"}, {"csrf": foreign}):
            answer = hall.browser(knock.who).client.open(path, method=method, data=token)
            if knock.opens:
                assert (method, token, answer.status_code) == (method, token, 400)
                assert "已经过期" in answer.text
            else:
                assert (method, token, refused(answer, knock.who)) == (method, token, True)


def test_a_route_without_a_row_is_open_to_nobody(here: Desk) -> None:
    here.app.add_url_rule("/new", "forgotten.page", view_func=lambda: "told")

    stranger, administrator = here.client().get("/new"), here.logged_in().get("/new")

    assert (stranger.status_code, administrator.status_code) == (302, 403)


def test_a_refusal_says_whose_business_it_is_and_who_can_be_asked(here: Desk) -> None:
    here.add_account("小张", role="editor")
    here.add_account("物业", role="handler,supervisor")

    zh, en = (here.logged_in("物业").get(f"/urgent?lang={one}").text for one in ("zh", "en"))

    assert "这件事由管理员、编辑、审核来做；您的角色是办理、监督。可以找：值班室、小张，" in unescape(zh)
    assert "This is for: Administrator, Editor, Reviewer. Your role is: Handler, Supervisor." in en


def test_somebody_with_two_roles_may_do_what_either_may(here: Desk) -> None:
    here.add_account("小张", role="editor,handler")
    browser = here.logged_in("小张")

    assert [browser.get(page).status_code for page in ("/urgent", "/inbox")] == [200, 200]


@pytest.mark.parametrize(
    ("role", "there", "gone"),
    [
        ("administrator", ("/inbox", "/urgent", "/curtain", "/uploads", "/upload"), ()),
        ("editor", ("/urgent", "/curtain", "/upload"), ("/inbox",)),
        ("reviewer", ("/inbox", "/urgent", "/curtain"), ("/upload",)),
        ("handler", ("/inbox",), ("/urgent", "/curtain", "/upload")),
        ("supervisor", ("/live",), ("/inbox", "/urgent", "/curtain", "/upload")),
    ],
)
def test_the_first_page_offers_only_what_one_may_use(
    here: Desk, role: str, there: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    here.add_account("小张", role=role)

    offered = set(re.findall(r'(?:href|action|data-begin)="([^"?#]+)', here.logged_in("小张").get("/").text))

    assert offered >= set(there) and not offered & set(gone)


def test_who_only_reads_sees_a_slide_without_a_button(here: Desk) -> None:
    paint(here.home.content / "一.png")
    prove(here)
    here.add_account("监督员", role="supervisor")
    browser = here.logged_in("监督员")

    first, slide = browser.get("/").text, browser.get("/slide/一.png").text

    for page in (first, slide):
        buttons = re.findall(r"<form[^>]*action=\"([^\"]*)\"(?:(?!</form).)*?<button", page, re.DOTALL)
        assert set(buttons) <= {"/logout"}
    assert "看一看" in first and '<fieldset class="whole" disabled>' in slide


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


def test_static_files_are_packed_for_who_can_unpack_them_and_pages_are_not(here: Desk) -> None:
    browser, sheet = here.logged_in(), f"/static/{statics.version()}/style.css"

    def answer(path: str, takes: str) -> TestResponse:
        return browser.client.get(path, headers={"Accept-Encoding": takes})

    packed, plain = answer(sheet, "br, gzip"), answer(sheet, "gzip;q=0")
    assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data == (statics.FOLDER / "style.css").read_bytes()
    assert len(packed.data) < len(plain.data) / 3 and packed.headers["ETag"] != plain.headers["ETag"]
    assert {packed.headers["Vary"], plain.headers["Vary"]} == {"Accept-Encoding"}
    assert "Content-Encoding" not in answer("/", "gzip").headers


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("style.css", "text/css; charset=utf-8"),
        ("order.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_static_files_say_what_they_are(here: Desk, name: str, kind: str) -> None:
    assert here.client().get(f"/static/{statics.version()}/{name}").content_type == kind


def test_pages_hold_no_inline_script_and_no_inline_style(here: Desk) -> None:
    browser = here.logged_in()

    for path in ("/", "/inbox", "/live", "/login"):
        text = browser.get(path).text
        assert " style=" not in text and "<style" not in text and " onclick" not in text
        assert text.count("<script") == text.count("<script src=")


def test_pages_are_small(here: Desk) -> None:
    browser = here.logged_in()
    files = sum(len(statics.packed(name)) for name in statics.files())

    assert len(browser.get("/").data) + files < 50_000


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

    here.app.view_functions["slides.following"] = broken
    answer = here.logged_in().get("/next")

    assert answer.status_code == 500 and "程序出错了" in answer.text and "secret detail" not in answer.text
    assert "the secret detail" in caplog.text


def test_a_script_gets_its_errors_as_json(here: Desk) -> None:
    stranger = here.client().get("/inbox", headers={"Accept": "application/json"})
    lost = here.logged_in().script("GET", "/nothing")

    assert (stranger.status_code, stranger.json) == (401, {"mistake": "请先登录。"})
    assert lost.json == {"mistake": "没有这个页面，可能已经移除了。"}
