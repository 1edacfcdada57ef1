"""Every macro that pages are made of says what it is for and has examples on /demo/components."""

import re

import pytest

from jobunivers.portal import component_pages as pages
from jobunivers.portal.component_words import STATES

MACROS = pages.macros()


def names(macros):
    return {macro.name for macro in macros}


def test_the_macros_are_found_in_the_files():
    assert names(MACROS) >= {"button", "field", "icon", "edit_form", "summary_list"}
    assert not [macro.name for macro in MACROS if macro.name.startswith("_")]
    assert len(names(MACROS)) == len(MACROS)


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.name)
def test_each_macro_says_what_it_is_for_and_has_an_example_that_calls_it(macro):
    assert len(macro.said) > 10, f"write a comment before {macro.name} in {macro.file.name}"
    examples = pages.examples_of(macro)
    assert examples, f"write an example of {macro.name} in templates/examples/{macro.file.name}"
    for example in examples:
        assert re.search(rf"\b{macro.name}\(", example.call), example


def test_each_example_belongs_to_a_macro_and_has_a_state_with_words():
    told = {
        (file.name, one["name"], one["state"])
        for file in pages.EXAMPLES.glob("*.html")
        for one in pages.EXAMPLE.finditer(file.read_text())
    }
    known = {(macro.file.name, macro.name) for macro in MACROS}
    assert {(file, name) for file, name, _state in told} == known
    assert {state for _file, _name, state in told} == set(STATES)


def test_a_macro_without_an_example_would_be_found(tmp_path):
    file = tmp_path / "new.html"
    file.write_text(
        "{# Of use. #}\n{% macro new(x) %}{% endmacro %}\n{% macro _inner() %}{% endmacro %}"
    )
    [macro] = pages.macros_of(file)
    assert (macro.name, macro.said) == ("new", "Of use.")
    assert pages.examples_of(macro) == []
