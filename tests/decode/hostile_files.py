"""Files made to harm whoever reads them, and good ones among them, each as a name and its bytes."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.decode import ofd_files
from tests.decode.office_files import docx, paragraph, run, written_docx, written_pdf, written_xlsx

FILES = Path(__file__).parent / "files"
LINES = [
    "河湾镇人民政府2023年度法治政府建设情况报告",
    "2023年，河湾镇认真落实法治政府建设各项任务，全年召开专题会议4次。现将有关情况报告如下：",
    "一、主要工作情况",
    "全年排查矛盾纠纷126件，调解成功124件，发放宣传资料5000余份，开展法治宣传活动31场次。",
    "二、下一步工作打算，继续推进依法行政，提升基层治理法治化水平，加强普法宣传教育。",
    "河湾镇人民政府",
    "2024年1月15日",
]
TEXT = "\n".join(LINES)
HTML = (
    "<html><head><title>报告</title></head><body>" + "".join(f"<p>{x}</p>" for x in LINES) + "</body></html>"
)
ZEROS = bytes(64 << 20)
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a0 "法治">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">'
CUTS = (0.001, 0.02, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.97, 0.999)


def good_files() -> dict[str, bytes]:
    """One of each format that must be read, by its usual ending."""
    return {
        "txt": TEXT.encode(),
        "html": HTML.encode(),
        "mht": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        b"Content-Type: text/html; charset=utf-8\n\n" + HTML.encode() + b"\n--b--\n",
        "docx": written_docx(LINES, [("项目", "数量（件）"), ("调解纠纷", "126")]),
        "pdf": written_pdf(LINES),
        "xlsx": written_xlsx({"表": [[line] for line in LINES]}),
        "ofd": ofd_files.report(LINES),
        "xls": (FILES / "table.xls").read_bytes(),
        "doc": (FILES / "manners.doc").read_bytes(),
    }


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return buffer.getvalue()


def with_part(whole: bytes, name: str, content: bytes) -> bytes:
    """An office file with one part replaced or added."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    return zipped(parts | {name: content})


def locked_zip(data: bytes) -> bytes:
    """The archive with the flag of encryption set on each member."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(signature)
        while place >= 0:
            changed[place + offset] |= 1
            place = changed.find(signature, place + 4)
    return bytes(changed)


def xml_files(good: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    body = docx(paragraph(run(TEXT)))
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    parts = {
        "docx": (body, "word/document.xml"),
        "xlsx": (good["xlsx"], "xl/worksheets/sheet1.xml"),
        "ofd": (good["ofd"], "Doc_0/Pages/Page_0/Content.xml"),
    }
    for kind, (whole, part) in parts.items():
        yield f"deep.{kind}", with_part(whole, part, deep)
        yield f"bomb.{kind}", with_part(whole, part, b"<a>" + ZEROS * 4 + b"</a>")
        yield f"spaces.{kind}", with_part(whole, part, b"<a>" + b" " * (200 << 20) + b"</a>")
        yield (
            f"attributes.{kind}",
            with_part(whole, part, b"<a " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b"/>"),
        )
        yield f"siblings.{kind}", with_part(whole, part, b"<a>" + b"<b/>" * 3_000_000 + b"</a>")
        yield f"no-xml.{kind}", with_part(whole, part, bytes(range(256)) * 9)
        yield f"empty-part.{kind}", with_part(whole, part, b"")
        yield f"locked.{kind}", locked_zip(whole)
        for name, head in (("laughs", LAUGHS), ("outside", OUTSIDE), ("remote", REMOTE)):
            content = f'<?xml version="1.0"?>{head}<a>&a9;&x;</a>'.encode()
            yield f"{name}.{kind}", with_part(whole, part, content)
        late = f'<?xml version="1.0" encoding="utf-16"?>{LAUGHS}<a>&a9;</a>'.encode("utf-16")
        yield f"laughs-utf16.{kind}", with_part(whole, part, late)
    yield (
        "shared.xlsx",
        with_part(good["xlsx"], "xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 4_000_000 + b"</sst>"),
    )
    yield (
        "laughs-shared.xlsx",
        with_part(good["xlsx"], "xl/sharedStrings.xml", f"{LAUGHS}<sst>&a9;</sst>".encode()),
    )
    rows = b'<row><c t="str"><v>1</v></c></row>' * 1_000_000
    sheet = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    yield "rows.xlsx", with_part(good["xlsx"], "xl/worksheets/sheet1.xml", sheet)
    far = b'<worksheet><sheetData><row r="1"><c r="XFD1048576" t="str"><v>1</v></c></row></sheetData>'
    merges = b"".join(b'<mergeCell ref="A1:XFD1048576"/>' for _ in range(20_000))
    wide = far + b"<mergeCells>" + merges + b"</mergeCells></worksheet>"
    yield "merged.xlsx", with_part(good["xlsx"], "xl/worksheets/sheet1.xml", wide)
    cells = b'<row><c t="n"><v>1e308</v></c><c t="n"><v>NaN</v></c><c t="s"><v>99999999999</v></c></row>'
    odd = b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
    yield "odd-numbers.xlsx", with_part(good["xlsx"], "xl/worksheets/sheet1.xml", odd)
    huge = ofd_files.body(ofd_files.text_object("法" * 3_000_000, 28, 40))
    yield "one-line.ofd", ofd_files.package([huge])
    spread = ofd_files.text_object("法" * 99, 28, 40, code='X="0" Y="5" DeltaX="g 99999999999999999999 1"')
    yield "steps.ofd", ofd_files.package([ofd_files.body(spread)])
    yield "pages.ofd", ofd_files.package([ofd_files.body()] * 1000)
    yield (
        "away.ofd",
        zipped({"OFD.xml": b"<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>"}),
    )


def zip_files(good: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    bomb = zipped({"a.txt": ZEROS})
    yield "bomb.zip", bomb
    yield "bomb-in-zip.zip", zipped({"b.zip": zipped({"c.zip": bomb})})
    yield "bombs.zip", zipped({f"{n}.zip": bomb for n in range(50)})
    yield "many.zip", zipped({f"{n}.txt": b"" for n in range(20_000)})
    yield (
        "away.zip",
        zipped({"../../a.txt": TEXT.encode(), "/etc/b.txt": TEXT.encode(), "C:\\c.txt": TEXT.encode()}),
    )
    yield "locked.zip", locked_zip(zipped({"a.txt": TEXT.encode()}))
    yield "empty.zip", zipped({})
    yield "newline.zip", zipped({"a\nb.txt": TEXT.encode(), "x/../../y.txt": TEXT.encode()})
    yield "rare.zip", zipped({"a.txt": TEXT.encode()}, zipfile.ZIP_LZMA)
    yield "of-all.zip", zipped({f"报告/a.{kind}": data for kind, data in good.items()})
    yield (
        "lying-size.zip",
        zipped({"a.txt": TEXT.encode() * 99}).replace(
            struct.pack("<I", len(TEXT.encode()) * 99), b"\1\0\0\0"
        ),
    )
    yield "end-only.zip", b"PK\x05\x06" + bytes(18)
    yield "lying-table.zip", b"PK\x03\x04" + bytes(100) + b"PK\x05\x06" + b"\xff" * 16 + bytes(2)
    # not a table of contents but a million of its entries, as an office file and as an archive
    entry = b"PK\x01\x02" + bytes(42)
    crowd = b"PK\x03\x04" + entry * 1_000_000
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, len(entry) * 1_000_000, 4, 0)
    yield "crowd.zip", crowd + end
    yield "crowd.docx", crowd + end


def text_files() -> Iterator[tuple[str, bytes]]:
    yield "nested.html", b"<html><body>" + b"<div>" * 200_000 + TEXT.encode() + b"</div>" * 200_000
    yield "tables.html", b"<html><body>" + b"<table><tr><td>" * 20_000 + TEXT.encode()
    yield (
        "attributes.html",
        b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">" + HTML.encode(),
    )
    yield "unclosed.html", b"<html><body>" + b"<p" * 500_000
    yield "comments.html", b"<html><body>" + b"<!--" * 500_000 + TEXT.encode()
    yield "large.html", (HTML * 6000).encode()
    yield "scripts.html", b"<html><script>" + b"if(a<b)" * 500_000
    yield "entities.html", b"<html><body><p>" + b"&#x6cd5;&amp" * 300_000
    yield "one-line.txt", (TEXT.replace("\n", "") * 20_000).encode()
    yield "line-ends.txt", b"\r" * 3_000_000 + TEXT.encode()
    yield "zeros.txt", bytes(1 << 20)
    yield "tabs.txt", b"\t1" * 1_000_000
    yield "digits.txt", b"1" * 5_000_000
    yield "brackets.txt", "（".encode() * 1_000_000
    yield "marks.txt", b"\xef\xbb\xbf" * 100_000 + TEXT.encode()
    yield "odd-utf16.txt", TEXT.encode("utf-16") + b"\x00"
    yield "surrogates.txt", b"\xed\xa0\x80" * 1000 + TEXT.encode()
    yield "random.txt", random.Random(1).randbytes(1 << 20)
    parts = b"".join(
        b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)
    )
    yield "nested.mht", b"MIME-Version: 1.0\n" + parts
    yield (
        "heads.mht",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n" + b"X: y\n" * 300_000,
    )
    yield "laughs.xml", f'<?xml version="1.0"?>{LAUGHS}<a>&a9;</a>'.encode()
    yield "laughs.html", f"<html>{LAUGHS}<body><p>&a9;</p></body></html>".encode()


def other_files() -> Iterator[tuple[str, bytes]]:
    wide = struct.pack(">II", 60_000, 60_000) + b"\x08\x02\0\0\0"
    head = (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + b"IHDR"
        + wide
        + struct.pack(">I", zlib.crc32(b"IHDR" + wide))
    )
    yield "wide.png", head
    pixels = zlib.compress(bytes(60_001 * 3000), 9)
    image = (
        struct.pack(">I", len(pixels)) + b"IDAT" + pixels + struct.pack(">I", zlib.crc32(b"IDAT" + pixels))
    )
    yield "wide-filled.png", head + image
    yield "cut.jpg", b"\xff\xd8\xff\xe0" + bytes(40)
    yield "cut.tif", b"II*\0" + struct.pack("<I", 8) + b"\xff" * 40
    yield "loop.tif", b"II*\0" + struct.pack("<IHI", 8, 0, 8)
    for name, magic in (
        ("a.rar", b"Rar!\x1a\x07"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c"),
        ("a.gz", b"\x1f\x8b\x08"),
        ("a.rtf", b"{\\rtf1"),
    ):
        yield name, magic + bytes(100)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    yield "protected.docx", ole.ljust(512, b"\0") + "EncryptedPackage\0".encode("utf-16-le") + bytes(2000)
    yield "loop.doc", ole + b"\xff" * 20 + bytes(480) + "WordDocument\0".encode("utf-16-le") + b"\0" * 3000
    yield "ones.doc", ole + b"\xff" * 9000
    yield "elf", b"\x7fELF" + bytes(5000)
    locked = bytearray((FILES / "manners.doc").read_bytes())
    block = next(i for i in range(512, len(locked), 512) if locked.startswith(b"\xec\xa5", i))
    locked[block + 11] |= 1
    yield "locked.doc", bytes(locked)


def damaged_files(good: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for kind, data in good.items():
        for cut in CUTS:
            yield f"cut-{cut}.{kind}", data[: int(len(data) * cut)]
        rng = random.Random(kind)
        for n in range(4):
            flipped = bytearray(data)
            for _ in range(10 ** (n % 3)):
                flipped[rng.randrange(len(flipped))] = rng.randrange(256)
            yield f"flipped-{n}.{kind}", bytes(flipped)
        yield f"empty.{kind}", b""
        yield f"random.{kind}", rng.randbytes(5000)
        yield f"head-only.{kind}", data[:8] + bytes(4000)
        yield f"tail.{kind}", data[len(data) // 2 :]


def good_and_odd(good: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Files that must be read: each format under its own ending, under another, and under odd names."""
    kinds = list(good)
    for n, (kind, data) in enumerate(good.items()):
        yield f"good/a.{kind}", data
        yield f"good/no-ending-{kind}", data
        yield f"good/wrong-{kind}.{kinds[(n + 1) % len(kinds)]}", data
    yield "good/一\n二.txt", TEXT.encode()
    yield "good/-rf.txt", TEXT.encode()
    yield "good/ .txt ", TEXT.encode()
    yield "good/\u202etxt.exe", TEXT.encode()
    yield "good/" + "长" * 80 + ".txt", TEXT.encode()
    yield "good/'; DROP TABLE report; --.txt", TEXT.encode()
    yield "good/" + os.fsdecode(b"\xba\xd3\xcd\xe5.txt"), TEXT.encode("gb18030")
    yield "good/archive.zip", zipped({f"{kind}/a.{kind}": data for kind, data in good.items()})
