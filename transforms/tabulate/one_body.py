"""Figures of one village or grid, of police, court or a single person: not those of the town of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.tabulate.phrases import Sentence

Stretch = tuple[int, int]

# One of these ends the name of such a body; sentences without any are passed over.
IN_BODIES = frozenset("村社格派庭院")
IN_CAREER = frozenset("从担当")
_TIME = (
    r"(?:截[至止]目前|到?目前|(?:今年|去年)(?:以来)?|近年来|近[两三五]年来?|20\d\d年(?:以来)?|全年|年内)"
    r"[，,]?"
)
_HOW = (
    rf"(?:{_TIME}|[\d两三四五六七八九十]个(?:村|社区)|"
    r"累计|共|总共|已|先后|成功|积极|主动|及时|现场|就地|分别|充分|紧紧)*"
)
_DOES = (
    r"(?:调[解处]|化解|排查|摸排|受理|处[理置]|接[待处]|接到|接警|办[理结]|上报|收集|发现|开展|举办|组织|召开|"
    r"发放|悬挂|张贴|建[成立]|设[立置]|打造|培[养育]|配备|聘请|走访|解决|提供|解答|依托|通过|发挥|坚持|围绕|实现|"
    r"发生|查[处办]|立案|破[案获]|审[结理]|判决|出动|检查|整改|帮助|签订|现有|推选|完成|创新|探索|以)"
)
_WITHIN = (
    r"(?:“?两委”?|党[支总][部支]|党委|委会|居委会|(?:人民)?调解委员会|调委会|(?:人民)?调解组织|调解室|网格员?|"
    r"干部|党员|法律明白人|调解员|综治中心|服务中心)?"
)
_PLACE = re.compile(rf"(?:村|社区|网格){_WITHIN}(?={_HOW}{_DOES})")
_POLICE = re.compile(rf"(?:派出所|法庭|法院)(?={_HOW}{_DOES})")
# What stands between the last mark and such a body: a time, a town, the name. 各村, 示范村 and 在石桥村 name
# no actor.
_LEAD = rf"\s*(?:[一二三四五六七八九十]是)?(?:{_TIME})?(?:[\u4e00-\u9fff]{{2,3}}[镇乡])?"
_NAMED = re.compile(rf"{_LEAD}(?:该|(?P<name>[\u4e00-\u9fff]{{2,3}}))")
_OF_POLICE = re.compile(rf"{_LEAD}(?:[镇乡县区市]|辖区|街道|城关|(?P<name>[\u4e00-\u9fff]{{2}}))?(?:人民)?")
_NO_NAME = re.compile(
    r"[各每全我本等辖入进到在赴对为由从将把向与及的个以该其某多两]|级|"
    r"(?:行政|建制|示范|试点|重点|薄弱|中心|城中|法治|平安|智慧|和谐|文明|幸福|无讼|美丽|特色|[农乡镇驻包联]|街道|"
    r"帮扶|创建|建设|基层|城市|基础|全科|专属|专业|综合|党建|治理|警务|红色|单元|部分|其他|相关|有关|"
    r"联合|会同|配合|协助|组织|指导|协调|支持|推动|派驻)$|"
    r"^(?:联合|会同|配合|协助|组织|指导|依托|走访|推动|打造|创建|建设|帮助|邀请|和|跟|同)"
)
_LAST_MARK = re.compile(r".*[，,；;。：:、\n（(）).．]", re.S)
_LIKE = ("村", "社区", "网格")
_ENDS = re.compile(
    rf"[；;](?!{_DOES}|[\u4e00-\u9fff]{{0,6}}率)|[。\n]|全[镇乡街]|我[镇乡街办所]|本[镇乡街]|"
    r"[镇乡街](?:道)?(?:党|政府|司法|人民调|调委|综治|两级)|各村|各级"
)
# 老周当调解员18年，调解400多起: what one person did in a career.
_CAREER = re.compile(
    r"(?:从业|从警|从事[\u4e00-\u9fff]{2,10}?|担任[\u4e00-\u9fff]{2,10}?|当(?![前年时地天日场])[\u4e00-\u9fff]{1,8}?)"
    r"(?:已|近|了|整整)*(?:\d{1,2}|[二三四五六七八九十]{1,3})[余多]?年"
)
# Names are short; what goes before them is looked at no further back.
LONGEST_LEAD = 24


def one_bodies(sentence: Sentence) -> Sequence[Stretch]:
    """Where a sentence speaks of one such body: 石桥村调委会调解9起，成功率100%；镇调委会调解30起.

    From its name to the end of the half-sentence, or to where the town itself is named.
    """
    if not sentence.numbers:
        return ()
    text, stop = sentence.text, sentence.numbers[-1].start
    told = "年" in sentence.characters and not sentence.lacks(IN_CAREER)
    careers = () if not told else _CAREER.finditer(text, sentence.start, stop)
    out = [(m.end(), _end(text, m.end(), sentence.end)) for m in careers]
    if sentence.lacks(IN_BODIES):
        return out
    return out + [
        (m.end(), _end(text, m.end(), sentence.end))
        for pattern in (_PLACE, _POLICE)
        for m in pattern.finditer(text, sentence.start, stop)
        if _acts(text, max(sentence.start, m.start() - LONGEST_LEAD), m.start(), pattern is _POLICE)
    ]


def _acts(text: str, start: int, at: int, police: bool) -> bool:
    """Whether the body is named and opens its clause, alone or in a list of its like."""
    mark = _LAST_MARK.match(text, start, at)
    begins = mark.end() if mark else start
    if mark and text[begins - 1] == "、" and (police or not text.endswith(_LIKE, 0, begins - 1)):
        return False  # 司法所、派出所调解60起: the town's own office is among them
    named = (_OF_POLICE if police else _NAMED).fullmatch(text, begins, at)
    return named is not None and not (named["name"] and _NO_NAME.search(named["name"]))


def _end(text: str, start: int, stop: int) -> int:
    end = _ENDS.search(text, start, stop)
    return end.start() if end else stop


def is_of_one_body(stretches: Sequence[Stretch], at: int) -> bool:
    """Whether a number that stands at a place is said of such a body."""
    return any(start <= at < end for start, end in stretches)
