"""Ready-made courses, situations, order and pace are in order; wrong ones are refused with file and
line.
"""

import shutil

import pytest

from jobunivers.commands import content as command
from jobunivers.learning import catalogue
from jobunivers.learning.catalogue.guide import COURSES, read_guide
from jobunivers.learning.catalogue.reading import LEARNING, read_all
from jobunivers.screening import catalogue as screening
from jobunivers.shared.content import ContentError, languages_missing

LANGUAGES = ("da", "en", "uk")
COURSE, SITUATIONS, ORDER, PACE = (
    "courses/before-graduation.yaml",
    "situations.yaml",
    "order.yaml",
    "pace.yaml",
)


@pytest.fixture
def copy(tmp_path):
    """A folder that a test may spoil."""
    shutil.copytree(COURSES, tmp_path / "courses")
    for name in (SITUATIONS, ORDER, PACE):
        shutil.copy(LEARNING / name, tmp_path)
    return tmp_path


def complaints(folder):
    try:
        read_guide(catalogue.modules(), courses=folder / "courses", folder=folder)
        found = map(str, languages_missing(folder))
    except ContentError as error:
        found = str(error).splitlines()
    return [complaint.removeprefix(f"{folder}/") for complaint in found]


def spoil(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_all_is_in_order(copy):
    assert complaints(copy) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (
            COURSE,
            "what-i-can/tasks",
            "what-i-can/nothing",
            f"{COURSE}:13: weeks.row 2.lessons names 'what-i-can/nothing', which does not exist",
        ),
        (
            COURSE,
            "what-i-can/tasks",
            "before-graduation/interview",
            f"{COURSE}:27: weeks.row 9.lessons names before-graduation/interview, which stands in two weeks",
        ),
        (
            COURSE,
            "offered_at: [before-graduation]",
            "offered_at: [nowhere]",
            f"{COURSE}:8: offered_at names 'nowhere', which does not exist",
        ),
        (
            COURSE,
            "offered_at:",
            "offered:",
            f"{COURSE}:8: offered is not known here; did you mean offered_at?",
        ),
        (
            COURSE,
            ", en: Your CV, uk: Ваше CV",
            ", en: Your CV",
            f"{COURSE}:18: 'Dit CV' is missing in uk",
        ),
        (
            COURSE,
            "{da: Dit CV, en",
            "{en",
            f"{COURSE}:18: weeks.row 5.title lacks the Danish text (da)",
        ),
        (
            COURSE,
            "order: 1",
            "order: first",
            f"{COURSE}:2: order must be a whole number, not 'first'",
        ),
        (COURSE, "order: 1", "order: [", "wrong YAML"),
        (
            SITUATIONS,
            "    first-steps:\n",
            "    firststeps:\n",
            f"{SITUATIONS}:6: lost-job.modules.firststeps names 'firststeps', which does not exist",
        ),
        (
            SITUATIONS,
            "key: studying",
            "key: lost-job",
            "lost-job.key lost-job stands here twice",
        ),
        (
            SITUATIONS,
            "  leaves_out:",
            "  leave_out:",
            "leave_out is not known here",
        ),
        (SITUATIONS, "own-business]", "bank]", "leaves_out names 'bank', which does not exist"),
        (
            ORDER,
            "cv: [application]",
            "cv: [applications]",
            f"{ORDER}:6: next.cv names 'applications', which does not exist; did you mean application?",
        ),
        (
            ORDER,
            "interview: [first-hundred-days]",
            "interview: [what-i-can]",
            f"{ORDER}:9: next.interview goes in a circle",
        ),
        (
            ORDER,
            "cv: [application]",
            "cv: [cv]",
            f"{ORDER}:6: next.cv goes in a circle: cv > cv",
        ),
        (ORDER, "needed: cv", "wanted: cv", f"{ORDER}:11: wanted is not known here"),
        (
            PACE,
            "minutes: 20",
            "minutes: many",
            f"{PACE}:2: row 1.minutes must be a whole number, not 'many'",
        ),
        (
            PACE,
            ', uk: "Трохи: близько 20 хвилин"',
            "",
            f"{PACE}:3: 'Lidt: cirka 20 minutter' is missing in uk",
        ),
    ],
)
def test_wrong_content_is_refused_with_file_and_line(copy, file, old, new, complaint):
    spoil(copy / file, old, new)
    found = complaints(copy)
    assert any(complaint in one for one in found), found


def test_the_command_refuses_an_unknown_module_that_answers_suggest(monkeypatch, tmp_path):
    path = tmp_path / "modules.yaml"
    path.write_text(
        screening.MODULES.read_text().replace("module: upskilling", "module: upskill", 1)
    )
    monkeypatch.setattr(screening, "MODULES", path)
    screening.module_rules.cache_clear()
    found = [str(problem) for problem in command.problems(read_all(languages=LANGUAGES))]
    screening.module_rules.cache_clear()
    assert [complaint for complaint in found if "unknown module 'upskill'" in complaint]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            "question: goal\n",
            "question: gaol\n",
            r"modules.yaml:10: gaol.question names 'gaol', which does not exist; did you mean goal\?",
        ),
        (
            "answers: [abroad]",
            "answers: [moon]",
            "modules.yaml:4: training.answers names 'moon', which does not exist; known: yes, partly",
        ),
        (
            'question: prev_long\n  answers: ["yes"]',
            'question: func3\n  answers: ["yes"]',
            "func3: answers about health suggest nothing",
        ),
    ],
)
def test_answers_suggest_only_what_is_allowed(monkeypatch, tmp_path, old, new, complaint):
    path = tmp_path / "modules.yaml"
    shutil.copy(screening.MODULES, path)
    spoil(path, old, new)
    monkeypatch.setattr(screening, "MODULES", path)
    screening.module_rules.cache_clear()
    with pytest.raises(ContentError, match=complaint):
        screening.module_rules()
    screening.module_rules.cache_clear()


def test_nothing_about_benefits_is_suggested_to_somebody_on_a_job_seeking_permit():
    permit = next(
        situation for situation in catalogue.guide().situations if situation.key == "permit"
    )
    assert {"first-steps", "company-routes", "upskilling"} <= set(permit.leaves_out)
    assert not set(permit.leaves_out) & set(permit.modules)


def test_the_ten_week_course_has_a_lesson_of_its_own_each_week_and_borrows_the_rest():
    course, module = (
        catalogue.get_course("before-graduation"),
        catalogue.get_module("before-graduation"),
    )
    assert [unit.lessons[0] for unit in course.units] == [lesson.key for lesson in module.lessons]
    assert all(1 <= len(unit.lessons) - 1 <= 2 for unit in course.units)
