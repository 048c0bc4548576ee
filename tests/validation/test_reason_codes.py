"""Every check has its sentence, every sentence its check, and the page for people lists them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from validation.gates import reason_codes
from validation.schemas import fact_schema, ledger_schema, report_schema

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reason-codes.md"
SCHEMAS = {"report": report_schema, "fact": fact_schema, "ledger": ledger_schema}


@pytest.mark.parametrize("table", SCHEMAS)
def test_checks_and_sentences_agree(table: str) -> None:
    assert {check.name for check in SCHEMAS[table]().checks} == reason_codes()[table].keys()


def test_page_lists_every_code() -> None:
    page = PAGE.read_text(encoding="utf-8").splitlines()
    told = [
        f"| {table} | `{code}` | quarantine | {sentence} |"
        for table, codes in reason_codes().items()
        for code, sentence in codes.items()
    ]
    assert [line for line in told if line not in page] == []
