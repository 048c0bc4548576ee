"""Every check has its sentence, every sentence its check, and the page for people lists them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from validation.gates import reason_codes
from validation.schemas import fact_promise, ledger_promise, report_promise

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reason-codes.md"
PROMISES = {"report": report_promise, "fact": fact_promise, "ledger": ledger_promise}


@pytest.mark.parametrize("table", PROMISES)
def test_checks_and_sentences_agree(table: str) -> None:
    assert {check.name for check in PROMISES[table]().schema().checks} == reason_codes()[table].keys()


def test_page_lists_every_code() -> None:
    page = PAGE.read_text(encoding="utf-8").splitlines()
    told = [
        f"| {table} | `{code}` | quarantine | {sentence} |"
        for table, codes in reason_codes().items()
        for code, sentence in codes.items()
    ]
    assert [line for line in told if line not in page] == []
