"""Private persons are masked, and nobody and nothing else."""

from __future__ import annotations

import re
import time
from itertools import product
from pathlib import Path

import pytest

from warehouse.data_package.masking import masked, masked_number, rules, sign_of_a_person

FAMILY = (
    "王",
    "李",
    "张",
    "刘",
    "陈",
    "杨",
    "赵",
    "吴",
    "徐",
    "孙",
    "朱",
    "郭",
    "罗",
    "宋",
    "谢",
    "韩",
    "邓",
    "许",
    "曹",
    "彭",
)
GIVEN = ("明", "小强", "桂芳", "建国", "丽", "志勇", "秀英", "海涛", "玉兰", "磊", "文静", "大伟")
SAID = (
    "当事人{}因欠款起争执",
    "村民{}、{}和{}反映排水不畅",
    "原告{}诉被告{}一案",
    "化解{}与{}宅基地纠纷",
    "社区矫正对象{}，",
)


@pytest.mark.parametrize("told", rules()["matches"], ids=lambda told: told["to"])
def test_a_private_person_is_masked(told: dict[str, str]) -> None:
    assert masked(told["from"]) == told["to"]
    assert len(told["from"]) == len(told["to"])
    assert masked(told["to"]) == told["to"], "masking twice changes nothing"
    assert re.search(sign_of_a_person(), told["from"]), "the quick look would pass it by"


@pytest.mark.parametrize("text", rules()["refuses"]["texts"])
def test_what_is_no_private_person_stays(text: str) -> None:
    assert masked(text) == text


def test_names_of_many_forms_in_many_sentences() -> None:
    names = [family + given for family, given in product(FAMILY, GIVEN)]
    missed = []
    for number, said in product(range(len(names)), SAID):
        used = [names[(number + 7 * n) % len(names)] for n in range(said.count("{}"))]
        text = masked(said.format(*used))
        missed += [text for name in used if name in text]
    asked = len(names) * len(SAID)
    assert len(missed) <= 0.02 * asked, missed[:20]


def test_nothing_of_the_real_reports_and_samples_is_masked(shared: Path) -> None:
    """They name no private person; 330,000 characters."""
    root = Path(__file__).resolve().parents[2]
    files = [
        *(shared / "reports").rglob("*"),
        *(shared / "cases").glob("*.jsonl"),
        *(root / "samples").glob("*.txt"),
    ]
    texts = [
        path.read_text("utf-8", errors="replace")
        for path in sorted(files)
        if path.suffix in (".txt", ".jsonl", ".html")
    ]
    assert texts
    assert [line for text in texts for line in text.splitlines() if masked(line) != line] == []


def test_figures_of_a_clause_are_never_masked() -> None:
    for text in (
        "罚没13912345678元",
        "覆盖13912345678人次",
        "电话回访8512345次",
        "投入账户资金12345678901234元",
    ):
        assert masked(text) == text
    assert masked_number("13912345678") == "*" * 11
    assert masked_number("2023年") == "2023年"


@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.parametrize(
    "piece",
    [
        "当事人李明与王强、",
        "李明、",
        "村民李明和",
        "王",
        "与",
        "1",
        "1 ",
        "等12名",
        "账号1 ",
        "·",
        "村民王·",
        "调解李明与",
    ],
)
def test_time_is_linear(piece: str) -> None:
    def seconds(times: int) -> float:
        started = time.process_time()
        masked(piece * times)
        return time.process_time() - started

    seconds(10)
    assert seconds(16000) < 40 * max(seconds(1000), 0.002)
