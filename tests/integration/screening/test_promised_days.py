"""The queue says in words who waits longer than she was told."""

from datetime import timedelta

from jobunivers.shared import clock


def test_who_waits_longer_than_promised_is_marked_in_words(make, client_of):
    staff = make.caseworker()
    for name, days in (("Ada", 40), ("Bea", 1)):
        citizen = make.citizen(name=name, caseworker=staff)
        make.flag(citizen, now=clock.now() - timedelta(days=days))
    page = client_of(staff).get("/caseworker/flags")
    assert page.words.count("Waits longer than we promised") == 1
    assert page.words.index("Ada") < page.words.index("Waits longer") < page.words.index("Bea")


def test_an_empty_queue_marks_nobody(make, client_of):
    page = client_of(make.caseworker()).get("/caseworker/flags")
    assert "Waits longer" not in page.words
