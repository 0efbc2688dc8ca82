"""The card of an answer in `content/`: where it is, and how it leaves the screen. For both webs."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from admin import answer_photo, kept_card, trail
from admin.records import Report
from kiosk.files import Home
from kiosk.settings import Config


def name(config: Config, report: Report) -> str:
    """The file of a report's answer under `content/`, by its public number."""
    folder = config.layout.main.playlist.strip("/")
    file = f"answer-{report.public_number}.toml"
    return f"{folder}/{file}" if folder else file


def path(home: Home, config: Config, report: Report) -> Path:
    """Where that file is, if it is there."""
    return home.content / name(config, report)


def take_off(rows: Session, home: Home, config: Config, report: Report, account: str, at: datetime) -> None:
    """Take the answer off the screen, at once; what was written stays in the register.

    The photo goes first: without its card it would be a slide of its own.
    """
    file = path(home, config, report)
    before = kept_card.text_of(file)
    answer_photo.path(home, config, report).unlink(missing_ok=True)
    file.unlink(missing_ok=True)
    if report.answer:
        report.answer.slide, report.answer.withdrawn = "", at
    trail.note(rows, at, account, "answer.withdraw", report.public_number, before)
