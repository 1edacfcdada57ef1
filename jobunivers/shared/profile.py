"""The municipality as data: name, groups, contact rules, meeting kinds, places, programmes,
switches. Read once from content/profiles/; what a file may hold stands in `profile_types.py`.

`common/` holds what every municipality has; a municipality's own folder holds its differences: keys
of a mapping replace the common ones, rows of a list replace the fields of the common row with the
same `code`, new rows come last, and `leave_out: true` drops one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from jobunivers.shared import schema
from jobunivers.shared.content import CONTENT, ContentError, localized, sheet
from jobunivers.shared.profile_types import (
    Area,
    AreaDemand,
    Basics,
    ContactRule,
    DemandSheet,
    DemoOverlay,
    ExemptionReason,
    Location,
    MeetingKind,
    Programme,
    ScreeningSettings,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    Switch,
    TargetGroup,
    Track,
)
from jobunivers.shared.schema import Complaint
from jobunivers.shared.sheets import Fault, Layers
from jobunivers.shared.theme import theme_css

PROFILES = CONTENT / "profiles"
COMMON = "common"
DEMO = "demo.yaml"
__all__ = [  # whoever knows the profile knows its parts
    "Area",
    "AreaDemand",
    "ContactRule",
    "DemandSheet",
    "ExemptionReason",
    "Location",
    "MeetingKind",
    "Profile",
    "Programme",
    "ScreeningSettings",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "Switch",
    "TargetGroup",
    "Track",
]


@dataclass(frozen=True)
class Profile(Basics):
    """Everything that differs between municipalities."""

    code: str
    css: str  # the theme as a file of styles
    target_groups: tuple[TargetGroup, ...]
    contact_rules: tuple[ContactRule, ...]
    exemption_reasons: tuple[ExemptionReason, ...]
    meeting_kinds: tuple[MeetingKind, ...]
    locations: tuple[Location, ...]
    programmes: tuple[Programme, ...]
    screening: ScreeningSettings
    survey: Survey
    demand: DemandSheet

    def text(self, texts: dict[str, str], code: str) -> str:
        """A text of the profile in that language, Danish when it lacks one."""
        return localized(texts, code)

    def kind(self, code: str) -> MeetingKind:
        """The meeting kind of that code. Raises KeyError."""
        return _by_code(self.meeting_kinds, code)

    def kind_or_like(self, code: str) -> MeetingKind:
        """The same for what stands from before the kind was taken out: then the shape of the first
        kind that everybody may hold, under the old code.
        """
        for kind in self.meeting_kinds:
            if kind.code == code:
                return kind
        plain = (kind for kind in self.meeting_kinds if not kind.requires_grant)
        return replace(next(plain), code=code, name={}, purpose={}, bring={})

    def exemption_reason(self, code: str) -> ExemptionReason:
        """The reason of that code. Raises KeyError."""
        return _by_code(self.exemption_reasons, code)

    def location(self, code: str) -> Location:
        """The place of that code. Raises KeyError."""
        return _by_code(self.locations, code)

    def track(self, code: str) -> Track:
        """The track of that code. Raises KeyError."""
        return _by_code(self.tracks, code)

    def target_group(self, code: str) -> TargetGroup:
        """The legal group of that code. Raises KeyError."""
        return _by_code(self.target_groups, code)


Coded = TypeVar("Coded", TargetGroup, ExemptionReason, MeetingKind, Location, Track)
Part = TypeVar("Part")


def _by_code(items: tuple[Coded, ...], code: str) -> Coded:
    for item in items:
        if item.code == code:
            return item
    raise KeyError(code)


def profile_codes() -> list[str]:
    """Profiles that ship."""
    return sorted(path.name for path in PROFILES.iterdir() if path.is_dir() and path.name != COMMON)


@lru_cache
def load_profile(code: str, *, demo: bool = False) -> Profile:
    """The profile, with the demo overlay when asked. Raises ContentError with every fault of its
    files.
    """
    if code not in profile_codes():
        raise ContentError(
            PROFILES / code, f"there is no profile {code!r}; known: {', '.join(profile_codes())}"
        )
    return _Files(code).profile(demo=demo)


class _Files:
    """Reads the files of one municipality, and goes on after a fault to find the others."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.faults: list[Fault] = []

    def profile(self, *, demo: bool) -> Profile:
        """All files together. Raises ContentError."""
        basics = self._file(Basics, "profile.yaml", _tracks)
        groups = self._rows(TargetGroup, "target-groups.yaml")
        kinds = self._rows(MeetingKind, "meeting-kinds.yaml", _kinds)
        rules = self._rows(
            ContactRule, "contact-rules.yaml", lambda rows: _rules(rows, kinds, groups)
        )
        reasons = self._rows(ExemptionReason, "exemption-reasons.yaml", _dates)
        locations = self._rows(Location, "locations.yaml")
        programmes = self._rows(Programme, "programmes.yaml", _dates, _checked)
        screening = self._file(ScreeningSettings, "screening.yaml", _grounds)
        if demo:
            screening = self._file(ScreeningSettings, "screening.yaml", _grounds, demo=True)
        survey = self._file(Survey, "survey.yaml", _survey)
        demand = self._file(DemandSheet, "demand.yaml", _demand)
        if not (basics and screening and survey and demand) or self.faults:
            raise ContentError.of(self.faults)
        return Profile(
            **vars(basics),
            code=self.code,
            css=theme_css(basics.theme),
            target_groups=groups,
            contact_rules=rules,
            exemption_reasons=reasons,
            meeting_kinds=kinds,
            locations=locations,
            programmes=programmes,
            screening=screening,
            survey=survey,
            demand=demand,
        )

    def _file(
        self, kind: type[Part], name: str, *checks: schema.Check[Part], demo: bool = False
    ) -> Part | None:
        try:
            return schema.read(kind, layers_of(self.code, name, demo=demo), *checks)
        except ContentError as error:
            self.faults += error.faults
            return None

    def _rows(
        self, kind: type[Part], name: str, *checks: schema.Check[tuple[Part, ...]]
    ) -> tuple[Part, ...]:
        try:
            return schema.read_rows(kind, layers_of(self.code, name), *checks)
        except ContentError as error:
            self.faults += error.faults
            return ()


def layers_of(code: str, name: str, *, demo: bool = False) -> Layers:
    """The common file of that name and the municipality's own, those that exist, and the
    demonstration's switches. Raises ContentError when there is none.
    """
    own = PROFILES / code / name
    paths = [path for path in (PROFILES / COMMON / name, own) if path.exists()]
    layers = Layers(tuple(sheet(path) for path in paths or [own]))
    if not demo:
        return layers
    overlay = sheet(PROFILES / DEMO)
    schema.read(DemoOverlay, overlay)
    within = (*((),) * len(layers.sheets), ("screening",))
    return Layers((*layers.sheets, overlay), within)


Dated = TypeVar("Dated", ContactRule, ExemptionReason, Programme)


def _tracks(basics: Basics) -> Iterator[Complaint]:
    for number, complaint in schema.twice(basics.tracks):
        yield ("tracks", *number), complaint
    first, last = basics.quiet_hours
    if first == last:
        yield ("quiet_hours",), "must be two different hours"


def _kinds(kinds: tuple[MeetingKind, ...]) -> Iterator[Complaint]:
    if all(kind.requires_grant for kind in kinds):
        yield (), "needs a kind that everybody may hold (without requires_grant)"
    for number, kind in enumerate(kinds):
        if len(set(kind.forms)) < len(kind.forms):
            yield (number, "forms"), "names a way to meet twice"


def _dates(rows: tuple[Dated, ...]) -> Iterator[Complaint]:
    for number, row in enumerate(rows):
        if row.valid_to and row.valid_to < row.valid_from:
            yield (number, "valid_to"), f"is before its first day {row.valid_from}"


def _checked(rows: tuple[Programme, ...]) -> Iterator[Complaint]:
    for number, row in enumerate(rows):
        if row.checked_on < row.valid_from:
            yield (number, "checked_on"), f"is before its first day {row.valid_from}"


def _rules(
    rules: tuple[ContactRule, ...], kinds: tuple[MeetingKind, ...], groups: tuple[TargetGroup, ...]
) -> Iterator[Complaint]:
    yield from _dates(rules)
    for number, rule in enumerate(rules):
        if kinds:
            yield from schema.unknown((number, "kind"), [rule.kind], [each.code for each in kinds])
        if groups:
            yield from schema.unknown(
                (number, "groups"), rule.groups, [each.code for each in groups]
            )
        if rule.by_week is not None and rule.by_week < rule.from_week:
            yield (number, "by_week"), f"is before its first week {rule.from_week}"
        if (rule.by_week is None) == (rule.every_weeks is None):
            yield (number, "code"), "needs either by_week (once) or every_weeks (again and again)"


def _grounds(settings: ScreeningSettings) -> Iterator[Complaint]:
    """A switch that is on without its grounds would stay off in silence."""
    for name, switch in (("route_b", settings.route_b), ("health", settings.health)):
        if switch.enabled and not switch.is_on:
            lacking = [
                key
                for key in ("paragraph", "responsible", "decided_on")
                if not getattr(switch, key)
            ]
            yield (name, "enabled"), f"is true, and lacks {', '.join(lacking)}"


def _survey(survey: Survey) -> Iterator[Complaint]:
    for place, complaint in schema.twice(survey.questions):
        yield ("questions", *place), complaint
    for number, question in enumerate(survey.questions):
        for place, complaint in schema.twice(question.answers):
            yield ("questions", number, "answers", *place), complaint


def _demand(demand: DemandSheet) -> Iterator[Complaint]:
    for number, area in enumerate(demand.areas):
        seen: set[str] = set()
        for category in ("shortage", "good", "poor", "surplus"):
            for code in getattr(area, category):
                if code in seen:
                    yield ("areas", number, category), f"names {code}, which stands here twice"
                seen.add(code)
        if (area.code is None) != (area.name is None):
            yield ("areas", number), "needs both code and name, or neither (the profile's own area)"
