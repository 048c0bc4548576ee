"""The other end of sandbox.py: takes files from standard input, one after the other, under limits."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import json
import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import Any

from transforms.decode.limits import Limits
from transforms.decode.reading import Reading, refuse
from transforms.decode.report import UnreadableFile
from transforms.decode.sandbox import REPLY, REQUEST, WALL_PER_CPU_SECOND

try:
    import resource
except ImportError:  # Windows: the parent's clock is all there is
    resource = None  # type: ignore[assignment]


def serve() -> None:
    """Until the input closes. Nothing a library prints can get among the answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    questions = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while len(head := questions.read(REQUEST.size)) == REQUEST.size:
        order_size, data_size = REQUEST.unpack(head)
        module, function, limits, arguments = pickle.loads(questions.read(order_size))
        data = questions.read(data_size)
        reader = _reader(module, function)
        with _limited(limits):
            answer = _answer(reader, data, limits, arguments)
        del data
        reply = json.dumps(answer | {"held_bytes": _held_bytes()}).encode("ascii")
        answers.write(REPLY.pack(len(reply)) + reply)
        answers.flush()
    os._exit(0)  # nothing to clean up, and no library's exit handler may hold us


def _reader(module: str, function: str) -> Callable[..., Any]:
    reader: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return reader


def _answer(
    reader: Callable[..., Any], data: bytes, limits: Limits, arguments: tuple[object, ...]
) -> dict[str, Any]:
    try:
        value = reader(data, limits, *arguments)
        return (
            {"reading": _as_json(_checked(value, limits))} if isinstance(value, Reading) else {"value": value}
        )
    except UnreadableFile as refused:
        refusal = refused
    except MemoryError:
        refusal = refuse(
            "reader_memory",
            f"reading needs more than the {limits.memory_bytes:,} bytes of memory allowed; the file is"
            " damaged or built to do that",
        )
    except BaseException as error:  # a panic of a Rust library is no Exception
        refusal = refuse(
            "damaged_file",
            f"the reader could make nothing of the file ({type(error).__name__}: {error})"[:400]
            + "; open it by hand and save it again",
        )
    return {"refused": {"code": refusal.problem.code, "message": refusal.problem.message}}


def _checked(reading: Reading, limits: Limits) -> Reading:
    if len(reading.text) > limits.text_bytes:
        raise refuse(
            "too_large", f"the document holds {len(reading.text):,} characters, more than any report has"
        )
    return reading


def _as_json(reading: Reading) -> dict[str, Any]:
    fields = {f.name: getattr(reading, f.name) for f in dataclasses.fields(reading)}
    problems = [(p.code, p.message, p.severity) for p in reading.problems]
    return fields | {"metadata": dict(reading.metadata), "problems": problems}


@contextlib.contextmanager
def _limited(limits: Limits) -> Any:
    """Memory beyond what this process holds now, processor time and clock; no file may be written."""
    if resource is None:
        yield
        return
    before = {kind: resource.getrlimit(kind) for kind in (resource.RLIMIT_AS, resource.RLIMIT_FSIZE)}
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_AS, _mapped_bytes() + limits.memory_bytes)
    # both timers end the process, also inside a C library and also when nobody is left to wait for it
    signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds * WALL_PER_CPU_SECOND + 5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for kind, (soft, hard) in before.items():
            resource.setrlimit(kind, (soft, hard))


def _lower(kind: int, soft: int) -> None:
    hard = resource.getrlimit(kind)[1]
    with contextlib.suppress(ValueError, OSError):  # macOS takes no limit on address space; the clock holds
        resource.setrlimit(kind, (soft if hard < 0 else min(soft, hard), hard))


def _mapped_bytes() -> int:
    """Address space in use, so that what the interpreter has mapped before does not count; 0 if unknown."""
    return _memory(0)


def _held_bytes() -> int:
    """Memory in use; 0 if unknown. (Not the peak: a new process begins with that of its parent.)"""
    return _memory(1)


def _memory(column: int) -> int:
    try:
        with open("/proc/self/statm", "rb") as stream:
            return int(stream.read().split()[column]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
