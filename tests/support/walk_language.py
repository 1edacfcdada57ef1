"""Run in a copy of the house: walks every kind of page of the demonstration in a language, as JSON.

    python walk_language.py CODE FOLDER

Prints {"pages": n, "complaints": [...], "documents": [...]}.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from jobunivers.app import create_app
from jobunivers.config import DEMO_DATA_KEY, DEMO_SECRET, Settings
from jobunivers.messages.mail_pages import compose
from jobunivers.migrations import runner
from jobunivers.seed import demo
from jobunivers.shared import i18n
from jobunivers.shared.content import CONTENT, languages_missing, read_yaml
from jobunivers.shared.db import engine_for

STARTS = {
    "": (
        "/modules/cv/purpose",
        "/",
        "/modules",
        "/help",
        "/log-in",
        "/jobs",
        "/events",
        "/programmes",
        "/how-we-screen",
    ),
    "citizen-uk": ("/my", "/my/messages"),
    "graduate-da": ("/my",),
    "caseworker": ("/caseworker",),
    "coordinator": ("/coordinator",),
    "admin": ("/admin",),
}
COMPONENTS = "/demo/components"  # its example links lead nowhere in particular: looked at alone
SKIPPED = (
    "statics.static_file",
    "identity.log_out",
    "demo.log_in",
    "components.show_components",
)
LONG_ENOUGH = 15  # shorter texts are names, or the same in many languages


def house(folder: Path) -> Flask:
    """The demonstration on a fresh database."""
    url = f"sqlite:///{folder / 'walk.demo.db'}"
    engine = engine_for(url)
    runner.upgrade(engine)
    engine.dispose()
    settings = Settings(
        database_url=url,
        secret_key=DEMO_SECRET,
        data_keys=(DEMO_DATA_KEY,),
        demo=True,
        smtp_url=f"file:{folder / 'mail'}",
    )
    app = create_app(settings)
    with app.app_context():
        demo.ensure()
    return app


def danish_texts(code: str) -> frozenset[str]:
    """Texts of the data files that are there in Danish and not in that language."""
    return frozenset(
        text
        for path in CONTENT.rglob("*.yaml")
        for texts in by_language(read_yaml(path))
        if code not in texts
        and isinstance(danish := texts["da"], str)
        and len(text := " ".join(danish.split())) >= LONG_ENOUGH
    )


def by_language(value: object) -> Iterator[dict]:
    """Every {"da": ..., "en": ...} in the data of a file."""
    if isinstance(value, dict):
        if {"da", "en"} <= set(value):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from by_language(one)


class Walk:
    """Follows links, one page an endpoint."""

    def __init__(self, app: Flask, code: str) -> None:
        self.app, self.code = app, code
        self.urls = app.url_map.bind("localhost")
        self.danish, self.direction = danish_texts(code), i18n.text_direction(code)
        self.seen: set[str] = set()
        self.complaints: list[str] = []
        self.documents: set[str] = set()
        self.titles: list[str] = []

    def go(self, persona: str, starts: tuple[str, ...]) -> None:
        """Every page that one persona reaches and that was not looked at yet."""
        client = self.browser_of(persona)
        queue = [path for path in starts if self.is_new(path)]
        while queue:
            path = queue.pop(0)
            answer = client.get(path, headers={"Accept-Language": self.code}, follow_redirects=True)
            if answer.status_code != 200:
                self.complaints.append(f"{persona} {path}: {answer.status_code}")
            elif answer.mimetype != "text/html":
                self.documents.add(path.rpartition(".")[2])
            else:
                queue += self.read(path, answer.get_data(as_text=True))

    def browser_of(self, persona: str) -> FlaskClient:
        """A persona who chose the language."""
        client = self.app.test_client()
        if persona:
            client.post("/demo/log-in", data={"persona": persona})
            token = re.search(
                r'name="csrf_token" value="([^"]+)"', client.get("/help").get_data(as_text=True)
            )
            form = {"lang": self.code, "csrf_token": token[1] if token else ""}
            client.post("/language", data=form)
        client.set_cookie("ju_lang", self.code)
        return client

    def read(self, path: str, text: str) -> list[str]:
        """Looks at a page; the links in it that lead to another kind of page."""
        soup = BeautifulSoup(text, "html.parser", string_containers={})
        self.titles.append(soup.title.get_text() if soup.title else "")
        self.look(path, soup)
        return [a["href"] for a in soup.select("a[href]") if self.is_new(str(a["href"]))]

    def is_new(self, path: str) -> bool:
        """Whether no page of its kind was seen; it is, from now on."""
        parts = urlsplit(path)
        if parts.netloc or not parts.path.startswith("/"):
            return False
        try:
            endpoint, _values = self.urls.match(parts.path, method="GET")
        except HTTPException:
            return False
        is_new = endpoint not in self.seen and endpoint not in SKIPPED
        self.seen.add(endpoint)
        return is_new

    def look(self, path: str, soup: BeautifulSoup) -> None:
        """The page is in the language and its direction; what is Danish says so."""
        found = [
            *self.wrong_page(soup),
            *self.without_direction(soup),
            *self.misplaced_marks(soup),
            *self.unmarked(soup),
        ]
        self.complaints += [f"{path}: {one}" for one in found]

    def wrong_page(self, soup: BeautifulSoup) -> Iterator[str]:
        html = soup.html
        if html is None or (html["lang"], html["dir"]) != (self.code, self.direction):
            yield "not in the language or its direction"

    def without_direction(self, soup: BeautifulSoup) -> Iterator[str]:
        for element in soup.select("[lang]:not([dir])"):
            if i18n.text_direction(str(element["lang"])) != self.direction and element.name != "a":
                yield f"no direction: {str(element)[:80]}"

    def misplaced_marks(self, soup: BeautifulSoup) -> Iterator[str]:
        for element in soup.select("*"):
            if any("<span" in str(value) for value in element.attrs.values()):
                yield f"a mark inside an attribute: {str(element)[:80]}"
        if soup.title and "<span" in soup.title.get_text():
            yield "a mark inside the title"

    def unmarked(self, soup: BeautifulSoup) -> Iterator[str]:
        for text in soup.find_all(string=True):
            if " ".join(str(text).split()) in self.danish:
                marked = text.find_parent(attrs={"lang": True})
                if marked is None or marked["lang"] != "da":
                    yield f"Danish without a mark: {str(text).strip()[:60]}"


def mail(app: Flask, code: str) -> str:
    """A mail as somebody reads it who chose that language."""
    with app.test_request_context():
        return compose("message", code, to="demo@example.org", link="https://example.org/m").html


def main() -> None:
    code, folder = sys.argv[1], Path(sys.argv[2])
    app = house(folder)
    walk = Walk(app, code)
    for persona, starts in STARTS.items():
        walk.go(persona, starts)
    walk.read(COMPONENTS, walk.browser_of("").get(COMPONENTS).get_data(as_text=True))
    found = {
        "pages": len(walk.seen),
        "complaints": sorted(set(walk.complaints)),
        "documents": sorted(walk.documents),
        "titles": " | ".join(walk.titles),
        "mail": mail(app, code),
        "missing": [str(one) for one in languages_missing()],
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
