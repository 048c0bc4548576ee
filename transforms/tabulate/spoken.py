"""What a phrase speaks of, for the numbers behind it: not who acted, not single members of a list."""

from __future__ import annotations

import re

from transforms.tabulate.fields import OTHER_FIELD, SAYS_HOW, is_another
from transforms.tabulate.gaps import unknown_lead
from transforms.tabulate.near_noun import examples, of_one_name
from transforms.tabulate.phrases import Phrase, Sentence, concepts_of
from transforms.tabulate.rulebook import Cue, Rulebook


def said(phrase: Phrase, but: Cue | None, sentence: Sentence, book: Rulebook) -> frozenset[str]:
    """What a phrase speaks of, less single members of a list that ends at 等, who did it, and one cue.

    Of a plain noun of another field (防溺水宣传) it says no more than that.
    """
    text = sentence.text
    if but is None and _held_unknown(phrase, text, book):
        return OTHER_FIELD | phrase.concepts
    dropped = examples(text, phrase, text.rfind("等", phrase.start, but.start if but else phrase.end))
    if named := of_one_name(text, phrase):
        dropped = [*dropped, *named]
    if but is None and dropped:  # of a list with publicity in it, so much stays said
        dropped = [c for c in dropped if _TOLD.isdisjoint(c.word.concepts)]
    if not _STAFF.isdisjoint(phrase.concepts):
        dropped = [*dropped, *(c for c in phrase.cues if _only_acts(c, text, phrase.end))]
    others = [c for c in phrase.cues if c.word.plain and c is not but and is_another(c, sentence, book)]
    if others and not all(_only_named(c, phrase, text) for c in others):
        return OTHER_FIELD | concepts_of([c for c in phrase.cues if c not in (but, *dropped, *others)])
    if not dropped and but is None:
        return phrase.concepts
    return concepts_of([c for c in phrase.cues if c is not but and c not in dropped])


def _only_named(cue: Cue, phrase: Phrase, text: str) -> bool:
    """在红星村开展普法活动, “石榴讲堂”宣讲: a name of where or under what it was held is no other field."""
    if not _VILLAGES.isdisjoint(cue.word.concepts):
        return True
    return text.startswith(_CLOSING, cue.end) and any(
        other.start > cue.start and not _TOLD.isdisjoint(other.word.concepts) for other in phrase.cues
    )


_VILLAGES = frozenset({"village", "community"})
_CLOSING = ("”", '"')
_TOLD = frozenset({"publicity", "publicity_bare", "outreach"})
_HELD = frozenset({"次", "场", "场次", "期"})
SHORTEST_NAME = 2


def _held_unknown(phrase: Phrase, text: str, book: Rulebook) -> bool:
    """义诊活动3场: what was held has a name no rule knows. One in quotes may be of publicity."""
    number = phrase.number
    if number is None or number.quantity.unit not in _HELD or "”" in text[phrase.start : number.start]:
        return False
    acts = max((i for i, c in enumerate(phrase.cues) if c.word.verb), default=-1)
    if any(c.word.noun or c.word.decoy for c in phrase.cues[acts + 1 :]):
        return False  # 在法治广场演出3场: where it was held is passed over
    said = phrase.cues[-1].end if phrase.cues else phrase.start
    name = text[said : number.start]
    lead = unknown_lead(name, book)
    return lead >= SHORTEST_NAME and not SAYS_HOW.search(name[:lead])


_STAFF = frozenset({"adviser", "village_adviser", "pathfinder", "mediator", "grid_worker"})
_DOES = re.compile(
    r"[”）)]?(?:团队|队伍|骨干)?(?:全年|累计|共|先后|积极|定期|主动|分别|深入|广泛|各?村(?:（社区）)?|社区)*"
    r"(?:开展|举办|组织|进行|走进|进村|入村|下沉|宣讲|宣传)"
)


def _only_acts(cue: Cue, text: str, end: int) -> bool:
    """组织村法律顾问开展法治宣传: who did it is not what is spoken of."""
    return not _STAFF.isdisjoint(cue.word.concepts) and bool(_DOES.match(text, cue.end, end))
