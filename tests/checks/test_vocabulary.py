"""Every file of a feature is of a kind that docs/architecture.md names, and stands under the
contract of its kind.
"""

import re
import tomllib
from pathlib import Path

from tests.support.import_contracts import is_of_feature, kind_of

ROOT = Path(__file__).parents[2]
CODE = ROOT / "jobunivers"


def kinds():
    """The last words in the first column of the table."""
    text = (ROOT / "docs" / "architecture.md").read_text()
    table = text.split("| last word | holds |")[1].split("\n\n")[0]
    columns = [line.split("|")[1] for line in table.splitlines()[2:]]
    return frozenset(word for column in columns for word in re.findall(r"`(\w+)`", column))


def modules():
    """Dotted names of all modules of features; a folder counts by its files."""
    for path in sorted(CODE.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if is_of_feature(name) and path.read_text().strip():
            yield name


def test_every_file_has_a_known_last_word():
    known = kinds()
    assert len(known) > 15
    folders = {"jobunivers.cv.incoming"}  # a docstring only
    strange = [n for n in modules() if kind_of(n, known) is None and n not in folders]
    assert strange == [], f"end the name with one of {sorted(known)}, as docs/architecture.md says"


def test_every_contract_covers_all_files_of_its_kind():
    """No hand-kept list: every contract but the layers goes by the last word."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    contracts = settings["importlinter"]["contracts"]
    assert {one["type"] for one in contracts} == {"layers", "by_suffix"}
    covered = {kind for one in contracts if "suffixes" in one for kind in one["suffixes"]}
    assert covered >= {"views", "pages", "services", "queries", "rules", "types", "words", "models"}
    assert covered <= kinds()
    ours = [one for one in settings["mypy"]["overrides"] if "jobunivers" in str(one["module"])]
    assert [one["module"] for one in ours] == [["jobunivers.migrations.*"]]


def test_split_off_files_keep_their_contract():
    """A planted `meeting_views` or `services/owners` is seen for what it is."""
    known = kinds()
    assert kind_of("jobunivers.booking.meeting_views", known) == "views"
    assert kind_of("jobunivers.identity.services.owners", known) == "services"
    assert kind_of("jobunivers.booking.viewshop", known) is None
    assert not is_of_feature("jobunivers.shared.db")


def test_codes_get_words_in_one_kind_of_file():
    """A table of a code's words stands in `words`, so that each code has one word everywhere."""
    table = re.compile(r"^[A-Z_]+(?:: [^=\n]+)? = \{\n(?:    [^\n]*\n)*?    [\w.\"']+: _l\(", re.M)
    wrong = []
    for path in sorted(CODE.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if is_of_feature(name) and kind_of(name, kinds()) != "words":
            wrong += [
                f"{name}: {hit.group().split()[0]}" for hit in table.finditer(path.read_text())
            ]
    assert wrong == []
