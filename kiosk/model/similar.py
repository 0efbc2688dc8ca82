"""How alike two short reports are: do they tell of the same matter?

What is compared are overlapping pairs of characters (of Latin: whole words), after what says nothing is taken
out and common words for one thing are made the same. Each pair is weighed by how much it says: one that is in
half of all reports says little, one that is in two says much. The measure is the share of the shorter text
that the longer one has, for a report is often one sentence of another.

After Broder, "On the resemblance and containment of documents" (1997), with Spärck Jones' weights (1972).
"""

# ruff: noqa: E501 - a table

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LIKELY = 0.3
"""From here on it is worth asking "是不是这件事？"; in the table of the tests nothing unlike reaches it."""

_WORD = re.compile(r"[a-z]+|\d+|[㐀-鿿]+")
_EMPTY = re.compile(
    r"[0-9一二三四五六七八九十]{1,4}(?:号楼|号院|栋|幢|单元|层|楼(?![道梯上下]))|"
    r"没有人|没人|没有|一直|总是|老是|天天|每天|经常|希望|反映|一下|尽快|处理|解决|谢谢|麻烦|想问|怎么|什么|"
    r"[的了是在有和与及就都也还又很太着过里吗呢吧啊呀请我您你他她它们这那个把被给让]"
)
"""What says nothing of the matter; where it is stands in a field of its own."""

_STEMS = {
    "电灯": "灯", "路灯": "灯", "灯泡": "灯", "照明": "灯", "楼梯": "楼道", "过道": "楼道", "走廊": "楼道", "楼梯间": "楼道",
    "坏掉": "坏", "不亮": "坏", "失灵": "坏", "故障": "坏", "不能用": "坏", "用不了": "坏", "不好使": "坏", "坏": "坏",
    "堆放": "堆", "堆满": "堆", "堆物": "堆", "杂物": "堆", "垃圾堆": "垃圾", "噪音": "吵", "噪声": "吵", "吵闹": "吵", "声音大": "吵",
    "电瓶车": "电动车", "电单车": "电动车", "电动自行车": "电动车", "下水道": "下水", "排水": "下水", "污水": "下水", "堵塞": "堵", "堵住": "堵",
    "异味": "臭", "臭味": "臭", "气味": "臭", "难闻": "臭", "升降机": "电梯", "狗狗": "狗", "小狗": "狗", "宠物狗": "狗", "遛狗": "狗",
    "油烟味": "油烟", "清运": "收", "清理": "收", "收走": "收", "没收": "收", "漏水": "漏水", "渗水": "漏水", "滴水": "漏水",
}  # fmt: skip
_STEM = re.compile("|".join(sorted(_STEMS, key=len, reverse=True)))
_ENGLISH = frozenset(
    [
        "the",
        "a",
        "an",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "to",
        "of",
        "in",
        "on",
        "at",
        "and",
        "or",
        "it",
        "its",
        "this",
        "that",
        "for",
        "with",
        "has",
        "have",
        "had",
        "not",
        "no",
        "do",
        "does",
        "please",
        "very",
        "there",
        "my",
        "our",
    ]
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a text is compared; made once, kept by whoever compares often."""

    parts: frozenset[str]


def shape(text: str) -> Shape:
    """The parts of a text: pairs of characters, single ones of short runs, words, numbers."""
    same = _STEM.sub(_stem, unicodedata.normalize("NFKC", text).lower())
    plain = _STEM.sub(_stem, _EMPTY.sub("", same))  # "声音太大" is one word only without the 太
    return Shape(frozenset(part for word in _WORD.findall(plain) for part in _parts(word)))


def alike(one: Shape, other: Shape, weights: Mapping[str, float] | None = None) -> float:
    """From 0 (nothing in common) to 1 (the same), in either order. Without `weights` all parts count the
    same."""
    common = one.parts & other.parts
    if not common:
        return 0.0
    if one.parts == other.parts:
        return 1.0
    weight = weights.get if weights else _even
    shared = sum(weight(part, 1.0) for part in common)
    own, others = (sum(weight(part, 1.0) for part in parts) for parts in (one.parts, other.parts))
    # One part that both have is no proof, two are, nearly: a half, four fifths, nine tenths …
    return shared / min(own, others) * (1 - 1 / (1 + len(common) ** 2))


def weights(shapes: Iterable[Shape]) -> dict[str, float]:
    """How much each part says among these: 1 for one that is in a single text, towards 0 for one that is in
    all."""
    seen: Counter[str] = Counter()
    count = 0
    for each in shapes:
        count += 1
        seen.update(each.parts)
    most = math.log(1 + count)
    return {part: math.log(1 + count / times) / most for part, times in seen.items()}


def nearest(
    one: Shape, among: Sequence[Shape], most: int = 3, least: float = LIKELY
) -> list[tuple[int, float]]:
    """Which of these tell of the same matter: their indices with how alike they are, the likeliest first."""
    known = weights([one, *among]) if len(among) >= _ENOUGH else None
    found = ((at, alike(one, other, known)) for at, other in enumerate(among) if one.parts & other.parts)
    good = sorted((pair for pair in found if pair[1] >= least), key=lambda pair: (-pair[1], pair[0]))
    return good[:most]


_ENOUGH = 20
"""Texts from which on it can be told which words are common."""


def _even(_part: str, default: float) -> float:
    return default


def _stem(found: re.Match[str]) -> str:
    return _STEMS[found[0]]


def _parts(word: str) -> Iterable[str]:
    if word.isascii():
        return () if word in _ENGLISH else (word.rstrip("s") if len(word) > 3 else word,)
    if len(word) == 1:
        return (word,)
    return (word[at : at + 2] for at in range(len(word) - 1))
