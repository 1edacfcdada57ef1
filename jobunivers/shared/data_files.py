"""Which data files there are and what each holds: declared by the features, read by `content
schemas` for documentation and for editors.
"""

from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Literal

from jobunivers.shared.data_types import Texts
from jobunivers.shared.profile_types import (
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
    TargetGroup,
)


@dataclass(frozen=True)
class DataFile:
    """A kind of data file. `pattern` is under content/, with * for a municipality, a language or a
    name; `shape` says whether the form is the whole file, a row of a list, or a value of a mapping.
    """

    pattern: str
    form: object
    shape: Literal["file", "rows", "keyed"] = "file"
    about: str = ""  # where the form has no text of its own

    @property
    def name(self) -> str:
        """What its schema is called: "profiles.meeting-kinds"."""
        parts = self.pattern.removesuffix(".yaml").replace("/", ".").split(".")
        return ".".join(part.rstrip("-*") for part in parts if part.rstrip("-*"))

    def holds(self, path: str) -> bool:
        """True when the file (under content/) is one of these."""
        return fnmatch(path, self.pattern) and path.count("/") == self.pattern.count("/")

    @property
    def is_layered(self) -> bool:
        """True for files of a municipality, which hold differences from the common ones."""
        return self.pattern.startswith("profiles/*/")


PROFILE_FILES = (
    DataFile("profiles/*/profile.yaml", Basics),
    DataFile("profiles/*/screening.yaml", ScreeningSettings),
    DataFile("profiles/*/target-groups.yaml", TargetGroup, "rows"),
    DataFile("profiles/*/contact-rules.yaml", ContactRule, "rows"),
    DataFile("profiles/*/meeting-kinds.yaml", MeetingKind, "rows"),
    DataFile("profiles/*/locations.yaml", Location, "rows"),
    DataFile("profiles/*/exemption-reasons.yaml", ExemptionReason, "rows"),
    DataFile("profiles/*/programmes.yaml", Programme, "rows"),
    DataFile("profiles/*/survey.yaml", Survey),
    DataFile("profiles/*/demand.yaml", DemandSheet),
    DataFile("profiles/demo.yaml", DemoOverlay),
)
SHARED_FILES = (
    *PROFILE_FILES,
    DataFile("terms.yaml", Texts, "keyed", "Danish terms that stay Danish in every language."),
)
