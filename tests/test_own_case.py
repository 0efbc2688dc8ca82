"""What a receipt opens, and what its holder may do: each deed is in the rows, and twice is once."""

import io
import re
from datetime import timedelta

import pytest
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from flask.testing import FlaskClient
from PIL import Image
from resident import (  # noqa: F401 - fixtures
    a_clock,
    a_phone,
    an_app,
    answered,
    moved,
    newest,
    opened,
    sent,
    state,
)
from sqlalchemy import Engine, select
from test_public import NOON, Clock
from werkzeug.test import TestResponse

from admin import case_photos, casebook, db
from admin.case_records import Contact, Event, Photo
from admin.public.photos import LARGEST_BODY
from admin.records import Report
from kiosk.files import Home
from kiosk.model import receipt
from kiosk.model.cases import Action, State


def events(engine: Engine) -> list[tuple[str, str, str]]:
    with db.reading(engine) as rows:
        return [(one.action, one.by, one.words) for one in rows.scalars(select(Event).order_by(Event.id))]


def photo(colour: str = "red") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(file, "JPEG")
    file.seek(0)
    return file


def with_photo(
    phone: FlaskClient, number: str, key: str = "a", content: io.BytesIO | None = None, page: str = "case"
) -> TestResponse:
    fields = {"receipt": number, "key": key, "page": page, "photo": (content or photo(), "IMG_1.jpg")}
    return phone.post("/R/photo", data=fields)


def test_the_steps_are_said_in_words_and_the_present_one_is_marked(
    phone: FlaskClient, engine: Engine, home: Home
) -> None:
    number = sent(phone)
    for action, here in ((None, "已收到"), (Action.ACCEPT, "已受理"), (Action.START, "办理中")):
        if action:
            moved(engine, home, action)
        page = opened(phone, number).text
        assert re.search(rf'aria-current="step">{here}<', page), here


def test_a_question_of_staff_is_read_and_replied_to_once(
    phone: FlaskClient, engine: Engine, home: Home
) -> None:
    number = sent(phone)
    moved(engine, home, Action.ASK, words="是哪个单元？")
    assert "是哪个单元？" in opened(phone, number).text

    for _ in range(2):
        page = opened(phone, number, do="reply", words="二单元")
        assert "补充收到了" in page.text
    assert state(engine) is State.IN_PROGRESS
    assert [one for one in events(engine) if one[0] == "reply"] == [("reply", "resident", "二单元")]


def test_a_reply_without_words_is_asked_for_and_nothing_moves(
    phone: FlaskClient, engine: Engine, home: Home
) -> None:
    number = sent(phone)
    moved(engine, home, Action.ASK, words="是哪个单元？")

    page = opened(phone, number, do="reply", words="  ")

    assert "请写几句话" in page.text
    assert state(engine) is State.NEED_INFO


def test_a_yes_closes_the_case_as_the_resident_s_own(phone: FlaskClient, engine: Engine, home: Home) -> None:
    number = sent(phone)
    answered(engine, home)
    assert "办好了吗" in opened(phone, number).text

    page = opened(phone, number, do="yes")

    assert "您确认办好了" in page.text and "办好了吗" not in page.text
    assert (newest(engine).state, newest(engine).closed_by) == (State.CLOSED, "resident")


def test_a_no_opens_it_again_once(phone: FlaskClient, engine: Engine, home: Home) -> None:
    number = sent(phone)
    answered(engine, home)

    page = opened(phone, number, do="again", words="桶还是满的")
    assert "正在重新办理" in page.text
    assert (newest(engine).state, newest(engine).reopened) == (State.REOPENED, 1)
    moved(engine, home, Action.RESOLVE, words="又清了")
    page = opened(phone, number).text
    assert "还没有办好" not in page and "办好了吗" in page

    refused = opened(phone, number, do="again")
    assert "已经凭受理号重新办理过一次" in refused.text
    assert state(engine) is State.RESOLVED


@pytest.mark.parametrize(("days", "offered"), [(30, True), (31, False)])
def test_a_closed_case_is_opened_again_within_thirty_days(
    phone: FlaskClient, engine: Engine, home: Home, clock: Clock, days: int, offered: bool
) -> None:
    number = sent(phone)
    answered(engine, home)
    opened(phone, number, do="yes")
    clock.at = NOON + timedelta(days=days)

    assert ("请重新办理" in opened(phone, number).text) is offered
    opened(phone, number, do="again")
    assert state(engine) is (State.REOPENED if offered else State.CLOSED)


def test_a_rating_is_kept_and_the_last_one_holds(phone: FlaskClient, engine: Engine, home: Home) -> None:
    number = sent(phone)
    assert "还没有答复，现在不能评价" in opened(phone, number, do="rate", stars="5").text
    answered(engine, home)

    opened(phone, number, do="rate", stars="2", words="太慢")
    page = opened(phone, number, do="rate", stars="4")

    assert "评价收到了" in page.text and newest(engine).rating == 4
    assert [one[2] for one in events(engine) if one[0] == "rate"] == ["太慢", ""]


@pytest.mark.parametrize("stars", ["", "0", "6", "٣", "-1", "x"])
def test_a_rating_that_is_none_is_said_to_be_so(
    phone: FlaskClient, engine: Engine, home: Home, stars: str
) -> None:
    number = sent(phone)
    answered(engine, home)

    assert "请先点选一个评价" in opened(phone, number, do="rate", stars=stars).text
    assert newest(engine).rating is None


def test_own_contact_and_photos_are_erased_at_once_and_the_case_goes_on(
    phone: FlaskClient, engine: Engine, home: Home
) -> None:
    number = sent(phone, called="陈阿姨", phone="13812345678", reach="yes")
    with_photo(phone, number)
    assert "删除联系方式和照片" in opened(phone, number).text

    page = opened(phone, number, do="erase")

    assert "联系方式和照片都删除了" in page.text
    with db.reading(engine) as rows:
        assert rows.scalars(select(Contact)).all() == []
        assert [one.state for one in rows.scalars(select(Photo))] == ["erased"]
    assert list(home.photos.glob("*.jpg")) == [] and state(engine) is State.RECEIVED
    assert "不用删除" in opened(phone, number, do="erase").text


def test_a_consent_is_withdrawn(phone: FlaskClient, engine: Engine) -> None:
    number = sent(phone, publish="yes")
    assert newest(engine).consent_publish

    page = opened(phone, number, do="withdraw")

    assert "同意已经撤回" in page.text and newest(engine).consent_publish is None
    assert "撤回公开的同意" not in page.text
    assert [one[:2] for one in events(engine)][-1] == ("withdraw", "resident")


def test_what_is_waited_for_passed_on_and_refused_is_said_in_a_sentence(
    phone: FlaskClient, engine: Engine, home: Home
) -> None:
    number = sent(phone)
    moved(engine, home, Action.WAIT, words="等配件", until=(NOON + timedelta(days=4)).date())
    assert "要等到2026年12月1日（星期二），到时接着办" in opened(phone, number).text

    moved(engine, home, Action.REDIRECT, words="归他们管", whom="区环卫所", phone="028-999")
    assert "已转交区环卫所办理，电话 028-999" in opened(phone, number).text

    sent(phone, words="别的事")
    other = sent(phone, words="广告广告")
    moved(engine, home, Action.REJECT, words="不是事", reason="spam")
    assert "没有受理：广告或没有内容" in opened(phone, other).text


def test_a_merged_case_tells_how_the_other_one_stands(phone: FlaskClient, engine: Engine, home: Home) -> None:
    sent(phone, words="先说的")
    first = newest(engine)
    number = sent(phone, words="后说的")
    moved(engine, home, Action.MERGE, number=first.public_number)
    with db.session(engine) as rows:
        rows.get_one(Report, first.id).state = State.IN_PROGRESS

    page = opened(phone, number).text

    assert f"和编号 {first.public_number} 的那件事一起办" in page
    assert "那件事：正在办理" in page


def test_the_history_hides_notes_of_staff_and_details_of_persons(
    phone: FlaskClient, engine: Engine, home: Home
) -> None:
    number = sent(phone)
    with db.session(engine) as rows:
        report = rows.get_one(Report, newest(engine).id)
        casebook.note(rows, report, "内部的话", casebook.Actor(casebook.By.REVIEWER, "li"), NOON)
    moved(engine, home, Action.ASK, words="请打13812345678")

    page = opened(phone, number).text

    assert "内部的话" not in page and "13812345678" not in page
    assert "办理经过" in page and "请您补充" in page and "请居民" not in page


def test_a_deed_that_we_do_not_know_changes_nothing(phone: FlaskClient, engine: Engine) -> None:
    number = sent(phone)
    before = events(engine)

    assert "看不懂" in opened(phone, number, do="close").text
    assert events(engine) == before


def test_no_deed_is_done_without_the_receipt(phone: FlaskClient, engine: Engine, home: Home) -> None:
    sent(phone)
    answered(engine, home)

    page = opened(phone, receipt.receipt(7), do="yes")

    assert page.status_code == 404 and state(engine) is State.RESOLVED


def test_the_receipt_stays_on_its_page_in_large_letters_and_in_english(phone: FlaskClient) -> None:
    number = sent(phone)

    page = phone.post("/R?big=1&lang=en", data={"receipt": number, "page": "receipt"}).text

    assert '<html lang="en" class="big">' in page and "Received. Thank you" in page
    assert "".join(re.findall(r"<span>(\d+)</span>", page)) == number


# Photos


def test_photos_come_after_the_words_one_at_a_time_and_no_more_than_three(
    phone: FlaskClient, engine: Engine, home: Home
) -> None:
    number = sent(phone)
    for key in "abc":
        page = with_photo(phone, number, key, page="receipt")
        assert page.status_code == 200 and "收到了，谢谢您" in page.text
    assert page.text.count('<li class="kept">') == 3 and 'name="photo"' not in page.text

    again, fourth = (with_photo(phone, number, key) for key in "cd")

    assert again.status_code == 200 and again.text.count('<li class="kept">') == 3
    assert fourth.status_code == 422 and "最多 3 张照片" in fourth.text
    assert len(list(home.photos.glob("*.jpg"))) == 3


def test_a_photo_that_is_sent_twice_is_one(phone: FlaskClient, engine: Engine) -> None:
    number = sent(phone)
    for _ in range(2):
        assert with_photo(phone, number, "same").status_code == 200

    with db.reading(engine) as rows:
        assert len(case_photos.of(rows, newest(engine))) == 1


def test_what_is_no_photo_is_refused_in_a_sentence_and_the_words_are_kept(
    phone: FlaskClient, engine: Engine
) -> None:
    number = sent(phone)

    page = with_photo(phone, number, content=io.BytesIO(b"GIF89a no"))

    assert page.status_code == 422 and "没有收下" in page.text
    assert '<li class="refused">' in page.text
    assert newest(engine).words == "垃圾桶满了三天"


def test_nobody_keeps_us_busy_with_what_is_no_photo(phone: FlaskClient, engine: Engine) -> None:
    number = sent(phone)
    for key in range(14):
        with_photo(phone, number, str(key), io.BytesIO(b"nothing"))

    with db.reading(engine) as rows:
        assert len(case_photos.of(rows, newest(engine))) == 12


def test_a_photo_without_a_receipt_or_a_file_is_answered_in_words(phone: FlaskClient, engine: Engine) -> None:
    number = sent(phone)

    assert with_photo(phone, "0000000001").status_code == 422
    empty = phone.post("/R/photo", data={"receipt": number, "key": "a", "page": "case"})
    assert empty.status_code == 422 and "还没有选照片" in empty.text


def test_a_photo_may_be_large_and_all_else_may_not(phone: FlaskClient) -> None:
    number = sent(phone)
    heavy = photo().getvalue() + bytes(3_000_000)

    assert with_photo(phone, number, content=io.BytesIO(heavy)).status_code in (200, 422)
    assert phone.post("/R", data={"receipt": number, "words": "x" * 100_000}).status_code == 413
    assert with_photo(phone, number, content=io.BytesIO(bytes(LARGEST_BODY + 1))).status_code == 413
