"""What a child's reply comes to: a verdict on the asset, or a refusal in words."""

from pathlib import Path

from kiosk.decoder.asset import Asset
from kiosk.decoder.protocol import GONE, Done, Refused, Reply
from kiosk.decoder.verdicts import Verdict
from kiosk.errors import Refusal, Words

CHANGING = Words("文件正在变化，等它写完再看。", "The file is still changing; it will be looked at again.")
NO_PAGE = Words("没有这一页。", "There is no such page.")
NO_ROOM = Words(
    "磁盘和内存都满了，画面没有地方放。请删除不用的内容。",
    "Disk and memory are full; there is no room for the picture. Remove what is not needed.",
)


def verdict_of(stamp: str, reply: Reply) -> Verdict:
    """The verdict on the state of an asset that has this stamp."""
    if isinstance(reply, Refused):
        return Verdict(stamp, refusal=(reply.zh, reply.en), beside=reply.beside)
    if reply.changed:
        return Verdict(stamp, refusal=(CHANGING.zh, CHANGING.en))
    return Verdict(
        stamp,
        digest=reply.digest,
        pages=reply.pages,
        animated=reply.animated,
        width=reply.width,
        height=reply.height,
        seconds=reply.seconds,
        sound=reply.sound,
        until=reply.until,
        title=reply.title,
        types=reply.types,
        torn=reply.torn,
        code=reply.code,
        level=reply.level,
        bulletin=reply.bulletin,
        question=reply.question,
        beside=reply.beside,
    )


def changing(verdict: Verdict) -> bool:
    """Did the file not hold still? Then the verdict says nothing."""
    return verdict.refusal == (CHANGING.zh, CHANGING.en)


def vanished(asset: Asset, verdict: Verdict) -> bool:
    """Was it taken away meanwhile? Put back as it was, it is as good as before."""
    return verdict.refusal == (GONE.zh, GONE.en) and not asset.path.is_symlink()


def check(verdict: Verdict, reply: Reply, page: int, target: Path) -> None:
    """Raise `Refusal` unless the page wanted was drawn and written to `target`."""
    if verdict.refusal is not None:
        target.unlink(missing_ok=True)
        raise Refusal(Words(*verdict.refusal))
    if page > verdict.pages:
        raise Refusal(NO_PAGE)
    if isinstance(reply, Done) and reply.full:
        raise Refusal(NO_ROOM)
