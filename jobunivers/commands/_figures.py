"""What the house measures of itself; the bars stand in docs/architecture.md and in the checks."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from jobunivers.commands import _tools
from jobunivers.config import ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(folder: str) -> list[Path]:
    """Python files of a folder, without migrations: they are written once and never read again."""
    return [path for path in sorted((ROOT / folder).rglob("*.py")) if "versions" not in path.parts]


def lines_of(paths: Sequence[Path]) -> list[str]:
    """Their lines that are not blank."""
    return [line for path in paths for line in path.read_text("utf-8").splitlines() if line.strip()]


def at(share: float, numbers: Sequence[int]) -> int:
    """The number below which that share of them lies."""
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0


def functions(paths: Sequence[Path]) -> Iterator[Function]:
    """All functions and methods, inner ones too."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, Function):
                yield node


def says_any(function: Function) -> bool:
    """Whether its signature contains `Any`."""
    given = function.args
    arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    annotations = [one.annotation for one in arguments if one is not None] + [function.returns]
    return any(
        isinstance(part, ast.Name) and part.id == "Any"
        for annotation in annotations
        if annotation is not None
        for part in ast.walk(annotation)
    )


def lines() -> list[str]:
    """The table, as it stands in docs/architecture.md."""
    code = sources("jobunivers")
    python = [len(line) for line in lines_of([*code, *sources("tests"), *sources("benchmarks")])]
    pages = [len(line) for line in lines_of(_tools.templates())]
    found = list(functions(code))
    sizes = [(function.end_lineno or 0) - function.lineno + 1 for function in found]
    public = [one for one in found if not one.name.startswith("_")]
    shares = {
        "any": sum(map(says_any, found)) / len(found),
        "over": sum(size > 100 for size in python) / len(python),
        "told": sum(ast.get_docstring(one) is not None for one in public) / len(public),
    }
    tests = len(lines_of(sources("tests"))) / len(lines_of(code))
    rows = [
        (
            "Python line, p90 / share over 100",
            f"{at(0.9, python)} / {shares['over']:.1%}",
            "≤ 92, max 110",
        ),
        ("template line, p90 / max", f"{at(0.9, pages)} / {max(pages)}", "≤ 110, max 200"),
        ("signatures with `Any`", f"{shares['any']:.1%}", "≤ 5 %"),
        ("tests : code, lines", f"{tests:.2f}", "≥ 1.0"),
        (
            "function, median / p90 / max lines",
            f"{at(0.5, sizes)} / {at(0.9, sizes)} / {max(sizes)}",
            "≤ 50",
        ),
        ("public functions with a docstring", f"{shares['told']:.0%}", "all"),
    ]
    return ["| figure | today | bar |", "|---|---|---|"] + [
        f"| {' | '.join(row)} |" for row in rows
    ]
