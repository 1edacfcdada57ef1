"""Addresses are made from the names of views (url_for), never written out: who moves a page moves
its links. Where an address stands in a text for a reader, or in a file's name, it may be written.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IN_TEMPLATE = re.compile(r"""(?<!split\()["']/(?:[a-z][^"'\s]*|["'])""")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
# Made once for all readers, before anybody asks for a page.
BEFORE_ANY_REQUEST = {
    "jobunivers/shared/statics.py": "files with a hash in their name",
    "jobunivers/shared/markdown.py": "Danish words in texts that are read at the start",
    "jobunivers/learning/catalogue/checking.py": "links of the lessons, which are files",
    "jobunivers/commands/demo.py": "printed for whoever starts the demonstration",
}


@pytest.fixture
def places(shared_app):
    """First parts of the paths of our pages."""
    return {rule.rule.split("/")[1] for rule in shared_app.url_map.iter_rules()} - {""}


def literal_in_template(text):
    return [match[0] for match in IN_TEMPLATE.finditer(COMMENT.sub("", text))]


def literal_in_python(source, places):
    """String constants that begin like the path of a page; not where a view is given its path, and
    not in what is said about a function.
    """
    tree, skipped = ast.parse(source), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            skipped |= {inner for given in node.decorator_list for inner in ast.walk(given)}
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Views":
            skipped |= set(ast.walk(node))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in skipped
        and (found := re.match(r"/([a-z][a-z0-9.-]*)(?=[/?#]|$)", node.value))
        and found[1] in places
    ]


def test_no_template_writes_an_address_out():
    assert {
        str(path.relative_to(ROOT)): found
        for path in sorted((ROOT / "templates").rglob("*.*"))
        if (found := literal_in_template(path.read_text()))
    } == {}


def test_no_code_writes_an_address_out(places):
    assert {
        name: found
        for path in sorted((ROOT / "jobunivers").rglob("*.py"))
        if (name := str(path.relative_to(ROOT))) not in BEFORE_ANY_REQUEST
        and (found := literal_in_python(path.read_text(), places))
    } == {}


def test_each_exception_is_needed(places):
    assert [
        name
        for name in BEFORE_ANY_REQUEST
        if not literal_in_python((ROOT / name).read_text(), {*places, "demo"})
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        '<a href="/jobs">',
        '<a href="/jobs/{{ job.id }}">',
        '{{ link_button(_("Go on"), "/log-in") }}',
        '<form action="/admin/content/{{ module }}/{{ text }}">',
    ],
)
def test_an_address_in_a_template_would_be_found(text):
    assert literal_in_template(text)


@pytest.mark.parametrize(
    "code",
    [
        'go_to("/my/goals")',
        'f"{base}/log-in/staff/{token}"',
        'f"/my/meetings/{number}"',
        'x = "/my#a"',
    ],
)
def test_an_address_in_code_would_be_found(code):
    assert literal_in_python(code, {"my", "log-in"})


def test_a_view_is_given_its_path():
    code = (
        '@bp.get("/my/goals")\ndef show():\n    """/my is hers."""\n\nviews = (Views("v", "/my"),)'
    )
    assert literal_in_python(code, {"my"}) == []
