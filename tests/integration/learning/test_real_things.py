"""Every exercise of the content against the things that features really offer."""

import pytest

from jobunivers.extensions import db
from jobunivers.learning import catalogue, queries
from jobunivers.learning import ports as keepsakes
from jobunivers.learning.types import ExerciseKind


@pytest.fixture(autouse=True)
def things(app):
    """No fakes here."""
    return keepsakes.REGISTRY


def sample(lesson, note=""):
    """A full answer as a browser posts it, from the lesson's own example."""
    exercise, words = lesson.exercise, lesson.words("en")
    if exercise.kind is ExerciseKind.TEXT:
        return {"answer": (words.example + note)[: exercise.limit]}
    if exercise.kind is ExerciseKind.LIST:
        return {
            f"line-{i}": (line[: exercise.limit - 10] + note)
            for i, line in enumerate(words.example[: exercise.lines])
        }
    if exercise.kind is ExerciseKind.PLAN:
        return {
            f"{part}-{i}": getattr(row, part) + note
            for i, row in enumerate(words.example[: exercise.rows])
            for part in ("what", "when")
        }
    if exercise.kind is ExerciseKind.SORT:
        return {
            f"item-{item}": exercise.groups[(i + bool(note)) % len(exercise.groups)]
            for i, item in enumerate(exercise.items)
        }
    if exercise.kind is ExerciseKind.CHECKLIST:
        return {"answer": list(exercise.items[: 1 + bool(note)])}
    return {"answer": exercise.options[bool(note)]}


@pytest.mark.parametrize("module", [module.slug for module in catalogue.modules()])
def test_each_answer_is_kept_shown_again_and_saved_again_without_conflict(make, client_of, module):
    browser = client_of(make.citizen().user)
    for lesson in catalogue.get_module(module).lessons:
        url = f"/modules/{lesson.key}"
        opened = (
            browser.get(url).one("exercise-state").find("input", attrs={"name": "seen"})["value"]
        )
        state = browser.htmx_post(url, {**sample(lesson), "seen": opened}).one("exercise-state")
        seen = state.find("input", attrs={"name": "seen"})["value"]
        assert "Saved " in state.text, lesson.key
        assert state.find("a")["href"], lesson.key
        again = browser.htmx_post(url, {**sample(lesson, " more"), "seen": seen}).one(
            "exercise-state"
        )
        kept = again.find("input", attrs={"name": "seen"})["value"]
        assert kept not in ("", seen), lesson.key
        reloaded = browser.get(url)
        assert (
            reloaded.one("exercise-state").find("input", attrs={"name": "seen"})["value"] == kept
        ), lesson.key
        browser.htmx_post(url, {**_fields_of(reloaded), "seen": kept})


def _fields_of(page):
    """What the browser would send if nothing was changed."""
    fields = {}
    for field in page.soup.select("#exercise input[name], #exercise textarea"):
        if field["name"] in ("csrf_token", "seen", "done"):
            continue
        if field.get("type") in ("radio", "checkbox"):
            if field.has_attr("checked"):
                fields.setdefault(field["name"], []).append(field["value"])
        else:
            fields[field["name"]] = field.get("value", "") if field.name == "input" else field.text
    return fields


def test_everything_of_a_draft_comes_along(app, make, client):
    for module in catalogue.modules():
        for lesson in module.lessons[:2]:
            page = client.get(f"/modules/{lesson.key}")
            seen = page.one("exercise-state").find("input", attrs={"name": "seen"})["value"]
            client.htmx_post(f"/modules/{lesson.key}", {**sample(lesson), "seen": seen})
    citizen = make.citizen()
    client.log_in(citizen.user)
    client.get("/my/path/take-along")
    client.post("/my/path/take-along", {"choice": "take"})
    with app.app_context():
        assert sum(
            row.done_at is not None for row in queries.list_progress(citizen.owner_id)
        ) == 2 * len(catalogue.modules())
        for module in catalogue.modules():
            for lesson in module.lessons[:2]:
                assert queries.read_value(citizen.owner_id, lesson.exercise) is not None, lesson.key
        assert not db.session.dirty


def test_second_proof_alone_stays_beside_the_second_requirement(make, client_of):
    browser = client_of(make.citizen().user)
    browser.htmx_post(
        "/modules/application/proofs",
        {"line-0": "", "line-1": "Two years on nights", "line-2": "", "seen": ""},
    )
    fields = _fields_of(browser.get("/modules/application/proofs"))
    assert [fields[f"line-{place}"] for place in range(3)] == ["", "Two years on nights", ""]
    application = browser.get(browser.get("/my/letters").one("letter").find("a")["href"])
    assert [pair.textarea.text.strip() for pair in application.all("pair")] == [
        "",
        "Two years on nights",
        "",
    ]


def test_question_keeps_its_heading_and_no_empty_line_is_printed(make, client_of):
    browser = client_of(make.citizen().user)
    browser.htmx_post(
        "/modules/interview/questions",
        {"line-0": "", "line-1": "", "line-2": "Which collective agreement?", "seen": ""},
    )
    assert (
        _fields_of(browser.get("/modules/interview/questions"))["line-2"]
        == "Which collective agreement?"
    )
    assert [line.text for line in browser.get("/my/interviews/print").soup.select("main li")] == [
        "Which collective agreement?"
    ]


def test_list_without_headings_has_no_gaps(make, client_of):
    browser = client_of(make.citizen().user)
    lesson = next(
        one
        for module in catalogue.modules()
        for one in module.lessons
        if one.exercise.kind is ExerciseKind.LIST and not one.words("en").labels
    )
    browser.htmx_post(f"/modules/{lesson.key}", {"line-0": "", "line-1": "Excel", "seen": ""})
    assert _fields_of(browser.get(f"/modules/{lesson.key}"))["line-0"] == "Excel"
