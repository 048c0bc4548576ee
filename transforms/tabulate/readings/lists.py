"""Lists with their number first (6件复议、8件诉讼): what belongs to one of them, and what to all."""

from __future__ import annotations

from transforms.tabulate.phrases import JOINERS, Number, Phrase

EVENTS = frozenset(("次", "场", "场次", "期", "学时", "课时"))
# 对32份合同、4项决策、1件文件进行审查: as many as are looked for.
LONGEST_LIST = 8


def end_of_list(phrase: Phrase, text: str) -> Phrase | None:
    """What is done to all parts of a list is said behind the last of them."""
    end: Phrase | None = phrase
    for _ in range(LONGEST_LIST):
        if end is None or end.number is None:
            break
        if not ends_in_joiner(text, end.start, end.number.start):
            break
        end = end.number.right
    return end if end is not phrase and end is not None and end.number is None else None


def ends_in_joiner(text: str, start: int, end: int) -> bool:
    return text[start:end].rstrip().endswith(tuple(JOINERS))


def opens_a_part(number: Number, text: str) -> bool:
    """6件复议、8件诉讼: the words between two numbers belong to the first of them."""
    return number.left.mark == "q" and ends_in_joiner(text, number.left.start, number.start)


def ends_number_first_list(number: Number, text: str) -> bool:
    """通过16次党委会、9次办公会研究民生事项: what all did is said behind the last, and forbids none."""
    left = number.left
    if (
        number.quantity.unit not in EVENTS
        or left.mark != "q"
        or not left.cues
        or left.cues[0].start != left.start
    ):
        return False
    return left.cues[0].end == number.start - 1 and text[number.start - 1] in JOINERS
