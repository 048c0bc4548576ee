"""PDF files made to harm whoever reads them: bombs, loops, more of anything than a page has."""

from __future__ import annotations

import zlib
from collections.abc import Iterator


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
