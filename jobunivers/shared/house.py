"""What a feature says of itself, and the house that is made of all features: one frozen declaration
in each `feature.py`, read once when the application starts and kept by the application.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from flask import Flask, current_app

from jobunivers.shared.data_files import DataFile
from jobunivers.shared.errors import UnmetPort
from jobunivers.shared.profile import Profile

Answer = TypeVar("Answer")
Source = Callable[[UUID], dict[str, Any]]


class Port(Generic[Answer]):
    """Something that a feature asks of another one, by a name. Called, it gives what was offered in
    this application: `SENDER()(owner_id)`.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self) -> Answer:
        return cast(Answer, house().answers[self.name])

    def answered_by(self, answer: Answer) -> "Offer":
        """The declaration of a feature that it answers here."""
        return Offer(self.name, answer)


@dataclass(frozen=True)
class Offer:
    """What a feature gives others, under the name of their port. Made by `Port.answered_by`, which
    checks the type.
    """

    port: str
    answer: object


@dataclass(frozen=True)
class Views:
    """A file of views and the address under which its pages lie."""

    module: str
    prefix: str = ""


@dataclass(frozen=True)
class Known:
    """What a feature knows of a person, by the name of the part under which she reads it."""

    of_owner: Mapping[str, Source] = field(default_factory=dict)  # self-service work
    of_herself: Mapping[str, Source] = field(default_factory=dict)  # not even a helper reads it
    of_citizen: Mapping[str, Source] = field(default_factory=dict)  # the municipality's case


@dataclass(frozen=True)
class Feature:
    """All that the rest of the house must know of a feature."""

    name: str
    views: tuple[Views, ...] = ()
    keepsakes: tuple[Any, ...] = ()
    registers: tuple[Callable[[], None], ...] = ()  # notices and jobs
    reads: tuple[Callable[[], object], ...] = ()  # content: a broken file stops the start
    files: tuple[DataFile, ...] = ()  # data files, for documentation and editors
    judges: tuple[Callable[[Profile], None], ...] = ()  # what it refuses of a municipality's files
    known: Known = Known()
    labels: Mapping[str, Any] = field(default_factory=dict)  # words of its parts
    hers_alone: frozenset[str] = frozenset()  # endpoints that no power of attorney reaches
    needs: tuple[Port[Any], ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class House:
    """All features together, as one application has them."""

    features: tuple[Feature, ...]
    answers: Mapping[str, object]
    keepsakes: dict[str, Any]
    of_owner: Mapping[str, Source]
    of_herself: Mapping[str, Source]
    of_citizen: Mapping[str, Source]
    labels: Mapping[str, Any]
    hers_alone: frozenset[str]


def build(features: Iterable[Feature]) -> House:
    """Puts the declarations together. Raises UnmetPort when one needs what none offers, or two
    declare the same thing.
    """
    found = tuple(features)
    answers = _once("port", ((o.port, o.answer) for one in found for o in one.offers))
    for one in found:
        for port in one.needs:
            if port.name not in answers:
                raise UnmetPort(
                    f"{one.name} needs {port.name}, which no feature offers (wiring.py)"
                )
    return House(
        features=found,
        answers=answers,
        keepsakes=_once("keepsake", ((k.prefix, k) for one in found for k in one.keepsakes)),
        of_owner=_once("part", (pair for one in found for pair in one.known.of_owner.items())),
        of_herself=_once("part", (pair for one in found for pair in one.known.of_herself.items())),
        of_citizen=_once("part", (pair for one in found for pair in one.known.of_citizen.items())),
        labels=_once("label", (pair for one in found for pair in one.labels.items())),
        hers_alone=frozenset().union(*(one.hers_alone for one in found)),
    )


def _once(what: str, pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise UnmetPort(f"the {what} {name} is declared twice (wiring.py)")
        found[name] = value
    return found


def open_in(app: Flask, features: Iterable[Feature]) -> None:
    """Gives the application its features: their pages, words, notices, jobs and answers."""
    built = build(features)
    app.extensions["house"] = built
    for one in built.features:
        for views in one.views:
            module = import_module(f"jobunivers.{one.name}.{views.module}")
            app.register_blueprint(module.bp, url_prefix=views.prefix or None)
        for act in (*one.registers, *one.reads):
            act()
        for judge in one.judges:
            judge(app.config["PROFILE"])


def house() -> House:
    """The house of the application that is running."""
    return cast(House, current_app.extensions["house"])
