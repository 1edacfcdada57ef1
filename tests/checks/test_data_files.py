"""Every data file is described by a dataclass, and documentation and editors are told by it."""

import pytest

from jobunivers.commands import _schemas
from jobunivers.shared.content import CONTENT

FILES = sorted(path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*.yaml"))


def test_documentation_and_schemas_are_those_of_the_dataclasses():
    """When this fails: `python3 run.py content schemas`."""
    wrong = [
        path.name
        for path, text in _schemas.written().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert wrong == []
    assert _schemas.stale() == []


@pytest.mark.parametrize("path", FILES)
def test_every_data_file_is_declared_once(path):
    found = [one.pattern for one in _schemas.all_files() if one.holds(path)]
    assert len(found) == 1, f"{path}: declare it in `files` of the feature that reads it ({found})"


def test_every_kind_is_there_and_every_key_is_explained():
    for one in _schemas.all_files():
        assert any(one.holds(path) for path in FILES), one.pattern
        for form in _schemas.dataclasses_in(one.form):
            told = _schemas.comments_of(form)
            lacking = set(form.__dataclass_fields__) - {key for key, text in told.items() if text}
            assert not lacking, f"{form.__name__}: a comment beside {', '.join(sorted(lacking))}"


def test_a_schema_refuses_unknown_keys_and_lets_a_municipality_say_only_what_differs():
    kinds = next(one for one in _schemas.all_files() if one.name == "profiles.meeting-kinds")
    row = _schemas.schema_of(kinds)["$defs"]["MeetingKind"]
    assert row["additionalProperties"] is False
    assert row["required"] == ["code"]
    assert row["properties"]["minutes"]["maximum"] == 480
    assert row["properties"]["leave_out"]["const"] is True
    places = next(one for one in _schemas.all_files() if one.name == "screening.needs")
    assert "offer" in _schemas.schema_of(places)["$defs"]["NeedRule"]["required"]
