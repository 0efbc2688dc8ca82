"""Sound and moving pictures made for tests: colours that change by the clock, tones that do, too."""

import array
import math
import os
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

os.environ["SVT_LOG"] = "0"  # its encoder talks a lot otherwise

import av
from PIL import Image

RED, GREEN, BLUE, WHITE = (230, 30, 30), (30, 200, 40), (30, 60, 230), (235, 235, 235)
COLOURS = (RED, GREEN, BLUE, WHITE)
RATE = 48_000

CODECS = {
    "h264": ("libx264", "yuv420p", {"preset": "ultrafast", "tune": "zerolatency"}),
    "hevc": ("libx265", "yuv420p", {"preset": "ultrafast", "x265-params": "log-level=none"}),
    "vp9": ("libvpx-vp9", "yuv420p", {"deadline": "realtime", "cpu-used": "8"}),
    "av1": ("libsvtav1", "yuv420p", {"preset": "12", "svtav1-params": "log-level=0"}),
    "mpeg4": ("mpeg4", "yuv420p", {}),
    "h264-10bit": ("libx264", "yuv420p10le", {"preset": "ultrafast"}),
}
AUDIO = {".webm": "libopus", ".avi": "mp3", ".mkv": "libopus"}


def clip(
    path: Path,
    codec: str = "h264",
    *,
    size: tuple[int, int] = (320, 180),
    seconds: float = 3.0,
    fps: int = 10,
    each: float = 1.0,
    sound: bool = False,
    turn: int = 0,
    times: Sequence[float] = (),
) -> Path:
    """A clip whose colour is `COLOURS[time // each]`; `turn` is the display rotation in degrees.

    `times` are the moments of the frames in seconds, for a variable frame rate.
    """
    name, pixels, options = CODECS[codec]
    moments = times or [number / fps for number in range(round(seconds * fps))]
    first = {"movflags": "faststart"} if path.suffix in (".mp4", ".mov", ".m4v") else {}
    with av.open(str(path), "w", options=first) as out:
        video = out.add_stream(name, rate=fps, options=options)
        video.width, video.height, video.pix_fmt = *size, pixels
        if path.suffix != ".avi":  # whose time base is its frame rate
            video.codec_context.time_base = video.time_base = Fraction(1, 1000)
        if turn:
            video.set_display_rotation(turn) if hasattr(video, "set_display_rotation") else None
        tone = out.add_stream(AUDIO.get(path.suffix, "aac"), rate=RATE, layout="stereo") if sound else None
        for moment in moments:
            frame = av.VideoFrame.from_image(Image.new("RGB", size, COLOURS[int(moment / each + 1e-6) % 4]))
            frame.pts, frame.time_base = round(moment * 1000), Fraction(1, 1000)
            out.mux(video.encode(frame))
        out.mux(video.encode())
        if tone:
            beeps(out, tone, seconds)
    return path


def beeps(out: "av.container.OutputContainer", stream: "av.AudioStream", seconds: float) -> None:
    """A tone in the first tenth of each second, silence between."""
    step = stream.codec_context.frame_size or 1024
    fifo = av.AudioFifo()
    for begin in range(0, round(seconds * RATE), step):
        count = min(step, round(seconds * RATE) - begin)
        samples = array.array("h")
        for at in range(begin, begin + count):
            value = round(12_000 * math.sin(at * 440 * math.tau / RATE)) if at % RATE < RATE // 10 else 0
            samples.extend((value, value))
        frame = av.AudioFrame(format="s16", layout="stereo", samples=count)
        frame.planes[0].update(samples.tobytes())
        frame.sample_rate, frame.pts, frame.time_base = RATE, begin, Fraction(1, RATE)
        fifo.write(frame)
    resampler = av.AudioResampler(stream.codec_context.format, stream.layout, stream.rate, step)
    while (frame := fifo.read(step, partial=True)) is not None:
        for ready in resampler.resample(frame):
            out.mux(stream.encode(ready))
    for ready in resampler.resample(None):
        out.mux(stream.encode(ready))
    out.mux(stream.encode())
