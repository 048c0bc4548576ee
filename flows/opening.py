"""Opening the warehouse as its one writer, behind whoever holds it now."""

from __future__ import annotations

from flows.progress import say
from flows.settings import Settings
from warehouse import Warehouse, WarehouseLocked, open_warehouse


def open_as_writer(settings: Settings) -> Warehouse:
    """Waits for another run, and says for which; raises WarehouseLocked when `lock_wait` is over."""
    try:
        return open_warehouse(settings.warehouse)
    except WarehouseLocked as locked:
        if not settings.lock_wait:
            raise
        say(f"waiting up to {settings.lock_wait} s: {settings.warehouse} is held by process {locked.pid}")
    return open_warehouse(settings.warehouse, settings.lock_wait)
