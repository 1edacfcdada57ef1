"""An administrator looks after teams."""

import pytest

from jobunivers.identity.types import Grant


@pytest.fixture
def office(make, client_of):
    return client_of(make.staff(Grant.ADMIN))


def test_team_is_made_and_changed(office, make):
    colleague = make.caseworker(name="Bo Demo")
    office.post(
        "/admin/teams/new",
        {
            "name": "Graduates",
            "members": [str(colleague.id)],
            "target_groups": ["insured-graduate"],
        },
    )
    page = office.get("/admin/teams")
    card = next(item for item in page.all("team") if "Graduates" in item.text)
    assert "Bo Demo" in card.text
    link = card.a["href"]
    office.post(link, {"name": "Young people", "members": [], "target_groups": []})
    assert (
        "nobody yet"
        in next(
            item for item in office.get("/admin/teams").all("team") if "Young people" in item.text
        ).text
    )


def test_two_teams_never_share_a_name(office, make):
    make.team(name="Graduates")
    page = office.post("/admin/teams/new", {"name": "Graduates"}, status=422)
    assert "There is already a team with that name" in page.words


def test_forged_member_or_group_is_refused(office, make):
    citizen = make.citizen()
    office.post("/admin/teams/new", {"name": "X", "members": [str(citizen.user)]}, status=422)
    office.post("/admin/teams/new", {"name": "X", "target_groups": ["royalty"]}, status=422)
    office.post("/admin/teams/new", {"name": ""}, status=422)
