"""First passwords, accounts that are off, the second step, browsers of log-ins; and a trail that stays."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_STAYS = "the trail is added to, never changed"


def upgrade() -> None:
    """Add them; nobody who is there has to do anything."""
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("first_password", sa.Boolean, nullable=False, server_default=sa.false()))
        account.add_column(sa.Column("off", _MOMENT, nullable=True))
        account.add_column(sa.Column("totp", sa.String(64), nullable=False, server_default=""))
        account.add_column(sa.Column("totp_step", sa.Integer, nullable=False, server_default="0"))
        account.add_column(sa.Column("recovery", sa.Text, nullable=False, server_default=""))
    with op.batch_alter_table("login") as login:
        login.add_column(sa.Column("device", sa.String(64), nullable=False, server_default=""))
    for line in _guard(op.get_bind().dialect.name):
        op.execute(line)


def downgrade() -> None:
    """Drop them."""
    for line in _unguard(op.get_bind().dialect.name):
        op.execute(line)
    with op.batch_alter_table("login") as login:
        login.drop_column("device")
    with op.batch_alter_table("account") as account:
        for column in ("recovery", "totp_step", "totp", "off", "first_password"):
            account.drop_column(column)


def _guard(dialect: str) -> list[str]:
    """A database that refuses to change a line of the trail, whichever program asks."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER trail_stays_{what.lower()} BEFORE {what} ON trail "
            f"BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END"
            for what in ("UPDATE", "DELETE")
        ]
    return [
        "CREATE FUNCTION trail_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_STAYS}'; END $$",
        "CREATE TRIGGER trail_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON trail "
        "FOR EACH STATEMENT EXECUTE FUNCTION trail_stays()",
    ]


def _unguard(dialect: str) -> list[str]:
    if dialect == "sqlite":
        return ["DROP TRIGGER trail_stays_update", "DROP TRIGGER trail_stays_delete"]
    return ["DROP TRIGGER trail_stays ON trail", "DROP FUNCTION trail_stays()"]
