"""What Prefect remembers of runs: made complete after each, and true for those that died."""

from __future__ import annotations

import json
import os
import socket
import time
import urllib.request
from datetime import UTC, datetime
from typing import Any

from flows.output import say

FINAL_STATES = ["COMPLETED", "FAILED", "CRASHED", "CANCELLED"]
OPEN_STATES = ["RUNNING", "PENDING"]
RECORD_SECONDS = 10.0


def ask(url: str, body: object = None, method: str | None = None) -> Any:
    """One request to the API, past any proxy; the JSON it answers."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
        content = answer.read()
    return json.loads(content) if content else None


def mark_of_process() -> str:
    """The tag by which a later run sees whether this one still lives."""
    return f"{socket.gethostname()}:{os.getpid()}"


def leave_mark(flow_run_id: str) -> None:
    """The tag of this process on a run that a schedule began; best effort, since it is for the next run."""
    url = os.environ.get("PREFECT_API_URL")
    if not url:
        return
    try:
        tags = ask(f"{url}/flow_runs/{flow_run_id}")["tags"]
        ask(f"{url}/flow_runs/{flow_run_id}", {"tags": sorted({*tags, mark_of_process()})}, method="PATCH")
    except (OSError, ValueError) as error:
        say(f"Prefect did not take the mark of this process: {error}")


def skip_missed_runs(url: str, deployment_id: str) -> int:
    """Runs that should have begun while nothing served the schedule are taken off it, not made up for one
    by one: the next run does the work of all. Returns how many; a hundred empty runs would bury the others.
    """
    now = datetime.now(UTC).isoformat()
    wanted = {
        "flow_runs": {
            "deployment_id": {"any_": [deployment_id]},
            "state": {"type": {"any_": ["SCHEDULED"]}},
            "expected_start_time": {"before_": now},
        }
    }
    missed = ask(f"{url}/flow_runs/filter", wanted)
    for run in missed:
        ask(f"{url}/flow_runs/{run['id']}", method="DELETE")
    return len(missed)


def close_dead_runs(url: str) -> int:
    """Runs of this machine that stand as running while their process is gone (SIGKILL) become crashed."""
    wanted = {"flow_runs": {"state": {"type": {"any_": OPEN_STATES}}}}
    state = {"type": "CRASHED", "message": "the process of this run was gone when the next run began"}
    dead = [run["id"] for run in ask(f"{url}/flow_runs/filter", wanted) if any(map(_is_dead, run["tags"]))]
    for run_id in dead:
        ask(f"{url}/flow_runs/{run_id}/set_state", {"state": state, "force": True})
    return len(dead)


def wait_until_recorded(url: str, flow_run_id: str, task_runs: int) -> bool:
    """Whether `task_runs` of the flow reached the database in a final state, waiting a while for them."""
    wanted = {
        "flow_runs": {"id": {"any_": [flow_run_id]}},
        "task_runs": {"state": {"type": {"any_": FINAL_STATES}}},
    }
    deadline = time.monotonic() + RECORD_SECONDS
    while ask(f"{url}/task_runs/count", wanted) < task_runs:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _is_dead(tag: str) -> bool:
    host, _, pid = tag.rpartition(":")
    if host != socket.gethostname() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False
