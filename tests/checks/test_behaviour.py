"""What a page does hangs on attributes named by what they do; data-test is for tests alone."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOR_TESTS = re.compile(r"data-test|dataset\.test\b|\bdataTest\b")
SELECTED = re.compile(r"\[data-([a-z-]+)[\]=~|^$*]")
READ = re.compile(r"dataset\.([a-zA-Z]+)")


def sources(*places):
    return {
        path: path.read_text()
        for folder, names in places
        for path in sorted((ROOT / folder).rglob(names))
        if "vendor" not in path.parts
    }


SCRIPTS = sources(("static/js", "*.js"))
STYLES = sources(("static/scss", "*.scss"), ("static/css", "*.css"))
PAGES = "\n".join(sources(("templates", "*.html"), ("jobunivers", "*.py")).values())


def attributes_of(script):
    """The data attributes a script selects by or reads, without "data-"."""
    read = {
        re.sub(r"[A-Z]", lambda big: "-" + big[0].lower(), name) for name in READ.findall(script)
    }
    return set(SELECTED.findall(script)) | read


def is_in_pages(name):
    return re.search(rf"data[-_]{name.replace('-', '[-_]')}\b(?![-_])", PAGES) is not None


def test_no_script_and_no_style_hangs_on_the_marks_of_tests():
    assert [
        path.name for path, text in {**SCRIPTS, **STYLES}.items() if FOR_TESTS.search(text)
    ] == []


def test_every_attribute_a_script_asks_for_is_in_a_page():
    assert [
        f"{path.name}: data-{name}"
        for path, text in SCRIPTS.items()
        for name in sorted(attributes_of(text))
        if not is_in_pages(name)
    ] == []


def test_such_a_script_would_be_found():
    script = "closest('[data-nobody-puts-it]'); piece.dataset.focusAgain"
    assert attributes_of(script) == {"nobody-puts-it", "focus-again"}
    assert not is_in_pages("nobody-puts-it")
    assert FOR_TESTS.search("""closest('[data-test="keep"]')""")
    assert FOR_TESTS.search("had.dataset.test && 1")
