"""The encoding of short and damaged texts, decided by evidence."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from opencc import OpenCC

from transforms.decode.encoding import decode_text
from transforms.decode.resync import resynchronised

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
PROSE = (Path(__file__).parent / "prose.txt").read_text(encoding="utf-8")
SAMPLES_PER_KIND = 6


def short_samples() -> Iterator[tuple[str, str, bytes, int]]:
    """(encoding, text, bytes, damaged places): 20 to 500 characters, up to three bad bytes."""
    rng = random.Random(20)
    to_traditional = OpenCC("s2t").convert
    for encoding in ENCODINGS:
        for length in (20, 35, 60, 120, 250, 500):
            for damage in (0, 1, 3 if length >= 60 else 0):
                for _ in range(SAMPLES_PER_KIND):
                    start = rng.randrange(len(PROSE) - length)
                    text = PROSE[start : start + length]
                    if encoding == "big5" or rng.random() < 0.2:
                        text = to_traditional(text)
                    data = text.encode(encoding, "ignore" if encoding == "big5" else "strict")
                    yield encoding, data.decode(encoding), damaged(data, damage, rng), damage


def damaged(data: bytes, places: int, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(places):
        changed[rng.randrange(len(changed))] = rng.choice((0x00, 0x80, 0xFF, rng.randrange(256)))
    return bytes(changed)


def test_at_least_99_percent_of_short_samples_are_decoded_right() -> None:
    samples = list(short_samples())
    wrong = [s for s in samples if not decoded_right(*s)]
    assert len(samples) >= 300
    assert len(wrong) <= len(samples) / 100, [(e, t[:30], d) for e, t, _, d in wrong]


def decoded_right(encoding: str, text: str, data: bytes, damage: int) -> bool:
    """The encoding is right, and all characters but those at the damaged places stand as written."""
    decoded = decode_text(data)
    if decoded is None or not decoded.encoding.startswith(encoding):
        return False
    lost = Counter(text) - Counter(decoded.text)
    return lost.total() <= 3 * damage


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_undamaged_text_comes_back_exactly_with_its_line_ends(encoding: str) -> None:
    text = "太平鎮人民政府\r\n全年調解糾紛12件，\n發放資料3000份。\r\n\u3000\u3000二零二三年"
    decoded = decode_text(text.encode(encoding, "strict"))
    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.damaged) == (text, encoding, 0)


@pytest.mark.parametrize(
    ("codec", "recorded"),
    [("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16-le"), ("gb2312", "gb18030"), ("cp950", "big5")],
)
def test_marks_and_old_names(codec: str, recorded: str) -> None:
    decoded = decode_text(
        "全鎮工作情況：調解12件".replace("鎮", "區").replace("況", "形").encode(codec, "ignore")
    )
    assert decoded is not None
    assert decoded.encoding == recorded
    assert not decoded.text.startswith("\ufeff")


def test_six_characters_suffice() -> None:
    for encoding in ENCODINGS:
        decoded = decode_text("全年召开会议".encode(encoding, "ignore"))
        assert decoded is not None
        assert encoding == "big5" or decoded.encoding == encoding


def test_a_lost_byte_costs_one_character_not_the_sentence() -> None:
    text = "全镇共调解各类矛盾纠纷三十二件，全部化解，群众满意"
    data = text.encode("gb18030")
    decoded = decode_text(data[:8] + data[9:])
    assert decoded is not None
    assert decoded.damaged == 1
    assert decoded.text.endswith("各类矛盾纠纷三十二件，全部化解，群众满意")
    assert decoded.text.startswith("全镇共调")


def test_a_shift_that_is_valid_throughout_is_noticed() -> None:
    """Without one byte the pairs may all be other characters, none of them undecodable."""
    text = "全镇坚持依法行政，统筹推进法治建设a，年内调解纠纷"
    data = text.encode("gb18030")
    shifted = [cut for i in range(len(data)) if _decodes(cut := data[:i] + b"x" + data[i + 2 :])]
    # without a character of private use nothing tells the shift from rare words
    telling = [cut for cut in shifted if re.search("[\ue000-\uf8ff]", cut.decode("gb18030"))]
    assert len(telling) >= 3
    for cut in telling:
        decoded = decode_text(cut)
        assert decoded is not None
        assert (Counter(text) - Counter(decoded.text)).total() <= 3


def _decodes(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(
    "text", ["АБВГДЕЖЗИЙКЛМНОПРСТ", "┌──┬──┐", "ぁあぃいぅうぇえぉお", "揽傉銞矐籽韕蠬匞爮颌梨"]
)
def test_valid_text_of_any_kind_stays_as_it_is(text: str) -> None:
    assert resynchronised(text.encode("gb18030"), "gb18030", {"一": 1.0}) == text


def test_resynchronising_leaves_sound_lines_alone() -> None:
    sound = "镕堃喆罕见字".encode("gb18030")
    text = resynchronised(sound + b"\n\xff" + sound, "gb18030", {})
    assert text == "镕堃喆罕见字\n\ufffd镕堃喆罕见字"


@pytest.mark.parametrize(
    "data",
    [b"\0" * 500, bytes(range(128, 256)) * 4, random.Random(5).randbytes(4000), b"\x01\x02\x03\x04" * 50],
    ids=["zeros", "high bytes", "random", "controls"],
)
def test_binaries_are_no_text(data: bytes) -> None:
    assert decode_text(data) is None


def test_what_a_page_declares_never_outweighs_its_characters() -> None:
    data = "全镇调解纠纷，开展法治宣传活动".encode("gb18030")
    for claim in ("utf-8", "big5", "iso-8859-1", "no-such-name"):
        decoded = decode_text(data, claim)
        assert decoded is not None
        assert decoded.encoding == "gb18030"
