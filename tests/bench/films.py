"""Videos to measure with: a slow flight over clouds, with a tone in the first tenth of each second."""

import math
import os
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image

from tests.media import RATE, beeps

SIZE = (1920, 1080)
SCENE = (3072, 1728)
FPS = 30
Colour = tuple[int, int, int]


def film(
    path: Path,
    seconds: int = 20,
    colour: Colour | None = None,
    *,
    sound: bool = False,
    size: tuple[int, int] = SIZE,
) -> Path:
    """1080p30 H.264 of about 4 Mbit/s, or smaller; `colour` paints the top left corner, to be told by."""
    os.environ["SVT_LOG"] = "0"
    scene = _scene()
    with av.open(str(path), "w", options={"movflags": "faststart"}) as out:
        video = out.add_stream("libx264", rate=FPS, options={"preset": "veryfast", "crf": "23"})
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        video.codec_context.time_base = Fraction(1, FPS)
        tone = out.add_stream("aac", rate=RATE, layout="stereo") if sound else None
        for number in range(seconds * FPS):
            out.mux(video.encode(_frame(scene, number / FPS, colour, size)))
        out.mux(video.encode())
        if tone:
            beeps(out, tone, float(seconds))
    return path


def _frame(scene: Image.Image, at: float, colour: Colour | None, size: tuple[int, int]) -> av.VideoFrame:
    left = round((SCENE[0] - SIZE[0]) * (0.5 + 0.5 * math.sin(at / 3)))
    top = round((SCENE[1] - SIZE[1]) * (0.5 + 0.5 * math.sin(at / 4.3)))
    view = scene.crop((left, top, left + SIZE[0], top + SIZE[1]))
    if colour:
        view.paste(colour, (0, 0, 300, 150))
    return av.VideoFrame.from_image(view if size == SIZE else view.resize(size))


def _scene() -> Image.Image:
    return Image.merge("RGB", [_clouds() for _ in "RGB"])


def _clouds() -> Image.Image:
    clouds = Image.new("L", SCENE, 128)
    for step in (384, 96, 32, 12):
        small = Image.effect_noise((SCENE[0] // step, SCENE[1] // step), 90)
        clouds = Image.blend(clouds, small.resize(SCENE, Image.Resampling.BICUBIC), 0.4)
    return clouds
