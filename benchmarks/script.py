"""Script conversion and normalisation against their yardsticks, in CPU time.

    python -m benchmarks.script [--reports 1000] [--rounds 5]

Yardsticks, run in turn with what they measure, so that a noisy machine disturbs both:
opencc-python-reimplemented's own t2s for the conversion (goals: 10 x all-Traditional, 15 x mixed, 30 x
Simplified), the frozen number pattern of `bare_scan` for `normalize` (goal for normalize and quantify
together: at most 15 times that scan).
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import time
from collections.abc import Callable

from benchmarks.bare_scan import scan
from transforms.normalize import normalize, to_simplified
from transforms.normalize.dictionaries import plain_library
from transforms.quantify import quantities

GOALS = {"Traditional": 10, "Simplified": 30, "mixed": 15}
_SENTENCES = (
    "今年以来，{town}贯彻习近平法治思想，坚持依法行政，现将{year}年度法治政府建设情况报告如下：",
    "一、加强组织领导，压实工作责任",
    "（一）党委理论学习中心组专题学法{a}次，召开法治建设专题会议{b}次，研究解决重点难点问题{c}项。",
    "组织{d}名干部参加学法考试，参考率、合格率均达100%，优秀率{e}%。",
    "二、深化普法宣传，增强法治意识",
    "开展“宪法进乡村”等主题宣传活动{f}余场次，发放宣传资料{g}余份，解答群众咨询{h}多人次，悬挂横幅{b}条。",
    "培养“法律明白人”{d}名，为{c}个村（社区）配备法律顾问，实现全覆盖。",
    "三、健全矛盾纠纷多元化解机制，维护社会稳定",
    "全年共排查受理各类矛盾纠纷{i}件，调解成功{h}件，调解成功率达{e}%以上，涉及金额{j}万余元。",
    "接待来访群众{b}批{d}人次，办理12345热线诉求{i}件，办结率100%，未发生越级上访和群体性事件。",
    "四、规范行政执法，提升执法水平",
    "出动执法人员{g}人次，联合执法检查{f}次，作出行政处罚{c}件，罚没款{j}万元，{d}名执法人员持证上岗。",
    "五、存在问题和下一步打算",
    "虽然取得了一定成绩，但普法形式还不够丰富，干部依法办事能力有待提高。"
    "下一步，我镇将继续加大宣传力度，干好乡村治理各项工作。",
    "{town}人民政府\n{year}年12月28日",
)
_TOWNS = ("清水镇", "石桥乡", "永兴街道", "龙潭镇", "三合乡", "东湖街道", "乾元镇", "后溪镇")


def reports(count: int, seed: int = 7) -> list[str]:
    """Simplified reports of some 2,300 characters with varied figures and order, of frequent sentences."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        figures = {name: chance.randint(2, 4000) for name in "abcdefghij"}
        paragraphs = [*_SENTENCES[:1], *chance.sample(_SENTENCES[1:-1], len(_SENTENCES) - 2)] * 4
        text = "\n".join((*paragraphs, _SENTENCES[-1]))
        made.append(text.format(town=chance.choice(_TOWNS), year=chance.randint(2015, 2025), **figures))
    return made


def corpora(count: int) -> dict[str, list[str]]:
    """The same reports Simplified, Traditional, and 60 : 25 : 15 with inline pinyin as the last part."""
    import opencc

    simplified = reports(count)
    traditional = list(map(opencc.OpenCC("s2t").convert, simplified))
    annotated = [re.sub("([關鎮場個調設實])", r"\1(zhèn)", text) for text in traditional]
    first, second = count * 60 // 100, count * 85 // 100
    mixed = [*simplified[:first], *traditional[first:second], *annotated[second:]]
    return {"Traditional": traditional, "Simplified": simplified, "mixed": mixed}


def medians(tasks: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median CPU seconds of each task over interleaved rounds."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            start = time.process_time()
            task()
            taken[name].append(time.process_time() - start)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def main() -> None:
    """Print one line per corpus and measure, the goal beside the figure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=1000, help="how many reports to make (default 1000)")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds (default 5)")
    options = parser.parse_args()
    library = plain_library().convert
    for name, texts in corpora(options.reports).items():
        size = sum(map(len, texts))
        seconds = medians(
            {
                "library": lambda texts=texts: [library(text) for text in texts],
                "ours": lambda texts=texts: [to_simplified(text) for text in texts],
                "scan": lambda texts=texts: [scan(text) for text in texts],
                "normalize": lambda texts=texts: [normalize(text) for text in texts],
                "both": lambda texts=texts: [quantities(normalize(text).text) for text in texts],
            },
            options.rounds,
        )
        rate = {task: size / taken / 1e6 for task, taken in seconds.items()}
        ratio = seconds["library"] / seconds["ours"]
        cost, both = seconds["normalize"] / seconds["scan"], seconds["both"] / seconds["scan"]
        print(
            f"{name}: {len(texts)} reports, {size:,} characters\n"
            f"  conversion {rate['ours']:.1f} M/s, {ratio:.1f} x the library (goal {GOALS[name]})\n"
            f"  normalize {rate['normalize']:.1f} M/s, {cost:.1f} x a bare scan ({rate['scan']:.0f} M/s)\n"
            f"  normalize and quantify {both:.1f} x a bare scan (goal at most 15)"
        )


if __name__ == "__main__":
    main()
