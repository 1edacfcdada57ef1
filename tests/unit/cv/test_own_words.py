"""What a version says differently, and what happens when the full CV moves on. Tables, no database."""

from jobunivers.cv import own_word_rules as own_words

FULL = {"title": "Cook", "points": ["Cooked for 80", "Ordered food"]}
NEWER = {"title": "Cook", "points": ["Cooked for 120"]}


def test_without_words_of_its_own_a_version_follows_the_full_cv():
    assert own_words.shown(NEWER, {}) == NEWER


def test_only_the_field_that_was_changed_stops_following():
    own = own_words.written(FULL, {}, {"title": "Cook", "points": ["Cooked for 80"]})
    assert set(own) == {"points"}
    assert own_words.shown(NEWER | {"title": "Chef"}, own) == {
        "title": "Chef",
        "points": ["Cooked for 80"],
    }


def test_writing_the_same_as_the_full_cv_follows_it_again():
    own = own_words.written(FULL, {}, {"title": "Chef", "points": FULL["points"]})
    assert own_words.written(FULL, own, FULL) == {}


def test_a_later_change_in_the_full_cv_is_offered_until_she_decides():
    own = own_words.written(FULL, {}, FULL | {"points": ["Mine"]})
    assert own_words.outdated(FULL, own) == []
    assert own_words.outdated(NEWER, own) == ["points"]
    rewritten = own_words.written(NEWER, own, NEWER | {"points": ["Mine, better"]})
    assert own_words.outdated(NEWER, rewritten) == ["points"]
    kept = own_words.decided(NEWER, rewritten, "points", keep=True)
    assert own_words.outdated(NEWER, kept) == [] and own_words.shown(NEWER, kept)["points"] == [
        "Mine, better"
    ]
    assert (
        own_words.shown(NEWER, own_words.decided(NEWER, rewritten, "points", keep=False)) == NEWER
    )


def test_nothing_is_offered_when_both_say_the_same_by_now():
    own = own_words.written(FULL, {}, FULL | {"points": ["Cooked for 120"]})
    assert own_words.outdated(NEWER, own) == []


def test_keeping_what_is_not_her_own_changes_nothing():
    assert own_words.decided(FULL, {}, "title", keep=True) == {}
