"""After an htmx post the piece of page must be what a reload shows."""

from bs4 import BeautifulSoup

from jobunivers.shared import csrf


def piece(page, selector):
    """The chosen element of an answer, white space folded, without its form token."""
    soup = BeautifulSoup(page.text, "html.parser")
    found = soup.select(selector)
    assert len(found) == 1, f"{len(found)} elements for {selector}"
    for token in found[0].find_all("input", attrs={"name": csrf.FIELD}):
        token["value"] = ""
    return " ".join(str(found[0]).split())


def assert_swap_equals_reload(swapped, reloaded, selector):
    """`swapped` is the answer to htmx, `reloaded` the page as it stands afterwards."""
    assert piece(swapped, selector) == piece(reloaded, selector)
