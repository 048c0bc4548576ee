"""Names of private persons, and numbers that lead to them, masked in clauses: 当事人李明 becomes 当事人李某.

A name is masked only where a word beside it says that a private person is meant, so officials, signers and
places stay. A mask is as long as what it hides: what else stands in the clause keeps its place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

HAN: Final = "[一-龥]"
# A county, an office or a firm after a surname's character is no person: 被告周口市人民政府.
INSTITUTION: Final = f"(?!{HAN}{{0,8}}[省市县区镇乡村街局府院厅委司厂店行社站所])"

# Names before 等12名村民; a bound, since a list may begin at each of its names.
LIST: Final = 20


@dataclass(frozen=True, slots=True)
class Patterns:
    """`lists`: group `names` is one name or more; `given`: group 1 is one character to hide; `foreign`:
    names of two parts with a dot; `numbers`: group 1 is hidden.
    """

    name: re.Pattern[str]
    lists: tuple[re.Pattern[str], ...]
    given: re.Pattern[str]
    foreign: re.Pattern[str]
    numbers: tuple[re.Pattern[str], ...]


def masked(text: str) -> str:
    """The clause with private persons masked, of the same length.

    >>> masked("成功化解当事人李明与王小强宅基地纠纷1起")
    '成功化解当事人李某与王某某宅基地纠纷1起'
    >>> masked("镇长李明走访群众高龄老人12户")
    '镇长李明走访群众高龄老人12户'
    """
    made = patterns()
    for pattern in made.lists:
        text = pattern.sub(_hide_names, text)
    text = made.foreign.sub(_hide_foreign, text)
    text = made.given.sub(lambda found: found[0][: -len(found[1])] + "某", text)
    for pattern in made.numbers:
        text = pattern.sub(_hide_number, text)
    return text


def masked_number(text: str) -> str:
    """Numbers alone, where a text is a number and not a clause."""
    for pattern in patterns().numbers:
        text = pattern.sub(_hide_number, text)
    return text


def _hide_names(found: re.Match[str]) -> str:
    start, end = (place - found.start() for place in found.span("names"))
    whole = found[0]
    hidden = (
        _hidden(part) if patterns().name.fullmatch(part) else part
        for part in _separators().split(whole[start:end])
    )
    return whole[:start] + "".join(hidden) + whole[end:]


def _hidden(name: str) -> str:
    kept = 2 if name[:2] in rules()["surnames"]["compound"] and len(name) > 2 else 1
    return name[:kept] + "某" * (len(name) - kept)


def _hide_foreign(found: re.Match[str]) -> str:
    start = found.start("names") - found.start()
    hidden = "·".join(part[:1] + "某" * (len(part) - 1) for part in found["names"].split("·"))
    return found[0][:start] + hidden + found[0][start + len(hidden) :]


def _hide_number(found: re.Match[str]) -> str:
    start = found.start(1) - found.start()
    return found[0][:start] + "*" * len(found[1]) + found[0][start + len(found[1]) :]


@cache
def rules() -> dict[str, Any]:
    """private_persons.toml as it stands."""
    return tomllib.loads((files(__package__) / "private_persons.toml").read_text(encoding="utf-8"))


@cache
def patterns() -> Patterns:
    """Compiled once; each alternative is of bounded length, so that time is linear in the text."""
    told = rules()
    cue = _one_of((*told["cues"]["strong"], *told["cues"]["weak"]))
    strong = _one_of(told["cues"]["strong"])
    name, common = _name(), told["surnames"]["common"]
    ending = (*told["after"]["words"], *told["cues"]["kinds"])
    follows = rf"(?=$|(?!{HAN}).|{_one_of(ending)})"
    begins = "(?:(?<!{})|{})".format(HAN, "|".join(f"(?<={word})" for word in told["cues"]["before"]))
    joined = rf"(?:[、，,]?[与和及跟、](?:{cue})?)"
    counted = rf"(?=等[0-9一二三四五六七八九十两多余数几]{{0,6}}[名位户人]?{HAN}{{0,4}}?{cue})"
    quarrel = rf"(?=(?:之间|两家|两户|双方|两人)?的?{HAN}{{0,12}}?{_one_of(told['cues']['disputes'])})"
    lists = (
        rf"{cue}[:：（(“\" ]?(?P<names>{name}(?:{joined}{name})*){follows}",
        rf"{begins}(?P<names>{name})(?={_one_of(told['cues']['titles'])})",
        rf"{begins}(?P<names>{name}[与和诉跟、]{name}){quarrel}",
        rf"{begins}(?P<names>{name}(?:[、和与及]{name}){{0,{LIST}}}){counted}",
    )
    return Patterns(
        name=re.compile(name),
        lists=tuple(re.compile(pattern) for pattern in lists),
        given=re.compile(
            rf"{strong}[:：（(“\" ]?{_no_word()}[{common}]{INSTITUTION}({_given('never_last')})"
        ),
        foreign=re.compile(rf"{cue}[:：（(“\" ]?(?P<names>{HAN}{{1,8}}·{HAN}{{1,6}}?){follows}"),
        numbers=tuple(re.compile(pattern) for pattern in told["numbers"].values()),
    )


def _name() -> str:
    """A surname and one or two characters; the second is none of the words that may follow a name."""
    surnames = rules()["surnames"]
    single = "".join(word for word in rules()["after"]["words"] if len(word) == 1)
    family = f"(?:{_one_of(surnames['compound'])}|[{surnames['common']}{surnames['rare']}])"
    longer = [word for word in (*rules()["after"]["words"], *rules()["cues"]["kinds"]) if len(word) > 1]
    two = rf"{_given()}(?![{single}]|{_one_of(longer)}){_given('never_last')}"
    return rf"{_no_word()}{family}(?:{two}|{_given('never_last')})"


def _given(*kinds: str) -> str:
    never = "".join(rules()["given"][kind] for kind in ("never", *kinds)).replace(" ", "")
    return f"(?![{never}]|[一三四][{rules()['given']['counted']}]){HAN}"


@cache
def _no_word() -> str:
    text = (files(__package__) / "word_beginnings.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return "(?!{})".format("|".join(f"{line[0]}[{line[1:]}]" for line in lines))


def _one_of(words: Iterable[str]) -> str:
    """Longest first, so that 被告人 is not taken for 被告 and 人."""
    return "(?:" + "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))) + ")"


@cache
def _separators() -> re.Pattern[str]:  # noqa: N802
    cue = _one_of((*rules()["cues"]["strong"], *rules()["cues"]["weak"]))
    return re.compile(rf"([、，,与和及跟诉]|{cue})")


@cache
def sign_of_a_person() -> str:
    """A pattern (RE2) without which nothing is masked: it spares looking closely at most clauses."""
    cues = rules()["cues"]
    words = (*cues["strong"], *cues["weak"], *cues["titles"], *cues["disputes"])
    return _one_of(words) + "|[0-9Xx][0-9Xx -]{5,}|[A-Z][·. ]?[A-Z0-9]{5}"
