"""`make score`: every gold folder and case bank there is, measured; prints, and writes docs/accuracy.md
and warehouse/accuracy.csv.

The page carries the commit it was measured at and that commit's date (or SOURCE_DATE): no clock, so that the
same code writes the same page.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from flows.commands.evaluate import reports_beside
from flows.failures import Failure
from flows.output import steady_output
from flows.scoring import Scored, score_bank, score_gold
from validation.accuracy_facts import Tally
from warehouse.accuracy import ALL, COLUMNS, MEASURED

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PAGE = ROOT / "docs" / "accuracy.md"
TABLE = ROOT / "warehouse" / MEASURED
GOLD = {"five real reports": SHARED / "gold", "samples of this repository": ROOT / "samples" / "gold"}
BANKS = (SHARED / "cases", ROOT / "tests" / "cases", ROOT / "tests" / "identity")
HEAD = """\
# Measured accuracy

Written by `make score` at commit {commit} ({day}). A fact is right when its indicator, its value (for a
range both ends) and its bound agree with gold; period and unit are shares of the right facts. Documents and
identity are shares of cases whose field equals gold, where null is an answer.
"""


def main() -> int:
    """Measure all, print all, write the page."""
    steady_output()
    try:
        measured = dict(_measured())
    except Failure as failure:
        print(f"score: {failure}", file=sys.stderr)
        return failure.exit_code
    for name, scored in measured.items():
        for one in scored:
            print(f"== {name}\n{one.text(False)}\n".replace("\\\n", "\n"))
    commit, day = _commit()
    PAGE.write_text(page(measured, commit, day), encoding="utf-8")
    TABLE.write_text(table(measured, day), encoding="utf-8")
    print(_table(measured))
    print(f"\nwritten to {PAGE.relative_to(ROOT)}")
    return 0


def page(measured: Mapping[str, list[Scored]], commit: str, day: str) -> str:
    """docs/accuracy.md."""
    domains = [
        f"\n## {name}, by domain\n\n{_domain_table(one.by_domain)}"
        for name, scored in measured.items()
        for one in scored
        if one.by_domain
    ]
    return "\n".join([HEAD.format(commit=commit, day=day), _table(measured), *domains, ""])


def table(measured: Mapping[str, list[Scored]], day: str) -> str:
    """warehouse/accuracy.csv: the facts of each set, in all and by domain."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for name, scored in measured.items():
        for tallies in (one.by_domain for one in scored if one.by_domain):
            whole = Tally(*(sum(getattr(t, f.name) for t in tallies.values()) for f in fields(Tally)))
            for domain, t in [(ALL, whole), *sorted(tallies.items())]:
                shares = f"{t.precision:.4f}", f"{t.recall:.4f}"
                rows.writerow([name, domain, t.right + t.missed, *shares, day])
    return written.getvalue()


def _measured() -> Iterator[tuple[str, list[Scored]]]:
    for name, gold in GOLD.items():
        if gold.is_dir():
            yield name, score_gold(gold, reports_beside(gold))
    for folder in BANKS:
        for path in sorted(folder.glob("*.jsonl")):
            yield f"{folder.name}/{path.name}", score_bank(path)


def _table(measured: Mapping[str, list[Scored]]) -> str:
    lines = ["| measured on | what | cases | result |", "| --- | --- | ---: | --- |"]
    for name, scored in measured.items():
        for measure in (m for one in scored for m in one.measures):
            shares = ", ".join(f"{what} {share:.3f}" for what, share in measure.shares.items())
            lines.append(f"| {name} | {measure.kind} | {measure.cases} | {shares} |")
    return "\n".join(lines)


def _domain_table(tallies: Mapping[str, Tally]) -> str:
    lines = ["| domain | precision | recall | F1 | right | wrong | missed |", "| --- |" + " ---: |" * 6]
    for name, t in sorted(tallies.items()):
        shares = " | ".join(f"{share:.3f}" for share in (t.precision, t.recall, t.f1))
        lines.append(f"| {name} | {shares} | {t.right} | {t.wrong} | {t.missed} |")
    return "\n".join(lines)


def _commit() -> tuple[str, str]:
    """Short hash and date of the commit; `unknown` outside a git checkout. SOURCE_DATE outranks the date."""
    shown = subprocess.run(
        ["git", "-C", str(ROOT), "show", "-s", "--format=%h %cs", "HEAD"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    commit, day = shown.stdout.split() if shown.returncode == 0 else ("unknown", "unknown date")
    return commit, os.environ.get("SOURCE_DATE", day)


if __name__ == "__main__":
    sys.exit(main())
