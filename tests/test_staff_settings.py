"""Settings that staff change in the browser: what is written, refused, told, undone."""

import errno
import os
import re
import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import Browser, Desk, desk, field_of
from sqlalchemy import select
from test_pen import removed

from admin import db
from admin.records import Trail
from admin.settings import form
from admin.settings.sections import SECTIONS
from kiosk import last_good
from kiosk import settings as configuration
from kiosk.errors import Mistakes
from kiosk.explained import explanation
from kiosk.files import Home

CONFIG = Path(__file__).parent.parent / "config"
SHIPPED = (CONFIG / "kiosk.toml").read_text("utf-8")
HIDDEN = re.compile(r'<(?:input|select|textarea)[^>]* name="([^"]+)"')


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    for name in ("places.toml", "topics.toml"):
        (home.config / name).write_bytes((CONFIG / name).read_bytes())
    with desk(home, SHIPPED) as made:
        yield made


def toml(here: Desk, name: str = "kiosk.toml") -> str:
    return (here.home.config / name).read_bytes().decode()


def sent(page: str) -> dict[str, Any]:
    """What a browser would send for this page without a change, but the button."""
    main = page[page.index("<main") :]
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", main):
        said = dict(re.findall(r'([a-z]+)="([^"]*)"', tag))
        if "name" in said and (said.get("type") not in ("checkbox", "radio") or " checked" in tag):
            fields.setdefault(said["name"], []).append(unescape(said.get("value", "on")))
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', main, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside) or re.search(r'value="([^"]*)"', inside)
        fields[name] = [unescape(chosen.group(1))] if chosen else []
    for name, inside in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', main, re.DOTALL):
        fields[name] = [unescape(inside)]
    return fields


def save(browser: Browser, name: str, changes: dict[str, Any], *, do: str = "save", path: str = "") -> Any:
    """Open the page, change some fields, press a button. None unticks a box."""
    path = path or f"/settings/{name}"
    fields = {**sent(browser.get(path).text), **changes, "do": do}
    fields = {key: value for key, value in fields.items() if value is not None}
    return browser.client.post(path, data=fields)


def test_the_overview_leads_to_every_section_and_each_opens(here: Desk) -> None:
    browser = here.logged_in()
    page = browser.get("/settings").text

    links = re.findall(r'href="(/settings/[^"]+)"', page)

    assert len(links) == 9
    assert [browser.get(link).status_code for link in links] == [200] * 9
    assert 'href="/settings" aria-current="page"' in page


def test_a_name_is_written_into_its_line_and_nothing_else_changes(here: Desk) -> None:
    answer = save(here.logged_in(), "community", {"community.name": '梧桐里"一"'})

    assert answer.status_code == 302
    assert removed(SHIPPED, toml(here)) == ['name = "邻里社区"']
    assert tomllib.loads(toml(here))["community"]["name"] == '梧桐里"一"'


@pytest.mark.parametrize("name", SECTIONS)
def test_what_is_saved_unchanged_writes_nothing(here: Desk, name: str) -> None:
    before = (here.home.config / "kiosk.toml").stat()
    answer = save(here.logged_in(), name, {})

    assert answer.status_code == 302
    assert (here.home.config / "kiosk.toml").stat() == before


def test_what_is_saved_holds_for_the_web_at_once_and_for_residents_too(here: Desk) -> None:
    browser = here.logged_in()
    save(browser, "community", {"community.name": "梧桐里"})

    assert "<small>梧桐里</small>" in browser.get("/inbox").text


def test_when_staff_are_logged_out_is_saved_holds_at_once_and_leaves_the_screen_alone(here: Desk) -> None:
    browser = here.logged_in()

    answer = save(browser, "login", {"web.idle_minutes": "30"})

    assert tomllib.loads(toml(here))["web"]["idle_minutes"] == 30
    said = browser.get(answer.location).text
    assert "已经生效，屏幕照常播放。" in said and "30 分钟" in said
    here.clock.passes(minutes=31)
    assert browser.get("/settings").location.startswith("/login")


def test_hours_a_night_with_the_sun_and_seasons_are_written(here: Desk) -> None:
    season = {"first": "5月1日", "last": "9-30", "percent": "８０"}
    answer = save(
        here.logged_in(),
        "light",
        {
            "light.hours.begin": ["08:30", ""],
            "light.hours.end": ["22:00", ""],
            "light.night": "sun",
            "light.latitude": "29.56",
            "light.longitude": "106.55",
            **{f"light.seasons.0.{key}": value for key, value in season.items()},
        },
    )

    said = tomllib.loads(toml(here))["light"]
    assert answer.status_code == 302
    assert (said["hours"], said["night"], said["latitude"]) == (["08:30-22:00"], "sun", 29.56)
    assert said["seasons"] == [{"from": "05-01", "until": "09-30", "percent": 80}]
    assert configuration.load(here.home)


@pytest.mark.parametrize(
    ("name", "changes", "field", "words"),
    [
        ("slides", {"slides.seconds": "0"}, "slides.seconds", "“停留”应为数字（1到86400）"),
        ("slides", {"slides.seconds": "很久"}, "slides.seconds", "请填数字"),
        ("slides", {"slides.seconds": "nan"}, "slides.seconds", "停留"),
        ("slides", {"slides.seconds": "1e999"}, "slides.seconds", "停留"),
        ("slides", {"slides.transition": "<b>"}, "slides.transition", "换画面的方式"),
        ("light", {"light.percent": "101"}, "light.percent", "白天亮度"),
        ("light", {"light.percent": "9" * 12}, "light.percent", "白天亮度"),
        ("light", {"light.night": "sun"}, "light.night", "纬度和经度"),
        ("light", {"light.hours.begin": ["08:30"], "light.hours.end": [""]}, "light.hours", "都要填"),
        ("light", {"light.hours.begin": ["8:99"], "light.hours.end": ["9:00"]}, "light.hours", "时段"),
        ("light", {"light.seasons.0.first": "13-40"}, "light.seasons", "月和日"),
        ("layout", {"layout.side": "../../etc"}, "layout.side", "文件夹"),
        ("layout", {"layout.use": "own"}, "layout.use", "用哪一种"),
        ("community", {"community.name": "a\x00b"}, "community.name", "200"),
        ("community", {"community.name": "长" * 201}, "community.name", "200"),
        ("community", {"screen.place": "a b"}, "screen.place", "大写字母"),
        ("ticker", {"ticker.speed": "13"}, "ticker.speed", "走多快"),
        ("ticker", {"lines": "停水\x1b[2J"}, "file", "看不见的字符"),
        ("login", {"web.idle_minutes": "4"}, "web.idle_minutes", "没人用多久就退出登录"),
        ("login", {"web.idle_minutes": "10081"}, "web.idle_minutes", "没人用多久就退出登录"),
        ("login", {"web.idle_minutes": "7.5"}, "web.idle_minutes", "没人用多久就退出登录"),
        ("login", {"web.idle_minutes": "半天"}, "web.idle_minutes", "请填数字"),
    ],
)
def test_what_kiosk_check_would_refuse_is_told_at_its_field_and_not_saved(
    here: Desk, name: str, changes: dict[str, Any], field: str, words: str
) -> None:
    answer = save(here.logged_in(), name, changes)

    assert answer.status_code == 422
    assert (f'id="wrong-{field}"' in answer.text) or field == "file"
    assert words in unescape(answer.text)
    assert toml(here) == SHIPPED


def test_what_was_typed_stays_when_something_is_wrong(here: Desk) -> None:
    answer = save(here.logged_in(), "slides", {"slides.seconds": "0", "slides.answer_days": "30"})

    assert 'name="slides.answer_days" value="30"' in answer.text


def test_a_file_changed_by_hand_meanwhile_is_told_and_neither_side_loses(here: Desk) -> None:
    browser = here.logged_in()
    fields = sent(browser.get("/settings/community").text)
    by_hand = SHIPPED.replace('phone = ""', 'phone = "12345" # 物业')
    (here.home.config / "kiosk.toml").write_text(by_hand, "utf-8")

    first = browser.client.post("/settings/community", data={**fields, "community.name": "梧桐里"})
    second = browser.client.post(
        "/settings/community",
        data={**sent(first.text), "community.phone": "12345"},
    )

    assert first.status_code == 409 and 'value="梧桐里"' in first.text
    assert "现在保存着的是：12345" in first.text
    assert second.status_code == 302
    assert toml(here) == by_hand.replace("邻里社区", "梧桐里")


def test_a_change_by_hand_elsewhere_in_the_file_is_kept_without_a_question(here: Desk) -> None:
    browser = here.logged_in()
    fields = sent(browser.get("/settings/community").text)
    by_hand = SHIPPED.replace("percent = 100\n", "percent = 60 # 问过三号楼\n", 1)
    (here.home.config / "kiosk.toml").write_text(by_hand, "utf-8")

    answer = browser.client.post("/settings/community", data={**fields, "community.name": "梧桐里"})

    assert answer.status_code == 302
    assert toml(here) == by_hand.replace("邻里社区", "梧桐里")


def test_a_file_that_cannot_be_read_is_told_with_its_line_and_the_pages_go_on(here: Desk) -> None:
    browser = here.logged_in()
    broken = SHIPPED.replace("seconds = 10.0", "seconds = 10,0")
    (here.home.config / "kiosk.toml").write_text(broken, "utf-8")

    page = browser.get("/settings").text
    answer = save(browser, "slides", {"slides.seconds": "20"})

    assert "config/kiosk.toml" in page and "第 " in page and "小数点" in page
    assert (answer.status_code, toml(here)) == (409, broken)
    assert browser.get("/").status_code == 200


def test_a_broken_file_is_put_back_to_the_last_good_one_and_kept_aside(here: Desk) -> None:
    browser = here.logged_in()
    last_good.keep(here.home)
    broken = SHIPPED.replace("seconds = 10.0", "seconds = 10,0").encode("gb18030")
    (here.home.config / "kiosk.toml").write_bytes(broken)

    answer = browser.post("/settings/mend", page="/settings")

    assert (answer.status_code, toml(here)) == (302, SHIPPED)
    assert (here.home.state / "settings-broken-kiosk.toml").read_bytes() == broken


def test_the_last_change_can_be_taken_back_and_that_again(here: Desk) -> None:
    browser = here.logged_in()
    save(browser, "community", {"community.name": "梧桐里"})
    changed = toml(here)

    browser.post("/settings/undo", page="/settings")
    undone = toml(here)
    browser.post("/settings/undo", page="/settings")

    assert (undone, toml(here)) == (SHIPPED, changed)


def test_nothing_is_undone_over_what_was_changed_since(here: Desk) -> None:
    browser = here.logged_in()
    save(browser, "community", {"community.name": "梧桐里"})
    by_hand = toml(here) + "# 别动\n"
    (here.home.config / "kiosk.toml").write_text(by_hand, "utf-8")

    answer = browser.post("/settings/undo", page="/settings")

    assert answer.location.endswith("stale=1") and toml(here) == by_hand
    assert "不能撤销了" in browser.get(answer.location).text


def test_the_trail_says_what_was_before_and_after(here: Desk) -> None:
    save(here.logged_in(), "sound", {"sound.on": "on", "sound.volume": "40"})
    with db.session(here.engine) as rows:
        line = rows.scalars(select(Trail).where(Trail.action == "settings.save")).one()

        assert (line.account, line.subject) == ("值班室", "sound")
        assert line.before.split("\n") == ["on = false", "volume = 60"]
        assert line.after.split("\n") == ["on = true", "volume = 40"]


def test_the_words_of_the_moving_line_are_written_and_taken_away(here: Desk) -> None:
    browser, file = here.logged_in(), here.home.content / "ticker.txt"
    save(browser, "ticker", {"lines": "今晚停水\r\n请储水  \r\n", "ticker.speed": "3"})
    written = file.read_text("utf-8")
    answer = save(browser, "ticker", {"lines": ""})
    gone = not file.exists()
    browser.post("/settings/undo", page="/settings")

    assert written == "今晚停水\n请储水\n" and gone
    assert answer.location.endswith("flash=1")
    assert file.read_text("utf-8") == written


def test_two_files_are_saved_together_or_not_at_all(here: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, real, calls = here.logged_in(), os.fsync, []
    fields = {**sent(browser.get("/settings/ticker").text), "lines": "今晚停水", "ticker.speed": "3"}

    def full(handle: int) -> None:
        if "linli" in (name := str(Path(f"/proc/self/fd/{handle}").readlink())) and "undo" not in name:
            calls.append(name)
            if len(calls) > 2:
                raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    answer = browser.client.post("/settings/ticker", data=fields)

    assert answer.status_code == 507 and "磁盘已满" in answer.text and "今晚停水" in answer.text
    assert toml(here) == SHIPPED and not (here.home.content / "ticker.txt").exists()
    assert [path.name for path in here.home.config.glob(".linli*")] == []
    assert [path.name for path in here.home.content.glob(".linli*")] == []


def test_a_private_file_stays_private_and_a_link_a_link(here: Desk) -> None:
    path, real = here.home.config / "kiosk.toml", here.home.root / "real.toml"
    path.rename(real)
    real.chmod(0o600)
    path.symlink_to(real)

    save(here.logged_in(), "community", {"community.name": "梧桐里"})

    assert path.is_symlink() and real.stat().st_mode & 0o777 == 0o600
    assert "梧桐里" in real.read_text("utf-8")


def test_neighbourly_hours_are_filled_in_and_not_yet_saved(here: Desk) -> None:
    answer = save(here.logged_in(), "light", {"light.percent": "90"}, do="offer")

    assert 'name="light.night_percent" value="40"' in answer.text
    assert 'name="light.percent" value="90"' in answer.text
    assert 'value="21:50"' in answer.text and toml(here) == SHIPPED


def test_a_look_shows_the_day_as_it_would_be_and_saves_nothing(here: Desk) -> None:
    changes = {"light.hours.begin": ["08:30", ""], "light.hours.end": ["22:00", ""]}
    answer = save(here.logged_in(), "light", changes, do="look")

    assert "00:00–08:30 黑屏" in answer.text and "还没有保存" in answer.text
    assert toml(here) == SHIPPED


def test_zones_of_ones_own_are_shown_and_left_to_the_file(home: Home) -> None:
    zones = "[layout]\nzones = [{ name = 'main', x = 0, y = 0, width = 1.0, height = 1.0 }]\n"
    with desk(home, zones) as here:
        page = here.logged_in().get("/settings/layout").text

    assert "自己的区域" in page and "main 1920×1080" in page


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("light", "保存以后马上生效，屏幕照常播放。"),
        ("sound", "保存以后马上生效，屏幕照常播放。"),
        ("slides", "保存以后马上生效；只有改了“卡片的配色”“图片四周”，屏幕才会黑一下。"),
        ("layout", "保存以后屏幕会黑一下，几秒后按新的设置播放。"),
        ("community", "保存以后屏幕会黑一下，几秒后按新的设置播放。"),
        ("ticker", "改文字和快慢，屏幕照常播放；改“文字走动”，第一次写上文字或者全删掉，屏幕会黑一下。"),
    ],
)
def test_a_page_says_whether_the_screen_goes_black_for_it(here: Desk, name: str, told: str) -> None:
    assert told in here.logged_in().get(f"/settings/{name}").text


@pytest.mark.parametrize(
    ("name", "typed", "black"),
    [
        ("light", {"light.percent": "50"}, False),
        ("sound", {"sound.volume": "30"}, False),
        ("slides", {"slides.seconds": "7"}, False),
        ("slides", {"slides.look": "day"}, True),
        ("ticker", {"ticker.speed": "3"}, False),
    ],
)
def test_what_was_saved_says_whether_the_screen_goes_black(
    here: Desk, name: str, typed: dict[str, str], black: bool
) -> None:
    answer = save(here.logged_in(), name, typed)

    assert ("flash=1" in answer.location) is black


def test_warnings_of_kiosk_check_are_shown(here: Desk) -> None:
    browser = here.logged_in()
    save(browser, "layout", {"layout.use": "side"})

    assert "没有这个文件夹" in browser.get("/settings").text


def test_a_place_is_named_added_and_switched_off_in_its_own_lines(here: Desk) -> None:
    browser, before = here.logged_in(), toml(here, "places.toml")
    answer = save(
        browser,
        "places",
        {"place.A03.name": "三号楼", "place.A05.off": "on", "new.name": "17号楼门口"},
        path="/settings/list/places",
    )

    after = toml(here, "places.toml")
    assert answer.status_code == 302 and "flash" not in answer.location
    assert removed(before, after) == ['name = "3号楼门口"']
    places = configuration.load(here.home).places
    assert (places.place[-1].slug, places.place[-1].name) == ("A17", "17号楼门口")
    assert [place.slug for place in places.place if place.off] == ["A05"]


def test_a_place_that_is_used_again_loses_its_line(here: Desk) -> None:
    browser, before = here.logged_in(), toml(here, "places.toml")
    save(browser, "places", {"place.A05.off": "on"}, path="/settings/list/places")
    save(browser, "places", {"place.A05.off": None}, path="/settings/list/places")

    assert toml(here, "places.toml") == before


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"place.A03.name": ""}, "place.A03.name", "请填名字"),
        ({"new.name": "一号", "new.slug": "A01"}, "place.new.slug", "写了两次"),
        ({"new.name": "一号", "new.slug": "../x"}, "place.new.slug", "大写字母"),
        ({"new.name": "一号", "new.kind": "palace"}, "file", "kind"),
    ],
)
def test_a_place_that_could_not_be_is_told(
    here: Desk, changes: dict[str, str], field: str, words: str
) -> None:
    before = toml(here, "places.toml")
    answer = save(here.logged_in(), "places", changes, path="/settings/list/places")

    assert answer.status_code == 422 and words in unescape(answer.text)
    assert f'id="wrong-{field}"' in answer.text or field == "file"
    assert toml(here, "places.toml") == before


def test_topics_and_themes_are_named(here: Desk) -> None:
    before = toml(here, "topics.toml")
    answer = save(
        here.logged_in(),
        "topics",
        {"topic.noise.zh": "噪音", "topic.noise.days": "４", "theme.water.en": "Water"},
        path="/settings/list/topics",
    )

    assert answer.status_code == 302
    assert removed(before, toml(here, "topics.toml")) == [
        'zh = "噪声扰民"',
        "days = 5",
        'en = "Saving water"',
    ]


def test_every_setting_in_the_browser_is_explained_by_the_file_in_both_languages() -> None:
    for section in SECTIONS.values():
        for asked in section.asked:
            words = explanation(asked.key)
            assert words.zh and words.en, asked.key
            assert not re.search(r'["\[\]=]|true|toml', words.zh + words.en), asked.key


@pytest.mark.parametrize(
    "path", ["/settings", "/settings/light", "/settings/list/places", "/settings/layout"]
)
def test_pages_are_small_and_hold_nothing_inline(here: Desk, path: str) -> None:
    page = here.logged_in().get(path)

    assert len(page.data) < 60_000
    assert " style=" not in page.text and "<script>" not in page.text


def test_a_section_that_there_is_none_of_is_not_found(here: Desk) -> None:
    browser = here.logged_in()

    assert browser.get("/settings/web").status_code == 404
    assert browser.get("/settings/list/kiosk").status_code == 404


fields_of = [(section, asked) for section in SECTIONS.values() for asked in section.asked]
typings = st.one_of(
    st.integers(-3, 200).map(str),
    st.floats().map(str),
    st.text("a/邻 .-A1\"'#[]\n\\\x00", max_size=8),
    st.sampled_from(["fade", "sun", "auto", "SCREEN", "on", "08:30", "24:00", "05-01", "2月30日"]),
)


@given(st.sampled_from(fields_of), typings, typings)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_is_typed_is_written_in_its_own_line_or_told(
    here: Desk, which: tuple[Any, Any], one: str, other: str
) -> None:
    """Nobody can type what is then not in the file, or breaks it, or touches another line."""
    section, asked = which
    (here.home.config / "kiosk.toml").write_text(SHIPPED, "utf-8")
    name = asked.key
    changes = {
        name: one,
        f"{name}.begin": [one],
        f"{name}.end": [other],
        f"{name}.0.first": one,
        f"{name}.0.last": other,
    }
    answer = save(here.logged_in(), section.name, changes)

    after = toml(here)
    assert answer.status_code in (302, 422)
    assert configuration.load(here.home)
    gone = removed(SHIPPED, after)
    assert len(gone) <= 1 and all(line.startswith(f"{name.split('.')[1]} = ") for line in gone)
    if answer.status_code == 422:
        assert after == SHIPPED and "wrong-" in answer.text


def test_values_and_what_is_shown_of_them_belong_together(home: Home) -> None:
    (home.config / "kiosk.toml").write_text(SHIPPED, "utf-8")
    config = configuration.load(home)
    for section in SECTIONS.values():
        values = form.values_of(section, config)

        assert form.meant(section, form.shown(section, values)) == (values, {})


def test_a_mistake_of_another_kind_stands_above_the_form(home: Home) -> None:
    (home.config / "kiosk.toml").write_text("[web]\npublic_port = 8081\n", "utf-8")
    with pytest.raises(Mistakes) as caught:
        configuration.load(home)
    wrong = form.placed(SECTIONS["light"], caught.value, "[web]\npublic_port = 8081\n")

    assert list(wrong) == ["file"] and "端口" in wrong["file"].zh


def test_the_token_of_the_page_is_needed(here: Desk) -> None:
    browser = here.logged_in()

    assert field_of(browser.get("/settings/light"), "version")
    assert browser.client.post("/settings/light", data={"csrf": "x"}).status_code == 400
