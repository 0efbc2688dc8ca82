"""`python -m admin [--home DIR] serve`, or `user add NAME --role ROLE`; the `kiosk` command runs it."""

import argparse
import getpass
import logging
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from admin import accounts, db, serve, setup, trail
from admin.accounts import BadAccount
from admin.roles import Role
from kiosk import settings
from kiosk.errors import LinliError, Mistakes, Words, WrongCall
from kiosk.files import Home, check_home, prepare

GOOD, PROBLEM, WRONG = 0, 1, 2

_SHORT = {"admin": "administrator", "staff": "editor"}
"""What people type for a role."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status (0 good, 1 a problem found, 2 a wrong call)."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S", stream=sys.stderr
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a page asks for many thumbnails at once
    chosen = _parser().parse_args(arguments)
    home = Home(Path(chosen.home).resolve())
    try:
        check_home(home)
        if chosen.command == "serve":
            serve.serve(home, kept=chosen.kept)
        else:
            add_account(home, chosen.name, chosen.role, _password())
    except (Mistakes, WrongCall) as error:
        print(error, file=sys.stderr)
        return WRONG
    except LinliError as error:
        print(error, file=sys.stderr)
        return PROBLEM
    return GOOD


def add_account(home: Home, name: str, role: str, password: str) -> None:
    """Add an account; the set-up link is void from then on. Raises `BadAccount`."""
    prepare(home)
    engine = db.engine(home, settings.load(home))
    db.migrate(engine)
    at = datetime.now(UTC)
    with db.session(engine) as rows:
        account = accounts.add(rows, name, password, role, at)
        trail.note(rows, at, "command line", "account.add", account.name, after=role)
    setup.close(home)
    engine.dispose()
    print(f"已添加 added: {account.name} ({role})")


def _password() -> str:
    """Asked for twice at a terminal; else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("密码 password: ")
    if getpass.getpass("再输一次 once more: ") != first:
        raise WrongCall(Words("两次输入的密码不一样。", "The two passwords are not the same."))
    return first


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk", description="邻里屏的网页 the web of Linli")
    _add_home(parser, os.environ.get("KIOSK_HOME", "."))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serving = commands.add_parser("serve", help="只开网页 the web alone")
    _add_home(serving, argparse.SUPPRESS)
    serving.add_argument(
        "--kept", action="store_true", help="用上一份好的设置 by the last settings that were good"
    )
    user = commands.add_parser("user", help="账号 accounts")
    _add_home(user, argparse.SUPPRESS)
    add = user.add_subparsers(dest="action", required=True).add_parser("add", help="新账号 a new account")
    _add_home(add, argparse.SUPPRESS)
    add.add_argument("name", metavar="NAME", help="登录用的名字 the name to log in with")
    add.add_argument(
        "--role",
        type=_role,
        metavar="ROLE",
        default="editor",
        help=f"角色，可以有几个，用逗号隔开 one role or several with commas: {', '.join(Role)}",
    )
    return parser


def _role(typed: str) -> str:
    try:
        return accounts.read_roles(",".join(_SHORT.get(one, one) for one in typed.split(",")))
    except BadAccount as error:
        raise argparse.ArgumentTypeError(str(error.words)) from error


def _add_home(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument(
        "--home", default=default, metavar="DIR", help="家目录（默认当前目录） the home folder"
    )


if __name__ == "__main__":
    sys.exit(main())
