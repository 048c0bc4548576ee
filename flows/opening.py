"""Opening the warehouse the settings name: the one file, behind whoever holds it now, or a DuckLake."""

from __future__ import annotations

from flows.output import say
from flows.settings import Settings
from warehouse import Warehouse, WarehouseLocked, open_warehouse


def open_house(settings: Settings, wait_seconds: float = 0, read_only: bool = False) -> Warehouse:
    """Raises WarehouseError; a DuckLake is open at once, whoever else writes."""
    if settings.catalog:
        from warehouse.lake_warehouse import open_lake

        return open_lake(settings.catalog, settings.warehouse, read_only)
    return open_warehouse(settings.warehouse, wait_seconds, read_only)


def open_as_writer(settings: Settings) -> Warehouse:
    """Waits for another run, and says for which; raises WarehouseLocked when `lock_wait` is over."""
    try:
        return open_house(settings)
    except WarehouseLocked as locked:
        if not settings.lock_wait:
            raise
        say(f"waiting up to {settings.lock_wait} s: {settings.warehouse} is held by process {locked.pid}")
    return open_house(settings, settings.lock_wait)
