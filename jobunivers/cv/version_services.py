"""Changes to the versions of a CV. Each locks the owner first, as changes of the CV itself do."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from jobunivers.cv import own_word_rules as own_words
from jobunivers.cv import queries, services
from jobunivers.cv.models import Cv, CvEntry, CvPick, CvVersion
from jobunivers.cv.types import Section
from jobunivers.cv.version_queries import (
    Difference,
    VersionInFull,
    get_version_for,
    list_versions,
    top_of,
    words_of,
)
from jobunivers.extensions import db
from jobunivers.identity.queries import lock_owner
from jobunivers.shared.editing import ensure_unchanged, version_of
from jobunivers.shared.errors import NotFound, Stale, ensure_room

MOST_VERSIONS = 100


def start_version(owner_id: UUID, name: str, *, now: datetime) -> CvVersion:
    """A version that holds all of the full CV, to take out what does not matter for the job. Raises
    Full.
    """
    cv = services.cv_to_change(owner_id, now)
    ensure_room(len(list_versions(cv)), MOST_VERSIONS)
    picks = [
        CvPick(entry_id=entry.id, is_in=True, position=place, own={})
        for place, entry in enumerate(cv.entries)
    ]
    version = CvVersion(cv_id=_id_of(cv), name=name, own={}, changed_at=now, picks=picks)
    db.session.add(version)
    db.session.flush()
    return version


def _id_of(cv: Cv) -> UUID:
    db.session.flush()  # a CV made just now has no id before
    return cv.id


def _to_change(owner_id: UUID, version_id: UUID, now: datetime) -> VersionInFull:
    lock_owner(owner_id)
    found = get_version_for(owner_id, version_id)
    found.version.changed_at = now
    return found


def _pick_of(found: VersionInFull, entry_id: UUID) -> CvPick:
    for pick in found.version.picks:
        if pick.entry_id == entry_id and entry_id in found.entries:
            return pick
    raise NotFound


def change_top(
    owner_id: UUID,
    version_id: UUID,
    values: Mapping[str, Any],
    *,
    version: str | None,
    now: datetime,
) -> datetime:
    """Its name, and title and profile text where they differ from the full CV. Raises NotFound, or
    Stale with what is stored.
    """
    found = _to_change(owner_id, version_id, now)
    ensure_unchanged(version, stored=top_values(found), wanted=values)
    full = top_of(found.cv)
    found.version.name = values["name"]
    found.version.own = own_words.written(
        full, found.version.own, {field: values[field] for field in full}
    )
    db.session.flush()
    return now


def top_values(found: VersionInFull) -> dict[str, Any]:
    """Name, title and profile text, as their form edits them."""
    return {"name": found.version.name} | own_words.shown(top_of(found.cv), found.version.own)


def pick_values(found: VersionInFull) -> dict[str, Any]:
    """The ids of the entries that go in, as the form of choices edits them."""
    return {
        "entries": sorted(
            str(pick.entry_id) for section in Section for pick in found.picks(section)
        )
    }


def choose(
    owner_id: UUID, version_id: UUID, wanted: Collection[str], *, version: str | None, now: datetime
) -> datetime:
    """What goes in. What is taken out keeps its place and its own words. Raises NotFound, or Stale
    with what is stored.
    """
    found = _to_change(owner_id, version_id, now)
    ensure_unchanged(version, stored=pick_values(found), wanted={"entries": sorted(wanted)})
    known = {pick.entry_id: pick for pick in found.version.picks}
    for place, entry in enumerate(found.cv.entries):
        if entry.id in known:
            known[entry.id].is_in = str(entry.id) in wanted
        elif str(entry.id) in wanted:
            found.version.picks.append(
                CvPick(entry_id=entry.id, is_in=True, position=place, own={})
            )
    db.session.flush()
    return now


def entry_words(found: VersionInFull, entry_id: UUID) -> dict[str, Any]:
    """Title and points of an entry as the version has them. Raises NotFound."""
    return own_words.shown(
        words_of(found.entries[_pick_of(found, entry_id).entry_id]), _pick_of(found, entry_id).own
    )


def differences_of(found: VersionInFull, entry_id: UUID) -> list[Difference]:
    """What the version says of an entry in words of its own. Raises NotFound."""
    return found.differences(_pick_of(found, entry_id))


def change_entry(
    owner_id: UUID,
    version_id: UUID,
    entry_id: UUID,
    values: Mapping[str, Any],
    *,
    version: str | None,
    now: datetime,
) -> datetime:
    """An entry's words in this version only. Raises NotFound, or Stale with what is stored."""
    found = _to_change(owner_id, version_id, now)
    pick = _pick_of(found, entry_id)
    full = words_of(found.entries[entry_id])
    stored = {name: value for name, value in entry_words(found, entry_id).items() if name in values}
    ensure_unchanged(version, stored=stored, wanted=values)
    pick.own = own_words.written(full, pick.own, values)
    db.session.flush()
    return now


def move(owner_id: UUID, version_id: UUID, entry_id: UUID, step: int, *, now: datetime) -> None:
    """One place up (-1) or down (1) among what goes in of its section; at the end it stays. Raises
    NotFound.
    """
    found = _to_change(owner_id, version_id, now)
    pick = _pick_of(found, entry_id)
    picks = found.picks(found.entries[entry_id].section)
    here = picks.index(pick) if pick in picks else 0
    there = min(max(here + step, 0), len(picks) - 1)
    places = [one.position for one in picks]
    picks.insert(there, picks.pop(here))
    for one, place in zip(picks, _rising(places), strict=True):
        one.position = place
    db.session.flush()
    db.session.expire(found.version, ["picks"])


def _rising(places: list[int]) -> list[int]:
    """The same places, each above the one before it."""
    risen: list[int] = []
    for place in places:
        risen.append(max(place, risen[-1] + 1) if risen else place)
    return risen


def decide(
    owner_id: UUID,
    version_id: UUID,
    entry_id: UUID | None,
    field: str,
    *,
    seen: str,
    keep: bool,
    now: datetime,
) -> None:
    """Her own words or those of the full CV for one field (`entry_id` None: at the top). `seen` is
    the digest of the text she was offered.

    Raises NotFound; Stale when the full CV says something else by now.
    """
    found = _to_change(owner_id, version_id, now)
    holder, full = (
        (found.version, top_of(found.cv))
        if entry_id is None
        else (_pick_of(found, entry_id), words_of(found.entries[entry_id]))
    )
    if field not in full:
        raise NotFound
    if seen != version_of({field: full[field]}):
        raise Stale(full)
    holder.own = own_words.decided(full, holder.own, field, keep=keep)
    db.session.flush()


def copy_version(owner_id: UUID, version_id: UUID, name: str, *, now: datetime) -> CvVersion:
    """The same choice and words under another name. Raises NotFound and Full."""
    lock_owner(owner_id)
    found = get_version_for(owner_id, version_id)
    ensure_room(len(list_versions(found.cv)), MOST_VERSIONS)
    picks = [
        CvPick(entry_id=pick.entry_id, is_in=pick.is_in, position=pick.position, own=pick.own)
        for pick in found.version.picks
    ]
    copied = CvVersion(
        cv_id=found.cv.id, name=name, own=found.version.own, changed_at=now, picks=picks
    )
    db.session.add(copied)
    db.session.flush()
    return copied


def delete_version(owner_id: UUID, version_id: UUID) -> None:
    """Throws a version away; the full CV stays as it is. Raises NotFound."""
    lock_owner(owner_id)
    db.session.delete(get_version_for(owner_id, version_id).version)
    db.session.flush()


def adopt(from_owner_id: UUID, to_owner_id: UUID) -> None:
    """Moves a draft's versions to the CV that took its entries over (services.adopt); each choice
    points at the entry that says the same.
    """
    source, target = queries.find_cv(from_owner_id), queries.find_cv(to_owner_id)
    if source is None or target is None:
        return
    same = _same_entries(source, target)
    for version in list_versions(source):
        for pick in list(version.picks):
            if pick.entry_id in same:
                pick.entry_id = same[pick.entry_id]
            else:
                version.picks.remove(pick)
        version.cv_id = target.id
    db.session.flush()


def _same_entries(source: Cv, target: Cv) -> dict[UUID, UUID]:
    """Entry of the source -> entry of the target that says the same; each is used once."""
    left, same = list(target.entries), {}
    for entry in source.entries:
        match = next((one for one in left if _said(one) == _said(entry)), None)
        if match is not None:
            left.remove(match)
            same[entry.id] = match.id
    return same


def _said(entry: CvEntry) -> tuple[Any, ...]:
    return (entry.section, *queries.entry_values(entry).values())
