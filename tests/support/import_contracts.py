"""A contract of import-linter that goes by the suffix of a file's name, so that no list is kept by
hand: `exam_services` and everything in a folder `services` stand under the contract of `services`.
"""

from collections.abc import Iterator
from typing import Any

from importlinter import Contract, ContractCheck, fields
from importlinter.contracts.forbidden import ForbiddenContract

# Packages of tools and starting points, whose files are named for what they do.
OUTSIDE = frozenset({"commands", "migrations", "seed", "shared"})


def kind_of(module: str, kinds: frozenset[str]) -> str | None:
    """The kind of file that a module of a feature is, by its last word or that of its folder. None
    when the name says none.
    """
    for part in reversed(module.split(".")[2:]):
        for kind in kinds:
            if part == kind or part.endswith(f"_{kind}"):
                return kind
    return None


def is_of_feature(module: str) -> bool:
    """True for files inside a feature's folder (or `portal`), not for the folder itself."""
    parts = module.split(".")
    return len(parts) > 2 and parts[0] == "jobunivers" and parts[1] not in OUTSIDE


class BySuffix(Contract):  # type: ignore[misc]
    """`forbidden` for all modules of features whose kind is one of `suffixes`."""

    suffixes = fields.SetField(subfield=fields.StringField())
    forbidden_modules = fields.ListField(subfield=fields.StringField())
    allow_indirect_imports = fields.BooleanField(required=False, default=True)

    def check(self, graph: Any, verbose: bool) -> ContractCheck:
        """Hands the modules found to import-linter's own contract."""
        found = sorted(self.modules(graph))
        assert found, f"no module has a suffix of {self.name}"
        options = {
            "source_modules": found,
            "forbidden_modules": self.contract_options["forbidden_modules"],
            "allow_indirect_imports": str(self.allow_indirect_imports),
            "as_packages": "False",
        }
        self.inner = ForbiddenContract(self.name, self.session_options, options)
        return self.inner.check(graph, verbose)

    def modules(self, graph: Any) -> Iterator[str]:
        """Modules of ours that stand under this contract."""
        kinds = frozenset(self.suffixes)
        for module in graph.modules:
            if is_of_feature(module) and kind_of(module, kinds):
                yield module

    def render_broken_contract(self, check: ContractCheck) -> None:
        """As import-linter says it."""
        self.inner.render_broken_contract(check)
