"""A folder of files made to harm whoever reads them, with good files among them.

`python -m tests.decode.hostile FOLDER make` (or `quick`, without the large ones) writes it; `... FOLDER read`
reads it as a run would and prints one JSON object: what became of each file, the seconds it took and the peak
memory of the process and its children.
"""

from __future__ import annotations

import io
import json
import os
import random
import resource
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.decode import ofd_files
from tests.decode.office_files import docx, paragraph, run, written_docx, written_pdf, written_xlsx
from transforms.decode import FoundFile, Limits, UnreadableFile, find_files
from transforms.decode.sandbox import close_children

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


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of the given objects, the first of which is the catalogue."""
    out, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return (
        out + head + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    )


def stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), more, packed)


def one_page(content: bytes, resources: bytes = b"") -> list[bytes]:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>%s>>>>"
    )
    pages = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    return [b"<</Type/Catalog/Pages 2 0 R>>", pages, page % resources, font, content]


def pdf_files() -> Iterator[tuple[str, bytes]]:
    yield "blanks.pdf", pdf(one_page(stream(b" " * (256 << 20))))
    yield "glyphs.pdf", pdf(one_page(stream(b"BT /F 9 Tf " + b"(" + b"a" * 400 + b") Tj " * 32_000 + b"ET")))
    yield (
        "glyphs-many.pdf",
        pdf(one_page(stream(b"BT /F 9 Tf " + (b"(" + b"a" * 400 + b") Tj ") * 32_000 + b"ET"))),
    )
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    forms = [stream(b"/X Do " * 20, form % number) for number in range(7, 15)]
    last = stream(b"BT /F 9 Tf (aaaa) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    yield "forms.pdf", pdf([*one_page(stream(b"/X Do"), b"/XObject<</X 6 0 R>>"), *forms, last])
    itself = stream(b"/X Do " * 3, form % 6)
    yield "form-in-itself.pdf", pdf([*one_page(stream(b"/X Do"), b"/XObject<</X 6 0 R>>"), itself])
    yield (
        "deep-arrays.pdf",
        pdf([b"<</Type/Catalog/Pages 2 0 R/A " + b"[" * 100_000 + b"]" * 100_000 + b">>"]),
    )
    yield (
        "tree-loop.pdf",
        pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"]),
    )
    many = b" ".join(b"3 0 R" for _ in range(20_000))
    loop = one_page(stream(b""))
    loop[1] = b"<</Type/Pages/Count 20000/Kids[%s]>>" % many
    yield "pages.pdf", pdf(loop)
    yield "count.pdf", pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 999999999/Kids[]>>"])
    twice = zlib.compress(zlib.compress(bytes(512 << 20), 9), 9)
    filters = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(twice), twice)
    yield "twice-packed.pdf", pdf(one_page(filters))
    text = b"BT /F 9 Tf 50 700 Td (mediation of disputes one hundred and six) Tj ET\n"
    grid = b"".join(b"%d 0 m %d 800 l S 0 %d m 590 %d l S\n" % (n, n, n, n) for n in range(0, 590, 3))
    yield "grid.pdf", pdf(one_page(stream(text + grid)))
    boxes = b"".join(b"%d %d 1 5 re f\n" % (n % 590, n % 800) for n in range(300_000))
    yield "boxes.pdf", pdf(one_page(stream(text + boxes)))
    path = b"0 0 m " + b"".join(b"%d %d l " % (n % 500, n % 700) for n in range(300_000)) + b"S"
    yield "path.pdf", pdf(one_page(stream(text + path)))
    yield "header-only.pdf", b"%PDF-1.7\n"
    yield "picture.pdf", pdf(one_page(stream(b"q 595 0 0 842 0 0 cm Q")))
    yield "action.pdf", pdf([b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI(file:///etc/passwd)>>>>"])


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


def make(folder: Path, *, is_whole: bool = True) -> None:
    """All files below `folder`, which must not exist; else those that are quick to make and to refuse."""
    good = good_files()
    sources = [damaged_files(good), good_and_odd(good), other_files()]
    if is_whole:
        sources += [pdf_files(), xml_files(good), zip_files(good), text_files()]
    for name, data in (pair for source in sources for pair in source):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for kind in ("txt", "pdf", "zip", "xlsx"):
        with (folder / f"sparse.{kind}").open("wb") as sparse:
            sparse.write(good.get(kind, b"PK\x03\x04"))
            sparse.truncate(1 << 30)
    (folder / "outside.txt").symlink_to("/etc/passwd")
    (folder / "gone.txt").symlink_to(folder / "nothing")
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    (folder / "folder.txt").mkdir()
    (folder / "up").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")


def read_all(folder: Path, limits: Limits) -> dict[str, object]:
    """What became of each file ("read", "read otherwise" without the figures, or the code of the reason)."""
    outcomes, seconds = {}, {}
    for found in find_files(folder, limits):
        begin = time.monotonic()
        outcomes[found.relative_path] = outcome(found, limits)
        seconds[found.relative_path] = round(time.monotonic() - begin, 2)
    close_children()
    peaks = [
        resource.getrusage(who).ru_maxrss * 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return {"outcomes": outcomes, "seconds": seconds, "peak_bytes": sum(peaks), "peaks": peaks}


def outcome(found: FoundFile, limits: Limits) -> str:
    try:
        return "read" if "126" in found.read(limits).text else "read otherwise"
    except UnreadableFile as refused:
        return refused.problem.code
    except Exception as error:  # what must never happen; counted by the caller
        return f"crash: {type(error).__name__}: {error}"[:200]


if __name__ == "__main__":
    target, task = Path(sys.argv[1]), sys.argv[2]
    if task == "read":
        json.dump(read_all(target, Limits()), sys.stdout, indent=1)
    else:
        make(target, is_whole=task == "make")
