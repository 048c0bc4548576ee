"""The collector of cycles waits while reports are read, and goes on whatever happened."""

from __future__ import annotations

import gc
import threading

import pytest

from flows.collector import collector_waits


def test_it_goes_on_after_the_last_who_made_it_wait() -> None:
    entered, leave = threading.Event(), threading.Event()

    def other() -> None:
        with collector_waits():
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=other)
    with collector_waits():
        thread.start()
        assert entered.wait(10)
        assert not gc.isenabled()
    assert not gc.isenabled()  # the other still reads
    leave.set()
    thread.join()
    assert gc.isenabled()


def test_it_goes_on_after_a_failure() -> None:
    with pytest.raises(ValueError, match="unread"), collector_waits():
        raise ValueError("unread")
    assert gc.isenabled()


def test_who_runs_without_it_goes_on_without_it() -> None:
    gc.disable()
    try:
        with collector_waits():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
