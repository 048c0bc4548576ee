"""Eight threads that ask first, all at once, in a process in which nothing is built yet."""

from __future__ import annotations

import json
import subprocess
import sys

COLD = """
import json, sys, threading
from concurrent.futures import ThreadPoolExecutor
from transforms import extract
from transforms.decode.report import report_from_text
from transforms.tabulate.identity.gazetteer import gazetteer
from transforms.tabulate.rulebook import rulebook

sys.setswitchinterval(1e-6)
TITLE = "{0}2023年度法治政府建设情况报告\\n"
TEXT = TITLE + "2023年，{0}调解纠纷{1}件，开展宣传活动{1}场次。\\n{0}人民政府\\n2024年1月9日"
NAMES = ["太平镇", "城关镇", "三合镇", "光武镇", "和平乡", "新民镇", "永安镇", "东风街道"]
together = threading.Barrier(8)

def read(turn):
    together.wait(60)
    if turn < 0:
        return [gazetteer(), rulebook(), *(f.unit for n in NAMES for f in gazetteer().find(n))]
    made = [extract(report_from_text(TEXT.format(name, turn + 5))) for name in NAMES]
    return [repr((e.identity, e.facts, e.ledger)) for e in made]

with ThreadPoolExecutor(8) as pool:
    built = list(pool.map(read, [-1] * 8))
    at_once = list(pool.map(read, range(8)))
together = threading.Barrier(1)
alone = [read(turn) for turn in range(8)]
print(json.dumps({"built": len({tuple(map(id, b)) for b in built}), "same": at_once == alone}))
"""


def test_cold_threads_build_one_of_each_and_read_what_one_thread_reads() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COLD], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"built": 1, "same": True}
