"""The first tables: accounts, log-ins, the trail, reports and answers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them."""
    _accounts()
    _trail()
    _reports()
    _answers()


def downgrade() -> None:
    """Drop them, rows and all."""
    for table in ("answer", "report", "numbering", "trail", "attempt", "login", "account"):
        op.drop_table(table)


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("name", name="uq_account_name"),
    )
    op.create_table(
        "login",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("seen", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_login"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_login_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_login_account_id", "login", ["account_id"])


def _trail() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
    )
    op.create_index("ix_attempt_name", "attempt", ["name"])
    op.create_index("ix_attempt_at", "attempt", ["at"])
    op.create_table(
        "trail",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trail"),
    )
    op.create_index("ix_trail_at", "trail", ["at"])


def _reports() -> None:
    op.create_table(
        "numbering",
        sa.Column("year", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_numbering"),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("public_number", sa.String(16), nullable=False),
        sa.Column("receipt_hash", sa.String(64), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("topic", sa.String(32), nullable=False),
        sa.Column("place", sa.String(16), nullable=False),
        sa.Column("slide", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("received", _MOMENT, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("changed", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("public_number", name="uq_report_public_number"),
        sa.UniqueConstraint("receipt_hash", name="uq_report_receipt_hash"),
        sa.UniqueConstraint("token_hash", name="uq_report_token_hash"),
    )
    op.create_index("ix_report_received", "report", ["received"])
    op.create_index("ix_report_state", "report", ["state"])


def _answers() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("report_id", sa.Integer, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("written", _MOMENT, nullable=False),
        sa.Column("slide", sa.Text, nullable=False),
        sa.Column("published", _MOMENT, nullable=True),
        sa.Column("withdrawn", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_answer_report_id", ondelete="CASCADE"),
        sa.UniqueConstraint("report_id", name="uq_answer_report_id"),
    )
