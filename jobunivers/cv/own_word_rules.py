"""Words of a version that differ from the full CV. Pure.

`own` maps a field to {"mine": what the version says, "seen": what the full CV said when that was
decided}. A field that is not in it follows
the full CV. When the full CV has moved on from what was seen, both texts are offered; until she
decides, hers stands.
"""

from collections.abc import Mapping
from typing import Any

Values = dict[str, Any]


def shown(full: Mapping[str, Any], own: Mapping[str, Any]) -> Values:
    """The values as the version has them: her own where there are some, else those of the full CV."""
    return {field: own[field]["mine"] if field in own else value for field, value in full.items()}


def written(full: Mapping[str, Any], own: Mapping[str, Any], wanted: Mapping[str, Any]) -> Values:
    """`own` after the form was saved: what is as in the full CV follows it again, what was hers
    already keeps what was seen.
    """
    return {
        field: {"mine": value, "seen": own[field]["seen"] if field in own else full[field]}
        for field, value in wanted.items()
        if value != full[field]
    }


def outdated(full: Mapping[str, Any], own: Mapping[str, Any]) -> list[str]:
    """Fields of her own that the full CV has changed since, in the order of `full`."""
    return [
        field
        for field in full
        if field in own and own[field]["seen"] != full[field] != own[field]["mine"]
    ]


def decided(full: Mapping[str, Any], own: Mapping[str, Any], field: str, *, keep: bool) -> Values:
    """`own` after she chose between both texts of a field: her own with the new one seen, or the
    full CV's again.
    """
    rest = {name: value for name, value in own.items() if name != field}
    return (
        rest | {field: {"mine": own[field]["mine"], "seen": full[field]}}
        if keep and field in own
        else rest
    )
