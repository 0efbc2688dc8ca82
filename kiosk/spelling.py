"""How texts and names are spelled wherever people write them: in settings, sidecars, forms."""

from typing import Annotated, Literal

from msgspec import Meta

Text = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x1f\x7f]{0,200}\Z",
        description="最多 200 字的一行文字，加英文引号 / one line of at most 200 characters in quotes",
    ),
]
Folder = Annotated[
    str,
    Meta(
        pattern=r"^([^._/\\\x00-\x1f][^/\\\x00-\x1f]{0,99}(/(?!\Z)|\Z))*\Z",
        description="content 里一个子文件夹的名字 / the name of a folder inside content",
    ),
]
Slug = Annotated[
    str,
    Meta(
        pattern=r"^[A-Z0-9][A-Z0-9-]{0,15}\Z",
        description="1–16 个大写字母、数字或连字符 / 1–16 capital letters, digits or hyphens",
    ),
]
Name = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9][a-z0-9-]{0,31}\Z",
        description="1–32 个小写字母、数字或连字符 / 1–32 small letters, digits or hyphens",
    ),
]

Transition = Literal[
    "cut", "fade", "black", "push-left", "push-right", "push-up", "push-down", "wipe", "dissolve", "random"
]
"""How one slide becomes the next; `random` is another one each time."""

Dress = Literal["day", "night", "auto"]
"""How cards look: in full colours that hold against the sun, in dark ones, or in each in its hours."""
