"""What those who scan a slide write about: chosen on the slide's page, kept in its sidecar."""

import tomllib
from collections.abc import Iterator

import pytest
from form_fields import fields_of
from office import Desk, desk
from test_staff_slides import edit, paint, prove

from kiosk.files import Home

TOPICS = """
[[topic]]
slug = "noise"
zh = "噪声扰民"
en = "Noise"
[[topic]]
slug = "lamps"
zh = "路灯"
en = "Lights"
"""


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    (home.config / "topics.toml").write_text(TOPICS, "utf-8")
    with desk(home) as made:
        paint(home.content / "a.png")
        prove(made)
        yield made


def test_a_topic_is_written_kept_and_cleared_again(here: Desk) -> None:
    browser, sidecar = here.logged_in(), here.home.content / "a.toml"

    edit(browser, "a.png", topic="noise")
    chosen = tomllib.loads(sidecar.read_text("utf-8"))
    edit(browser, "a.png", seconds="20")
    kept = tomllib.loads(sidecar.read_text("utf-8"))
    edit(browser, "a.png", topic="")
    cleared = tomllib.loads(sidecar.read_text("utf-8"))

    assert (chosen, kept) == ({"topic": "noise"}, {"topic": "noise", "seconds": 20})
    assert cleared == {"seconds": 20}


def test_the_page_names_the_topics_and_says_what_the_choice_does(here: Desk) -> None:
    browser = here.logged_in()

    page, english = browser.get("/slide/a.png").text, browser.get("/slide/a.png?lang=en").text

    assert "不指定" in page and "噪声扰民" in page and "扫这张画面的码，表单里已经选好这一类。" in page
    assert "none chosen" in english and ">Noise<" in english


def test_a_topic_that_is_in_the_list_no_more_stays_until_another_is_chosen(here: Desk) -> None:
    sidecar = here.home.content / "a.toml"
    sidecar.write_text('topic = "gone"\n')
    browser = here.logged_in()

    code, _ = edit(browser, "a.png", seconds="20")
    refused, page = edit(browser, "a.png", topic="no-such")

    assert code == 302 and refused == 422 and "没有这个分类。" in page
    assert tomllib.loads(sidecar.read_text()) == {"topic": "gone", "seconds": 20}


def test_topics_of_two_editors_are_told_in_words(here: Desk) -> None:
    browser, sidecar = here.logged_in(), here.home.content / "a.toml"
    sidecar.write_text('topic = "lamps"\n')
    fields = fields_of(browser.get("/slide/a.png").text)
    sidecar.write_text("seconds = 9\n")

    cleared = browser.post("/slide/a.png", {**fields, "topic": "noise"})
    told = cleared.text.partition('class="apart"')[2].partition('id="when"')[0]

    assert cleared.status_code == 409 and sidecar.read_text() == "seconds = 9\n"
    assert "意见的分类" in told and "噪声扰民" in told and "不指定" in told
    assert "noise" not in told and "lamps" not in told and "其他设置" not in told
