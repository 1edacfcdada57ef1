"""The house is made of declarations: what is declared twice or asked for in vain stops the start."""

from pathlib import Path

import pytest

from jobunivers.shared.errors import UnmetPort
from jobunivers.shared.house import Feature, Known, Port, build
from jobunivers.wiring import FEATURES

PORT: Port[int] = Port("bakery.bread")


def test_every_package_with_views_declares_itself():
    code = Path(__file__).parents[3] / "jobunivers"
    declared = {one.name: {views.module for views in one.views} for one in FEATURES}
    found = {
        path.parent.name: {
            views.stem
            for views in path.parent.glob("*.py")
            if "bp = Blueprint(" in views.read_text()
        }
        for path in code.glob("*/__init__.py")
        if path.parent.name != "shared"
    }
    assert declared == {name: views for name, views in found.items() if name in declared}
    assert {name for name, views in found.items() if views} <= set(declared)


def test_a_need_that_nobody_meets_is_said_in_one_line():
    with pytest.raises(UnmetPort, match=r"^cafe needs bakery\.bread, which no feature offers"):
        build([Feature("cafe", needs=(PORT,))])
    built = build(
        [Feature("cafe", needs=(PORT,)), Feature("bakery", offers=(PORT.answered_by(7),))]
    )
    assert built.answers == {"bakery.bread": 7}


def test_the_same_part_is_declared_once():
    twice = Known(of_citizen={"person": lambda citizen_id: {}})
    with pytest.raises(UnmetPort, match="the part person is declared twice"):
        build([Feature("one", known=twice), Feature("two", known=twice)])


def test_every_part_has_a_label():
    built = build(FEATURES)
    parts = {*built.of_owner, *built.of_herself, *built.of_citizen}
    assert set(built.labels) == parts | {"account", "looks", "records"}
