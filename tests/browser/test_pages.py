"""A crawler visits every kind of page as every persona in every language: axe finds nothing,
nothing scrolls sideways, nothing breaks.
"""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from werkzeug.exceptions import HTTPException

STARTS = {
    None: [
        "/",
        "/modules",
        "/help",
        "/log-in",
        "/privacy",
        "/accessibility",
        "/how-we-screen",
        "/figures",
        "/in-demand",
        "/jobs",
        "/events",
        "/demo",
    ],
    "citizen-da": ["/my/messages"],  # leads to the survey after a meeting
    "citizen-uk": ["/my"],
    "graduate-da": ["/my"],
    "citizen-paper": ["/my"],
    "caseworker": ["/caseworker"],
    "coordinator": ["/coordinator"],
    "admin": ["/admin"],
}
SKIPPED_ENDPOINTS = ("statics.static_file", "identity.log_out", "demo.log_in")
FILES = (".pdf", ".xml", ".ics", ".json", ".txt", ".docx", ".zip")


class Crawler:
    """Follows links breadth first, one page an endpoint and language."""

    def __init__(self, page, site, axe, locale):
        self.page, self.site, self.axe, self.locale = page, site, axe, locale
        self.seen, self.queue, self.complaints = set(), [], []
        self.urls = site.app.url_map.bind("127.0.0.1")
        page.on(
            "pageerror", lambda error: self.complaints.append(f"{page.url}: script error: {error}")
        )
        page.on(
            "console",
            lambda message: (
                message.type == "error"
                and self.complaints.append(f"{page.url}: console: {message.text}")
            ),
        )

    def add(self, path):
        parts = urlsplit(path)
        if parts.netloc or not parts.path.startswith("/") or parts.path.endswith(FILES):
            return
        try:
            endpoint, _values = self.urls.match(parts.path, method="GET")
        except HTTPException:
            return
        if endpoint not in self.seen and endpoint not in SKIPPED_ENDPOINTS:
            self.seen.add(endpoint)
            self.queue.append(parts.path + (f"?{parts.query}" if parts.query else ""))

    def run(self, starts):
        for start in starts:
            self.add(start)
        while self.queue:
            path = self.queue.pop(0)
            answer = self.page.goto(self.site.url + path)
            if answer is None or answer.status >= 400:
                self.complaints.append(f"{path}: status {answer.status if answer else None}")
                continue
            self.look(path)
            for link in self.page.eval_on_selector_all(
                "a[href]", "links => links.map(link => link.getAttribute('href'))"
            ):
                self.add(link)

    def look(self, path):
        for width in (320, 390):
            self.page.set_viewport_size({"width": width, "height": 844})
            if (wide := self.page.evaluate("document.documentElement.scrollWidth")) > width:
                self.complaints.append(f"{path}: scrolls sideways ({wide} > {width})")
        if self.page.evaluate("document.documentElement.lang") != self.locale:
            self.complaints.append(f"{path}: wrong language")
        try:
            self.axe(self.page)
        except AssertionError as error:
            self.complaints.append(str(error))


@pytest.mark.parametrize("locale", ["da", "en", "uk"])
def test_every_page_of_every_persona_is_sound(page, site, axe, locale, context):
    crawled = set()
    complaints = []
    for persona, starts in STARTS.items():
        context.clear_cookies()
        context.add_cookies([{"name": "ju_lang", "value": locale, "url": site.url}])
        if persona:
            context.request.post(f"{site.url}/demo/log-in", form={"persona": persona})
            page.goto(f"{site.url}/my/settings" if persona else site.url)
            switch(page, locale)
        crawler = Crawler(page, site, axe, locale)
        crawler.seen |= crawled
        crawler.run(starts)
        crawled |= crawler.seen
        complaints += [f"{persona}: {complaint}" for complaint in crawler.complaints]
    assert complaints == [], "\n".join(complaints)
    assert len(crawled) >= 60


def switch(page, locale):
    """Uses the language switch of the header."""
    page.locator("details.language summary").click()
    page.locator(f'details.language button[value="{locale}"]').click()
    page.wait_for_load_state()


def test_a_keyboard_reader_keeps_her_place_when_a_piece_of_the_page_changes(page, site):
    """The button that brought the new piece keeps the focus; when it is gone, the new piece has it,
    never the top of the page.
    """
    page.goto(f"{site.url}/modules/cv/profile-text")
    switch(page, "uk")
    page.locator("[data-test=danish-beside]").press("Enter")
    page.wait_for_selector(".pair-danish")
    expect(page.locator("[data-focus-again=danish]")).to_be_focused()
    page.locator("#exercise textarea").fill("Jeg er bogholder.")
    page.locator("[data-test=save]").press("Enter")
    page.wait_for_function(
        "document.activeElement.id === 'exercise-state' || document.activeElement.closest('#exercise-state')"
    )


def test_the_button_of_the_same_form_keeps_the_focus(page, site, context):
    """Three forms of one page save by a piece each: one goes on where one was."""
    context.request.post(f"{site.url}/demo/log-in", form={"persona": "citizen-da"})
    page.goto(f"{site.url}/my/settings")
    button = page.locator("#set-channel form").get_by_role("button")
    button.evaluate("button => button.dataset.old = 'yes'")
    button.press("Enter")
    expect(page.locator("#set-channel form button:not([data-old])")).to_be_focused()
