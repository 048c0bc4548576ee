"""Python's collector of cycles waits while a few hundred reports are read."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOCK = threading.Lock()
_waiting = 0
_was_on = False


@contextmanager
def collector_waits() -> Iterator[None]:
    """What is read leaves next to no cycles behind, and rows in the making only look like ever more that is
    kept: the collector walks them, and all rules and names beside them, without finding a thing.

    It is one for all threads, and goes on when the last of them is done.
    """
    global _waiting, _was_on
    with _LOCK:
        _was_on = gc.isenabled() if _waiting == 0 else _was_on
        _waiting += 1
        gc.disable()
    try:
        yield
    finally:
        with _LOCK:
            _waiting -= 1
            if _waiting == 0 and _was_on:
                gc.enable()
