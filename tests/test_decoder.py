"""The decoder: verdicts and frames from child processes that may fail."""

import contextlib
import logging
import os
import random
import select
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import time as hour
from pathlib import Path

import hostile
import pytest
from alerts import CARD
from campaign import CAMPAIGN
from PIL import Image

from kiosk.card import Card
from kiosk.decoder import Asset, Decoder
from kiosk.decoder.frames import SPARE
from kiosk.errors import Refusal
from kiosk.files import Home
from kiosk.look import Look
from kiosk.model.light import Light, Season
from kiosk.model.schedule import Daypart

WALL = Look(192, 96)
FRAME = 192 * 96 * 4
ODD = (sys.executable, str(Path(__file__).with_name("odd_child.py")))
PATIENCE = 20.0


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with Decoder(home, WALL, 10_000_000, 1_000_000) as one:
        yield one


@pytest.fixture
def odd(home: Home) -> Iterator[Decoder]:
    """A decoder whose children also know formats that misbehave."""
    with Decoder(home, WALL, 10_000_000, 1_000_000, command=ODD) as one:
        yield one


@pytest.fixture
def impatient(home: Home) -> Iterator[Decoder]:
    """The same, but it waits a few seconds only: enough for a start on a busy machine."""
    with Decoder(home, WALL, 10_000_000, 1_000_000, seconds=5.0, command=ODD) as one:
        yield one


def seen(home: Home, name: str, content: bytes | None = None) -> Asset:
    """The asset of that name as a scan of `content/` would see it now."""
    path = home.content / name
    if content is not None:
        path.write_bytes(content)
    found = path.stat()
    return Asset(name, str(path), found.st_size, found.st_mtime_ns)


def red(home: Home, name: str = "a.png", colour: str = "red", size: tuple[int, int] = (400, 200)) -> Asset:
    return seen(home, name, hostile.encoded(Image.new("RGB", size, colour), "PNG"))


def middle(frame: Path, look: Look = WALL) -> object:
    content = frame.read_bytes()
    wall = Image.frombytes("RGB", (look.width, look.height), content, "raw", "BGRX")
    return wall.getpixel((look.width // 2, look.height // 2))


def wait_for(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline, "waited too long"
        select.select([], [], [], 0.01)


def child(decoder: Decoder) -> int:
    """The process id of the child that does urgent work."""
    process = decoder._urgent._process
    assert process is not None
    return process.popen.pid


def ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def test_a_picture_becomes_a_frame_of_the_walls_size(home: Home, decoder: Decoder) -> None:
    asset = red(home)

    verdict, frame = decoder.prove(asset), decoder.frame(asset)

    assert (verdict.refusal, verdict.width, verdict.height, verdict.pages) == (None, 400, 200, 1)
    assert frame.stat().st_size == FRAME and middle(frame) == (255, 0, 0)


def test_the_digest_is_the_sha256_of_the_file(home: Home, decoder: Decoder) -> None:
    asset = red(home)
    said = subprocess.run(["sha256sum", asset.path], capture_output=True, text=True, check=True).stdout

    assert decoder.prove(asset).digest == said.split()[0]


def test_what_is_known_needs_no_decoding_and_is_shared_by_processes(home: Home, decoder: Decoder) -> None:
    asset = red(home)
    assert decoder.known(asset) is None
    verdict = decoder.prove(asset)

    with Decoder(home, WALL, 10_000_000, 1_000_000, command=["false"]) as other:
        assert other.known(asset) == verdict
        assert middle(other.frame(asset)) == (255, 0, 0)


def test_a_file_taken_away_and_put_back_is_as_good_as_before(home: Home, decoder: Decoder) -> None:
    asset, aside = red(home), home.state / "aside.png"
    verdict = decoder.prove(asset)
    asset.path.rename(aside)
    with pytest.raises(Refusal):
        decoder.thumbnail(asset)
    aside.rename(asset.path)

    assert decoder.known(asset) == verdict
    assert decoder.thumbnail(asset).exists()


def test_a_replaced_file_has_another_stamp_and_another_frame(home: Home, decoder: Decoder) -> None:
    before = red(home)
    decoder.prove(before)
    os.utime(before.path, ns=(1, 1))
    after = red(home, colour="blue")

    assert decoder.stamp(before) != decoder.stamp(after)
    assert decoder.known(after) is None
    assert middle(decoder.frame(after)) == (0, 0, 255)


def test_the_look_and_the_limit_belong_to_the_stamp_and_templates_to_that_of_cards(home: Home) -> None:
    picture, card = red(home), seen(home, "a.txt", b"hello")
    stamps = set()
    for look, most in ((WALL, 10), (Look(96, 192), 10), (WALL, 11)):
        with Decoder(home, look, 10_000_000, most) as decoder:
            stamps.add((decoder.stamp(picture), decoder.stamp(card)))
    own = home.config / "templates"
    own.mkdir()
    (own / "slogan.typ").write_text("changed")
    with Decoder(home, WALL, 10_000_000, 10) as decoder:
        last = (decoder.stamp(picture), decoder.stamp(card))

    assert len(stamps) == 3
    assert last[0] in {one for one, _ in stamps} and last[1] not in {one for _, one in stamps}


def test_other_nights_make_another_stamp_of_what_goes_by_the_light_and_of_nothing_else(
    home: Home, decoder: Decoder
) -> None:
    (home.content / "a.toml").write_text('template = "slogan"\ntitle = "平安"\nlook = "auto"\n')
    card, picture = seen(home, "a.toml"), seen(home, "a.png", b"a picture")
    decoder.prove(card)
    before = decoder.stamp(card), decoder.stamp(picture)
    decoder.go_by(Light((Season(night=Daypart(hour(1), hour(2))),)))

    assert decoder.known(card) is None
    assert decoder.stamp(card) != before[0] and decoder.stamp(picture) == before[1]
    assert decoder.prove(card).refusal is None and decoder.known(card)


def test_ten_thousand_verdicts_are_read_within_a_second(home: Home, decoder: Decoder) -> None:
    asset = red(home)
    decoder.prove(asset)

    start = time.process_time()
    for _ in range(10_000):
        assert decoder.known(asset)

    assert time.process_time() - start < 1.0


@pytest.mark.parametrize("rubbish", [b"", b"{", b"\xff\xfe", b'{"verdict": 5}', b"null", bytes(300)])
def test_a_verdict_that_cannot_be_read_is_none(home: Home, decoder: Decoder, rubbish: bytes) -> None:
    asset = red(home)
    verdict = decoder.prove(asset)
    (kept,) = (home.cache / "verdicts").iterdir()
    kept.write_bytes(rubbish)

    assert decoder.known(asset) is None
    assert decoder.prove(asset) == verdict == decoder.known(asset)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("cut.jpg", hostile.encoded(hostile.noise(), "JPEG")[:9000], "不完整"),
        ("lying.jpg", hostile.encoded(hostile.noise(), "PNG"), "PNG"),
        ("page.jpg", hostile.HTML, "网页"),
        ("empty.jpg", b"", "空的"),
        ("huge.png", hostile.png(50_000, 50_000), "50000×50000"),
        ("huge.jpg", hostile.jpeg_claiming(50_000, 50_000), "百万像素"),
        ("huge.gif", hostile.gif(hostile.gif_frame(0), width=60_000, height=60_000), "百万像素"),
        ("huge.bmp", hostile.bmp_claiming(50_000, 50_000), "百万像素"),
        ("note.png", hostile.png_text_bomb, "损坏"),
        ("loop.tif", hostile.tiff_looping(), "损坏"),
        ("rubbish.heic", b"\0\0\0\x18ftypheic\0\0\0\0heic" + bytes(100), "损坏"),
        ("rubbish.avif", b"\0\0\0\x18ftypavif\0\0\0\0avif" + bytes(100), "损坏"),
    ],
)
def test_a_bad_file_is_refused_in_words(
    home: Home, decoder: Decoder, name: str, content: bytes | Callable[[], bytes], says: str
) -> None:
    asset = seen(home, name, content if isinstance(content, bytes) else content())

    verdict = decoder.prove(asset, urgent=True)

    assert verdict.refusal is not None and says in verdict.refusal[0]
    assert decoder.known(asset) == verdict
    with pytest.raises(Refusal, match=says):
        decoder.frame(asset)


def test_a_bomb_costs_no_more_memory_than_its_pixels(home: Home) -> None:
    asset = seen(home, "bomb.png", hostile.png_bomb(6000))
    assert asset.size < 100_000

    with Decoder(home, WALL, 10_000_000, 100_000_000) as decoder:
        verdict = decoder.prove(asset, urgent=True)
        status = Path(f"/proc/{child(decoder)}/status").read_text()

    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    assert verdict.refusal is None and peak < 120_000


def test_a_hundred_megapixels_are_shown(home: Home) -> None:
    Image.effect_noise((1000, 1000), 50).resize((12_500, 8_000)).convert("RGB").save(home.content / "a.jpg")

    with Decoder(home, WALL, 10_000_000, 100_000_000) as decoder:
        verdict = decoder.prove(seen(home, "a.jpg"), urgent=True)

    assert (verdict.refusal, verdict.width) == (None, 12_500)


THINGS: dict[str, Callable[[Path], object]] = {
    "folder.jpg": Path.mkdir,
    "pipe.jpg": os.mkfifo,
    "nowhere.jpg": lambda path: path.symlink_to("nothing"),
    "itself.jpg": lambda path: path.symlink_to(path),
    "device.jpg": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("name", THINGS)
def test_what_is_no_file_is_refused_and_nobody_waits_for_it(home: Home, decoder: Decoder, name: str) -> None:
    path = home.content / name
    THINGS[name](path)

    verdict = decoder.prove(Asset(name, str(path), 0, 0), urgent=True)

    assert verdict.refusal is not None and "超过" not in verdict.refusal[0]


def test_a_link_to_a_picture_elsewhere_is_shown(home: Home, decoder: Decoder, tmp_path: Path) -> None:
    Image.new("RGB", (40, 20), "red").save(tmp_path / "elsewhere.png")
    (home.content / "a.png").symlink_to(tmp_path / "elsewhere.png")

    assert middle(decoder.frame(seen(home, "a.png"))) == (255, 0, 0)


def test_a_name_that_is_not_text_is_shown_too(home: Home, decoder: Decoder) -> None:
    asset = red(home, os.fsdecode(b"\xff\xfe.png"))

    assert decoder.prove(asset).refusal is None and decoder.known(asset)
    assert middle(decoder.frame(asset)) == (255, 0, 0)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(home: Home, decoder: Decoder) -> None:
    asset = red(home)
    asset.path.chmod(0)

    verdict = decoder.prove(asset)

    assert verdict.refusal is not None and "权限" in verdict.refusal[0]


@pytest.mark.parametrize("trouble", ["crash", "eat", "surprise", "chatter"])
def test_a_child_that_fails_costs_one_verdict_and_the_next_file_is_shown(
    home: Home, odd: Decoder, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    asset = seen(home, f"a.{trouble}", b"x")

    with caplog.at_level(logging.CRITICAL):
        verdict = odd.prove(asset, urgent=True)

    assert verdict.refusal is not None and ("内存" if trouble == "eat" else "崩溃") in verdict.refusal[0]
    assert odd.known(asset) == verdict
    assert middle(odd.frame(red(home))) == (255, 0, 0)


def test_a_child_that_hangs_costs_one_verdict_and_the_next_file_is_shown(
    home: Home, impatient: Decoder
) -> None:
    asset = seen(home, "a.hang", b"x")

    verdict = impatient.prove(asset, urgent=True)

    assert verdict.refusal is not None and "超过 5 秒" in verdict.refusal[0]
    assert impatient.known(asset) == verdict
    assert middle(impatient.frame(red(home))) == (255, 0, 0)


def test_a_crash_is_forgiven_after_a_while(home: Home, odd: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    asset = seen(home, "a.crash", b"x")
    odd.prove(asset)
    now = time.time()

    monkeypatch.setattr(time, "time", lambda: now + 3601)
    assert odd.known(asset) is None
    monkeypatch.setattr(time, "time", lambda: now - 86_400)
    assert odd.known(asset) is None


def test_urgent_work_does_not_wait_behind_patient_work(home: Home, odd: Decoder) -> None:
    slow = seen(home, "a.hang", b"x")
    patient = threading.Thread(target=odd.prove, args=(slow,))
    patient.start()

    frame = odd.frame(red(home))

    assert patient.is_alive() and middle(frame) == (255, 0, 0)
    odd.close()  # which ends the child that hangs
    patient.join()


def test_a_killed_child_is_replaced(home: Home, decoder: Decoder) -> None:
    decoder.frame(red(home))
    first = child(decoder)
    os.kill(first, 9)
    wait_for(lambda: ended(first))

    assert middle(decoder.frame(red(home, "b.png", "blue"))) == (0, 0, 255)
    assert child(decoder) != first


@pytest.mark.parametrize("busy", [False, True])
def test_children_die_with_their_parent_even_while_they_are_busy(home: Home, busy: bool) -> None:
    seen(home, "a.hang", b"x")
    code = f"""
import sys, threading
from pathlib import Path
from kiosk.decoder import Asset, Decoder
from kiosk.files import Home
from kiosk.look import Look
home = Home(Path({str(home.root)!r}))
path = home.content / "a.hang"
with Decoder(home, Look(192, 96), 10**7, 10**6, command={ODD!r}) as decoder:
    if {busy}:
        asset = Asset("a.hang", str(path), 1, path.stat().st_mtime_ns)
        threading.Thread(target=decoder.prove, args=(asset, True), daemon=True).start()
    while {busy} and not decoder._urgent._process:
        pass
    print((decoder._urgent if {busy} else decoder._reserve)._process.popen.pid, flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        if busy:
            wait_for(lambda: cpu_seconds(pid) > 0.4)
        parent.kill()

    wait_for(lambda: ended(pid))


def cpu_seconds(pid: int) -> float:
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def test_the_child_is_bounded(home: Home, decoder: Decoder) -> None:
    decoder.frame(red(home))
    limits = {
        line[:25].strip(): line[25:].split()[0]
        for line in Path(f"/proc/{child(decoder)}/limits").read_text().splitlines()
    }

    assert limits["Max core file size"] == "0" and int(limits["Max open files"]) <= 64
    assert int(limits["Max address space"]) < 600_000_000 and limits["Max file size"] != "unlimited"
    assert os.getpriority(os.PRIO_PROCESS, child(decoder)) >= 5


def test_a_file_that_changes_while_it_is_read_gets_no_verdict(home: Home, odd: Decoder) -> None:
    asset = seen(home, "a.rewrite", b"x")

    verdict = odd.prove(asset, urgent=True)

    assert verdict.refusal is not None and "变化" in verdict.refusal[0]
    assert odd.known(asset) is None
    with pytest.raises(Refusal, match="变化"):
        odd.frame(asset)
    assert list((home.cache / "frames").iterdir()) == []


def test_a_file_that_is_no_longer_what_the_scan_saw_gets_no_verdict(home: Home, decoder: Decoder) -> None:
    asset = red(home)
    os.utime(asset.path, ns=(1, 1))

    assert decoder.prove(asset).refusal is not None and decoder.known(asset) is None


def test_the_frame_cache_forgets_what_was_used_longest_ago(home: Home) -> None:
    with Decoder(home, WALL, 6 * FRAME, 1_000_000) as decoder:
        assets = [red(home, f"{number}.png", size=(2, 1)) for number in range(12)]
        for number, asset in enumerate(assets):
            decoder.frame(asset)
            first = decoder.frame(assets[0])
            os.utime(first, ns=(number * 10**9 + 10**18, number * 10**9 + 10**18))
        frames = list((home.cache / "frames").iterdir())

        assert 2 <= len(frames) <= 6 and first in frames
        assert middle(decoder.frame(assets[3])) == (255, 0, 0)


def test_proving_thousands_does_not_push_out_what_is_on_the_screen(home: Home) -> None:
    with Decoder(home, WALL, 4 * FRAME, 1_000_000) as decoder:
        shown = decoder.frame(red(home, "shown.png"))
        for number in range(8):
            decoder.prove(red(home, f"{number}.png"))

        assert shown.exists()


def test_a_frame_that_is_not_whole_is_drawn_again(home: Home, decoder: Decoder) -> None:
    asset = red(home)
    frame = decoder.frame(asset)
    frame.write_bytes(b"half")

    assert middle(decoder.frame(asset)) == (255, 0, 0)


@pytest.fixture
def full_disk(home: Home) -> Iterator[None]:
    """A cache on a disk without any room."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", home.cache], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield
    subprocess.run(["umount", "-l", home.cache], check=True)


def test_a_full_disk_does_not_stop_the_screen(home: Home, full_disk: None) -> None:
    with Decoder(home, WALL, 10_000_000, 1_000_000) as decoder:
        (home.cache / "rest").write_bytes(bytes(40_000))
        frames = [decoder.frame(red(home, f"{number}.png", "blue")) for number in range(9)]

        spare = frames[-1].parent
        assert middle(frames[-1]) == (0, 0, 255) and spare.parent == SPARE
        assert len(list(spare.iterdir())) <= 4
    assert not spare.exists()


def test_a_cache_that_was_deleted_is_made_again(home: Home, decoder: Decoder) -> None:
    asset = red(home)
    decoder.frame(asset)
    shutil.rmtree(home.cache)

    assert middle(decoder.frame(asset)) == (255, 0, 0)
    assert decoder.prove(asset).refusal is None and decoder.thumbnail(asset).exists()


def test_an_emergency_needs_no_room_on_the_disk_and_none_in_the_cache(home: Home, full_disk: None) -> None:
    with Decoder(home, WALL, 1, 1_000_000) as decoder:
        (home.cache / "rest").write_bytes(bytes(40_000))
        alarm = seen(home, "gas.toml", CARD.encode())

        verdict, frame = decoder.prove(alarm, urgent=True), decoder.frame(alarm)

        assert verdict.bulletin is not None
        assert frame.stat().st_size == WALL.width * WALL.height * 4


def test_what_a_killed_process_left_in_memory_is_cleared_up(home: Home, full_disk: None) -> None:
    left = SPARE / "linli-spare-999999999-left"
    left.mkdir(exist_ok=True)

    with Decoder(home, WALL, 10_000_000, 1_000_000) as decoder:
        (home.cache / "rest").write_bytes(bytes(40_000))
        decoder.frame(red(home))

    assert not left.exists()


def test_a_thumbnail_is_a_small_webp(home: Home, decoder: Decoder) -> None:
    asset = red(home)

    small = decoder.thumbnail(asset, width=96)

    with Image.open(small) as image:
        assert image.format == "WEBP" and image.size == (96, 48)
    assert decoder.thumbnail(asset, width=96) == small


def test_a_thumbnail_of_a_bad_file_is_refused(home: Home, decoder: Decoder) -> None:
    with pytest.raises(Refusal, match="web page"):
        decoder.thumbnail(seen(home, "a.jpg", hostile.HTML))


def test_a_card_is_drawn_from_a_file_and_from_words(home: Home, decoder: Decoder) -> None:
    verdict = decoder.prove(seen(home, "a.txt", "请牵好狗绳".encode()))
    frame = decoder.card(Card("slogan", "请牵好狗绳"))

    assert verdict.refusal is None and verdict.pages >= 1 and verdict.digest
    assert frame.stat().st_size == FRAME and decoder.card(Card("slogan", "请牵好狗绳")) == frame


def test_a_page_that_is_not_there_is_refused(home: Home, decoder: Decoder) -> None:
    with pytest.raises(Refusal, match="no such page"):
        decoder.frame(red(home), page=2)


def test_a_closed_decoder_says_so_and_leaves_no_false_verdict(home: Home) -> None:
    asset = seen(home, "a.hang", b"x")
    decoder = Decoder(home, WALL, 10_000_000, 1_000_000, command=ODD)
    verdicts = []
    asking = threading.Thread(target=lambda: verdicts.append(decoder.prove(asset, urgent=True)))
    asking.start()
    wait_for(lambda: decoder._urgent._process is not None and cpu_seconds(child(decoder)) > 0.3)

    decoder.close()
    asking.join(PATIENCE)

    assert verdicts and verdicts[0].refusal and "退出" in verdicts[0].refusal[0]
    assert decoder.known(asset) is None


def test_an_idle_child_goes_home_and_the_next_file_is_shown(odd: Decoder, home: Home) -> None:
    odd.card(Card("slogan", "请牵好狗绳"))
    pid = child(odd)

    wait_for(lambda: ended(pid))

    assert odd.frame(red(home)).exists()


def test_a_child_stands_ready_for_an_emergency_at_any_time(home: Home) -> None:
    with Decoder(home, WALL, 10_000_000, 1_000_000, command=ODD, alert=True) as decoder:
        decoder.frame(red(home))
        wait_for(lambda: "typst" in mapped(standing(decoder)))

        decoder.prove(seen(home, "gas.toml", CARD.encode()), alarm=True)

        wait_for(lambda: "typst" in mapped(standing(decoder)))


def test_one_that_is_to_be_alert_to_nothing_starts_no_child_in_vain(home: Home, decoder: Decoder) -> None:
    decoder.frame(red(home))

    assert standing(decoder) is None


def test_an_emergency_waits_for_no_other_file(home: Home) -> None:
    with Decoder(home, WALL, 10_000_000, 1_000_000, seconds=300.0, command=ODD) as decoder:
        slow = [
            threading.Thread(target=decoder.prove, args=(seen(home, f"{urgent}.hang", b"x"), urgent))
            for urgent in (True, False)
        ]
        for one in slow:
            one.start()
        wait_for(lambda: bool(decoder._urgent._process and decoder._patient._process))

        verdict = decoder.prove(seen(home, "gas.toml", CARD.encode()), alarm=True)

        assert verdict.bulletin is not None and all(one.is_alive() for one in slow)
    for one in slow:
        one.join()


def standing(decoder: Decoder) -> int | None:
    """The process id of the child that nobody has taken yet."""
    process = decoder._reserve._process
    return process.popen.pid if process else None


def mapped(pid: int | None) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/maps").read_text()
    return ""


def test_the_parent_imports_neither_pillow_nor_typst() -> None:
    code = (
        "import sys, kiosk.decoder, kiosk.intake, kiosk.formats\n"
        "kiosk.decoder.Decoder, kiosk.decoder.Animation\n"
        "print([name for name in ('PIL', 'typst', 'numpy', 'pillow_heif') if name in sys.modules])"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.strip() == "[]"


MUTATIONS = 5000 if CAMPAIGN else 450


@pytest.mark.campaign
def test_no_mutation_of_a_picture_costs_more_than_a_sentence(home: Home) -> None:
    chance = random.Random(20)
    sound = sound_pictures()
    names = sorted(sound)
    failed, children = [], set()

    with Decoder(home, WALL, 10_000_000, 1_000_000, seconds=10) as decoder:
        for number in range(MUTATIONS):
            name = names[number % len(names)]
            content = mutated(sound[name], chance)
            verdict = decoder.prove(seen(home, f"{number}-{name}", content), urgent=True)
            children.add(child(decoder))
            if verdict.refusal and ("崩溃" in verdict.refusal[0] or "超过" in verdict.refusal[0]):
                failed.append((name, content.hex()))
            (home.content / f"{number}-{name}").unlink()

        assert middle(decoder.frame(red(home))) == (255, 0, 0)
    assert failed == [] and len(children) == 1


def sound_pictures() -> dict[str, bytes]:
    noise = hostile.noise(64, 48)
    return {
        "a.jpg": hostile.encoded(noise, "JPEG"),
        "p.jpg": hostile.encoded(noise, "JPEG", progressive=True),
        "a.png": hostile.encoded(noise, "PNG"),
        "a.webp": hostile.encoded(noise, "WEBP"),
        "a.gif": hostile.gif(*[hostile.gif_frame(number % 4) for number in range(8)]),
        "a.bmp": hostile.encoded(noise, "BMP"),
        "a.tif": hostile.encoded(noise, "TIFF", compression="tiff_lzw"),
        "a.avif": hostile.encoded(noise, "AVIF"),
        "a.heic": hostile.encoded(noise, "HEIF"),
    }


def mutated(content: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, a part cut out, or a part sent twice."""
    changed = bytearray(content)
    match chance.randrange(4):
        case 0:
            start = chance.randrange(len(changed))
            del changed[start : start + chance.randrange(1, 64)]
        case 1:
            start = chance.randrange(len(changed))
            changed[start:start] = changed[start : start + chance.randrange(1, 64)]
        case _:
            for _ in range(chance.randrange(1, 12)):
                changed[chance.randrange(len(changed))] = chance.choice(
                    (0, 1, 127, 128, 255, chance.randrange(256))
                )
    return bytes(changed)
