"""Law 1: every numeral has exactly one row, counted by a scan that shares no code with the reader."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from transforms import extract, read_text
from transforms.decode.read import read_bytes
from transforms.tabulate.ledger import ANY_DIGIT, LedgerEntry
from validation.accuracy_facts import BANK_YEAR, load_cases

ROOT = Path(__file__).resolve().parents[2]


def uncovered_digits(text: str, ledger: Sequence[LedgerEntry]) -> list[int]:
    """Positions of digits that no entry covers."""
    covered = bytearray(len(text))
    for entry in ledger:
        covered[entry.start : entry.end] = b"\x01" * (entry.end - entry.start)
    return [i for i, c in enumerate(text) if c.isdecimal() and not covered[i]]


def check(text: str, ledger: Sequence[LedgerEntry]) -> None:
    assert uncovered_digits(text, ledger) == []
    assert [e.start for e in ledger] == sorted({e.start for e in ledger})
    assert all(a.end <= b.start for a, b in zip(ledger, ledger[1:], strict=False))
    assert all(text[e.start : e.end] == e.text for e in ledger)


def samples() -> list[Path]:
    return sorted(p for p in (ROOT / "samples").rglob("*") if p.suffix in (".txt", ".html", ".htm"))


@pytest.mark.parametrize("path", samples(), ids=lambda p: p.name)
def test_complete_on_every_sample(path: Path) -> None:
    read = extract(read_bytes(path.read_bytes(), str(path), path.name))
    check(read.report.text, read.ledger)


def test_complete_on_the_real_reports(shared: Path) -> None:
    for path in sorted((shared / "reports").glob("*.txt")):
        read = extract(read_bytes(path.read_bytes(), str(path), path.name))
        check(read.report.text, read.ledger)


PIECES = [
    "全年召开专题会议4次，", "发放宣传资料2千余份。", "第三届", "〔2022〕126号", "12.4", "“1+5”", "、", "（",
    "）", "\n", "一、", "（二）", "3至5名", "100%", "202526号", "***件", "各1次", "其中", "分别为7次、9次",
    "12345", "2022年10月27日", "９９", "两千三百份", "八五普法", "沒有群體性事件", "均胜诉", "10余",
    "0.8万元", "《第3条》", "a1b2", "合计",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_complete_on_shuffled_fragments(seed: int) -> None:
    rng = random.Random(seed)
    text = "".join(rng.choice(PIECES) for _ in range(60))
    facts, ledger = read_text(text, 2023)
    check(text, ledger)
    for i, fact in enumerate(facts):
        assert fact.span == text[fact.start : fact.end]
        supported = [e for e in ledger if i in e.facts]
        assert len(supported) <= 1 or fact.rule.endswith((".none", ".all", ".full"))


def test_one_numeral_may_support_several_facts() -> None:
    facts, ledger = read_text("参考率、合格率均达100%。", 2023)
    (entry,) = ledger
    assert entry.role == "fact"
    assert entry.facts == (0, 1)
    assert len(facts) == 2


def test_what_a_repair_took_away_has_a_row_too() -> None:
    text = "全年召开法治专题会议4次，研究部署各项\n\n- 7 -\n\n工作。\n" * 3
    _, ledger = read_text(text, 2023)
    assert uncovered_digits(text, ledger) == []


ROLES = {
    "在8个村开展普法宣传18场。": ("8个", "context"),
    "第3次会议。": ("第3次", "ordinal"),
    "修订村规民约13份。": ("13份", "unmatched"),
    "依据县法办〔2023〕17号文件。": ("〔2023〕17号", "document_number"),
    "位列全县第3名。": ("第3名", "rank"),
    "受理矛盾纠纷50件，其中婚姻家庭30件。": ("30件", "part"),
    "公开信息20条，播发稿件90篇，其中市级媒体刊发18篇。": ("18篇", "part"),
    "化解纠纷31件，走访群众210户，其中困难户30户。": ("30户", "part"),
    "收到公开申请37件。按方式分：网上申请20件，信函申请17件。": ("17件", "part"),
    "解决历史遗留问题15件，占60%；正在推进的10件。": ("60%", "part"),
    "主动公开信息20条。财政类占25%，其次是人事类15%。": ("15%", "part"),
    "解决历史遗留问题15件；正在推进的10件，占24%。": ("10件", "part"),
    "总投资860万元的卫生院竣工。": ("860万元", "unmatched"),
}


@pytest.mark.parametrize("text", ROLES)
def test_roles(text: str) -> None:
    wanted, role = ROLES[text]
    _, ledger = read_text(text, 2023)
    assert any(wanted in e.text or e.text in wanted for e in ledger if e.role == role), ledger


def test_roles_agree_with_a_sample_read_by_hand() -> None:
    """300 rows drawn from our own banks; each role was decided by reading the sentence, not the program."""
    banks = [ROOT / "tests" / "cases" / f"{name}.jsonl" for name in ("openings", "second_bank")]
    cases = {c["id"]: c for bank in banks for c in load_cases(bank)}
    sample = load_cases(Path(__file__).parent / "ledger_roles.jsonl")
    ledgers: dict[str, dict[int, LedgerEntry]] = {}
    wrong = []
    for row in sample:
        case = cases[row["case"]]
        if row["case"] not in ledgers:
            year = case.get("report_year") or case.get("year") or BANK_YEAR
            ledgers[row["case"]] = {e.start: e for e in read_text(case["text"], year)[1]}
        entry = ledgers[row["case"]].get(row["start"])
        if entry is None or (entry.text, entry.role) != (row["text"], row["role"]):
            wrong.append((row, entry))
    assert len(sample) == 300
    assert len(wrong) <= 15, wrong


def test_no_digit_of_any_script_is_passed_over() -> None:
    digits = [c for c in map(chr, range(sys.maxunicode + 1)) if c.isdecimal()]
    assert len(digits) > 500
    assert all(ANY_DIGIT.match(c) for c in digits)
