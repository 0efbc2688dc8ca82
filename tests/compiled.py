"""What Flask compiles for an app, templates and addresses, compiled once for all the apps of the tests."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule


def compile_once() -> None:
    """From now on, in this process."""
    Flask.jinja_options = {"bytecode_cache": Compiled()}
    Rule._compile_builder = _remembered(Rule._compile_builder)


class Compiled(BytecodeCache):
    """Kept in memory. Apart for environments that would compile the same words in another way."""

    def __init__(self) -> None:
        self._known: dict[Any, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if known := self._known.get(_which(bucket)):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[_which(bucket)] = bucket.bytecode_to_string()


def _which(bucket: Bucket) -> tuple[object, ...]:
    environment = bucket.environment
    newstyle = getattr(environment, "newstyle_gettext", None)
    return bucket.key, newstyle, environment.trim_blocks, environment.lstrip_blocks, *environment.extensions


def _remembered(compiled: Callable[[Rule, bool], Any]) -> Callable[[Rule, bool], Any]:
    """What writes the addresses of a route: most of the time that it takes to make an app."""
    known: dict[object, Any] = {}

    def builder(rule: Rule, append_unknown: bool = True) -> Any:
        which = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if which not in known:
            known[which] = compiled(rule, append_unknown)
        return known[which]

    return builder
