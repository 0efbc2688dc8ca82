"""What the staff's side of cases needs: kept searches, when the inbox was last opened, where an answer shows.

With indices in the order in which the inbox is read: what is looked for, the newest first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_EMPTY = {"nullable": False, "server_default": ""}
_ZERO = {"nullable": False, "server_default": "0"}
_READ = ("state", "topic", "place", "origin", "assigned_to")
_UNENDED = ("received", "due")
"""Of the cases that are not over: few, however many there have been."""


def _columns() -> list[sa.Column]:  # type: ignore[type-arg]
    return [
        sa.Column("places", sa.Text, **_EMPTY),  # type: ignore[arg-type]
        sa.Column("before_photo", sa.Integer, **_ZERO),  # type: ignore[arg-type]
        sa.Column("after_photo", sa.Integer, **_ZERO),  # type: ignore[arg-type]
    ]


def upgrade() -> None:
    """Add them."""
    for column in _columns():
        op.add_column("answer", column)
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_saved_view_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_saved_view_account_id", "saved_view", ["account_id"])
    op.create_table(
        "last_look",
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("what", name="pk_last_look"),
    )
    for name in _READ:
        op.create_index(f"ix_report_{name}_received", "report", [name, "received"])
    where = sa.text("ended IS NULL")
    for name in _UNENDED:
        op.create_index(
            f"ix_report_unended_{name}", "report", [name], sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    """Drop them."""
    for name in _UNENDED:
        op.drop_index(f"ix_report_unended_{name}", "report")
    for name in _READ:
        op.drop_index(f"ix_report_{name}_received", "report")
    op.drop_table("last_look")
    op.drop_index("ix_saved_view_account_id", "saved_view")
    op.drop_table("saved_view")
    for column in reversed(_columns()):
        op.execute(f"ALTER TABLE answer DROP COLUMN {column.name}")
