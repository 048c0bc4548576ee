"""SIGTERM and the keyboard stop a run; whatever a library makes of the interrupt, it is known as one.

DuckDB turns an interrupt in the middle of a query into an error of its own, and Prefect puts its own SIGTERM
handler under a flow; so each signal is noted before it is passed on.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGTERM, signal.SIGINT)
_noted: list[int] = []
_is_watching = False


def was_asked_to_stop() -> bool:
    """Whether a signal came since `stoppable` began."""
    return bool(_noted)


@contextmanager
def stoppable() -> Iterator[None]:
    """For the command: either signal raises KeyboardInterrupt in the main thread."""
    global _is_watching
    _noted.clear()
    _is_watching = True
    before = {number: signal.signal(number, _noting(_interrupt)) for number in SIGNALS}
    try:
        yield
    finally:
        _is_watching = False
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def noting_signals() -> Iterator[None]:
    """For the flow inside a command: note SIGTERM, then do what Prefect does."""
    if not _is_watching or threading.current_thread() is not threading.main_thread():
        yield
        return
    handler: Any = signal.getsignal(signal.SIGTERM)
    signal.signal(signal.SIGTERM, _noting(handler) if callable(handler) else handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, handler)


def end_when_parent_ends() -> bool:
    """In a process that `multiprocessing` spawned: end with the one that spawned it, however that ended.

    Whether this is such a process.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()
    return parent is not None


def _end_after(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _noting(then: Callable[[int, FrameType | None], Any]) -> Callable[[int, FrameType | None], Any]:
    def note(number: int, frame: FrameType | None) -> Any:
        _noted.append(number)
        return then(number, frame)

    return note


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
