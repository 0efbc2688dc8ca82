"""What each setting means, in the words of the commented `kiosk.toml` that every home begins with.

So the browser says what the file says. Lines from `写法` on are for those who write the file by hand.
"""

import re
from functools import lru_cache

from kiosk.errors import Words
from kiosk.starter import starter

BY_HAND = "# 写法"
NOTHING = Words("", "")
_HAN = re.compile("[\u3400-\u9fff]")
_KEY = re.compile(r"^([a-z_]+) = ", re.MULTILINE)


def explanation(name: str) -> Words:
    """What the setting `table.key` is for; nothing for one that is not explained."""
    return _explanations().get(name, NOTHING)


@lru_cache(maxsize=1)
def _explanations() -> dict[str, Words]:
    return explanations((starter() / "config" / "kiosk.toml").read_text("utf-8"))


def explanations(text: str) -> dict[str, Words]:
    """The comment above each key, by `table.key`; keys without a blank line between them share one."""
    found: dict[str, Words] = {}
    for part in re.split(r"^(?=\[)", text, flags=re.MULTILINE)[1:]:
        table, _, rest = part.partition("]")
        for block in re.split(r"\n\s*\n", rest):
            words = _words(block)
            found |= {f"{table[1:]}.{key}": words for key in _KEY.findall(block)}
    return found


def _words(block: str) -> Words:
    lines = []
    for line in block.strip().splitlines():
        if not line.startswith("#") or line.startswith(BY_HAND):
            break
        lines.append(line.removeprefix("#").strip())
    zh = "".join(line for line in lines if _HAN.search(line))
    return Words(zh, " ".join(line for line in lines if not _HAN.search(line)))
