import errno
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import files
from kiosk.errors import DiskFull
from kiosk.files import Home

OLD, NEW = b"old" * 100_000, b"new" * 1_000_000


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 kB."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root may mount a file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_home_is_made_ready_with_its_keys_closed_to_others(tmp_path: Path) -> None:
    home = Home(tmp_path)
    files.prepare(home)
    files.prepare(home)

    assert home.incoming.is_dir() and home.removed.is_dir()
    assert home.keys.stat().st_mode & 0o777 == 0o700


def test_what_is_written_can_be_read_by_all_and_leaves_nothing_else(tmp_path: Path) -> None:
    files.write(tmp_path / "a" / "b.txt", b"1")
    files.write(tmp_path / "a" / "b.txt", b"2")

    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"2"
    assert (tmp_path / "a" / "b.txt").stat().st_mode & 0o777 == 0o644


def test_a_secret_can_be_kept_from_others(tmp_path: Path) -> None:
    files.write(tmp_path / "key", b"1", mode=0o600)

    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_reader_sees_the_old_or_the_new_and_never_a_part(tmp_path: Path) -> None:
    target, done = tmp_path / "a.png", threading.Event()
    files.write(target, OLD)
    seen = set()

    def read() -> None:
        while not done.is_set():
            seen.add(target.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for content in [NEW, OLD] * 10:
        files.write(target, content)
    done.set()
    reader.join()

    assert seen <= {OLD, NEW}


def test_a_writer_that_is_killed_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    target = tmp_path / "a.png"
    files.write(target, OLD)
    code = (
        "import sys; from pathlib import Path; from kiosk import files; target = Path(sys.argv[1])\n"
        "while True:\n    for word in (b'new' * 1_000_000, b'old' * 100_000):\n"
        "        files.write(target, word); print(flush=True)"
    )
    for writes in range(6):
        child = subprocess.Popen([sys.executable, "-c", code, str(target)], stdout=subprocess.PIPE)
        assert child.stdout
        for _ in range(writes + 1):
            child.stdout.readline()
        child.kill()
        child.communicate()

        assert target.read_bytes() in (OLD, NEW)
    assert all(path.name.startswith(files.TEMPORARY) for path in tmp_path.iterdir() if path != target)


def test_a_full_disk_is_told_and_leaves_nothing_half_written(tiny: Path) -> None:
    files.write(tiny / "a.png", b"old")
    with pytest.raises(DiskFull) as caught:
        files.write(tiny / "a.png", NEW)

    assert "磁盘已满" in caught.value.words.zh
    assert {path.name: path.read_bytes() for path in tiny.iterdir()} == {"a.png": b"old"}


def test_a_full_disk_keeps_the_source_of_what_was_to_be_placed(tiny: Path, tmp_path: Path) -> None:
    source = tmp_path / "upload"
    source.write_bytes(NEW)
    with pytest.raises(DiskFull):
        files.place(source, tiny / "a.png")

    assert source.read_bytes() == NEW
    assert list(tiny.iterdir()) == []


def test_a_line_for_which_there_is_no_room_is_told_and_not_half_written(tiny: Path) -> None:
    files.append(tiny / "plays.jsonl", "1")
    (tiny / "filler").write_bytes(b"x" * 4096 * 62)
    with pytest.raises(OSError, match="No space left"):
        files.append(tiny / "plays.jsonl", "2" * 8192)

    assert (tiny / "plays.jsonl").read_text() == "1\n"


def test_placing_moves_a_file_and_never_over_another(tmp_path: Path) -> None:
    first, second, target = tmp_path / "1", tmp_path / "2", tmp_path / "content" / "a.png"
    first.write_bytes(b"1")
    second.write_bytes(b"2")
    files.place(first, target)
    with pytest.raises(FileExistsError):
        files.place(second, target)

    assert target.read_bytes() == b"1"
    assert not first.exists() and second.exists()
    assert [path.name for path in target.parent.iterdir()] == ["a.png"]


def test_placing_on_the_same_disk_copies_nothing(tmp_path: Path) -> None:
    source, target = tmp_path / "upload", tmp_path / "content" / "a.png"
    source.write_bytes(NEW)
    before = source.stat()

    files.place(source, target)

    after = target.stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_nlink) == (before.st_ino, before.st_mtime_ns, 1)
    assert after.st_mode & 0o777 == 0o644 and not source.exists()


def test_placing_works_across_file_systems(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "upload").write_bytes(b"1")
    files.place(tmp_path / "upload", tiny / "a.png")

    assert (tiny / "a.png").read_bytes() == b"1"
    assert not (tmp_path / "upload").exists()


def test_placing_works_where_there_are_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAT, exFAT and many network shares know none."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "1").write_bytes(b"1")
    (tmp_path / "2").write_bytes(b"2")
    files.place(tmp_path / "1", tmp_path / "a.png")
    with pytest.raises(FileExistsError):
        files.place(tmp_path / "2", tmp_path / "a.png")

    assert (tmp_path / "a.png").read_bytes() == b"1"


def test_lines_of_two_writers_never_mix(tmp_path: Path) -> None:
    path = tmp_path / "plays.jsonl"

    def write(letter: str) -> None:
        for _ in range(200):
            files.append(path, letter * 500)

    writers = [threading.Thread(target=write, args=[letter]) for letter in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert sorted(set(path.read_text().splitlines())) == ["a" * 500, "b" * 500, "c" * 500]


def test_the_free_room_of_a_disk_is_known(tiny: Path) -> None:
    before = files.free(tiny)
    (tiny / "a").write_bytes(b"x" * 65536)

    assert before - files.free(tiny) == 65536
