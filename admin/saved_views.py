"""Searches in the inbox that somebody keeps under a name, for themselves alone."""

from collections.abc import Mapping
from urllib.parse import urlencode

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from admin.desk_records import SavedView
from kiosk.errors import LinliError, Words
from kiosk.model.plain import plain

MOST = 12
LONGEST = 16  # characters of a name


class NotKept(LinliError):
    """A search that cannot be kept like this."""


def of(rows: Session, account: int) -> list[SavedView]:
    """Those of an account, in the order in which they were kept."""
    wanted = select(SavedView).where(SavedView.account_id == account).order_by(SavedView.id)
    return list(rows.scalars(wanted))


def keep(rows: Session, account: int, name: str, query: Mapping[str, str]) -> SavedView:
    """Keep one; of the same name it replaces the one before. Raises `NotKept`."""
    name = plain(name)[:LONGEST]
    if not name:
        raise NotKept(Words("请给它起个名字。", "Give it a name."))
    if not query:
        raise NotKept(Words("请先选好要找什么。", "Choose what to look for first."))
    rows.execute(delete(SavedView).where(SavedView.account_id == account, SavedView.name == name))
    if len(of(rows, account)) >= MOST:
        raise NotKept(
            Words(f"最多存 {MOST} 个，请先删掉一个。", f"{MOST} are kept at most; remove one first.")
        )
    view = SavedView(account_id=account, name=name, query=urlencode(query))
    rows.add(view)
    rows.flush()
    return view


def drop(rows: Session, account: int, id_: int) -> None:
    """Keep it no longer; one of somebody else stays."""
    rows.execute(delete(SavedView).where(SavedView.account_id == account, SavedView.id == id_))
