"""No text takes more than linear time: four times the text may take no more than about four times as long."""

from __future__ import annotations

import random
import time

import pytest

from transforms.quantify import numerals

pytestmark = [pytest.mark.slow, pytest.mark.timed]

UNITS = [
    *(
        "1",
        "一",
        "十",
        "十百",
        "1 ",
        "1 200 ",
        "1,000",
        "1，",
        "一、",
        "（",
        "((",
        "“",
        "“一",
        "《",
        "《1",
        "1+",
        "1-1",
        "1.",
        "a1",
    ),
    *(
        "余",
        "约1",
        "不足",
        "第",
        "第一",
        "1年",
        "二〇",
        "一点",
        "1亿",
        "十1",
        "一1",
        "百分之",
        "百分之一",
        "分之",
        "1/1",
        "1*",
        "1个半",
    ),
    *(
        "三元五",
        "〔2022〕",
        "〔",
        "半",
        "几",
        "数",
        "1\n",
        "1 \n个",
        "1至",
        "1到2",
        "一至",
        "各",
        "负",
        "一季度至",
        "http://a/",
        "n+1",
        "一村",
    ),
]
SMALL, FACTOR = 6_000, 4


def cpu(text: str) -> float:
    """Least of three runs: the machine is shared."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        numerals(text)
        best = min(best, time.process_time() - started)
    return best


def grows_linearly(make: str) -> bool:
    small = (make * (SMALL // len(make) + 1))[:SMALL]
    large = (make * (SMALL * FACTOR // len(make) + 1))[: SMALL * FACTOR]
    return cpu(large) <= max(2.2 * FACTOR * cpu(small), 0.02)


@pytest.mark.parametrize("unit", UNITS)
def test_repeated(unit: str) -> None:
    assert grows_linearly(unit) or grows_linearly(unit)  # one more try: a busy machine may stall a run


def test_a_megabyte_line_of_digits_brackets_and_numerals() -> None:
    rng = random.Random(5)
    pool = "0123456789一二三十百千万亿个人次%（）()“”《》，。、年月日余多约近第-—~ 号."
    text = "".join(rng.choice(pool) for _ in range(10**6))
    started = time.process_time()
    found = numerals(text)
    assert len(found) > 10**5
    assert time.process_time() - started < 60
