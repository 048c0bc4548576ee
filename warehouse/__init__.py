"""DuckDB lives here and nowhere else: tables, loads, resolution, the published copy."""

from warehouse.errors import (
    LoadRefused,
    WarehouseError,
    WarehouseLocked,
    WarehouseMissing,
    WarehouseNotWritable,
    WarehouseTooNew,
    WarehouseUnreadable,
)
from warehouse.run_info import KnownFile, LoadResult, RunInfo, SourceFile
from warehouse.warehouse import Warehouse, open_warehouse

__all__ = [
    "KnownFile",
    "LoadRefused",
    "LoadResult",
    "RunInfo",
    "SourceFile",
    "Warehouse",
    "WarehouseError",
    "WarehouseLocked",
    "WarehouseMissing",
    "WarehouseNotWritable",
    "WarehouseTooNew",
    "WarehouseUnreadable",
    "open_warehouse",
]
