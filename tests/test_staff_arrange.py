"""Playlists, search, drafts and copies, many slides at once, and taking all of it back."""

import re
import tomllib
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from costs import heard
from office import SMALL, Browser, Desk, desk
from test_staff_slides import loop_of, paint, prove, trail_of

from admin import moving, view
from kiosk import files
from kiosk.errors import DiskFull, Words
from kiosk.files import Home

ZONES = f"""{SMALL}
[layout]
use = "side"
"""


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    themes = '[[theme]]\nslug = "green"\nzh = "绿色生活"\nen = "Green life"\n'
    (home.config / "topics.toml").write_text(themes)
    with desk(home, ZONES.replace("width = 192", "width = 384")) as made:
        for name in ("a.png", "b.png", "c.png", "电梯/d.png"):
            paint(home.content / name)
        prove(made)
        yield made


def shown(browser: Browser, address: str) -> list[str]:
    """The files that the list of that page shows."""
    text = browser.get(address).text
    found = re.search(r'<ol class="tiles" id="order">(.*?)</ol>', text, re.DOTALL)
    return re.findall(r'data-file="([^"]+)"', found.group(1)) if found else []


def sentence(browser: Browser, answer: Any) -> str:
    """What the page says to which an answer leads."""
    assert answer.status_code == 302, answer.text
    found = re.search(
        r'class="notice (?:good|warn) changed".*?<div>(.*?)</div>', browser.get(answer.location).text, re.S
    )
    return re.sub(r"<[^>]+>|\s+", "", unescape(found.group(1))) if found else ""


def undo(browser: Browser, answer: Any) -> Any:
    name = re.search(r"changed=([\w-]+)", answer.location)
    assert name is not None
    return browser.post(f"/changes/{name.group(1)}/undo")


def tree(desk_: Desk) -> dict[str, bytes]:
    content = desk_.home.content
    return {p.relative_to(content).as_posix(): p.read_bytes() for p in content.rglob("*") if p.is_file()}


def do(browser: Browser, what: str, *names: str, **fields: str) -> Any:
    return browser.post("/many", {"do": what, "file": list(names), **fields})


def test_each_playlist_says_in_which_zone_it_plays(here: Desk) -> None:
    browser = here.logged_in()

    main, side, lift = (browser.get(f"/{one}").text for one in ("", "?list=side", "?list=电梯"))

    assert "在主区域播放" in main and "在区域“side”播放" in side and "不在任何区域播放" in lift
    assert shown(browser, "/?list=电梯") == ["电梯/d.png"] and "播放列表“电梯”不在任何区域播放。" in lift


def test_a_video_in_a_zone_without_video_says_so(here: Desk) -> None:
    (here.home.content / "side").mkdir()
    (here.home.content / "side" / "live.toml").write_text('stream = "rtsp://192.0.2.1/x"\n')
    prove(here)

    assert "这个区域不放视频和声音" in here.logged_in().get("/?list=side").text


@pytest.mark.parametrize("folder", ["nowhere", "..", "../..", "/etc", "a\x00b", "x" * 9000])
def test_a_playlist_that_is_not_there_is_said(here: Desk, folder: str) -> None:
    answer = here.logged_in().get("/", query_string={"list": folder})

    assert answer.status_code == 404 and "没有这个播放列表" in answer.text


def test_a_playlist_is_made_renamed_and_removed_and_all_of_it_undone(here: Desk) -> None:
    browser, content = here.logged_in(), here.home.content

    made = browser.post("/playlists", {"name": " 三号楼 "})
    assert (content / "三号楼").is_dir() and "新建了播放列表“三号楼”" in sentence(browser, made)
    renamed = browser.post("/playlists/rename?list=三号楼", {"name": "四号楼"})
    assert (content / "四号楼").is_dir() and not (content / "三号楼").exists()
    removed = browser.post("/playlists/remove?list=四号楼")
    assert not (content / "四号楼").exists()
    for answer in (removed, renamed, made):
        assert undo(browser, answer).status_code == 302

    assert not (content / "三号楼").exists() and not (content / "四号楼").exists()
    assert {"playlist.make", "playlist.rename", "playlist.remove", "undo"} <= {
        one[1] for one in trail_of(here)
    }


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "..",
        "../x",
        "a/b",
        "a\\b",
        "_x",
        ".x",
        "~x",
        "x.part",
        "con",
        "a:b",
        "🙂",
        "x" * 61,
        "电梯",
        "a\nb",
        "x.",
    ],
)
def test_a_name_that_no_folder_can_bear_is_refused_in_words(here: Desk, name: str) -> None:
    before = sorted(here.home.content.iterdir())

    answer = here.logged_in().post("/playlists", {"name": name})

    assert answer.status_code == 422 and sorted(here.home.content.iterdir()) == before


def test_a_playlist_that_the_settings_name_and_one_with_slides_stay(here: Desk) -> None:
    browser = here.logged_in()
    (here.home.content / "side").mkdir()

    assert "设置里写着" in browser.post("/playlists/rename?list=side", {"name": "x"}).text
    assert "设置里写着" in browser.post("/playlists/remove?list=side").text
    assert "设置里写着" in browser.post("/playlists/remove").text
    assert "里面还有 1 个文件" in browser.post("/playlists/remove?list=电梯").text
    assert (here.home.content / "电梯" / "d.png").exists()


def test_slides_of_a_renamed_playlist_are_not_checked_again(here: Desk) -> None:
    browser = here.logged_in()

    browser.post("/playlists/rename?list=电梯", {"name": "lift"})

    assert shown(browser, "/?list=lift") == ["lift/d.png"]


def test_a_slide_moves_with_its_sidecar_and_leaves_the_order_and_undo_puts_all_back(here: Desk) -> None:
    browser, content = here.logged_in(), here.home.content
    (content / "a.toml").write_text('# mine\ntitle = "A"\n')
    (content / "playlist.toml").write_text('order = [\n  "c.png", # first\n  "a.png",\n]\n')
    before = tree(here)

    answer = do(browser, "move", "a.png", "b.png", to="电梯")

    assert "移动了2个" in sentence(browser, answer)
    assert shown(browser, "/?list=电梯") == ["电梯/a.png", "电梯/b.png", "电梯/d.png"]
    assert (content / "电梯/a.toml").read_text() == '# mine\ntitle = "A"\n' and not (
        content / "a.toml"
    ).exists()
    assert tomllib.loads((content / "playlist.toml").read_text())["order"] == ["c.png"]
    assert undo(browser, answer).status_code == 302
    assert tree(here) == before


def test_a_slide_that_moves_where_its_name_is_taken_gets_a_number(here: Desk) -> None:
    paint(here.home.content / "电梯" / "a.png", "red")

    do(here.logged_in(), "move", "a.png", to="电梯")

    assert (here.home.content / "电梯" / "a-2.png").exists()


@pytest.mark.parametrize("to", ["", "nowhere", "..", "../x"])
def test_nothing_moves_to_where_no_playlist_is(here: Desk, to: str) -> None:
    before = tree(here)

    answer = do(here.logged_in(), "move", "a.png", to=to)

    assert answer.status_code == 422 and tree(here) == before


def test_the_photo_of_a_card_goes_along_with_it(here: Desk) -> None:
    content = here.home.content
    (content / "card.toml").write_text('template = "photo"\ntitle = "合影"\n[fields]\npicture = "a.png"\n')
    prove(here)
    browser = here.logged_in()
    browser.get("/")

    do(browser, "move", "card.toml", to="电梯")

    assert (content / "电梯" / "a.png").exists() and not (content / "a.png").exists()


def test_a_copy_is_a_draft_behind_its_original_with_a_number_and_undo_takes_it_away(here: Desk) -> None:
    browser, content = here.logged_in(), here.home.content
    (content / "b.toml").write_text('title = "通知"\n[show]\nuntil = 2026-12-01\n')
    before = tree(here)

    answer = do(browser, "copy", "b.png")

    assert loop_of(browser) == ["a.png", "b.png", "_b-2.png", "c.png"]
    page = browser.get(answer.location).text
    assert "通知 (2)" in page and "这是草稿，不播放。" in page and page.count("轮播中</span>") == 3
    assert browser.get("/slide/_b-2.png").status_code == 200
    assert browser.get("/thumbnail/_b-2.png?width=320").status_code == 200
    assert undo(browser, answer).status_code == 302
    assert tree(here) == before


def test_copies_of_copies_go_on_counting(here: Desk) -> None:
    browser = here.logged_in()

    do(browser, "copy", "a.png")
    do(browser, "copy", "a.png")
    do(browser, "copy", "_a-2.png")

    text = browser.get("/").text
    assert all(f"a ({number})" in text for number in (2, 3, 4))


def test_the_title_of_a_card_stands_on_the_wall_and_so_gets_no_number(here: Desk) -> None:
    card = 'template = "points"\ntitle = "七个不"\n[fields]\npoints = ["不丢一片纸"]\n'
    (here.home.content / "card.toml").write_text(card)
    prove(here)

    do(here.logged_in(), "copy", "card.toml")

    assert (here.home.content / "_card-2.toml").read_text() == card


def test_a_draft_goes_up_at_its_place_and_down_again(here: Desk) -> None:
    browser, content = here.logged_in(), here.home.content
    (content / "a.toml").write_text('title = "A"\n')

    do(browser, "copy", "a.png")
    up = do(browser, "up", "_a-2.png")
    assert loop_of(browser) == ["a.png", "a-2.png", "b.png", "c.png"] and "上屏了1个" in sentence(browser, up)
    assert (content / "a-2.toml").exists() and not (content / "_a-2.toml").exists()
    down = do(browser, "down", "a.png")

    assert "收成了草稿" in sentence(browser, down)
    assert loop_of(browser) == ["_a.png", "a-2.png", "b.png", "c.png"]
    assert (content / "_a.toml").read_text() == 'title = "A"\n'
    assert "里面写的" not in browser.get("/").text


def test_a_draft_that_cannot_be_shown_stays_one(here: Desk) -> None:
    (here.home.content / "_bad.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")

    answer = do(here.logged_in(), "up", "_bad.jpg")

    assert answer.status_code == 422 and (here.home.content / "_bad.jpg").exists()


def test_files_that_draw_the_curtain_are_no_drafts(here: Desk) -> None:
    (here.home.content / "_blackout").touch()

    assert 'data-file="_blackout"' not in here.logged_in().get("/").text


@pytest.mark.parametrize(
    ("what", "field", "value", "written"),
    [
        ("until", "until", "2026-12-31", "[show]\nuntil = 2026-12-31\n"),
        ("theme", "theme", "green", 'theme = "green"\n'),
        ("seconds", "seconds", "１５", "seconds = 15\n"),
        ("transition", "transition", "wipe", 'transition = "wipe"\n'),
    ],
)
def test_one_press_changes_many_and_one_undo_takes_it_back(
    here: Desk, what: str, field: str, value: str, written: str
) -> None:
    browser, content = here.logged_in(), here.home.content
    (content / "b.toml").write_text('# mine\ntitle = "B" # too\n')
    before = tree(here)

    answer = do(browser, what, "a.png", "b.png", "gone.png", **{field: value})

    said = sentence(browser, answer)
    assert "改了2个" in said and "1个没有改：gone.png它已经不在了。" in said
    assert (content / "a.toml").read_text().strip() == written.strip()
    assert (content / "b.toml").read_text().startswith('# mine\ntitle = "B" # too\n')
    assert trail_of(here).count(("值班室", "slide.edit", "b.png")) == 1
    assert undo(browser, answer).status_code == 302 and tree(here) == before
    assert undo(browser, answer).status_code == 404


@pytest.mark.parametrize(
    ("what", "field", "value"),
    [
        ("until", "until", ""),
        ("until", "until", "31.12.2026"),
        ("theme", "theme", "unknown"),
        ("seconds", "seconds", "0"),
        ("seconds", "seconds", "nan"),
        ("seconds", "seconds", "x"),
        ("transition", "transition", "spin"),
        ("none", "theme", ""),
    ],
)
def test_a_value_that_is_none_changes_nothing(here: Desk, what: str, field: str, value: str) -> None:
    before = tree(here)

    answer = do(here.logged_in(), what, "a.png", **{field: value})

    assert answer.status_code == 422 and tree(here) == before
    assert here.logged_in().post("/many", {"do": "explode", "file": "a.png"}).status_code == 400


def test_without_a_tick_it_says_what_to_do(here: Desk) -> None:
    assert "请先勾选画面" in do(here.logged_in(), "remove").text


@pytest.mark.parametrize(
    "name", ["../config/kiosk.toml", "/etc/passwd", "a\x00", "..", "playlist.toml", "💥"]
)
def test_no_other_file_is_reached_by_a_name(here: Desk, name: str) -> None:
    before = tree(here), (here.home.config / "kiosk.toml").read_text()
    browser = here.logged_in()

    for what in ("remove", "copy", "up", "down", "move", "seconds"):
        assert do(browser, what, name, to="电梯", seconds="5").status_code == 422
    assert browser.post("/move", {"file": name, "step": "first"}).status_code == 404

    assert (tree(here), (here.home.config / "kiosk.toml").read_text()) == before


def test_a_sidecar_with_a_mistake_is_left_and_the_others_are_changed(here: Desk) -> None:
    content = here.home.content
    for number, wrong in enumerate((b"show = 3\n", b"title = [", b"\xff\xfe\x00")):
        paint(content / f"x{number}.png")
        (content / f"x{number}.toml").write_bytes(wrong)
    browser, names = here.logged_in(), [f"x{number}.png" for number in range(3)]
    files_of = re.findall(r'data-file="([^"]+)"', browser.get("/").text)

    answer = do(
        browser, "until", "a.png", *[one for one in files_of if one.startswith("x")], until="2026-12-31"
    )

    assert "改了1个的结束日期，3个没有改：" in sentence(browser, answer)
    assert len(names) == 3 and (content / "x0.toml").read_bytes() == b"show = 3\n"


def test_what_somebody_has_edited_since_is_not_undone(here: Desk) -> None:
    browser, content = here.logged_in(), here.home.content
    answer = do(browser, "seconds", "a.png", "b.png", seconds="15")
    (content / "a.toml").write_text("seconds = 30 # by hand\n")

    undone = undo(browser, answer)

    assert undone.status_code == 409 and "之后有人又改过" in undone.text and "a.toml" in undone.text
    assert (content / "a.toml").read_text() == "seconds = 30 # by hand\n" and not (
        content / "b.toml"
    ).exists()


def offered(text: str) -> list[str]:
    """What the page of one slide lets one do."""
    form = re.search(r'id="deeds".*?</form>', text, re.DOTALL)
    assert form is not None
    return re.findall(r"<button.*?\b(go|first|last|move|copy|down)\b", form[0])


def test_what_is_seldom_done_to_a_slide_has_a_page_of_its_own(here: Desk) -> None:
    browser = here.logged_in()
    do(browser, "copy", "b.png")

    slide, draft, other = (
        browser.get(f"/more/{one}").text for one in ("b.png", "_b-2.png", "电梯/d.png?list=电梯")
    )

    assert offered(slide) == ["go", "first", "last", "move", "copy", "down"] and 'value="2"' in slide
    assert offered(draft) == ["go", "first", "last", "move", "copy"]
    assert offered(other) == ["move", "copy", "down"] and "list=电梯" in other


@pytest.mark.parametrize("name", ["nothing.png", "playlist.toml", "..%2Fconfig%2Fkiosk.toml"])
def test_what_is_no_slide_has_no_such_page(here: Desk, name: str) -> None:
    (here.home.content / "playlist.toml").write_text('order = ["c.png"]\n')

    assert here.logged_in().get(f"/more/{name}").status_code == 404


def test_two_people_who_change_one_slide_lose_nothing(here: Desk) -> None:
    mine, other = here.logged_in(), here.logged_in()
    mine.get("/"), other.get("/")

    do(mine, "seconds", "a.png", seconds="15")
    do(other, "theme", "a.png", theme="green")

    assert tomllib.loads((here.home.content / "a.toml").read_text()) == {"seconds": 15, "theme": "green"}


def test_many_are_removed_and_come_back_together(here: Desk) -> None:
    browser, before = here.logged_in(), tree(here)

    answer = do(browser, "remove", "a.png", "b.png", "电梯/d.png")

    assert sorted(tree(here)) == ["c.png"] and undo(browser, answer).status_code == 302
    assert tree(here) == before


def test_a_full_disk_leaves_every_file_whole_and_says_so(here: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, written = here.logged_in(), list[str]()
    do(browser, "seconds", "a.png", seconds="15")
    write = files.write

    def full(path: Any, content: bytes, **kept: Any) -> None:
        if path.name == "b.toml":
            written.append(path.name)
            raise DiskFull(Words("磁盘已满。", "The disk is full."))
        write(path, content, **kept)

    monkeypatch.setattr(files, "write", full)

    answer = do(browser, "seconds", "a.png", "b.png", "c.png", seconds="20")

    assert "改了1个的停留时间，2个没有改：" in sentence(browser, answer) and written == ["b.toml"]
    assert not (here.home.content / "b.toml").exists() and not (here.home.content / "c.toml").exists()


def test_a_copy_that_has_no_room_is_not_begun(here: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(here)
    monkeypatch.setattr(moving.files, "free", lambda folder: 10)

    answer = do(here.logged_in(), "copy", "a.png")

    assert answer.status_code == 507 and tree(here) == before


def test_a_change_of_dates_does_not_take_a_card_off_the_screen(here: Desk) -> None:
    (here.home.content / "card.txt").write_text("通知\n请关好门窗")
    (here.home.content / "card.toml").unlink(missing_ok=True)
    (here.home.content / "q.toml").write_text(
        'template = "points"\ntitle = "七个不"\n[fields]\npoints = ["不丢"]\n'
    )
    prove(here)
    browser = here.logged_in()

    do(browser, "until", "q.toml", "card.txt", until="2026-12-31")

    page = browser.get("/").text
    assert "等待检查" not in page and "到12月31日为止" in page


def test_search_finds_titles_files_and_words_on_cards_in_every_width(here: Desk) -> None:
    content = here.home.content
    (content / "a.toml").write_text('title = "停水通知"\ntheme = "green"\n')
    (content / "card.toml").write_text(
        'template = "points"\ntitle = "七个不"\n[fields]\npoints = ["不丢一片纸", "ＡＢＣ"]\n'
    )
    (content / "坏.jpg").write_bytes(b"no picture")
    prove(here)
    browser = here.logged_in()

    for query, found in (
        ("停水", ["a.png"]),
        ("a.png", ["a.png"]),
        ("一片 七个", ["card.toml"]),
        ("abc", ["card.toml"]),
        ("坏", ["坏.jpg"]),
        ("template", []),
        ("nothing", []),
    ):
        assert shown(browser, f"/?q={query}") == found, query
    assert shown(browser, "/?theme=green") == ["a.png"] and "a.png" not in shown(browser, "/?theme=-")
    assert (
        shown(browser, "/?standing=refused") == ["坏.jpg"]
        and "“电梯”里还有 1 个" in browser.get("/?q=d.png").text
    )


def test_a_search_that_is_repeated_opens_no_card(here: Desk) -> None:
    (here.home.content / "card.txt").write_text("通知\n请关好门窗")
    prove(here)
    browser = here.logged_in()
    browser.get("/?q=门窗")

    with heard("open") as opened:
        browser.get("/?q=门窗")

    assert not [path for path in opened if path.endswith("card.txt")]


def many_slides(here: Desk, count: int) -> None:
    whole = (here.home.content / "a.png").read_bytes()
    for number in range(count):
        (here.home.content / f"n{number:04}.png").write_bytes(whole)
    prove(here)


def test_a_large_playlist_comes_in_pages_and_is_ordered_across_them(here: Desk) -> None:
    many_slides(here, 100)
    browser = here.logged_in()
    whole, rest = divmod(103, view.EACH)
    pages = [shown(browser, f"/?page={page}") for page in range(1, whole + 2)]
    assert [len(page) for page in pages] == [view.EACH] * whole + [rest]
    assert len({one for page in pages for one in page}) == 103

    browser.post("/move", {"file": "n0099.png", "step": "first"})
    browser.post("/move", {"file": "a.png", "place": "50"})
    last_of_first = shown(browser, "/")[-1]
    browser.post("/move?page=1", {"down": last_of_first})

    assert shown(browser, "/")[0] == "n0099.png" and shown(browser, "/?page=2")[0] == last_of_first
    before, place = divmod(50 - 1, view.EACH)
    fiftieth = shown(browser, f"/?page={before + 1}")
    assert fiftieth[place] == "a.png" and shown(browser, "/?at=a.png") == fiftieth
    assert shown(browser, "/?page=999") == shown(browser, f"/?page={whole + 1}")


def test_with_a_search_a_step_passes_what_is_not_seen(here: Desk) -> None:
    (here.home.content / "a.toml").write_text('theme = "green"\n')
    (here.home.content / "c.toml").write_text('theme = "green"\n')
    browser = here.logged_in()

    browser.post("/move?theme=green", {"up": "c.png"})
    assert loop_of(browser) == ["c.png", "a.png", "b.png"]
    browser.post("/move?theme=green", {"file": "c.png", "behind": "a.png"})

    assert loop_of(browser) == ["a.png", "c.png", "b.png"]


@pytest.mark.parametrize(
    "name", ["居民公约 100%.png", "a?b&c.png", "d#e;f+g.png", "\\h|i'j.png", "%E5%B1%85.png"]
)
def test_a_row_leads_to_its_slide_whatever_its_name_is(here: Desk, name: str) -> None:
    paint(here.home.content / name)
    prove(here)
    browser = here.logged_in()
    rows = re.findall('<li class="tile.*?</li>', browser.get("/").text, re.DOTALL)
    row = next(one for one in rows if f'data-file="{name}"' in unescape(one))
    asked = [unescape(one) for one in re.findall(r'(?:href|src|formaction)="(/[^"]+)"', row)]

    answers = [browser.get(one).status_code for one in asked if "/remove/" not in one]
    removed = [browser.post(one).status_code for one in asked if "/remove/" in one]

    assert answers == [200] * 4 and removed == [302] and not (here.home.content / name).exists()


def test_the_order_of_another_playlist_is_its_own(here: Desk) -> None:
    paint(here.home.content / "电梯" / "e.png")
    prove(here)
    browser = here.logged_in()

    browser.post("/move?list=电梯", {"file": "电梯/e.png", "step": "first"})

    assert shown(browser, "/?list=电梯") == ["电梯/e.png", "电梯/d.png"]
    assert (here.home.content / "电梯" / "playlist.toml").exists() and not (
        here.home.content / "playlist.toml"
    ).exists()


def test_all_means_what_was_seen_and_nothing_that_came_since(here: Desk) -> None:
    many_slides(here, 60)
    browser = here.logged_in()
    seal = re.search(r'id="all" value="(\w+)"', browser.get("/?q=n00").text)
    assert seal is not None
    (here.home.content / "n0099.png").write_bytes((here.home.content / "a.png").read_bytes())
    prove(here)

    late = browser.post("/many?q=n00", {"do": "remove", "all": seal.group(1)})
    again = re.search(r'id="all" value="(\w+)"', browser.get("/?q=n00").text)
    assert late.status_code == 422 and again is not None
    answer = browser.post("/many?q=n00", {"do": "remove", "all": again.group(1)})

    assert "移除了61个" in sentence(browser, answer) and loop_of(browser) == ["a.png", "b.png", "c.png"]


def test_what_was_removed_is_found_and_many_come_back(here: Desk) -> None:
    browser = here.logged_in()
    do(browser, "remove", "a.png", "b.png", "电梯/d.png")
    (here.home.content / "电梯").rmdir()

    page = browser.get("/removed?q=d.png").text
    found = re.findall(r'name="name" value="([\w-]+)"', page)
    assert len(found) == 1
    every = re.findall(r'name="name" value="([\w-]+)"', browser.get("/removed").text)
    answer = browser.post("/removed/restore", {"name": every})

    assert answer.status_code == 302 and "放回了 3 个" in browser.get(answer.location).text
    assert sorted(tree(here)) == ["a.png", "b.png", "c.png", "电梯/d.png"]
    assert browser.post("/removed/restore", {"name": every}).status_code == 404
    assert browser.post("/removed/restore", {"name": ["../../config"]}).status_code == 404
    assert browser.post("/removed/restore").status_code == 422


def test_a_playlist_that_has_become_a_file_is_said(here: Desk) -> None:
    browser = here.logged_in()
    do(browser, "remove", "电梯/d.png")
    (here.home.content / "电梯").rmdir()
    (here.home.content / "电梯").write_bytes(b"x")
    name = re.findall(r'name="name" value="([\w-]+)"', browser.get("/removed").text)

    answer = browser.post("/removed/restore", {"name": name})

    assert answer.status_code == 422 and "现在是一个文件" in answer.text and list(here.home.removed.iterdir())


def test_what_is_older_than_thirty_days_can_no_longer_be_undone(here: Desk) -> None:
    browser = here.logged_in()
    answer = do(browser, "seconds", "a.png", seconds="15")

    here.clock.passes(days=31)
    browser = here.logged_in()
    do(browser, "seconds", "b.png", seconds="15")

    assert undo(browser, answer).status_code == 404


@pytest.mark.parametrize("name", ["x", "../../config", "20261123-120000-00000000"])
def test_an_undo_of_no_change_is_said(here: Desk, name: str) -> None:
    assert here.logged_in().post(f"/changes/{name}/undo").status_code in (404, 405)


def test_a_page_of_a_thousand_slides_is_light(here: Desk) -> None:
    many_slides(here, 1000)

    page = here.logged_in().get("/")

    assert len(page.data) < 300_000 and page.text.count('loading="lazy"') >= view.EACH
