"""What was made of files is kept until one of them changes, and never believed when it may not be."""

import os
import sys

import jinja2
import pytest

from jobunivers.shared import kept as keeping
from jobunivers.shared.kept import kept
from jobunivers.shared.templating import KeptTemplates


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A folder with one text; ask() -> (what is kept of it, how often it was made)."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.md").write_text("one")
    made = []

    def make():
        made.append(1)
        return [path.read_text() for path in sorted(folder.glob("*.md"))]

    def ask():
        return kept("texts", [folder], make, folder=folder), len(made)

    ask.folder, ask.kept = folder, lambda: next((tmp_path / "compiled").rglob("*.pickle"))
    return ask


def test_a_text_is_read_once(house):
    assert house() == (["one"], 1) and house() == (["one"], 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "one.md").write_text("two"),
        lambda folder: (folder / "one.md").rename(folder / "two.md"),
        lambda folder: (folder / "new.md").write_text("new"),
    ],
    ids=["another word", "another name", "one more"],
)
def test_any_change_is_seen_at_once_though_no_time_stamp_moves(house, change):
    house()
    before = (house.folder / "one.md").stat()
    change(house.folder)
    for path in house.folder.iterdir():
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert house()[1] == 2


@pytest.mark.parametrize("bytes_left", [0, 10, 32, 40])
def test_a_file_cut_off_by_a_full_disk_is_made_anew(house, bytes_left):
    house()
    kept_file = house.kept()
    kept_file.write_bytes(kept_file.read_bytes()[:bytes_left])
    assert house() == (["one"], 2) and house() == (["one"], 2)


def test_a_file_that_others_may_write_is_not_believed(house):
    house()
    assert house.kept().stat().st_mode & 0o777 == 0o644
    house.kept().chmod(0o666)
    assert house() == (["one"], 2)


def test_where_nothing_can_be_written_it_is_made_each_time(house, monkeypatch):
    monkeypatch.setattr(sys, "pycache_prefix", str(house.folder / "one.md"))
    assert house() == (["one"], 1) and house() == (["one"], 2)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert house() == (["one"], 3)


def test_a_full_disk_leaves_nothing_behind(house, monkeypatch):
    def full(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping.Path, "replace", full)
    assert house() == (["one"], 1)
    assert [path for path in house.folder.parent.rglob("*") if "pickle" in path.name] == []


def test_a_page_is_shown_though_the_folder_of_templates_was_cleared_away(tmp_path):
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({"page": "Hello"}),
        bytecode_cache=KeptTemplates(str(tmp_path / "gone")),
        autoescape=True,
    )
    assert environment.get_template("page").render() == "Hello"
