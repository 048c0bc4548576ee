"""Whatever a reader does in the sandbox, the caller gets a reading or a reason, and no process stays."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from transforms.decode.limits import MIB, Limits
from transforms.decode.report import UnreadableFile
from transforms.decode.sandbox import close_children, in_child

ROOT = Path(__file__).resolve().parents[2]
MODULE = "tests.decode.misbehaving"
SHORT = Limits(seconds=1.0, memory_bytes=300 * MIB)


@pytest.fixture(autouse=True)
def _no_children_left() -> Iterator[None]:
    yield
    close_children()


def refusal(function: str, data: bytes = b"x", limits: Limits = SHORT) -> tuple[str, str]:
    with pytest.raises(UnreadableFile) as caught:
        in_child(MODULE, function)(data, limits)
    return caught.value.problem.code, caught.value.problem.message


def pid() -> int:
    return int(in_child(MODULE, "tells_its_process")(b"", SHORT).text)


def is_running(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def ends(process: int, seconds: float = 15.0) -> bool:
    until = time.monotonic() + seconds
    while is_running(process) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_running(process)


def test_a_reading_comes_back_whole() -> None:
    text = "调解纠纷12件。\n\ud83d\ude00 \x00"
    reading = in_child(MODULE, "echoes")(text.encode("utf-8", "surrogatepass"), SHORT)
    expected = text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
    assert (reading.text, reading.body) == (expected, (0, len(expected)))
    assert (reading.encoding, reading.page_breaks, reading.metadata) == ("utf-8", (1, 2), {"title": "标题"})
    assert [(p.code, p.severity) for p in reading.problems] == [("odd", "warning")]
    assert reading.weak_spans == ((0, 1, 0.5),)


def test_one_child_reads_file_after_file() -> None:
    assert pid() == pid() != os.getpid()


@pytest.mark.parametrize(
    ("function", "code"),
    [
        ("spins", "reader_timeout"),
        ("sleeps_in_c", "reader_timeout"),
        ("eats_memory", "reader_memory"),
        ("is_killed", "reader_memory"),
        ("faults", "reader_crashed"),
        ("aborts", "reader_crashed"),
        ("leaves", "reader_crashed"),
        ("raises", "damaged_file"),
        ("panics", "damaged_file"),
        ("recurses", "damaged_file"),
        ("refuses", "password_protected"),
        ("tells_too_much", "too_large"),
    ],
)
def test_each_misdeed_has_its_code_and_the_next_file_is_read(function: str, code: str) -> None:
    seconds = 0.4 if code == "reader_timeout" else 30  # to eat memory takes its time on a busy machine
    limits = Limits(seconds=seconds, memory_bytes=300 * MIB, text_bytes=MIB)
    assert refusal(function, limits=limits)[0] == code
    assert in_child(MODULE, "echoes")("好".encode(), SHORT).text == "好"


def test_noise_of_a_library_does_not_get_among_the_answers() -> None:
    for word in ("一", "二"):
        assert in_child(MODULE, "prints")(word.encode(), SHORT).text == word


def test_readers_write_no_file(tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert refusal("writes_a_file", str(target).encode())[0] == "damaged_file"
    assert not target.exists() or target.stat().st_size == 0


def test_a_crash_on_a_used_child_is_tried_on_a_fresh_one() -> None:
    reader = in_child(MODULE, "crashes_unless_fresh")
    assert [reader(b"", SHORT).text for _ in range(3)] == ["fresh"] * 3


def test_a_large_file_goes_through_the_pipe() -> None:
    text = "法" * (8 * MIB)
    assert in_child(MODULE, "echoes")(text.encode(), Limits()).text == text


def test_threads_read_side_by_side() -> None:
    reader = in_child(MODULE, "echoes")
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        texts = list(threads.map(lambda n: reader(str(n).encode(), Limits()).text, range(40)))
    assert texts == [str(n) for n in range(40)]


def _read_in_pool(word: str) -> tuple[str, int]:
    return in_child(MODULE, "echoes")(word.encode(), Limits()).text, pid()


def test_works_in_a_spawned_pool_and_ends_with_it() -> None:
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        text, process = pool.submit(_read_in_pool, "好").result(timeout=60)
        assert text == "好"
        assert is_running(process)
    assert ends(process)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_process_takes_a_child_of_its_own() -> None:
    script = (
        f"import os, sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from transforms.decode.limits import Limits\n"
        "from transforms.decode.sandbox import in_child\n"
        f"reader = in_child({MODULE!r}, 'tells_its_process')\n"
        "mine = reader(b'', Limits()).text\n"
        "fork = os.fork()\n"
        "assert (reader(b'', Limits()).text == mine) == bool(fork)\n"
        "assert not fork or os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]) == 0\n"
        "assert reader(b'', Limits()).text == mine or not fork\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


ORPHAN = """
    import sys, time
    sys.path.insert(0, {root!r})
    from transforms.decode.limits import Limits
    from transforms.decode.sandbox import in_child
    print(in_child({module!r}, "tells_its_process")(b"", Limits()).text, flush=True)
    if {busy}:
        in_child({module!r}, "spins")(b"", Limits(seconds=0.8))
    time.sleep(60)
"""


@pytest.mark.parametrize("busy", [False, True])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_orphan_stays_when_the_parent_is_ended(busy: bool, how: signal.Signals) -> None:
    script = textwrap.dedent(ORPHAN.format(root=str(ROOT), module=MODULE, busy=busy))
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(0.2)
        parent.send_signal(how)
        parent.wait(timeout=10)
    assert ends(child)


def test_plain_text_and_web_pages_start_no_child_and_load_no_library(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全年调解纠纷12件。", encoding="utf-8")
    (tmp_path / "b.html").write_text("<html><body><p>全年调解纠纷12件。</p></body></html>", encoding="utf-8")
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from transforms.decode import find_files\n"
        f"texts = [f.read().text for f in find_files({str(tmp_path)!r})]\n"
        "from transforms.decode import sandbox\n"
        "assert not sandbox._idle and len(texts) == 2\n"
        "print(' '.join(sorted(m for m in sys.modules if '.' not in m)))"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    risky = {
        "lxml",
        "pypdfium2",
        "ofdkit",
        "python_calamine",
        "office_oxide",
        "rapidocr",
        "onnxruntime",
        "cv2",
    }
    assert not risky & set(loaded.split())
