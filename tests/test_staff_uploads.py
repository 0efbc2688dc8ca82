"""Uploading: in pieces, as a plain form, refused in words, and what a full disk leaves behind."""

import dataclasses
import errno
import hashlib
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import media
import papers
import pytest
from office import SMALL, Browser, Desk, desk
from PIL import Image
from werkzeug.test import TestResponse

from admin import incoming, removal
from kiosk.files import Home, prepare

MEBI = 1 << 20


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        yield made


def picture(side: int = 64) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(written, "PNG")
    return written.getvalue()


def begin(browser: Browser, name: str, size: int, head: bytes = b"", changed: str = "0") -> TestResponse:
    fields = {"name": name, "size": str(size), "changed": changed, "head": (io.BytesIO(head), "blob")}
    return browser.script("POST", "/uploads", data=fields)


def append(browser: Browser, upload: str, offset: int, piece: bytes) -> TestResponse:
    headers = {"Accept": "application/json", "X-CSRF": browser.token(), "Upload-Offset": str(offset)}
    return browser.client.patch(f"/uploads/{upload}", headers=headers, data=piece)


def put(browser: Browser, upload: str, content: bytes) -> None:
    for offset in range(0, len(content), MEBI):
        assert append(browser, upload, offset, content[offset : offset + MEBI]).status_code == 200


def finish(browser: Browser, upload: str, content: bytes) -> TestResponse:
    digest = hashlib.sha256(content).hexdigest()
    return browser.script("POST", f"/uploads/{upload}/finish", data={"digest": digest})


def send(browser: Browser, name: str, content: bytes) -> TestResponse:
    upload = begin(browser, name, len(content), content[:65536]).json["id"]  # type: ignore[index]
    put(browser, upload, content)
    return finish(browser, upload, content)


def put_up(browser: Browser, *answers: TestResponse, keep: str = "always", **more: str) -> TestResponse:
    """What the button of the tray sends."""
    ids = [answer.json["id"] for answer in answers]  # type: ignore[index]
    return browser.post("/tray/up", {"id": ids, "keep": keep, **more})


def staged(browser: Browser) -> list[str]:
    """The names in the tray of the page."""
    tray = browser.get("/").text.partition('id="tray"')[2].partition("</section>")[0]
    return re.findall(r"<h3>([^<]*)</h3>", tray)


def left_over(home: Home) -> list[str]:
    """Everything that lies where an upload might have left something."""
    found = [*home.incoming.rglob("*"), *home.content.rglob("*")]
    return sorted(path.name for path in found if path.is_file() and path.name != "upload.json")


def test_a_picture_sent_in_pieces_waits_in_the_tray_and_plays_when_it_is_put_up(here: Desk) -> None:
    browser, content = here.logged_in(), picture(1000)
    assert len(content) > 2 * MEBI

    answer = send(browser, "社区 运动会.png", content)

    assert (answer.status_code, answer.json["name"]) == (201, "社区 运动会.png")  # type: ignore[index]
    assert list(here.home.content.iterdir()) == [] and staged(browser) == ["社区 运动会.png"]
    landed = put_up(browser, answer)
    assert (landed.status_code, unquote(landed.location)) == (
        302,
        "/?up=1&at=社区+运动会.png#slide-社区 运动会.png",
    )
    assert (here.home.content / "社区 运动会.png").read_bytes() == content
    assert left_over(here.home) == ["社区 运动会.png"] and staged(browser) == []
    assert 'id="slide-社区 运动会.png"' in browser.get("/").text


def test_an_interrupted_upload_goes_on_where_it_stopped(here: Desk) -> None:
    browser, content = here.logged_in(), picture()
    upload = begin(browser, "a.png", len(content)).json["id"]  # type: ignore[index]
    append(browser, upload, 0, content[:100])

    twice = append(browser, upload, 0, content[:100])
    append(browser, upload, twice.json["size"], content[100:])  # type: ignore[index]

    assert (twice.status_code, twice.json) == (409, {"size": 100})
    assert finish(browser, upload, content).status_code == 201


def test_a_browser_that_was_restarted_finds_its_upload_again(here: Desk) -> None:
    content = picture()
    first = begin(here.logged_in(), "a.png", len(content), content[:50], "1764130000000")
    append(here.logged_in(), first.json["id"], 0, content[:100])  # type: ignore[index]

    browser = here.logged_in()
    again = begin(browser, "a.png", len(content), content[:50], "1764130000000").json
    asked = browser.client.head(f"/uploads/{first.json['id']}")  # type: ignore[index]

    assert again is not None and first.json is not None
    assert (again["id"], again["size"]) == (first.json["id"], 100)
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == ("100", str(len(content)))
    page = browser.get("/").text
    assert "没有传完的" in page and f"已传 {100 * 100 // len(content)}%" in page


@pytest.mark.parametrize("other", ["name", "size", "changed", "head", "account"])
def test_another_file_is_another_upload(here: Desk, other: str) -> None:
    said = incoming.Announced("值班室", "a.png", 10, "1", b"head")
    values = {"name": "b.png", "size": 11, "changed": "2", "head": b"tail", "account": "物业"}

    assert dataclasses.replace(said, **{other: values[other]}).id != said.id  # type: ignore[arg-type]
    assert dataclasses.replace(said).id == said.id


def test_the_upload_of_another_account_is_nobody_elses(here: Desk) -> None:
    upload = begin(here.logged_in(), "a.png", 100)
    record = here.home.incoming / upload.json["id"] / "upload.json"  # type: ignore[index]
    record.write_text(record.read_text().replace("值班室", "物业"))
    browser = here.logged_in()

    assert append(browser, upload.json["id"], 0, b"x").status_code == 404  # type: ignore[index]


def test_an_upload_that_is_not_whole_is_neither_finished_nor_put_up(here: Desk) -> None:
    browser, content = here.logged_in(), picture()
    upload = begin(browser, "a.png", len(content))
    append(browser, upload.json["id"], 0, content[:-1])  # type: ignore[index]

    answer = finish(browser, upload.json["id"], content)  # type: ignore[index]
    up = put_up(browser, upload)

    assert answer.status_code == 422 and "没有传完整" in answer.json["mistake"]  # type: ignore[index]
    assert up.status_code == 422 and "还没有传完" in up.text
    assert list(here.home.content.iterdir()) == []


def test_what_was_damaged_on_its_way_is_not_kept(here: Desk) -> None:
    browser, content = here.logged_in(), picture()
    upload = begin(browser, "a.png", len(content)).json["id"]  # type: ignore[index]
    put(browser, upload, content[:-1] + b"?")

    answer = finish(browser, upload, content)

    assert answer.status_code == 422 and "路上损坏" in answer.json["mistake"]  # type: ignore[index]
    assert left_over(here.home) == []


def test_finishing_and_putting_up_twice_at_once_makes_one_slide(here: Desk) -> None:
    content, browsers = picture(), [here.logged_in() for _ in range(4)]
    upload = begin(browsers[0], "a.png", len(content))
    put(browsers[0], upload.json["id"], content)  # type: ignore[index]

    with ThreadPoolExecutor() as threads:
        sent = threads.map(lambda one: finish(one, upload.json["id"], content).status_code, browsers)  # type: ignore[index]
        assert set(sent) == {201}
        ups = threads.map(lambda one: put_up(one, upload).location, browsers)

    assert sorted(ups) == ["/?up=0", "/?up=0", "/?up=0", "/?up=1&at=a.png#slide-a.png"]
    assert left_over(here.home) == ["a.png"]


def test_two_files_of_one_name_are_both_kept_and_the_page_says_how_the_second_is_called(here: Desk) -> None:
    browser = here.logged_in()
    (here.home.content / "通知.png").write_bytes(picture())

    answers = [send(browser, "通知.png", picture(side)) for side in (65, 66)]
    names = staged(browser)
    page = browser.get("/").text
    put_up(browser, *answers)

    assert names == ["通知-2.png", "通知-3.png"] and "这一个叫“通知-2.png”" in page
    assert left_over(here.home) == ["通知-2.png", "通知-3.png", "通知.png"]


def test_every_page_of_a_document_can_be_looked_at_before_it_is_put_up(here: Desk) -> None:
    browser = here.logged_in()
    answer = send(browser, "章程.pdf", papers.paged([papers.coloured((200, 0, 0))] * 3))
    where = f"/tray/{answer.json['id']}/picture?width=320"  # type: ignore[index]

    page = browser.get("/").text
    seen = [browser.get(f"{where}&page={number}") for number in (1, 2, 3, 4)]

    assert "共 3 页" in page and page.count("width=320") == 3 and page.count("第 3 页") == 1
    assert [one.status_code for one in seen] == [200, 200, 200, 404]
    assert [one.mimetype for one in seen[:3]] == ["image/webp"] * 3


def test_a_video_shows_a_poster_and_its_length_before_it_is_put_up(here: Desk, tmp_path: Path) -> None:
    browser = here.logged_in()
    answer = send(browser, "片.mp4", media.clip(tmp_path / "片.mp4", seconds=2).read_bytes())

    poster = browser.get(f"/tray/{answer.json['id']}/picture?width=320")  # type: ignore[index]

    assert "2 秒" in browser.get("/").text and poster.mimetype == "image/webp"


@pytest.mark.parametrize("gone", ["upload.json", "whole"])
def test_what_a_process_left_that_was_killed_while_it_forgot_a_file_does_not_stop_the_file(
    here: Desk, gone: str
) -> None:
    browser, content = here.logged_in(), picture()
    upload = begin(browser, "a.png", len(content)).json["id"]
    put(browser, upload, content)
    finish(browser, upload, content)
    left = here.home.incoming / upload / gone
    shutil.rmtree(left) if left.is_dir() else left.unlink()  # killed here, before the rest was gone

    again = begin(browser, "a.png", len(content)).json
    put(browser, upload, content)

    assert again == {**again, "id": upload, "size": 0}
    assert finish(browser, upload, content).status_code == 201


def test_of_a_file_that_was_put_up_by_a_killed_process_nothing_waits_after_the_start(home: Home) -> None:
    left = home.incoming / ("0" * 32)
    left.mkdir(parents=True)
    (left / "upload.json").write_text('{"account": "值班室", "name": "a.png", "size": 3}')
    with desk(home):
        assert not left.exists()


def test_what_is_thrown_away_is_gone(here: Desk) -> None:
    browser = here.logged_in()
    upload = send(browser, "a.png", picture()).json["id"]  # type: ignore[index]

    answer = browser.post(f"/tray/{upload}/discard")

    assert answer.status_code == 302 and left_over(here.home) == [] and staged(browser) == []


def test_what_could_not_be_checked_because_the_program_ends_is_kept(here: Desk) -> None:
    browser, content = here.logged_in(), picture()
    upload = begin(browser, "a.png", len(content)).json["id"]  # type: ignore[index]
    put(browser, upload, content)
    here.decoder.close()

    answer = finish(browser, upload, content)

    assert answer.status_code == 422 and left_over(here.home) == ["a.png"]
    assert staged(browser) == ["a.png"]


def test_of_several_those_that_can_are_put_up(here: Desk) -> None:
    browser = here.logged_in()
    good, bad = send(browser, "好.png", picture()), send(browser, "坏.png", picture(65))
    (here.home.incoming / bad.json["id"] / "whole" / "坏.png").write_bytes(b"spoilt")  # type: ignore[index]

    answer = put_up(browser, bad, good)

    assert answer.status_code == 422 and "有 1 个文件没有上屏。其余 1 个已经上屏。" in answer.text
    assert [path.name for path in here.home.content.iterdir()] == ["好.png"]


def test_more_than_was_announced_is_refused_and_nothing_of_the_piece_is_kept(here: Desk) -> None:
    browser = here.logged_in()
    upload = begin(browser, "a.png", 100_000).json["id"]  # type: ignore[index]

    assert append(browser, upload, 0, b"x" * 100_001).status_code == 413
    assert append(browser, upload, 0, b"x" * (MEBI + 1)).status_code == 413
    assert browser.client.head(f"/uploads/{upload}").headers["Upload-Offset"] == "0"
    assert append(browser, upload, 0, b"x" * 100_000).json == {"size": 100_000}


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.png", b"<html>not a picture</html>", "mistake"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"0" * 400, "mistake"),
        ("card.toml", b'template = "slogn"\n', "slogan"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_leaves_nothing(
    here: Desk, name: str, content: bytes, sentence: str
) -> None:
    answer = send(here.logged_in(), name, content)

    assert answer.status_code == 422 and sentence in answer.text
    assert left_over(here.home) == []


@pytest.mark.parametrize("name", ["film.rmvb", "页面.html", "nothing", "", "a.png\0.exe"])
def test_what_could_not_be_shown_is_refused_before_it_is_sent(here: Desk, name: str) -> None:
    answer = begin(here.logged_in(), name, 100)

    assert answer.status_code == 422 and left_over(here.home) == []


@pytest.mark.parametrize(
    "name", ["../../evil.png", "/etc/evil.png", "a/../b.png", "x\n.png", "长" * 300 + ".png"]
)
def test_a_hostile_name_stays_in_the_content_folder(here: Desk, name: str) -> None:
    browser = here.logged_in()
    answer = send(browser, name, picture())

    up = put_up(browser, answer)

    assert (answer.status_code, up.status_code) == (201, 302)
    assert [path.name for path in here.home.content.iterdir()] == [answer.json["name"]]  # type: ignore[index]


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(here: Desk) -> None:
    answer = begin(here.logged_in(), "a.png", 3_000_001)

    assert answer.status_code == 413 and answer.json == {"mistake": "文件太大，最大 3 兆。请先压缩再上传。"}


def test_without_scripts_several_files_come_in_one_form(here: Desk) -> None:
    browser = here.logged_in()
    files = [(io.BytesIO(picture()), "one.png"), (io.BytesIO(picture()), "two.png")]

    answer = browser.client.post("/upload", data={"csrf": browser.token(), "files": files})

    assert answer.status_code == 302 and left_over(here.home) == ["one.png", "two.png"]
    assert answer.location.endswith("#tray") and "已上传 2 个文件" in browser.get(answer.location).text
    assert list(here.home.content.iterdir()) == [] and staged(browser) == ["one.png", "two.png"]


def test_without_scripts_mistakes_are_said_on_a_page(here: Desk) -> None:
    browser = here.logged_in()

    nothing = browser.post("/upload")
    files = [(io.BytesIO(b"x"), "a.exe")]
    wrong = browser.client.post("/upload", data={"csrf": browser.token(), "files": files})
    files = [(io.BytesIO(b"x" * 4_100_000), "a.png")]
    large = browser.client.post("/upload", data={"csrf": browser.token(), "files": files})

    assert (nothing.status_code, wrong.status_code, large.status_code) == (422, 422, 413)
    assert "请先选择文件" in nothing.text and "太大" in large.text and left_over(here.home) == []


def test_without_scripts_one_bad_file_does_not_cost_the_others(here: Desk) -> None:
    browser = here.logged_in()
    files = [
        (io.BytesIO(picture()), "one.png"),
        (io.BytesIO(b"x"), "坏<b>.exe"),
        (io.BytesIO(picture()), "two.png"),
    ]

    answer = browser.client.post("/upload", data={"csrf": browser.token(), "files": files})

    assert answer.status_code == 422 and left_over(here.home) == ["one.png", "two.png"]
    assert "有 1 个文件没有上传。其余 2 个已经上传。" in answer.text
    assert "坏&lt;b&gt;.exe" in answer.text and "不能显示“.exe”文件" in answer.text


def aged(path: Path, at: datetime) -> None:
    for one in (*path.rglob("*"), path):
        os.utime(one, (at.timestamp(), at.timestamp()))


def test_uploads_that_nobody_has_touched_are_swept_after_a_week(here: Desk) -> None:
    browser = here.logged_in()
    old, whole = begin(browser, "a.png", 10), send(browser, "w.png", picture())
    folders = [here.home.incoming / one.json["id"] for one in (old, whole)]  # type: ignore[index]
    for folder in folders:
        aged(folder, here.clock.at - timedelta(days=7))

    begin(browser, "b.png", 10)
    kept = [folder.exists() for folder in folders]
    here.clock.passes(seconds=1)
    begin(browser, "b.png", 10)

    assert kept == [True, True]
    assert [folder.exists() for folder in folders] == [False, False]


def test_what_a_killed_process_left_behind_is_swept_after_a_day(here: Desk) -> None:
    half, drawn = here.home.content / "lift" / ".linli-x", here.home.incoming / ".linli-y"
    half.parent.mkdir()
    for path in (half, drawn):
        path.write_bytes(b"half")
        aged(path, here.clock.at - timedelta(days=1))

    incoming.sweep(here.home, here.clock.at)
    incoming.sweep_content(here.home, here.clock.at)
    kept = half.exists() and drawn.exists()
    incoming.sweep(here.home, here.clock.at + timedelta(seconds=1))
    incoming.sweep_content(here.home, here.clock.at + timedelta(seconds=1))

    assert kept and not half.exists() and not drawn.exists()


@pytest.mark.parametrize("id_", ["x", "0" * 32, "../../keys"])
def test_an_unknown_upload_is_not_found(here: Desk, id_: str) -> None:
    assert here.logged_in().script("POST", f"/uploads/{id_}/finish").status_code == 404


def test_a_disk_with_too_little_reserve_refuses_before_anything_is_sent(home: Home) -> None:
    with desk(home, SMALL.replace("reserve_megabytes = 0", "reserve_megabytes = 1000000")) as here:
        browser = here.logged_in()

        scripted = begin(browser, "a.png", 100)
        files = [(io.BytesIO(picture()), "a.png")]
        plain = browser.client.post("/upload", data={"csrf": browser.token(), "files": files})

        assert (scripted.status_code, plain.status_code) == (507, 507)
        assert "磁盘快满了" in scripted.json["mistake"] and "磁盘快满了" in plain.text  # type: ignore[index]
        assert left_over(home) == []


def remove(browser: Browser, home: Home, name: str) -> None:
    (home.content / name).write_bytes(picture(300))
    browser.post(f"/remove/{name}", page="/")


def test_what_was_removed_earliest_makes_room_on_a_full_disk_and_the_sentence_says_so(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk(home) as here:
        browser = here.logged_in()
        remove(browser, home, "old.png")
        here.clock.at += timedelta(minutes=1)
        remove(browser, home, "new.png")
        monkeypatch.setattr(incoming.files, "free", lambda _: 50_000)

        answer = begin(browser, "a.png", 100_000)

        assert answer.status_code == 507
        assert "已把最早移除的 1 张画面彻底删掉" in answer.json["mistake"]  # type: ignore[index]
        assert [one.file for one in removal.lately(home, here.clock())] == ["new.png"]


def test_what_was_removed_stays_for_its_undo_where_it_would_not_make_enough_room(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk(home) as here:
        browser = here.logged_in()
        remove(browser, home, "old.png")
        monkeypatch.setattr(incoming.files, "free", lambda _: 0)

        answer = begin(browser, "a.png", 2_000_000)

        assert (answer.status_code, "请移除不用的画面" in answer.text) == (507, True)
        assert removal.lately(home, here.clock())


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Home]:
    """A home on a disk of 6 MB."""
    root = tmp_path / "tiny"
    root.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(root)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk of its own needs root and the right to mount")
    home = Home(root)
    home.config.mkdir()
    home.content.mkdir()
    prepare(home)
    try:
        yield home
    finally:
        subprocess.run(["umount", "-l", str(root)], check=True)


def test_a_disk_that_fills_up_meanwhile_says_so_and_what_has_arrived_goes_on_later(tiny: Home) -> None:
    with desk(tiny) as here:
        browser, content = here.logged_in(), picture(1000)
        upload = begin(browser, "a.png", len(content)).json["id"]  # type: ignore[index]
        append(browser, upload, 0, content[:100_000])
        fill(tiny.root / "filler")

        answer = append(browser, upload, 100_000, content[100_000:MEBI])

        assert (answer.status_code, "磁盘快满了" in answer.text) == (507, True)
        (tiny.root / "filler").unlink()
        assert browser.client.head(f"/uploads/{upload}").headers["Upload-Offset"] == "100000"
        for offset in range(100_000, len(content), MEBI):
            append(browser, upload, offset, content[offset : offset + MEBI])
        assert put_up(browser, finish(browser, upload, content)).status_code == 302
        assert (tiny.content / "a.png").read_bytes() == content


def test_what_has_arrived_goes_up_even_if_the_disk_is_full(tiny: Home) -> None:
    with desk(tiny) as here:
        browser, content = here.logged_in(), picture(1000)
        answer = send(browser, "a.png", content)
        fill(tiny.root / "filler")

        assert put_up(browser, answer).status_code == 302
        assert left_over(tiny) == ["a.png"]


def test_the_reserve_of_the_disk_is_not_eaten_piece_by_piece(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk(home, SMALL.replace("reserve_megabytes = 0", "reserve_megabytes = 1")) as here:
        browser, content = here.logged_in(), picture()
        upload = begin(browser, "a.png", len(content)).json["id"]  # type: ignore[index]
        monkeypatch.setattr(incoming.files, "free", lambda _: 1_000_050)

        assert append(browser, upload, 0, content[:100]).status_code == 507
        assert append(browser, upload, 0, content[:50]).status_code == 200


def fill(path: Path) -> None:
    """Take what room there is, but for a little that the rows need."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"0" * 65536)
        except OSError as error:
            assert error.errno == errno.ENOSPC
        file.truncate(max(0, file.tell() - 131072))


def test_pieces_are_as_large_as_the_page_is_told(here: Desk) -> None:
    assert begin(here.logged_in(), "a.png", 10).json["chunk"] == incoming.CHUNK == MEBI  # type: ignore[index]


@pytest.mark.parametrize("record", [b"", b"{", b"[]", b'{"name": "w.png"}'])
def test_a_whole_upload_whose_record_is_spoilt_still_waits_to_be_put_up(here: Desk, record: bytes) -> None:
    browser, content = here.logged_in(), picture()
    sent = send(browser, "w.png", content)
    written = here.home.incoming / sent.json["id"] / "upload.json"  # type: ignore[index]
    written.write_bytes(record)

    incoming.tidy(here.home)
    text = browser.get("/").text
    put_up(browser, sent)

    assert "w.png" in text and (here.home.content / "w.png").read_bytes() == content


def test_an_upload_whose_record_the_disk_does_not_give_is_kept_and_told(
    here: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    sent = begin(here.logged_in(), "a.png", 10)
    folder = here.home.incoming / sent.json["id"]  # type: ignore[index]
    (folder / "upload.json").unlink()
    (folder / "upload.json").mkdir()  # what reading a folder says is as good as a broken disk

    incoming.tidy(here.home)

    assert (folder / "part").exists() and "读不出来，先留着" in caplog.text


def test_what_was_not_whole_and_has_a_spoilt_record_is_sent_anew(here: Desk) -> None:
    browser = here.logged_in()
    sent = begin(browser, "a.png", 10)
    folder = here.home.incoming / sent.json["id"]  # type: ignore[index]
    (folder / "upload.json").write_bytes(b"{")

    incoming.tidy(here.home)

    assert not folder.exists()
    assert begin(browser, "a.png", 10).json["id"] == folder.name  # type: ignore[index]
