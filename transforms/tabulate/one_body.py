"""Figures of one village or grid, of police, court, a county office or one person: not those of the town."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.tabulate.not_ours import (
    IN_DEALT,
    IN_NO_PARTY,
    IN_NOT_OURS,
    IN_OFFICES,
    not_ours,
    passed_on,
)
from transforms.tabulate.phrases import Sentence

Stretch = tuple[int, int]

# One of these ends the name of such a body; sentences without any are passed over.
IN_BODIES = frozenset("村社格派庭院监资税警物土救交")
IN_COUNTY_NAMES, IN_COUNTY_ENDS = frozenset("县区市旗省州级"), frozenset("局委办队心院会组协大里")
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
    r"(?:成立|组建|推行|调[解处]|化解|排查|摸排|受理|处[理置]|接[待处]|接到|接警|办[理结]|上报|收集|发现|开展|举办|组织|召开|"
    r"发放|悬挂|张贴|建[成立]|设[立置]|打造|培[养育]|配备|聘请|走访|解决|提供|解答|依托|通过|发挥|坚持|围绕|实现|"
    r"[\u4e00-\u9fff]{2,10}率|发生|查[处办]|立案|破[案获]|审[结理]|判决|出动|检查|巡查|整改|帮助|签订|现有|推选|完成|创新|探索|以|"
    r"研究|形成|培训|作出|撰写|推送|发布|摆放|展出|印发|签署|出具|划分|更新|编发|刊出|评查|审[查核]|制[定发]|报备|备案|解除|接受|收到|答复|"
    r"公开|赠送|散发|拉挂|选聘|创建)"
)
_WITHIN = (
    r"(?:“?两委”?|村委会|党[支总][部支]|党委|委会|居委会|(?:人民)?调解委员会|调委会|(?:人民)?调解组织|调解室|网格员?|"
    r"干部|党员|法律明白人|调解员|综治中心|服务中心)?"
)
_PLACE = re.compile(rf"(?:村|社区|网格){_WITHIN}[：:]?(?={_HOW}{_DOES})")
# 在石桥村，调委会调解9件: where it is told of
_IN_PLACE = frozenset("村社")
_AT_PLACE = re.compile(r"在(?P<name>[\u4e00-\u9fff]{2,3})(?:村|社区)[，,]")
_POLICE = re.compile(
    rf"(?:派出所|法庭|法院|市场监[管督](?:管理)?(?:所|分局)|自然资源所|国土(?:资源)?所|消防救援(?:站|所|大队)|交管[站所]|税务(?:所|分局)|交警(?:中队|大队)|"
    rf"物业(?:服务)?(?:公司|企业))(?:民警|干警|法官|工作人员|执法人员)?"
    rf"(?={_HOW}{_DOES})(?![^，,；;。]{{0,8}}以[^，,；;。]{{1,10}}为被告)"
)
# 县应急局检查我镇企业13家次: the town is where it was done. What a county office organises or hands over is
# the town's own.
_COUNTY = re.compile(
    r"(?<![城超集上门夜都社辖片园景校库牧小山林])(?:[县市区旗省州](?:委)?[\u4e00-\u9fff]{1,9}?(?:局|委|办|大队|支队|中心|法院|检察院|常委会)|"
    r"(?:上级|[省市县区]级)[\u4e00-\u9fff]{0,6}[检督][查导]组)"
    rf"(?:{_TIME}|共|累计|先后|已|全年)*"
    r"(?:(?:(?:在|对|到|来)(?:我?[镇乡街]道?)?)?(?:检查|抽查|督查|巡查|暗访|查处|查办|立案|审理|审结|判决|破获|评查|通报)|"
    r"受理|调解|化解|办理|办结|处理|接待)(?:了)?(?:我[镇乡街]道?)?|"
    r"[县市区旗省州](?:人大|政协)(?:常委会|机关|代表团)?(?=[^，,；;。与和、]{0,8}(?:开展|组织|检查|视察))|"
    r"(?<![城超集上门夜都社辖片园景校库牧小山林])[县市区旗省]里(?=(?:全年|今年|年内|统一|先后|累计|共)*(?:组织|举办|召开|开展|检查|抽查|评选|表彰))"
)
# 部分村法律顾问全年服务不足12次: some of them, each so few.
_SOME_FEW = re.compile(
    r"(?:部分|个别|少数|有的|有些|一些|不少|多数)(?:行政)?(?:村|社区|嘎查)(?!民)[^，,；;。：:\n]{0,20}?(?=不足|不到|少于|未满|仅|只)"
)
# What stands between the last mark and such a body: a time, a town, the name. 各村, 示范村 and 在石桥村 name
# no actor.
_LEAD = (
    rf"\s*(?:[一二三四五六七八九十]是)?(?:例如|比如|如|像|其中)?(?:{_TIME})?"
    r"(?:[\u4e00-\u9fff]{2,3}[镇乡])?"
)
_NAMED = re.compile(rf"{_LEAD}(?:该|某|(?P<name>[\u4e00-\u9fff]{{2,3}}))")
_OF_SOME = re.compile(rf"{_LEAD}(?:由于|因|还有|仍有)?(?P<name>)")
_OF_COUNTY = re.compile(rf"{_LEAD}(?P<name>[\u4e00-\u9fff]{{2,3}})?")
_OF_POLICE = re.compile(
    rf"{_LEAD}(?:[\u4e00-\u9fff]{{0,3}}[县区市](?:人民)?法院)?(?:[镇乡县区市]|辖区|街道|城关|(?P<name>[\u4e00-\u9fff]{{2}}))?(?:人民)?"
)
_NO_NAME = re.compile(
    r"[各每全我本等辖入进到在赴对为由从将把向与及的个以该其某多两]|级|"
    r"(?:行政|建制|示范|试点|重点|薄弱|中心|城中|法治|平安|智慧|和谐|文明|幸福|无讼|美丽|特色|[农乡镇驻包联]|街道|"
    r"帮扶|创建|建设|基层|城市|基础|全科|专属|专业|综合|党建|治理|警务|红色|单元|部分|其他|相关|有关|"
    r"联合|会同|配合|协助|组织|指导|协调|支持|推动|派驻)$|"
    r"^(?:通过|发挥|借助|利用|运用|强化|突出|聚焦|推进|深化|优化|完善|健全|细化|划分|接受|迎接|报经|联合|会同|配合|协助|组织|指导|依托|走访|推动|打造|创建|建设|帮助|邀请|参加|参与|按照|根据|陪同|移交|移送|报请|转交|和|跟|同)"
)
_LAST_MARK = re.compile(r".*[，,；;。：:、\n（(）).．]", re.S)
_LIKE = ("村", "社区", "网格")
_ENDS = re.compile(
    rf"[；;](?!{_DOES}|[\u4e00-\u9fff]{{0,6}}率)|[。\n]|全[镇乡街]|我[镇乡街办所]|本[镇乡街级]|"
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
    text, stop = sentence.text, sentence.numbers[-1].quantity.end
    told = "年" in sentence.characters and not sentence.lacks(IN_CAREER)
    careers = () if not told else _CAREER.finditer(text, sentence.start, stop)
    out = [(m.end(), _end(text, m.end(), sentence.end)) for m in careers]
    patterns = (
        [] if sentence.lacks(IN_BODIES) else [(_PLACE, _NAMED), (_POLICE, _OF_POLICE), (_SOME_FEW, _OF_SOME)]
    )
    if not (sentence.lacks(IN_COUNTY_NAMES) or sentence.lacks(IN_COUNTY_ENDS)):
        patterns.append((_COUNTY, _OF_COUNTY))
    if "在" in sentence.characters and not sentence.lacks(_IN_PLACE):
        out += [
            (m.end(), _end(text, m.end(), sentence.end))
            for m in _AT_PLACE.finditer(text, sentence.start, stop)
            if not _NO_NAME.search(m["name"])
        ]
    if not (sentence.lacks(IN_NOT_OURS) and sentence.lacks(IN_NO_PARTY)):
        out += not_ours(sentence, _ENDS)
    if not (sentence.lacks(IN_OFFICES) or sentence.lacks(IN_DEALT)):
        out += passed_on(sentence)
    return out + [
        (m.end(), _end(text, m.end(), sentence.end))
        for pattern, lead in patterns
        for m in pattern.finditer(text, sentence.start, stop)
        if _acts(text, max(sentence.start, m.start() - LONGEST_LEAD), m.start(), lead)
    ]


def _acts(text: str, start: int, at: int, lead: re.Pattern[str]) -> bool:
    """Whether the body is named and opens its clause, alone or in a list of its like."""
    mark = _LAST_MARK.match(text, start, at)
    begins = mark.end() if mark else start
    if mark and text[begins - 1] == "、" and (lead is not _NAMED or not text.endswith(_LIKE, 0, begins - 1)):
        return False  # 司法所、派出所调解60起: the town's own office is among them
    named = lead.fullmatch(text, begins, at)
    return named is not None and not (named["name"] and _NO_NAME.search(named["name"]))


def _end(text: str, start: int, stop: int) -> int:
    end = _ENDS.search(text, start, stop)
    return end.start() if end else stop


# 我村, 本社区: the writer is a village; 我村干部 in a town's report is not its writer.
_VILLAGES = ("我村", "本村", "我社区", "本社区", "我居委会", "本居委会", "我嘎查", "本嘎查")
_WRITER = re.compile(rf"(?:^|[，,；;。：:\n\s])(?:{'|'.join(_VILLAGES)})(?!民|里|干部|组|集体)")
# 石桥村2023年普法工作总结
_TITLE = re.compile(
    r"\s*[^\n，。；：]{1,16}(?<![农乡镇各全美道])(?:村|社区)(?:村委会|居委会|党支部|党总支|党委)?"
    r"(?=20\d\d年?|关于|法治|普法|依法|平安)[^\n。，；]{0,24}(?:总结|报告|汇报|小结)(?:\n|$)"
)
# A class first: searched for faster than choices.
_TOWN = re.compile(
    r"[全我本该镇乡街](?:(?<=[全我本该])[镇乡]|(?<=[全我本])(?:街|办事处|苏木)|(?<=[镇乡])(?:党委|政府)|"
    r"(?<=街)道(?:党工委|办))"
)
LONGEST_TITLE = 60


def is_of_a_village(text: str) -> bool:
    """Whether a village writes of itself: then no figure is the town's.

    >>> is_of_a_village("我村调解纠纷9件。"), is_of_a_village("我镇调解纠纷9件，我村干部参加。")
    (True, False)
    """
    if _TOWN.search(text):  # as nearly every report says within its first lines
        return False
    head = text[:LONGEST_TITLE]
    if ("村" in head or "社区" in head) and _TITLE.match(head):
        return True
    return any(name in text for name in _VILLAGES) and _WRITER.search(text) is not None


def is_of_one_body(stretches: Sequence[Stretch], at: int) -> bool:
    """Whether a number that stands at a place is said of such a body."""
    return any(start <= at < end for start, end in stretches)


# 石桥村全年未发生, 其中柳河社区保持零上访
_OF_ONE_VILLAGE = re.compile(
    rf"\s*(?:其中|例如|比如|如)?[，,]?(?:{_TIME})?(?P<name>[\u4e00-\u9fff]{{2,3}})(?:村|社区)"
    rf"(?=(?:{_TIME}|已|连续|[\d一二三四五六七八九十]+年)*(?:未|无(?!讼)|没有|实现|保持|做到|达到))"
)
_SEVERAL = ("所有", "任何", "下属", "整个", "全部")


def names_one_village(clause: tuple[int, int], text: str) -> bool:
    """Whether a clause that denies something opens with the name of one village."""
    named = _OF_ONE_VILLAGE.match(text, *clause)
    return named is not None and named["name"] not in _SEVERAL and not _NO_NAME.search(named["name"])
