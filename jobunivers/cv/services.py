"""Changes to a CV. Each locks the owner first, so that two windows cannot pass each other."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from jobunivers.cv import queries, rules
from jobunivers.cv.incoming.preview_rules import compare
from jobunivers.cv.models import Cv, CvEntry
from jobunivers.cv.types import DATED, CvContent, Section
from jobunivers.extensions import db
from jobunivers.identity.queries import lock_owner
from jobunivers.shared.editing import ensure_unchanged


def cv_to_change(owner_id: UUID, now: datetime) -> Cv:
    """The owner's CV, made on first need, marked as changed."""
    lock_owner(owner_id)
    cv = queries.find_cv(owner_id)
    if cv is None:
        cv = Cv(
            owner_id=owner_id,
            name="",
            title="",
            email="",
            phone="",
            place="",
            profile="",
            language="da",
            entries=[],
        )
        db.session.add(cv)
    cv.changed_at = now
    return cv


def change_head(
    owner_id: UUID, head: Mapping[str, Any], *, version: str | None, now: datetime
) -> datetime:
    """Name, title, contact, language. Raises Stale with what is stored."""
    cv = cv_to_change(owner_id, now)
    stored = {name: value for name, value in queries.head_of(cv).items() if name in head}
    ensure_unchanged(version, stored=stored, wanted=head)
    _assign(cv, head)
    db.session.flush()
    return now


def change_profile(
    owner_id: UUID, profile: Mapping[str, Any], *, version: str | None, now: datetime
) -> datetime:
    """The profile text. Raises Stale with what is stored."""
    cv = cv_to_change(owner_id, now)
    ensure_unchanged(version, stored=queries.profile_of(cv), wanted=profile)
    _assign(cv, profile)
    db.session.flush()
    return now


def keep_profile(owner_id: UUID, text: str, *, now: datetime) -> None:
    """The profile text as an exercise left it."""
    cv_to_change(owner_id, now).profile = text
    db.session.flush()


def add_entry(
    owner_id: UUID, section: Section, values: Mapping[str, Any], *, now: datetime
) -> CvEntry:
    """A job or an education: where its dates put it when the others stand newest first, else on
    top.
    """
    cv = cv_to_change(owner_id, now)
    entry, entries = CvEntry(section=section, **values), queries.list_entries(cv, section)
    is_in_order = entries == rules.newest_first(entries)
    entries = [entry, *entries]
    _arrange(cv, section, rules.newest_first(entries) if is_in_order else entries)
    return entry


def add_lines(owner_id: UUID, section: Section, lines: Sequence[str], *, now: datetime) -> None:
    """Lines at the end of a section; those that are there already are not doubled."""
    cv = cv_to_change(owner_id, now)
    entries = queries.list_entries(cv, section)
    known = {entry.title for entry in entries}
    fresh = [line for line in dict.fromkeys(lines) if line not in known]
    _arrange(cv, section, [*entries, *(_line(section, text) for text in fresh)])


def change_entry(
    owner_id: UUID, entry_id: UUID, values: Mapping[str, Any], *, version: str | None, now: datetime
) -> datetime:
    """An entry's words and dates. Raises NotFound, or Stale with what is stored."""
    cv_to_change(owner_id, now)
    entry = queries.get_entry_for(owner_id, entry_id)
    ensure_unchanged(version, stored={name: getattr(entry, name) for name in values}, wanted=values)
    _assign(entry, values)
    db.session.flush()
    return now


def delete_entry(owner_id: UUID, entry_id: UUID, *, now: datetime) -> None:
    """Takes an entry out; one that is gone already is no error (a second tap)."""
    cv = cv_to_change(owner_id, now)
    for entry in [entry for entry in cv.entries if entry.id == entry_id]:
        cv.entries.remove(entry)
    db.session.flush()


def move_up(owner_id: UUID, entry_id: UUID, *, now: datetime) -> None:
    """One place nearer to the top of its section; the first stays. Raises NotFound."""
    _swap(owner_id, entry_id, -1, now)


def move_down(owner_id: UUID, entry_id: UUID, *, now: datetime) -> None:
    """One place nearer to the end of its section; the last stays. Raises NotFound."""
    _swap(owner_id, entry_id, 1, now)


def _swap(owner_id: UUID, entry_id: UUID, step: int, now: datetime) -> None:
    cv = cv_to_change(owner_id, now)
    entry = queries.get_entry_for(owner_id, entry_id)
    entries = queries.list_entries(cv, entry.section)
    here = entries.index(entry)
    there = min(max(here + step, 0), len(entries) - 1)
    entries.insert(there, entries.pop(here))
    _arrange(cv, entry.section, entries)


def keep_lines(owner_id: UUID, section: Section, lines: Sequence[str], *, now: datetime) -> None:
    """A section as an exercise left it: its lines in this order. Entries whose line is unchanged
    keep place, dates and points.
    """
    cv = cv_to_change(owner_id, now)
    before = queries.list_entries(cv, section)
    nameless = [
        entry for entry in before if not entry.title
    ]  # no line of an exercise; made by `keep_newest_points`
    merged = [
        _line(section, item) if isinstance(item, str) else item
        for item in rules.merge_lines(before, [line for line in lines if line])
    ]
    for entry in before:
        if entry not in merged and entry not in nameless:
            cv.entries.remove(entry)
    _arrange(cv, section, [*nameless, *merged])


def keep_newest_points(owner_id: UUID, points: Sequence[str], *, now: datetime) -> None:
    """The lines under the newest job; a job without a title is made when there is none."""
    cv = cv_to_change(owner_id, now)
    jobs = rules.newest_first(queries.list_entries(cv, Section.EXPERIENCE))
    if jobs:
        jobs[0].points = list(points)
    elif points:
        _arrange(
            cv,
            Section.EXPERIENCE,
            [
                CvEntry(
                    section=Section.EXPERIENCE,
                    title="",
                    place="",
                    started="",
                    ended="",
                    points=list(points),
                )
            ],
        )
    db.session.flush()


def adopt(from_owner_id: UUID, to_owner_id: UUID, *, now: datetime) -> None:
    """Takes a draft's CV along: fills what is empty, appends entries that are not there yet."""
    source = queries.find_cv(from_owner_id)
    if source is None:
        return
    target = cv_to_change(to_owner_id, now)
    for name in ("name", "title", "email", "phone", "place", "profile"):
        setattr(target, name, getattr(target, name) or getattr(source, name))
    for section in Section:
        entries = queries.list_entries(target, section)
        known = [queries.entry_values(entry) for entry in entries]
        fresh = [
            values
            for values in map(queries.entry_values, queries.list_entries(source, section))
            if values not in known
        ]
        _arrange(
            target, section, [*entries, *(CvEntry(section=section, **values) for values in fresh)]
        )


def merge(
    owner_id: UUID, theirs: CvContent, taken: Collection[str], *, version: str | None, now: datetime
) -> None:
    """Takes from a file what was chosen (keys of incoming.preview): fields are replaced, entries
    added; what is there already is not doubled.

    Raises Stale when a field was changed after the preview that showed it.
    """
    lock_owner(owner_id)
    there, stored = (
        queries.content_of(queries.find_cv(owner_id)),
        queries.fields_of(queries.find_cv(owner_id)),
    )
    new = compare(stored, there, theirs)
    fields = {row.key: row.theirs for row in new.fields if row.key in taken}
    if fields:
        ensure_unchanged(version, stored=stored, wanted=stored | fields)
    cv = cv_to_change(owner_id, now)
    _assign(cv, fields)
    for section, rows in new.sections:
        fresh = [
            CvEntry(section=section, **row.entry.as_data() | {"points": list(row.entry.points)})
            for row in rows
            if row.key in taken
        ]
        before = queries.list_entries(cv, section)
        is_in_order = section in DATED and before == rules.newest_first(before)
        _arrange(
            cv, section, rules.newest_first([*before, *fresh]) if is_in_order else [*before, *fresh]
        )


def _assign(thing: Cv | CvEntry, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(thing, name, value)


def _line(section: Section, text: str) -> CvEntry:
    return CvEntry(section=section, title=text, place="", started="", ended="", points=[])


def _arrange(cv: Cv, section: Section, entries: Sequence[CvEntry]) -> None:
    """Puts the section's entries in this order; new ones become part of the CV."""
    for position, entry in enumerate(entries):
        entry.position = position
        if entry not in cv.entries:
            cv.entries.append(entry)
    db.session.flush()
    db.session.expire(cv, ["entries"])
