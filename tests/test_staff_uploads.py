"""Uploading: in pieces, as a plain form, refused in words, and what a full disk leaves behind."""

import errno
import io
import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

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


def begin(browser: Browser, name: str, size: int) -> TestResponse:
    return browser.script("POST", "/uploads", data={"name": name, "size": str(size)})


def put(browser: Browser, upload: str, content: bytes) -> None:
    for offset in range(0, len(content), MEBI):
        answer = browser.script(
            "PUT", f"/uploads/{upload}?offset={offset}", data=content[offset : offset + MEBI]
        )
        assert answer.status_code == 200


def send(browser: Browser, name: str, content: bytes) -> TestResponse:
    upload = begin(browser, name, len(content)).json["id"]  # type: ignore[index]
    put(browser, upload, content)
    return browser.script("POST", f"/uploads/{upload}/finish")


def left_over(home: Home) -> list[str]:
    """Everything that lies where an upload might have left something."""
    found = [*home.incoming.rglob("*"), *home.content.rglob("*")]
    return sorted(path.name for path in found if path.is_file())


def test_a_picture_sent_in_pieces_is_in_the_loop(here: Desk) -> None:
    browser, content = here.logged_in(), picture(1000)
    assert len(content) > 2 * MEBI

    answer = send(browser, "社区 运动会.png", content)

    assert (answer.status_code, answer.json) == (201, {"file": "社区 运动会.png"})
    assert (here.home.content / "社区 运动会.png").read_bytes() == content
    assert left_over(here.home) == ["社区 运动会.png"]
    assert 'id="slide-社区 运动会.png"' in browser.get("/").text


def test_an_interrupted_upload_goes_on_where_it_stopped(here: Desk) -> None:
    browser, content = here.logged_in(), picture()
    upload = begin(browser, "a.png", len(content)).json["id"]  # type: ignore[index]
    browser.script("PUT", f"/uploads/{upload}?offset=0", data=content[:100])

    twice = browser.script("PUT", f"/uploads/{upload}?offset=0", data=content[:100])
    browser.script("PUT", f"/uploads/{upload}?offset={twice.json['size']}", data=content[100:])  # type: ignore[index]

    assert (twice.status_code, twice.json) == (409, {"size": 100})
    assert browser.script("POST", f"/uploads/{upload}/finish").status_code == 201


def test_an_upload_that_is_not_whole_is_not_taken(here: Desk) -> None:
    browser, content = here.logged_in(), picture()
    upload = begin(browser, "a.png", len(content)).json["id"]  # type: ignore[index]
    browser.script("PUT", f"/uploads/{upload}?offset=0", data=content[:-1])

    answer = browser.script("POST", f"/uploads/{upload}/finish")

    assert answer.status_code == 422 and "没有传完整" in answer.json["mistake"]  # type: ignore[index]
    assert left_over(here.home) == []


def test_a_finish_that_is_sent_twice_at_once_makes_one_slide(here: Desk) -> None:
    content, browsers = picture(), [here.logged_in() for _ in range(4)]
    upload = begin(browsers[0], "a.png", len(content)).json["id"]  # type: ignore[index]
    put(browsers[0], upload, content)

    with ThreadPoolExecutor() as threads:
        sent = threads.map(lambda one: one.script("POST", f"/uploads/{upload}/finish").status_code, browsers)

    assert sorted(sent) == [201, 404, 404, 404] and left_over(here.home) == ["a.png"]


def test_more_than_was_announced_is_refused(here: Desk) -> None:
    browser = here.logged_in()
    upload = begin(browser, "a.png", 10).json["id"]  # type: ignore[index]

    assert browser.script("PUT", f"/uploads/{upload}?offset=0", data=b"x" * 11).status_code == 413
    assert browser.script("PUT", f"/uploads/{upload}?offset=0", data=b"x" * (MEBI + 1)).status_code == 413


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
    answer = send(here.logged_in(), name, picture())

    assert answer.status_code == 201
    file = here.home.content / answer.json["file"]  # type: ignore[index]
    assert file.is_file() and file.parent == here.home.content


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(here: Desk) -> None:
    answer = begin(here.logged_in(), "a.png", 3_000_001)

    assert answer.status_code == 413 and answer.json == {"mistake": "文件太大，最大 3 兆。请先压缩再上传。"}


def test_without_scripts_several_files_come_in_one_form(here: Desk) -> None:
    browser = here.logged_in()
    files = [(io.BytesIO(picture()), "one.png"), (io.BytesIO(picture()), "two.png")]

    answer = browser.client.post("/upload", data={"csrf": browser.token(), "files": files})

    assert answer.status_code == 302 and left_over(here.home) == ["one.png", "two.png"]
    assert "已上传 2 个文件。" in browser.get(answer.location).text


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


def test_abandoned_uploads_are_swept_after_a_day(here: Desk) -> None:
    browser = here.logged_in()
    old = begin(browser, "a.png", 10).json["id"]  # type: ignore[index]
    day_ago = here.clock.at.timestamp() - 90_000
    for path in (*(here.home.incoming / old).iterdir(), here.home.incoming / old):
        os.utime(path, (day_ago, day_ago))
    here.clock.at = here.clock.at.fromtimestamp(day_ago + 90_001, here.clock.at.tzinfo)

    begin(browser, "b.png", 10)

    assert not (here.home.incoming / old).exists()


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
        monkeypatch.setattr(incoming.files, "free", lambda _: 150_000)

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


def test_a_disk_that_fills_up_meanwhile_says_so_and_keeps_nothing(tiny: Home) -> None:
    with desk(tiny) as here:
        browser, content = here.logged_in(), picture(1000)
        upload = begin(browser, "a.png", len(content)).json["id"]  # type: ignore[index]
        fill(tiny.root / "filler")

        answer = browser.script("PUT", f"/uploads/{upload}?offset=0", data=content[:MEBI])

        assert (answer.status_code, "磁盘快满了" in answer.text) == (507, True)
        assert left_over(tiny) == []


def test_a_disk_that_fills_up_before_the_last_step_says_so_and_keeps_nothing(tiny: Home) -> None:
    with desk(tiny) as here:
        browser, content = here.logged_in(), picture(1000)
        upload = begin(browser, "a.png", len(content)).json["id"]  # type: ignore[index]
        put(browser, upload, content)
        fill(tiny.root / "filler")

        answer = browser.script("POST", f"/uploads/{upload}/finish")

        assert answer.status_code == 507 and left_over(tiny) == []


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
