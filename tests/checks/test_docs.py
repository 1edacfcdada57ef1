"""What README and docs say about commands, places, settings and addresses is so."""

import re
import subprocess
from functools import cache
from pathlib import Path

import click
import pytest

from jobunivers.cli import jobunivers

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "THIRD-PARTY.md", *sorted((ROOT / "docs").rglob("*.md"))]
TOP = {path.name for path in ROOT.iterdir() if path.is_dir()}
PACKAGES = {
    path.name for path in (ROOT / "jobunivers").iterdir() if (path / "__init__.py").is_file()
}
# Where a path in the docs may begin: the repository, the code, the tests, one package (in that
# package's own page), content.
STARTS = (
    "",
    "jobunivers",
    "tests",
    "tests/integration",
    "content",
    "content/profiles/aarhus",
    "content/profiles/common",
    "content/screening",
    "docs",
    "jobunivers/learning",
    "static/img",
)
SETTINGS_WITHOUT_A_LINE = {
    "JU_TEST_ALL",
    "JU_TEST_CLOCK",
    "JU_TEST_REPORT",
    "JU_TEST_PG",
    "JU_CHROMIUM",
    "JU_SANDBOX",
}  # of the tests; tests/conftest.py says what they do


def words_in_code(text):
    """What stands between backticks, and the lines of fenced blocks."""
    blocks = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)), [
        line for block in blocks for line in block.splitlines()
    ]


@cache
def verbs_of(*verb):
    """Names of the commands below a verb."""
    found = jobunivers
    for name in verb:
        found = found.get_command(click.Context(found), name)
    return (
        set(found.list_commands(click.Context(found))) if isinstance(found, click.Group) else set()
    )


def is_there(name, page):
    """A path, a pattern or a file's name that the docs may mean."""
    pattern = re.sub(r"<[^>]*>", "*", name).rstrip("/").replace("{name}", "*")
    starts = [
        *STARTS,
        *(f"jobunivers/{package}" for package in PACKAGES if package in page.read_text()),
    ]
    return any(next((ROOT / start).glob(pattern), None) for start in starts)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_command_of_the_page_exists(page):
    words, lines = words_in_code(page.read_text())
    said = [
        text for text in (*words, *lines) if text.startswith(("python3 run.py ", "jobunivers "))
    ]
    for text in said:
        verb, *rest = [
            part
            for part in re.sub(r"^(python3 run.py|jobunivers) ", "", text).split()
            if part != "VERB"
        ] or ["--help"]
        assert verb.startswith("-") or verb in verbs_of(), text
        if (below := verbs_of(verb) if not verb.startswith("-") else set()) and rest:
            assert rest[0] in below, text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_path_of_the_page_exists(page):
    words, _lines = words_in_code(page.read_text())
    looks_like_a_path = re.compile(r"[\w.*<>{}-]+(/[\w.*<>{}-]+)*/?")
    names = {
        word
        for word in words
        if looks_like_a_path.fullmatch(word)
        and (
            word.split("/")[0] in TOP | PACKAGES
            and "/" in word
            or re.search(r"\.(py|md|yaml|html|toml|lock)$", word)
        )
    }
    assert {name for name in names if not is_there(name, page)} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_link_of_the_page_leads_somewhere(page):
    links = re.findall(
        r"\]\(([^)#:]+)\)", re.sub(r"```.*?```|`[^`]*`", "", page.read_text(), flags=re.DOTALL)
    )
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_each_package_is_in_the_map_and_the_layers():
    inner = PACKAGES - {"migrations", "commands", "seed"}
    readme, layers = (
        (ROOT / "README.md").read_text(),
        (ROOT / "docs" / "architecture.md").read_text(),
    )
    mapped = set(re.findall(r"\w+", readme.partition("## Map")[2].partition("\n## ")[0]))
    assert inner - mapped == set()
    assert PACKAGES - set(re.findall(r"\w+", layers)) == set()


def test_each_top_folder_is_in_the_map():
    kept = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    folders = {path.split("/")[0] for path in kept if "/" in path and not path.startswith(".")}
    assert {
        folder for folder in folders if f"{folder}/" not in (ROOT / "README.md").read_text()
    } - {"jobunivers"} == set()


def test_each_feature_has_its_page():
    named = {path.stem for path in (ROOT / "docs").glob("*.md")}
    together = "\n".join(path.read_text() for path in (ROOT / "docs").glob("*.md"))
    assert {
        "learning",
        "booking",
        "caseload",
        "screening",
        "messages",
        "portal",
        "artefacts",
        "log-in",
    } <= named
    assert [
        package
        for package in (
            "cv",
            "applications",
            "interviews",
            "goals",
            "planner",
            "contact",
            "labour_market",
        )
        if f"`{package}`" not in together
    ] == []


def test_each_setting_that_is_read_is_explained_and_the_other_way_round():
    settings = re.compile(r"JU_[A-Z]+(?:_[A-Z]+)*")
    read = (
        {
            name
            for path in (ROOT / "jobunivers").rglob("*.py")
            for name in settings.findall(path.read_text())
        }
        - SETTINGS_WITHOUT_A_LINE
        - {"JU_OIDC"}
    )
    said = {
        name for path in (ROOT / "docs").glob("*.md") for name in settings.findall(path.read_text())
    }
    assert read - said == set()
    unread = {name for name in said - read if not name.startswith("JU_OIDC_")}
    assert unread - SETTINGS_WITHOUT_A_LINE == set()


def test_each_address_that_is_said_is_answered(shared_app):
    rules = {rule.rule for rule in shared_app.url_map.iter_rules()}
    plain = {re.sub(r"<[^>]*>", "<>", rule) for rule in rules}
    homes = tuple({f"/{rule.split('/')[1]}" for rule in rules if rule != "/"} - {"/static"})
    said = set()
    for page in PAGES:
        words, _lines = words_in_code(page.read_text())
        said |= {
            (page.name, word.partition("?")[0])
            for word in (part.removeprefix("POST ") for part in words)
            if word.startswith(homes)
        }
    assert {
        (name, word)
        for name, word in said
        if re.sub(r"<[^>]*>", "<>", word) not in plain and not (word.endswith(("/", "...")))
    } == set()
