"""Text of other programs, in whatever encoding they write."""

import codecs


def text_of(raw: bytes) -> str:
    """UTF-16 or UTF-8 by its mark, UTF-8 if it is, else what Chinese Windows calls ANSI."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
