"""Writing a slide: from a template to a card on the screen, seen before it is there."""

import io
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from form_fields import fields_of
from office import SMALL, Browser, Desk, desk
from PIL import Image
from test_staff_slides import loop_of, paint, trail_of

from admin import examples, writing
from kiosk.files import Home
from kiosk.formats import schema

BODY = "因管网检修，本小区周六上午停水，请提前储水。"
WATER = {"title": "停水通知", "field.body": BODY, "field.issuer": "居民委员会"}


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        yield made


def send(browser: Browser, template: str, do: str, **fields: Any) -> Any:
    return browser.post(f"/write/{template}", {"do": do, **fields})


def look(browser: Browser, template: str, **fields: Any) -> dict[str, Any]:
    """What the script of the page is answered."""
    answer = browser.script("POST", f"/write/{template}", data={"do": "look", **fields})
    assert answer.status_code == 200
    return dict(answer.json or {})


def picture_of(browser: Browser, html: str) -> Image.Image:
    found = re.search(r'src="(/write/look/[^"]+)"', html)
    assert found is not None, html
    return Image.open(io.BytesIO(browser.get(found.group(1)).data)).convert("RGB")


def photo(colour: str = "teal") -> tuple[io.BytesIO, str]:
    written = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(written, "JPEG")
    written.seek(0)
    return written, "小花园.jpg"


def typed(template: str) -> dict[str, str]:
    """The example of a template as somebody would type it."""
    said = tomllib.loads((examples.FOLDER / f"{template}.toml").read_text("utf-8"))
    fields = {
        f"field.{name}": "\n".join(value) if isinstance(value, list) else str(value)
        for name, value in said.get("fields", {}).items()
    }
    return {"title": said["title"], **fields}


@pytest.mark.parametrize("template", [*writing.FIRST, *writing.MORE])
def test_every_template_that_is_offered_is_shown_typed_and_put_up(here: Desk, template: str) -> None:
    browser = here.logged_in()
    paint(here.home.content / "yard.jpg")

    choices = browser.get("/write").text
    pictures = [browser.get(f"/write/example/{one}/{template}.webp") for one in examples.LOOKS]
    form = browser.get(f"/write/{template}").text
    put_up = send(browser, template, "show", **typed(template))

    assert f'href="/write/{template}"' in choices
    assert all(one.mimetype == "image/webp" for one in pictures) and pictures[0].data != pictures[1].data
    assert all(f'name="field.{one.name}"' in form for one in schema.fields(template))
    assert put_up.status_code == 302, put_up.text
    cards = [file for file in loop_of(browser) if file.endswith(".toml")]
    assert [tomllib.loads((here.home.content / one).read_text("utf-8"))["template"] for one in cards] == [
        template
    ]


def test_a_look_draws_the_card_at_the_size_of_the_screen_and_writes_nothing(here: Desk) -> None:
    browser = here.logged_in()

    said = look(browser, "notice", **WATER)

    assert picture_of(browser, said["html"]).size == (192, 96)
    assert "192×96" in said["html"] and said["wrong"] == {}
    assert list(here.home.content.iterdir()) == []


def test_the_picture_is_the_one_that_the_screen_will_show(here: Desk) -> None:
    browser = here.logged_in()
    before = picture_of(browser, look(browser, "slogan", title="多走几步")["html"])

    send(browser, "slogan", "show", title="多走几步")
    after = browser.get("/thumbnail/多走几步.toml?width=960").data

    assert before.tobytes() == Image.open(io.BytesIO(after)).convert("RGB").tobytes()


def test_many_words_become_pages_that_are_leafed_through(here: Desk) -> None:
    browser, many = here.logged_in(), {**WATER, "field.body": BODY * 12}

    first, second, last = (look(browser, "notice", **many, page=page) for page in ("1", "2", "9999"))

    assert "第 1 / " in first["html"] and "第 2 / " in second["html"]
    assert picture_of(browser, first["html"]).tobytes() != picture_of(browser, second["html"]).tobytes()
    assert re.search(r"第 (\d+) / \1 页", last["html"]) and any("页" in one for one in first["notes"])


def test_without_a_script_a_button_shows_the_same_and_keeps_what_is_typed(here: Desk) -> None:
    browser = here.logged_in()

    answer = send(browser, "notice", "look", **WATER)

    assert answer.status_code == 200 and BODY in answer.text and 'value="居民委员会"' in answer.text
    assert picture_of(browser, answer.text).size == (192, 96)


def test_a_card_is_called_as_its_title_and_never_takes_the_place_of_another(here: Desk) -> None:
    browser = here.logged_in()

    for _ in range(2):
        send(browser, "notice", "show", **WATER)
    send(browser, "notice", "show", **(WATER | {"title": "关于 1/2 号楼\n换水表"}))

    assert sorted(path.name for path in here.home.content.iterdir()) == [
        *("停水通知-2.toml", "停水通知.toml", "关于 1-2 号楼 换水表.toml"),
    ]
    assert ("值班室", "slide.write", "停水通知-2.toml") in trail_of(here)


def test_a_draft_is_not_on_the_screen_until_it_is_put_up(here: Desk) -> None:
    browser = here.logged_in()
    send(browser, "notice", "draft", title="停水通知")
    (draft,) = here.home.content.iterdir()
    draft.write_text("# 张师傅来修\n" + draft.read_text("utf-8"), "utf-8")

    listed = unescape(browser.get("/write").text)
    fields = fields_of(browser.get(f"/write/notice?draft={draft.name}").text)
    before = [name for name in loop_of(browser) if not name.startswith("_")]
    put_up = send(browser, "notice", "show", **(fields | {"field.body": BODY}))

    assert draft.name == "_停水通知.toml" and "停水通知" in listed and "接着写" in listed
    assert fields["title"] == ["停水通知"] and before == []
    assert put_up.status_code == 302 and loop_of(browser) == ["停水通知.toml"]
    assert [path.name for path in here.home.content.iterdir()] == ["停水通知.toml"]
    assert "# 张师傅来修" in (here.home.content / "停水通知.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("template", "fields", "until"),
    [
        ("slogan", {"title": "节约用水"}, date(2027, 2, 21)),
        ("slogan", {"title": "节约用水", "keep": "week"}, date(2026, 11, 30)),
        ("slogan", {"title": "节约用水", "keep": "day", "until_day": "2026-12-05"}, date(2026, 12, 5)),
        ("slogan", {"title": "节约用水", "keep": "always"}, None),
        ("countdown", {"title": "元旦", "field.day": "2027-01-01"}, date(2027, 1, 1)),
    ],
)
def test_what_is_written_plays_until_the_usual_day_or_that_which_is_chosen(
    here: Desk, template: str, fields: dict[str, str], until: date | None
) -> None:
    answer = send(here.logged_in(), template, "show", **fields)

    (card,) = here.home.content.iterdir()
    said = tomllib.loads(card.read_text("utf-8"))
    assert answer.status_code == 302 and said.get("show", {}).get("until") == until


def test_a_last_day_that_is_past_is_told_and_nothing_is_put_up(here: Desk) -> None:
    fields = {"title": "节约用水", "keep": "day", "until_day": "2026-11-01"}

    answer = send(here.logged_in(), "slogan", "show", **fields)

    assert answer.status_code == 422 and "最后一天已经过了" in answer.text
    assert not list(here.home.content.iterdir()) and 'value="2026-11-01"' in answer.text


def test_a_draft_keeps_the_last_day_that_was_chosen_for_it(here: Desk) -> None:
    browser = here.logged_in()
    send(browser, "notice", "draft", title="停水通知", keep="week")
    (draft,) = here.home.content.iterdir()
    fields = fields_of(browser.get(f"/write/notice?draft={draft.name}").text)

    send(browser, "notice", "show", **(fields | {"field.body": BODY}))

    said = tomllib.loads((here.home.content / "停水通知.toml").read_text("utf-8"))
    assert said["show"]["until"] == date(2026, 11, 30)


@pytest.mark.parametrize("between", ["by hand", "removed", "broken"])
def test_a_draft_that_was_changed_meanwhile_is_told_and_nothing_is_lost(here: Desk, between: str) -> None:
    browser = here.logged_in()
    send(browser, "notice", "draft", title="停水通知")
    (draft,) = here.home.content.iterdir()
    fields = fields_of(browser.get(f"/write/notice?draft={draft.name}").text)
    by_hand = draft.read_text("utf-8").replace("停水", "停电")
    if between == "removed":
        draft.unlink()
    else:
        draft.write_text(by_hand if between == "by hand" else "title = ", "utf-8")

    answer = send(browser, "notice", "draft", **(fields | {"field.body": BODY}))
    again = send(browser, "notice", "draft", **fields_of(answer.text))

    assert answer.status_code == 409 and BODY in answer.text
    assert again.status_code == 302
    texts = [path.read_text("utf-8") for path in here.home.content.iterdir()]
    assert any(BODY in text for text in texts)
    assert between == "removed" or len(texts) == 2


def test_a_photo_comes_with_its_card_and_is_no_slide_of_its_own(here: Desk) -> None:
    browser = here.logged_in()

    said = look(browser, "picture-text", title="院子变绿了", file=photo())
    fields = {"title": "院子变绿了", "photo": said["photo"]["id"], "field.picture": said["photo"]["name"]}
    before = unescape(browser.get("/").text)
    put_up = send(browser, "picture-text", "show", **fields)

    with picture_of(browser, said["html"]) as drawn:
        assert any(_teal(pixel) for pixel in drawn.get_flattened_data())
    assert "小花园" not in before
    assert put_up.status_code == 302, put_up.text
    assert loop_of(browser) == ["院子变绿了.toml"]
    assert sorted(path.name for path in here.home.content.iterdir()) == ["小花园.jpg", "院子变绿了.toml"]
    assert not list(here.home.incoming.glob("photo-*/whole/*"))


def _teal(pixel: tuple[int, ...]) -> bool:
    red, green, blue = pixel[:3]
    return red < 40 and 100 < green < 160 and 100 < blue < 160


def test_the_photo_of_a_draft_waits_with_it_and_goes_up_with_it(here: Desk) -> None:
    browser = here.logged_in()
    send(browser, "picture-text", "draft", title="院子", file=photo())
    names = sorted(path.name for path in here.home.content.iterdir())
    fields = fields_of(browser.get("/write/picture-text?draft=_院子.toml").text)

    loop = [name for name in loop_of(browser) if not name.startswith("_")]
    put_up = send(browser, "picture-text", "show", **fields)

    assert names == ["_小花园.jpg", "_院子.toml"] and loop == []
    assert put_up.status_code == 302, put_up.text
    assert sorted(path.name for path in here.home.content.iterdir()) == ["小花园.jpg", "院子.toml"]


def test_a_draft_called_as_its_photo_is_does_not_become_the_photo_s_sidecar(here: Desk) -> None:
    browser = here.logged_in()
    send(browser, "picture-text", "draft", title="小花园")
    fields = fields_of(browser.get("/write/picture-text?draft=_小花园.toml").text)

    send(browser, "picture-text", "draft", **fields, file=photo())

    assert sorted(path.name for path in here.home.content.iterdir()) == ["_小花园-2.jpg", "_小花园.toml"]


def test_a_second_photo_of_one_name_replaces_no_other(here: Desk) -> None:
    browser = here.logged_in()
    for title, colour in (("春天", "green"), ("秋天", "orange")):
        send(browser, "picture-text", "show", title=title, file=photo(colour))

    said = tomllib.loads((here.home.content / "秋天.toml").read_text("utf-8"))

    assert said["fields"]["picture"] == "小花园-2.jpg" and (here.home.content / "小花园-2.jpg").is_file()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jpg", b"\xff\xd8\xff\xe0 no picture"), ("a.jpg", b""), ("a.exe", b"MZ"), ("片.mp4", b"0000ftyp")],
)
def test_a_photo_that_is_none_is_said_and_the_words_stay(here: Desk, name: str, content: bytes) -> None:
    browser = here.logged_in()

    answer = send(browser, "picture-text", "show", title="院子", file=(io.BytesIO(content), name))

    assert answer.status_code == 422 and ">院子</textarea>" in answer.text and "wrong-photo" in answer.text
    assert list(here.home.content.iterdir()) == [] and not list(here.home.incoming.glob("photo-*/whole/*"))


@pytest.mark.parametrize(
    ("template", "fields", "name", "told"),
    [
        ("notice", {"title": ""}, "title", "请写上标题"),
        ("notice", {"title": "字" * 49}, "title", "多了 1 个"),
        ("notice", {"title": "通知", "field.issuer": "字" * 60}, "field.issuer", "至多 48 个字"),
        ("checklist", {"title": "清单", "field.items": ""}, "field.items", "请写上"),
        ("checklist", {"title": "清单", "field.items": "一\n" * 8}, "field.items", "至多 7 行"),
        ("checklist", {"title": "清单", "field.items": "好\n" + "字" * 49}, "field.items", "第 2 行"),
        ("countdown", {"title": "还有", "field.day": "明天"}, "field.day", "2026-12-31"),
        ("slogan", {"title": "好", "field.art": "dragon"}, "field.art", "从列表里选"),
        ("picture-text", {"title": "院子"}, "field.picture", "请写上"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_written(
    here: Desk, template: str, fields: dict[str, str], name: str, told: str
) -> None:
    answer = send(here.logged_in(), template, "show", **fields)

    found = re.search(rf'id="wrong-{name}".*?<span>(.*?)</span>', unescape(answer.text))
    assert answer.status_code == 422 and found is not None and told in found.group(1)
    assert list(here.home.content.iterdir()) == []


def test_what_is_wrong_is_told_while_it_is_typed_and_the_rest_is_still_drawn(here: Desk) -> None:
    browser = here.logged_in()

    said = look(browser, "checklist", title="字" * 60)

    assert "多了 12 个" in said["wrong"]["title"] and "field.items" not in said["wrong"]
    assert picture_of(browser, said["html"]).size == (192, 96)


def test_a_table_with_too_many_cells_says_which_row(here: Desk) -> None:
    fields = {"title": "表", "field.columns": "甲 | 乙", "field.rows": "1 | 2\n1 | 2 | 3"}

    answer = send(here.logged_in(), "table", "show", **fields)

    assert answer.status_code == 422 and "第 2 行有 3 格" in answer.text and "1 | 2 | 3" in answer.text


@pytest.mark.parametrize("path", ["/write/nothing", "/write/emergency", "/write/fallback", "/write/..%2fx"])
def test_a_template_that_is_not_offered_is_not_found(here: Desk, path: str) -> None:
    browser = here.logged_in()

    assert browser.get(path).status_code == 404
    assert browser.post(path, {"do": "show", "title": "x"}).status_code == 404


@pytest.mark.parametrize(
    "file", ["../config/kiosk.toml", "/etc/passwd", "a.toml", "_nothing.toml", "_\0.toml"]
)
def test_only_a_draft_can_be_gone_on_with(here: Desk, file: str) -> None:
    browser = here.logged_in()
    (here.home.content / "a.toml").write_text('template = "notice"\ntitle = "甲"\n', "utf-8")

    opened = browser.client.get("/write/notice", query_string={"draft": file})
    saved = send(browser, "notice", "draft", title="乙", draft=file)

    assert opened.status_code == 404 and saved.status_code == 409
    assert [path.name for path in here.home.content.iterdir()] == ["a.toml"]


def test_invisible_signs_come_to_nothing(here: Desk) -> None:
    browser = here.logged_in()

    send(browser, "notice", "show", title="停\x00水\x1b[31m", **{"field.body": "一\x07行\r\n二行"})

    (card,) = here.home.content.iterdir()
    said = tomllib.loads(card.read_text("utf-8"))
    assert said["title"] == "停水[31m" and said["fields"]["body"] == "一行\n二行"


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "{{ 7 * 7 }}", '"; x = "', "# 注释", "'''"])
def test_words_are_words_whatever_they_look_like(here: Desk, title: str) -> None:
    browser = here.logged_in()

    send(browser, "notice", "show", title=title)

    (card,) = here.home.content.iterdir()
    assert tomllib.loads(card.read_text("utf-8"))["title"] == title
    assert "<script>alert" not in browser.get("/").text


def test_a_text_that_is_far_too_long_is_an_answer_and_no_crash(here: Desk) -> None:
    browser = here.logged_in()

    said = look(browser, "notice", title="通知", **{"field.body": "水" * 20_000})
    refused = send(browser, "notice", "show", title="通知", **{"field.body": "水" * 20_000})
    huge = send(browser, "notice", "show", title="通知", **{"field.body": "水" * 3_000_000})

    assert huge.status_code == 413
    assert "至多 6000 个字" in said["wrong"]["field.body"]
    assert refused.status_code == 422 and list(here.home.content.iterdir()) == []


def test_small_type_and_a_far_code_are_told_by_the_rule_of_the_check(home: Home) -> None:
    far = SMALL.replace("[screen]\n", "[screen]\npitch_mm = 2.5\nviewers_m = 60\n")
    with desk(home, far + '[web]\npublic_host = "192.168.1.20"\n') as here:
        browser = here.logged_in()

        words = " ".join(look(browser, "notice", **WATER)["notes"])
        code = " ".join(look(browser, "feedback", title="您说")["notes"])

    assert "米以内才看得清" in words and "二维码在" in code


def test_a_card_of_another_zone_is_seen_at_the_size_of_that_zone(home: Home) -> None:
    (home.content / "side").mkdir()
    with desk(home, SMALL.replace("width = 192", "width = 640") + '[layout]\nuse = "halves"\n') as here:
        browser, zones = here.logged_in(), here.app.extensions["office"].config.layout.playing
        size = next(zone.size for zone in zones if zone.playlist == "side")

        said = look(browser, "slogan", title="慢行", folder="side")
        send(browser, "slogan", "show", title="慢行", folder="side")

    assert picture_of(browser, said["html"]).size == size
    assert (home.content / "side" / "慢行.toml").is_file()


@pytest.mark.parametrize("folder", ["../..", "/tmp", "nowhere"])
def test_a_card_goes_into_no_other_folder_than_those_that_play(here: Desk, folder: str) -> None:
    send(here.logged_in(), "slogan", "show", title="慢行", folder=folder)

    assert [path.name for path in here.home.content.iterdir()] == ["慢行.toml"]


def test_a_stranger_writes_nothing_and_sees_no_picture(here: Desk) -> None:
    browser = here.logged_in()
    html = look(browser, "slogan", title="慢行")["html"]
    (address,) = re.findall(r'src="(/write/look/[^"]+)"', html)
    stranger = here.client()

    answers = [stranger.get(address), stranger.get("/write"), stranger.get("/write/notice")]

    assert [one.status_code for one in answers] == [302, 302, 302]
    assert stranger.post("/write/notice", data={"do": "show", "title": "x"}).status_code in (302, 400)
    assert list(here.home.content.iterdir()) == []


def test_the_page_of_a_card_shows_what_is_typed_without_saving_it(here: Desk) -> None:
    browser, path = here.logged_in(), here.home.content / "卡.toml"
    path.write_text('# 注释\ntemplate = "slogan"\ntitle = "旧"\n', "utf-8")
    here.decoder.prove(_asset(path))
    fields = fields_of(browser.get("/slide/卡.toml").text)

    old = browser.script("POST", "/look/卡.toml", data=fields).json
    new = browser.script("POST", "/look/卡.toml", data={**fields, "title": "新的一年"}).json
    plain = browser.post("/look/卡.toml", {**fields, "title": "新的一年"})

    assert old is not None and new is not None
    assert picture_of(browser, old["html"]).tobytes() != picture_of(browser, new["html"]).tobytes()
    assert picture_of(browser, plain.text).tobytes() == picture_of(browser, new["html"]).tobytes()
    assert "旧" in path.read_text("utf-8")


def _asset(path: Path) -> Any:
    from kiosk.folder import scan

    return scan(path.parent)[path.name]


def test_the_page_of_a_card_offers_no_photo_that_it_would_not_take(here: Desk) -> None:
    paint(here.home.content / "yard.png")
    card = 'template = "picture-text"\ntitle = "院子"\n[fields]\npicture = "yard.png"\n'
    (here.home.content / "card.toml").write_text(card, "utf-8")
    browser, picked = here.logged_in(), 'id="picked"'

    assert picked in browser.get("/write/picture-text").text
    assert picked not in browser.get("/slide/card.toml").text
