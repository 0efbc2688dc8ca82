"""A stranger's photo made harmless, in a child process with limits of memory and time.

What comes out is a new JPEG: upright, in sRGB, at most `LONGEST` pixels long, without any metadata (where it
was taken, with which phone, its thumbnail), with what has to be hidden blacked out. The child is
`python -m kiosk.decoder.evidence LIFE GIVEN MADE BOXES`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk.errors import Refusal, Words

LONGEST = 1600  # pixels
QUALITY = 85
SECONDS = 30.0
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the upright photo."""
_COMMAND = (sys.executable, "-m", "kiosk.decoder.evidence")
_MOST_PIXELS = 100_000_000
_REFUSED = 3
_SAID_BYTES = 4096


def harmless(given: Path, made: Path, boxes: Sequence[Box] = (), seconds: float = SECONDS) -> tuple[int, int]:
    """Write `made` from `given`; its width and height. Raises `Refusal`, and then there is no `made`."""
    life, ours = os.pipe()
    words = [str(life), str(given), str(made), json.dumps(boxes)]
    try:
        done = subprocess.run(
            [*_COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
            pass_fds=[life], timeout=seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        made.unlink(missing_ok=True)
        raise Refusal(_TOO_LONG) from error
    finally:
        os.close(life)
        os.close(ours)
    said = done.stdout[:_SAID_BYTES]
    if done.returncode == 0:
        width, height = json.loads(said)
        return width, height
    made.unlink(missing_ok=True)
    if done.returncode == _REFUSED:
        raise Refusal(Words(*json.loads(said)))
    raise Refusal(_BROKEN)


def main() -> int:
    """The child: read, turn, shrink, black out, write."""
    life, given, made, boxes = sys.argv[1:]
    from kiosk.decoder import limits

    limits.settle(_MOST_PIXELS, int(life))
    try:
        size = _make(Path(given), Path(made), json.loads(boxes))
    except Refusal as refusal:
        print(json.dumps([refusal.words.zh, refusal.words.en]))
        return _REFUSED
    print(json.dumps(size))
    return 0


def _make(given: Path, made: Path, boxes: Sequence[Box]) -> tuple[int, int]:
    from PIL import Image, ImageDraw
    from PIL import JpegImagePlugin as _  # noqa: F401 - it registers the writer

    from kiosk.formats import content, picture, whole

    named = given.with_suffix(content.suffix(given))  # a phone may call it anything
    if named != given:
        os.link(given, named)
    try:
        width, height = picture.measure(named)
        if width * height > _MOST_PIXELS:
            raise Refusal(whole.TOO_LARGE)
        longest = min(LONGEST, max(width, height))
        still = picture.still(named, (longest, longest))
    finally:
        if named != given:
            named.unlink()
    clean = Image.new("RGB", still.size)  # what Pillow knows of the photo besides its pixels stays behind
    clean.paste(still)
    draw = ImageDraw.Draw(clean)
    for left, top, right, bottom in boxes:
        draw.rectangle((min(left, right), min(top, bottom), max(left, right), max(top, bottom)), fill="black")
    with made.open("wb") as file:
        clean.save(file, "JPEG", quality=QUALITY)
        file.flush()
        os.fsync(file.fileno())
    return clean.size


_TOO_LONG = Words(
    "这张照片处理得太久，没有收下。请换一张，或截屏再发。",
    "This photo took too long and was not taken. Try another one, or a screenshot of it.",
)
_BROKEN = Words(
    "这张照片打不开，没有收下。请换一张，或截屏再发。",
    "This photo cannot be opened and was not taken. Try another one, or a screenshot of it.",
)

if __name__ == "__main__":
    sys.exit(main())
