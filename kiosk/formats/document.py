"""PDF documents: every page a picture of exactly the size that it has on the wall. For the child only."""

import math
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_char_p, cast
from functools import cache, partial
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from kiosk import font
from kiosk.errors import Refusal, Words
from kiosk.formats import content
from kiosk.formats.drawn import Drawn, Pages
from kiosk.formats.letterbox import letterboxed
from kiosk.formats.picture import stamped
from kiosk.formats.shrink import fitting
from kiosk.look import Look

MOST_PAGES = 200
PROOF_SECONDS = 1.0
"""So long pages are loaded one after the other; those behind are proven when they are drawn."""

SYSTEM_FONTS = (
    "/usr/share/fonts",
    "/usr/share/X11/fonts/Type1",
    "/usr/share/X11/fonts/TTF",
    "/usr/local/share/fonts",
)
"""Where PDFium looks by itself, until it is told of any other folder."""

_HEAD = 1024
_TAIL = 4096
_END = b"%%EOF"
_LENGTH = re.compile(rb"/Linearized[^>]{0,200}?/L\s+(\d+)|/L\s+(\d+)[^>]{0,200}?/Linearized")
_WHITE = (255, 255, 255, 255)

DAMAGED = Words(
    "PDF 打不开，多半已损坏。请用原来的程序打开，重新导出 PDF。",
    "The PDF cannot be opened; it is probably damaged. Export it again from the program it comes from.",
)
TRUNCATED = Words(
    "PDF 不完整，后面缺了一段，多半是没有复制完。请重新复制原文件。",
    "The PDF is incomplete: its end is missing. Copy the original again.",
)
LOCKED = Words(
    "PDF 有密码。请去掉密码再上传：打开它，用“打印”另存为没有密码的 PDF。",
    "The PDF has a password. Take it off: open the file and print it into a PDF without one.",
)
FORM = Words(
    "这是要用 Adobe 软件填写的动态表单，别的程序显示不了。请在 Adobe 里打开，“打印”成 PDF 再上传。",
    "This is a dynamic form that only Adobe's programs can show. Print it into a plain PDF there.",
)


def draw(path: Path, look: Look, own_templates: Path | None = None) -> Drawn:
    """The pages of the PDF at `path`, each drawn only when it is asked for. Raises `Refusal`."""
    _check_whole(path)
    pdf = _opened(path)
    pages = len(pdf)
    if pages > MOST_PAGES:
        raise Refusal(_too_many(pages))
    _prove(pdf)
    return Drawn(Pages(pages, partial(_drawn, pdf, look)), pages=pages)


def _check_whole(path: Path) -> None:
    """Raise `Refusal` for what is no PDF or has lost its end: PDFium mends that and shows blank pages."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(max(0, size - _TAIL))
        tail = file.read(_TAIL)
    if not head:
        raise Refusal(content.EMPTY)
    if b"%PDF-" not in head:
        raise Refusal(_no_pdf(path, head))
    told = _LENGTH.search(head)
    if _END not in tail or (told and size < int(told[1] or told[2])):
        raise Refusal(TRUNCATED)


def _opened(path: Path) -> Any:
    """The document; it closes itself when nobody holds it any longer."""
    _library()
    _forget()
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise Refusal(LOCKED if locked else DAMAGED) from error
    if pdf.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
        raise Refusal(FORM)
    with _told(DAMAGED):
        pdf.init_forms()
    return pdf


def _forget() -> None:
    """Have PDFium fail at what is no PDF: of one without pages it tells what was wrong with the last file."""
    pdfium.FPDF_LoadMemDocument64(b"0", 1, None)


@cache
def _library() -> object:
    """Let PDFium know our typeface, too: with no Chinese one it leaves text blank that brings none itself.

    Folders can be named at its start only, and pypdfium2 has started it already.
    """
    folders = [*SYSTEM_FONTS, str(font.folder())]
    named = (c_char_p * (len(folders) + 1))(*(folder.encode() for folder in folders), None)
    config = pdfium.FPDF_LIBRARY_CONFIG(version=2)
    config.m_pUserFontPaths = cast(named, type(config.m_pUserFontPaths))
    pdfium.FPDF_DestroyLibrary()
    pdfium.FPDF_InitLibraryWithConfig(config)
    return named  # PDFium goes on pointing at it


def _prove(pdf: Any) -> None:
    until = time.monotonic() + PROOF_SECONDS
    for number in range(1, len(pdf) + 1):
        with _page(pdf, number):
            pass
        if time.monotonic() > until:
            return


@contextmanager
def _page(pdf: Any, number: int) -> Iterator[Any]:
    with _told(_bad_page(number)):
        page = pdf[number - 1]
    try:
        yield page
    finally:
        page.close()


def _drawn(pdf: Any, look: Look, number: int) -> Image.Image:
    """Page `number`, from 1, on the wall."""
    wall = (look.width, look.height)
    with _page(pdf, number) as page:
        size = page.get_size()
        if not all(0 < side < math.inf for side in size):
            raise Refusal(_bad_page(number))
        image = _rendered(page, fitting(size, wall), pdf.formenv)
    return stamped(letterboxed(image, wall, look.letterbox), look)


def _rendered(page: Any, size: tuple[int, int], form: Any) -> Image.Image:
    """The page turned upright, `size` pixels; PDFium draws each of them, nothing is scaled afterwards."""
    bitmap = pypdfium2.PdfBitmap.new_native(*size, pdfium.FPDFBitmap_BGRx)
    bitmap.fill_rect(_WHITE, 0, 0, *size)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, *size, 0, pdfium.FPDF_ANNOT)
    if form:
        pdfium.FPDF_FFLDraw(form, bitmap, page, 0, 0, *size, 0, pdfium.FPDF_ANNOT)
    image = Image.frombytes("RGB", size, bitmap.buffer, "raw", "BGRX")
    bitmap.close()
    return image


@contextmanager
def _told(words: Words) -> Iterator[None]:
    try:
        yield
    except pypdfium2.PdfiumError as error:
        raise Refusal(words) from error


def _no_pdf(path: Path, head: bytes) -> Words:
    what = content.thing(head)
    return Words(
        f"名字以 {path.suffix} 结尾，内容却是{what.zh}，不是 PDF。请用原来的程序打开，导出 PDF。",
        f"The name ends in {path.suffix}, but this is {what.en}, not a PDF. "
        "Open it in the program it comes from and export a PDF.",
    )


def _too_many(pages: int) -> Words:
    return Words(
        f"有 {pages} 页，最多 {MOST_PAGES} 页。请只留要上屏的几页，或拆成几个文件。",
        f"It has {pages} pages, of at most {MOST_PAGES}. Keep those meant for the screen, or split the file.",
    )


def _bad_page(number: int) -> Words:
    return Words(
        f"第 {number} 页已损坏，画不出来。请用原来的程序打开，重新导出 PDF。",
        f"Page {number} is damaged and cannot be drawn. Export the PDF again from the program it comes from.",
    )
