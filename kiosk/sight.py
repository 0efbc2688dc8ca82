"""What people see of a slide from where they stand: can it be read and scanned, is it too bright?"""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from kiosk import qr
from kiosk.decoder import Asset, Decoder, Verdict
from kiosk.errors import Refusal, Words
from kiosk.formats.level import level
from kiosk.look import Look
from kiosk.model import legible
from kiosk.model.slides import Slide
from kiosk.settings import Screen

BRIGHT = 50
"""Per cent of average picture level above which staff are warned: it dazzles, and draws most current."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Of one slide: smallest and largest type and the side of its code in pixels, and its level in per cent.

    None is not known, for pictures tell nothing of their type. `screen` says pitch and distance. `torn`: a
    line was too long, and is broken within.
    """

    screen: Screen
    type_px: tuple[float, float] | None = None
    code_px: int | None = None
    level: int | None = None
    torn: bool = False

    @property
    def read_m(self) -> float | None:
        """Metres from which all of it can be read."""
        return self._far(legible.read_from, self.type_px and self.type_px[0])

    @property
    def read_by_older_eyes_m(self) -> float | None:
        """Metres from which older people can read all of it."""
        return self._far(legible.read_by_older_eyes_from, self.type_px and self.type_px[0])

    @property
    def scan_m(self) -> float | None:
        """Metres from which its code can be scanned."""
        return self._far(legible.scanned_from, self.code_px)

    def _far(self, rule: legible.Rule, pixels: float | None) -> float | None:
        return round(rule(pixels, self.screen.pitch_mm), 1) if pixels and self.screen.pitch_mm else None

    def doubts(self) -> Iterator[Words]:
        """What staff should know of it."""
        stand = self.screen.viewers_m
        if self.torn:
            yield Words(
                "有一行太长，在屏幕上从中间断开了。一行最好不超过 12 个字，也可以在合适的地方自己换行。",
                "A line is too long and is broken within. Keep a line to 12 characters, "
                "or break it yourself where it suits.",
            )
        if self.read_m and self.type_px and self.read_m < stand:
            needed = legible.glyph_for(stand, self.screen.pitch_mm)
            yield Words(
                f"最小的字 {self.type_px[0]:g} 像素，{self.read_m:g} 米以内才看得清，"
                f"而大家站在 {stand:g} 米外。字要 {needed} 像素以上：请减少文字，分成几页。",
                f"Its smallest type is {self.type_px[0]:g} px and can be read from {self.read_m:g} m; "
                f"people stand {stand:g} m off. That takes {needed} px: use fewer words, on more pages.",
            )
        if self.scan_m and self.scan_m < stand:
            yield Words(
                f"二维码在 {self.scan_m:g} 米以内才扫得到，而大家站在 {stand:g} 米外。请在近处再贴一张海报。",
                f"Its code can be scanned from {self.scan_m:g} m at most; people stand {stand:g} m off. "
                "Put up a poster nearer to them.",
            )
        if self.level is not None and self.level > BRIGHT:
            yield Words(
                f"画面太亮：平均 {self.level}%，最好不超过 {BRIGHT}%。请用深色底浅色字，或设 max_level。",
                f"It is too bright: {self.level} % on average, of {BRIGHT} % at best. Use a dark ground and "
                "light words, or set light.max_level.",
            )


def sight(slide: Slide, asset: Asset, decoder: Decoder, screen: Screen) -> Sight:
    """What is known of the slide; of what was not measured when it was drawn, the level is measured now."""
    verdict = decoder.known(asset)
    measured = verdict is not None and slide.page == 1 and verdict.level >= 0
    seen = verdict.level if verdict and measured else _level(slide, asset, decoder)
    return told(verdict, slide.page, decoder.look, screen, seen)


def told(verdict: Verdict | None, page: int, look: Look, screen: Screen, level_: int | None = None) -> Sight:
    """What the drawing of that page has told; `level_` is its level, if it was measured."""
    types = verdict.types if verdict else ()
    found = types[page - 1] if page <= len(types) else (0.0, 0.0)
    code = (verdict.code if verdict else 0) or qr.corner_code(look)
    torn = verdict is not None and page in verdict.torn
    return Sight(screen, found if found[0] else None, code or None, level_, torn)


def _level(slide: Slide, asset: Asset, decoder: Decoder) -> int | None:
    try:
        frame = decoder.frame(asset, slide.page, urgent=False).read_bytes()
    except (Refusal, OSError):
        return None
    size = (decoder.look.width, decoder.look.height)
    return level(Image.frombytes("RGB", size, frame, "raw", "BGRX"))
