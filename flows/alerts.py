"""Calling a person: for a run that failed, and for a cause of quarantine never seen before; for nothing else.

The setting `alert` is a command (`mail -s townfacts someone@example.org`, a script of one's own); it gets the
words on its standard input. That it failed is said in the log and changes nothing about the run.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.failures import Failure
from flows.output import say
from flows.settings import Settings, load_settings
from flows.stopping import was_asked_to_stop
from warehouse import WarehouseError

if TYPE_CHECKING:
    from flows.summary import Summary

ALERT_SECONDS = 60
BY_EXCEPTION = "Flow run encountered an exception: "  # Prefect's words before that of the flow


def alert_of_causes(settings: Settings, summary: Summary) -> None:
    """One call for all causes that this run met first."""
    if not summary.new_causes:
        return
    lines = [
        f"{row['code']}: {row['files']} files, {row['message']}; for example {row['example']}"
        for row in summary.new_causes
    ]
    words = [f"townfacts: new in quarantine of {summary.source}", *lines, summary.equation]
    call(settings.alert, "\n".join(words))


def alert_of_failure(flow: Any, flow_run: Any, state: Any) -> None:
    """Hook of the flow: it failed or crashed, so the warehouse is as it was before. What `townfacts serve`
    starts has no command around it that would say so in the log.
    """
    if was_asked_to_stop():
        return
    words = f"{flow_run.name} did not bring the warehouse up to date: {_cause(state)}"
    if flow_run.deployment_id:
        say(words)
    try:
        settings = load_settings(_given(flow_run.parameters), os.environ, Path.cwd())
    except Failure:  # a setting that cannot be used is what failed; the state of the flow says which
        return
    call(settings.alert, f"townfacts: {words}")


def _cause(state: Any) -> str:
    """Without the name of the exception, where it was written for a person."""
    kind, mark, rest = str(state.message).removeprefix(BY_EXCEPTION).partition(": ")
    written = {name for base in (Failure, WarehouseError) for name in _names(base)}
    return rest if mark and kind in written else str(state.message)


def _names(kind: type[Exception]) -> set[str]:
    return {kind.__name__}.union(*map(_names, kind.__subclasses__()))


def call(command: str, words: str) -> bool:
    """Whether the command took the words; nothing is called where none is set."""
    if not command:
        return False
    try:
        done = subprocess.run(
            shlex.split(command),
            input=words + "\n",
            encoding="utf-8",
            errors="backslashreplace",
            capture_output=True,
            timeout=ALERT_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        say(f"alert {command!r} could not be called: {error}")
        return False
    if done.returncode:
        say(f"alert {command!r} ended with code {done.returncode}: {' '.join(done.stderr.split())[:200]}")
    return not done.returncode


def _given(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: parameters.get(name) for name in ("warehouse", "runner", "workers", "lock_wait")}
