"""What a run leaves in Prefect's UI: a summary in Markdown and a table of what waits and why."""

from __future__ import annotations

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.summary import Summary, rows_line
from flows.tables import cell

MOST_ROWS = 200  # the UI slows down with long tables; the whole list is one command away


def publish_artifacts(summary: Summary) -> None:
    """One version more of each artifact; keys are the same for every run, so that the UI shows their
    history.
    """
    create_markdown_artifact(
        key="ingest-summary", markdown=markdown(summary), description="What the last run did"
    )
    rows = [{name: cell(value) for name, value in row.items()} for row in summary.causes[:MOST_ROWS]]
    create_table_artifact(
        key="quarantine-by-cause", table=rows, description="What waits in quarantine, by cause"
    )


def markdown(summary: Summary) -> str:
    """The summary as a page."""
    lines = [
        f"# Ingest of `{summary.source}`",
        "",
        summary.equation,
        "",
        "| outcome | files |",
        "| --- | ---: |",
        *(f"| {name} | {count} |" for name, count in summary.outcomes.items()),
        f"| **files in** | **{summary.files_in}** |",
        "",
        rows_line(summary),
        "",
    ]
    if summary.gone:
        lines += [f"{len(summary.gone)} files known from before are gone; their facts stay.", ""]
    lines.append(f"Warehouse: `{summary.warehouse / 'warehouse.duckdb'}`")
    return "\n".join(lines) + "\n"
