"""A view that makes something from a form carries `once`, or a reason why it makes no twins."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]

MAKES = re.compile(r"^(start|add|create|register|invite|admit|copy|new|write_to|write_from)(_|$)")
# view -> why a second post makes no second thing
NO_TWINS = {
    "register": "the form's key is the citizen's id",
    "choose_job": "one row for a job at a meeting",
    "add_point": "answers htmx with the list, in which it stands with its button to delete",
    "add_waiting_point": "the same",
    "invite": "one log-in for an address",
    "start_edition": "one edition a quarter",
    "start_course": "one start of a course",
    "make_code": "the new code takes the place of the old one",
    "answer": "the form's key is the message's",
    "send": "the form's key is the message's",
    "start": "a questionnaire that is open goes on",
}


def test_every_view_that_makes_something_makes_it_once():
    twins = []
    for path in sorted((ROOT / "jobunivers").rglob("*views.py")):
        for view in ast.parse(path.read_text()).body:
            if not isinstance(view, ast.FunctionDef) or not view.decorator_list:
                continue
            made = [
                call.func.attr
                for call in ast.walk(view)
                if isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and isinstance(call.func.value, ast.Name)
                and call.func.value.id not in ("db", "session", "app")
                and MAKES.match(call.func.attr)
            ]
            names = {one.id for one in view.decorator_list if isinstance(one, ast.Name)}
            if made and "once" not in names and view.name not in NO_TWINS:
                twins.append(f"{path.relative_to(ROOT)}: {view.name} ({', '.join(made)})")
    assert twins == []


def test_every_such_view_has_a_form_with_its_key():
    marked = sum(
        path.read_text().count("once_field()") for path in (ROOT / "templates").rglob("*.html")
    )
    assert marked >= 7
