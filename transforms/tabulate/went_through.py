"""What is said of papers behind their number: that all of them were reviewed, or that there are none."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.tabulate.phrases import Number
from transforms.tabulate.rulebook import Cue

if TYPE_CHECKING:
    from transforms.tabulate.readings import Reading

# 签订合同120份，均经司法所审核把关: what all of them went through is said of all.
# 合同52份、政策文件9件均经审查: or of a list
_PASSED = re.compile(
    r"(?:[，,]|(?:、[^，,；;。、\d]{2,10}\d+[余多]?[件份项个]){0,4}(?=全部|均|都|皆))"
    r"(?:全部|均|都|已|先|皆)*(?:经|由|通过)(?:过|了)?[^，,；;。]{0,14}?(?:审查|审核|审阅|把关|审定)"
)
PAPERS = frozenset({"contract", "norm_doc"})  # of which such things are said
_REVIEWED, _ISSUED = frozenset({"review", "legality_verb"}), frozenset({"issue_doc"})


def done_to(cue: Cue, number: Number, verbs: frozenset[str], text: str) -> frozenset[str]:
    """The verbs of a noun, with those that its number or the words behind it imply.

    规范性文件0件: none was issued, where no verb says what none of was done.
    """
    if "contract" in cue.word.concepts and _PASSED.match(text, number.quantity.end):
        return verbs | _REVIEWED
    if not verbs and not number.quantity.value and "norm_doc" in cue.word.concepts:
        return _ISSUED
    return verbs


# 制定规范性文件3件，均按时报备: as many were filed as issued; one that counts those filed says so itself.
_FILED = re.compile(
    r"[，,]?(?:并|且|现已|目前)?(?:均|都|皆|全部|一律|逐件|(?<=并))(?:均|都|已|按(?:时|期|要求|规定|程序)|及时|依法|依规|如期|全部|完成|报送|通过合法性审[查核](?:[并且、]|后)|"
    r"在规定(?:时限|期限|时间)(?:之?内)?|[向报][^，,；;。\d]{2,10}?)*(?:报备|备案)(?:完毕|工作)?(?=[，,；;。\n]|$)"
)
ISSUED, FILED = "normative_documents_issued", "normative_documents_filed"


def filed_too(issued: Reading, number: Number, text: str) -> list[Reading]:
    """The reading, and one of papers filed where those issued are said to have been filed, all of them.

    出台文件2件，2件均按时报备: a number without words of its own is of those filed alone.
    """
    if not _FILED.match(text, number.quantity.end):
        return [issued]
    frames = issued.cue.word.counting(number.quantity.unit)
    filed = [replace(issued, frame=f) for f in frames if f.indicator == FILED]
    return filed if filed and issued.side == "carried" and not number.left.cues else [issued, *filed]
