"""`kiosk serve`, in a process forked from one that has imported all of it: the same, only sooner."""

import atexit
import multiprocessing
import os
import shutil
import sys
import tempfile
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from admin.__main__ import main
from kiosk.files import Home


def sow(home: Home, log: Path) -> multiprocessing.Process:
    """A process that serves `home` and says into `log` what it has to say."""
    process = _ground().Process(target=serve, args=(home.root, log, _compiled()), daemon=True)
    process.start()
    return process


def serve(home: Path, log: Path, compiled: str) -> None:
    """Serve until told to stop."""
    said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(said, 1)
    os.dup2(said, 2)
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(compiled)}
    sys.exit(main(["--home", str(home), "serve"]))


@cache
def _ground() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["admin.serve", "admin.__main__"])
    return context


@cache
def _compiled() -> str:
    """A folder for templates that are compiled once for all tests, not once for each process."""
    folder = tempfile.mkdtemp(prefix="linli-templates-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
