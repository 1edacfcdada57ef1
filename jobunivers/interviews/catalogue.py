"""Questions that employers often ask, from content/interviews/questions.yaml."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from jobunivers.shared import schema
from jobunivers.shared.content import CONTENT, localized, sheet
from jobunivers.shared.data_types import Code, Texts

FILE = CONTENT / "interviews" / "questions.yaml"


@dataclass(frozen=True)
class Question:
    """One question with advice, in all languages; `kind` says whether the answer is a text or a
    list of lines.
    """

    key: Code  # answers and exercises (interview.<key>) hang on it
    kind: Literal["text", "list"]  # one answer, or one on each line
    text: Texts  # the question
    hint: Texts  # advice, never a rule

    def text_in(self, code: str) -> str:
        """The question in that language, in Danish when it is missing."""
        return localized(self.text, code)

    def hint_in(self, code: str) -> str:
        """The advice in that language."""
        return localized(self.hint, code)


@lru_cache
def questions() -> tuple[Question, ...]:
    """All questions in the order of a usual interview. Raises ContentError."""
    return schema.read_rows(Question, sheet(FILE), lambda rows: schema.twice(rows, "key"))


def find_question(key: str) -> Question | None:
    """The question of that key."""
    return next((question for question in questions() if question.key == key), None)
