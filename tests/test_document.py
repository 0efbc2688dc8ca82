"""PDF: every page a slide, sharp at the wall's own size; what is broken or hostile costs a sentence."""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import papers
import pytest
import zxingcpp
from lent import SharingDecoder
from papers import BLUE, GREEN, RED, coloured, page, paged, stream
from PIL import Image
from test_animation import seen
from test_decoder import MUTATIONS, child, middle, mutated

from kiosk import library
from kiosk.decoder import Decoder
from kiosk.decoder.writing import written
from kiosk.errors import Refusal
from kiosk.files import Home
from kiosk.formats import document
from kiosk.formats.drawn import Pages
from kiosk.look import Look
from kiosk.settings import Config

WALL = Look(192, 96)
ADDRESS = "HTTP://192.168.1.20:8080/F/A03"
THREE = paged([coloured(RED), coloured(GREEN), coloured(BLUE)])


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with SharingDecoder(home, WALL, 10_000_000, 100_000_000) as one:
        yield one


def drawn(content: bytes, tmp_path: Path, look: Look = WALL, number: int = 1) -> Image.Image:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    images = document.draw(path, look).images
    assert isinstance(images, Pages)
    return images.draw(number)


def test_every_page_is_a_slide(home: Home, decoder: Decoder) -> None:
    (home.content / "rules.pdf").write_bytes(THREE)

    slides = library.prove(home, Config(), decoder).slides
    frames = [decoder.frame(seen(home.content / "rules.pdf"), slide.page) for slide in slides]

    assert [slide.name for slide in slides] == ["rules.pdf#1", "rules.pdf#2", "rules.pdf#3"]
    assert [middle(frame) for frame in frames] == [(255, 0, 0), (0, 255, 0), (0, 0, 255)]


def test_a_page_is_drawn_without_those_before_it(tmp_path: Path) -> None:
    asked: list[int] = []

    def draw(number: int) -> Image.Image:
        asked.append(number)
        return Image.new("RGB", (2, 2))

    target = tmp_path / "frame"
    written(Pages(200, draw), {150: bytes(target)}, None)

    assert asked == [150] and target.exists()


@pytest.mark.parametrize("size", [(192, 96), (1920, 1080), (1080, 1920), (250, 97)], ids=str)
def test_a_page_is_sharp_at_the_size_that_it_has_on_the_wall(tmp_path: Path, size: tuple[int, int]) -> None:
    width, height = size
    stripes = b" ".join(b"%d 0 1 %d re" % (x, height) for x in range(0, width, 2)) + b" f"

    wall = drawn(paged([page(stripes, f"0 0 {width} {height}")]), tmp_path, Look(width, height))

    row = [wall.getpixel((x, height // 2)) for x in range(width)]
    assert row == [((0, 0, 0), (255, 255, 255))[x % 2] for x in range(width)]


def test_a_page_of_another_shape_is_letterboxed(tmp_path: Path) -> None:
    content = paged([coloured(RED, 96, 96)])

    black = drawn(content, tmp_path, Look(192, 96, letterbox="black"))
    blurred = drawn(content, tmp_path, WALL)

    edges = [black.getpixel((x, 48)) for x in (47, 48, 143, 144)]
    assert edges == [(0, 0, 0), (255, 0, 0), (255, 0, 0), (0, 0, 0)]
    assert blurred.getpixel((10, 48)) == (115, 0, 0)


def test_the_corner_code_stands_on_every_page(tmp_path: Path) -> None:
    look = Look(384, 192, corner=True, module=2, url=ADDRESS)

    pages = [drawn(THREE, tmp_path, look, number) for number in (1, 2, 3)]

    assert [[code.text for code in zxingcpp.read_barcodes(one)] for one in pages] == [[ADDRESS]] * 3


@pytest.mark.parametrize(("turn", "spot"), [(0, (10, 90)), (90, (10, 10)), (180, (182, 6)), (270, (182, 90))])
def test_a_rotated_page_stands_upright(tmp_path: Path, turn: int, spot: tuple[int, int]) -> None:
    box = "0 0 192 96" if turn % 180 == 0 else "0 0 96 192"
    content = paged([page(b"1 0 0 rg 0 0 40 40 re f", box, b"/Rotate %d" % turn)])

    assert drawn(content, tmp_path).getpixel(spot) == (255, 0, 0)


def test_only_what_a_page_is_cropped_to_is_shown(tmp_path: Path) -> None:
    content = page(
        b"1 0 0 rg 0 0 400 400 re f 0 1 0 rg 50 50 96 48 re f", "0 0 400 400", b"/CropBox[50 50 146 98]"
    )

    wall = drawn(paged([content]), tmp_path)

    assert wall.getcolors() == [(192 * 96, (0, 255, 0))]


BOXES = [
    "0 0 1000000000 500000000", "0 0 0.001 0.0005", "0 0 0 0", "192 96 0 0", "nan inf 1e400 1e400",
    f"-{'9' * 38} -{'9' * 38} {'9' * 38} {'9' * 38}", "0 0 100000 1", "0 0 1 100000",
    "-10 -10 182 86", "0 0", "",
]  # fmt: skip


@pytest.mark.parametrize("box", BOXES)
def test_a_page_of_any_size_at_all_fills_the_wall_or_is_refused(tmp_path: Path, box: str) -> None:
    try:
        wall = drawn(paged([page(b"1 0 0 rg 0 0 9 9 re f", box)]), tmp_path)
    except Refusal as refusal:
        assert "第 1 页" in refusal.words.zh
    else:
        assert wall.size == (192, 96)


def test_what_people_filled_into_a_form_is_shown(tmp_path: Path) -> None:
    field = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(x)/F 4/Rect[0 0 192 96]/AP<</N 1002 0 R>>"
        b"/DA(/Helv 12 Tf 0 g)>>"
    )
    look = stream(b"1 0 0 rg 0 0 192 96 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 192 96]/Resources<<>>")
    content = paged([page(b"", more=b"/Annots[1001 0 R]")], [field, look], b"/AcroForm<</Fields[1001 0 R]>>")

    assert drawn(content, tmp_path).getpixel((96, 48)) == (255, 0, 0)


def test_chinese_that_brings_no_typeface_is_shown_where_the_system_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(papers.chinese("周六停水"))
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from kiosk.formats import document\nfrom kiosk.look import Look\n"
        "document.SYSTEM_FONTS = ('/nowhere',)\n"
        "wall = document.draw(Path(sys.argv[1]), Look(192, 96)).images.draw(1).convert('L')\n"
        "print(sum(wall.histogram()[:100]))"
    )

    said = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "a.pdf"], capture_output=True, text=True, check=True
    )

    assert int(said.stdout) > 200


def test_a_file_that_is_only_protected_against_copying_is_shown(home: Home, decoder: Decoder) -> None:
    asset = seen(home.content / "a.pdf", papers.locked(RED, opens=True))

    assert middle(decoder.frame(asset)) == (255, 0, 0)


def test_a_name_that_is_not_text_is_shown_too(home: Home, decoder: Decoder) -> None:
    asset = seen(home.content / b"\xff\xfe.pdf".decode("utf-8", "surrogateescape"), THREE)

    assert middle(decoder.frame(asset, 2)) == (0, 255, 0)


@pytest.mark.parametrize("count", [200, 201])
def test_there_may_be_200_pages_and_no_more(home: Home, decoder: Decoder, count: int) -> None:
    verdict = decoder.prove(seen(home.content / "a.pdf", paged([coloured(RED)] * count)))

    if count == 200:
        assert (verdict.refusal, verdict.pages) == (None, 200)
    else:
        assert verdict.refusal is not None and "有 201 页，最多 200 页" in verdict.refusal[0]


HALF = paged([page(random.Random(3).randbytes(50_000).hex().encode())])
TREE = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R>>"
ADOBE = b"/AcroForm<</Fields[]/XFA[(a) 3 0 R]>>/NeedsRendering true"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空的"),
        (b"<!DOCTYPE html><html>404</html>", "网页"),
        (b"PK\x03\x04" + bytes(200), "压缩包或 Office 文档"),
        (bytes(5000), "全是零"),
        (b"%PDF-1.7\n", "不完整"),
        (HALF[:40_000], "不完整"),
        (HALF[:80_000] + bytes(len(HALF) - 80_000), "不完整"),
        (b"%PDF-1.7\n1 0 obj<</Linearized 1/L 9000/O 3>>endobj\n" + THREE, "不完整"),
        (b"%PDF-1.7\n%%EOF\n", "损坏"),
        (papers.locked(RED, opens=False), "去掉密码再上传"),
        (papers.pdf([TREE, b"null", b"<</Filter/Odd/V 99>>"], b"/Encrypt 3 0 R"), "去掉密码再上传"),
        (papers.pdf([TREE, b"<</Type/Pages/Kids[]/Count 0>>"]), "损坏"),
        (papers.pdf([TREE, b"<</Type/Pages/Kids[]/Count -5>>"]), "损坏"),
        (papers.pdf([TREE, b"<</Type/Pages/Kids[]/Count 2000000000>>"]), "损坏"),
        (papers.pdf([TREE, b"<</Type/Pages/Kids[2 0 R]/Count 2>>"]), "第 1 页已损坏"),
        (papers.pdf([TREE, b"<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>", PAGE]), "第 2 页已损坏"),
        (paged([coloured(RED)], catalogue=ADOBE), "动态表单"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_in_words(
    home: Home, decoder: Decoder, content: bytes, says: str
) -> None:
    asset = seen(home.content / "a.pdf", content)

    verdict = decoder.prove(asset, urgent=True)

    assert verdict.refusal is not None and says in verdict.refusal[0], verdict.refusal


def test_what_was_wrong_with_one_file_is_not_said_of_the_next(home: Home, decoder: Decoder) -> None:
    locked = papers.locked(RED, opens=False)
    empty = papers.pdf([TREE, b"<</Type/Pages/Kids[]/Count 0>>"])

    one = decoder.prove(seen(home.content / "a.pdf", locked), urgent=True)
    other = decoder.prove(seen(home.content / "b.pdf", empty), urgent=True)

    assert one.refusal is not None and "密码" in one.refusal[0]
    assert other.refusal is not None and "损坏" in other.refusal[0]


def calls(count: int) -> bytes:
    """Drawings within drawings, each drawn twice by the one above it."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 192 96]/Resources<</XObject<</X %d 0 R>>>>"
    inner = [stream(b"/X Do /X Do", form % (1002 + place)) for place in range(count)]
    return paged([page(b"/X Do", more=b"/Resources<</XObject<</X 1001 0 R>>>>")], [*inner, stream(b"")])


def pictured(width: int, height: int, content: bytes) -> bytes:
    """A page with one picture that claims a size."""
    claims = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB"
    picture = stream(content, claims % (width, height), packed=True)
    return paged([page(b"192 0 0 96 0 0 cm /X Do", more=b"/Resources<</XObject<</X 1001 0 R>>>>")], [picture])


TILES = stream(
    b"0 0 1 1 re f",
    b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .00001/YStep .00001"
    b"/Resources<<>>",
)
TILED = page(b"/Pattern cs /P scn 0 0 192 96 re f", more=b"/Resources<</Pattern<</P 1001 0 R>>>>")
GREEDY = {
    "calls": lambda: calls(30),
    "tiles": lambda: paged([TILED], [TILES]),
    "dashes": lambda: paged([page(b"[.000001 .000001] 0 d 0 0 m 192 96 l S")]),
    "bomb": lambda: paged([page(b"0 0 1 1 re f " * 20_000_000, packed=True)]),
    "claims": lambda: pictured(2**31 - 1, 2**31 - 1, b""),
    "picture": lambda: pictured(20_000, 20_000, bytes(10_000_000)),
}


@pytest.mark.parametrize("name", GREEDY)
def test_a_greedy_file_costs_one_verdict_and_bounded_memory(home: Home, name: str) -> None:
    with Decoder(home, WALL, 10_000_000, 100_000_000, seconds=6) as decoder:
        verdict = decoder.prove(seen(home.content / "a.pdf", GREEDY[name]()), urgent=True)

        assert middle(decoder.frame(seen(home.content / "b.pdf", THREE), 2)) == (0, 255, 0)
        assert address_space(child(decoder)) < 1_900_000_000
    assert verdict.refusal is None or "超过" in verdict.refusal[0] or "崩溃" in verdict.refusal[0]


def address_space(pid: int) -> int:
    limits = Path(f"/proc/{pid}/limits").read_text().splitlines()
    return int(next(line for line in limits if line.startswith("Max address space")).split()[3])


@pytest.mark.campaign
def test_no_mutation_of_a_document_costs_more_than_a_sentence(home: Home) -> None:
    chance = random.Random(7)
    whole = [
        THREE,
        papers.locked(RED, opens=True),
        papers.chinese("停水"),
        calls(3),
        pictured(4, 4, bytes(48)),
    ]
    failed, children = [], set()

    with Decoder(home, WALL, 10_000_000, 1_000_000, seconds=10) as decoder:
        for number in range(MUTATIONS // 3):
            content = mutated(whole[number % len(whole)], chance)
            asset = seen(home.content / f"{number}.pdf", content)
            verdict = decoder.prove(asset, urgent=True)
            children.add(child(decoder))
            if verdict.refusal and ("崩溃" in verdict.refusal[0] or "超过" in verdict.refusal[0]):
                failed.append(content)
            asset.path.unlink()

        assert middle(decoder.frame(seen(home.content / "b.pdf", THREE), 2)) == (0, 255, 0)
    assert failed == [] and len(children) == 1
