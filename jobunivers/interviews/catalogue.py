"""Questions that employers often ask, from content/interviews/questions.yaml."""

from dataclasses import dataclass
from functools import lru_cache

from jobunivers.shared.content import CONTENT, ContentError, localized, read_yaml

FILE = CONTENT / "interviews" / "questions.yaml"
KINDS = ("text", "list")


@dataclass(frozen=True)
class Question:
    """One question with advice, in all languages; `kind` says whether the answer is a text or a
    list of lines.
    """

    key: str
    kind: str
    text: dict[str, str]
    hint: dict[str, str]

    def text_in(self, code: str) -> str:
        """The question in that language, in Danish when it is missing."""
        return str(localized(self.text, code))

    def hint_in(self, code: str) -> str:
        """The advice in that language."""
        return str(localized(self.hint, code))


@lru_cache
def questions() -> tuple[Question, ...]:
    """All questions in the order of a usual interview. Raises ContentError."""
    found = []
    for row in read_yaml(FILE):
        try:
            question = Question(**row)
        except TypeError as error:
            raise ContentError(FILE, f"{row.get('key', '?')}: {error}") from error
        if question.kind not in KINDS or not (question.text.get("da") and question.hint.get("da")):
            raise ContentError(
                FILE,
                f"{question.key}: needs a kind ({', '.join(KINDS)}), and text and hint in Danish",
            )
        found.append(question)
    return tuple(found)


def find_question(key: str) -> Question | None:
    """The question of that key."""
    return next((question for question in questions() if question.key == key), None)
