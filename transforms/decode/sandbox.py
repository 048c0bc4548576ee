"""Readers of risky formats run in a child process: what kills or hangs it costs one file, not the batch.

One child serves a process for as long as it behaves: starting one costs 60 ms, asking it 0.2 ms. It is a
plain new interpreter, not a fork (forking after polars has started its threads deadlocks) and not of
`multiprocessing` (whose pool workers may have no children). Its end is tied to ours three ways: it leaves
when its input closes, its own clock ends it in the middle of a file, and we end it when we exit.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from transforms.decode.limits import Limits
from transforms.decode.reading import Reading, refuse
from transforms.decode.report import Problem, UnreadableFile

Reader = Callable[[bytes, Limits], Reading]

REQUEST = struct.Struct(">QQ")  # bytes of the pickled order, bytes of the file
REPLY = struct.Struct(">Q")  # bytes of the JSON that follows
WALL_PER_CPU_SECOND = 3.0  # a busy machine gives a child less than a whole processor
LARGEST_REPLY = 512 << 20
STALE_READS = 1000  # small leaks of C libraries end here

_BOOT = "import sys; sys.path[:] = sys.argv[1:]; from transforms.decode.sandbox_child import serve; serve()"
_OUT_OF_TIME = {getattr(signal, name, None) for name in ("SIGXCPU", "SIGALRM", "SIGPROF")}

_idle: list[_Child] = []
_lock = threading.Lock()


class _Died(Exception):  # noqa: N818 - a fact about the child, caught here and told as a Problem
    """The child ended before it answered; `signal_number` is None where it went by itself."""

    def __init__(self, signal_number: int | None, out_of_time: bool) -> None:
        self.signal_number = signal_number
        self.out_of_time = out_of_time


def in_child(module: str, function: str) -> Reader:
    """A reader that runs `function` of `module` in the child; neither is imported here.

    The function takes (bytes, Limits) and returns a Reading or raises UnreadableFile, as any reader. Besides
    its own refusals the file may get `reader_timeout` (more than `limits.seconds` of processor time),
    `reader_memory` (more than `limits.memory_bytes`), `reader_crashed` (the process died) or `damaged_file`
    (any other exception).
    """
    return partial(_read, module, function)


def ask_child(module: str, function: str, data: bytes, limits: Limits, *arguments: object) -> Any:
    """What `function(data, limits, *arguments)` returns, which JSON must be able to hold; refusals as above.

    The child is kept for this module alone: what it loads once (a model) serves the next call.
    """
    return _answer(module, module, function, data, limits, arguments)["value"]


def _read(module: str, function: str, data: bytes, limits: Limits) -> Reading:
    return _reading(_answer("", module, function, data, limits, ())["reading"])


def _answer(
    kind: str, module: str, function: str, data: bytes, limits: Limits, arguments: tuple[object, ...]
) -> dict[str, Any]:
    order = pickle.dumps((module, function, limits, arguments))
    child = _take(kind)
    was_used = child.reads > 0
    answer = _asked(child, order, data, limits)
    if was_used and answer.get("refused", {}).get("code") in ("reader_crashed", "reader_memory"):
        # what earlier files left behind in the child must not decide about this one
        answer = _asked(_Child(kind), order, data, limits)
    if "refused" in answer:
        raise UnreadableFile(Problem(answer["refused"]["code"], answer["refused"]["message"]))
    return answer


def _asked(child: _Child, order: bytes, data: bytes, limits: Limits) -> dict[str, Any]:
    """The child's answer, or the verdict on its death in the same form."""
    try:
        answer = child.ask(order, data, limits.seconds * WALL_PER_CPU_SECOND)
    except _Died as died:
        code, message = _verdict(died, limits)
        return {"refused": {"code": code, "message": message}}
    except BaseException:  # Ctrl-C between question and answer: the child would answer the next question
        child.end()
        raise
    if answer.get("held_bytes", 0) > limits.memory_bytes // 2 or child.reads >= STALE_READS:
        child.end()
    else:
        _give_back(child)
    return answer


def _reading(fields: dict[str, Any]) -> Reading:
    return Reading(
        text=fields["text"],
        body=(fields["body"][0], fields["body"][1]),
        encoding=fields["encoding"],
        page_breaks=tuple(fields["page_breaks"]),
        metadata=fields["metadata"],
        problems=tuple(Problem(*problem) for problem in fields["problems"]),
        weak_spans=tuple((start, end, confidence) for start, end, confidence in fields["weak_spans"]),
    )


def _verdict(died: _Died, limits: Limits) -> tuple[str, str]:
    if died.out_of_time or died.signal_number in _OUT_OF_TIME:
        refusal = refuse(
            "reader_timeout",
            f"reading took more than {limits.seconds:g} seconds and was stopped; the file is damaged or"
            " built to do that, or the limit of seconds is to be raised",
        )
    elif died.signal_number == getattr(signal, "SIGKILL", None):
        refusal = refuse(
            "reader_memory", "the system ended the reader's process, most likely for want of memory"
        )
    else:
        refusal = refuse(
            "reader_crashed",
            "the reader's process died of this file, which is damaged or built to do that; open it by hand"
            " and save it again",
        )
    return refusal.problem.code, refusal.problem.message


class _Child:
    """One interpreter that reads a file at a time for us."""

    def __init__(self, kind: str = "") -> None:
        self.kind = kind
        root = str(Path(__file__).resolve().parents[2])
        paths = [root, *(os.path.abspath(path) for path in sys.path)]
        self.reads = 0
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", "-c", _BOOT, *dict.fromkeys(paths)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # C libraries grumble about damaged files there
        )

    def ask(self, order: bytes, data: bytes, seconds: float) -> dict[str, Any]:
        """Its answer; _Died if it ends first or takes more than `seconds` on the clock."""
        late = threading.Event()
        timer = threading.Timer(seconds, self._stop, [late])
        timer.daemon = True
        timer.start()
        try:
            self.reads += 1
            return self._exchange(order, data)
        except (OSError, EOFError):
            status = self._ended()
            raise _Died(-status if status < 0 else None, late.is_set()) from None
        finally:
            timer.cancel()

    def _exchange(self, order: bytes, data: bytes) -> dict[str, Any]:
        to_child, from_child = self._process.stdin, self._process.stdout
        assert to_child is not None  # both are pipes
        assert from_child is not None
        to_child.write(REQUEST.pack(len(order), len(data)) + order)
        to_child.write(data)
        to_child.flush()
        head = from_child.read(REPLY.size)
        size = REPLY.unpack(head)[0] if len(head) == REPLY.size else 0
        reply = from_child.read(size) if size <= LARGEST_REPLY else b""
        if not reply or len(reply) < size:
            raise EOFError
        answer: dict[str, Any] = json.loads(reply)
        return answer

    def _stop(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        """At once."""
        self._process.kill()
        self._ended()

    def _ended(self) -> int:
        """The exit status; one that has closed its pipes is given a moment to leave by its own way."""
        try:
            status = self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        self._close()
        return status

    def forget(self) -> None:
        """In a forked process: the child is our parent's, we only let go of our ends of its pipes."""
        self._close()
        self._process.returncode = 0

    def _close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:  # what was left to write went with the child
                pass


def _take(kind: str) -> _Child:
    """An idle child, or a new one: each thread that reads has its own."""
    while True:
        with _lock:
            child = next((c for c in reversed(_idle) if c.kind == kind), None)
            if child is not None:
                _idle.remove(child)
        if child is None:
            return _Child(kind)
        if child.is_alive:
            return child
        child.end()


def _give_back(child: _Child) -> None:
    with _lock:
        _idle.append(child)


def close_children() -> None:
    """End the idle children of this process; the next risky file starts a new one."""
    with _lock:
        children, _idle[:] = list(_idle), []
    for child in children:
        child.end()


def _after_fork() -> None:
    global _lock
    _lock = threading.Lock()
    for child in _idle:
        child.forget()
    _idle.clear()


atexit.register(close_children)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
