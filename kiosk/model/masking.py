"""Hiding who it was about: numbers, plates, doors and names, before any text is shown to others.

It hides too much rather than too little. Addresses stay down to the building only, as in
"3号楼". It is a net under the person who reads the text first, not instead of that person:
`docs/masking.md` counts what it misses and what it hides for nothing.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kiosk.model import hidden_doors, hidden_names, hidden_numbers
from kiosk.model.hidden import Rule

RULES: tuple[Rule, ...] = (
    *hidden_numbers.RULES,
    *hidden_doors.RULES,
    *hidden_numbers.LONG,
    *hidden_names.RULES,
)


def mask(text: str) -> str:
    """`text` with what could point at a person replaced by a mark in 〔 〕.

    What leads to it stays, as in "微信号 〔聊天号〕". Masking again changes nothing.
    """
    while (masked := _once(text)) != text:
        text = masked
    return text


def _once(text: str) -> str:
    """All rules, each on what those before it have left.

    They look at the folded text, which has as many characters, and cut at the same places.
    """
    folded = "".join(map(_folded, text))
    for rule in RULES:
        if rule.pattern.search(folded) is None:
            continue  # nearly always
        spans = list(_spans(rule, folded))
        if spans:
            text, folded = _replaced(text, spans, rule.mark), _replaced(folded, spans, rule.mark)
    return text


def _spans(rule: Rule, folded: str) -> Iterator[tuple[int, int]]:
    """Where to put the mark: a match without its lead, which is the first group."""
    at = 0
    while (found := rule.pattern.search(folded, at)) is not None:
        start = found.end(1) if rule.pattern.groups and found[1] is not None else found.start()
        if rule.fits(found):
            yield start, found.end()
            at = found.end()
        else:
            at = found.start() + 1


def _replaced(text: str, spans: list[tuple[int, int]], mark: str) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], mark]
        at = end
    return "".join([*parts, text[at:]])


@lru_cache(maxsize=1 << 12)
def _folded(character: str) -> str:
    """The plain form of a character: a full-width, circled or mathematical 1 is a 1."""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character
