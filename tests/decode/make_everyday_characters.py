"""Writes transforms/decode/everyday_characters.toml again from the word list of jieba (not a dependency).

    python tests/decode/make_everyday_characters.py path/to/jieba-0.42.1/jieba/dict.txt

A character counts as often as the words it stands in; the Traditional forms are what OpenCC's character
table gives for the chosen Simplified ones, so that Big5 and Traditional GBK text score like Simplified text.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from opencc import OpenCC  # type: ignore[import-untyped]

TARGET = Path(__file__).resolve().parents[2] / "transforms/decode/everyday_characters.toml"
COMMON, KNOWN = 700, 2500

HEADER = """\
# The characters everyday Chinese is made of, most frequent first. Read by transforms/decode/encoding.py,
# which asks of each candidate encoding how much of the decoded text they make up.
#
# Source: word frequencies of jieba 0.42.1 (jieba/dict.txt, MIT licence, Copyright (c) 2013 Sun Junyi), summed
# by character; Traditional forms by OpenCC's character table (opencc-python-reimplemented, Apache-2.0).
# Made by tests/decode/make_everyday_characters.py; not edited by hand.
"""


def counted(dictionary: Path) -> list[str]:
    """Han characters of the word list, most frequent first (ties in code order)."""
    counts: Counter[str] = Counter()
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, frequency, *_ = line.split(" ")
        for character in word:
            if "\u4e00" <= character <= "\u9fff":
                counts[character] += int(frequency)
    return [c for c, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


def main(dictionary: str) -> None:
    ranked = counted(Path(dictionary))
    common, known = ranked[:COMMON], ranked[COMMON:KNOWN]
    s2t = OpenCC("s2t")
    rows = [HEADER]
    for name, characters in (("common", common), ("known", known)):
        traditional = "".join(dict.fromkeys(t for c in characters if (t := s2t.convert(c)) != c))
        rows.append(f'{name} = "{"".join(characters)}"')
        rows.append(f'{name}_traditional = "{traditional}"')
    TARGET.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
