"""Sets printed matter by Typst: PDF with vector codes to print, PNG to look at."""

import json
from typing import Literal

import typst

from kiosk import font, template
from kiosk.errors import Refusal
from kiosk.prints.sheet import Sheet

FOLDER = template.BUILT_IN / "print"


class Printer:
    """Keeps one compiler with its typeface: use one of these a thread."""

    def __init__(self) -> None:
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font.folder())]
        )
        self._compiler = typst.Compiler(font_paths=fonts)

    def pdf(self, sheet: Sheet) -> bytes:
        """All pages, to print."""
        return self._set(sheet, "pdf")[0]

    def pictures(self, sheet: Sheet, pixels_per_inch: float) -> list[bytes]:
        """Each page as a PNG, to look at."""
        return self._set(sheet, "png", pixels_per_inch)

    def _set(self, sheet: Sheet, form: Literal["pdf", "png"], pixels_per_inch: float = 72) -> list[bytes]:
        source = FOLDER / f"{sheet.template}.typ"
        said = {name: getattr(sheet, name) for name in ("title", "words", "paper", "language")}
        try:
            made = self._compiler.compile(
                str(source),
                format=form,
                ppi=pixels_per_inch,
                root=str(FOLDER),
                sys_inputs={"sheet": json.dumps(said, ensure_ascii=False)},
            )
        except typst.TypstError as error:
            raise Refusal(template.plainly(source, error)) from error
        return made if isinstance(made, list) else [made or b""]
