"""Two editors on one slide, or a hand on its file: who comes second is told, and nothing is lost."""

import tomllib
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from form_fields import fields_of
from office import Browser, Desk, desk
from test_staff_slides import paint, prove

from admin import conflict
from kiosk.files import Home

CARD = (
    '# 老王写的\ntemplate = "notice"\ntitle = "停水通知"\n\n[fields]\nbody = "周六停水"\nissuer = "居委会"\n'
)


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        paint(home.content / "图.png")
        (home.content / "图.toml").write_text('# 说明\ntitle = "花园"\nseconds = 8\n', "utf-8")
        (home.content / "卡.toml").write_text(CARD, "utf-8")
        (home.content / "文.txt").write_text("停水\n周六停水\n", "utf-8")
        prove(made)
        yield made


def opened(browser: Browser, file: str) -> dict[str, list[str]]:
    return fields_of(browser.get(f"/slide/{file}").text)


def save(browser: Browser, file: str, fields: dict[str, list[str]], **typed: str) -> Any:
    return browser.post(f"/slide/{file}", {**fields, **typed})


def said(here: Desk, name: str) -> dict[str, Any]:
    return tomllib.loads((here.home.content / name).read_text("utf-8"))


KINDS = [
    ("卡.toml", "field.body", "周日停水", "周一停水"),
    ("图.png", "title", "小花园", "大花园"),
    ("文.txt", "field.text", "停水\n周日停水", "停水\n周一停水"),
]


def by_hand(here: Desk, file: str, new: str) -> None:
    """As somebody would at the machine itself, with an editor."""
    if file == "文.txt":
        (here.home.content / file).write_text(new, "utf-8")
        return
    path = (here.home.content / file).with_suffix(".toml")
    old = {"卡.toml": "周六停水", "图.png": "花园"}[file]
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.parametrize(("file", "field", "first", "second"), KINDS)
@pytest.mark.parametrize("way", ["in the browser", "by hand"])
def test_who_saves_second_sees_both_and_chooses(
    here: Desk, file: str, field: str, first: str, second: str, way: str
) -> None:
    mine, yours = here.logged_in(), here.logged_in()
    fields = opened(mine, file)
    if way == "by hand":
        by_hand(here, file, first)
    else:
        assert save(yours, file, opened(yours, file), **{field: first}).status_code == 302
    there = {path.name: path.read_bytes() for path in here.home.content.iterdir()}

    answer = save(mine, file, fields, **{field: second})
    kept = {path.name: path.read_bytes() for path in here.home.content.iterdir()}
    page, again = unescape(answer.text), fields_of(answer.text)

    assert answer.status_code == 409 and kept == there
    assert "别人改过它" in page and first in page and second in page
    assert save(mine, file, again).status_code == 302
    assert unescape(opened(mine, file)[field][0]).strip() == second


@pytest.mark.parametrize(("file", "field", "first", "second"), KINDS)
def test_what_stands_there_now_can_be_chosen_over_what_was_typed(
    here: Desk, file: str, field: str, first: str, second: str
) -> None:
    browser = here.logged_in()
    fields = opened(browser, file)
    by_hand(here, file, first)

    again = fields_of(save(browser, file, fields, **{field: second}).text)
    answer = save(browser, file, again, **{f"take.{field}": "theirs"})

    assert answer.status_code == 302 and opened(browser, file)[field][0].strip() == first


def test_changes_to_different_fields_are_put_together_and_told(here: Desk) -> None:
    browser = here.logged_in()
    fields = opened(browser, "卡.toml")
    by_hand(here, "卡.toml", "周日停水")

    answer = save(browser, "卡.toml", fields, **{"field.issuer": "物业"})
    again = fields_of(answer.text)
    save(browser, "卡.toml", again)

    assert answer.status_code == 409 and "已经填在下面" in answer.text and again["field.body"] == ["周日停水"]
    assert said(here, "卡.toml")["fields"] == {"body": "周日停水", "issuer": "物业"}
    assert "# 老王写的" in (here.home.content / "卡.toml").read_text("utf-8")


def test_a_third_change_between_is_told_again(here: Desk) -> None:
    browser = here.logged_in()
    fields = opened(browser, "卡.toml")
    by_hand(here, "卡.toml", "周日停水")
    again = fields_of(save(browser, "卡.toml", fields, **{"field.body": "周一停水"}).text)
    text = (here.home.content / "卡.toml").read_text("utf-8")
    (here.home.content / "卡.toml").write_text(text.replace("周日", "周二"), "utf-8")

    answer = save(browser, "卡.toml", again)

    assert answer.status_code == 409 and "周二停水" in answer.text and "周一停水" in answer.text


def test_a_file_that_was_only_written_anew_is_no_conflict(here: Desk) -> None:
    browser = here.logged_in()
    fields = opened(browser, "卡.toml")
    (here.home.content / "卡.toml").write_text(CARD.replace("# 老王写的", "# 老王又来过"), "utf-8")

    answer = save(browser, "卡.toml", fields, **{"field.body": "周一停水"})

    assert answer.status_code == 302
    assert "# 老王又来过" in (here.home.content / "卡.toml").read_text("utf-8")


@pytest.mark.parametrize(("file", "field", "first", "second"), KINDS)
def test_what_was_typed_into_a_slide_that_was_removed_is_shown(
    here: Desk, file: str, field: str, first: str, second: str
) -> None:
    mine, yours = here.logged_in(), here.logged_in()
    fields = opened(mine, file)
    yours.post(f"/remove/{file}")

    answer = save(mine, file, fields, **{field: second})
    page = unescape(answer.text)

    assert answer.status_code == 409 and second in page and "被移除了" in page
    assert "/undo/" in page and not (here.home.content / file).exists()


def test_what_was_typed_into_a_removed_card_becomes_a_draft(here: Desk) -> None:
    browser = here.logged_in()
    fields = opened(browser, "卡.toml")
    (here.home.content / "卡.toml").unlink()

    answer = save(browser, "卡.toml", fields, **{"field.body": "周一停水"})
    sent = {name: value for name, value in fields_of(answer.text, "again").items() if name != "csrf"}
    kept = browser.post("/write/notice", {**sent, "do": "draft"})

    assert answer.status_code == 409 and kept.status_code == 302
    assert said(here, "_停水通知.toml")["fields"]["body"] == "周一停水"


def test_what_was_chosen_is_told_in_words(here: Desk) -> None:
    mine, card = here.logged_in(), here.home.content / "卡.toml"
    fields = opened(mine, "卡.toml")
    card.write_text(CARD + 'tone = "ocean"\n', "utf-8")

    both = save(mine, "卡.toml", fields, **{"field.tone": "pine"}).text
    mine.post("/remove/卡.toml")
    gone = save(mine, "卡.toml", fields, **{"field.tone": "pine"}).text

    told = both.partition('class="apart"')[2].partition("<fieldset class")[0]
    assert "松绿" in told and "海蓝" in told and "ocean" not in told
    assert ">松绿</textarea>" in gone and 'name="field.tone" value="pine"' in gone


def test_days_hours_places_and_the_transition_are_told_in_words(here: Desk) -> None:
    mine, card = here.logged_in(), here.home.content / "卡.toml"
    fields = opened(mine, "卡.toml")
    show = 'days = ["sat", "sun"]\nuntil = 2026-12-31\nhours = ["08:00-20:00"]\nplaces = ["A03"]'
    keys = 'transition = "push-left"\npriority = "insert"'
    card.write_text(CARD.replace("[fields]", f"{keys}\n[show]\n{show}\n[fields]"), "utf-8")

    typed = {"transition": "wipe", "repeat": "monthday", "monthday_day": "15"}
    page = save(mine, "卡.toml", fields, **typed).text

    told = page.partition('class="apart"')[2].partition("<fieldset class")[0]
    for words in ("周六、周日", "每月15日", "12月31日", "08:00–20:00", "向左推", "擦除", "插播"):
        assert words in told, words
    for code in ("sat sun", "push-left", "monthday", "2026-12-31", "insert", "其他设置"):
        assert f">{code}<" not in told and f"</small>{code}" not in told, code


@pytest.mark.parametrize("name", ["卡.toml", "图.toml"])
def test_a_file_that_was_broken_by_hand_between_loses_nobody_their_words(here: Desk, name: str) -> None:
    browser, file = here.logged_in(), "卡.toml" if name == "卡.toml" else "图.png"
    fields = opened(browser, file)
    (here.home.content / name).write_text("title = ", "utf-8")

    answer = save(browser, file, fields, title="周一停水")

    assert answer.status_code in (409, 422) and "周一停水" in unescape(answer.text)
    assert (here.home.content / name).read_text("utf-8") == "title = "


def test_a_slide_of_which_both_say_the_same_is_saved(here: Desk) -> None:
    browser = here.logged_in()
    fields = opened(browser, "卡.toml")
    by_hand(here, "卡.toml", "周日停水")

    assert save(browser, "卡.toml", fields, **{"field.body": "周日停水"}).status_code == 302


def test_a_field_of_which_nobody_knows_what_it_was_is_of_both() -> None:
    found = conflict.settled({}, {"a": "1", "b": "2"}, {"a": "1", "b": "3"})

    assert (found.theirs, found.clashes) == (frozenset(), ("b",))


@pytest.mark.parametrize("given", ["", "[", "[]", "3", '{"a": 1}', "{" * 5000])
def test_a_hidden_field_that_was_tampered_with_says_nothing(given: str) -> None:
    assert conflict.unpacked(given) == {}


def test_texts_come_through_the_form_as_they_were() -> None:
    texts = {"title": '“引号” "x"\n第二行', "field.body": "<b>\\"}

    assert conflict.unpacked(conflict.packed(texts)) == texts
