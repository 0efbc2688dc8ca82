"""From a report to its answer on the screen, and off it again."""

import io
import re
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from office import Browser, Desk, desk, field_of
from PIL import Image
from sqlalchemy import select

from admin import db, inbox, register, secrets
from admin.records import Report, Trail
from admin.submission import Submission
from kiosk import library
from kiosk.files import Home
from kiosk.model.cases import State

SAID, DONE = "路灯不亮，住2单元301的老人出门不便", "已换上新灯泡，有事请打 13800001234"


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    topics = '[[topic]]\nslug = "lamps"\nzh = "公共照明"\nen = "Lights"\n'
    (home.config / "topics.toml").write_text(topics)
    places = '[[place]]\nslug = "A03"\nname = "3号楼门口"\nen = "Entrance 3"\n'
    (home.config / "places.toml").write_text(places)
    with desk(home) as made:
        yield made


def report(
    here: Desk, words: str = "3号楼门口的路灯不亮，我姓王", token: str = "t", *, publish: bool = False
) -> str:
    """A resident's report; returns its public number."""
    sent = Submission(
        token=token, topic="lamps", place="A03", slide="", words=words, language="zh", at=here.clock()
    )
    sent = replace(sent, publish=publish)
    return register.receive(here.engine, secrets.load(here.home), sent).report.public_number


def answer(browser: Browser, number: str, do: str, **changed: str) -> tuple[int, str]:
    """Answer the resident (`keep`), make it public (`publish`), or look at the card (`look`)."""
    door = f"/report/{number}" if do == "keep" else f"/report/{number}/publish"
    page = browser.get(door)
    fields = {
        "version": field_of(page, "version"),
        "said": SAID,
        "done": DONE,
        "do": do,
        "seen": "1",
        **changed,
    }
    sent = browser.post(door, fields, page=door)
    return sent.status_code, sent.text if sent.status_code != 302 else browser.get(sent.location).text


def row(here: Desk, number: str) -> Report:
    with db.reading(here.engine) as rows:
        return rows.scalars(select(Report).where(Report.public_number == number)).one()


def card(here: Desk, number: str) -> dict[str, object]:
    return tomllib.loads((here.home.content / f"answer-{number}.toml").read_text())


def test_the_inbox_shows_the_newest_first_and_what_waits(here: Desk) -> None:
    numbers = []
    for count in range(3):
        numbers.append(report(here, f"第{count}件事", f"t{count}"))
        here.clock.passes(hours=3)
    browser = here.logged_in()
    answer(browser, numbers[1], "keep")

    everything, waiting = browser.get("/inbox").text, browser.get("/inbox?open=1").text

    assert everything.index("第2件事") < everything.index("第1件事") < everything.index("第0件事")
    assert "第1件事" not in waiting and "3 小时前" in waiting and "公共照明 · 3号楼门口" in waiting


def test_the_tab_that_is_marked_is_the_one_that_is_shown(here: Desk) -> None:
    report(here)
    browser = here.logged_in()

    marked = [
        re.findall(r'aria-current="true">([^<]+)', browser.get(path).text)
        for path in ("/inbox", "/inbox?open=1")
    ]

    assert marked == [["全部"], ["等待答复"]]


def test_a_residents_words_are_text_and_never_markup(here: Desk) -> None:
    number = report(here, "<script>alert(1)</script> & 更多")
    browser = here.logged_in()

    for path in ("/inbox", f"/report/{number}"):
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; 更多" in browser.get(path).text


def test_many_reports_come_in_pages(here: Desk) -> None:
    for count in range(51):
        report(here, f"事项{count:02}。", f"t{count}")
        here.clock.passes(minutes=1)
    browser = here.logged_in()

    first, second = browser.get("/inbox").text, browser.get("/inbox?page=2").text

    assert "事项00。" not in first and "第 1 页，共 2 页" in first
    assert "事项00。" in second and browser.get("/inbox?page=3").status_code == 404
    assert browser.get(f"/inbox?page={'9' * 30}").status_code == 404


def test_only_saving_answers_the_case_and_shows_nothing_on_the_screen(here: Desk) -> None:
    number = report(here)

    code, text = answer(here.logged_in(), number, "keep")

    kept = row(here, number)
    assert code == 302 and "屏幕上没有" in text and kept.state is State.RESOLVED
    assert kept.answer and (kept.answer.summary, kept.answer.words, kept.answer.author) == (
        "",
        DONE,
        "值班室",
    )
    assert list(here.home.content.iterdir()) == []


def test_publishing_writes_a_masked_card_that_ends_after_the_days_of_the_settings(here: Desk) -> None:
    number = report(here)

    code, text = answer(here.logged_in(), number, "publish")

    written = card(here, number)
    assert code == 302 and "已公开：屏幕上播放 7 天" in text
    assert [written[key] for key in ("template", "theme", "topic")] == ["answer", "answers", "lamps"]
    assert written["show"] == {"until": here.clock().date() + timedelta(days=7)}
    assert written["fields"] == {
        "said": "路灯不亮，住〔住户〕的老人出门不便",
        "done": "已换上新灯泡，有事请打 〔电话〕",
        "topic": "公共照明",
        "place": "3号楼门口",
        "number": number,
        "date": here.clock().date(),
    }
    kept = row(here, number).answer
    assert kept and kept.slide == f"answer-{number}.toml" and kept.published and not kept.withdrawn


def test_a_published_answer_is_a_slide_of_the_loop(here: Desk) -> None:
    number = report(here)
    answer(here.logged_in(), number, "publish")

    found = library.prove(here.home, here.app.extensions["office"].config, here.decoder)

    assert {slide.file for slide in found.slides} == {f"answer-{number}.toml"} and not found.refused


def test_publishing_again_keeps_what_people_set_on_the_slide(here: Desk) -> None:
    number, browser = report(here), here.logged_in()
    answer(browser, number, "publish")
    path = here.home.content / f"answer-{number}.toml"
    path.write_text("seconds = 20 # longer\n" + path.read_text())
    here.clock.passes(days=3)

    answer(here.logged_in(), number, "publish", done="又修好了")

    assert "seconds = 20 # longer" in path.read_text() and card(here, number)["show"] == {
        "until": here.clock().date() + timedelta(days=7)
    }


def test_an_answer_that_is_on_the_screen_is_changed_where_it_was_made_public(here: Desk) -> None:
    number, browser = report(here), here.logged_in()
    answer(browser, number, "publish")

    code, text = answer(
        browser, number, "keep", version=field_of(browser.get(f"/report/{number}/publish"), "version")
    )
    assert code == 409 and "正在公开" in text and 'id="answer"' not in text
    answer(browser, number, "publish", done="灯泡和开关都换了")

    kept = row(here, number).answer
    assert (
        card(here, number)["fields"]["done"] == "灯泡和开关都换了"
        and kept
        and kept.words == "灯泡和开关都换了"
    )


def test_withdrawing_removes_the_slide_at_once_and_keeps_the_answer(here: Desk) -> None:
    number, browser = report(here), here.logged_in()
    answer(browser, number, "publish")

    browser.post(f"/report/{number}/withdraw")

    kept = row(here, number).answer
    assert list(here.home.content.iterdir()) == []
    assert kept and kept.words == DONE and kept.slide == "" and kept.withdrawn
    assert "从屏幕撤下" not in browser.get(f"/report/{number}").text


def test_what_is_on_the_screen_is_what_the_folder_says(here: Desk) -> None:
    number, browser = report(here), here.logged_in()
    answer(browser, number, "publish")
    assert "答复在屏幕上" in browser.get(f"/report/{number}").text

    (here.home.content / f"answer-{number}.toml").unlink()

    assert "答复在屏幕上" not in browser.get(f"/report/{number}").text


def test_a_case_that_is_opened_again_takes_its_answer_off_the_screen(here: Desk) -> None:
    number, browser = report(here), here.logged_in()
    answer(browser, number, "publish")

    browser.post(f"/report/{number}/move", {"action": "reopen"})

    assert row(here, number).state is State.REOPENED and list(here.home.content.iterdir()) == []


def test_a_case_takes_no_step_that_the_table_does_not_have(here: Desk) -> None:
    number, browser = report(here), here.logged_in()

    wrong = browser.post(f"/report/{number}/move", {"action": "confirm"})
    unknown = browser.post(f"/report/{number}/move", {"action": "lose"})
    right = browser.post(f"/report/{number}/move", {"action": "accept"})

    assert (wrong.status_code, unknown.status_code, right.status_code) == (422, 400, 302)
    assert "不能“确认办好，结案”" in wrong.text and row(here, number).state is State.ACCEPTED


def test_a_step_taken_twice_is_no_mistake(here: Desk) -> None:
    number, browser = report(here), here.logged_in()

    codes = [browser.post(f"/report/{number}/move", {"action": "accept"}).status_code for _ in range(2)]

    assert codes == [302, 302] and row(here, number).state is State.ACCEPTED


def test_publishing_waits_for_whoever_edits_the_slide(here: Desk) -> None:
    number, browser, edits = report(here), here.logged_in(), here.app.extensions["office"].edits
    with ThreadPoolExecutor(1) as threads:
        with edits:
            published = threads.submit(answer, browser, number, "publish")
            with pytest.raises(TimeoutError):
                published.result(0.5)
            assert list(here.home.content.iterdir()) == []

        assert published.result(30)[0] == 302


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [("said", "", "这里还没有写"), ("done", " \n", "这里还没有写"), ("done", "长" * 301, "最多 300 个字")],
)
def test_a_mistake_stands_at_its_field(here: Desk, field: str, typed: str, sentence: str) -> None:
    number = report(here)

    code, text = answer(here.logged_in(), number, "publish", **{field: typed})

    assert code == 422 and sentence in text and f'id="wrong-{field}"' in text
    assert list(here.home.content.iterdir()) == [] and row(here, number).answer is None


def test_who_answers_second_is_told_and_keeps_the_words(here: Desk) -> None:
    number, browser, other = report(here), here.logged_in(), here.logged_in()
    version = field_of(browser.get(f"/report/{number}"), "version")
    here.clock.passes(minutes=1)
    answer(other, number, "keep", done="先来的")

    code, text = answer(browser, number, "publish", version=version, done="后来的")

    assert code == 409 and "有了变化" in text and "后来的" in text
    assert list(here.home.content.iterdir()) == []


def test_the_preview_is_the_masked_card_and_tells_what_was_hidden(here: Desk) -> None:
    number, browser = report(here), here.logged_in()

    looked = browser.script("POST", f"/report/{number}/look", data={"said": SAID, "done": DONE})
    _, page = answer(browser, number, "look")

    assert looked.json and looked.json["hidden"] == ["〔住户〕", "〔电话〕"]
    assert "13800001234" not in looked.json["picture"]
    picture = browser.get(looked.json["picture"])
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.width == 192 and image.height % 104 == 96  # pages, and 8 pixels between them
    assert "公开时会隐去：〔住户〕、〔电话〕" in page and row(here, number).answer is None


def test_a_short_report_is_offered_as_the_matter_with_names_masked(here: Desk) -> None:
    page = here.logged_in().get(f"/report/{report(here, publish=True)}/publish").text

    assert ">3号楼门口的路灯不亮，我姓〔姓名〕</textarea>" in page


def test_every_change_is_in_the_trail(here: Desk) -> None:
    number, browser = report(here), here.logged_in()
    browser.post(f"/report/{number}/move", {"action": "accept"})
    answer(browser, number, "publish")
    browser.post(f"/report/{number}/withdraw")

    with db.reading(here.engine) as rows:
        lines = [(one.account, one.action, one.before, one.after) for one in rows.scalars(select(Trail))]
    moved, resolved, kept, published, withdrawn = lines
    assert moved == ("值班室", "case.move", "received", "accepted")
    assert resolved == ("值班室", "case.move", "accepted", "resolved")
    masked = "路灯不亮，住〔住户〕的老人出门不便\n\n已换上新灯泡，有事请打 〔电话〕"
    assert kept == ("值班室", "answer.keep", "", masked)
    assert published[1] == "answer.publish" and published[3] == withdrawn[2] and "〔电话〕" in published[3]


def test_an_unknown_report_is_not_found(here: Desk) -> None:
    browser = here.logged_in()

    assert browser.get("/report/2026-9999").status_code == 404
    assert browser.post("/report/2026-9999", {"said": "x", "done": "y"}).status_code == 404


def test_ages_are_said_as_people_say_them(here: Desk) -> None:
    at = here.app.extensions["office"].now()
    spans = {"seconds": 5, "minutes": 5, "hours": 5, "days": 8}
    said = [inbox.age(at - timedelta(**{unit: amount}), at).zh for unit, amount in spans.items()]

    assert said == ["刚刚", "5 分钟前", "5 小时前", "8 天前"]
    assert inbox.age(at - timedelta(hours=23), at).zh == "昨天"


def test_a_kept_search_is_a_tab_of_ones_own_and_goes_when_it_is_removed(here: Desk) -> None:
    report(here)
    here.add_account("小李", role="handler")
    browser, other = here.logged_in(), here.logged_in("小李")

    nameless = browser.post("/inbox/views", {"name": " ", "q": "路灯"})
    kept = browser.post("/inbox/views", {"name": "灯", "q": "路灯", "state": "open"})

    assert nameless.status_code == 422 and 'id="wrong-name"' in nameless.text
    assert kept.location.endswith("/inbox?q=%E8%B7%AF%E7%81%AF&state=open")
    tabs = re.findall(r'<a href="([^"]+)"[^>]*>灯</a>', browser.get("/inbox").text)
    assert tabs == ["/inbox?q=路灯&amp;state=open"] and ">灯</a>" not in other.get("/inbox").text
    [id_] = re.findall(r'action="/inbox/views/(\d+)/drop"', browser.get("/inbox").text)
    other.post(f"/inbox/views/{id_}/drop")
    assert ">灯</a>" in browser.get("/inbox").text
    browser.post(f"/inbox/views/{id_}/drop")
    assert ">灯</a>" not in browser.get("/inbox").text


def test_what_is_looked_for_stays_in_the_form_and_on_the_next_page(here: Desk) -> None:
    for count in range(51):
        report(here, f"路灯{count:02}", f"t{count}")
    browser = here.logged_in()

    text = browser.get("/inbox?q=路灯&topic=lamps&state=received").text

    assert 'value="路灯"' in text and '<option value="lamps" selected>' in text
    assert "page=2&amp;q=路灯&amp;state=received&amp;topic=lamps" in text and "共 51 件" in text
    assert "没有找到" in browser.get("/inbox?q=下水道").text
