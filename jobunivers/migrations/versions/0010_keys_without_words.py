"""the key of a task one gives oneself holds no words of its note"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A key only stops a form sent twice: tasks that are stored already need none."""
    op.execute("UPDATE task SET key = NULL WHERE key LIKE 'own:%'")


def downgrade() -> None:
    """Nothing to put back."""
