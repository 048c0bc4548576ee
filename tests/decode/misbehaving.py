"""Readers that do in the sandbox's child what a C library may do with a hostile file."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time

from transforms.decode.limits import Limits
from transforms.decode.reading import Reading, refuse
from transforms.decode.report import Problem


def echoes(data: bytes, limits: Limits) -> Reading:
    text = data.decode("utf-8", "surrogateescape")
    odd = Problem("odd", "odd", "warning")
    return Reading(text, (0, len(text)), "utf-8", (1, 2), {"title": "标题"}, (odd,), ((0, 1, 0.5),))


def tells_its_process(data: bytes, limits: Limits) -> Reading:
    return Reading(str(os.getpid()), (0, 0))


def tells_its_modules(data: bytes, limits: Limits) -> Reading:
    return Reading(" ".join(sorted(sys.modules)), (0, 0))


def spins(data: bytes, limits: Limits) -> Reading:
    while True:
        pass


def sleeps_in_c(data: bytes, limits: Limits) -> Reading:
    ctypes.CDLL(None).sleep(3600)
    raise AssertionError


def eats_memory(data: bytes, limits: Limits) -> Reading:
    hoard = [bytearray(16 << 20) for _ in range(1 << 20)]
    return Reading(str(len(hoard)), (0, 0))


def faults(data: bytes, limits: Limits) -> Reading:
    ctypes.string_at(0)
    raise AssertionError


def aborts(data: bytes, limits: Limits) -> Reading:
    os.abort()


def leaves(data: bytes, limits: Limits) -> Reading:
    os._exit(0)


def is_killed(data: bytes, limits: Limits) -> Reading:
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)
    raise AssertionError


def panics(data: bytes, limits: Limits) -> Reading:
    raise BaseException("as the panic of a Rust library arrives")


def raises(data: bytes, limits: Limits) -> Reading:
    raise KeyError("word/document.xml")


def recurses(data: bytes, limits: Limits) -> Reading:
    return recurses(data, limits)


def refuses(data: bytes, limits: Limits) -> Reading:
    raise refuse("password_protected", "needs a password; save it without one")


def prints(data: bytes, limits: Limits) -> Reading:
    print("noise among the answers", flush=True)
    os.write(1, b"more noise")
    return echoes(data, limits)


def writes_a_file(data: bytes, limits: Limits) -> Reading:
    with open(data.decode(), "wb") as stream:
        stream.write(b"x")
    raise AssertionError


def tells_too_much(data: bytes, limits: Limits) -> Reading:
    return Reading("好" * 10_000_000, (0, 0))


def crashes_unless_fresh(data: bytes, limits: Limits) -> Reading:
    """As a library whose state an earlier file has spoilt."""
    if _CALLS:
        os.abort()
    _CALLS.append(1)
    return Reading("fresh", (0, 5))


_CALLS: list[int] = []
