"""A test client that holds every page to the standards: one h1 that opens the title, lang, ids,
labels, no inline script or style.

It also sends the form token of the page it came from, and fails when a view leaves the database
session dirty.
"""

import re

from bs4 import BeautifulSoup
from flask import g
from flask.testing import FlaskClient
from flask_login import login_user

from jobunivers.extensions import db
from jobunivers.identity.session_http import METHOD_KEY
from jobunivers.identity.viewer_http import load_viewer
from jobunivers.shared import csrf

INLINE = re.compile(r"\s(on[a-z]+|style)=", re.IGNORECASE)


LINE_END = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=\S)")
SHOWS_LINES = ["pre", "textarea", "script", "style"]


def _join_lines(soup):
    """A template may end a line between two words; a browser shows a space there, and tests read it."""
    for text in soup.find_all(string=LINE_END):
        if not text.find_parent(SHOWS_LINES) and not text.find_parent(class_="as-typed"):
            text.replace_with(LINE_END.sub(" ", text))


class Page:
    """An answer with its parsed HTML."""

    def __init__(self, response):
        self.response = response
        self.status_code = response.status_code
        self.headers = response.headers
        self.text = (
            response.get_data(as_text=True)
            if response.mimetype.startswith(("text/", "application/json"))
            else ""
        )
        # Words in a <template> are read like all others.
        self.soup = BeautifulSoup(self.text, "html.parser", string_containers={})
        _join_lines(self.soup)

    @property
    def location(self):
        return self.headers.get("Location") or self.headers.get("HX-Redirect")

    @property
    def words(self):
        """The text a person reads, white space folded."""
        return " ".join(self.soup.get_text(" ").split())

    def all(self, name):
        """Elements marked data-test=name."""
        return self.soup.select(f'[data-test="{name}"]')

    def one(self, name):
        """The only element marked data-test=name."""
        found = self.all(name)
        assert len(found) == 1, (
            f"{len(found)} elements with data-test={name!r} in: {self.words[:600]}"
        )
        return found[0]


class PageClient:
    """get, post and htmx_post answer with a Page that met the standards."""

    def __init__(self, app, locale="en"):
        self.app = app
        self.locale = locale
        self.http: FlaskClient = app.test_client()
        self.http.set_cookie("ju_lang", locale)

    def log_in(self, user):
        """Logs in as a demo persona would be, without a page."""
        with self.app.test_request_context("/"):
            from flask import session

            session[METHOD_KEY] = "demo"
            viewer = load_viewer(str(getattr(user, "id", user)))
            login_user(viewer)
            g.viewer = viewer
            response = self.app.response_class()
            self.app.session_interface.save_session(
                self.app, session._get_current_object(), response
            )
        cookie = re.match(
            r"ju_session=([^;]+)",
            next(h for h in response.headers.getlist("Set-Cookie") if h.startswith("ju_session=")),
        )
        self.http.set_cookie("ju_session", cookie[1])

    def _token(self):
        cookie = self.http.get_cookie("ju_session")
        with self.app.test_request_context(
            "/", headers={"Cookie": f"ju_session={cookie.value}"} if cookie else {}
        ):
            return csrf.token()

    def get(self, path, status=200, **options):
        """GET; the page must have this status and meet the standards."""
        return self._check(self.http.get(path, **options), status)

    def post(self, path, data=None, status=303, token=True, **options):
        """An ordinary form post."""
        fields = {**(data or {}), **({csrf.FIELD: self._token()} if token else {})}
        return self._check(self.http.post(path, data=fields, **options), status)

    def htmx_post(self, path, data=None, status=200, target="", **options):
        """The same post as htmx sends it."""
        headers = {
            "HX-Request": "true",
            "HX-Request-Type": "partial",
            "HX-Target": target,
            csrf.HEADER: self._token(),
            **options.pop("headers", {}),
        }
        return self._check(
            self.http.post(path, data=data or {}, headers=headers, **options), status
        )

    def htmx_get(self, path, status=200, **options):
        """A fragment as htmx fetches it."""
        headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
        return self._check(self.http.get(path, headers=headers, **options), status)

    def follow(self, page):
        """The page a redirect leads to."""
        return self.get(page.location)

    def _check(self, response, status):
        page = Page(response)
        assert response.status_code == status, (
            f"{response.request.path}: {response.status_code}, {page.words[:800]}"
        )
        assert (
            "HX-Request" in response.headers.get("Vary", "")
            or response.mimetype != "text/html"
            or status >= 400
            or not page.text
        )
        if "<html" in page.text and not 300 <= status < 400:
            check_standards(page, self.locale)
        return page


def check_standards(page, locale):
    """What every whole page must fulfil."""
    soup = page.soup
    headings = soup.find_all("h1")
    assert len(headings) == 1, f"{len(headings)} h1"
    title = " ".join(soup.title.get_text().split())
    assert title.startswith(" ".join(headings[0].get_text().split())[:60]) or soup.find(
        attrs={"data-neutral-title": True}
    ), f"h1 does not open the title {title!r}"
    assert soup.html["lang"] == locale, f"lang {soup.html['lang']!r}, expected {locale!r}"
    assert soup.main is not None
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids)), f"double ids: {sorted({i for i in ids if ids.count(i) > 1})}"
    assert not INLINE.search(re.sub(r">[^<]*<", "><", page.text)), (
        "inline style or script attribute"
    )
    assert not soup.find("style") and not [
        s for s in soup.find_all("script") if not s.get("src")
    ], "inline script or style"
    for field in soup.select("input:not([type=hidden]):not([type=submit]), select, textarea"):
        labelled = (
            field.get("aria-label")
            or field.find_parent("label")
            or soup.find("label", attrs={"for": field.get("id")})
            or field.get("aria-labelledby")
        )
        assert labelled, f"no label for {field}"
    for reference in soup.select("[aria-describedby], [aria-labelledby]"):
        for attribute in ("aria-describedby", "aria-labelledby"):
            for target in (reference.get(attribute) or "").split():
                assert soup.find(id=target), f"{attribute} points at missing {target}"
    for button in soup.find_all("button"):
        assert button.get_text(strip=True) or button.get("aria-label"), (
            f"button without words: {button}"
        )
    for form in soup.find_all("form", method=re.compile("post", re.IGNORECASE)):
        assert (
            form.find("input", attrs={"name": csrf.FIELD}) or form.get("action") == "/demo/log-in"
        ), f"form without token: {form.get('action')}"


def assert_session_clean(app):
    """No view may leave objects unsaved: everything goes through write()."""
    with app.app_context():
        assert not (db.session.new or db.session.dirty or db.session.deleted)
