"""Names of persons in letterheads and signatures, which keep the characters their bearers use."""

from __future__ import annotations

import re

# labels that stand before a person's name with a colon (签发人：毛霞), in both scripts
_LABELS = (
    "签发人|簽發人|会签人|會簽人|签批人|簽批人|审核人|審核人|审批人|審批人|核稿人|拟稿人|擬稿人|撰稿人|报告人|報告人"
    "|述法人|述职人|述職人|联系人|聯系人|聯繫人|经办人|經辦人|承办人|承辦人|填报人|填報人|负责人|負責人|责任人|責任人"
    "|党委书记|黨委書記|书记|書記|镇长|鎮長|乡长|鄉長|主任|组长|組長"
)
_NAME = r"[\u4e00-\u9fff\u3400-\u4dbf]{1,6}(?:[·•‧・][\u4e00-\u9fff\u3400-\u4dbf]{1,6}){0,3}"
_SIGNED = re.compile(
    rf"(?:{_LABELS})[ \t\u3000]*[:：][ \t\u3000]*({_NAME}|[\u4e00-\u9fff][ \u3000]{{1,2}}[\u4e00-\u9fff])(?![^\s，。；、,;（(])"
)
_ANY_LABEL = re.compile(r"[人记記长長任][ \t\u3000]*[:：]")


def person_names(text: str) -> list[tuple[int, int]]:
    """Spans of the names after 签发人：, 镇长：and the like.

    >>> [("签发人：沈乾 2022年"[slice(*span)]) for span in person_names("签发人：沈乾 2022年")]
    ['沈乾']
    >>> person_names("责任人：各村党支部书记和村委会主任")
    []
    """
    if not _ANY_LABEL.search(text):
        return []
    return [match.span(1) for match in _SIGNED.finditer(text)]
