"""Learning content is in order, and wrong content is refused with file and line."""

import shutil
from datetime import date

import pytest

from jobunivers import wiring
from jobunivers.commands.content import is_offered
from jobunivers.learning.catalogue import checking, stamping
from jobunivers.learning.catalogue.reading import LEARNING, read_all
from jobunivers.learning.types import TranslationState

LANGUAGES = ("da", "en", "uk")
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def reading():
    wiring.offer_keepsakes()
    return read_all(languages=LANGUAGES)


def test_all_content_is_in_order(reading):
    assert [
        str(problem) for problem in checking.find_problems(reading, is_registered=is_offered)
    ] == []


def test_every_text_is_there_in_every_language_and_none_is_older_than_the_danish(reading):
    assert [str(warning) for warning in checking.find_warnings(reading, LANGUAGES)] == []


@pytest.fixture
def copy(tmp_path):
    """A folder with one module that a test may spoil."""
    shutil.copytree(LEARNING / "cv", tmp_path / "cv")
    (tmp_path / "exercise-keys.yaml").write_text("".join(f"cv.{slug}: kept\n" for slug in SLUGS))
    return tmp_path


SLUGS = (
    "purpose",
    "profile-text",
    "experience",
    "skills-and-languages",
    "education-and-gaps",
    "check-and-send",
)
LESSON, SETTINGS = "cv/02-profile-text.{}.md", "cv/module.yaml"


def problems(folder):
    found = checking.find_problems(
        read_all(folder, LANGUAGES), is_registered=lambda name: True, folder=folder
    )
    return [f"{problem.path.name}:{problem.line}: {problem.message}" for problem in found]


def warnings(folder):
    found = checking.find_warnings(read_all(folder, LANGUAGES), LANGUAGES)
    return [f"{warning.path.name}:{warning.line}: {warning.message}" for warning in found]


def spoil(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_copy_is_in_order(copy):
    assert problems(copy) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (
            SETTINGS,
            "kind: text",
            "kind: essay",
            "module.yaml:25: lessons.profile-text.exercise must have a kind out of 'text', 'list'",
        ),
        (
            SETTINGS,
            "max: 700",
            "maximum: 700",
            "exercise.maximum is not known here; did you mean max?",
        ),
        (SETTINGS, "minutes: 2", "minutes: 6", "01-purpose.uk.md:7: takes"),
        (
            SETTINGS,
            "group: apply",
            "group: nowhere",
            "module.yaml:2: group must be 'start', 'direction'",
        ),
        (SETTINGS, "order: 5", "order: [", "wrong YAML"),
        (
            LESSON.format("en"),
            "summary:",
            "sumary:",
            "02-profile-text.en.md:3: sumary is not known here; did you mean summary?",
        ),
        (
            LESSON.format("uk"),
            "  prompt:",
            "  promt:",
            "02-profile-text.uk.md:7: exercise.prompt is missing",
        ),
        (
            LESSON.format("en"),
            "\n## ",
            "\n<script>x</script>\n\n## ",
            "HTML and script are not allowed",
        ),
        (LESSON.format("en"), "\n## ", "\nOne more.\n\n## ", "in Danish h2"),
        (LESSON.format("da"), "[[profiltekst", "[[prøfiltekst", "unknown term [[prøfiltekst]]"),
        (
            LESSON.format("uk"),
            "[[profiltekst]]",
            "",
            "term [[profiltekst]] is only in one of the languages",
        ),
        (
            LESSON.format("en"),
            "\n## ",
            "\nSee [this](javascript:alert).\n\n## ",
            "02-profile-text.en.md",
        ),
        (
            LESSON.format("en"),
            "\n## ",
            "\nSee [this](/modules/nothing).\n\n## ",
            "a module that does not exist",
        ),
        (
            "cv/01-purpose.uk.md",
            "    phone:",
            "    fone:",
            "exercise.items must have exactly the keys",
        ),
        (
            "cv/05-education-and-gaps.uk.md",
            "](/modules/foreign-education)",
            "](/modules/what-i-can)",
            "05-education-and-gaps.uk.md:22: links differ",
        ),
        (LESSON.format("en"), "\n## ", "\n![A week](figure:my-week)\n\n## ", "in Danish h2"),
        (
            LESSON.format("en"),
            "\n## ",
            "\n![A week](figure:no-such)\n\n## ",
            "02-profile-text.en.md:14: figure no-such does not exist",
        ),
        (
            LESSON.format("uk"),
            "\n## ",
            "\n![ ](figure:my-week)\n\n## ",
            "figure my-week has no text",
        ),
        (
            LESSON.format("da"),
            "\n## ",
            "\nSee ![a week](figure:my-week).\n\n## ",
            "figure my-week is no block of its own",
        ),
        (
            "exercise-keys.yaml",
            "cv.purpose: kept\n",
            "cv.purpose: kept\ncv.old: kept\n",
            "exercise-keys.yaml:2: exercise key 'cv.old' vanished",
        ),
        ("exercise-keys.yaml", "cv.purpose: kept\n", "", "'cv.purpose' is not in the register"),
    ],
)
def test_wrong_content_is_refused_with_file_and_line(copy, file, old, new, complaint):
    spoil(copy / file, old, new)
    assert any(complaint in problem for problem in problems(copy)), problems(copy)


def test_missing_danish_is_refused_and_a_missing_translation_is_not(copy):
    (copy / LESSON.format("uk")).unlink()
    assert problems(copy) == []
    assert warnings(copy) == [
        "02-profile-text.da.md:1: is not translated into uk; the page shows the Danish text"
    ]
    (copy / LESSON.format("da")).unlink()
    assert any("02-profile-text.da.md:1: file is missing" in problem for problem in problems(copy))


@pytest.mark.parametrize(
    ("last_day", "told"),
    [
        ("2026-11-20", ["module.yaml:5: what it says ended on 2026-11-20"]),
        ("2026-11-21", ["module.yaml:5: what it says ends on 2026-11-21"]),
        ("2027-01-20", ["module.yaml:5: what it says ends on 2027-01-20"]),
        ("2027-01-21", []),
    ],
)
def test_a_date_alone_refuses_no_content_and_is_warned_of_in_time(copy, last_day, told):
    spoil(copy / SETTINGS, "valid_to:", f"valid_to: {last_day}")
    assert problems(copy) == []
    found = checking.find_dates(read_all(copy, LANGUAGES), today=TODAY, folder=copy)
    assert [f"{one.path.name}:{one.line}: {one.message.partition(':')[0]}" for one in found] == told


def test_dropped_key_with_a_note_is_accepted(copy):
    register = copy / "exercise-keys.yaml"
    register.write_text(
        register.read_text() + "cv.old: {dropped_on: 2026-11-01, note: answers moved}\n"
    )
    assert problems(copy) == []


def test_short_and_hard_lessons_are_refused(copy):
    path = copy / LESSON.format("da")
    head = path.read_text().split("\n---\n")[0]
    path.write_text(
        f"{head}\n---\n"
        + "Beskæftigelsesindsatsens uddannelsesforberedende kompetenceafklaringsforløb. " * 5
    )
    found = " ".join(problems(copy))
    assert "words, allowed 350 to 600" in found
    assert "LIX" in found


def test_stamp_says_that_translations_fit_and_a_later_change_that_they_do_not(copy):
    spoil(copy / LESSON.format("da"), "title: ", "title: Ny ")
    changed = read_all(copy, LANGUAGES).modules[0].lessons[1].texts
    assert changed["en"].state is TranslationState.OUTDATED
    assert [warning.partition(":")[0] for warning in warnings(copy)] == [
        "02-profile-text.en.md",
        "02-profile-text.uk.md",
    ]
    stamping.stamp(read_all(copy, LANGUAGES), copy)
    assert (
        read_all(copy, LANGUAGES).modules[0].lessons[1].texts["en"].state
        is TranslationState.MACHINE
    )
    assert stamping.stamp(read_all(copy, LANGUAGES), copy) == []
