"""Markdown read into blocks that the `article` template sets: JSON values, no source.

A sensible subset: headings, paragraphs, lists, bold, tables, quotes, rules. Anything else,
HTML too, is shown as the text that it is.
"""

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kiosk.errors import Refusal, Words

DEEPEST = 40  # what lies deeper the parser leaves out without a word
Block = dict[str, Any]
Span = dict[str, Any]


def blocks(text: str) -> list[Block]:
    """The blocks of Markdown `text`, each with a `kind`.

    `heading` (level, spans) · `paragraph` (spans, quote) · `entry` of a list (mark, depth, spans) ·
    `table` (rows of cells of spans) · `rule`. A span has `text` and perhaps `bold`. Raises `Refusal`
    for lists and quotes nested too deeply.
    """
    tokens = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable("table").parse(text)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        raise Refusal(_TOO_DEEP)
    return _Reader().read(tokens)


class _Reader:
    """Walks the tokens once, remembering in which lists and tables it stands."""

    def __init__(self) -> None:
        self._found: list[Block] = []
        self._lists: list[int | None] = []
        self._mark: str | None = None
        self._quotes = 0
        self._rows: list[list[list[Span]]] | None = None
        self._level = 0

    def read(self, tokens: list[Token]) -> list[Block]:
        for token in tokens:
            step = getattr(self, f"_{token.type}", None)
            if step:
                step(token)
        return self._found

    def _bullet_list_open(self, token: Token) -> None:
        self._lists.append(None)

    def _ordered_list_open(self, token: Token) -> None:
        self._lists.append(int(token.attrGet("start") or 1))

    def _bullet_list_close(self, token: Token) -> None:
        self._lists.pop()

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, token: Token) -> None:
        number = self._lists[-1]
        self._mark = "•" if number is None else f"{number}."
        if number is not None:
            self._lists[-1] = number + 1

    def _heading_open(self, token: Token) -> None:
        self._level = int(token.tag[1:])

    def _heading_close(self, token: Token) -> None:
        self._level = 0

    def _blockquote_open(self, token: Token) -> None:
        self._quotes += 1

    def _blockquote_close(self, token: Token) -> None:
        self._quotes -= 1

    def _table_open(self, token: Token) -> None:
        self._rows = []

    def _tr_open(self, token: Token) -> None:
        if self._rows is not None:
            self._rows.append([])

    def _table_close(self, token: Token) -> None:
        self._found.append({"kind": "table", "rows": self._rows})
        self._rows = None

    def _hr(self, token: Token) -> None:
        self._found.append({"kind": "rule"})

    def _fence(self, token: Token) -> None:
        spans = [{"text": token.content.rstrip("\n")}]
        self._found.append({"kind": "paragraph", "spans": spans, "quote": self._quotes > 0})

    _code_block = _fence

    def _inline(self, token: Token) -> None:
        spans = _spans(token.children or [])
        if self._rows is not None:
            self._rows[-1].append(spans)
        elif self._level:
            self._found.append({"kind": "heading", "level": self._level, "spans": spans})
        elif self._lists:
            mark, self._mark = self._mark or "", None
            self._found.append({"kind": "entry", "mark": mark, "depth": len(self._lists), "spans": spans})
        else:
            self._found.append({"kind": "paragraph", "spans": spans, "quote": self._quotes > 0})


def _spans(tokens: list[Token]) -> list[Span]:
    """Runs of text; bold is the only style that an LED wall shows well."""
    found: list[Span] = []
    bold = 0
    for token in tokens:
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        text = "\n" if token.type in ("softbreak", "hardbreak") else token.content
        if not text:
            continue
        if found and found[-1]["bold"] == bool(bold):
            found[-1]["text"] += text
        else:
            found.append({"text": text, "bold": bool(bold)})
    return found


_TOO_DEEP = Words(
    "列表或引用套得太深，屏幕上排不下。请减少层级。",
    "Lists or quotes are nested too deeply for a screen. Use fewer levels.",
)
