"""What is said of papers behind their number: that all of them were reviewed, or that there are none."""

from __future__ import annotations

import re

from transforms.tabulate.phrases import Number
from transforms.tabulate.rulebook import Cue

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
