"""The trail: every change leaves its line, in words that people read, and nobody can change it."""

import ast
import csv
import io
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from filed import REACH, filed, jpeg, photographed
from office import PASSWORD, Browser, Clock, Desk, desk, field_of
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError
from test_staff_code import Phone
from test_staff_inbox import answer, report
from test_staff_people import NEW, number
from test_staff_settings import CONFIG, save
from test_staff_slides import edit, paint, prove
from test_staff_uploads import begin, finish, picture, put, put_up, send
from test_staff_urgent import GAS
from werkzeug.test import TestResponse

from admin import db, deeds, setup, spreadsheet, trail
from admin.difference import MOST, Line, difference
from admin.records import Account, Trail
from kiosk import last_good
from kiosk.files import Home

ADMIN = Path(__file__).parent.parent / "admin"
SAFE = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    (home.config / "places.toml").write_bytes((CONFIG / "places.toml").read_bytes())
    with desk(home) as made:
        for name in ("a.png", "b.png"):
            paint(home.content / name)
        prove(made)
        made.add_account("王阿姨", role="editor")
        yield made


def lines(here: Desk) -> int:
    with db.reading(here.engine) as rows:
        return rows.scalar(select(func.count()).select_from(Trail)) or 0


def of(here: Desk, what: str) -> str:
    return f"/people/{number(here, '王阿姨')}/{what}"


def set_up(here: Desk, _browser: Browser) -> TestResponse:
    with db.session(here.engine) as rows:
        for one in rows.scalars(select(Account)):
            rows.delete(one)
    key = setup.issue(here.home, here.engine)
    fields = {"key": key, "name": "新人", "password": PASSWORD, "again": PASSWORD}
    return Browser(here.client()).post("/setup", fields, page=f"/setup?key={key}")


def enter(here: Desk, _browser: Browser) -> TestResponse:
    fields = {"name": "值班室", "password": PASSWORD}
    return Browser(here.client()).post("/login", fields, page="/login")


def code_on(here: Desk, browser: Browser) -> TestResponse:
    phone = Phone(here, browser)
    return browser.post("/me/code", {"salt": phone.salt, "code": phone.code()})


def enter_with_code(here: Desk, browser: Browser) -> TestResponse:
    phone = Phone(here, browser)
    browser.post("/me/code", {"salt": phone.salt, "code": phone.code()})
    here.clock.passes(minutes=2)
    stranger = Browser(here.client())
    asked = stranger.post("/login", {"name": "值班室", "password": PASSWORD}, page="/login")
    fields = {name: field_of(asked, name) for name in ("csrf", "ticket")}
    return stranger.client.post("/login/code", data={**fields, "code": phone.code()})


def code_off(here: Desk, browser: Browser) -> TestResponse:
    code_on(here, browser)
    return browser.post("/me/code/off", {"password": PASSWORD})


def edited(_here: Desk, browser: Browser) -> TestResponse:
    return edit(browser, "a.png", title="新名字")


def restored(_here: Desk, browser: Browser) -> TestResponse:
    removed = browser.post("/remove/a.png").location.partition("removed=")[2]
    return browser.post(f"/undo/{removed}")


def undone(_here: Desk, browser: Browser) -> TestResponse:
    done = browser.post("/many", {"do": "seconds", "file": "a.png", "seconds": "9"}).location
    return browser.post(f"/changes/{done.partition('changed=')[2].partition('&')[0].partition('#')[0]}/undo")


def renamed(_here: Desk, browser: Browser) -> TestResponse:
    browser.post("/playlists", {"name": "lift"})
    return browser.post("/playlists/rename?list=lift", {"name": "door"})


def emptied(_here: Desk, browser: Browser) -> TestResponse:
    browser.post("/playlists", {"name": "lift"})
    return browser.post("/playlists/remove?list=lift")


def put_back(_here: Desk, browser: Browser) -> TestResponse:
    removed = browser.post("/remove/a.png").location.partition("removed=")[2]
    return browser.post("/removed/restore", {"name": removed})


def discarded(_here: Desk, browser: Browser) -> TestResponse:
    sent = send(browser, "新.png", picture())
    return browser.post(f"/tray/{sent.json['id']}/discard")  # type: ignore[index]


def arrived(_here: Desk, browser: Browser) -> TestResponse:
    content = picture()
    upload = begin(browser, "新.png", len(content), content).json["id"]  # type: ignore[index]
    put(browser, upload, content)
    return finish(browser, upload, content)


def ended(_here: Desk, browser: Browser) -> TestResponse:
    browser.post("/urgent", {**GAS, "do": "show"})
    [file] = re.findall(r'action="/urgent/end/([^"]+)"', browser.get("/urgent").text)
    return browser.post(f"/urgent/end/{file}")


def withdrawn(here: Desk, browser: Browser) -> TestResponse:
    number = report(here)
    answer(browser, number, "publish")
    return browser.post(f"/report/{number}/withdraw")


def plain_form(_here: Desk, browser: Browser) -> TestResponse:
    fields = {"csrf": browser.token(), "files": (io.BytesIO(picture()), "新.png")}
    return browser.client.post("/upload", data=fields)


def end_one(here: Desk, browser: Browser) -> TestResponse:
    here.logged_in()
    [key] = re.findall(r"/me/sessions/(\w{16})/end", browser.get("/me").text)
    return browser.post(f"/me/sessions/{key}/end")


def end_others(here: Desk, browser: Browser) -> TestResponse:
    here.logged_in()
    return browser.post("/me/sessions/end")


def end_of_her(here: Desk, browser: Browser) -> TestResponse:
    here.logged_in("王阿姨")
    return browser.post(of(here, "end"))


def settled(_here: Desk, browser: Browser) -> TestResponse:
    return save(browser, "community", {"community.name": "梧桐里"})


def unsettled(here: Desk, browser: Browser) -> TestResponse:
    settled(here, browser)
    return browser.post("/settings/undo", page="/settings")


def mended(here: Desk, browser: Browser) -> TestResponse:
    last_good.keep(here.home)
    (here.home.config / "kiosk.toml").write_text("[screen\n")
    return browser.post("/settings/mend", page="/settings")


def entered(_here: Desk, browser: Browser) -> TestResponse:
    fields = {"token": "t" * 32, "origin": "phone", "topic": "other", "place": "A03", "words": "灯不亮"}
    return browser.post("/enter", fields)


def extended(here: Desk, browser: Browser) -> TestResponse:
    path = f"/report/{filed(here)}/extend"
    return browser.post(path, {"until": "2026-12-07", "words": "配件还没到"})


def contacted(here: Desk, browser: Browser) -> TestResponse:
    return browser.post(f"/report/{filed(here, contact=REACH)}/contact")


def forgotten(here: Desk, browser: Browser) -> TestResponse:
    path = f"/report/{filed(here)}"
    taken_back = {"action": "reject", "reason": "withdrawn", "words": "按您的要求撤回。"}
    assert browser.post(f"{path}/move", taken_back).status_code == 302
    return browser.post(f"{path}/forget", {"asked": "1"})


def pictured(here: Desk, browser: Browser) -> TestResponse:
    return browser.post(f"/report/{filed(here)}/photos", {"photo": (io.BytesIO(jpeg()), "now.jpg")})


def covered(here: Desk, browser: Browser) -> TestResponse:
    number = filed(here)
    return browser.post(f"/report/{number}/photo/{photographed(here, number)}")


def on(here: Desk, browser: Browser) -> TestResponse:
    browser.post(of(here, "off"))
    return browser.post(of(here, "on"))


CHANGES: dict[str, Callable[[Desk, Browser], object]] = {
    "setup.create": set_up,
    "login.enter": enter,
    "login.code": enter_with_code,
    "login.leave": lambda _, browser: browser.post("/logout"),
    "me.change": lambda _, browser: browser.post(
        "/me/password", {"old": PASSWORD, "password": NEW, "again": NEW}
    ),
    "me.end": end_one,
    "me.end_others": end_others,
    "second.switch_on": code_on,
    "second.switch_off": code_off,
    "people.add": lambda _, browser: browser.post("/people", {"name": "小张", "role": "editor"}),
    "people.change": lambda here, browser: browser.post(of(here, "roles"), {"role": "handler"}),
    "people.reset": lambda here, browser: browser.post(of(here, "reset")),
    "people.off": lambda here, browser: browser.post(of(here, "off")),
    "people.on": on,
    "people.end": end_of_her,
    "editing.save": edited,
    "editing.insert": lambda _, browser: browser.post("/insert/a.png", {"do": "begin"}),
    "writing.save": lambda _, browser: browser.post(
        "/write/slogan", {"title": "节约用水", "do": "draft", "keep": "month"}
    ),
    "order.move": lambda _, browser: browser.post("/move", {"down": "a.png"}),
    "many.do": lambda _, browser: browser.post("/many", {"do": "seconds", "file": "a.png", "seconds": "9"}),
    "changes.undo": undone,
    "playlists.make": lambda _, browser: browser.post("/playlists", {"name": "电梯"}),
    "playlists.rename": renamed,
    "playlists.remove": emptied,
    "removed.restore": put_back,
    "uploads.finish": arrived,
    "uploads.form": plain_form,
    "tray.put_up": lambda _, browser: put_up(browser, send(browser, "新.png", picture())),
    "tray.discard": discarded,
    "removal.remove": lambda _, browser: browser.post("/remove/a.png"),
    "removal.undo": restored,
    "urgent.put_up": lambda _, browser: browser.post("/urgent", {**GAS, "do": "show"}),
    "urgent.end": ended,
    "urgent.draw": lambda _, browser: browser.post("/curtain", {"to": "blackout"}),
    "settings.save": settled,
    "settings.take_back": unsettled,
    "settings.mend": mended,
    "naming.save": lambda _, browser: save(
        browser, "places", {"place.A05.off": "on"}, path="/settings/list/places"
    ),
    "answering.write": lambda here, browser: answer(browser, report(here), "keep"),
    "publication.put_up": lambda here, browser: answer(browser, report(here), "publish"),
    "publication.withdraw": withdrawn,
    "report.move": lambda here, browser: browser.post(f"/report/{report(here)}/move", {"action": "accept"}),
    "entry.take": entered,
    "report.note": lambda here, browser: browser.post(f"/report/{report(here)}/note", {"words": "已打电话"}),
    "report.assign": lambda here, browser: browser.post(
        f"/report/{report(here)}/assign", {"account": "值班室"}
    ),
    "report.extend": extended,
    "report.contact": contacted,
    "report.forget": forgotten,
    "case_pictures.add": pictured,
    "case_pictures.cover": covered,
}
"""A change by each route. A new route that changes something needs a line here, or below."""

CHANGE_NOTHING = {
    "uploads.begin": "nothing is there before the last piece",
    "uploads.piece": "a piece is no file yet",
    "publication.look": "looks only",
    "editing.look": "looks only",
    "entry.print_slip": "a file of what was entered",
    "inbox.keep_view": "a search of one's own, which nobody else sees",
    "inbox.drop_view": "the same",
}


def test_every_route_that_changes_something_is_tried_below(here: Desk) -> None:
    changing = {rule.endpoint for rule in here.app.url_map.iter_rules() if (rule.methods or set()) - SAFE}

    assert changing == set(CHANGES) | set(CHANGE_NOTHING)


@pytest.mark.parametrize("endpoint", CHANGES)
def test_every_change_leaves_a_line_in_the_trail_and_the_line_is_a_sentence(
    here: Desk, endpoint: str
) -> None:
    before = lines(here)

    CHANGES[endpoint](here, here.logged_in())

    with db.reading(here.engine) as rows:
        [line, *_] = rows.scalars(select(Trail).order_by(Trail.id.desc()))
    assert lines(here) > before
    assert line.account in ("值班室", "新人") and line.action in deeds.DEEDS


def test_every_action_of_the_program_has_a_sentence_in_both_languages() -> None:
    noted = set()
    for path in ADMIN.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "trail.note":
                noted |= {one.value for one in node.args[3:4] if isinstance(one, ast.Constant)}

    assert len(noted) > 20 and noted <= set(deeds.DEEDS)
    assert {deed.kind for deed in deeds.DEEDS.values()} <= set(deeds.KINDS)


def test_the_page_says_who_did_what_and_shows_what_was_there_before(here: Desk) -> None:
    browser = here.logged_in()
    edit(browser, "a.png", title="第一个名字")
    edit(browser, "a.png", title="第二个名字")
    browser.post("/curtain", {"to": "blackout"})

    zh, en = (unescape(browser.get(f"/trail?lang={one}").text) for one in ("zh", "en"))

    assert "<b>值班室</b> 修改了“a.png”" in zh and "<b>值班室</b> 让屏幕变黑" in zh
    assert '<del>title = "第一个名字"</del><ins>title = "第二个名字"</ins>' in zh
    assert "<b>值班室</b> changed “a.png”" in en and "made the screen black" in en


def test_what_was_typed_is_shown_as_text_and_never_as_a_page(here: Desk) -> None:
    with db.session(here.engine) as rows:
        trail.note(rows, here.clock(), "<i>x", "slide.edit", "<b>y", "<u>1", "<u>2")

    assert not re.search(r"<(i>x|b>y|u>)", here.logged_in().get("/trail").text)


def test_the_trail_is_looked_through_by_person_kind_and_day(here: Desk) -> None:
    for account, action, days in (("甲", "curtain", 0), ("乙", "slide.edit", 1), ("甲", "slide.edit", 2)):
        with db.session(here.engine) as rows:
            at = here.clock().replace(day=20 + days)
            trail.note(rows, at, account, action, f"第{days}件")

    def found(query: str) -> list[str]:
        text = here.logged_in().get(f"/trail?{query}").text
        return re.findall(r"<b>(.)</b> (?:修改了“)?(第.件)", text)

    assert found("") == [("甲", "第2件"), ("乙", "第1件"), ("甲", "第0件")]
    assert found("person=甲") == [("甲", "第2件"), ("甲", "第0件")]
    assert found("kind=slides") == [("甲", "第2件"), ("乙", "第1件")]
    assert found("from=2026-11-21&until=2026-11-21") == [("乙", "第1件")]
    assert found("person=乙&kind=urgent") == []
    assert found("from=never&until=9999-12-31&kind=nonsense") == found("")


def test_a_day_begins_at_midnight_where_the_screen_stands(here: Desk) -> None:
    with db.session(here.engine) as rows:  # one minute past midnight of the 24th in Shanghai
        trail.note(rows, here.clock().replace(day=23, hour=16, minute=1), "甲", "logout", "甲")

    assert "2026-11-24" in here.logged_in().get("/trail?from=2026-11-24&until=2026-11-24").text


def test_a_long_trail_has_pages(here: Desk) -> None:
    with db.session(here.engine) as rows:
        for count in range(60):
            trail.note(rows, here.clock(), "甲", "slide.remove", f"第{count:02}个.png")
    browser = here.logged_in()

    first, second = browser.get("/trail?person=甲").text, browser.get("/trail?person=甲&page=2").text

    assert "第59个" in first and "第09个" not in first and "第09个" in second
    assert "第 1 页，共 2 页" in first and browser.get("/trail?page=3").status_code == 404
    assert browser.get(f"/trail?page={'9' * 40}").status_code == 404


def test_the_table_opens_in_a_spreadsheet_and_computes_nothing(here: Desk) -> None:
    with db.session(here.engine) as rows:
        trail.note(rows, here.clock(), "=1+1", "account.roles", '甲",乙\n丙', "editor", "editor,handler")
        trail.note(rows, here.clock(), "+86", "slide.edit", "a.png", "@sum", "-1\n=2")

    sent = here.logged_in().get("/trail.csv")

    assert sent.data.startswith("\ufeff".encode()) and sent.mimetype == "text/csv"
    told = sent.headers["Content-Disposition"]
    assert told.encode("latin-1").startswith(b"attachment; filename=trail-20261123.csv; filename*=UTF-8''%E6")
    table = list(csv.reader(io.StringIO(sent.data.decode("utf-8-sig"), newline="")))
    assert table == [
        ["时间", "谁", "做了什么", "之前", "之后"],
        ["2026-11-23 12:00:00", "'=1+1", '改了“甲",乙\n丙”的角色', "编辑", "编辑、办理"],
        ["2026-11-23 12:00:00", "'+86", "修改了“a.png”", "'@sum", "'-1\n=2"],
    ]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", "＋1"])
def test_a_cell_that_a_spreadsheet_would_compute_begins_with_a_quote(text: str) -> None:
    assert spreadsheet.cell(text) == f"'{text}" and spreadsheet.cell("1+1") == "1+1"


def test_the_table_holds_what_was_looked_for_and_in_the_language_of_the_page(here: Desk) -> None:
    browser = here.logged_in()
    browser.post("/curtain", {"to": "safe"})
    browser.post("/remove/a.png")

    table = browser.get("/trail.csv?kind=urgent&lang=en").data.decode("utf-8-sig").splitlines()

    assert table == [
        '"Time","Who","What","Before","After"',
        '"2026-11-23 12:00:00","值班室","let the screen show the safe slide alone","",""',
    ]


@pytest.mark.parametrize("what", ["UPDATE trail SET account = 'nobody'", "DELETE FROM trail"])
def test_the_database_itself_lets_nobody_change_the_trail(engine: Engine, what: str) -> None:
    with db.session(engine) as rows:
        trail.note(rows, Clock().at, "甲", "logout", "甲")

    with pytest.raises(DBAPIError, match="never changed"), engine.begin() as connection:
        connection.exec_driver_sql(what)

    with db.reading(engine) as rows:
        assert rows.scalars(select(Trail.account)).all() == ["甲"]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("", "", ()),
        ("a", "a", ()),
        ("", "a", (("new", "a"),)),
        ("a", "", (("gone", "a"),)),
        (
            "1\n2\n3\n4",
            "1\n2\nx\n4",
            (("gap", ""), ("same", "2"), ("gone", "3"), ("new", "x"), ("same", "4")),
        ),
        ("x\n2\n3\n4", "1\n2\n3\n4", (("gone", "x"), ("new", "1"), ("same", "2"), ("gap", ""))),
    ],
)
def test_a_difference_shows_what_changed_with_its_neighbours(
    before: str, after: str, lines: tuple[tuple[str, str], ...]
) -> None:
    assert difference(before, after) == tuple(Line(*one) for one in lines)  # type: ignore[arg-type]


def test_a_long_difference_is_cut() -> None:
    cut = difference("", "\n".join(str(one) for one in range(500)))

    assert len(cut) == MOST and cut[-1].kind == "gap"
