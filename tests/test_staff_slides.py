"""The slides page: what it says of each file, editing, order, removal and undo."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from costs import FEW, LINEAR, MANY, heard, seconds
from form_fields import fields_of
from office import SMALL, Browser, Desk, desk
from PIL import Image
from sqlalchemy import select

from admin import db, playlist_file, removal, shelf
from admin.records import Trail
from kiosk import library
from kiosk.decoder import Verdict
from kiosk.decoder.verdicts import Verdicts
from kiosk.files import Home
from kiosk.folder import scan


def paint(path: Path, colour: str = "teal") -> None:
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (320, 160), colour).save(path)


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        for name in ("a.png", "b.png", "c.png"):
            paint(home.content / name)
        prove(made)
        yield made


def prove(desk_: Desk) -> None:
    office = desk_.app.extensions["office"]
    library.prove(desk_.home, office.config, desk_.decoder)


def loop_of(browser: Browser) -> list[str]:
    text = browser.get("/").text
    found = re.search(r'<ol class="tiles" id="order">(.*?)</ol>', text, re.DOTALL)
    return re.findall(r'data-file="([^"]+)"', found.group(1)) if found else []


def trail_of(desk_: Desk) -> list[tuple[str, str, str]]:
    with db.reading(desk_.engine) as rows:
        return [(one.account, one.action, one.subject) for one in rows.scalars(select(Trail))]


def edit(browser: Browser, file: str, **changed: object) -> tuple[int, str]:
    """Send the form of a slide as the page shows it, with some fields changed."""
    fields: dict[str, object] = dict(fields_of(browser.get(f"/slide/{file}").text))
    answer = browser.post(f"/slide/{file}", {**fields, **changed})
    return answer.status_code, answer.text


def test_slides_stand_in_the_order_in_which_they_play(here: Desk) -> None:
    (here.home.content / "playlist.toml").write_text('order = ["c.png", "a.png"]\n')

    assert loop_of(here.logged_in()) == ["c.png", "a.png", "b.png"]


def test_everything_that_is_not_on_the_screen_says_why(here: Desk) -> None:
    content = here.home.content
    (content / "a.toml").write_text("[show]\nuntil = 2026-11-01\n")
    (content / "b.toml").write_text('[show]\nfrom = 2026-12-05\nhours = ["08:00-20:00"]\n')
    (content / "c.toml").write_text('[show]\nplaces = ["A03"]\n')
    (content / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    (content / "film.rmvb").write_bytes(b"0")
    (content / "wrong.png").write_bytes((content / "a.png").read_bytes())
    (content / "wrong.toml").write_text("secods = 3\n")
    paint(content / "_draft.png")
    paint(content / "lift" / "up.png")
    prove(here)
    paint(content / "new.png", "red")
    (here.home.heartbeat).write_text(beat(here))

    text = here.logged_in().get("/").text

    for sentence in (
        "播放日期已经过了。",
        "12月5日 08:00 开始播放。",
        "只给别的屏幕播放。",
        "不能播放视频（.rmvb）。",
        "是不是“seconds”？",
        "这是草稿，不播放。",
        "1 个文件，检查好就会播放",
        "“film.rmvb”不能播放：不能播放视频（.rmvb）。",
    ):
        assert sentence in unescape(text), sentence


def beat(desk_: Desk, slide: str = "a.png", age: float = 0, **more: object) -> str:
    at = desk_.clock.at.timestamp() - age
    moment = datetime.fromtimestamp(at, UTC).isoformat()
    return json.dumps({"at": moment, "slide": slide, "digest": "", "flips": 1, "pid": 1, **more})


def test_without_a_player_the_page_says_so_and_checks_new_files_itself(here: Desk) -> None:
    paint(here.home.content / "new.png", "red")
    browser = here.logged_in()

    text = browser.get("/").text
    while not here.app.extensions["office"].checker._working.acquire(timeout=20):
        pytest.fail("the checker did not end")

    assert "屏幕程序没有在运行。" in text and "检查好就会播放" in text
    assert "new.png" in loop_of(browser)


def test_the_slide_on_the_screen_is_marked(here: Desk) -> None:
    here.home.heartbeat.write_text(beat(here, "b.png"))

    text = here.logged_in().get("/").text

    assert re.findall(r'on-air" id="slide-([^"]+)"', text) == ["b.png"]
    assert "屏幕还没有画面" in text


def test_a_beat_older_than_thirty_seconds_is_no_beat(here: Desk) -> None:
    stranger = here.client()
    here.home.heartbeat.write_text(beat(here, age=29))
    alive = stranger.get("/live.json").json
    here.home.heartbeat.write_text(beat(here, age=31))
    silent = stranger.get("/live.json").json

    assert alive and silent and (alive["alive"], silent["alive"]) == (True, False)
    assert silent["words"] == "屏幕程序没有在运行。"


def test_a_clock_that_the_player_does_not_trust_is_told_with_what_to_do(here: Desk) -> None:
    here.home.screen.write_bytes(b"x")
    here.home.heartbeat.write_text(beat(here, clock=False))
    wrong = here.logged_in().get("/").text
    here.home.heartbeat.write_text(beat(here, clock=True))
    right = here.logged_in().get("/").text

    assert "时钟不对" in wrong and "请校准时间" in wrong and "state/clock" in wrong
    assert "时钟不对" not in right and "屏幕正在播放。" in right


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"at": 3}', '{"at": "yesterday"}', "null", '"x"'])
def test_a_torn_heartbeat_is_no_error(here: Desk, torn: str) -> None:
    here.home.heartbeat.write_text(torn)

    assert here.client().get("/live.json").json["alive"] is False  # type: ignore[index]


def test_the_live_picture_is_sent_once_while_it_stays(here: Desk) -> None:
    stranger = here.client()
    assert stranger.get("/screen.jpg").status_code == 404
    paint(here.home.screen)

    first = stranger.get("/screen.jpg")
    again = stranger.get("/screen.jpg", headers={"If-None-Match": first.headers["ETag"]})
    paint(here.home.screen, "red")
    changed = stranger.get("/screen.jpg", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)


def test_a_thumbnail_is_a_small_picture(here: Desk) -> None:
    answer = here.logged_in().get("/thumbnail/a.png?width=320&v=1")

    assert answer.mimetype == "image/webp" and "max-age" in answer.headers["Cache-Control"]
    assert here.logged_in().get("/thumbnail/a.png?width=4000").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "2", "9" * 30])
def test_a_thumbnail_of_a_page_that_is_not_there_is_not_found(here: Desk, page: str) -> None:
    assert here.logged_in().get(f"/thumbnail/a.png?width=320&page={page}").status_code == 404


def test_editing_writes_only_what_was_changed_and_keeps_remarks(here: Desk) -> None:
    sidecar = here.home.content / "a.toml"
    sidecar.write_text('# kept\ntitle = "A" # too\n[show]\ndays = ["周一", 2]\nplaces = ["SCREEN"]\n')
    browser = here.logged_in()

    until = {"until_day": "2026-11-30", "until_time": "18:00"}
    code, _ = edit(browser, "a.png", seconds="15", from_day="2026-11-01", **until)

    assert code == 302
    assert sidecar.read_text() == (
        '# kept\ntitle = "A" # too\nseconds = 15\n\n[show]\ndays = ["周一", 2]\nplaces = ["SCREEN"]\n'
        "from = 2026-11-01\nuntil = 2026-11-30T18:00:00\n"
    )
    assert ("值班室", "slide.edit", "a.png") in trail_of(here)


def test_an_edit_that_changes_nothing_writes_nothing(here: Desk) -> None:
    browser = here.logged_in()

    assert edit(browser, "a.png")[0] == 302
    assert not (here.home.content / "a.toml").exists()


def test_weekdays_and_hours_are_set_and_taken_away_again(here: Desk) -> None:
    browser, sidecar = here.logged_in(), here.home.content / "a.toml"

    edit(
        browser,
        "a.png",
        repeat="weekly",
        days=["sat", "sun"],
        begin=["8:00", "20:00"],
        end=["12:00", "06:00"],
    )
    assert 'days = ["sat", "sun"]' in sidecar.read_text()
    assert 'hours = ["8:00-12:00", "20:00-06:00"]' in sidecar.read_text()
    edit(browser, "a.png", repeat="daily", begin=["", ""], end=["", ""])

    assert "days" not in sidecar.read_text() and "hours" not in sidecar.read_text()


def test_working_days_and_holidays_outlive_an_edit_of_something_else(here: Desk) -> None:
    browser, sidecar = here.logged_in(), here.home.content / "a.toml"
    sidecar.write_text('[show]\ndays = ["工作日", "sun"]\n')

    edit(browser, "a.png", title="A", days=["sun", "workday"])
    assert 'days = ["工作日", "sun"]' in sidecar.read_text()
    edit(browser, "a.png", title="A", days=["holiday"])

    assert 'days = ["holiday"]' in sidecar.read_text()


def test_a_recurrence_is_set_and_taken_away_again(here: Desk) -> None:
    browser, sidecar = here.logged_in(), here.home.content / "a.toml"

    edit(browser, "a.png", repeat="own", every="隔周周六", from_day="2026-11-28")
    assert 'every = "隔周周六"' in sidecar.read_text()
    edit(browser, "a.png", repeat="daily", from_day="2026-11-28")

    assert "every" not in sidecar.read_text()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("seconds", "0", "请填 1 到 86400"),
        ("seconds", "nan", "请填 1 到 86400"),
        ("seconds", "1e9", "请填 1 到 86400"),
        ("from_day", "30.11.2026", "请填写日期"),
        ("from_time", "08:00", "请填写日期"),
        ("until_day", "2026-13-01", "请填写日期"),
        ("begin", "08:00", "开始和结束都要填"),
        ("begin", "25:00", "开始和结束都要填"),
        ("every", "FREQ=HOURLY", "最密是每天"),
        ("every", "隔周周六", "请填“从哪天开始”"),
        ("title", "长" * 201, "标题最多 200 个字"),
        ("title", "a\x07b", "标题最多 200 个字"),
        ("theme", "unknown", "没有这个主题"),
        ("topic", "unknown", "没有这个分类"),
        ("transition", "spin", "没有这种切换方式"),
    ],
)
def test_a_mistake_stands_at_its_field_and_the_typing_stays(
    here: Desk, field: str, typed: str, sentence: str
) -> None:
    own = {"repeat": "own"} if field == "every" else {}

    code, text = edit(here.logged_in(), "a.png", **{"title": "Mine", field: typed, **own})

    assert 'aria-invalid="true"' in text or field == "transition"
    assert code == 422 and sentence in text and not (here.home.content / "a.toml").exists()
    assert field == "title" or 'value="Mine"' in text


def test_an_end_before_the_beginning_is_a_mistake(here: Desk) -> None:
    code, text = edit(here.logged_in(), "a.png", from_day="2026-11-30", until_day="2026-11-01")

    assert code == 422 and "结束要在开始之后" in text


def test_a_time_with_a_zone_is_a_mistake(here: Desk) -> None:
    days = {"from_day": "2026-11-01", "until_day": "2026-11-30"}

    code, text = edit(here.logged_in(), "a.png", **days, from_time="08:00+08:00")

    assert code == 422 and "请填写日期" in text


def test_who_saves_second_is_told_and_keeps_what_was_typed(here: Desk) -> None:
    mine, other = here.logged_in(), here.logged_in()
    version = re.search(r'name="version" value="(\w+)"', mine.get("/slide/a.png").text)
    assert version is not None
    edit(other, "a.png", title="Theirs")

    answer = mine.post("/slide/a.png", {"version": version.group(1), "title": "Mine"})

    assert answer.status_code == 409 and "别人改过它" in answer.text and 'value="Mine"' in answer.text
    assert 'title = "Theirs"' in (here.home.content / "a.toml").read_text()


def test_steps_and_drops_change_the_order(here: Desk) -> None:
    browser = here.logged_in()

    browser.post("/move", {"up": "c.png"})
    assert loop_of(browser) == ["a.png", "c.png", "b.png"]
    browser.post("/move", {"file": "a.png", "before": ""})
    assert loop_of(browser) == ["c.png", "b.png", "a.png"]
    browser.post("/move", {"file": "a.png", "before": "c.png"})
    assert loop_of(browser) == ["a.png", "c.png", "b.png"]
    browser.post("/move", {"up": "a.png"})

    assert loop_of(browser) == ["a.png", "c.png", "b.png"]
    assert ("值班室", "order", "c.png") in trail_of(here)


def test_moving_keeps_remarks_and_names_that_are_no_slides() -> None:
    text = '# ours\norder = [\n    "a.png", # first\n    # rules\n    "gone.png",\n    "b.png",\n]\n'

    assert playlist_file.reordered(text, ["a.png", "b.png", "new.png"], "a.png", "new.png") == (
        '# ours\norder = [\n    # rules\n    "gone.png",\n    "b.png",\n'
        '    "a.png", # first\n    "new.png",\n]\n'
    )


@pytest.mark.parametrize("broken", [b"order = [", b'order = ["\xd6\xd0.png"]'], ids=["torn", "no UTF-8"])
def test_a_broken_playlist_is_said_and_left_as_it_is(here: Desk, broken: bytes) -> None:
    playlist = here.home.content / "playlist.toml"
    playlist.write_bytes(broken)

    answer = here.logged_in().post("/move", {"down": "a.png"})

    assert answer.status_code == 422 and "playlist.toml 有写错的地方" in answer.text
    assert playlist.read_bytes() == broken


def test_a_playlist_saved_by_the_editor_of_windows_is_reordered(here: Desk) -> None:
    (here.home.content / "playlist.toml").write_text('\ufeff# ours\norder = ["b.png"]\n', "utf-8")
    browser = here.logged_in()

    browser.post("/move", {"file": "c.png", "before": "b.png"})

    assert loop_of(browser)[:2] == ["c.png", "b.png"]
    assert "# ours" in (here.home.content / "playlist.toml").read_text()


def test_a_removed_slide_is_gone_at_once_and_undo_brings_it_back_with_its_place(here: Desk) -> None:
    browser, content = here.logged_in(), here.home.content
    (content / "a.toml").write_text('title = "第一"\n')
    browser.post("/move", {"file": "a.png", "before": ""})

    page = browser.get(browser.post("/remove/a.png").location).text
    assert not (content / "a.png").exists() and not (content / "a.toml").exists()
    assert "已移除“第一”。" in page and loop_of(browser) == ["b.png", "c.png"]
    undo = re.search(r'action="(/undo/[^"]+)"', page)
    assert undo is not None
    browser.post(undo.group(1))

    assert loop_of(browser) == ["b.png", "c.png", "a.png"]
    assert (content / "a.toml").read_text() == 'title = "第一"\n' and not list(here.home.removed.iterdir())
    assert browser.post(undo.group(1)).status_code == 404


def test_undo_does_not_overwrite_what_has_come_since(here: Desk) -> None:
    browser, content = here.logged_in(), here.home.content
    (content / "a.toml").write_text('title = "old"\n')
    removed = removal.put_away(here.home, "a.png", "old", "x", here.clock())
    paint(content / "a.png", "red")

    browser.post(f"/undo/{removed.name}")

    assert (content / "a-2.png").exists() and (content / "a-2.toml").read_text() == 'title = "old"\n'
    assert not (content / "a.toml").exists()


@pytest.mark.parametrize("name", ["film.mp4", "README", "_draft.png", "wrong.toml"])
def test_undo_brings_back_also_what_could_not_be_shown(here: Desk, name: str) -> None:
    (here.home.content / name).write_bytes(b"secods = 3")
    browser = here.logged_in()

    page = browser.get(browser.post(f"/remove/{name}").location).text
    assert not (here.home.content / name).exists()
    undo = re.search(r'action="(/undo/[^"]+)"', page)
    assert undo is not None and browser.post(undo.group(1)).status_code == 302

    assert (here.home.content / name).read_bytes() == b"secods = 3"
    assert not list(here.home.removed.iterdir())


def test_pressing_remove_twice_says_once_more_that_it_is_gone(here: Desk) -> None:
    browser = here.logged_in()

    first, second = browser.post("/remove/a.png"), browser.post("/remove/a.png")

    assert first.location == second.location and "撤销" in browser.get(second.location).text
    assert browser.post("/remove/never.png").status_code == 404


def test_a_card_stays_when_a_file_without_a_suffix_goes(here: Desk) -> None:
    (here.home.content / "README").write_bytes(b"0")
    card_in(here).rename(here.home.content / "README.toml")

    here.logged_in().post("/remove/README")

    assert (here.home.content / "README.toml").exists()


def test_a_sidecar_of_two_assets_stays_with_the_other(here: Desk) -> None:
    content = here.home.content
    Image.new("RGB", (10, 10)).save(content / "a.jpg")
    (content / "a.toml").write_text('title = "both"\n')

    here.logged_in().post("/remove/a.png")

    assert (content / "a.jpg").exists() and (content / "a.toml").exists()


def test_what_was_removed_thirty_days_ago_is_gone_for_good(here: Desk) -> None:
    browser = here.logged_in()
    browser.post("/remove/a.png")

    here.clock.passes(days=29)
    assert len(removal.lately(here.home, here.clock())) == 1
    here.clock.passes(days=1.1)

    assert removal.lately(here.home, here.clock()) == () and not list(here.home.removed.iterdir())


@pytest.mark.parametrize("name", ["x", "../../config", "20261123-120000-00000000", "..%2f"])
def test_an_undo_of_nothing_is_not_found(here: Desk, name: str) -> None:
    assert here.logged_in().post(f"/undo/{name}").status_code in (404, 405)


def test_pages_of_one_text_are_one_thing(here: Desk) -> None:
    (here.home.content / "long.txt").write_text("通知\n" + "请关好门窗，注意用火用电安全。" * 40)
    prove(here)
    browser = here.logged_in()

    assert loop_of(browser).count("long.txt") == 1
    assert re.search(r"共 \d+ 页，每页 10 秒", browser.get("/").text)


def test_a_phone_that_could_not_reach_the_code_is_warned_of(home: Home) -> None:
    with desk(home, '[web]\npublic_host = "127.0.0.1"\n[screen]\nwidth = 192\nheight = 96\n') as here:
        assert "手机扫码打不开反馈页" in here.logged_in().get("/").text


def test_names_and_titles_are_text_and_never_markup(here: Desk) -> None:
    paint(here.home.content / "<b>&'.png")
    (here.home.content / "<b>&'.toml").write_text('title = "<script>alert(1)</script>"\n')
    prove(here)

    text = here.logged_in().get("/").text

    assert "<script>alert" not in text and "&lt;script&gt;alert(1)" in text
    assert here.logged_in().get("/slide/%3Cb%3E&'.png").status_code == 200


CARD = (
    '# kept\ntemplate = "points"\ntitle = "七个不\\n处处见文明"\n\n'
    '[fields]\npoints = ["不丢一片纸", "不占一条道"]\n'
)


def card_in(desk_: Desk) -> Path:
    path = desk_.home.content / "card.toml"
    path.write_text(CARD)
    prove(desk_)
    return path


def words_of(browser: Browser, file: str, **changed: str) -> tuple[int, str]:
    """Change words of a card; the form sends all of them, as a browser would."""
    page = browser.get(f"/slide/{file}").text
    texts = dict(re.findall(r'<textarea id="([\w.]+)"[^>]*>([^<]*)</textarea>', page))
    texts |= {name: unescape(text) for name, text in texts.items()}
    code, text = edit(browser, file, **(texts | {f"field.{name}": text for name, text in changed.items()}))
    return code, text


def test_the_words_of_a_card_are_edited_in_place(here: Desk) -> None:
    path = card_in(here)

    code, _ = words_of(
        here.logged_in(), "card.toml", points="不丢一片纸\r\n不抛一件物\r\n", note="请大家来改"
    )

    assert code == 302
    assert path.read_text() == CARD.replace("不占一条道", "不抛一件物") + 'note = "请大家来改"\n'


def test_a_card_saved_as_it_was_is_not_written(here: Desk) -> None:
    path = card_in(here)
    before = path.stat().st_mtime_ns

    assert words_of(here.logged_in(), "card.toml")[0] == 302
    assert path.stat().st_mtime_ns == before


def test_words_that_make_no_card_are_refused_and_the_card_stays_on_the_screen(here: Desk) -> None:
    path = card_in(here)

    code, text = words_of(here.logged_in(), "card.toml", points="不丢一片纸\n" * 12, note="留着")

    assert code == 422 and "至多 9 行" in text and "留着" in text
    assert path.read_text() == CARD and not list(here.home.incoming.iterdir())


def test_how_a_card_looks_is_chosen_from_names_and_stands_above_its_fields(here: Desk) -> None:
    path = card_in(here)
    page = here.logged_in().get("/slide/card.toml").text

    code, _ = words_of(here.logged_in(), "card.toml", look="day", art="leaf")

    assert code == 302 and "白天：鲜明" in page and "叶子" in page
    said = tomllib.loads(path.read_text())
    assert (said["look"], said["fields"]["art"]) == ("day", "leaf")


def test_a_field_says_how_long_it_may_be_and_what_it_wants(here: Desk) -> None:
    (here.home.content / "day.toml").write_text('template = "countdown"\n[fields]\nday = 2026-12-31\n')
    prove(here)

    page = here.logged_in().get("/slide/day.toml").text

    assert re.search(r'<input id="field.day" [^>]*value="2026-12-31" required aria-describedby="hint-', page)
    assert 'id="hint-field.day">例如 2026-12-31。' in page
    code, told = words_of(here.logged_in(), "day.toml", en="a" * 121)
    assert code == 422 and "至多 120 个字，多了 1 个" in told and "a" * 121 in told


def test_a_card_with_a_photo_can_be_edited(here: Desk) -> None:
    (here.home.content / "p.toml").write_text(
        'template = "picture-text"\ntitle = "院子"\n[fields]\npicture = "a.png"\n'
    )
    prove(here)
    prove(here)

    code, _ = words_of(here.logged_in(), "p.toml", caption="四月")

    assert code == 302 and 'caption = "四月"' in (here.home.content / "p.toml").read_text()
    assert not list(here.home.incoming.iterdir())


def test_a_text_is_edited_as_a_whole(here: Desk) -> None:
    path = here.home.content / "notice.txt"
    path.write_text("停水通知\r\n明天上午停水。\r\n")
    prove(here)
    browser = here.logged_in()

    assert words_of(browser, "notice.txt")[0] == 302
    assert path.read_bytes() == "停水通知\r\n明天上午停水。\r\n".encode()
    words_of(browser, "notice.txt", text="停水通知\r\n改为后天上午。")

    assert path.read_text() == "停水通知\n改为后天上午。"
    assert words_of(browser, "notice.txt", text="")[0] == 422


def test_a_thumbnail_is_found_without_listing_the_folder_again(here: Desk) -> None:
    browser = here.logged_in()
    browser.get("/")

    with heard("os.scandir") as listed:
        answer = browser.get("/thumbnail/a.png?width=320")

    assert answer.status_code == 200
    assert str(here.home.content) not in listed


def test_the_tiles_of_a_large_home_cost_no_more_each(here: Desk) -> None:
    office, whole = here.app.extensions["office"], (here.home.content / "a.png").read_bytes()
    spent = []
    for count in (400, 3200):
        for number in range(count):
            (here.home.content / f"{number}.png").write_bytes(whole)
        verdicts = Verdicts(here.home.cache / "verdicts", here.decoder.look.digest)
        for name, asset in scan(here.home.content).items():
            verdicts.keep(name, Verdict(here.decoder.stamp(asset)))
        spent += seconds(lambda: shelf.read(office))

    assert spent[1] < LINEAR * spent[0]


def test_an_order_of_thousands_is_written_in_time() -> None:
    def write(count: int) -> None:
        names = [f"{number}.png" for number in range(count)]
        assert playlist_file.reordered("", names, "3.png", "1.png").count(".png") == count

    small, large = seconds(lambda: write(FEW), lambda: write(MANY))

    assert large < LINEAR * small


def test_a_slide_that_opens_while_the_wall_is_dark_says_when_it_is_seen(home: Home) -> None:
    with desk(home, f'{SMALL}[light]\nhours = ["07:00-21:00"]\n') as here:
        shows = {
            "day": "from = 2026-12-05",
            "late": 'hours = ["20:30-23:00"]',
            "dark": 'hours = ["22:00-23:00"]',
        }
        for name, show in shows.items():
            paint(home.content / f"{name}.png")
            (home.content / f"{name}.toml").write_text(f"[show]\n{show}\n")
        prove(here)

        text = unescape(here.logged_in().get("/").text)

        assert "12月5日 07:00 亮屏时开始播放。" in text
        assert "今天 20:30 开始播放。" in text
        assert "今天 22:00 开始，不过那时屏幕不亮，看不到。" in text
