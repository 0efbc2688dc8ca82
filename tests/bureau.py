"""Office files made for tests: by hand, by python-pptx, and the old kinds by LibreOffice itself."""

import io
import subprocess
import zipfile
from pathlib import Path

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
COLOURS = ((230, 30, 30), (30, 200, 40), (30, 60, 230))


def slides() -> bytes:
    """A `.pptx` of three slides, each filled with one of `COLOURS`; 16:9."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    for colour in COLOURS:
        page = deck.slides.add_slide(deck.slide_layouts[6])
        shape = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, deck.slide_width, deck.slide_height)
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor(*colour)
        shape.line.fill.background()
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def word(*pages: str) -> bytes:
    """A `.docx` with one line of text a page."""
    breaks = f'<w:p xmlns:w="{_WORD}"><w:r><w:br w:type="page"/></w:r></w:p>'
    body = breaks.join(f'<w:p xmlns:w="{_WORD}"><w:r><w:t>{one}</w:t></w:r></w:p>' for one in pages)
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
        }
    )


def odf(body: str, kind: str = "text", more: str = "") -> bytes:
    """An OpenDocument file with that content; `more` goes into its manifest."""
    spaces = "".join(f' xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text"))
    spaces += f' xmlns:draw="{_ODF}:drawing:1.0" xmlns:svg="{_ODF}:svg-compatible:1.0"'
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    media = f"application/vnd.oasis.opendocument.{kind}"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{more}'
        "</manifest:file-entry></manifest:manifest>"
    )
    content = (
        f'<office:document-content{spaces} office:version="1.2"><office:body><office:{kind}>{body}'
        f"</office:{kind}></office:body></office:document-content>"
    )
    return packed({"mimetype": media, "META-INF/manifest.xml": manifest, "content.xml": content})


def linking(address: str) -> bytes:
    """An `.odt` with a picture and a section that lie elsewhere."""
    picture = f'<draw:image xlink:href="{address}.png" xlink:type="simple" xlink:actuate="onLoad"/>'
    frame = f'<draw:frame text:anchor-type="as-char" svg:width="9cm" svg:height="9cm">{picture}</draw:frame>'
    section = f'<text:section text:name="s"><text:section-source xlink:href="{address}.odt"/></text:section>'
    return odf(f"<text:p>{frame}</text:p>{section}")


def saved_as(suffix: str, content: bytes, folder: Path, office: str) -> bytes:
    """An office file as LibreOffice saves it under another suffix."""
    (folder / "given").write_bytes(content)
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    subprocess.run([*command, suffix, "--outdir", folder, folder / "given"], check=True, capture_output=True)
    return (folder / f"given.{suffix}").read_bytes()
