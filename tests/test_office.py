"""Office files: through LibreOffice where it is installed, bounded and alone; else a sentence."""

import contextlib
import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import bureau
import pytest
from papers import RED, coloured, paged
from PIL import Image
from test_animation import seen
from test_decoder import ended, middle, wait_for

from kiosk import library
from kiosk.decoder import Asset, Decoder
from kiosk.decoder.conversion import Conversions
from kiosk.decoder.protocol import Refused
from kiosk.files import Home
from kiosk.formats import office
from kiosk.look import Look
from kiosk.settings import Config

WALL = Look(192, 108)
OFFICE = office.program()
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed here")


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with Decoder(home, WALL, 10_000_000, 100_000_000) as one:
        yield one


def near(one: object, other: tuple[int, int, int]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs in which there is no LibreOffice, or one that a test has written."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "cat", "sleep", "cp", "env", "python3"):
        (folder / name).symlink_to(shutil.which(name) or name)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(office, "ELSEWHERE", (str(folder), "nothing"))
    return folder


def pretend(folder: Path, script: str) -> None:
    """Put a program into `folder` that is called like LibreOffice."""
    (folder / "soffice").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "soffice").chmod(0o755)


# ---- with the real LibreOffice


@needs_office
def test_every_slide_of_a_presentation_is_a_slide(home: Home, decoder: Decoder) -> None:
    (home.content / "讲座 “1” 'x'.pptx").write_bytes(bureau.slides())

    found = library.prove(home, Config(), decoder)
    frames = [decoder.frame(seen(home.content / slide.file), slide.page) for slide in found.slides]

    assert [slide.page for slide in found.slides] == [1, 2, 3] and found.refused == ()
    assert all(
        near(middle(frame, WALL), colour) for frame, colour in zip(frames, bureau.COLOURS, strict=True)
    )


@needs_office
@pytest.mark.parametrize("suffix", ["docx", "odt", "odp", "ppt", "doc"])
def test_every_kind_of_office_file_is_shown(
    home: Home, decoder: Decoder, tmp_path: Path, suffix: str
) -> None:
    line = "<text:p>社区</text:p>"
    made = {
        "docx": lambda: bureau.word("社区", "公约"),
        "odt": lambda: bureau.odf(line),
        "odp": lambda: bureau.odf('<draw:page draw:name="a"/><draw:page draw:name="b"/>', "presentation"),
        "ppt": lambda: bureau.saved_as("ppt", bureau.slides(), tmp_path, OFFICE or ""),
        "doc": lambda: bureau.saved_as("doc", bureau.word("社区", "公约"), tmp_path, OFFICE or ""),
    }

    verdict = decoder.prove(seen(home.content / f"a.{suffix}", made[suffix]()))

    assert (verdict.refusal, verdict.pages) == (None, {"ppt": 3, "odt": 1}.get(suffix, 2))


@needs_office
def test_a_file_is_converted_once_whatever_it_is_called(home: Home, decoder: Decoder) -> None:
    content = bureau.odf("<text:p>社区</text:p>")
    first = decoder.prove(seen(home.content / "a.odt", content))
    (kept,) = (home.cache / "documents").iterdir()
    made = kept.stat().st_ino

    again = decoder.examine(seen(home.content / "b.odt", content))

    assert decoder.frame(seen(home.content / "a.odt")).exists()
    assert (again.refusal, again.digest) == (None, first.digest)
    assert kept.name == f"{first.digest}.pdf" and kept.stat().st_ino == made


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what it was asked for."""
    heard: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            heard.append("asked")
            self.close_connection = True

    with HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/a", heard
        server.shutdown()


@needs_office
def test_a_file_opens_nothing_that_lies_elsewhere(
    home: Home, decoder: Decoder, asked: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, heard = asked
    Image.new("RGB", (90, 90), (255, 0, 0)).save(tmp_path / "a.png")
    local = seen(home.content / "local.odt", bureau.linking((tmp_path / "a").as_uri()))

    verdict = decoder.prove(seen(home.content / "net.odt", bureau.linking(address)))
    page = Image.frombytes("RGB", (192, 108), decoder.frame(local).read_bytes(), "raw", "BGRX")

    assert verdict.refusal is None and heard == []
    assert not any(red > 200 and blue < 100 for _, (red, _, blue) in page.getcolors(192 * 108) or [])


@needs_office
@pytest.mark.parametrize("suffix", ["pptx", "odt"])
def test_a_file_that_libreoffice_cannot_open_is_refused_in_words(
    home: Home, decoder: Decoder, suffix: str
) -> None:
    parts = {"[Content_Types].xml": "<Types/>", "mimetype": "nonsense", "content.xml": "<a"}

    verdict = decoder.prove(seen(home.content / f"a.{suffix}", bureau.packed(parts)))

    assert verdict.refusal is not None and "PDF" in verdict.refusal[0]


# ---- without it, and with programs that misbehave in its place


def test_without_libreoffice_staff_are_told_to_export_pdf(
    home: Home, decoder: Decoder, programs: Path
) -> None:
    asset = seen(home.content / "a.pptx", bureau.slides())

    verdict = decoder.prove(asset)

    assert verdict.refusal == (office.MISSING.zh, office.MISSING.en)
    assert "导出（另存为）PDF" in office.MISSING.zh
    assert not (home.cache / "documents").exists()


def test_libreoffice_is_found_where_its_own_packages_put_it(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "opt" / "libreoffice26.8" / "program"
    place.mkdir(parents=True)
    (place / "soffice").touch()

    monkeypatch.setattr(office, "ELSEWHERE", (str(tmp_path / "opt"), "libreoffice*/program/soffice"))

    assert office.program() == str(place / "soffice")


PDF = paged([coloured(RED, 192, 108)])
WRITES_IT = 'cp "$HOME/../../made.pdf" "$HOME/document.pdf"'


@pytest.fixture
def conversions(home: Home) -> Iterator[Conversions]:
    """Conversions with little patience, and a finished PDF at hand."""
    (home.cache / "made.pdf").write_bytes(PDF)
    made = Conversions(home.cache / "documents", 10_000_000, seconds=8.0)
    yield made
    made.close()


def deck(home: Home, name: str = "a.pptx") -> Asset:
    return seen(home.content / name, bureau.packed({"[Content_Types].xml": name}))


def test_a_program_that_hangs_is_ended_with_all_that_it_has_started(
    home: Home, conversions: Conversions, programs: Path
) -> None:
    pids = home.state / "pids"
    pretend(programs, f"echo $$ >>{pids}; sh -c 'echo $$ >>{pids}; exec sleep 1000' & sleep 1000")

    reply = conversions.of(deck(home))

    assert isinstance(reply, Refused) and "超过 8 秒" in reply.zh
    for pid in map(int, pids.read_text().split()):
        wait_for(lambda pid=pid: ended(pid))
    assert len(pids.read_text().split()) == 2


def test_a_program_at_work_ends_with_the_player(home: Home, programs: Path) -> None:
    pids = home.state / "pids"
    pretend(programs, f"sh -c 'echo $$ >>{pids}; exec sleep 1000' & echo $$ >>{pids}; sleep 1000")
    asset = deck(home)
    code = f"""
from pathlib import Path
from kiosk.decoder import Asset
from kiosk.decoder.conversion import Conversions
asset = Asset("a.pptx", {asset.location!r}, {asset.size}, {asset.mtime_ns})
Conversions(Path({str(home.cache / "documents")!r}), 1).of(asset)
"""
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        wait_for(lambda: pids.exists() and len(pids.read_text().split()) == 2)
        parent.kill()

    for pid in map(int, pids.read_text().split()):
        wait_for(lambda pid=pid: ended(pid))


def test_the_program_is_bounded_and_told_nothing_that_is_not_its_business(
    home: Home, conversions: Conversions, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "5678")
    told = home.state / "told"
    pretend(programs, f'(cat /proc/self/limits; env; echo "$@"; cat /proc/self/stat) >{told}\n{WRITES_IT}')

    made = conversions.of(deck(home, "密 'x'.pptx"))

    said = told.read_text()
    limits = {line[:25].strip(): line[25:].split()[0] for line in said.splitlines() if line.startswith("Max")}
    assert isinstance(made, Path) and made.read_bytes() == PDF
    assert int(limits["Max address space"]) <= 3 << 30 and int(limits["Max file size"]) <= 512 << 20
    assert int(limits["Max open files"]) <= 1024 and limits["Max core file size"] == "0"
    assert int(said.rpartition(")")[2].split()[16]) >= 10  # proc(5): nice
    assert "5678" not in said and "密" not in said and "UserInstallation=file://" in said


def test_what_a_program_says_is_bounded_and_harms_no_answer(
    home: Home, conversions: Conversions, programs: Path
) -> None:
    pretend(
        programs,
        f"i=0; while [ $i -lt 20000 ]; do echo xxxxxxxxxxxxxx; echo xxxx >&2; i=$((i+1)); done\n{WRITES_IT}",
    )

    assert isinstance(conversions.of(deck(home)), Path)


@pytest.mark.parametrize("script", ["exit 0", "exit 81", "kill -9 $$", '>"$HOME/document.pdf"', "kill -9 0"])
def test_a_program_that_fails_is_asked_again_later(
    home: Home, conversions: Conversions, programs: Path, script: str
) -> None:
    pretend(programs, script)

    reply = conversions.of(deck(home))

    assert isinstance(reply, Refused) and reply.retry_seconds == 3600


def test_nothing_stays_behind_of_a_conversion_that_was_killed(
    home: Home, conversions: Conversions, programs: Path
) -> None:
    pretend(programs, "kill -9 0")
    conversions.of(deck(home))
    pretend(programs, WRITES_IT)

    made = conversions.of(deck(home))

    assert isinstance(made, Path)
    assert [one.name for one in (home.cache / "documents").iterdir()] == [made.name]


def test_the_pdfs_used_longest_ago_are_forgotten(home: Home, programs: Path) -> None:
    (home.cache / "made.pdf").write_bytes(PDF)
    pretend(programs, WRITES_IT)
    conversions = Conversions(home.cache / "documents", 2 * len(PDF))
    with contextlib.closing(conversions):
        made = []
        for number in range(3):
            made.append(conversions.of(deck(home, f"{number}.pptx")))
            os.utime(made[-1], ns=(number * 10**9, number * 10**9))
            kept = [one.exists() for one in made]

    assert kept == [False, True, True]


def test_a_full_disk_is_told(home: Home, conversions: Conversions, programs: Path) -> None:
    folder = home.cache / "documents"
    folder.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    pretend(programs, WRITES_IT)

    reply = conversions.of(
        seen(home.content / "a.pptx", bureau.packed({"[Content_Types].xml": os.urandom(200_000)}))
    )
    subprocess.run(["/bin/umount", "-l", folder], check=True)

    assert isinstance(reply, Refused) and "磁盘满了" in reply.zh


# ---- what is refused before LibreOffice sees it


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BAD = {
    "empty.docx": (b"", "空的"),
    "page.doc": (b"<!DOCTYPE html><html></html>", "网页"),
    "text.pptx": (b"hello", "文字或别的东西"),
    "program.ppt": (b"MZ" + bytes(600), "程序"),
    "zeros.docx": (bytes(9000), "全是零"),
    "archive.docx": (bureau.packed({"photo.jpg": b"x"}), "压缩包"),
    "cut.pptx": (bureau.slides()[:9000], "不完整"),
    "locked.pptx": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "locked.odt": (bureau.odf("", more='<manifest:encryption-data manifest:checksum=""/>'), "密码"),
}
TOO_MUCH = {
    "bomb.odt": lambda: {f"{n}": bytes(10**8) for n in range(11)},
    "parts.odt": lambda: {f"{n}": b"" for n in range(20_001)},
}


@pytest.mark.parametrize("name", [*BAD, *TOO_MUCH])
def test_what_is_no_open_office_file_never_reaches_libreoffice(
    home: Home, conversions: Conversions, programs: Path, name: str
) -> None:
    content, says = BAD.get(name) or (bureau.packed({"mimetype": "x", **TOO_MUCH[name]()}), "大得不正常")
    pretend(programs, f"touch {home.state}/started")

    reply = conversions.of(seen(home.content / name, content))

    assert isinstance(reply, Refused) and says in reply.zh, reply
    assert not (home.state / "started").exists()


def test_a_pipe_that_is_called_like_a_presentation_is_refused_at_once(
    home: Home, conversions: Conversions, programs: Path
) -> None:
    pretend(programs, "exit 1")
    os.mkfifo(home.content / "a.pptx")
    asset = seen(home.content / "a.pptx")

    reply = conversions.of(asset)

    assert stat.S_ISFIFO(asset.path.stat().st_mode)
    assert isinstance(reply, Refused) and "普通文件" in reply.zh
