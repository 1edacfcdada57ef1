"""names are found without the bar of a letter and with any apostrophe"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

DANISH_ORDER = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})
PLAIN = str.maketrans(
    {"ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n", "ŧ": "t"}
    | dict.fromkeys("'’‘ʼʹʻ`´′", "")
)
SOME = 1_000


def _key(name: str, plain: dict[int, str]) -> str:
    folded = unicodedata.normalize("NFC", name).casefold().translate(DANISH_ORDER).translate(plain)
    apart = unicodedata.normalize("NFD", folded)
    bare = "".join(c for c in apart if not unicodedata.combining(c) or c == "\u0306")
    return re.sub(r"[^\w{|}]+", " ", unicodedata.normalize("NFC", bare)).strip()


def _rewrite(plain: dict[int, str]) -> None:
    citizen = sa.table("citizen", sa.column("id"), sa.column("name"), sa.column("name_key"))
    connection = op.get_bind()
    last = None
    while True:
        query = sa.select(citizen).order_by(citizen.c.id).limit(SOME)
        rows = connection.execute(query.where(citizen.c.id > last) if last else query).all()
        for row in rows:
            if (key := _key(row.name, plain)) != row.name_key:
                connection.execute(
                    citizen.update().where(citizen.c.id == row.id).values(name_key=key)
                )
        if len(rows) < SOME:
            return
        last = rows[-1].id


def upgrade() -> None:
    """Every key as the application makes it from now on."""
    _rewrite(PLAIN)


def downgrade() -> None:
    """Every key as it was made before."""
    _rewrite({})
