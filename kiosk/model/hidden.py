"""A rule of what is hidden, and the marks that stand for it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

PHONE, NUMBER, PLATE, DOOR, CHAT, MAIL, NAME = (
    "〔电话〕",
    "〔号码〕",
    "〔车牌〕",
    "〔住户〕",
    "〔聊天号〕",
    "〔邮箱〕",
    "〔姓名〕",
)


def _always(_found: re.Match[str]) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """What `pattern` finds in the folded text becomes `mark`, but for its first group; if it `fits`.

    A pattern must not match within a mark: then masking would never come to an end.
    """

    pattern: re.Pattern[str]
    mark: str
    fits: Callable[[re.Match[str]], bool] = _always


def rule(pattern: str, mark: str, fits: Callable[[re.Match[str]], bool] = _always) -> Rule:
    """A rule from the text of its pattern."""
    return Rule(re.compile(pattern), mark, fits)
