"""What a run leaves in Prefect's UI: how far it is, a summary, what waits and why, how sure the facts are,
and where the review pages lie.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from flows.output import say
from flows.progress import Progress
from flows.summary import Summary, rows_line
from flows.tables import cell

MOST_ROWS = 200  # the UI slows down with long tables; the whole list is one command away
SECONDS_BETWEEN = 2.0  # a new version of the bar costs a request


@contextmanager
def shown_to_prefect(progress: Progress) -> Iterator[None]:
    """A progress artifact while there is something to read; never the reason for which a run fails."""
    if not progress.total:
        yield
        return
    shown = _Shown(progress)
    progress.on_advance = shown.update
    try:
        yield
    finally:
        progress.on_advance = None
    shown.close()


class _Shown:
    """Called by the flow itself, never by the threads that read: only the flow has Prefect's client."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._last = time.monotonic()
        self._id = _quietly(
            lambda: create_progress_artifact(0.0, key="ingest-progress", description="Files read")
        )

    def update(self) -> None:
        """A new figure, unless the last one is still warm."""
        if time.monotonic() - self._last >= SECONDS_BETWEEN:
            self.close()

    def close(self) -> None:
        """The figure as it is now."""
        self._last = time.monotonic()
        progress, artifact = self._progress, self._id
        if artifact is not None:
            share = 100 * progress.files / progress.total
            _quietly(lambda: update_progress_artifact(artifact, share, description=progress.line))


def publish_artifacts(summary: Summary) -> None:
    """One version more of each artifact; keys are the same for every run, so that the UI shows their
    history.
    """
    create_markdown_artifact(
        key="ingest-summary", markdown=markdown(summary), description="What the last run did"
    )
    for key, rows, words in (
        ("quarantine-by-cause", summary.causes, "What waits in quarantine, by cause"),
        ("accuracy-by-domain", summary.accuracy, "How sure the facts are: share expected to be right"),
    ):
        table = [{name: cell(value) for name, value in row.items()} for row in rows[:MOST_ROWS]]
        create_table_artifact(key=key, table=table, description=words)
    if summary.pages:
        create_link_artifact(
            link=summary.pages.as_uri(),
            link_text=f"Review pages: {summary.pages}",
            key="review-pages",
            description="Every fact beside its sentence; open it on the machine of the warehouse",
        )


def markdown(summary: Summary) -> str:
    """The summary as a page."""
    lines = [
        f"# Ingest of `{summary.source}`",
        "",
        f"**{summary.verdict}**: {summary.equation}",
        "",
        "| outcome | files |",
        "| --- | ---: |",
        *(f"| {name} | {count} |" for name, count in summary.outcomes.items()),
        f"| **files in** | **{summary.files_in}** |",
        "",
        rows_line(summary),
        "",
    ]
    for line in summary.notes:
        lines += [f"- {line}"]
    if summary.causes:
        lines += ["", "## In quarantine now", "", "| cause | files | for example |", "| --- | ---: | --- |"]
        lines += [
            f"| `{row['code']}` | {row['files']} | {_in_a_cell(str(row['example']))} |"
            for row in summary.causes
        ]
    lines += ["", f"Warehouse: `{summary.warehouse / 'warehouse.duckdb'}`"]
    if summary.pages:
        lines += ["", f"Review pages: `{summary.pages}`"]
    return "\n".join(lines) + "\n"


def _in_a_cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _quietly(request: Callable[[], Any]) -> UUID | None:
    """A bar that cannot be shown is no reason to stop reading."""
    try:
        made: UUID | None = request()
        return made
    except Exception as error:
        say(f"Prefect does not show the progress: {error}")
        return None
