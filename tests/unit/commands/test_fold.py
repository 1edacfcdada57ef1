"""Long lines of templates are folded where the page cannot show it."""

import re

import pytest
from jinja2 import Environment, nodes

from jobunivers.commands._fold import WIDTH, fold
from jobunivers.commands._tools import templates

JINJA = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True)
WORDS = " ".join(["word"] * 30)
SPACE_BESIDE_A_BLOCK = re.compile(
    r" (?=</?(?:p|li|ul|div|h\d|section|form|details|summary)\b)|(?<=</p>) |(?<=</li>) "
)


def as_shown(source, **values):
    """The page without what a browser does not show."""
    page = JINJA.from_string(source).render(_=lambda text: text, **values)
    return SPACE_BESIDE_A_BLOCK.sub("", re.sub(r"\s+", " ", page)).strip()


@pytest.mark.parametrize(
    "source",
    [
        f"<p>{WORDS} {{{{ a }}}} {WORDS}</p>",
        f'<p class="a" id="b" data-x="{WORDS[:70]}" data-test="thing" title="{{{{ a }}}}">x</p>',
        "<p>" + "{% if a %}<b>in</b>{% endif %}" * 12 + "</p>",
        "<p>" + "<b>{{ a }}</b>" * 12 + "</p>",
        "<p>" + "{% if a %}<b>in</b> {% endif %}" * 8 + " end</p>",
        "<ul>" + "<li>{{ a }}</li>" * 12 + "</ul>",
        "{{ [a, " + ", ".join(f'"{n}" ~ a' for n in range(30)) + "]|join(', ') }}",
        '<p>{{ _("' + WORDS + "\") }} {{ _('" + WORDS + "') }}</p>",
        "<a" + "{% if a %} b{% endif %}" * 12 + '>{{ "a > b" }}</a>',
        "   <p>" + "{{ a }}, {{ a }} " * 20 + "</p>",
        "{# " + WORDS + " #}" + "{{ a }}",
    ],
)
def test_the_page_stays_the_same(source):
    folded = fold(source + "\n")
    assert folded != source + "\n" and max(map(len, folded.splitlines())) <= WIDTH + 20
    for a in ("x", "", "two words"):
        assert as_shown(folded, a=a) == as_shown(source, a=a)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    "source",
    [
        f"<pre>{WORDS}</pre>",
        f"<textarea>{WORDS}</textarea>",
        f"<title>{WORDS}</title>",
        f'<i class="quote as-typed">{WORDS}</i>',
        f'<i title="{WORDS}">x</i>',
        "x" * 300,
        "<b>x</b>" * 40,
        f"<p>{WORDS[:80]}</p>",
    ],
)
def test_what_would_show_is_left_alone(source):
    words = fold(source).partition(">")
    assert (
        words[2] == source.partition(">")[2]
        and words[0].split() == source.partition(">")[0].split()
    )


def test_words_are_not_parted_and_spaces_not_added():
    source = "<p>" + "".join(f"<b>{n}</b>{{{{ a }}}}" for n in range(20)) + "</p>"
    folded = fold(source)
    assert as_shown(folded, a="-") == as_shown(source, a="-") and "-<b>1</b>-" in as_shown(
        folded, a="-"
    )


def test_a_long_text_stays_one_message():
    source = '<p>{{ _("' + WORDS + '") }}</p>'
    found = JINJA.parse(fold(source))
    assert [node.value for node in found.find_all(nodes.Const)] == [WORDS]
    assert [text for _line, _name, text in messages(fold(source))] == [WORDS]


def messages(source):
    from jinja2.ext import extract_from_ast

    return list(extract_from_ast(JINJA.parse(source), ["_"]))


def test_there_are_templates_and_each_is_folded():
    found = templates()
    assert len(found) > 100
    assert [path.name for path in found if fold(text := path.read_text()) != text] == []
