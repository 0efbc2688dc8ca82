"""Thousands of damaged files: each is a slide or a sentence, never a crash, a hang or a flood of memory."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import media
import pytest
from campaign import CAMPAIGN
from test_animation import resident, seen
from test_sound import beeps

from kiosk.decoder import Asset, Decoder
from kiosk.decoder.lane import CRASHED
from kiosk.files import Home
from kiosk.look import Look

FILES = 5000 if CAMPAIGN else 500
SEED = int(os.environ.get("FUZZ_SEED", "20261125"))
MOST_MEMORY = 400_000_000


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One small whole file of each kind."""
    folder = tmp_path_factory.mktemp("whole")
    videos = [
        (".mp4", "h264"), (".mov", "hevc"), (".mkv", "vp9"),
        (".webm", "av1"), (".avi", "mpeg4"), (".ts", "h264"),
    ]  # fmt: skip
    found = [
        media.clip(folder / f"{codec}{suffix}", codec, size=(96, 64), seconds=1.0, sound=True)
        for suffix, codec in videos
    ]
    found += [beeps(folder / f"a{suffix}", 0.5) for suffix in (".mp3", ".m4a", ".ogg", ".wav", ".flac")]
    frames = [media.Image.effect_noise((48, 32), 80).convert("RGB") for _ in range(3)]
    for suffix, kind in ((".gif", "GIF"), (".png", "PNG"), (".webp", "WEBP"), (".avif", "AVIF")):
        frames[0].save(folder / f"moving{suffix}", kind, save_all=True, append_images=frames[1:], duration=50)
    return found + sorted(folder.glob("moving*"))


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """The file with a few bytes changed, a part doubled, lost, swapped or zeroed, or its end cut off."""
    content = bytearray(whole)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(content)), chance.randint(1, 64)
        match chance.randrange(6):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                content[at : at + length] = bytes(length)
            case 2:
                content[at:at] = content[at : at + length]
            case 3:
                del content[at : at + length]
            case 4:
                content[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0"))
            case _:
                del content[max(1, at) :]
        if not content:
            return whole[:1]
    return bytes(content)


def mutants(originals: list[Path], folder: Path) -> Iterator[Asset]:
    chance = random.Random(SEED)
    for number in range(FILES):
        whole = originals[number % len(originals)]
        path = folder / f"{number}-{whole.name}"
        yield seen(path, damaged(whole.read_bytes(), chance))
        path.unlink()


@pytest.mark.campaign
def test_damaged_media_are_slides_or_sentences(home: Home, originals: list[Path]) -> None:
    crashed, slow, largest = [], [], 0
    with Decoder(home, Look(96, 48), 1_000_000, 1_000_000) as decoder:
        for asset in mutants(originals, home.content):
            verdict = decoder.prove(asset, urgent=True)
            if verdict.refusal and verdict.refusal[0] == CRASHED.zh:
                crashed.append(asset.name)
            if verdict.refusal and "超过" in verdict.refusal[0]:
                slow.append(asset.name)
            assert verdict.refusal is None or all(verdict.refusal), asset.name
            if decoder._urgent._process and decoder._urgent._process.alive:
                largest = max(largest, resident(decoder._urgent._process.popen.pid))

    print(f"{FILES} files, crashed {crashed}, given up {slow}, at most {largest / 1e6:.0f} MB")
    assert (crashed, slow) == ([], [])
    assert largest < MOST_MEMORY
