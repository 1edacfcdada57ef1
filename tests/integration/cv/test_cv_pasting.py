"""The CV piece by piece, for the fields of Jobnet."""

from jobunivers.cv.types import Section


def test_each_field_has_its_own_text_and_a_button_that_copies_just_that(make, client_of):
    citizen = make.citizen(name="Maja")
    cv_id = make.cv_head(citizen.owner_id, name="Maja Demo", phone="22 33 44 55")
    make.cv_job(
        citizen.owner_id,
        "Cook",
        "Canteen, Aarhus",
        "2019-03",
        points=["Cooked for 80", "Ordered food"],
    )
    make.cv_lines(citizen.owner_id, Section.SKILLS, "Forklift", "Scanner")
    page = client_of(citizen.user).get(f"/my/cv/{cv_id}/paste")
    pieces = [piece.get_text() for piece in page.all("piece")]
    assert pieces == [
        "Maja Demo",
        "22 33 44 55",
        "Cook",
        "Canteen, Aarhus",
        "mar. 2019 – nu",
        "- Cooked for 80\n- Ordered food",
        "Forklift\nScanner",
    ]
    buttons = page.soup.select("button[data-copy]")
    assert [page.soup.select_one(button["data-copy"]).get_text() for button in buttons] == pieces
    assert len({" ".join(button.get_text().split()) for button in buttons}) == len(buttons)


def test_an_empty_cv_says_so(make, client_of):
    citizen = make.citizen(name="Maja")
    cv_id = make.cv_head(citizen.owner_id, title="", language="en")
    assert "nothing to copy yet" in client_of(citizen.user).get(f"/my/cv/{cv_id}/paste").words
