"""The whole of a case: deadline, door, how it ended; its history, contact, photos, supporters; counters.

On SQLite columns are added and dropped one by one. Alembic's way of making the table anew would drop `report`
for a moment, and with it, by its foreign key, every answer.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_EMPTY: dict[str, Any] = {"nullable": False, "server_default": ""}
_ZERO: dict[str, Any] = {"nullable": False, "server_default": "0"}
_INDEXED = ("ended", "assigned_to", "due", "merged_into")
_TABLES = ("network_day", "counter", "support", "photo", "contact", "event")
_BEFORE = {
    "in_progress": ("need_info", "waiting"),
    "closed": ("redirected", "merged", "rejected"),
}
"""The nearest of the six states that there were, for those that are new."""


def _columns() -> list[sa.Column]:  # type: ignore[type-arg]
    return [
        sa.Column("since", _MOMENT, nullable=False, server_default="1970-01-01 00:00:00"),
        sa.Column("ended", _MOMENT, nullable=True),
        sa.Column("erased", _MOMENT, nullable=True),
        sa.Column("origin", sa.String(16), nullable=False, server_default="web"),
        sa.Column("presence", sa.String(8), nullable=False, server_default="none"),
        sa.Column("flags", sa.Text, **_EMPTY),
        sa.Column("handler", sa.Text, **_EMPTY),
        sa.Column("assigned_to", sa.String(64), **_EMPTY),
        sa.Column("due", sa.Date, nullable=True),
        sa.Column("due_first", sa.Date, nullable=True),
        sa.Column("amber", sa.Date, nullable=True),
        sa.Column("days", sa.Integer, **_ZERO),
        sa.Column("extended", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("waiting_until", sa.Date, nullable=True),
        sa.Column("redirected_to", sa.Text, **_EMPTY),
        sa.Column("redirected_phone", sa.String(64), **_EMPTY),
        sa.Column("reason", sa.String(16), **_EMPTY),
        sa.Column("merged_into", sa.String(16), **_EMPTY),
        sa.Column("closed_by", sa.String(16), **_EMPTY),
        sa.Column("reopened", sa.Integer, **_ZERO),
        sa.Column("supporters", sa.Integer, **_ZERO),
        sa.Column("rating", sa.Integer, nullable=True),
        sa.Column("notice_version", sa.String(16), **_EMPTY),
        sa.Column("consent_publish", _MOMENT, nullable=True),
    ]


def upgrade() -> None:
    """Add them. A case of before has no deadline, and was closed by staff if it is closed."""
    for column in _columns():
        op.add_column("report", column)
    op.execute("UPDATE report SET since = changed")
    op.execute("UPDATE report SET ended = changed, closed_by = 'staff' WHERE state = 'closed'")
    op.execute("UPDATE report SET origin = 'screen' WHERE slide <> ''")
    for name in _INDEXED:
        op.create_index(f"ix_report_{name}", "report", [name])
    _hanging()
    _counting()


def downgrade() -> None:
    """Drop them. Contacts, photos' rows and histories are gone; every report and answer stays."""
    for table in _TABLES:
        op.drop_table(table)
    for name in _INDEXED:
        op.drop_index(f"ix_report_{name}", "report")
    report = sa.table("report", sa.column("state", sa.String))
    for before, since in _BEFORE.items():
        op.execute(report.update().where(report.c.state.in_(since)).values(state=before))
    for column in reversed(_columns()):
        op.execute(f"ALTER TABLE report DROP COLUMN {column.name}")


def _hanging() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer, nullable=False),
        _of_a_report(),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("action", sa.String(24), nullable=False),
        sa.Column("before", sa.String(16), nullable=True),
        sa.Column("after", sa.String(16), nullable=True),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("public", sa.Boolean, nullable=False),
        *_keys("event", "id"),
    )
    op.create_table(
        "contact",
        _of_a_report(),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("consented", _MOMENT, nullable=False),
        *_keys("contact", "report_id"),
    )
    op.create_table(
        "photo",
        sa.Column("id", sa.Integer, nullable=False),
        _of_a_report(),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("file", sa.String(64), nullable=False),
        sa.Column("shown", sa.String(64), nullable=False),
        sa.Column("boxes", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("received", _MOMENT, nullable=False),
        *_keys("photo", "id"),
        sa.UniqueConstraint("key", name="uq_photo_key"),
    )
    op.create_table(
        "support",
        sa.Column("nonce_hash", sa.String(64), nullable=False),
        _of_a_report(),
        sa.Column("day", sa.Date, nullable=False),
        *_keys("support", "nonce_hash"),
    )
    for table in ("event", "photo", "support"):
        op.create_index(f"ix_{table}_report_id", table, ["report_id"])


def _counting() -> None:
    op.create_table(
        "counter",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("place", sa.String(16), nullable=False),
        sa.Column("slide", sa.String(200), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("bucket", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "place", "slide", "what", "bucket", name="pk_counter"),
    )
    op.create_table(
        "network_day",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "key_hash", name="pk_network_day"),
    )


def _of_a_report() -> sa.Column[int]:
    return sa.Column("report_id", sa.Integer, autoincrement=False, nullable=False)


def _keys(table: str, own: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint(own, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=f"fk_{table}_report_id", ondelete="CASCADE"
        ),
    )
