"""A municipality is data: every profile that ships is whole, and a wrong one is refused."""

import pytest

from jobunivers.labour_market import catalogue
from jobunivers.shared import profile as profiles
from jobunivers.shared.content import ContentError
from jobunivers.shared.theme import contrast, theme_css

LANGUAGES = {"da", "en", "uk"}
GREEN = {
    "brand": "#0b5c4a",
    "brand-deep": "#084637",
    "brand-ink": "#ffffff",
    "brand-tint": "#e6f1ed",
}
PALE = {
    "brand": "#6fc7ae",
    "brand-deep": "#93d9c5",
    "brand-ink": "#10201b",
    "brand-tint": "#1c3029",
}


def test_the_four_plans_are_four_profiles():
    assert profiles.profile_codes() == ["aabenraa", "aalborg", "aarhus", "hedensted"]


@pytest.mark.parametrize("code", profiles.profile_codes())
def test_profile_speaks_three_languages_and_its_rules_name_what_exists(code):
    profile = profiles.load_profile(code)
    named = (
        *profile.meeting_kinds,
        *profile.locations,
        *profile.target_groups,
        *profile.tracks,
        *profile.exemption_reasons,
    )
    texts = [
        profile.name,
        profile.office,
        profile.phone_hours,
        profile.area.name,
        *(item.name for item in named),
    ]
    texts += [text for kind in profile.meeting_kinds for text in (kind.purpose, kind.bring)] + [
        place.access for place in profile.locations
    ]
    assert all(set(text) == LANGUAGES for text in texts)
    kinds, groups = (
        {item.code for item in items} for items in (profile.meeting_kinds, profile.target_groups)
    )
    assert all(
        rule.kind in kinds and set(rule.groups) <= groups and rule.legal
        for rule in profile.contact_rules
    )
    assert {rule.kind for rule in profile.contact_rules} >= {
        "first-meeting",
        "week-22",
        "follow-up",
    }
    assert {reason.scope for reason in profile.exemption_reasons} == {"self_booking", "talks"}
    assert not profile.screening.route_b.is_on and not profile.screening.health.is_on
    assert catalogue.barometers(profile)[0].demand


def test_own_row_replaces_fields_of_the_common_row_and_keeps_the_others():
    common, own = (
        profiles.load_profile(code).kind("first-meeting") for code in ("aarhus", "aalborg")
    )
    assert own.purpose != common.purpose
    assert (own.minutes, own.forms) == (common.minutes, common.forms)
    assert profiles.load_profile("hedensted").kind("joint-meeting").forms == ("video", "office")


def test_barometer_of_one_office_is_public_and_that_of_another_is_not():
    assert catalogue.is_published(profiles.load_profile("aarhus"))
    assert not catalogue.is_published(profiles.load_profile("aabenraa"))


@pytest.fixture
def spoilt(tmp_path, monkeypatch):
    """A folder of profiles with one municipality that is nearly empty."""
    (tmp_path / "common").symlink_to(profiles.PROFILES / "common")
    (tmp_path / "smallby").mkdir()
    monkeypatch.setattr(profiles, "PROFILES", tmp_path)
    profiles.load_profile.cache_clear()
    yield tmp_path / "smallby"
    profiles.load_profile.cache_clear()


def test_row_can_be_left_out_and_a_profile_without_a_name_is_refused(spoilt):
    (spoilt / "meeting-kinds.yaml").write_text("- {code: job-broker, leave_out: true}\n")
    (spoilt / "locations.yaml").write_text("[]\n")
    (spoilt / "profile.yaml").write_text("phone: '1'\n")
    with pytest.raises(ContentError, match="profile.yaml:1: name is missing\n.*office is missing"):
        profiles.load_profile("smallby")
    text = "{da: x, en: x, uk: x}"
    (spoilt / "profile.yaml").write_text(
        f"name: {text}\noffice: {text}\nphone: '1'\nemail: e@example.org\nphone_hours: "
        f"{text}\ndpo_email: d@example.org\narea: {{code: a, name: {text}}}\n"
    )
    assert "job-broker" not in {
        kind.code for kind in profiles.load_profile("smallby").meeting_kinds
    }


def test_colours_become_a_small_file_for_light_and_dark():
    css = theme_css({"light": GREEN, "dark": PALE})
    assert (
        css.startswith(":root{--brand:#0b5c4a;")
        and "@media(prefers-color-scheme:dark){:root{--brand:#6fc7ae;" in css
    )
    assert theme_css({}) == ""


@pytest.mark.parametrize(
    ("theme", "complaint"),
    [
        ({"light": GREEN}, "both light and dark"),
        ({"light": {"brand": "#0b5c4a"}, "dark": PALE}, "light needs brand, brand-deep"),
        ({"light": GREEN | {"brand": "red;}"}, "dark": PALE}, "is not a colour"),
        ({"light": GREEN | {"brand": "#88c9b5"}, "dark": PALE}, "has a contrast of"),
    ],
)
def test_colours_that_nobody_could_read_are_refused(theme, complaint):
    with pytest.raises(ValueError, match=complaint):
        theme_css(theme)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
