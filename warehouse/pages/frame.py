"""What all pages share: templates, words in two languages, style and scripts written into the page."""

from __future__ import annotations

import json
import re
import tomllib
import zlib
from base64 import b64encode
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

Words = Mapping[str, Mapping[str, tuple[str, str]]]
# To the scripts go the vocabularies, but not what only templates say.
ONLY_TEMPLATES = ("page", "state", "measure")
_PACKAGE = files(__package__)


@cache
def words() -> Words:
    """Vocabulary -> key -> (Chinese, English)."""
    found: Words = tomllib.loads((_PACKAGE / "words.toml").read_text(encoding="utf-8"))
    return found


def said(vocabulary: str, key: str) -> Markup:
    """Both languages, of which the page shows one; a key nobody translated stands as it is."""
    zh, en = words().get(vocabulary, {}).get(key, (key, key))
    return both(zh, en)


def both(zh: str, en: str) -> Markup:
    """Two texts of which the page shows that of its language."""
    return Markup(f"<span lang=zh>{escape(zh)}</span><span lang=en>{escape(en)}</span>")


@cache
def asset(name: str) -> Markup:
    """A style sheet or script of ours without its indentation and comment lines."""
    text = (_PACKAGE / "assets" / name).read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S) if name.endswith(".css") else text
    lines = (line.strip() for line in text.splitlines())
    return Markup("\n".join(line for line in lines if line and not line.startswith("//")))


def as_json(data: Any) -> Markup:
    """Data inside a script element: no text of a report can end the element or begin a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return Markup(
        text.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def packed(text: str) -> Markup:
    """Compressed, for unpack.js: a county has hundreds of pages, each with its script and its data inside."""
    return Markup(b64encode(zlib.compress(text.encode("utf-8", "backslashreplace"), 9)).decode("ascii"))


@cache
def packed_code(*names: str) -> Markup:
    """The words, scripts and late style of a page, the same on all pages of its kind."""
    vocabulary = {name: table for name, table in words().items() if name not in ONLY_TEMPLATES}
    code = "\n".join(asset(name) for name in names if name.endswith(".js"))
    style = "\n".join(asset(name) for name in names if name.endswith(".css"))
    return packed(f"townfacts.words={as_json(vocabulary)};\ntownfacts.style={as_json(style)};\n{code}")


def figure(value: Decimal) -> str:
    """Without an exponent or needless zeros.

    >>> figure(Decimal("98.500000")), figure(Decimal("2000.000000"))
    ('98.5', '2000')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: Decimal | None, low: Decimal | None, high: Decimal | None) -> str:
    """A bounded figure for people, as the macro bound_text has it.

    >>> shown(Decimal(3), Decimal(3), None)
    '≥ 3'
    """
    if low is not None and high is not None:
        return figure(low) if low == high else f"{figure(low)}–{figure(high)}"
    if low is not None:
        return f"≥ {figure(low)}"
    if high is not None:
        return f"≤ {figure(high)}"
    return f"≈ {figure(value)}" if value is not None else ""


def render(template: str, **context: Any) -> str:
    """A page; everything a report says is escaped."""
    return environment().get_template(template).render(**context)


@cache
def environment() -> Environment:
    """Templates of this package, with autoescape for all of them."""
    made = Environment(
        loader=FunctionLoader(lambda name: (_PACKAGE / "templates" / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"t": said, "both": both, "asset": asset, "shown": shown}
    made.globals |= {"packed": _packed_data, "packed_code": packed_code}
    return made


@cache
def frame_mark() -> str:
    """Changes with any template, word, style or script."""
    told = sha256()
    for folder in (_PACKAGE, _PACKAGE / "templates", _PACKAGE / "assets"):
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            if entry.is_file():
                told.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return told.hexdigest()[:16]


def _packed_data(data: Any) -> Markup:
    return packed(as_json(data))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return figure(value)
    return str(value)
