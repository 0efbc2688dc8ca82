import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from shutil import copy
from typing import Any

import msgspec
import pytest
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from admin import casework, db, register
from admin.casebook import RESIDENT, Actor
from admin.public import create_app, days, frame, tokens
from admin.public.tries import WRONG
from admin.records import Answer, Record, Report
from admin.secrets import load
from admin.submission import Submission
from kiosk import holidays, settings
from kiosk.files import Home
from kiosk.model import receipt
from kiosk.model.cases import Action, By, Given, State
from kiosk.settings import Community, Config, Place, Places, Settings, Topic, Topics

NOON = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)  # a Friday, noon in Shanghai
CONFIG = Config(
    settings=Settings(community=Community(name="清泉社区", phone="028-12345678")),
    places=Places((Place("A03", "3号楼门口", en="Entrance 3"), Place("A04", "4号楼门口", en="Entrance 4"))),
    topics=Topics(
        (
            Topic("waste", "生活垃圾清运", "Rubbish", icon="bin", handler="物业公司", days=3),
            Topic("other", "其他", "Something else", icon="no-such-icon"),
        )
    ),
)


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def phone(home: Home, engine: Engine, clock: Clock) -> FlaskClient:
    """A resident's browser, without JavaScript."""
    return create_app(home, CONFIG, engine, clock).test_client()


def filled(phone: FlaskClient, /, **changes: str) -> dict[str, str]:
    """The form as a resident fills it in."""
    page = phone.get("/F/A03").text
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    return {"token": token[1], "topic": "waste", "place": "A03", "words": "垃圾桶满了三天", **changes}


def send(phone: FlaskClient, **changes: str) -> TestResponse:
    return phone.post("/F/A03", data=filled(phone, **changes))


def digits(page: str) -> str:
    shown = re.search(r'class="digits" translate="no">(.*?)</p>', page)
    assert shown, page
    return receipt.typed(re.sub("<[^>]+>", "", shown[1]))


def words_in(page: str) -> str:
    kept = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert kept
    return unescape(kept[1])


def reports(engine: Engine) -> list[Report]:
    with db.reading(engine) as rows:
        return list(rows.scalars(select(Report).order_by(Report.id)))


def published(engine: Engine, home: Home, summary: str, words: str, **changes: Any) -> Report:
    """A report with an answer on public view."""
    kept = register.receive(
        engine, load(home), Submission(summary, "waste", "A03", "", "x", "zh", NOON)
    ).report
    with db.session(engine) as rows:
        report = rows.get_one(Report, kept.id)
        report.state = State.RESOLVED
        given = {"summary": summary, "words": words, "author": "li", "written": NOON, "published": NOON}
        rows.add(Answer(report_id=report.id, **{**given, **changes}))
    return report


# The form


@pytest.mark.parametrize("path", ["/F/A03", "/F/a03", "/f/a03", "/F/A03/", "/F/A03?S=rules.pdf%233"])
def test_the_form_is_at_the_scanned_address_with_the_place_filled_in(phone: FlaskClient, path: str) -> None:
    page = phone.get(path)

    assert page.status_code == 200
    assert '<option value="A03" selected>' in page.text
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/F", "/F/", "/F/XX", "/F/%ff%00", "/F/" + "A" * 3000, "/F/<script>"])
def test_an_unknown_place_gets_the_same_form_and_may_choose(phone: FlaskClient, path: str) -> None:
    page = phone.get(path)

    assert page.status_code == 200
    assert "请选择" in page.text
    assert " selected" not in page.text
    assert "<script>alert" not in page.text


def test_the_form_is_one_small_request_and_says_whom_to_call_first(phone: FlaskClient) -> None:
    page = phone.get("/F/A03")

    assert len(page.data) < 40_000
    assert not re.search(r"<(?:script|img|iframe|link)[^>]+(?:src|href)=\"(?!data:,)", page.text)
    for number in ("110", "119", "120", "028-12345678"):
        assert f'href="tel:{number}"' in page.text


def test_the_style_has_every_token_that_it_asks_for_and_no_other() -> None:
    asked = set(re.findall(r"var\(--([\w-]+)", frame.STYLE))

    assert asked == set(re.findall(r"[{;]--([\w-]+):", frame.STYLE))
    assert "prefers-color-scheme:dark" in frame.STYLE and "color-scheme:light dark" in frame.STYLE


@pytest.mark.parametrize("query", ["", "?lang=en", "?big=1&lang=en"])
def test_the_form_with_all_that_is_shipped_stays_within_forty_kilobytes(
    home: Home, engine: Engine, query: str
) -> None:
    for name in ("places.toml", "topics.toml"):
        copy(Path(__file__).parents[1] / "config" / name, home.config)

    page = create_app(home, settings.load(home), engine).test_client().get(f"/F/A03{query}")

    assert len(page.data) + len(str(page.headers)) < 40_000


def test_both_languages_stand_on_the_page_and_english_can_come_first(phone: FlaskClient) -> None:
    chinese, english = phone.get("/F/A03").text, phone.get("/F/A03?lang=en&big=1").text

    assert '<html lang="zh-CN">' in chinese
    assert '生活垃圾清运 <small lang="en">Rubbish</small>' in chinese
    assert '<html lang="en" class="big">' in english
    assert 'Rubbish</span> <small lang="zh-CN">生活垃圾清运</small>' in english
    assert 'action="/F/A03?lang=en&amp;big=1"' in english


def test_without_places_and_topics_the_form_still_works(home: Home, engine: Engine) -> None:
    phone = create_app(home, Config(), engine).test_client()

    page = phone.post("/F", data=filled(phone, topic="other"))

    assert page.status_code == 200
    assert receipt.fits(digits(page.text))


# Sending


def test_a_report_is_kept_and_answered_with_its_receipt(phone: FlaskClient, engine: Engine) -> None:
    page = send(phone)

    assert page.status_code == 200
    assert receipt.fits(digits(page.text))
    assert "请截屏保存" in page.text
    assert "2026年12月2日（星期三）前" in page.text  # three working days after a Friday
    assert "物业公司" in page.text
    [report] = reports(engine)
    assert (report.words, report.topic, report.place) == ("垃圾桶满了三天", "waste", "A03")
    assert digits(page.text) not in report.public_number


def test_the_slide_that_led_here_is_kept(phone: FlaskClient, engine: Engine) -> None:
    token = re.search(r'name="token" value="([^"]+)"', phone.get("/F/A03?S=通知.pdf%232").text)
    assert token
    send(phone, token=token[1])

    assert reports(engine)[0].slide == "通知.pdf#2"


def test_a_double_tap_is_one_report_and_the_same_receipt(phone: FlaskClient, engine: Engine) -> None:
    fields = filled(phone)
    pages = [phone.post("/F/A03", data=fields) for _ in range(3)]

    assert len({digits(page.text) for page in pages}) == 1
    assert len(reports(engine)) == 1


def test_an_old_form_with_new_words_loses_neither(phone: FlaskClient, engine: Engine) -> None:
    fields = filled(phone)
    first = digits(phone.post("/F/A03", data=fields).text)

    page = phone.post("/F/A03", data={**fields, "words": "还有一件事"})

    assert page.status_code == 422
    assert words_in(page.text) == "还有一件事"
    assert receipt.grouped(first) in page.text
    token = re.search(r'name="token" value="([^"]+)"', page.text)
    assert token
    again = phone.post("/F/A03", data={**fields, "words": "还有一件事", "token": token[1]})
    assert digits(again.text) != first
    assert [report.words for report in reports(engine)] == ["垃圾桶满了三天", "还有一件事"]


@pytest.mark.parametrize("hours", [-1, 24 * 7 + 1])
def test_a_form_opened_too_long_ago_keeps_the_words_and_can_be_sent_again(
    phone: FlaskClient, engine: Engine, clock: Clock, hours: int
) -> None:
    fields = filled(phone)
    clock.at = NOON + timedelta(hours=hours)

    page = phone.post("/F/A03", data=fields)

    assert page.status_code == 422
    assert words_in(page.text) == "垃圾桶满了三天"
    assert 'value="waste" required checked' in page.text
    assert reports(engine) == []
    token = re.search(r'name="token" value="([^"]+)"', page.text)
    assert token
    assert phone.post("/F/A03", data={**fields, "token": token[1]}).status_code == 200


def test_a_form_opened_a_week_ago_is_still_good(phone: FlaskClient, clock: Clock) -> None:
    fields = filled(phone)
    clock.at = NOON + tokens.LIFE

    assert phone.post("/F/A03", data=fields).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "a.b", "W10.x", "\0", "垃", "x" * 5000])
def test_a_forged_token_keeps_the_words_and_no_report(phone: FlaskClient, engine: Engine, token: str) -> None:
    page = send(phone, token=token)

    assert page.status_code == 422
    assert words_in(page.text) == "垃圾桶满了三天"
    assert reports(engine) == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("topic", "", "请点选一个方面"),
        ("topic", "none-of-ours", "请点选一个方面"),
        ("place", "", "请选一下地点"),
        ("place", "Z99\r\nSet-Cookie: a=b", "请选一下地点"),
        ("words", "", "请写几个字"),
        ("words", " \u200b\u202e\0\n ", "请写几个字"),
        ("words", "啊", "至少 2 个字"),
        ("words", "字" * 501, "请删去 1 个字"),
        ("words", "😀" * 600, "请删去 100 个字"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_the_words_stay(
    phone: FlaskClient, engine: Engine, field: str, value: str, said: str
) -> None:
    page = send(phone, **{field: value})

    assert page.status_code == 422
    assert said in page.text
    assert f'id="{field}-problem"' in page.text
    assert "Set-Cookie" not in page.headers
    if field != "words":
        assert words_in(page.text) == "垃圾桶满了三天"
    assert reports(engine) == []


def test_nothing_at_all_is_answered_with_every_problem_at_once(phone: FlaskClient) -> None:
    page = send(phone, topic="", place="", words="")

    assert page.text.count('class="problem"') == 3


@pytest.mark.parametrize("words", ["啊啊", "字" * 500, "😀" * 500, "a\r\n" * 249 + "bb"])
def test_two_to_five_hundred_characters_are_taken(phone: FlaskClient, engine: Engine, words: str) -> None:
    assert send(phone, words=words).status_code == 200
    assert len(reports(engine)) == 1


def test_html_is_words_and_emoji_stay(phone: FlaskClient, engine: Engine) -> None:
    evil = "</textarea><script>alert(1)</script> {{7*7}} 👨‍👩‍👧"
    page = send(phone, words=evil, topic="")

    assert "<script>alert" not in page.text
    assert words_in(page.text) == evil
    send(phone, words=evil)
    assert reports(engine)[0].words == evil


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (
            b"words=%ff%fe%ed%a0%bd%ed%b8%80&topic=waste&place=A03&token=%00",
            "application/x-www-form-urlencoded",
        ),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"topic=waste&" * 5000, "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x--", "multipart/form-data"),
        (b"", ""),
    ],
)
def test_a_body_that_no_form_sends_is_answered_in_words(
    phone: FlaskClient, engine: Engine, body: bytes, kind: str
) -> None:
    page = phone.post("/F/A03", data=body, content_type=kind)

    assert page.status_code in (400, 413, 422)
    assert "清泉社区" in page.text
    assert reports(engine) == []


def test_a_huge_body_is_refused_in_words(phone: FlaskClient) -> None:
    page = phone.post("/F/A03", data={"words": "字" * 100_000})

    assert page.status_code == 413
    assert "删短" in page.text


def test_a_database_that_fails_keeps_the_words_and_the_token(phone: FlaskClient, engine: Engine) -> None:
    fields = filled(phone)
    Record.metadata.drop_all(engine)

    page = phone.post("/F/A03", data=fields)

    assert page.status_code == 503
    assert words_in(page.text) == "垃圾桶满了三天"
    assert f'value="{fields["token"]}"' in page.text


def test_no_address_of_a_phone_is_kept(phone: FlaskClient, engine: Engine) -> None:
    phone.post("/F/A03", data=filled(phone), environ_base={"REMOTE_ADDR": "203.0.113.77"})

    with engine.connect() as connection:
        every = [
            str(row) for table in Record.metadata.sorted_tables for row in connection.execute(select(table))
        ]
    assert every
    assert not any("203.0.113.77" in row for row in every)


# The receipt


def test_a_receipt_opens_the_state_and_later_the_answer(phone: FlaskClient, engine: Engine) -> None:
    fields = filled(phone, words="楼上602吵，电话13812345678")
    seen = re.search(r'name="seen" value="([^"]+)"', phone.post("/F/A03", data=fields).text)
    assert seen
    number = digits(phone.post("/F/A03", data={**fields, "seen": seen[1]}).text)

    page = phone.post("/R", data={"receipt": receipt.grouped(number)})

    assert page.status_code == 200
    assert "已收到" in page.text
    assert "楼上〔住户〕吵，电话〔电话〕" in page.text
    with db.session(engine) as rows:
        report = rows.get_one(Report, 1)
        report.state = State.RESOLVED
        rows.add(Answer(report_id=1, summary="s", words="已经清运", author="li", written=NOON))
    answered = phone.post("/R", data={"receipt": number}).text
    assert "已办结待确认" in answered
    assert "已经清运" in answered


def test_a_case_that_was_answered_and_re_opened_promises_a_day_that_is_not_over(
    phone: FlaskClient, engine: Engine, home: Home, clock: Clock
) -> None:
    number = digits(send(phone).text)
    assert "2026年12月2日" in phone.post("/R", data={"receipt": number}).text
    with db.session(engine) as rows:
        report = rows.get_one(Report, 1)
        li, said = Actor(By.REVIEWER, "li"), Given(words="已经清运")
        casework.take(rows, home, CONFIG, report, Action.RESOLVE, li, NOON, said)
        clock.at = NOON + timedelta(days=28)
        casework.take(rows, home, CONFIG, report, Action.REOPEN, RESIDENT, clock.at)

    page = phone.post("/R", data={"receipt": number}).text

    assert "重新办理" in page
    assert "2026年12月30日" in page and "2026年12月2日" not in page


def test_a_promise_stays_though_the_topic_promises_otherwise_since(
    phone: FlaskClient, engine: Engine, home: Home
) -> None:
    number = digits(send(phone).text)
    slower = msgspec.structs.replace(
        CONFIG, topics=Topics((Topic("waste", "生活垃圾清运", "Rubbish", days=30),))
    )

    page = create_app(home, slower, engine).test_client().post("/R", data={"receipt": number}).text

    assert "2026年12月2日" in page


def test_words_that_were_erased_are_said_to_be_so(phone: FlaskClient, engine: Engine) -> None:
    number = digits(send(phone).text)
    with db.session(engine) as rows:
        report = rows.get_one(Report, 1)
        report.words, report.erased = "", NOON

    assert "原话已删除" in phone.post("/R", data={"receipt": number}).text


def test_a_topic_breaks_between_words_only_and_once_if_english_is_the_same(
    home: Home, engine: Engine
) -> None:
    topics = Topics(
        (Topic("a", "楼道堆物与<飞线>充电", "楼道堆物与<飞线>充电"), Topic("b", "污水、积水", "Water"))
    )

    page = create_app(home, Config(topics=topics), engine).test_client().get("/F").text

    assert page.count("楼道堆物<wbr>与&lt;飞线&gt;充电") == 1
    assert '污水、<wbr>积水 <small lang="en">Water' in page


def test_a_typing_error_is_said_and_what_was_typed_stays(phone: FlaskClient) -> None:
    page = phone.post("/R", data={"receipt": "000 000 0001"})

    assert page.status_code == 422
    assert "可能有一位写错了" in page.text
    assert 'value="000 000 0001"' in page.text


@pytest.mark.parametrize("typed", ["", "\0", "1" * 100_0, '"><script>alert(1)</script>', "٠" * 10])
def test_what_cannot_be_a_receipt_is_answered_in_words(phone: FlaskClient, typed: str) -> None:
    page = phone.post("/R", data={"receipt": typed})

    assert page.status_code == 422
    assert "<script>alert" not in page.text


def test_unknown_receipts_all_get_the_same_answer_and_soon_a_rest(phone: FlaskClient) -> None:
    first, *others = [phone.post("/R", data={"receipt": receipt.receipt(n)}) for n in range(WRONG)]

    assert first.status_code == 404
    blank = [re.sub(r'value="\d+"', "", page.text) for page in (first, *others)]
    assert len(set(blank)) == 1
    resting = phone.post("/R", data={"receipt": receipt.receipt(999)})
    assert resting.status_code == 429
    assert "十分钟" in resting.text


def test_slips_of_the_finger_are_never_braked(phone: FlaskClient) -> None:
    pages = [phone.post("/R", data={"receipt": "0000000001"}) for _ in range(WRONG * 2)]

    assert {page.status_code for page in pages} == {422}


# The board


def test_an_empty_board_is_calm(phone: FlaskClient) -> None:
    page = phone.get("/")

    assert page.status_code == 200
    assert "还没有公开的答复" in page.text


def test_the_board_shows_what_is_published_and_hides_who_it_was(
    phone: FlaskClient, engine: Engine, home: Home
) -> None:
    published(engine, home, "垃圾桶满了", "请联系13812345678，<b>已清运</b>")
    published(engine, home, "还没有公开的事", "x", published=None)
    published(engine, home, "撤回的事", "x", withdrawn=NOON)

    page = phone.get("/").text

    assert "垃圾桶满了" in page
    assert "请联系〔电话〕，&lt;b&gt;已清运&lt;/b&gt;" in page
    assert "2026-0001" in page
    assert "还没有公开的事" not in page
    assert "撤回的事" not in page


def test_the_board_counts_this_month_and_the_longest_wait(
    phone: FlaskClient, engine: Engine, home: Home, clock: Clock
) -> None:
    published(engine, home, "已答复", "x")
    send(phone)
    october = datetime(2026, 10, 31, 15, 59, tzinfo=UTC)  # the last minute of October in Shanghai
    register.receive(engine, load(home), Submission("t", "waste", "", "", "很久了", "zh", october))

    page = phone.get("/").text

    counts = re.findall(r"<b>(\d+)", page)
    assert counts == ["2", "1", "27"]


# Every page


def test_every_page_carries_strict_headers(phone: FlaskClient) -> None:
    for path in ("/", "/F/A03", "/R", "/nope"):
        headers = phone.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [("GET", "/nope", 404), ("GET", "/F/A03/more", 404), ("DELETE", "/F/A03", 405), ("PUT", "/", 405)],
)
def test_what_is_not_there_is_said_in_both_languages(
    phone: FlaskClient, method: str, path: str, code: int
) -> None:
    page = phone.open(path, method=method)

    assert page.status_code == code
    assert "我要说一件事" in page.text
    assert "Tell us something" in page.text
    assert ("Allow" in page.headers) == (code == 405)


def test_a_fault_of_ours_is_a_page_in_words(home: Home, engine: Engine) -> None:
    app = create_app(home, CONFIG, engine)
    Record.metadata.drop_all(engine)

    page = app.test_client().get("/")

    assert page.status_code == 500
    assert "出了点问题" in page.text
    assert "Traceback" not in page.text


@pytest.mark.parametrize("host", ["evil.example", 'x"><script>', "a..b", "x" * 300])
def test_the_host_header_is_never_repeated(phone: FlaskClient, host: str) -> None:
    for path in ("/F/A03", "/", "//F/A03", "/nope"):
        page = phone.get(path, headers={"Host": host})
        assert page.status_code in (200, 400, 404)
        assert host not in page.text
        assert "Location" not in page.headers


def test_no_answer_is_promised_for_a_holiday() -> None:
    before_national_day = datetime(2026, 9, 30, 4, tzinfo=UTC)
    promised = days.due(before_national_day, 1, CONFIG.settings.zone, holidays.shipped())

    assert promised.zh == "2026年10月8日（星期四）"
