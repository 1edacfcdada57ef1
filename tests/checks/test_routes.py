"""Every view carries exactly one guard, and its name is one we know."""

import pytest

from jobunivers.identity.access import GUARDS

# No view of ours: files with a hash in their name, and nothing else.
FILES = {"statics.static_file"}


@pytest.fixture
def rules(shared_app):
    return [rule for rule in shared_app.url_map.iter_rules() if rule.endpoint not in FILES]


def guards_of(view):
    """The names of all guards around a view, outermost first."""
    found = []
    while view is not None:
        if "guard" in vars(view):
            found.append(vars(view)["guard"])
        view = getattr(view, "__wrapped__", None)
    return found


def test_every_view_has_exactly_one_guard(shared_app, rules):
    wrong = {}
    for rule in rules:
        names = guards_of(shared_app.view_functions[rule.endpoint])
        if len(set(names)) != 1 or names[0] not in GUARDS:
            wrong[rule.endpoint] = names
    assert wrong == {}


def test_guard_fits_the_place(rules, shared_app):
    """What lies under a role's address is for that role."""
    homes = {
        "/caseworker": "caseworker_required",
        "/coordinator": "coordinator_required",
        "/admin": "admin_required",
    }
    wrong = []
    for rule in rules:
        guard = shared_app.view_functions[rule.endpoint].guard
        wanted = next(
            (
                name
                for home, name in homes.items()
                if rule.rule == home or rule.rule.startswith(home + "/")
            ),
            None,
        )
        if wanted and guard != wanted:
            wrong.append((rule.rule, guard))
        starts_a_draft = (
            guard == "public" and "GET" not in rule.methods
        )  # the first thing that somebody without log-in keeps
        if (
            rule.rule.startswith("/my/")
            and not starts_a_draft
            and guard not in ("citizen_required", "visitor", "account_required")
        ):
            wrong.append((rule.rule, guard))
    assert wrong == []


def test_addresses_are_kebab_case_and_typed(rules):
    wrong = [
        rule.rule
        for rule in rules
        if "_" in "".join(part for part in rule.rule.split("/") if not part.startswith("<"))
        or rule.rule != rule.rule.lower()
    ]
    assert wrong == []


def test_nothing_is_changed_by_a_link(rules):
    """Deeds at the end of an address are posts; a link that a browser prefetches must do nothing."""
    deeds = ("delete", "end", "cancel", "book", "review", "keep", "confirm", "remove")
    wrong = [
        rule.rule
        for rule in rules
        if rule.rule.rsplit("/", 1)[-1] in deeds[:2] and rule.methods == {"GET", "HEAD", "OPTIONS"}
    ]
    assert wrong == []
