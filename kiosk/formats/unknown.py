"""Kinds of files that cannot be shown, and what people can do instead."""

from kiosk.errors import Words
from kiosk.formats import FORMATS, suffix_of

_PRINTABLE = {
    **dict.fromkeys((".dps", ".key"), ("幻灯片", "slides")),
    **dict.fromkeys((".wps", ".rtf", ".pages", ".ofd"), ("文档", "documents")),
    **dict.fromkeys((".xls", ".xlsx", ".et", ".ods", ".numbers", ".csv"), ("表格", "tables")),
}
_FILMS = {".rm", ".rmvb", ".swf", ".vob"}
_SOUNDS = {".wma", ".amr", ".mid", ".ape"}


def unknown_kind(name: str) -> Words:
    """What to tell people of a file of that name: what it is, and what to do instead."""
    suffix = suffix_of(name)
    if suffix in _PRINTABLE:
        zh, en = _PRINTABLE[suffix]
        return Words(
            f"不能直接显示{zh}（{suffix}）。请在电脑上打开它，导出（另存为）PDF 再上传，每一页就是一张画面。",
            f"Cannot show {en} ({suffix}) as they are. Open it on a computer, "
            "export it as PDF and upload that: every page becomes a slide.",
        )
    can = _can()
    if suffix in _FILMS or suffix in _SOUNDS:
        zh, en, instead = ("视频", "videos", "MP4") if suffix in _FILMS else ("声音", "sound", "MP3")
        return Words(
            f"不能播放{zh}（{suffix}）。请用播放或剪辑软件另存为 {instead} 再上传。{can.zh}",
            f"Cannot play {en} ({suffix}). Save it as {instead} and upload that. {can.en}",
        )
    what = f"“{suffix}”文件" if suffix else "没有后缀的文件"
    what_en = f"files ending in {suffix}" if suffix else "a file without a suffix"
    return Words(f"不能显示{what}。{can.zh}", f"Cannot show {what_en}. {can.en}")


def _can() -> Words:
    """What can be shown, told by the names that people know."""
    found = {row.kind: row for row in FORMATS}
    told = [_KINDS[kind] for kind in _KINDS if kind in found]
    return Words(
        f"可以显示的有：{'、'.join(words.zh for words in told)}。",
        f"Can be shown: {', '.join(words.en for words in told)}.",
    )


_KINDS = {
    "picture": Words("图片（JPG、PNG、GIF、HEIC 等）", "pictures (JPG, PNG, GIF, HEIC …)"),
    "video": Words("视频（MP4 等）", "videos (MP4 …)"),
    "sound": Words("声音（MP3 等）", "sound (MP3 …)"),
    "document": Words("文档（PDF、PowerPoint、Word）", "documents (PDF, PowerPoint, Word)"),
    "alert": Words("预警（.cap）", "alerts (.cap)"),
    "calendar": Words("日历（.ics）", "calendars (.ics)"),
    "link": Words("网址快捷方式（.url、.webloc）", "shortcuts to pages (.url, .webloc)"),
    "card": Words("文字卡片（.txt、.md、.toml）", "cards (.txt, .md, .toml)"),
}
