"""townfacts doctor: what was found, and what to do about it."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from flows.doctor import Finding, findings
from flows.settings import Settings
from warehouse import open_warehouse


def found(settings: Settings) -> dict[str, Finding]:
    return {finding.what: finding for finding in findings(settings)}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(Settings(), warehouse=tmp_path / "w", port=0)


def test_a_machine_that_can_run_has_nothing_to_mend(settings: Settings) -> None:
    told = found(settings)
    assert [finding for finding in told.values() if finding.mark == "mend" and finding.what != "disk"] == []
    assert told["warehouse"].mark == "note"
    assert all(finding.remedy for finding in told.values() if finding.mark != "ok")


def test_the_warehouse_is_told_and_a_damaged_one_is_to_mend(settings: Settings) -> None:
    with open_warehouse(settings.warehouse):
        pass
    assert found(settings)["warehouse"].found.endswith("0 files")
    (settings.warehouse / "warehouse.duckdb").write_bytes(b"not a database" * 1000)
    assert found(settings)["warehouse"].mark == "mend"


def test_a_folder_that_is_a_file_is_to_mend(settings: Settings) -> None:
    settings.warehouse.write_text("here lies a file")
    assert found(settings)["folder"].mark == "mend"


@pytest.mark.parametrize(
    ("cron", "timezone", "words"),
    [
        ("0 25 * * *", "", "0 25 * * *"),
        ("0 3 * * *", "Asia/Shanghia", "Asia/Shanghia"),
        ("at night", "", "five"),
    ],
)
def test_a_schedule_that_serve_would_refuse(settings: Settings, cron: str, timezone: str, words: str) -> None:
    told = found(replace(settings, cron=cron, timezone=timezone))["schedule"]
    assert told.mark == "mend"
    assert words in told.found


def test_an_alert_that_is_no_program_and_a_port_in_use(settings: Settings) -> None:
    assert found(replace(settings, alert="no-such-program --now"))["alert"].mark == "mend"
    assert found(replace(settings, alert="true"))["alert"].mark == "ok"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert found(replace(settings, port=taken.getsockname()[1]))["serve"].mark == "note"
