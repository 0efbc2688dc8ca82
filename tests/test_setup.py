"""`make` on a machine where something is missing: the commands that it has lie in a folder of their own."""

import os
import pty
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
COMMANDS = ["bash", "cat", "env", "grep", "make", "mktemp", "paste", "rm", "sha256sum", "tail"]


@dataclass(frozen=True)
class Machine:
    """A checkout without `.venv`, and the only commands that its `make` can find."""

    checkout: Path
    commands: Path

    def command(self, name: str, script: str) -> None:
        """Put a command there."""
        path = self.commands / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!{shutil.which('bash')}\n{script}\n", "utf-8")
        path.chmod(0o755)

    def make(self, target: str, terminal: int = subprocess.DEVNULL) -> subprocess.CompletedProcess[str]:
        """Run it with a Python that lacks what Debian keeps in `python3.N-venv`."""
        lacking = self.checkout.parent / "lacking"
        lacking.mkdir(exist_ok=True)
        (lacking / "ensurepip.py").write_text("raise ImportError")
        return subprocess.run(
            ["make", target], cwd=self.checkout, stdin=terminal, capture_output=True, text=True,
            env={"PATH": str(self.commands), "PYTHON": sys.executable, "PYTHONPATH": str(lacking)},
        )  # fmt: skip


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path / "checkout", tmp_path / "commands")
    made.checkout.mkdir()
    made.commands.mkdir()
    for name in ("Makefile", "setup.cfg", "pyproject.toml"):
        shutil.copy(CHECKOUT / name, made.checkout)
    for name in COMMANDS:
        (made.commands / name).symlink_to(shutil.which(name) or name)
    made.command("id", "echo 1000")
    return made


VENV = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def test_everything_that_is_missing_is_named_in_one_sentence(machine: Machine):
    said = machine.make("test").stderr

    sentences = [line for line in said.splitlines() if line.startswith("System packages are missing")]
    assert len(sentences) == 1
    assert {VENV, "chromium", "xvfb"} <= set(sentences[0].replace("'", " ").split())


def test_the_screen_needs_less_than_the_tests(machine: Machine):
    said = machine.make("run").stderr

    assert VENV in said
    assert "chromium" not in said


@pytest.mark.parametrize(
    ("there", "typed"),
    [((), f"su - -c 'apt-get install {VENV}'"), (("sudo",), f"sudo apt-get install {VENV}")],
)
def test_the_sentence_suits_a_machine_with_and_without_sudo(
    machine: Machine, there: tuple[str, ...], typed: str
):
    for name in there:
        machine.command(name, "exit 1")  # as `sudo -n` does when it would have to ask

    said = machine.make("run").stderr

    assert f"please run: {typed}\n" in said


def test_apt_waits_for_a_machine_that_updates_itself(machine: Machine):
    asked = machine.checkout / "asked"
    machine.command("id", "echo 0")
    machine.command("apt-get", f'echo "$*" >>"{asked}"')

    machine.make("run")

    (install,) = (line for line in asked.read_text().splitlines() if VENV in line)
    assert "DPkg::Lock::Timeout=" in install


def test_whoever_may_use_sudo_is_asked_for_the_password_but_only_at_a_terminal(machine: Machine):
    asked = machine.checkout / "asked"
    machine.command("id", '[ "$1" = -u ] && echo 1000 || echo wang sudo')
    machine.command("sudo", f'[ "$1" != -n ] && echo "$*" >>"{asked}"')
    machine.command("apt-get", "exit 1")

    machine.make("run")
    without = asked.exists()
    keyboard, terminal = pty.openpty()
    machine.make("run", terminal)
    os.close(keyboard)
    os.close(terminal)

    assert not without
    password, *_, install = asked.read_text().splitlines()
    assert password.startswith("-v") and VENV in password
    assert install.endswith(f"install {VENV}")
