"""What can go wrong, said so that the next person knows what to do.

Every sentence that reaches people is a `Words`: Chinese first, English second.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} {self.en}"

    def spoken(self, language: str) -> str:
        """The sentence in `language` (`zh` unless it begins with `en`)."""
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a file that people write: the file, its line (from 1) and the sentence."""

    file: str
    line: int | None
    words: Words

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.words}"


class LinliError(Exception):
    """The root of every error of ours; `words` is what people are told."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


class Refusal(LinliError):
    """A file that cannot be shown or taken in, and why."""


class DiskFull(LinliError):
    """There is not enough room left to write; `short` bytes are missing, as far as that is known."""

    def __init__(self, words: Words, short: int = 0) -> None:
        super().__init__(words)
        self.short = short


class WrongCall(LinliError):
    """A command was called with something it cannot work with (exit status 2)."""


class Mistakes(LinliError):
    """All the mistakes found in one reading of a file or of a whole `config/`."""

    def __init__(self, found: tuple[Mistake, ...]) -> None:
        lines = [str(mistake) for mistake in found]
        super().__init__(Words("；".join(m.words.zh for m in found), "\n".join(lines)))
        self.found = found

    def __str__(self) -> str:
        return "\n".join(str(mistake) for mistake in self.found)
