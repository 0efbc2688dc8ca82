"""The page of a case: its steps, its people, its notes, its photos, and who sees what of it."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from filed import REACH, events, filed, furnish, jpeg, photo, photographed, row, trail
from office import Browser, Desk, desk, field_of

from admin import case_photos, casebook, db, retention
from admin.records import Report
from kiosk.files import Home
from kiosk.model.cases import State

HANDLER, REVIEWER, EDITOR = "handler", "reviewer", "editor"
SAID = "楼上住的人每天夜里敲墙"


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    furnish(home)
    with desk(home) as made:
        for role in (HANDLER, REVIEWER, EDITOR):
            made.add_account(role, role=role)
        yield made


def page(browser: Browser, number: str) -> str:
    return browser.get(f"/report/{number}").text


def take(browser: Browser, case: str, action: str, /, **fields: str) -> tuple[int, str]:
    sent = browser.post(f"/report/{case}/move", {"action": action, **fields})
    return sent.status_code, sent.text if sent.status_code != 302 else browser.get(sent.location).text


def section(text: str, name: str) -> str:
    """The part of the page with that id, up to the next one."""
    return text.partition(f'id="{name}"')[2].partition("</section>")[0]


def test_the_page_says_how_the_case_stands_where_and_until_when(here: Desk) -> None:
    number = filed(here)

    text = page(here.logged_in(), number)

    assert "3号楼门口的路灯不亮" in text and "还没有人受理。" in text and "2026-11-30 前答复" in text
    assert re.findall(r'<li class="(\w+)"[^>]*><span>([^<]+)', text) == [
        ("now", "已收到"), ("ahead", "已受理"), ("ahead", "办理中"),
        ("ahead", "已办结待确认"), ("ahead", "已结案"),
    ]  # fmt: skip


def test_the_way_of_a_case_has_its_days(here: Desk) -> None:
    number, browser = filed(here), here.logged_in()
    take(browser, number, "accept")
    here.clock.passes(hours=26)

    _, text = take(here.logged_in(), number, "start")

    assert re.findall(r'class="(past|now)".*?<span>([^<]+)</span><time[^>]*>([^<]+)', text) == [
        ("past", "已收到", "11-23 12:00"), ("past", "已受理", "11-23 12:00"),
        ("now", "办理中", "11-24 14:00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "steps"),
    [
        ("值班室", {"accept", "start", "ask", "wait", "redirect", "merge", "reject"}),
        (REVIEWER, {"accept", "start", "ask", "wait", "redirect", "merge", "reject"}),
        (HANDLER, {"accept", "start", "ask", "wait"}),
    ],
)
def test_the_buttons_are_the_steps_that_are_possible_for_whoever_looks(
    here: Desk, who: str, steps: set[str]
) -> None:
    text = page(here.logged_in(who), filed(here))

    assert set(re.findall(r'name="action" value="(\w+)"', text)) == steps


def test_what_a_step_lacks_is_said_at_its_fields_and_what_was_typed_is_kept(here: Desk) -> None:
    number, browser = filed(here), here.logged_in()

    code, text = take(browser, number, "redirect", whom="街道城管科")

    assert code == 422 and row(here, number).state is State.RECEIVED
    assert 'id="wrong-redirect-phone"' in text and 'id="wrong-redirect-words"' in text
    assert 'id="wrong-redirect-whom"' not in text and 'value="街道城管科"' in text
    assert re.search(r"<details class=\"fold\" open><summary>转交别的单位", text)


def test_a_step_with_all_it_needs_moves_the_case_and_the_page_says_where_it_is(here: Desk) -> None:
    number, browser = filed(here), here.logged_in()

    code, text = take(browser, number, "wait", until="2026-11-26", words="等配件")

    assert code == 302 and "等到 2026-11-26" in text and "等配件" in section(text, "history")
    _, text = take(browser, number, "redirect", whom="城管科", phone="028-1", words="归他们管")
    assert "已转给城管科，电话 028-1。" in text
    _, text = take(browser, filed(here, "另一件事"), "reject", reason="untrue", words="现场看过")
    assert "没有受理：到现场看过，情况不符。" in text


def test_a_step_that_is_not_possible_any_more_is_said_on_the_page(here: Desk) -> None:
    number, browser = filed(here), here.logged_in()

    code, text = take(browser, number, "confirm")

    assert code == 422 and "不能“确认办好，结案”" in text and "3号楼门口的路灯不亮" in text


def test_more_words_than_anybody_reads_are_refused_at_the_field(here: Desk) -> None:
    number, browser = filed(here), here.logged_in()

    code, text = take(browser, number, "ask", words="长" * 501)

    assert code == 422 and 'id="wrong-ask-words"' in text and "最多 500 个字" in text


def test_sentences_for_the_topic_fill_the_box_those_in_the_residents_language_first(here: Desk) -> None:
    chinese, english = filed(here), filed(here, "the lamp is broken", language="en")

    texts = [section(page(here.logged_in(), number), "answer-part") for number in (chinese, english)]

    for text in texts:
        assert "已经修好，今晚起恢复使用。" in text and "It is repaired and works from tonight." in text
    first = [re.findall(r'<button type="button" lang="([\w-]+)"', text)[0] for text in texts]
    assert first == ["zh-CN", "en"]


def test_a_note_is_for_staff_alone(here: Desk) -> None:
    number, browser = filed(here), here.logged_in(HANDLER)

    browser.post(f"/report/{number}/note", {"words": "和物业约了下午"})
    empty = browser.post(f"/report/{number}/note", {"words": " "})

    assert events(here, number)[-1] == ("note", HANDLER, "和物业约了下午")
    assert re.search(r'<li class="inner">.*?内部备注.*?和物业约了下午', page(browser, number), re.DOTALL)
    assert empty.status_code == 422 and 'id="wrong-note-words"' in empty.text
    with db.reading(here.engine) as rows:
        assert [one.action for one in casebook.history(rows, row(here, number), public=True)] == ["receive"]


def test_a_case_is_given_to_those_who_handle_cases_and_nobody_else(here: Desk) -> None:
    number, browser = filed(here), here.logged_in()

    given = browser.post(f"/report/{number}/assign", {"account": HANDLER})
    wrong = [browser.post(f"/report/{number}/assign", {"account": name}) for name in (EDITOR, "没有这人")]

    assert given.status_code == 302 and row(here, number).assigned_to == HANDLER
    assert [one.status_code for one in wrong] == [422, 422] and "没有这个人" in wrong[0].text
    offered = re.findall(r'<option value="([^"]*)"', section(page(browser, number), "assign"))
    assert offered[:4] == ["", "值班室", HANDLER, REVIEWER]


def test_a_handler_sees_place_and_problem_but_no_contact(here: Desk) -> None:
    number, browser = filed(here, contact=REACH), here.logged_in(HANDLER)

    text, look = page(browser, number), browser.post(f"/report/{number}/contact")

    assert "3号楼门口" in text and "路灯不亮" in text
    assert (
        look.status_code == 403 and REACH.phone not in text + look.text and REACH.name not in text + look.text
    )
    assert "只给管理员和审核看" in text and trail(here) == []


def test_a_contact_is_behind_a_button_and_every_look_is_in_the_trail(here: Desk) -> None:
    number, browser = filed(here, contact=REACH), here.logged_in(REVIEWER)
    before = page(browser, number)

    looks = [browser.post(f"/report/{number}/contact") for _ in range(2)]

    assert REACH.phone not in before and "查看联系方式" in before
    for look in looks:
        assert (
            REACH.phone in look.text
            and REACH.name in look.text
            and look.headers["Cache-Control"] == "no-store"
        )
    assert trail(here) == [(REVIEWER, "contact.look", number)] * 2
    assert REACH.phone not in page(browser, number)


def test_the_deadline_turns_amber_and_red_in_words(here: Desk) -> None:
    number = filed(here)

    def badge() -> list[str]:
        return re.findall(r'badge (light-\w+)">([^<]+)', page(here.logged_in(), number))

    assert badge() == []
    here.clock.passes(days=4)
    assert badge() == [("light-amber", "还有 3 天")]
    here.clock.passes(days=5)
    assert badge() == [("light-red", "已超期 2 天")]


def test_a_deadline_is_extended_once_with_a_reason_that_the_resident_reads(here: Desk) -> None:
    number, browser = filed(here), here.logged_in(REVIEWER)
    path = f"/report/{number}/extend"

    wordless = browser.post(path, {"until": "2026-12-04", "words": ""})
    sunday = browser.post(path, {"until": "2026-12-06", "words": "等配件"})
    good = browser.post(path, {"until": "2026-12-04", "words": "等配件"})
    text = page(browser, number)

    assert [one.status_code for one in (wordless, sunday, good)] == [422, 422, 302]
    assert 'id="wrong-extend-words"' in wordless.text and 'id="wrong-extend-until"' in sunday.text
    assert "等配件" in sunday.text and "2026-12-04 前答复" in text and "延过一次" in text
    assert 'id="extend"' not in text
    assert here.logged_in(HANDLER).post(path, {"until": "2026-12-07", "words": "x"}).status_code == 403


def test_like_cases_are_suggested_merged_and_counted(here: Desk) -> None:
    first = filed(here, "3号楼门口路灯坏了，晚上很黑")
    second = filed(here, "门口的路灯坏了，晚上看不见台阶", place="SCREEN")
    filed(here, "晚上广场舞声音太大", topic="noise", place="SCREEN")
    browser = here.logged_in()
    suggested = section(page(browser, second), "nearby")

    assert re.findall(r"<b>([\d-]+)</b>", suggested) == [first]
    code, text = take(browser, second, "merge", number=first)

    assert code == 302 and f"已合并到 {first}" in text
    assert row(here, first).supporters == 1 and "还有 1 人遇到" in page(browser, first)
    assert 'name="number"' not in section(page(here.logged_in(HANDLER), first), "nearby")


def test_a_photo_is_covered_before_others_may_see_it(here: Desk) -> None:
    number, browser = filed(here), here.logged_in(HANDLER)
    id_ = photographed(here, number)
    path = f"/report/{number}/photo/{id_}"

    before = browser.get(f"{path}.jpg?shown=1")
    boxes = {"left": ["50", ""], "top": ["50", ""], "width": ["10", ""], "height": ["10", ""]}
    sent = browser.post(path, boxes)
    after = browser.get(f"{path}.jpg?shown=1")

    assert before.status_code == 422 and sent.status_code == 302 and after.status_code == 200
    assert photo(here, id_).state == "redacted" and "已遮挡" in page(browser, number)
    assert field_of(browser.get(path), "left") or 'value="50.0"' in browser.get(path).text
    assert (
        after.data != browser.get(f"{path}.jpg").data
        and after.headers["Cache-Control"] == "private, no-store"
    )
    assert (HANDLER, "photo.redact", number) in trail(here)


def test_a_photo_belongs_to_its_case(here: Desk) -> None:
    number, other, browser = filed(here), filed(here, "另一件事"), here.logged_in()
    id_ = photographed(here, number)

    assert browser.get(f"/report/{other}/photo/{id_}").status_code == 404
    assert browser.get(f"/report/{other}/photo/{id_}.jpg").status_code == 404
    assert browser.post(f"/report/{other}/photo/{id_}").status_code == 404


def test_staff_add_a_photo_of_how_it_is_now_and_what_is_none_is_refused_with_its_reason(here: Desk) -> None:

    number, browser = filed(here), here.logged_in()
    path = f"/report/{number}/photos"

    good = browser.post(path, {"photo": (io.BytesIO(jpeg()), "now.jpg")})
    bad = browser.post(path, {"photo": (io.BytesIO(b"no picture"), "now.jpg")})
    none = browser.post(path)

    assert ["done=" in one.location for one in (good, bad, none)] == [True] * 3
    assert "照片已收下" in browser.get(good.location).text
    assert "没有收下" in section(browser.get(bad.location).text, "photos")
    assert "还没有选照片" in browser.get(none.location).text
    with db.reading(here.engine) as rows:
        assert [one.state for one in case_photos.of(rows, row(here, number))] == ["new", "refused"]


def test_words_that_are_erased_are_on_no_page(here: Desk) -> None:
    number = filed(here)
    with db.session(here.engine) as rows:
        report = rows.get_one(Report, row(here, number).id)
        report.words, report.erased = "", here.clock()

    text = page(here.logged_in(), number)

    assert "原话已删除" in text and "blockquote" not in section(text, "standing")


def test_what_residents_ask_us_to_erase_is_gone_at_once_and_the_tombstone_stays(here: Desk) -> None:
    number = filed(here, SAID, contact=REACH)
    browser = here.logged_in()
    browser.post(f"/report/{number}/note", {"words": "打过两次电话"})
    browser.post(f"/report/{number}/photos", {"photo": (io.BytesIO(jpeg()), "now.jpg")})
    taken_back = {"action": "reject", "reason": "withdrawn", "words": "按您的要求撤回。"}
    browser.post(f"/report/{number}/move", taken_back)

    unconfirmed = browser.post(f"/report/{number}/forget")
    browser.post(f"/report/{number}/forget", {"asked": "1"})

    assert unconfirmed.status_code == 422 and 'id="wrong-forget-asked"' in unconfirmed.text
    text, report = page(browser, number), row(here, number)
    assert "原话已删除" in text and "按本人要求删除了" in text and 'id="forget"' not in text
    assert (report.words, report.state, report.reason) == ("", State.REJECTED, "withdrawn")
    for gone in (SAID, REACH.phone, "打过两次电话", "按您的要求撤回。"):
        assert not [one for one in here.home.state.glob("kiosk.db*") if gone.encode() in one.read_bytes()]
    assert not list(here.home.photos.iterdir())


def test_what_is_said_after_a_case_was_erased_and_opened_again_is_erased_in_its_turn(here: Desk) -> None:
    number, browser = filed(here, SAID), here.logged_in()
    taken_back = {"action": "reject", "reason": "withdrawn", "words": "按您的要求撤回。"}
    browser.post(f"/report/{number}/move", taken_back)
    browser.post(f"/report/{number}/forget", {"asked": "1"})
    here.clock.passes(hours=1)
    browser.post(f"/report/{number}/move", {"action": "reopen"})
    browser.post(f"/report/{number}/note", {"words": "又打来电话"})
    browser.post(f"/report/{number}/move", taken_back)

    offered = 'id="forget"' in page(browser, number)
    retention.erase(here.engine, here.home, here.clock() + timedelta(days=400))

    assert offered and "forget" in [action for action, _, _ in events(here, number)]
    assert not any(words for _, _, words in events(here, number))


def test_a_case_that_somebody_works_on_is_not_erased(here: Desk) -> None:
    number = filed(here, SAID)
    browser = here.logged_in()

    early = browser.post(f"/report/{number}/forget", {"asked": "1"})

    assert early.status_code == 422 and "这件事还没有结束" in early.text
    assert row(here, number).words == SAID


def test_a_case_that_does_not_exist_is_not_found(here: Desk) -> None:
    browser = here.logged_in()

    for path in ("", "/note", "/assign", "/extend", "/contact", "/move", "/photos", "/forget"):
        sent = (
            browser.get("/report/2026-9999")
            if not path
            else browser.post(f"/report/2026-9999{path}", {"action": "accept", "words": "x"})
        )
        assert sent.status_code == 404, path


def test_there_is_room_for_photos_by_staff_beside_those_of_the_resident(here: Desk) -> None:
    number, browser = filed(here), here.logged_in()
    for key in ("a", "b", "c", "d"):
        photographed(here, number, key=key)

    browser.post(f"/report/{number}/photos", {"photo": (io.BytesIO(jpeg()), "now.jpg")})

    with db.reading(here.engine) as rows:
        states = [one.state for one in case_photos.of(rows, row(here, number))]
    assert states == ["new", "new", "new", "refused", "new"]
