"""The web as a process: what it prints, the accounts of the command line, the ports."""

import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from processes import Kiosk, answers, free_port, settings, until
from sqlalchemy import select

from admin import accounts, db, sessions
from admin.records import Account
from kiosk import settings as configuration
from kiosk.files import Home


def command(home: Home, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "kiosk", "--home", str(home.root), *words]
    return subprocess.run(whole, input=typed, capture_output=True, text=True, timeout=60, check=False)


def ports(home: Home) -> tuple[int, int]:
    staff, public = free_port(), free_port()
    settings(home, f"[web]\nstaff_port = {staff}\npublic_port = {public}\n")
    return staff, public


def names(home: Home) -> Sequence[str]:
    engine = db.engine(home, configuration.load(home))
    with db.reading(engine) as rows:
        return [f"{one.name} {one.role}" for one in rows.scalars(select(Account))]


def code_of(url: str) -> int:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return int(answer.status)


def test_both_webs_answer_and_only_the_first_start_prints_a_set_up_link(home: Home) -> None:
    staff, public = ports(home)

    with Kiosk(home, "serve") as first:
        link = until(lambda: re.search(r"http://\S+/setup\?key=\S+", first.said), what="the link")
        assert code_of(link.group(0)) == 200
        assert code_of(f"http://127.0.0.1:{staff}/login") == 200
        assert code_of(f"http://127.0.0.1:{public}/F/SCREEN") == 200
    added = command(home, "user", "add", "值班室", "--role", "admin", typed="daisies by the gate\n")
    assert added.returncode == 0
    (home.state / "serve.log").unlink()

    with Kiosk(home, "serve") as second:
        until(lambda: f":{staff}/live" in second.said, what="the addresses")
        assert "/setup" not in second.said and not (home.keys / "setup").exists()


def test_an_account_is_added_from_the_command_line(home: Home) -> None:
    good = command(home, "user", "add", "物业", "--role", "staff", typed="daisies by the gate\n")
    again = command(home, "user", "add", "物业", "--role", "staff", typed="daisies by the gate\n")
    short = command(home, "user", "add", "another", "--role", "staff", typed="short\n")
    wrong = command(home, "user", "add", "another", "--role", "emperor", typed="daisies by the gate\n")

    assert (good.returncode, again.returncode, short.returncode, wrong.returncode) == (0, 1, 1, 2)
    assert "已经有人用了" in again.stderr and "至少 8 个字" in short.stderr
    assert names(home) == ["物业 editor"] and "daisies" not in good.stdout + good.stderr


@pytest.mark.parametrize(
    ("door", "length", "words"),
    [(0, 10**12, "内容太大了，没有收下"), (1, 10**12, "内容太大了"), (1, "many", "这个请求看不懂")],
)
def test_what_the_server_itself_refuses_is_said_in_chinese_first(
    home: Home, door: int, length: int | str, words: str
) -> None:
    port = ports(home)[door]
    with Kiosk(home, "serve"):
        until(lambda: answers(f"http://127.0.0.1:{port}/"), what="the web")
        with socket.create_connection(("127.0.0.1", port), timeout=10) as caller:
            caller.sendall(f"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n".encode())
            said = b"".join(iter(lambda: caller.recv(4096), b"")).decode()

    head, _, body = said.partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 4") and body.startswith(words)


def test_a_role_that_there_is_not_is_one_clear_sentence(home: Home) -> None:
    said = command(home, "user", "add", "a", "--role", "emperor", typed="daisies by the gate\n")

    assert "没有“emperor”这个角色，只能是：administrator、editor" in said.stderr


def test_whoever_has_forgotten_the_password_gets_a_new_one_at_the_console(home: Home) -> None:
    command(home, "user", "add", "值班室", "--role", "admin", typed="daisies by the gate\n")

    said = command(home, "user", "reset", "值班室").stdout
    listed = command(home, "user", "list").stdout
    nobody = command(home, "user", "reset", "谁")

    [password] = re.findall(r"^  (\w{4}-\w{4}-\w{4})$", said, re.MULTILINE)
    engine = db.engine(home, configuration.load(home))
    with db.reading(engine) as rows:
        account = accounts.matching(rows, "值班室", password)
    assert account is not None and account.first_password and "first password" in listed
    assert nobody.returncode == 1 and "没有叫“谁”的账号，现有：值班室" in nobody.stderr


def test_log_ins_are_listed_and_ended_at_the_console(home: Home) -> None:
    command(home, "user", "add", "值班室", "--role", "admin", typed="daisies by the gate\n")
    engine = db.engine(home, configuration.load(home))
    with db.session(engine) as rows:
        account = accounts.everybody(rows)[0]
        sessions.begin(rows, account, datetime.now(UTC), "Chrome · Windows")

    before, ended, after = (
        command(home, "user", *words).stdout for words in (["sessions"], ["logout", "值班室"], ["sessions"])
    )

    assert "值班室" in before and "Chrome · Windows" in before and "Log-ins ended: 1" in ended and after == ""


def test_the_last_administrator_is_not_switched_off_at_the_console_either(home: Home) -> None:
    command(home, "user", "add", "甲", "--role", "admin", typed="daisies by the gate\n")
    command(home, "user", "add", "乙", "--role", "editor,handler", typed="daisies by the gate\n")

    refused, fine = command(home, "user", "off", "甲"), command(home, "user", "off", "乙")

    assert (refused.returncode, fine.returncode) == (1, 0) and "最后一位管理员" in refused.stderr
    assert names(home) == ["甲 administrator", "乙 editor,handler"]


def test_a_state_that_is_a_file_is_one_clear_sentence(home: Home) -> None:
    home.state.rename(home.root / "away")
    home.state.write_text("no folder")

    said = command(home, "user", "add", "a", "--role", "staff", typed="daisies by the gate\n")

    assert said.returncode == 1 and "要是文件夹，现在是别的东西" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_taken_port_is_one_clear_sentence(home: Home) -> None:
    staff, _ = ports(home)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", staff))
        taken.listen()

        said = command(home, "serve")

    assert said.returncode == 1 and f"127.0.0.1:{staff} 打不开" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_folder_that_is_no_home_is_a_wrong_call(home: Home) -> None:
    home.content.rmdir()

    said = command(home, "serve")

    assert said.returncode == 2 and "kiosk init" in said.stderr


@pytest.mark.parametrize("password", ["12345678", "password", "ｐａｓｓｗｏｒｄ", "Longname1"])
def test_a_password_that_is_guessed_first_is_refused(home: Home, password: str) -> None:
    engine = db.engine(home, configuration.load(home))
    db.migrate(engine)

    with pytest.raises(accounts.BadAccount, match="太容易被猜到"), db.session(engine) as rows:
        accounts.add(rows, "longname1", password, "editor", datetime.now(UTC))
