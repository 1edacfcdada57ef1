"""Every column of personal data is explained in docs/privacy.md before it is stored."""

import re
from collections import Counter
from pathlib import Path

from jobunivers.models import metadata

TABLE = Path(__file__).parents[2] / "docs" / "privacy.md"
EVERYWHERE = {"id", "created_at"}
CELLS = 6


def rows():
    for line in TABLE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and "`" in line and len(cells) == CELLS:
            yield cells


def listed():
    return Counter(
        (cells[0], column) for cells in rows() for column in re.findall(r"`(\w+)`", cells[1])
    )


def stored():
    return {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if column.name not in EVERYWHERE
    }


def test_every_column_is_explained_once():
    missing = sorted(stored() - set(listed()))
    assert missing == [], "write these into docs/privacy.md: " + ", ".join(
        f"{table}.{column}" for table, column in missing
    )
    assert [name for name, times in listed().items() if times > 1] == []


def test_nothing_is_explained_that_is_not_stored():
    assert sorted(set(listed()) - stored()) == []


def test_each_line_says_why_on_what_ground_how_long_and_for_whom():
    assert [cells[0] for cells in rows() if not all(cells)] == []
