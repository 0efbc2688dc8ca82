"""An account may have several roles."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for all of them."""
    _widen(16, 64)


def downgrade() -> None:
    """Keep the first role of each."""
    account = sa.table("account", sa.column("id", sa.Integer), sa.column("role", sa.String))
    for id_, role in op.get_bind().execute(sa.select(account.c.id, account.c.role)).all():
        op.execute(account.update().where(account.c.id == id_).values(role=role.partition(",")[0]))
    _widen(64, 16)


def _widen(before: int, after: int) -> None:
    with op.batch_alter_table("account") as account:
        account.alter_column("role", existing_type=sa.String(before), type_=sa.String(after), nullable=False)
