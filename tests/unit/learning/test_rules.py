"""Decisions of learning as tables."""

from datetime import UTC, datetime

import pytest

from jobunivers.learning.rules import exercises, path
from jobunivers.learning.rules.progress import where_to_go_on
from jobunivers.learning.rules.search import Index, allowed_distance, distance, fold, words_of
from jobunivers.learning.types import Exercise, ExerciseKind, ExerciseWords, Order, Situation

CHECKLIST = Exercise("x.list", ExerciseKind.CHECKLIST, 1, "planner.tasks", items=("a", "b", "c"))
DONE_LIST = Exercise(
    "x.done", ExerciseKind.CHECKLIST, 1, "planner.tasks", items=("a", "b", "c"), ticked="done"
)
SORT = Exercise(
    "x.sort",
    ExerciseKind.SORT,
    1,
    "goals.demand",
    groups=("yes", "no"),
    items=("a", "b"),
    right_groups={"a": "yes", "b": "no"},
    keep_group="yes",
)
CHOICE = Exercise(
    "x.choice", ExerciseKind.CHOICE, 1, "notes", options=("a", "b"), right_options=("b",)
)
ORDER = Order(
    {"cv": ("application",), "application": ("interview",)},
    new="first-steps",
    needed="cv",
    from_abroad=("foreign-education", "danish-workplaces"),
)
WORDS = ExerciseWords(
    prompt="?",
    help="!",
    options={"a": "A", "b": "B"},
    groups={"yes": "Yes", "no": "No"},
    items={"a": "A", "b": "B", "c": "C"},
    feedback={"a": "fa", "b": "fb"},
)


@pytest.mark.parametrize("blank", [None, "", [], {}])
def test_blank_answers_have_no_version(blank):
    assert exercises.version_of(blank) == ""


def test_version_does_not_depend_on_order_of_keys():
    assert (
        exercises.version_of({"a": 1, "b": 2})
        == exercises.version_of({"b": 2, "a": 1})
        != exercises.version_of({"a": 2})
    )


@pytest.mark.parametrize(
    ("seen_value", "kept", "new", "is_stale"),
    [
        (None, None, "mine", False),
        ("old", "old", "mine", False),
        ("old", "theirs", "mine", True),
        ("old", "mine", "mine", False),
        (None, "theirs", "mine", True),
        ("old", None, "mine", True),
        ("old", None, "", False),
    ],
)
def test_form_is_stale_only_when_something_else_would_be_overwritten(
    seen_value, kept, new, is_stale
):
    assert exercises.is_stale(seen=exercises.version_of(seen_value), kept=kept, new=new) is is_stale


@pytest.mark.parametrize(
    ("exercise", "value", "lines"),
    [
        (CHECKLIST, ["a", "c"], ["A", "C"]),
        (CHECKLIST, None, []),
        (DONE_LIST, ["a"], ["B", "C"]),
        (DONE_LIST, [], ["A", "B", "C"]),
        (SORT, {"a": "yes", "b": "no"}, ["A"]),
        (SORT, {}, []),
    ],
)
def test_lines_that_an_answer_gives_to_a_list(exercise, value, lines):
    assert exercises.kept_lines(exercise, value, WORDS) == lines


def test_own_lines_stay_when_an_exercise_writes_again():
    assert exercises.merged_lines(["mine", "A"], ["B"], frozenset({"A", "B"})) == ["mine", "B"]
    assert exercises.merged_lines(None, ["B"], frozenset()) == ["B"]
    assert exercises.merged_lines([{"what": "row"}], ["B"], frozenset()) == ["B"]


def test_feedback_follows_what_was_answered():
    assert exercises.feedback_for(CHOICE, "b", WORDS) == [("B", "fb", True)]
    assert exercises.feedback_for(CHOICE, "gone", WORDS) == []
    assert exercises.feedback_for(SORT, {"b": "yes"}, WORDS) == [("B → Yes", "fb", False)]
    assert exercises.feedback_for(SORT, None, WORDS) == []


@pytest.mark.parametrize(
    ("exercise", "value", "lines"),
    [
        (CHOICE, "a", ["A"]),
        (CHOICE, "gone", []),
        (CHECKLIST, ["c", "a", "gone"], ["A", "C"]),
        (SORT, {"a": "no", "b": "no"}, ["No: A; B"]),
        (SORT, "written before it was a sort", ["written before it was a sort"]),
        (CHECKLIST, {"a": "no"}, ["a: no"]),
        (CHOICE, ["a line"], ["a line"]),
        (Exercise("t", ExerciseKind.TEXT, 1, "notes"), "one\ntwo", ["one", "two"]),
        (
            Exercise("p", ExerciseKind.PLAN, 1, "notes"),
            [{"what": "ring", "when": "Monday"}, {"what": "rest", "when": ""}],
            ["ring · Monday", "rest"],
        ),
    ],
)
def test_answers_are_shown_in_words(exercise, value, lines):
    assert exercises.shown_lines(exercise, value, WORDS) == lines


@pytest.mark.parametrize(
    ("module", "step", "order"),
    [
        ("b", -1, ["b", "a", "c"]),
        ("b", 1, ["a", "c", "b"]),
        ("a", -1, ["a", "b", "c"]),
        ("c", 1, ["a", "b", "c"]),
        ("x", 1, ["a", "b", "c"]),
    ],
)
def test_modules_move_one_place(module, step, order):
    assert path.moved(["a", "b", "c"], module, step) == order


@pytest.mark.parametrize(
    ("known", "finished", "locale", "suggested"),
    [
        ([], [], "da", [("first-steps", "new"), ("cv", "needed")]),
        (["first-steps"], [], "da", [("cv", "needed")]),
        ([], ["cv"], "da", [("application", "finished")]),
        (["application"], ["cv"], "da", []),
        (
            [],
            ["cv"],
            "uk",
            [
                ("application", "finished"),
                ("foreign-education", "language"),
                ("danish-workplaces", "language"),
            ],
        ),
        (
            [],
            [],
            "en",
            [
                ("first-steps", "new"),
                ("foreign-education", "language"),
                ("danish-workplaces", "language"),
            ],
        ),
    ],
)
def test_modules_are_suggested_by_what_is_known_of_her(known, finished, locale, suggested):
    found = path.suggest(ORDER, known=known, finished=finished, locale=locale)
    assert [(module, code) for module, code, _named in found] == suggested


LOST = Situation("lost-job", {"da": "x"}, {"first-steps": {}, "what-i-can": {}})
PERMIT = Situation("permit", {"da": "x"}, {"cv": {}}, leaves_out=("first-steps",))


def test_each_situation_has_a_say_before_one_has_a_second():
    assert [module for module, _one in path.by_situation([LOST, PERMIT])] == [
        "first-steps",
        "cv",
        "what-i-can",
    ]
    assert path.by_situation([]) == []


def test_what_is_not_for_her_is_left_out_whoever_suggests_it():
    assert path.left_out([LOST, PERMIT]) == {"first-steps"}
    assert path.left_out([]) == frozenset()


def at(hour):
    return datetime(2026, 11, 21, hour, tzinfo=UTC)


def test_what_was_touched_last_comes_first():
    rows = [("a", at(8), at(12)), ("b", at(11), None), ("c", at(9), at(9))]
    assert where_to_go_on(rows) == [("a", True), ("b", False), ("c", True)]


@pytest.mark.parametrize(
    "spelling", ["ansøgning", "Ansogning", "ansoegning", "ANSØGNING", "ansógning"]
)
def test_danish_letters_fold(spelling):
    assert fold(spelling) == "ansogning"


def test_folding_keeps_cyrillic_words_apart():
    assert words_of("Інтерв’ю, співбесіда!") == [fold("інтервю"), fold("співбесіда")]


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("cat", "cat", 0),
        ("cat", "cut", 1),
        ("cat", "cart", 1),
        ("cat", "act", 1),
        ("profiltekts", "profiltekst", 1),
        ("cat", "dogs", 3),
    ],
)
def test_distance_counts_edits_and_swapped_neighbours(one, other, edits):
    assert distance(one, other, 2) == edits


def test_short_words_must_be_spelled_right():
    assert [allowed_distance(word) for word in ("job", "brev", "ansogning")] == [0, 1, 2]


@pytest.fixture(scope="module")
def index():
    found = Index()
    for key, title, body in [
        ("cv", "Dit CV", "profiltekst og erfaring"),
        ("letter", "Ansøgningen", "brev med CV"),
        ("talk", "Samtalen", "løn og tid"),
    ]:
        found.add(key, title, 8.0)
        found.add(key, body, 1.0)
    return found.finish()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("cv", "cv"),
        ("ansogningen", "letter"),
        ("ansog", "letter"),
        ("ansoningen", "letter"),
        ("lon", "talk"),
        ("erfaring profiltekst", "cv"),
    ],
)
def test_search_finds_the_best_first(index, query, first):
    assert index.search(query)[0] == first


@pytest.mark.parametrize("query", ["", "  ", "qqqq", "%%%", "\u200f", "x" * 5000])
def test_search_finds_nothing_calmly(index, query):
    assert index.search(query) == []


def test_empty_places_of_a_list_are_not_read_out():
    assert exercises.plain_lines(["", "b", {"what": "c", "when": ""}]) == ["b", "c"]
