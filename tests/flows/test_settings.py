"""Settings: flags, then environment, then file, then defaults; nothing unknown passes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from flows.failures import UsageFailure
from flows.settings import KEYS, Settings, load_settings
from transforms.decode import DEFAULT_LIMITS
from warehouse import RunInfo

ROOT = Path(__file__).resolve().parents[2]


def test_flags_beat_environment_beats_file_beats_defaults(tmp_path: Path) -> None:
    (tmp_path / "townfacts.toml").write_text("workers = 3\nlock_wait = 7\nrunner = 'serial'\n", "utf-8")
    environment = {"TOWNFACTS_WORKERS": "4", "TOWNFACTS_LOCK_WAIT": "8", "HOME": "/"}
    chosen = load_settings({"workers": "5", "strict": None}, environment, tmp_path)
    assert (chosen.workers, chosen.lock_wait, chosen.runner) == (5, 8, "serial")
    assert (chosen.strict, chosen.warehouse) == (False, Path("data"))


def test_a_path_in_the_file_is_meant_from_where_the_file_lies(tmp_path: Path) -> None:
    config = tmp_path / "conf" / "mine.toml"
    config.parent.mkdir()
    config.write_text("warehouse = '仓库'\n", "utf-8")
    assert load_settings({}, {}, tmp_path, config).warehouse == tmp_path / "conf" / "仓库"
    assert load_settings({}, {"TOWNFACTS_CONFIG": str(config)}, tmp_path).warehouse.name == "仓库"


@pytest.mark.parametrize(
    ("flags", "environment", "file", "words"),
    [
        ({}, {"TOWNFACTS_WAREHOSE": "x"}, "", ["TOWNFACTS_WAREHOSE", "warehose", "warehouse"]),
        ({}, {}, "warehose = 'x'", ["townfacts.toml", "warehose"]),
        ({}, {}, "strict = 'perhaps'", ["townfacts.toml", "strict", "perhaps"]),
        ({}, {}, "workers = true", ["workers"]),
        ({}, {}, "workers = 1.5", ["workers"]),
        ({}, {}, "workers = ", ["townfacts.toml", "TOML"]),
        ({"workers": "-1"}, {}, "", ["--workers", "-1"]),
        ({"lock_wait": "²"}, {}, "", ["--lock-wait"]),
        ({"workers": "99999999999"}, {}, "", ["--workers"]),
        ({}, {"TOWNFACTS_RUNNER": "fork"}, "", ["TOWNFACTS_RUNNER", "serial"]),
        ({}, {"TOWNFACTS_WAREHOUSE": ""}, "", ["TOWNFACTS_WAREHOUSE"]),
        ({}, {"TOWNFACTS_LIMIT_PAGES": "0"}, "", ["TOWNFACTS_LIMIT_PAGES", "1 or more"]),
        ({}, {}, "limit_seconds = 0.5", ["limit_seconds"]),
        ({}, {}, "least_confidence_reading = 1.1", ["least_confidence_reading", "from 0 to 1"]),
        ({}, {"TOWNFACTS_LEAST_CONFIDENCE_READING": "nan"}, "", ["from 0 to 1"]),
        ({}, {}, "least_confidence_reading = true", ["from 0 to 1"]),
    ],
)
def test_a_slip_is_refused_with_its_place(
    tmp_path: Path, flags: dict[str, str], environment: dict[str, str], file: str, words: list[str]
) -> None:
    (tmp_path / "townfacts.toml").write_text(file, "utf-8")
    with pytest.raises(UsageFailure) as told:
        load_settings(flags, environment, tmp_path)
    assert all(word in str(told.value) for word in words)
    assert "\n" not in str(told.value)


def test_limits_are_those_of_the_readers() -> None:
    assert Settings().limits == DEFAULT_LIMITS
    chosen = load_settings({}, {"TOWNFACTS_LIMIT_FILE_MIB": "1", "TOWNFACTS_LIMIT_PAGES": "2"}, ROOT)
    assert (chosen.limits.file_bytes, chosen.limits.pages) == (1 << 20, 2)


def test_the_least_confidence_is_that_of_the_warehouse() -> None:
    assert Settings().least_confidence_reading == RunInfo("", datetime.min).least_confidence_reading
    read = load_settings({}, {"TOWNFACTS_LEAST_CONFIDENCE_READING": "0.975"}, ROOT)
    assert read.least_confidence_reading == 0.975
    assert load_settings({"least_confidence_reading": 1}, {}, ROOT).least_confidence_reading == 1


def test_a_settings_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageFailure, match=r"nowhere\.toml"):
        load_settings({}, {}, tmp_path, tmp_path / "nowhere.toml")


def test_a_settings_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "townfacts.toml").write_bytes("warehouse = '仓库'".encode("gb18030"))
    with pytest.raises(UsageFailure, match=r"townfacts\.toml"):
        load_settings({}, {}, tmp_path)


def test_every_setting_is_documented_with_its_default() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    defaults = Settings()
    for key in KEYS:
        value = getattr(defaults, key)
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        assert f"| `{key}` | `TOWNFACTS_{key.upper()}` | `{shown}` |" in page
