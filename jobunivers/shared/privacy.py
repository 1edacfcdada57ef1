"""What is stored of people is declared once, beside the tables it is about: why, on what ground, how
long, who sees it. The documentation, everything-about-me and the checks are made from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

HERSELF = "herself"
HEAD = (
    "| table | columns | why | ground | kept | sees |",
    "|---|---|---|---|---|---|",
)


@dataclass(frozen=True)
class Personal:
    """Columns of one table that are stored for the same reason. `columns` are names with spaces
    between; `sees` begins with "herself" when she may read them, and then they leave in her files.
    """

    section: str
    table: str
    columns: str
    why: str
    ground: str
    kept: str
    sees: str

    @property
    def names(self) -> tuple[str, ...]:
        """The columns one by one."""
        return tuple(self.columns.split())

    @property
    def is_hers(self) -> bool:
        """Whether she may read them herself."""
        return self.sees.startswith(HERSELF)

    def row(self) -> str:
        """The line of the documentation."""
        columns = " ".join(f"`{name}`" for name in self.names)
        cells = (self.table, columns, self.why, self.ground, self.kept, self.sees)
        return f"| {' | '.join(cells)} |"


def tables(declared: Iterable[Personal], section: str) -> str:
    """The table of one section of the documentation."""
    return "\n".join((*HEAD, *(one.row() for one in declared if one.section == section)))
