"""An exercise and the CV are two doors to the same rows."""

import pytest

from jobunivers.cv import queries, services
from jobunivers.cv.keepsake import CvKeepsake
from jobunivers.cv.types import Entry, Section
from jobunivers.learning import ports as keepsakes
from jobunivers.shared import clock

KEEPSAKE = CvKeepsake()
SOURCE = "cv.profile-text"


@pytest.fixture
def owner_id(make):
    return make.draft()


@pytest.fixture
def write_part(make):
    def write_part(owner_id, part, value, source=SOURCE):
        make.keep(KEEPSAKE.write, owner_id, part, value, source=source, now=clock.now())

    return write_part


@pytest.fixture
def read_part(app):
    def read_part(owner_id, part, source=SOURCE):
        with app.app_context():
            return KEEPSAKE.read(owner_id, part, source=source)

    return read_part


def entries(app, owner_id, section):
    with app.app_context():
        return queries.content_of(queries.find_cv(owner_id)).entries(section)


def test_it_is_registered_and_knows_its_parts(app):
    keepsake, part = keepsakes.find("cv.profile")
    assert isinstance(keepsake, CvKeepsake) and part == "profile"
    with pytest.raises(KeyError):
        keepsakes.find("cv.hobbies")


def test_profile_is_kept_and_read_again_and_nothing_reads_as_none(owner_id, write_part, read_part):
    assert read_part(owner_id, "profile") is None
    write_part(owner_id, "profile", "I cook.")
    assert read_part(owner_id, "profile") == "I cook."


def test_second_exercise_starts_from_the_lines_of_the_first(app, owner_id, write_part, read_part):
    write_part(owner_id, "skills", ["Forklift", "Scanner"], "what-i-can.my-skills")
    assert read_part(owner_id, "skills", "cv.other") == ["Forklift", "Scanner"]
    write_part(owner_id, "skills", ["Scanner", "Excel", ""], "cv.other")
    assert [entry.title for entry in entries(app, owner_id, Section.SKILLS)] == ["Scanner", "Excel"]


def test_lines_that_are_unchanged_keep_place_and_dates(app, make, owner_id, write_part):
    make.cv_job(owner_id, "Accountant", "Lviv", "2008", "2012", section=Section.EDUCATION)
    write_part(owner_id, "education", ["Danish module 3", "Accountant"])
    assert entries(app, owner_id, Section.EDUCATION) == (
        Entry("Danish module 3"),
        Entry("Accountant", "Lviv", "2008", "2012"),
    )


def test_experience_writes_under_the_newest_job_and_makes_one_when_there_is_none(
    app, make, owner_id, write_part, read_part
):
    write_part(owner_id, "experience", ["Packed 120 orders a day"])
    assert entries(app, owner_id, Section.EXPERIENCE) == (
        Entry(points=("Packed 120 orders a day",)),
    )
    make.cv_job(owner_id, "Driver", started="2015", ended="2018")
    make.cv_job(owner_id, "Cook", started="2019")
    write_part(owner_id, "experience", ["Cooked for 80"])
    assert {entry.title: entry.points for entry in entries(app, owner_id, Section.EXPERIENCE)} == {
        "": ("Packed 120 orders a day",),
        "Cook": ("Cooked for 80",),
        "Driver": (),
    }
    assert read_part(owner_id, "experience") == ["Cooked for 80"]


def test_an_empty_answer_makes_no_empty_job(app, owner_id, write_part):
    write_part(owner_id, "experience", [])
    assert entries(app, owner_id, Section.EXPERIENCE) == ()


def test_draft_comes_along_without_overwriting_or_doubling(app, make, owner_id, write_part):
    citizen = make.citizen()
    make.cv_head(citizen.owner_id, name="Maja", profile="")
    make.keep(services.keep_profile, citizen.owner_id, "Mine.", now=clock.now())
    make.cv_lines(citizen.owner_id, Section.SKILLS, "Forklift")
    make.cv_head(owner_id, title="Cook", name="Draft")
    write_part(owner_id, "profile", "From the draft.")
    write_part(owner_id, "skills", ["Forklift", "Scanner"])
    for _twice in range(2):
        make.keep(KEEPSAKE.adopt, owner_id, citizen.owner_id, now=clock.now())
    with app.app_context():
        cv = queries.content_of(queries.find_cv(citizen.owner_id))
    assert (cv.name, cv.title, cv.profile) == ("Maja", "Cook", "Mine.")
    assert [entry.title for entry in cv.entries(Section.SKILLS)] == ["Forklift", "Scanner"]


def test_adopting_from_nothing_makes_nothing(app, make, owner_id):
    citizen = make.citizen()
    make.keep(KEEPSAKE.adopt, owner_id, citizen.owner_id, now=clock.now())
    with app.app_context():
        assert queries.find_cv(citizen.owner_id) is None


def test_link_and_words(app, make):
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        assert KEEPSAKE.link("profile") == "/my/cv"
        assert KEEPSAKE.label("profile") == "your CV"


def test_everything_about_me_holds_every_word(app, make, owner_id):
    make.cv_head(owner_id, name="Maja", phone="22334455")
    make.cv_job(owner_id, "Cook", points=["Cooked for 80"])
    with app.app_context():
        kept = queries.everything_about_owner(owner_id)
        assert queries.everything_about_owner(make.draft()) == {}
    assert (kept["name"], kept["phone"], kept["sections"]["experience"][0]["points"]) == (
        "Maja",
        "22334455",
        ("Cooked for 80",),
    )
