"""What reading one sample costs by format, beside the library underneath used bare (PDF: a page of it).

Time in this process; the child process that reads for a run adds 0.2 ms a file and one start of 100 ms a run.
Memory (format_memory.py) in a process for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import bare_readers, format_memory
from benchmarks.timing import Goal, Job, at_most, medians
from tests.decode import ofd_files
from tests.decode.office_files import written_docx, written_pdf, written_xlsx
from transforms.decode.docx import read_docx
from transforms.decode.html import read_html
from transforms.decode.legacy import read_doc
from transforms.decode.limits import DEFAULT_LIMITS
from transforms.decode.ofd import read_ofd
from transforms.decode.pdf import read_pdf
from transforms.decode.plain import read_plain
from transforms.decode.xls import read_xls
from transforms.decode.xlsx import read_xlsx

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "shouchang-2022.txt"
FILES = Path(__file__).resolve().parents[1] / "tests" / "decode" / "files"
TIMES = 10  # a round
MOST_ADDED = {"docx": 5, "ofd": 5, "pdf": 20}  # milliseconds; of a PDF for a page, the sample is two pages


def documents() -> Mapping[str, bytes]:
    """The sample in each format, by kind; old Word and Excel files and the scan are of our own making."""
    text = SAMPLE.read_text(encoding="utf-8")
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    return {
        "txt UTF-8": text.encode(),
        "txt GB18030": text.encode("gb18030"),
        "html": page.encode(),
        "docx": written_docx(lines, (("项目", "数量"),)),
        "ofd": ofd_files.report(lines),
        "xlsx": written_xlsx({"表": [[line] for line in lines]}),
        "xls": (FILES / "table.xls").read_bytes(),
        "doc": (FILES / "tuocheng-2023.wps").read_bytes(),
        "pdf": written_pdf(lines),
        "scan": (FILES / "scan.png").read_bytes(),
    }


def readings(of: Mapping[str, bytes]) -> Iterator[tuple[str, Job, Job]]:
    """Format, our reader, the library underneath."""
    bare, limits = bare_readers, DEFAULT_LIMITS
    text, gbk, page = of["txt UTF-8"], of["txt GB18030"], of["html"]
    yield "txt UTF-8", lambda: read_plain(text, limits), lambda: bare.txt(text)
    yield "txt GB18030", lambda: read_plain(gbk, limits), lambda: gbk.decode("gb18030")
    yield "html", lambda: read_html(page, limits), lambda: bare.html(page)
    yield "docx", lambda: read_docx(of["docx"], limits), lambda: bare.docx(of["docx"])
    yield "ofd", lambda: read_ofd(of["ofd"], limits), lambda: bare.ofd(of["ofd"])
    yield "xlsx", lambda: read_xlsx(of["xlsx"], limits), lambda: bare.sheet(of["xlsx"])
    yield "xls", lambda: read_xls(of["xls"], limits), lambda: bare.sheet(of["xls"])
    yield "doc", lambda: read_doc(of["doc"], limits), lambda: bare.doc(of["doc"])
    yield "pdf", lambda: read_pdf(of["pdf"], limits), lambda: bare.pdf(of["pdf"])


def goals() -> Iterator[Goal]:
    """What each reader adds to the library, then what a process of each takes."""
    made = documents()
    for name, ours, bare in readings(made):
        taken = medians({"ours": _often(ours), "bare": _often(bare)})
        added = 1e3 * (taken["ours"] - taken["bare"]) / TIMES
        goal = f"{name}, added to the bare library"
        asked = MOST_ADDED.get(name)
        yield at_most(goal, asked, added, "ms") if asked else Goal(goal, "", f"{added:.3g} ms", None)
    yield from format_memory.goals(made)


def _often(job: Job) -> Job:
    return lambda: [job() for _ in range(TIMES)]
