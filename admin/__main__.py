"""`python -m admin [--home DIR] serve`, `retain`, `user add NAME` …; the `kiosk` command runs it."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from admin import accounts, console, retain
from admin.accounts import BadAccount
from admin.roles import Role
from kiosk.errors import LinliError, Mistakes, WrongCall
from kiosk.files import Home, check_home

GOOD, PROBLEM, WRONG = 0, 1, 2

_ACTIONS = {
    "add": "新账号 a new account; the password is asked for",
    "list": "所有账号 all accounts",
    "reset": "给一个新密码，关闭两步验证 a new first password; the second step is off",
    "sessions": "登录着的地方 who is logged in, where, since when",
    "logout": "让他从所有地方退出登录 end all log-ins of somebody",
    "off": "停用账号 switch an account off",
    "on": "重新启用 switch it on again",
}
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
            from admin import serve  # all the pages: a second that no account needs

            serve.serve(home, kept=chosen.kept)
        elif chosen.command == "retain":
            retain.command(home, dry_run=chosen.dry_run)
        else:
            console.command(home, chosen)
    except (Mistakes, WrongCall) as error:
        print(error, file=sys.stderr)
        return WRONG
    except LinliError as error:
        print(error, file=sys.stderr)
        return PROBLEM
    return GOOD


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk", description="邻里屏的网页 the web of Linli")
    _add_home(parser, os.environ.get("KIOSK_HOME", "."))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serving = commands.add_parser("serve", help="只开网页 the web alone")
    _add_home(serving, argparse.SUPPRESS)
    serving.add_argument(
        "--kept", action="store_true", help="用上一份好的设置 by the last settings that were good"
    )
    retaining = commands.add_parser("retain", help="删除到期的联系方式、照片和原话 erase what is due")
    _add_home(retaining, argparse.SUPPRESS)
    retaining.add_argument(
        "--dry-run", action="store_true", help="只说会删什么 only say what would be erased"
    )
    _add_user(commands.add_parser("user", help="账号 accounts"))
    return parser


def _add_user(user: argparse.ArgumentParser) -> None:
    _add_home(user, argparse.SUPPRESS)
    actions = user.add_subparsers(dest="action", required=True, metavar="ACTION")
    for action, words in _ACTIONS.items():
        one = actions.add_parser(action, help=words, description=words)
        _add_home(one, argparse.SUPPRESS)
        if action != "list":
            one.add_argument(
                "name", metavar="NAME", nargs="?" if action == "sessions" else None, help="名字 name"
            )
        if action == "add":
            one.add_argument(
                "--role",
                type=_role,
                metavar="ROLE",
                default="editor",
                help=f"角色，可以有几个，用逗号隔开 one role or several with commas: {', '.join(Role)}",
            )


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
