"""Verdicts: shared by processes, whatever happens to the file in which they stand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.decoder import verdicts as module
from kiosk.decoder.verdicts import Verdict, Verdicts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "verdicts"


def kept(folder: Path) -> bytes:
    (only,) = folder.iterdir()
    return only.read_bytes()


def test_what_one_process_keeps_another_knows_at_once(folder: Path) -> None:
    player, admin = Verdicts(folder, "look"), Verdicts(folder, "look")
    unknown = admin.known("a.png", "1")

    player.keep("a.png", Verdict("1", pages=3))

    assert (unknown, admin.known("a.png", "1")) == (None, Verdict("1", pages=3))
    assert admin.known("a.png", "2") is None


def test_each_look_has_verdicts_of_its_own(folder: Path) -> None:
    Verdicts(folder, "wide").keep("a.png", Verdict("1"))

    assert Verdicts(folder, "tall").known("a.png", "1") is None


BUSY = """
import sys
from pathlib import Path
from kiosk.decoder import verdicts
verdicts.SPARE = -1_000_000  # written anew each time, which is when others may lose something
one = verdicts.Verdicts(Path(sys.argv[1]), "look")
for number in range(150):
    one.keep(f"{sys.argv[2]}{number}.png", verdicts.Verdict("1"))
"""


def test_processes_that_keep_verdicts_at_once_lose_none_of_each_others(folder: Path) -> None:
    command = [sys.executable, "-c", BUSY, str(folder)]
    busy = [subprocess.Popen([*command, name]) for name in "abc"]
    ends = [one.wait() for one in busy]

    found = Verdicts(folder, "look")

    names = [f"{process}{number}.png" for process in "abc" for number in range(150)]
    assert ends == [0, 0, 0]
    assert [name for name in names if not found.known(name, "1")] == []


def test_half_a_line_after_a_power_cut_costs_that_verdict_only(folder: Path) -> None:
    one = Verdicts(folder, "look")
    for name in ("a.png", "b.png"):
        one.keep(name, Verdict("1"))
    (file,) = folder.iterdir()
    os.truncate(file, file.stat().st_size - 20)

    after = Verdicts(folder, "look")
    after.keep("c.png", Verdict("1"))

    assert [bool(after.known(name, "1")) for name in ("a.png", "b.png", "c.png")] == [True, False, True]


def test_a_file_that_was_written_anew_is_read_anew(folder: Path) -> None:
    one = Verdicts(folder, "look")
    one.keep("a.png", Verdict("1"))
    assert one.known("a.png", "1")
    (file,) = folder.iterdir()
    line = file.read_bytes()

    file.write_bytes(b"\n" * len(line) + line.replace(b'"stamp":"1"', b'"stamp":"2"'))

    assert (one.known("a.png", "1"), one.known("a.png", "2")) == (None, Verdict("2"))


def test_a_file_that_was_deleted_takes_the_verdicts_along_and_is_made_again(folder: Path) -> None:
    one = Verdicts(folder, "look")
    one.keep("a.png", Verdict("1"))
    before = one.known("a.png", "1")
    (file,) = folder.iterdir()
    file.unlink()

    after = one.known("a.png", "1")
    one.keep("b.png", Verdict("1"))

    assert (before, after, one.known("b.png", "1")) == (Verdict("1"), None, Verdict("1"))


def test_what_is_known_already_is_not_written_again(folder: Path) -> None:
    one = Verdicts(folder, "look")
    one.keep("a.png", Verdict("1"))
    before = kept(folder)

    one.keep("a.png", Verdict("1"))

    assert kept(folder) == before


def test_the_file_stays_as_long_as_what_it_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SPARE", 10)
    one = Verdicts(folder, "look")

    for stamp in range(200):
        one.keep("a.png", Verdict(str(stamp)))

    assert kept(folder).count(b"stamp") <= 2 + 10 + 1
    assert one.known("a.png", "199")


def test_of_far_too_many_verdicts_the_older_half_is_forgotten(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 10)
    one = Verdicts(folder, "look")

    for number in range(25):
        one.keep(str(number), Verdict("1"))

    known = [number for number in range(25) if Verdicts(folder, "look").known(str(number), "1")]
    assert known == list(range(25 - len(known), 25))
    assert 5 <= len(known) <= 11


def test_of_many_looks_the_latest_stay_and_the_one_in_use_counts_as_late(folder: Path) -> None:
    Verdicts(folder, "wall").keep("a.png", Verdict("1"))
    for number in range(20):
        for file in folder.iterdir():
            os.utime(file, (number, number) if file.stem != "wall" else (0, 0))
        Verdicts(folder, "wall")
        Verdicts(folder, f"snapshot{number}").keep("a.png", Verdict("1"))

    assert Verdicts(folder, "wall").known("a.png", "1")
    assert len(list(folder.iterdir())) <= module.LOOKS + 1


FULL = """
import resource, sys
from pathlib import Path
from kiosk.decoder.verdicts import Verdict, Verdicts
one = Verdicts(Path(sys.argv[1]), "look")
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
one.keep("a.png", Verdict("1"))
assert one.known("a.png", "1")
"""


def test_a_disk_that_takes_no_more_costs_the_others_the_verdict_and_not_us(folder: Path) -> None:
    end = subprocess.run([sys.executable, "-c", FULL, str(folder)], check=False).returncode

    assert end == 0
    assert Verdicts(folder, "look").known("a.png", "1") is None
