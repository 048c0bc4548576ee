"""Twenty reports in every format: a folder of them, made by real writers from the same paragraphs.

    python -m benchmarks.format_corpus FOLDER

Each kind is a folder of one file a report. Word, PDF and scans need LibreOffice (`soffice`) and a font with
Chinese characters; without it those kinds are left out. A scan is a page of the PDF as pixels.
"""

from __future__ import annotations

import email.mime.multipart
import email.mime.text
import io
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from opencc import OpenCC

from tests.decode import ofd_files
from tests.decode.office_files import written_pdf, written_xlsx
from transforms.decode import find_files

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "samples", ROOT / "tests" / "decode" / "reports")
NO_REPORT = "jishi.txt"
CLEAN_DPI, ROUGH_DPI = 200, 150

Paragraph = str | tuple[str, ...]  # a row of a table is its cells
Paragraphs = Sequence[Paragraph]
Maker = Callable[[Paragraphs], bytes]


def reports() -> dict[str, list[Paragraph]]:
    """Name -> paragraphs of the twenty reports, white space at the ends of lines and empty lines left out."""
    found: dict[str, list[Paragraph]] = {}
    for folder in FOLDERS:
        for file in find_files(folder):
            if file.relative_path.endswith((".txt", ".html", ".htm")) and file.relative_path != NO_REPORT:
                report = file.read()
                found[Path(file.relative_path).stem] = list(_paragraphs(report.text[slice(*report.body)]))
    return found


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for raw in text.split("\n"):
        if line := raw.strip():
            cells = tuple(cell.strip() for cell in line.split("\t"))
            yield cells if len(cells) > 1 else line


def as_text(paragraphs: Paragraphs) -> str:
    """The plain text every other kind is measured against."""
    return "\n".join(p if isinstance(p, str) else "\t".join(p) for p in paragraphs)


def traditional(paragraphs: Paragraphs) -> str:
    """As printed in Taiwan, what Big5 cannot hold left out."""
    text: str = OpenCC("s2tw").convert(as_text(paragraphs))
    return text.encode("big5", "ignore").decode("big5")


def _html(paragraphs: Paragraphs, row: str, line: str) -> str:
    """`row` and `line` are what stands around a row of cells and around a paragraph, `|` in between."""
    open_row, close_row = row.split("|")
    open_line, close_line = line.split("|")
    out = []
    for p in paragraphs:
        if isinstance(p, str):
            out.append(f"{open_line}{_escaped(p)}{close_line}")
        else:
            out.append(open_row + "".join(f"<td>{_escaped(cell)}</td>" for cell in p) + close_row)
    return "\n".join(out)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def page(paragraphs: Paragraphs) -> bytes:
    """As a government site serves it: navigation, the report in its container, a footer."""
    body = _html(paragraphs, "<table><tr>|</tr></table>", "<p>&emsp;&emsp;|</p>")
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>报告</title></head><body>'
        '<div class="nav"><a href="/">首页</a> | <a href="/zwgk">政务公开</a></div>'
        f'<div class="TRS_Editor">{body}</div><div class="footer">网站标识码：1234567890 浏览次数：318</div>'
        "</body></html>"
    ).encode()


def layout_page(paragraphs: Paragraphs) -> bytes:
    """Of the older kind: GBK that declares UTF-8, layout tables, line breaks for paragraphs."""
    body = _html(paragraphs, "<table><tr>|</tr></table>", "　　|<br>")
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>'
        f'<table><tr><td id="zoom">{body}</td></tr></table></body></html>'
    ).encode("gb18030")


def saved_page(paragraphs: Paragraphs) -> bytes:
    """The page as a browser saves it in one file."""
    whole = email.mime.multipart.MIMEMultipart("related", boundary="----parts")
    whole.attach(email.mime.text.MIMEText(page(paragraphs).decode(), "html", "utf-8"))
    return whole.as_bytes()


def sheet(paragraphs: Paragraphs) -> bytes:
    """A paragraph a row, cells as they are."""
    return written_xlsx({"报告": [[p] if isinstance(p, str) else list(p) for p in paragraphs]})


def written_word(paragraphs: Paragraphs, *, indented: bool = True, columns: int = 1) -> bytes:
    """By python-docx, set as official documents are: head, page number, a grid around tables."""
    import docx as writer
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = writer.Document()
    document.styles["Normal"].font.size = Pt(14)
    section = document.sections[0]
    section.header.paragraphs[0].text = "法治政府建设年度报告"
    _page_number(section.footer.paragraphs[0], OxmlElement, qn)
    if columns > 1:
        section._sectPr.xpath("./w:cols")[0].set(qn("w:num"), str(columns))
    grid: Any = None
    for n, p in enumerate(paragraphs):
        if isinstance(p, str):
            grid = None
            _line(document.add_paragraph(p), is_title=n == 0, indent=Pt(28) if indented else None)
        else:
            if grid is None or len(grid.columns) != len(p):
                grid = document.add_table(rows=0, cols=len(p), style="Table Grid")
                grid.autofit = False
                for column in grid.columns:
                    column.width = Pt((432 - 36 * (columns - 1)) / columns / len(p))
            for cell, text in zip(grid.add_row().cells, p, strict=True):
                cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _line(line: Any, *, is_title: bool, indent: Any) -> None:
    line.alignment = 1 if is_title else 3  # centred, justified
    line.paragraph_format.space_after = 0
    line.paragraph_format.first_line_indent = None if is_title else indent


def _page_number(line: Any, element: Any, qualified: Any) -> None:
    line.alignment = 1
    line.add_run("— ")
    for kind in ("begin", None, "end"):
        run = line.add_run()
        if kind is None:
            code = element("w:instrText")
            code.text = "PAGE"
        else:
            code = element("w:fldChar")
            code.set(qualified("w:fldCharType"), kind)
        run._r.append(code)
    line.add_run(" —")


def _ofd(paragraphs: Paragraphs, **style: Any) -> bytes:
    return ofd_files.report(paragraphs, ofd_files.Style(**style))


def _pdf(paragraphs: Paragraphs, **style: Any) -> bytes:
    """By reportlab, tables without rules."""
    return written_pdf(paragraphs, **style)


def _zip(paragraphs: Paragraphs) -> bytes:
    """As packed on a Chinese Windows: names in GBK."""
    name = "各乡镇报告/年度报告.txt".encode("gb18030").decode("latin-1")
    packed = ofd_files.zipped({"x" * len(name): as_text(paragraphs).encode("gb18030")})
    return packed.replace(b"x" * len(name), name.encode("latin-1"))


MAKERS: Mapping[str, tuple[str, Maker]] = {
    "txt UTF-8 with mark": ("txt", lambda p: as_text(p).encode("utf-8-sig")),
    "txt UTF-8, CRLF": ("txt", lambda p: as_text(p).replace("\n", "\r\n").encode()),
    "txt GB18030": ("txt", lambda p: as_text(p).encode("gb18030")),
    "txt UTF-16 with mark": ("txt", lambda p: as_text(p).encode("utf-16")),
    "txt UTF-16 LE": ("txt", lambda p: as_text(p).encode("utf-16-le")),
    "txt UTF-16 BE": ("txt", lambda p: as_text(p).encode("utf-16-be")),
    "txt Big5": ("txt", lambda p: traditional(p).encode("big5")),
    "html": ("html", page),
    "html of layout tables": ("htm", layout_page),
    "mht": ("mht", saved_page),
    "xlsx": ("xlsx", sheet),
    "zip": ("zip", _zip),
    "docx": ("docx", written_word),
    "ofd, a line a piece": ("ofd", lambda p: _ofd(p, pieces="line", head="人民政府文件")),
    "ofd, pieces by script": ("ofd", lambda p: _ofd(p, pieces="script")),
    "ofd, a character a piece": ("ofd", lambda p: _ofd(p, pieces="character")),
    "pdf by reportlab": ("pdf", _pdf),
    "pdf without indents": ("pdf", lambda p: _pdf(p, indented=False)),
}
# kind -> the word file it is printed from, the ending, LibreOffice's name of the format
PRINTED: Mapping[str, tuple[Mapping[str, Any], str, str]] = {
    "doc": ({}, "doc", "doc:MS Word 97"),
    "docx by LibreOffice": ({}, "docx", "docx:MS Word 2007 XML"),
    "html by LibreOffice": ({}, "html", "html:HTML (StarWriter)"),
    "pdf by LibreOffice": ({}, "pdf", "pdf"),
    "pdf by LibreOffice, no indents": ({"indented": False}, "pdf", "pdf"),
    "pdf in two columns": ({"columns": 2}, "pdf", "pdf"),
}
SCANS: Mapping[str, tuple[int, bool]] = {"scan, clean": (CLEAN_DPI, False), "scan, rough": (ROUGH_DPI, True)}
SCANNED = "pdf by LibreOffice"


def has_office() -> bool:
    """Whether LibreOffice is here to print."""
    return shutil.which("soffice") is not None


def make(folder: Path, *, with_scans: bool = True) -> list[str]:
    """All kinds below `folder`, files named as the reports; returns the kinds made."""
    texts = reports()
    made = []
    for kind, (ending, maker) in MAKERS.items():
        _write(folder / kind, {f"{name}.{ending}": maker(p) for name, p in texts.items()})
        made.append(kind)
    if not has_office():
        return made
    for kind, (style, ending, filter_name) in PRINTED.items():
        sources = {f"{name}.docx": written_word(p, **style) for name, p in texts.items()}
        _print(sources, folder / kind, folder / ".work", ending, filter_name)
        made.append(kind)
    if with_scans:
        for kind, (dots, is_rough) in SCANS.items():
            pages = sorted((folder / SCANNED).glob("*.pdf"))
            _write(folder / kind, {p.name: scanned(p.read_bytes(), dots, is_rough) for p in pages})
            made.append(kind)
    return made


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _print(sources: Mapping[str, bytes], target: Path, work: Path, ending: str, filter_name: str) -> None:
    """By one LibreOffice of our own profile, all files at once."""
    shutil.rmtree(work, ignore_errors=True)
    _write(work / "in", sources)
    target.mkdir(parents=True, exist_ok=True)
    command = ["soffice", f"-env:UserInstallation=file://{(work / 'profile').resolve()}", "--headless"]
    files = [str(path) for path in sorted((work / "in").iterdir())]
    subprocess.run(
        [*command, "--convert-to", filter_name, "--outdir", str(target), *files],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    missing = {Path(name).stem for name in sources} - {path.stem for path in target.glob(f"*.{ending}")}
    if missing:
        raise RuntimeError(f"LibreOffice wrote no {ending} of {', '.join(sorted(missing))}")
    shutil.rmtree(work)


def scanned(pdf: bytes, dots: int, is_rough: bool) -> bytes:
    """The pages as pictures in a PDF; rough ones are askew, grainy, uneven in light and packed as JPEG."""
    import pypdfium2 as pdfium
    from PIL import Image

    rng = random.Random(len(pdf))
    document = pdfium.PdfDocument(pdf)
    pictures = [sheet.render(scale=dots / 72).to_pil().convert("L") for sheet in document]
    document.close()
    if is_rough:
        pictures = [_rough(picture, rng) for picture in pictures]
    buffer = io.BytesIO()
    kept: list[Image.Image] = [picture.convert("L") for picture in pictures]
    kept[0].save(
        buffer, "PDF", resolution=dots, save_all=True, append_images=kept[1:], quality=45 if is_rough else 95
    )
    return buffer.getvalue()


def _rough(picture: Any, rng: random.Random) -> Any:
    import numpy as np
    from PIL import Image, ImageFilter

    turned = picture.rotate(rng.uniform(-1.5, 1.5), resample=Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float32)
    noise = np.random.default_rng(rng.randrange(1 << 30))
    shade = np.linspace(0, rng.uniform(10, 40), grey.shape[1], dtype=np.float32)
    grey = grey * 0.9 + 12 - shade + noise.normal(0, 9, grey.shape)
    grey[noise.random(grey.shape) < 0.0008] = 0
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


if __name__ == "__main__":
    print("\n".join(make(Path(sys.argv[1]))))
