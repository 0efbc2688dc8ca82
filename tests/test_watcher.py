import os
import queue
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alerts import CARD, alert

from kiosk import watcher
from kiosk.folder import Snapshot, scan
from kiosk.watcher import Watcher, on_network

PATIENCE = 10.0


class Looks:
    """The snapshots that a watcher has handed on."""

    def __init__(self) -> None:
        self.queue: queue.Queue[Snapshot] = queue.Queue()
        self.seen: list[Snapshot] = []

    def next(self) -> Snapshot:
        snapshot = self.queue.get(timeout=PATIENCE)
        self.seen.append(snapshot)
        return snapshot

    def until(self, *names: str) -> Snapshot:
        """Wait for the snapshot that holds just these files."""
        while set(snapshot := self.next()) != set(names):
            continue
        return snapshot


@contextmanager
def watching(content: Path, **how: object) -> Iterator[Looks]:
    looks = Looks()
    with Watcher(content, looks.queue.put, **how):  # type: ignore[arg-type]
        yield looks


@pytest.fixture(params=["events", "polling"])
def how(request: pytest.FixtureRequest) -> dict[str, object]:
    return {"poll": request.param == "polling", "rescan_seconds": 3600}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def test_what_lies_there_at_the_start_is_handed_on(content: Path, how: dict[str, object]):
    (content / "a.png").write_bytes(b"x")
    os.utime(content / "a.png", (1e9, 1e9))

    with watching(content, **how) as looks:
        assert set(looks.next()) == {"a.png"}


def test_a_file_moved_in_renamed_and_moved_out_is_followed(
    tmp_path: Path, content: Path, how: dict[str, object]
):
    outside = tmp_path / "a.png"
    outside.write_bytes(b"x")

    with watching(content, **how) as looks:
        outside.rename(content / "a.png")
        looks.until("a.png")
        (content / "a.png").rename(content / "b.png")
        looks.until("b.png")
        (content / "b.png").rename(outside)
        looks.until()


def test_a_replaced_file_is_noticed(tmp_path: Path, content: Path, how: dict[str, object]):
    (content / "a.png").write_bytes(b"old")
    new = tmp_path / "new.png"
    new.write_bytes(b"new!")

    with watching(content, **how) as looks:
        looks.until("a.png")
        new.replace(content / "a.png")

        assert looks.until("a.png")["a.png"].size == 4


def test_files_in_sub_folders_are_found(tmp_path: Path, content: Path, how: dict[str, object]):
    with watching(content, **how) as looks:
        looks.next()
        (content / "lift").mkdir()
        (content / "lift" / "a.png").write_bytes(b"x")
        looks.until("lift/a.png")
        (content / "lift").rename(tmp_path / "away")
        looks.until()


def test_a_half_copied_file_is_not_handed_on(content: Path):
    with watching(content, rescan_seconds=0.05) as looks:
        looks.next()
        with (content / "slow.png").open("wb") as file:
            file.write(b"half")
            file.flush()
            (content / "other.png").write_bytes(b"x")
            assert set(looks.next()) == {"other.png"}
            file.write(b"and half")

        assert looks.until("other.png", "slow.png")["slow.png"].size == 12


def test_an_emergency_that_is_whole_waits_for_no_quiet(
    tmp_path: Path, content: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(watcher, "QUIET", 3600.0)
    (tmp_path / "storm.cap").write_text(alert())

    with watching(content, rescan_seconds=3600) as looks:
        looks.next()
        (content / "notice.toml").write_text('template = "notice"')
        (content / "gas.toml").write_text(CARD)
        written = looks.next()
        (tmp_path / "storm.cap").rename(content / "storm.cap")
        moved = looks.next()

    assert set(written) == {"gas.toml"}
    assert set(moved) == {"gas.toml", "storm.cap"}


def test_half_an_emergency_is_not_handed_on(tmp_path: Path, content: Path):
    (tmp_path / "storm.cap").write_text(alert())

    with watching(content, rescan_seconds=3600) as looks:
        looks.next()
        with (content / "gas.toml").open("w") as file:
            file.write(CARD[:100])
            file.flush()
            (tmp_path / "storm.cap").rename(content / "storm.cap")
            assert set(looks.next()) == {"storm.cap"}
            file.write(CARD[100:])

        assert looks.until("storm.cap", "gas.toml")["gas.toml"].size == len(CARD.encode())


def test_a_copied_file_with_its_times_and_modes_is_there_soon(tmp_path: Path, content: Path):
    source = tmp_path / "a.png"
    source.write_bytes(b"x" * 100_000)

    with watching(content, rescan_seconds=3600) as looks:
        looks.next()
        for name, copy in (("a.png", shutil.copy2), ("b.png", shutil.copy), ("c.png", shutil.copyfile)):
            copy(source, content / name)
        snapshot = looks.until("a.png", "b.png", "c.png")

    assert {asset.size for asset in snapshot.values()} == {100_000}


def test_a_burst_of_500_files_is_handed_on_in_one_go_or_few(content: Path):
    with watching(content, rescan_seconds=3600) as looks:
        looks.next()
        for number in range(500):
            (content / f"{number}.png").write_bytes(b"x")
        looks.until(*(f"{number}.png" for number in range(500)))

    assert len(looks.seen) <= 10  # one, unless the machine was held up; tests/test_settling.py counts exactly


def test_while_the_folder_is_away_the_last_snapshot_stands_and_later_it_is_followed_again(
    tmp_path: Path, content: Path
):
    (content / "a.png").write_bytes(b"x")

    with watching(content, rescan_seconds=0.05) as looks:
        looks.until("a.png")
        content.rename(tmp_path / "away")
        with pytest.raises(queue.Empty):
            looks.queue.get(timeout=0.5)
        (tmp_path / "away").rename(content)
        (content / "b.png").write_bytes(b"x")

        looks.until("a.png", "b.png")


def test_drafts_downloads_and_litter_are_ignored(content: Path):
    for name in (
        "_draft.png",
        ".hidden.png",
        "~$deck.pptx",
        "a.png.crdownload",
        "b.part",
        "Thumbs.db",
        "ok.png",
    ):
        (content / name).write_bytes(b"x")

    assert set(scan(content)) == {"ok.png"}


def test_a_writer_that_is_killed_does_not_hold_its_file_back_for_ever(content: Path):
    code = "import sys, time; f = open(sys.argv[1], 'wb', 0); f.write(b'x'); print(1, flush=True)"
    code += "; time.sleep(99)"
    with watching(content, rescan_seconds=0.05) as looks:
        looks.next()
        writer = subprocess.Popen(
            [sys.executable, "-c", code, str(content / "a.png")], stdout=subprocess.PIPE
        )
        assert writer.stdout
        writer.stdout.readline()
        writer.kill()
        writer.wait()

        looks.until("a.png")


def test_a_folder_of_this_machine_is_on_no_network(content: Path):
    assert not on_network(content)
