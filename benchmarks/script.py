"""Script conversion and normalisation against opencc-python-reimplemented's own t2s and the bare scan."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.bare_scan import scan
from benchmarks.timing import Goal, Job, at_least, at_most, medians
from transforms.normalize import normalize, to_simplified
from transforms.normalize.dictionaries import plain_library
from transforms.quantify import quantities

GOALS = {"Traditional": 10, "Simplified": 30, "mixed": 15}  # times as fast as the library, at least
AT_MOST_BARE = 15
SLOW_SHARE = 10  # the library is slow and reads every tenth report
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


def goals(count: int = 1000) -> Iterator[Goal]:
    """What is asked of script conversion, by kind of corpus."""
    library = plain_library().convert
    for name, texts in corpora(count).items():
        jobs: dict[str, Job] = {
            "library": lambda texts=texts: [library(text) for text in texts[::SLOW_SHARE]],  # type: ignore[misc]
            "ours": lambda texts=texts: [to_simplified(text) for text in texts],  # type: ignore[misc]
            "scan": lambda texts=texts: [scan(text) for text in texts],  # type: ignore[misc]
            "both": lambda texts=texts: [quantities(normalize(text).text) for text in texts],  # type: ignore[misc]
        }
        taken = medians(jobs)
        yield at_least(
            f"speed of conversion / OpenCC library, {name}",
            GOALS[name],
            SLOW_SHARE * taken["library"] / taken["ours"],
        )
        yield at_most(
            f"cost of normalize + quantities / bare scan, {name}", AT_MOST_BARE, taken["both"] / taken["scan"]
        )
