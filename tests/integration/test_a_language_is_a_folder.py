"""A language that nobody has heard of yet is put into a copy of the house: no code changes, every
page speaks it, and what is missing is Danish and says so.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jobunivers.config import ROOT

CODE = "ur"  # written from right to left, and none of ours
TITLE = "ایک سبق"


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """What tests/support/walk_language.py saw."""
    house = tmp_path_factory.mktemp("house")
    for name in ("jobunivers", "content", "translations", "templates", "static"):
        shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__"))
    folder = house / "translations" / CODE / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "translations/en/LC_MESSAGES/messages.po", folder)
    lesson = house / "content" / "learning" / "cv"
    text = (lesson / "01-purpose.en.md").read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    (lesson / f"01-purpose.{CODE}.md").write_text(
        text.replace(title, f"title: {TITLE}", 1), encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/support/walk_language.py"), CODE, str(house)],
        env=os.environ | {"PYTHONPATH": str(house)},
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_every_kind_of_page_speaks_it_and_what_is_danish_says_so(walked):
    assert walked["complaints"] == []
    assert walked["pages"] > 100


def test_its_files_leave_the_house(walked):
    assert {"pdf", "docx", "ics", "txt", "json", "xml"} <= set(walked["documents"])


def test_a_mail_stands_in_it_with_the_danish_beneath(walked):
    assert f'lang="{CODE}" dir="rtl"' in walked["mail"] and 'lang="da" dir="ltr"' in walked["mail"]


def test_a_lesson_that_is_translated_stands_in_it(walked):
    assert TITLE in walked["titles"]


def test_content_check_lists_what_is_missing(walked):
    assert any("'ur'" in line or " ur" in line for line in walked["missing"])
    assert all(Path(line.split(":")[0]).suffix for line in walked["missing"][:20])
