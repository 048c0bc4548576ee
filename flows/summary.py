"""What a run did, in figures that add up, and how it is told to a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.discover import Discovery
from flows.settings import Settings
from flows.tables import figure, print_table
from warehouse import LoadResult, Warehouse
from warehouse.looking import accuracy_by_domain, example_facts, new_causes, quarantine_causes
from warehouse.pages import is_of_now

OUTCOMES = ("accepted", "quarantined", "unchanged", "duplicate", "ignored")
EXAMPLES = 3
OLD_PAGES = " (older than the published copy: townfacts review brings them up to date)"
PAGES = Path("pages") / "index.html"
PUBLISHED = Path("published") / "townfacts.duckdb"


@dataclass(frozen=True, slots=True)
class Summary:
    """One run: files by outcome (they add up to `files_in`), rows, what waits in quarantine now, three
    facts.
    """

    source: Path
    warehouse: Path
    catalog: str
    files_in: int
    outcomes: Mapping[str, int]
    facts_added: int
    facts_removed: int
    rows_quarantined: int
    has_changed: bool
    waiting: (
        int  # files of this source that are in quarantine, whether this run put them there or an earlier one
    )
    gone: Sequence[str]  # of which no bytes are left either
    pruned: Sequence[str]
    renamed: Sequence[str]  # relative paths they had before
    moved: Sequence[str]  # the same, of files of another folder
    passed_over: int
    stale: int
    unknown: Sequence[str]
    causes: Sequence[Mapping[str, Any]]
    new_causes: Sequence[Mapping[str, Any]]
    accuracy: Sequence[Mapping[str, Any]]
    examples: Sequence[Mapping[str, Any]]
    pages: Path | None
    pages_are_old: bool  # a run without --pages left them behind
    corrections: Sequence[Mapping[str, Any]]  # those that hold nowhere, or no longer where they did
    task_runs: int
    conflicts: int = 0  # loads done again because another run's came first

    @property
    def waits(self) -> bool:
        """Whether anything of this source is in quarantine: what `--strict` asks."""
        return bool(self.waiting or self.rows_quarantined)

    @property
    def verdict(self) -> str:
        """A run that ends brought the warehouse up to date; what needs a person is a warning, not a
        failure.
        """
        return "up to date, with warnings" if self.waits or self.unknown or self.gone else "up to date"

    @property
    def notes(self) -> list[str]:
        """What the equation does not count, and what a person may want to do about it."""
        told = {
            f"{len(self.gone)} files known from before are gone, their facts stay"
            f" (--prune {len(self.gone)} forgets them): {_first(self.gone)}": self.gone,
            f"{len(self.pruned)} files that were gone are forgotten, with what only they said:"
            f" {_first(self.pruned)}": self.pruned,
            f"{len(self.renamed)} files known from before stand here under another name:"
            f" {_first(self.renamed)}": self.renamed,
            f"{len(self.moved)} files read from another folder before are no longer there and stand here now:"
            f" {_first(self.moved)}": self.moved,
            f"{self.conflicts} loads were done again, since another run had loaded meanwhile": self.conflicts,
            f"{self.passed_over} files not looked at, as asked": self.passed_over,
            f"{self.stale} of the unchanged files were read with older rules (--keep-stale)": self.stale,
            f"{len(self.unknown)} files named in a manifest are not there: {_first(self.unknown)}": (
                self.unknown
            ),
        }
        return [line for line, is_so in told.items() if is_so]

    @property
    def equation(self) -> str:
        """files in = accepted + … with the figures of this run."""
        return f"{self.files_in} files in = " + " + ".join(
            f"{self.outcomes[name]} {name}" for name in OUTCOMES
        )


def summarise(
    house: Warehouse,
    source: Path,
    settings: Settings,
    discovery: Discovery,
    results: Sequence[LoadResult],
    task_runs: int,
) -> Summary:
    """Adds up the loads of one run and looks at the warehouse as it is now."""
    waiting = house.quarantined_paths() if discovery.unchanged else frozenset()
    kept_waiting = sum(file.path in waiting for file in discovery.unchanged)
    pages = settings.warehouse.absolute() / PAGES
    has_pages = pages.is_file()
    outcomes = {name: sum(getattr(result, name) for result in results) for name in OUTCOMES}
    return Summary(
        source=source,
        warehouse=settings.warehouse,
        catalog=settings.catalog,
        files_in=sum(result.files_in for result in results),
        outcomes=outcomes,
        facts_added=sum(result.facts_added for result in results),
        facts_removed=sum(result.facts_removed for result in results),
        rows_quarantined=sum(result.facts_quarantined for result in results),
        has_changed=any(result.has_changed for result in results),
        waiting=outcomes["quarantined"] + kept_waiting,
        gone=[file.relative_path for file in discovery.lost if file.outcome == "gone"],
        pruned=[file.relative_path for file in discovery.gone if file.outcome == "pruned"],
        renamed=[file.relative_path for file in discovery.renamed if file.outcome == "gone"],
        moved=[file.relative_path for file in discovery.moved],
        passed_over=discovery.passed_over,
        stale=discovery.stale,
        unknown=discovery.unknown,
        causes=house.look(quarantine_causes),
        new_causes=house.look(lambda connection: new_causes(connection, results[0].load_id)),
        accuracy=house.look(accuracy_by_domain),
        examples=house.look(lambda connection: example_facts(connection, EXAMPLES)),
        pages=pages if has_pages else None,
        pages_are_old=has_pages and not house.look(lambda connection: is_of_now(connection, pages.parent)),
        corrections=house.corrections(only_wrong=True),
        task_runs=task_runs,
        conflicts=sum(result.conflicts for result in results),
    )


def print_summary(summary: Summary) -> None:
    """The closing words of `townfacts run`."""
    print(summary.equation)
    print(rows_line(summary))
    print("\n".join(summary.notes), end="\n" if summary.notes else "")
    if summary.causes:
        print("\nin quarantine now (townfacts quarantine list):")
        print_table(summary.causes, "")
    if summary.corrections:
        print(f"\nWARNING: {len(summary.corrections)} corrections hold no longer (townfacts correct --list):")
        print_table([shown_correction(row) for row in summary.corrections], "")
    print(f"\nwarehouse:      {summary.catalog or summary.warehouse / 'warehouse.duckdb'}")
    print(f"published copy: {summary.warehouse / PUBLISHED}")
    if summary.pages:
        print(f"review pages:   {summary.pages}{OLD_PAGES if summary.pages_are_old else ''}")
    if summary.examples:
        print("\nthree facts, for example:")
        print_table([_example(row) for row in summary.examples], "")


def _first(names: Sequence[str]) -> str:
    """The first three of them, and whether there are more."""
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")


def rows_line(summary: Summary) -> str:
    """Rows loaded, or that there were none."""
    nothing_read = summary.files_in == summary.outcomes["unchanged"] + summary.outcomes["ignored"]
    if nothing_read and not summary.pruned:
        return "0 rows loaded: nothing is new"
    if not summary.has_changed:
        return "0 rows loaded: what was read says what the warehouse held already"
    refused = f", {summary.rows_quarantined} refused" if summary.rows_quarantined else ""
    return f"{summary.facts_added} facts added, {summary.facts_removed} removed or replaced{refused}"


def shown_correction(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `correction` for people."""
    where = (
        row["report_path"]
        or row["report_id"]
        or " ".join(filter(None, (row["town"], str(row["year"] or ""))))
    )
    return {
        "correction": row["correction_id"],
        "state": row["state"],
        "action": f"{row['action']} {row['field']}",
        "where": where or row["sentence"],
        "expected": row["expected_text"],
        "why": row["note"],
        "author": f"{row['author']}, {row['decided_on']}",
    }


def _example(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "town": row["town"],
        "year": row["year"],
        "indicator": row["indicator"],
        "figure": figure(row["value"], row["low"], row["high"], row["bound"]),
        "unit": row["unit"],
        "clause": row["clause"],
    }
