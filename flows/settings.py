"""What a person may set, once: flags, then TOWNFACTS_* in the environment, then townfacts.toml, then
defaults.

Every key of `Settings` is a key of the file and, in capitals after `TOWNFACTS_`, of the environment; a
key that is none of them is refused, so that a slip of the pen never runs with a default. Documented in
docs/settings.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from flows.failures import UsageFailure

if TYPE_CHECKING:
    from transforms.decode import Limits

Runner = Literal["auto", "serial", "processes", "dask"]
RUNNERS: tuple[Runner, ...] = ("auto", "serial", "processes", "dask")
LAKE = "ducklake:"
PATHS = ("warehouse", "lake_folder", "corrections")
CONFIG_FILE = "townfacts.toml"
PREFIX = "TOWNFACTS_"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one command, checked."""

    warehouse: Path = field(
        default=Path("data"),
        metadata={"help": "folder of warehouse.duckdb, published/ and Prefect's own files"},
    )
    lake_folder: Path = field(
        default=Path("lake"),
        metadata={"help": "where warehouse is a ducklake: folder of its data and published copy"},
    )
    runner: Runner = field(
        default="auto",
        metadata={
            "help": "serial, processes, dask, or auto (processes when there is enough work to pay for them)"
        },
    )
    workers: int = field(default=0, metadata={"help": "worker processes of the runner; 0 takes one per core"})
    dask_address: str = field(
        default="", metadata={"help": "scheduler of the runner dask; empty: a cluster of this machine"}
    )
    strict: bool = field(default=False, metadata={"help": "end with exit code 1 when a file was quarantined"})
    corrections: Path | None = field(
        default=None,
        metadata={"help": "file of people's corrections; default: corrections.toml beside the reports"},
    )
    pages: bool = field(default=False, metadata={"help": "write the review pages at the end of every run"})
    lock_wait: int = field(
        default=300,
        metadata={"help": "seconds to wait while another run holds the warehouse before giving up"},
    )
    alert: str = field(
        default="", metadata={"help": "command called when a run fails or meets a new cause of quarantine"}
    )
    cron: str = field(default="0 3 * * *", metadata={"help": "when townfacts serve runs"})
    timezone: str = field(default="", metadata={"help": "zone cron is meant in; empty: that of the machine"})
    port: int = field(default=4200, metadata={"help": "loopback port of Prefect's UI under townfacts serve"})
    limit_file_mib: int = field(default=128, metadata={"help": "largest file, or file of an archive"})
    limit_text_mib: int = field(default=16, metadata={"help": "largest text or web page"})
    limit_expanded_mib: int = field(default=64, metadata={"help": "most that an office file may unpack to"})
    limit_members: int = field(default=2000, metadata={"help": "most files in an archive"})
    limit_pages: int = field(default=300, metadata={"help": "most pages of a document"})
    limit_scanned_pages: int = field(default=60, metadata={"help": "most pages that must be recognised"})
    limit_seconds: int = field(
        default=30, metadata={"help": "processor seconds of a risky file or scanned page"}
    )
    limit_memory_mib: int = field(
        default=768, metadata={"help": "memory of the process that reads risky files"}
    )
    least_confidence_reading: float = field(
        default=0.9,
        metadata={"help": "facts whose characters were read with less confidence fill no cell"},
    )

    # Not a key: the address of the DuckLake that `warehouse` named; `warehouse` then is its folder.
    catalog: str = ""

    @property
    def place(self) -> str:
        """The warehouse as a person would name it."""
        return self.catalog or str(self.warehouse)

    @property
    def limits(self) -> Limits:
        """How much of a file its reader takes."""
        from transforms.decode import Limits  # heavy, and not every command reads files

        mib = 1 << 20
        return Limits(
            file_bytes=self.limit_file_mib * mib,
            text_bytes=self.limit_text_mib * mib,
            expanded_bytes=self.limit_expanded_mib * mib,
            members=self.limit_members,
            pages=self.limit_pages,
            scanned_pages=self.limit_scanned_pages,
            seconds=self.limit_seconds,
            memory_bytes=self.limit_memory_mib * mib,
        )


KEYS = {f.name: f for f in fields(Settings) if f.metadata}


def load_settings(
    flags: Mapping[str, Any], environ: Mapping[str, str], folder: Path, config: Path | None = None
) -> Settings:
    """Settings from all four places; a flag that is None was not given. Raises UsageFailure naming place
    and key.
    """
    chosen: dict[str, Any] = {}
    chosen.update(_from_file(folder, config or _config_of(environ)))
    chosen.update(_from_environment(environ))
    chosen.update(
        {k: _checked(k, v, "flag --" + k.replace("_", "-")) for k, v in flags.items() if v is not None}
    )
    if str(chosen.get("warehouse", "")).startswith(LAKE):
        chosen["catalog"] = str(chosen["warehouse"])
        chosen["warehouse"] = chosen.get("lake_folder", KEYS["lake_folder"].default)
    return Settings(**chosen)


def _config_of(environ: Mapping[str, str]) -> Path | None:
    value = environ.get(PREFIX + "CONFIG")
    return Path(value) if value else None


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    chosen = {}
    for name in sorted(n for n in environ if n.startswith(PREFIX)):
        key = name.removeprefix(PREFIX).lower()
        if key == "config":
            continue
        known = _known(key, f"environment variable {name}")
        chosen[known] = _checked(known, environ[name], name)
    return chosen


def _from_file(folder: Path, named: Path | None) -> dict[str, Any]:
    path = named or folder / CONFIG_FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if named:
            raise UsageFailure(
                f"{path}: no such settings file; correct --config or TOWNFACTS_CONFIG"
            ) from None
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageFailure(f"{path}: not valid TOML: {error}; mend or remove the file") from error
    except OSError as error:
        raise UsageFailure(f"{path}: cannot be read: {error.strerror}") from error
    chosen = {_known(k, str(path)): _checked(k, v, f"{path}: {k}") for k, v in content.items()}
    for key in PATHS:  # a relative path in a file is meant from where the file lies
        if isinstance(chosen.get(key), Path):
            chosen[key] = path.parent / chosen[key]
    return chosen


def _known(key: str, place: str) -> str:
    if key not in KEYS:
        raise UsageFailure(f"{place}: unknown setting {key!r}; known: {', '.join(KEYS)}")
    return key


def _checked(key: str, value: Any, place: str) -> Any:
    match key:
        case "warehouse" if str(value).startswith(LAKE):
            return _catalog(str(value), place)
        case "warehouse" | "lake_folder" | "corrections":
            return _path(value, place)
        case "runner":
            return _runner(value, place)
        case "strict" | "pages":
            return _yes_or_no(value, place)
        case "alert" | "cron" | "timezone" | "dask_address":
            return _words(value, place)
        case "least_confidence_reading":
            return _share(value, place)
        case _ if key.startswith("limit_"):
            return _whole_number(value, place, least=1)
        case _:
            return _whole_number(value, place)


def _path(value: Any, place: str) -> Path:
    if not isinstance(value, (str, Path)) or not str(value) or "\0" in str(value):
        raise UsageFailure(f"{place}: {value!r} is not a path")
    return Path(value).expanduser()


_CATALOG = re.compile(r"ducklake:postgres(?:ql)?://(?:(\w+)@)?[\w.\-]+(?::\d+)?/\w+(?:\?[\w=&.\-/]+)?")


def _catalog(value: str, place: str) -> str:
    """Without a password, which would stand in Prefect's history and in process lists."""
    if re.match(r"ducklake:\w+://[^/@]*:[^/@]*@", value):
        raise UsageFailure(f"{place}: a password in the address; give it as PGPASSWORD or in ~/.pgpass")
    if not _CATALOG.fullmatch(value):
        raise UsageFailure(
            f"{place}: {value!r} is not ducklake:postgres://USER@HOST:PORT/DATABASE, the only catalog that"
            " takes several writers"
        )
    return value


def _runner(value: Any, place: str) -> str:
    if value not in RUNNERS:
        raise UsageFailure(f"{place}: {value!r} is not a runner; choose one of {', '.join(RUNNERS)}")
    return str(value)


def _words(value: Any, place: str) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise UsageFailure(f"{place}: {value!r} is not a text")
    return value.strip()


def _yes_or_no(value: Any, place: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    raise UsageFailure(f"{place}: {value!r} is neither true nor false")


def _whole_number(value: Any, place: str, least: int = 0) -> int:
    text = str(value).strip()
    is_number = text.isascii() and text.isdigit() and len(text) < 10 and not isinstance(value, bool)
    if not is_number or int(text) < least:
        raise UsageFailure(f"{place}: {value!r} is not a whole number of {least} or more")
    return int(text)


def _share(value: Any, place: str) -> float:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"(?:0(?:\.[0-9]{1,9})?|1(?:\.0{1,9})?)", text):
        raise UsageFailure(f"{place}: {value!r} is not a number from 0 to 1")
    return float(text)
