"""Test patterns for those who put a wall up: pure drawings of a wall's exact size.

A pattern is a function of the wall and of the seconds since it began; `PATTERNS` is their table.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from PIL import Image, ImageDraw, ImageFont

from kiosk import font, qr
from kiosk.errors import Refusal, Words

LABEL = 16
"""Pixels: the floor for a Chinese character."""

LEVELS = (10, 25, 50)
COLOURS = {
    "red": ((1, 0, 0), "红", "red"),
    "green": ((0, 1, 0), "绿", "green"),
    "blue": ((0, 0, 1), "蓝", "blue"),
    "white": ((1, 1, 1), "白", "white"),
}
QR_MODULES = (2, 3, 4, 5, 6)
CHARACTERS = (12, 14, 16, 18, 20, 24, 28, 32)
SAMPLES = ("邻里和睦 圆国霜露 Ab 3:08", "邻里和睦 圆国霜露", "邻里和睦", "邻")
CABINET_MM = (320.0, 160.0)
"""The usual size of an LED module, from which its pixels follow by the pitch."""

BAR_SPEED = 60.0
"""Pixels a second: one in each frame."""

GROUND, DIM, PAPER = (0, 0, 0), (60, 60, 60), (255, 255, 255)
CORNERS = ((230, 40, 40), (40, 200, 70), (60, 110, 255), (240, 200, 40))


@dataclass(frozen=True, slots=True)
class Wall:
    """Sizes in pixels; `x`, `y` and `rotation` are told, not drawn. `module` is that of an LED module."""

    width: int
    height: int
    x: int = 0
    y: int = 0
    rotation: int = 0
    module: tuple[int, int] = (64, 32)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.width, self.height


Drawing = Callable[[Wall, float], Image.Image]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of the table: RGB pictures, and what they are good for."""

    draw: Drawing
    words: Words
    moves: bool = False


PATTERNS: dict[str, Pattern] = {}


def pattern(name: str, zh: str, en: str, *, moves: bool = False) -> Callable[[Drawing], Drawing]:
    """Put a drawing into the table under `name`."""

    def enter(draw: Drawing) -> Drawing:
        PATTERNS[name] = Pattern(draw, Words(zh, en), moves)
        return draw

    return enter


def module_of(pitch_mm: float) -> tuple[int, int]:
    """Pixels of a module of 320×160 mm at that pitch; 64×32 if the pitch is not known."""
    if not pitch_mm:
        return 64, 32
    width, height = (max(8, round(side / pitch_mm)) for side in CABINET_MM)
    return width, height


@pattern("border", "一圈 1 像素的边、四角和宽高位置", "a 1-px border, corner marks, W×H @ X,Y")
def border(wall: Wall, _: float) -> Image.Image:
    """Each corner another colour: red, green, blue, yellow from the top left in reading order."""
    image, pen = _sheet(wall)
    right, bottom = wall.width - 1, wall.height - 1
    pen.line((0, wall.height // 2, right, wall.height // 2), fill=DIM)
    pen.line((wall.width // 2, 0, wall.width // 2, bottom), fill=DIM)
    side = max(4, min(wall.width, wall.height) // 8)
    for colour, (x, y) in zip(
        CORNERS,
        ((0, 0), (right - side + 1, 0), (0, bottom - side + 1), (right - side + 1, bottom - side + 1)),
        strict=True,
    ):
        pen.rectangle((x, y, x + side - 1, y + side - 1), fill=colour)
    pen.rectangle((0, 0, right, bottom), outline=PAPER)
    turned = f" {wall.rotation}°" if wall.rotation else ""
    _centred(image, f"{wall.width}×{wall.height} @ {wall.x},{wall.y}{turned}", side)
    return image


@pattern("checker", "1 像素的棋盘格，看有没有被缩放", "a checkerboard of 1 px, which any scaling spoils")
def checker(wall: Wall, _: float) -> Image.Image:
    """The top left pixel is white."""
    return _tiled(wall, ((1, 0), (0, 1)))


@pattern("rows", "隔行亮：1 像素的横线", "every other row")
def rows(wall: Wall, _: float) -> Image.Image:
    """The top row is white."""
    return _tiled(wall, ((1, 1), (0, 0)))


@pattern("columns", "隔列亮：1 像素的竖线", "every other column")
def columns(wall: Wall, _: float) -> Image.Image:
    """The left column is white."""
    return _tiled(wall, ((1, 0), (1, 0)))


def _field(colour: tuple[int, int, int], level: int, wall: Wall, _: float) -> Image.Image:
    code = round(255 * level / 100)
    return Image.new("RGB", wall.size, tuple(part * code for part in colour))


for _name, (_colour, _zh, _en) in COLOURS.items():
    for _level in LEVELS:
        pattern(f"{_name}-{_level}", f"整屏{_zh}色，{_level}%", f"all {_en} at {_level} %")(
            partial(_field, _colour, _level)
        )


@pattern("grey", "从黑到白：上半平滑，下半 16 级", "black to white: smooth above, 16 steps below")
def grey(wall: Wall, _: float) -> Image.Image:
    """Steps as wide as they can all be."""
    image, pen = _sheet(wall)
    middle = wall.height // 2
    for x in range(wall.width):
        smooth = round(255 * x / max(1, wall.width - 1))
        step = round(255 * (x * 16 // wall.width) / 15)
        pen.line((x, 0, x, middle - 1), fill=(smooth,) * 3)
        pen.line((x, middle, x, wall.height - 1), fill=(step,) * 3)
    return image


@pattern(
    "low-grey",
    "最暗的 32 级灰，看有没有闪烁和偏色",
    "the 32 darkest greys, which flicker or turn colour first",
)
def low_grey(wall: Wall, _: float) -> Image.Image:
    """Codes 0 to 31, named where there is room."""
    image, pen = _sheet(wall)
    down = 2 if wall.height * 8 > wall.width else 1
    across = 32 // down
    for code in range(32):
        row, column = divmod(code, across)
        left, right = (wall.width * one // across for one in (column, column + 1))
        top, bottom = (wall.height * one // down for one in (row, row + 1))
        pen.rectangle((left, top, right - 1, bottom - 1), fill=(code,) * 3)
        if right - left >= 24 and bottom - top >= LABEL + 4:
            pen.text((left + 3, bottom - 3), str(code), DIM, _face(LABEL), "ls")
    return image


@pattern("modules", "模组的格子和编号（行-列）", "the grid of modules with their numbers (row-column)")
def modules(wall: Wall, _: float) -> Image.Image:
    """Two dark grounds by turns, each module in a border of its own."""
    image, pen = _sheet(wall)
    wide, high = wall.module
    for row, top in enumerate(range(0, wall.height, high), 1):
        for column, left in enumerate(range(0, wall.width, wide), 1):
            right, bottom = min(left + wide, wall.width) - 1, min(top + high, wall.height) - 1
            ground = (0, 40, 70) if (row + column) % 2 else (60, 30, 0)
            pen.rectangle((left, top, right, bottom), ground, (150, 150, 150))
            name = f"{row}-{column}"
            size = min(LABEL + high // 8, high - 4)
            if size >= 10 and pen.textlength(name, _face(size)) <= right - left - 4:
                pen.text(((left + right) // 2, (top + bottom) // 2), name, PAPER, _face(size), "mm")
    return image


@pattern("bar", "移动的竖条，看有没有抖动和撕裂", "a moving bar, which shows judder and tearing", moves=True)
def bar(wall: Wall, seconds: float) -> Image.Image:
    """It moves by whole pixels and comes in again where it went out."""
    image, pen = _sheet(wall)
    wide = max(4, wall.width // 32)
    left = int(seconds * BAR_SPEED) % wall.width
    for begin in (left, left - wall.width):
        pen.rectangle((begin, 0, begin + wide - 1, wall.height - 1), fill=PAPER)
    return image


@pattern("qr", "二维码阶梯：一格 2 到 6 像素", "a ladder of QR codes, 2 to 6 px a module")
def qr_ladder(wall: Wall, _: float) -> Image.Image:
    """Each code says how large its modules are; what does not fit is left out."""
    return _ladder(wall, (qr.draw(f"LINLI {module}PX", module) for module in QR_MODULES))


@pattern("characters", "汉字阶梯：12 到 32 像素", "a ladder of Chinese characters, 12 to 32 px")
def characters(wall: Wall, _: float) -> Image.Image:
    """Each line names its size; what does not fit is left out."""
    return _ladder(wall, (_line(size, wall) for size in CHARACTERS))


def png(name: str, wall: Wall) -> Image.Image:
    """The pattern of that name as it begins. Raises `Refusal` if there is none."""
    return named(name).draw(wall, 0.0)


def named(name: str) -> Pattern:
    """The pattern of that name. Raises `Refusal` with the nearest ones."""
    import difflib

    if name in PATTERNS:
        return PATTERNS[name]
    close = difflib.get_close_matches(name, PATTERNS, n=1)
    zh = f"是不是“{close[0]}”？" if close else ""
    en = f'did you mean "{close[0]}"? ' if close else ""
    raise Refusal(
        Words(
            f"没有名为“{name}”的测试图。{zh}单写 kiosk pattern 会列出全部。",
            f'No pattern "{name}"; {en}kiosk pattern alone lists them.',
        )
    )


def _sheet(wall: Wall) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", wall.size, GROUND)
    pen = ImageDraw.Draw(image)
    return image, pen


def _tiled(wall: Wall, tile: tuple[tuple[int, int], tuple[int, int]]) -> Image.Image:
    lines = [bytes(255 * one for one in row) * (wall.width // 2 + 1) for row in tile]
    pixels = b"".join(lines[y % 2][: wall.width] for y in range(wall.height))
    return Image.frombytes("L", wall.size, pixels).convert("RGB")


def _centred(image: Image.Image, text: str, kept: int) -> None:
    """`text` in the middle, on a ground of its own, as large as fits; never below 10 px."""
    pen = ImageDraw.Draw(image)
    room = image.width - 2 * kept if image.height < 5 * LABEL else image.width - 8
    size = max(10, min(64, image.height // (3 if image.height >= 96 else 2)))
    while size > 10 and pen.textlength(text, _face(size)) > room:
        size -= 1
    middle = (image.width // 2, image.height // 2)
    left, top, right, bottom = pen.textbbox(middle, text, _face(size), "mm")
    pen.rectangle((left - 3, top - 2, right + 2, bottom + 2), fill=GROUND)
    pen.text(middle, text, PAPER, _face(size), "mm")


def _line(size: int, wall: Wall) -> Image.Image:
    """`size` and a sample in it, the longest that fits."""
    face = _face(size)
    texts = [f"{size} {sample}" for sample in SAMPLES]
    text = next((one for one in texts if face.getlength(one) + 4 <= wall.width), texts[-1])
    image = Image.new("RGB", (int(face.getlength(text)) + 4, size + size // 4), GROUND)
    ImageDraw.Draw(image).text((2, size), text, PAPER, face, "ls")
    return image


def _ladder(wall: Wall, blocks: Iterable[Image.Image]) -> Image.Image:
    """The blocks one below the other where that leaves none out, else side by side as well."""
    image, _ = _sheet(wall)
    blocks = tuple(blocks)
    column = sum(block.height for block in blocks) <= wall.height
    places = tuple(_shelved(wall, blocks, 1 if column else len(blocks)))
    for block, at in places:
        image.paste(block, at)
    if not places:
        _centred(image, "屏太小，放不下 too small", 0)
    return image


def _shelved(
    wall: Wall, blocks: Iterable[Image.Image], most: int
) -> Iterator[tuple[Image.Image, tuple[int, int]]]:
    """Each block that still fits and where it stands: from left to right, `most` in a row, from above."""
    x = y = high = 0
    for place, block in enumerate(blocks):
        if x and (x + block.width > wall.width or place % most == 0):
            x, y, high = 0, y + high, 0
        if x + block.width > wall.width or y + block.height > wall.height:
            return
        yield block, (x, y)
        x, high = x + block.width + 4, max(high, block.height)


@cache
def _face(size: int) -> ImageFont.FreeTypeFont:
    face = ImageFont.truetype(next(font.folder().glob("*.ttf")), size, layout_engine=ImageFont.Layout.BASIC)
    face.set_variation_by_axes([500])
    return face
