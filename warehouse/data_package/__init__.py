"""A warehouse as a data package: CSV, Parquet, datapackage.json, data dictionary and README in one folder."""

from warehouse.data_package.write import PackageWritten, write_package

__all__ = ["PackageWritten", "write_package"]
