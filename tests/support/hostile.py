"""An attacker who reads every page, finds every form and link on it, and sends back what nobody
expected.
"""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote_plus, urljoin, urlsplit

from bs4 import BeautifulSoup
from sqlalchemy import event

from jobunivers.extensions import db
from jobunivers.shared import csrf

MARKUP = (
    "<script>alert('hostile')</script>\"'><img src=x "
    "onerror=alert(1)>{{9973*9967}}${9973*9967}#{9973*9967}<%=9973*9967%>{%if%}[[x|y]]"
)
TEXTS = {
    "empty": "",
    "spaces": " \t \u00a0\u2003 ",
    "long": "æ" * 100_000,
    "control": "a\x00b\x01\x08\x1b[31m\x7f\x85\r\nBcc: x@example.org\r\n",
    "direction": "\u202egnp.exe\u202c\u2066\u200b\ufeff\u0338" * 3,
    "sql": "'; DROP TABLE citizen; --",
    "markup": MARKUP,
    "surrogate": "a\ud800b\udfff",
    "astral": "\U0001f600\U0010ffff\ufffe\uffff",
    "negative": "-1",
    "huge": "9" * 30,
    "float": "1e309",
    "first-day": "0001-01-01",
    "last-day": "9999-12-31",
    "digits": "٣٤",
    "path": "../../../etc/passwd%00",
    "address": "//[evil",
    "formula": '=HYPERLINK("http://evil")#set text(9pt)$x$*_\\u{0}',
    "unknown": "no-such-choice",
}
NEVER = ("<script>alert('hostile'", "<img src=x onerror", "99400891")
# They end the log-in of whoever sends them, or belong to no page of ours.
NOT_SENT = (
    "/log-out",
    "/demo/log-in",
    "/my/data/delete",
    "/log-in/sessions",
    "/close",
    "/language",
    "/my/settings/language",
)
# Written also for a request that is refused: who looked, who tried, what was looked for.
NOTED = re.compile(
    r"(?:INSERT INTO|UPDATE|DELETE FROM) "
    r'"?(audit_event|chain_head|login_session|failed_login|wrong_code|slot_search|form_key|task|owner)"?'
    r'\b|UPDATE "?user"? SET locale'
)
TEXT_KINDS = ("text", "search", "email", "tel", "url", "password", "hidden", "")


@dataclass(frozen=True)
class Field:
    """A field of a form: its name, its kind, and a value that the form takes."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True)
class Form:
    """A form as it stands on a page."""

    page: str
    action: str
    method: str
    fields: tuple[Field, ...]

    @property
    def shape(self):
        """Forms of the same shape are the same form about another thing."""
        return (
            shape_of(self.action),
            self.method,
            tuple(sorted({field.name for field in self.fields})),
        )


def shape_of(path):
    """An address without ids, so that a hundred pages of the same kind are one."""
    bare = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", path)
    bare = re.sub(
        r"^/modules/[a-z-]+(/[a-z-]+)?",
        lambda found: "/modules/one/one" if found[1] else "/modules/one",
        bare,
    )
    bare = re.sub(r"^/my/path/[a-z-]+/", "/my/path/one/", bare)
    bare = re.sub(r"^/demo/mail/[0-9a-f]+", "/demo/mail/one", bare)
    return re.sub(r"([?&][a-z_]+)=[^&]*", r"\1", bare)


def forms_of(page, soup):
    """The forms of a page."""
    for form in soup.find_all("form"):
        action = urljoin(page, form.get("action") or page)
        fields = tuple(
            field
            for element in form.select("input, select, textarea, button[name]")
            if (field := _field(element))
        )
        yield Form(page, action, form.get("method", "get").upper(), fields)


def _field(element):
    name = element.get("name")
    if not name or name == csrf.FIELD:
        return None
    if element.name == "select":
        values = [option.get("value", "") for option in element.find_all("option")]
        return Field(name, "choice", next((value for value in values if value), ""))
    if element.name == "textarea":
        return Field(name, "text", element.get_text() or "A word")
    kind = element.get("type", "")
    samples = {"email": "vera@example.org", "date": "2026-12-01", "tel": "20304050"}
    kept = element.get("value") or samples.get(
        kind, "A word" if kind in ("text", "", "search", "password") else ""
    )
    return Field(
        name,
        "text" if kind in TEXT_KINDS or kind in ("date", "number", "month", "time") else "choice",
        kept,
    )


def encoded(pairs):
    """A form body in which lone surrogates and NUL arrive as they are."""
    return "&".join(
        "=".join(quote_plus(part.encode("utf-8", "surrogatepass")) for part in pair)
        for pair in pairs
    )


class Attacker:
    """One role's browser; `faults` is what should not have happened."""

    def __init__(self, browser, most_pages=400):
        self.browser = browser
        self.most_pages = most_pages
        self.pages = {}  # shape -> address
        self.forms = {}  # shape -> form
        self.faults = []
        self.sent = 0

    def crawl(self, *starts):
        """Reads every kind of page that can be reached by links, and notes its forms."""
        waiting = list(starts)
        while waiting and len(self.pages) < self.most_pages:
            address = waiting.pop(0)
            if shape_of(address) in self.pages:
                continue
            self.pages[shape_of(address)] = address
            answer = self.open(address)
            if answer is None or answer.mimetype != "text/html":
                continue
            soup = BeautifulSoup(answer.text, "html.parser")
            for form in forms_of(address, soup):
                self.forms.setdefault(form.shape, form)
            waiting += [
                target
                for link in soup.find_all("a", href=True)
                if (target := self._ours(address, link["href"]))
            ]
            if answer.status_code in (302, 303) and (
                target := self._ours(address, answer.headers.get("Location", ""))
            ):
                waiting.append(target)

    @staticmethod
    def _ours(page, href):
        parts = urlsplit(urljoin(page, href))
        if (
            parts.scheme
            or parts.netloc
            or not parts.path.startswith("/")
            or parts.path.startswith("/static/")
        ):
            return None
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def open(self, address, method="GET", **options):
        """The answer; what is wrong with it stands in `faults`."""
        self.sent += 1
        what = f"{method} {address[:120]} {str(options.get('data', ''))[:160]}"
        with self.browser.app.app_context():
            engine = db.engine
        try:
            with committed_writes(engine) as written:
                answer = self.browser.http.open(address, method=method, **options)
        except Exception as error:  # in tests the application lets everything unexpected through
            self.faults.append(f"{what}: {type(error).__name__} {str(error)[:200]}")
            return None
        text = answer.text if answer.mimetype.startswith(("text/", "application/json")) else ""
        if answer.status_code >= 500:
            self.faults.append(f"{what}: {answer.status_code}")
        if answer.mimetype == "text/html" and (
            bad := next((mark for mark in NEVER if mark in text), None)
        ):
            self.faults.append(f"{what}: {bad} stands in the page")
        if answer.status_code >= 400 and (
            kept := [statement for statement in written if not NOTED.match(statement)]
        ):
            self.faults.append(f"{what}: {answer.status_code}, and yet {kept[0][:90]}")
        return answer

    def send(self, form, pairs):
        """Sends a form with these fields."""
        if any(form.action.startswith(path) or form.action.endswith(path) for path in NOT_SENT):
            return
        if form.method == "GET":
            self.open(f"{urlsplit(form.action).path}?{encoded(pairs)}")
            return
        body = encoded([*pairs, (csrf.FIELD, self.browser._token())])
        self.open(
            form.action,
            "POST",
            data=body,
            content_type="application/x-www-form-urlencoded",
            headers={"Sec-Fetch-Site": "same-origin"},
        )

    def attack_texts(self, each=99):
        """Every form with `each` hostile values (in turn over the forms) in all its free fields,
        the choices as they should be.
        """
        values = list(TEXTS.values())
        for number, form in enumerate(list(self.forms.values())):
            for value in [
                values[(number * 7 + step * 5) % len(values)]
                for step in range(min(each, len(values)))
            ]:
                self.send(
                    form,
                    [
                        (field.name, value if field.kind == "text" else field.value)
                        for field in form.fields
                    ],
                )

    def attack_everything(self, *names):
        """Every form with the same hostile value in every field, with nothing at all, and with
        every field twenty times.
        """
        for form in list(self.forms.values()):
            for name in names:
                self.send(form, [(field.name, TEXTS[name]) for field in form.fields])
            self.send(form, [])
            self.send(form, [(field.name, field.value) for field in form.fields] * 20)

    def attack_each_field(self):
        """One hostile value in one field at a time: the thorough version."""
        for form in list(self.forms.values()):
            for wrong in form.fields:
                for value in TEXTS.values():
                    self.send(
                        form,
                        [
                            (field.name, value if field == wrong else field.value)
                            for field in form.fields
                        ],
                    )

    def attack_addresses(self, *names):
        """Every query parameter of every page with hostile values."""
        for address in list(self.pages.values()):
            path, _mark, query = address.partition("?")
            pairs = parse_qsl(query)
            for index, (wrong, _value) in enumerate(pairs):
                for name in names or TEXTS:
                    changed = [*pairs[:index], (wrong, TEXTS[name][:2000]), *pairs[index + 1 :]]
                    self.open(f"{path}?{encoded(changed)}")

    def read_again(self):
        """Every page once more: what was kept must not break or bite the page that shows it."""
        for address in list(self.pages.values()):
            self.open(address)


@contextmanager
def committed_writes(engine):
    """A list of the statements that changed something and were committed meanwhile."""
    pending, kept = [], []

    def note(_connection, _cursor, statement, *_rest):
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            pending.append(statement)

    def commit(_connection):
        kept.extend(pending)
        pending.clear()

    def rollback(_connection):
        pending.clear()

    listeners = (("before_cursor_execute", note), ("commit", commit), ("rollback", rollback))
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield kept
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)
