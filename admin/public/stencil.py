"""A page made once for all who read it alike, with holes that are filled in for each.

To fill in a template takes longer than everything else that an answer needs, and of the form and the receipt
only a few words are one person's own.
"""

import re
import threading
from collections.abc import Callable, Hashable, Mapping, Sequence

from flask import Response, request
from markupsafe import escape

from admin.public import gzipped
from admin.public.desk import Desk
from kiosk.settings import Config


class Stencil:
    """`page` with a hole wherever one of the `marks` stands in it, each under its name."""

    def __init__(self, page: str, marks: Mapping[str, str]) -> None:
        names = {mark: name for name, mark in marks.items()}
        longest_first = sorted(names, key=len, reverse=True)  # a mark may begin with another
        pieces = re.split(f"({'|'.join(map(re.escape, longest_first))})", page)
        self._between = [piece.encode() for piece in pieces[::2]]
        self._squeezed = [gzipped.squeezed(piece) for piece in self._between]
        self._holes = [names[mark] for mark in pieces[1::2]]

    def answer(self, said: Mapping[str, str]) -> Response:
        """The page with these words in its holes, a third as long for a browser that unpacks it, as all do.

        What is markup in the words is escaped.
        """
        given = {name: str(escape(words)).encode() for name, words in said.items()}
        page, head = self._laid(self._between, given), {"Vary": "Accept-Encoding"}
        if request.accept_encodings["gzip"]:
            blocks = self._laid(self._squeezed, {name: gzipped.stored(one) for name, one in given.items()})
            page, head["Content-Encoding"] = gzipped.whole(blocks, page), "gzip"
        return Response(page, headers=head, mimetype="text/html")

    def _laid(self, between: Sequence[bytes], given: Mapping[str, bytes]) -> bytes:
        page = [between[0]]
        for hole, after in zip(self._holes, between[1:], strict=True):
            page += (given[hole], after)
        return b"".join(page)


class Stencils:
    """The stencils of one kind of page, each made when it is first wanted, until the settings are others."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._of: Config | None = None
        self._kept: dict[Hashable, Stencil] = {}

    def of(self, key: Hashable, make: Callable[[], Stencil]) -> Stencil:
        """The one that is kept under `key`; there must not be more keys than may be kept."""
        with self._lock:
            if self._of is not self._desk.config:
                self._of, self._kept = self._desk.config, {}
            of, found = self._of, self._kept.get(key)
        if found is None:
            found = make()
            with self._lock:
                if self._of is of is self._desk.config:
                    self._kept[key] = found
        return found
