"""Kinds of files that cannot be shown, and what people can do instead."""

from kiosk.errors import Words
from kiosk.formats import FORMATS, suffix_of

_LATER = {
    **dict.fromkeys((".ppt", ".pptx", ".pps", ".ppsx", ".dps", ".odp", ".key"), ("幻灯片", "slides")),
    **dict.fromkeys((".doc", ".docx", ".wps", ".odt", ".rtf", ".pages"), ("文档", "documents")),
    **dict.fromkeys((".xls", ".xlsx", ".et", ".ods", ".csv"), ("表格", "tables")),
    **dict.fromkeys((".pdf", ".ofd"), ("文档", "documents")),
}
_FILMS = {".rm", ".rmvb", ".swf", ".vob"}
_SOUNDS = {".wma", ".amr", ".mid", ".ape"}


def unknown_kind(name: str) -> Words:
    """What to tell people of a file of that name: what it is, and what to do instead."""
    suffix = suffix_of(name)
    pictures = "JPG、PNG、WebP、AVIF、GIF、BMP、TIFF、HEIC"
    cards = "、".join(sorted(one for row in FORMATS if row.kind == "card" for one in row.suffixes))
    can = f"可以显示的有：图片（{pictures}）和文字卡片（{cards}）。"
    can_en = f"Can be shown: pictures ({pictures}) and cards ({cards}).".replace("、", ", ")
    if suffix in _LATER:
        zh, en = _LATER[suffix]
        return Words(
            f"这一版还不能显示{zh}（{suffix}）。请打开它，把每一页另存为图片（JPG 或 PNG）再上传。{can}",
            f"This version cannot show {en} ({suffix}) yet. "
            f"Open it, save each page as a picture (JPG or PNG) and upload that. {can_en}",
        )
    if suffix in _FILMS or suffix in _SOUNDS:
        zh, en = ("视频", "videos") if suffix in _FILMS else ("声音", "sound")
        return Words(
            f"这一版还不能播放{zh}（{suffix}）。请先用截图或海报图片代替。{can}",
            f"This version cannot play {en} ({suffix}) yet. Use a screenshot or a poster meanwhile. {can_en}",
        )
    what = f"“{suffix}”文件" if suffix else "没有后缀的文件"
    what_en = f"files ending in {suffix}" if suffix else "a file without a suffix"
    return Words(f"不能显示{what}。{can}", f"Cannot show {what_en}. {can_en}")
