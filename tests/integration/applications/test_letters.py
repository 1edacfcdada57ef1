"""A citizen writes applications: one for one job, with proofs beside demands, saved while she
types.
"""

import io
from datetime import date

import pikepdf
import pytest

from jobunivers.applications import queries, services
from jobunivers.applications.keepsake import LetterKeepsake
from jobunivers.learning import ports as keepsakes
from jobunivers.shared import clock
from tests.support.pdf_text import text_of
from tests.support.word_files import paragraphs

KEEPSAKE = LetterKeepsake()


@pytest.fixture
def maja(make, client_of):
    person = make.citizen(name="Maja Demo")
    person.browser = client_of(person.user)
    return person


def letters(app, owner_id):
    with app.app_context():
        return [
            (letter.id, queries.content_of(letter)) for letter in queries.list_letters(owner_id)
        ]


def version(page):
    return page.soup.select_one('main input[name="version"]')["value"]


def start(browser, **job):
    return browser.post(
        "/my/letters/new", {"job_title": "Cook", "employer": "Canteen North", **job}
    ).location


def test_without_letters_the_first_step_is_offered(maja):
    page = maja.browser.get("/my/letters")
    assert "No applications yet" in page.words and page.soup.select_one('a[href="/my/letters/new"]')


def test_a_letter_is_started_written_previewed_and_listed(app, maja):
    where = start(maja.browser, apply_by="2026-12-01")
    form = maja.browser.get(where)
    assert len(form.all("pair")) == 3
    answer = maja.browser.post(
        where,
        {
            "version": version(form),
            "job_title": "Cook",
            "demand_0": "Cooks for many",
            "proof_0": "Cooked for 80",
            "proof_2": "Has licence",
            "lines": "Who do you need?",
            "opening": "Dear Mette.\nA first line.",
            "middle": "The middle.",
            "closing": "Ring me. Maja",
        },
    )
    preview = maja.browser.follow(answer)
    assert (
        preview.one("letter-text").get_text(" ", strip=True)
        == "Dear Mette. A first line. The middle. Ring me. Maja"
    )
    [(_, content)] = letters(app, maja.owner_id)
    assert (content.demands, content.proofs, content.call) == (
        ("Cooks for many",),
        ("Cooked for 80", "", "Has licence"),
        ("Who do you need?",),
    )
    assert (content.employer, content.apply_by) == (
        "Canteen North",
        date(2026, 12, 1),
    )  # what was not sent is kept
    assert "Apply by Tuesday 1 December" in maja.browser.get("/my/letters").words


@pytest.mark.parametrize(
    "wrong",
    [
        {"apply_by": "soon"},
        {"opening": "x" * 6000},
        {"demand_0": "x" * 400},
        {"lines": "\n".join("x" * 40)},
    ],
)
def test_what_cannot_be_kept_is_explained_and_nothing_is_saved(app, maja, wrong):
    where = start(maja.browser)
    page = maja.browser.post(where, {"middle": "Half", **wrong}, status=422)
    assert page.soup.select(".error-summary a")
    assert letters(app, maja.owner_id)[0][1].middle == ""


def test_two_windows_are_shown_to_her(app, maja):
    where = start(maja.browser)
    old = version(maja.browser.get(where))
    maja.browser.htmx_post(where, {"version": old, "opening": "From the phone", "demand_0": "Milk"})
    both = maja.browser.post(where, {"version": old, "opening": "From the library"}, status=409)
    assert [mine.get_text(" ", strip=True) for mine in both.all("mine")] == [
        "What you have just written From the library"
    ]
    assert letters(app, maja.owner_id)[0][1].opening == "From the phone"


def test_saved_line_after_typing_is_the_line_after_reload(maja):
    where = start(maja.browser)
    swapped = maja.browser.htmx_post(
        where, {"version": version(maja.browser.get(where)), "opening": "A"}
    )
    reloaded = maja.browser.get(where).soup.select_one("#saved")
    assert swapped.soup.select_one("input")["value"] == reloaded.select_one("input")["value"]
    assert (
        swapped.one("saved-at").text.strip()
        == reloaded.select_one('[data-test="saved-at"]').text.strip()
    )


def test_deleting_and_other_peoples_letters(maja, make, client_of):
    where = start(maja.browser)
    other = client_of(make.citizen(name="Other").user)
    for path in (where, f"{where}/preview", f"{where}.pdf", f"{where}.txt"):
        other.get(path, status=404)
    other.post(where, {"opening": "x"}, status=404)
    other.post(f"{where}/delete", status=404)
    assert maja.browser.post(f"{where}/delete").location == "/my/letters"
    maja.browser.post(f"{where}/delete", status=404)


def test_pdf_and_text_have_the_sender_from_the_cv(maja, make):
    make.cv_head(maja.owner_id, name="Олена Ґудзь", phone="22 33 44 55", language="da")
    where = start(maja.browser, job_title='#panic("p") $a$ *x*', employer="Æblegården")
    maja.browser.post(
        where,
        {
            "version": version(maja.browser.get(where)),
            "opening": "Kære alle.",
            "closing": "Venlig hilsen Олена",
        },
    )
    answer = maja.browser.get(f"{where}.pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="application.pdf"'
    data = answer.response.data
    text = " ".join(text_of(data).split())
    assert (
        text
        == 'Олена Ґудзь 22 33 44 55 #panic("p") $a$ *x*, Æblegården Kære alle. Venlig hilsen Олена'
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "da" and bool(pdf.Root.MarkInfo.Marked)
    assert maja.browser.get(f"{where}.txt").text.startswith("Олена Ґудзь\n22 33 44 55\n\n")


def test_an_empty_letter_is_still_a_document(maja):
    where = start(maja.browser, job_title="", employer="")
    assert maja.browser.get(f"{where}.pdf").response.data.startswith(b"%PDF")
    assert "Nothing is written yet" in maja.browser.get(f"{where}/preview").words


def test_exercises_write_into_the_newest_letter_and_make_one_when_there_is_none(app, make):
    owner_id = make.draft()
    with app.app_context():
        assert KEEPSAKE.read(owner_id, "demands", source="s") is None
    make.keep(KEEPSAKE.write, owner_id, "opening", "", source="s", now=clock.now())
    assert letters(app, owner_id) == []
    make.keep(KEEPSAKE.write, owner_id, "demands", ["A", "B", "C"], source="s", now=clock.now())
    make.keep(KEEPSAKE.write, owner_id, "proofs", ["1", "2", "3"], source="t", now=clock.now())
    make.keep(services.start_letter, owner_id, now=clock.now(), job_title="New")
    make.keep(KEEPSAKE.write, owner_id, "opening", "Hello", source="u", now=clock.now())
    (_, newest), (_, first) = letters(app, owner_id)
    assert (newest.job_title, newest.opening, first.demands, first.proofs, first.opening) == (
        "New",
        "Hello",
        ("A", "B", "C"),
        ("1", "2", "3"),
        "",
    )
    with app.app_context():
        assert KEEPSAKE.read(owner_id, "opening", source="x") == "Hello"
        assert keepsakes.find("letter.call")[0].prefix == "letter"


def test_drafts_letters_come_along_whole(app, make):
    draft, citizen = make.draft(), make.citizen()
    make.keep(services.start_letter, citizen.owner_id, now=clock.now(), job_title="Mine")
    make.keep(KEEPSAKE.write, draft, "middle", "Text", source="s", now=clock.now())
    make.keep(KEEPSAKE.adopt, draft, citizen.owner_id, now=clock.now())
    assert sorted(content.job_title for _, content in letters(app, citizen.owner_id)) == [
        "",
        "Mine",
    ]
    assert letters(app, draft) == []


def test_everything_about_me_holds_the_letters(app, make):
    owner_id = make.draft()
    make.keep(
        services.start_letter,
        owner_id,
        now=clock.now(),
        job_title="Cook",
        apply_by=date(2026, 12, 1),
    )
    with app.app_context():
        [kept] = queries.everything_about_owner(owner_id)["letters"]
        assert (kept["job_title"], kept["apply_by"]) == ("Cook", "2026-12-01")
        assert queries.everything_about_owner(make.draft()) == {}
    with app.test_request_context("/"):
        assert KEEPSAKE.link("demands") == "/my/letters" and KEEPSAKE.label("demands")


def test_the_letter_as_a_word_file_says_what_the_text_says(app, make, maja):
    make.cv_head(maja.owner_id, name="Maja Demo", phone="22 33 44 55")
    where = start(maja.browser)
    maja.browser.post(
        where,
        {
            "version": version(maja.browser.get(where)),
            "job_title": "Cook",
            "opening": "Dear Mette.\nA line.",
            "closing": "Maja \x0b🙂",
        },
    )
    answer = maja.browser.get(f"{where}.docx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="application.docx"'
    found = paragraphs(answer.response.data)
    assert found == [
        ("Subtitle", "Maja Demo"),
        ("Details", "22 33 44 55"),
        ("Heading 1", "Cook, Canteen North"),
        ("Normal", "Dear Mette.\nA line."),
        ("Normal", "Maja\n🙂"),
    ]
    assert [
        text for _style, text in found if text not in maja.browser.get(f"{where}.txt").text
    ] == []
