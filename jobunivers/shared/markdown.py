"""The only Markdown-to-HTML function: our small dialect (docs/content-format.md), sanitised, split
into blocks.

Blocks are what two-language reading pairs: the n-th block of the Danish text stands beside the n-th
of the reader's.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

CONTAINERS = ("example", "before", "after", "remember", "money")
TERM = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")
FIGURE = re.compile(r'^<p><img src="figure:([a-z0-9-]+)" alt="([^"]*)" */?></p>\s*$')
ALLOWED_TAGS = {"p", "h2", "ul", "ol", "li", "strong", "em", "a", "div", "blockquote", "dfn", "br"}
ALLOWED_ATTRIBUTES = {"a": {"href", "class", "lang", "data-term"}, "div": {"class"}, "p": {"class"}}


@dataclass(frozen=True)
class Block:
    """One top-level piece of a text: its kind ("p", "h2", "ul:3", "example:2", "figure:my-week"),
    its HTML, its plain text (of a figure its
    title), its first line in the source."""

    kind: str
    html: str
    text: str
    line: int = 1


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False})
    for name in CONTAINERS:
        reader.use(container_plugin, name)
    return reader


_markdown = _reader()


def terms_in(source: str) -> list[str]:
    """Keys of the Danish terms that a text shows, in order of first use."""
    return list(dict.fromkeys(match[1].strip() for match in TERM.finditer(source)))


def _no_figure(name: str, title: str) -> str:
    return f"<p>{escape(title)}</p>"


def to_blocks(
    source: str,
    *,
    container_label: Callable[[str], str] = str,
    term_href: str = "/help#term-",
    draw: Callable[[str, str], str] = _no_figure,
) -> list[Block]:
    """The text as sanitised blocks. `container_label` gives the visible heading of an example or
    reminder, `draw` the figure of a name and
    title as HTML that can be trusted."""
    tokens = _markdown.parse(source)
    blocks, depth, start = [], 0, 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            piece = tokens[start : index + 1]
            html = _markdown.renderer.render(piece, _markdown.options, {})
            line = (piece[0].map or [0])[0] + 1
            blocks.append(
                _figure(figure, draw, line)
                if (figure := FIGURE.match(html))
                else _block(piece, html, container_label, term_href, line)
            )
            start = index + 1
    return blocks


def _figure(found: re.Match[str], draw: Callable[[str, str], str], line: int) -> Block:
    name, title = found[1], unescape(found[2])
    return Block(kind=f"figure:{name}", html=draw(name, title), text=f"{title}.", line=line)


def _block(
    piece: list[Token], html: str, container_label: Callable[[str], str], term_href: str, line: int
) -> Block:
    first = piece[0]
    kind = first.type.removesuffix("_open").replace("container_", "")
    if kind in CONTAINERS:
        inner = sum(
            1
            for token in piece
            if token.level == 1 and token.nesting >= 0 and token.type != "inline"
        )
        html = re.sub(
            r'^<div class="(\w+)">',
            lambda m: (
                f'<div class="box box-{m[1]}"><p class="box-label meta">{escape(container_label(m[1]))}</p>'
            ),
            html,
            count=1,
        )
        kind = f"{kind}:{inner}"
    elif kind in ("bullet_list", "ordered_list"):
        items = [token for token in piece if token.type == "list_item_open" and token.level == 1]
        kind = f"{first.tag}:{len(items)}"
    elif kind == "heading":
        kind = first.tag
    elif kind == "paragraph":
        kind = "p"
    html = TERM.sub(lambda m: _term(m, term_href), html)
    safe = nh3.clean(html, tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, link_rel="noopener")
    return Block(kind=kind, html=safe, text=plain_text(html), line=line)


def _term(match: re.Match[str], term_href: str) -> str:
    key = match[1].strip()
    shown = (match[2] or key).strip()
    anchor = term_anchor(key)
    return f'<a class="term" lang="da" data-term="{anchor}" href="{term_href}{anchor}">{shown}</a>'


def term_anchor(key: str) -> str:
    """A term's key as the anchor of its explanation: 'Digital Post' -> 'digital-post'."""
    return re.sub(r"[^a-z0-9æøå]+", "-", key.lower()).strip("-")


def plain_text(html: str) -> str:
    """HTML without its marks; a stop after each block, so that sentence counts see headings and
    list items.
    """
    text = re.sub(r"<p class=\"box-label meta\">.*?</p>", "", html)
    text = re.sub(r"(?<![.!?:»”])\s*</(p|h2|li)>", r". </\1>", text)
    text = re.sub(r"<[^>]+>", " ", text)
    return re.sub(
        r"\s+",
        " ",
        text.replace("&amp;", "&").replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">"),
    ).strip()
