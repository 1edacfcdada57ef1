"""The other moments at which `test --all` begins the suite's clock (tests/support/clock.py)."""

OTHER_STARTS = {
    "just after midnight": "2026-11-25T00:20:00+01:00",
    "in quiet time, before work": "2026-11-24T08:10:00+01:00",
    "a minute before quiet time ends": "2026-11-24T08:59:00+01:00",
    "noon": "2026-11-24T12:10:00+01:00",
    "just after quiet time begins": "2026-11-24T21:05:00+01:00",
    "half an hour before midnight": "2026-11-24T23:30:00+01:00",
    "Christmas Eve": "2026-12-24T10:00:00+01:00",
    "New Year's Eve": "2026-12-31T23:30:00+01:00",
    "the second of January": "2027-01-02T10:00:00+01:00",
    "the hour that does not exist": "2027-03-28T01:30:00+00:00",
    "the hour that exists twice": "2026-10-25T02:30:00+02:00",
    "the leap day": "2028-02-29T23:50:00+01:00",
}
ALL_ON_ONE_ENGINE = ("tests/unit", "tests/integration", "-k", "not postgresql")
