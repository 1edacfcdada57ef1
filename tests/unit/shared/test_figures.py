"""Figures: one drawing, words of a language; the same on a page, on paper and as a list."""

import re
import shutil

import pytest

from jobunivers.shared import figures
from jobunivers.shared.content import ContentError
from jobunivers.shared.markdown import to_blocks

NAMES = sorted(path.stem for path in figures.FOLDER.glob("*.svg"))


@pytest.fixture
def folder(tmp_path):
    """A folder with one figure that a test may spoil."""
    for path in figures.FOLDER.glob("my-week.*"):
        shutil.copy(path, tmp_path)
    return tmp_path


def complaints(folder, code="en"):
    return [
        f"{error.path.name}:{error.line}: {error.message}"
        for error in figures.find_problems(code, folder)
    ]


def test_each_figure_has_its_words_in_each_language():
    assert len(NAMES) >= 8
    assert [complaints(figures.FOLDER, code) for code in ("da", "en", "uk")] == [[], [], []]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("friday.text: Tidy up", ""),
        ("friday.text:", "my-week.en.yaml:12: label friday.text is missing"),
        (
            "friday.text: Tidy up all your papers",
            "my-week.en.yaml:12: 'Tidy up all your papers' has 23 characters, there is room for 13",
        ),
        (
            "friday.text: [Tidy, up]",
            "my-week.en.yaml:12: label friday.text has 2 lines, there is room for 1",
        ),
        ("friday.texts: Tidy up", "my-week.en.yaml:12: unknown label friday.texts"),
    ],
)
def test_wrong_words_are_refused_with_file_and_line(folder, line, complaint):
    path = folder / "my-week.en.yaml"
    path.write_text(re.sub(r"^friday.text:.*$", line, path.read_text(), flags=re.MULTILINE))
    found = complaints(folder)
    assert complaint in found if complaint else found == []


def test_missing_words_and_words_without_a_drawing_are_refused(folder):
    (folder / "my-week.uk.yaml").rename(folder / "your-week.uk.yaml")
    assert complaints(folder, "uk") == [
        "my-week.uk.yaml:1: file is missing",
        "your-week.uk.yaml:1: belongs to no figure",
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "<script>x</script>",
        '<a href="#"/>',
        '<rect onload="x()"/>',
        '<image href="x.png"/>',
        '<text x="1" y="1">Danish</text>',
    ],
)
def test_a_drawing_holds_shapes_and_slots_only(folder, piece):
    path = folder / "my-week.svg"
    path.write_text(path.read_text().replace("</svg>", f"{piece}\n</svg>"))
    with pytest.raises(ContentError, match="only shapes and slots"):
        figures.drawing("my-week", folder)


def test_the_list_says_what_the_picture_says():
    page = figures.on_page("letter-parts", "da", 'Et "brev"', "Figuren i ord")
    assert '<title id="figure-letter-parts-da">Et &quot;brev&quot;</title>' in page
    assert "<li>Overskrift: jobbet og en opgave</li>" in page
    for text in re.findall(r"<text[^>]*>(.*?)</text>", page):
        assert text in re.sub(r"</?li>", "", page.partition("<details")[2])


def test_danish_words_stand_in_and_say_so():
    assert '<figure class="figure" dir="ltr" lang="da">' in figures.on_page(
        "my-week", "ar", "x", "y"
    )
    assert 'lang="' not in figures.on_page("my-week", "uk", "x", "y")


def test_from_right_to_left_the_drawing_turns_and_the_words_do_not(monkeypatch):
    monkeypatch.setattr(figures.i18n, "text_direction", lambda code: "rtl")
    turned = figures.on_paper("my-week", "en")
    assert 'direction="rtl"' in turned
    assert '<g transform="matrix(-1 0 0 1 320 0)">' in turned
    assert 'x="319" y="58">Monday' in turned


def test_a_figure_is_a_block_and_its_text_is_its_name():
    text, figure = to_blocks(
        "One.\n\n![A “week” & more](figure:my-week)\n",
        draw=lambda name, title: f"<svg>{name}: {title}</svg>",
    )
    assert (figure.kind, figure.html, figure.text, figure.line) == (
        "figure:my-week",
        "<svg>my-week: A “week” & more</svg>",
        "A “week” & more.",
        3,
    )
    assert text.kind == "p"


def test_a_picture_by_url_never_becomes_one():
    assert [
        block.html.strip()
        for block in to_blocks("![x](https://example.org/x.png)\n\nA ![x](figure:my-week) B")
    ] == ["<p></p>", "<p>A  B</p>"]
