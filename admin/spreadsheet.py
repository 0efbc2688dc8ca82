"""A table as a file that a spreadsheet opens: CSV with a mark by which Excel knows that it is UTF-8."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from flask import Response

from admin.language import spoken
from kiosk.errors import Words

BOM = "\ufeff"
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def row(cells: Iterable[str]) -> str:
    """One line of the table."""
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cell(one) for one in cells)
    return written.getvalue()


def attached(lines: Iterable[str], name: Words, day: date) -> Response:
    """The lines as a file to keep, called by its name in the language of the page, and the day."""
    ending = f"{day:%Y%m%d}.csv"
    names = {
        "filename": f"{name.en}-{ending}",
        "filename*": f"UTF-8''{quote(f'{spoken(name)}-{ending}')}",
    }
    response = Response(lines, mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", **names)  # RFC 6266: a header is Latin-1
    return response
