"""The exact value of a written numeral: 一千零一十, 3.1千万, 三五百, 十几, 1万600."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from transforms.quantify.quantity import Exact

# Values never leave exact arithmetic: 100 digits hold every figure the grammar admits.
EXACT: Final = Context(prec=100)

_PLAIN: Final = str.maketrans(
    "〇○壹贰弍叁肆伍陆柒捌玖两俩仨幺拾佰仟", "零零一二二三四五六七八九二二三一十百千", " ,，\n\t\u3000\xa0"
)
_DIGIT: Final = {character: value for value, character in enumerate("零一二三四五六七八九")}
_UNIT: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_BIG: Final = 10**4
_VAGUE: Final = "几数"
_LONGEST: Final = 60  # characters of a numeral; a longer run is no figure anyone wrote

# A token is a value with its written width (0 for a unit); width 1 may be a shorthand: 一百二 = 120.
_Token = tuple[Decimal, int]


def _tokens(plain: str) -> list[_Token] | None:
    tokens: list[_Token] = []
    position = 0
    while position < len(plain):
        character = plain[position]
        if character in _UNIT:
            tokens.append((Decimal(_UNIT[character]), 0))
            position += 1
        elif character in _DIGIT:
            tokens.append((Decimal(_DIGIT[character]), 1))
            position += 1
        else:
            end = position
            while end < len(plain) and (plain[end].isdecimal() or plain[end] == "."):
                end += 1
            if end == position:
                return None
            tokens.append((Decimal(plain[position:end]), end - position))
            position = end
    return tokens


def _is_pair(first: _Token, second: _Token) -> bool:
    """三四, 三五: two neighbouring digits that name a range."""
    a, b = first[0], second[0]
    return first[1] == second[1] == 1 and a != 0 and (b - a == 1 or (a == 3 and b == 5))


def _sum(tokens: list[_Token]) -> Decimal | None:
    """The value of digits and units in order; None where they do not make a number (十百, 二十五千).

    A unit without a digit counts once (百一十, 万); a last lone digit after 百, 千, 万 counts the next lower
    unit (一百二).
    """
    total = section = last = small = Decimal(0)
    pending: _Token | None = None
    zero = False
    for value, width in tokens:
        if width:
            if pending is not None:
                return None
            zero = zero or value == 0
            pending = None if value == 0 and width == 1 else (value, width)
            continue
        if value < _BIG:
            if small and value >= small:
                return None
            section = EXACT.add(section, EXACT.multiply(pending[0] if pending else Decimal(1), value))
            small = value
        else:
            section = EXACT.add(section, pending[0] if pending else Decimal(0))
            if (
                not section
                and not zero
                and last
                and value <= last
                and not (value == last == _BIG and tokens[0][1])
            ):
                return None  # but 四万万 is 四亿
            total = _lifted(total, section, value, bare=not section and not zero, after_big=last >= _BIG)
            section = small = Decimal(0)
        pending, last, zero = None, value, False
    if pending is not None:
        short = pending[1] == 1 and not zero and last >= 100
        section = EXACT.add(section, EXACT.multiply(pending[0], last / 10) if short else pending[0])
    return EXACT.add(total, section)


def _lifted(total: Decimal, section: Decimal, unit: Decimal, *, bare: bool, after_big: bool) -> Decimal:
    """Total after a 万, 亿 or 兆: 三万亿 multiplies, 一亿三千万 adds, a bare 万 counts once."""
    if bare and after_big:
        return EXACT.multiply(total, unit)
    if total and unit > total:
        return EXACT.multiply(EXACT.add(total, section), unit)
    return EXACT.add(total, EXACT.multiply(Decimal(1) if bare else section, unit))


def _positional(tokens: list[_Token]) -> Decimal | None:
    """二零二四, 幺幺九: digits read one by one."""
    if any(width != 1 for _, width in tokens):
        return None
    return Decimal("".join(str(value) for value, _ in tokens))


def _point(plain: str) -> Decimal | None:
    """三点四, 一百点123, 二十点一万, 一七二零点一."""
    whole, _, rest = plain.partition("点")
    digits = rest.rstrip("十百千万亿兆")
    tokens = _tokens(whole) or []
    one_by_one = len(tokens) > 1 and all(width == 1 for _, width in tokens)
    value = _positional(tokens) if one_by_one else _sum(tokens) if tokens else None
    if value is None or not digits:
        return None
    decimals = "".join(str(_DIGIT.get(digit, digit)) for digit in digits)
    if not decimals.isdecimal():
        return None
    value = EXACT.add(value, Decimal(f"0.{decimals}"))
    for unit in rest[len(digits) :]:
        value = EXACT.multiply(value, Decimal(_UNIT[unit]))
    return value


def _vague(plain: str, place: int) -> tuple[Decimal, Decimal] | None:
    """几十 is 20 to 100, 十几 10 to 20, 一百几十 110 to 200: the upper end is not reached."""
    first = 2 if place == 0 else (1 if plain[place + 1 :] and plain[place + 1] in "十百千" else 0)
    head, tail = _tokens(plain[:place]), _tokens(plain[place + 1 :])
    if head is None or tail is None:
        return None
    low = _sum([*head, *([(Decimal(first), 2)] if first else []), *tail])
    high = _sum([*head, (Decimal(10), 2), *tail])
    return None if low is None or high is None else (low, high)


def read(written: str) -> tuple[Decimal, Decimal] | None:
    """Least and greatest value of a numeral, equal where it names one value; None if it is no numeral.

    >>> read("一百二"), read("三五百")
    ((Decimal('120'), Decimal('120')), (Decimal('300'), Decimal('500')))
    """
    return _read(written) if len(written) <= _LONGEST else None


@lru_cache(maxsize=1 << 14)
def _read(written: str) -> tuple[Decimal, Decimal] | None:
    if written.isdecimal():
        value = Decimal(written)
        return value, value
    plain = written.translate(_PLAIN).replace("廿", "二十").replace("卅", "三十").replace("卌", "四十")
    said = _read_plain(plain)
    if said is None:
        return None
    low = trim(said[0])
    return low, low if said[0] == said[1] else trim(said[1])


def trim(value: Decimal) -> Decimal:
    """3.5万 is 35000, not 35000.0."""
    whole = value.to_integral_value()
    return whole if value == whole else value


def _read_plain(plain: str) -> tuple[Decimal, Decimal] | None:
    if "点" in plain:
        value = _point(plain)
        return None if value is None else (value, value)
    for place, character in enumerate(plain):
        if character in _VAGUE:
            return _vague(plain, place)
    tokens = _tokens(plain)
    return None if not tokens else _read_tokens(tokens)


def _read_tokens(tokens: list[_Token]) -> tuple[Decimal, Decimal] | None:
    if len(tokens) > 1 and all(width == 1 for _, width in tokens):
        if len(tokens) == 2 and _is_pair(*tokens):
            return tokens[0][0], tokens[1][0]
        return _same(_positional(tokens))
    digits = [i for i in range(len(tokens) - 1) if tokens[i][1] and tokens[i + 1][1] and tokens[i][0] != 0]
    if len(digits) == 1 and _is_pair(tokens[digits[0]], tokens[digits[0] + 1]):
        place = digits[0]
        low = _sum(tokens[: place + 1] + tokens[place + 2 :])
        high = _sum(tokens[:place] + tokens[place + 1 :])
        return None if low is None or high is None else (low, high)
    return _same(_sum(tokens))


def _same(value: Decimal | None) -> tuple[Decimal, Decimal] | None:
    return None if value is None else (value, value)


def negated(value: Exact) -> Exact:
    """Minus the value, to the last digit."""
    return value.copy_negate() if isinstance(value, Decimal) else -value


def ratio(numerator: Decimal, denominator: Decimal) -> Exact:
    """Exact quotient: a Decimal where one holds it, a Fraction else (1/3).

    >>> ratio(Decimal(3), Decimal(4)), ratio(Decimal(1), Decimal(3))
    (Decimal('0.75'), Fraction(1, 3))
    """
    value = Fraction(numerator) / Fraction(denominator)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return value
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
