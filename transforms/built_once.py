"""Large tables that are built when first asked for, once a process, whichever thread asks first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class BuiltOnce(Generic[T]):
    """A function without arguments whose first call builds and whose later calls give the same object.

    `functools.cache` lets two threads that come first build two: of the gazetteer that makes two objects of
    one township, which no longer are the same; of any large table it takes twice the time and memory.

    >>> @BuiltOnce
    ... def numbers() -> list[int]:
    ...     return [1, 2, 3]
    >>> numbers() is numbers()
    True
    """

    def __init__(self, build: Callable[[], T]) -> None:
        self.__doc__ = build.__doc__
        self.__name__ = self.__qualname__ = build.__name__
        self.__module__ = build.__module__
        self.__wrapped__ = build
        self._lock = threading.RLock()
        self._built: tuple[T, ...] = ()

    def __call__(self) -> T:
        """The object, built by whoever comes first while the others wait."""
        if not self._built:
            with self._lock:
                if not self._built:
                    self._built = (self.__wrapped__(),)
        return self._built[0]

    def cache_clear(self) -> None:
        """Forget it; the next call builds again."""
        self._built = ()
