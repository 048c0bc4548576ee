"""Apache Superset started for real on loopback, the published copy as its database, a chart on `town_year`
made through its REST API and drawn in headless Chromium. Outside CI: Superset is 1 GB to install.

    python -m venv SUPERSET
    SUPERSET/bin/pip install apache-superset==6.1.0 duckdb==1.5.5 duckdb-engine==0.17.0 rich cachetools \
        Flask-Caching==2.3.1 cachelib==0.13.0
    .venv/bin/python -m benchmarks.superset data/published/townfacts.duckdb SUPERSET PICTURE.png

Writes PICTURE.png (a table) and PICTURE1.png (bars).

The last four are what 6.1.0 needs and does not ask for: it imports rich and cachetools, and its cache
class knows neither the Flask-Caching nor the cachelib of today.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

USER, PASSWORD = "admin", "townfacts-on-loopback"
INDICATORS = ("leaflets", "training_sessions", "disputes_resolved")
CONFIG = """
SECRET_KEY = {key!r}
SQLALCHEMY_DATABASE_URI = {metadata!r}
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
"""
START_SECONDS = 180
# Kind, what else it is told, and what stands on the page as soon as it is drawn.
CHARTS: tuple[tuple[str, dict[str, Any], str], ...] = (
    (
        "table",
        {"query_mode": "aggregate", "groupby": ["county", "town", "year"], "row_limit": 30},
        "table tbody tr td >> text=镇",
    ),
    (
        "echarts_timeseries_bar",
        {"x_axis": "town", "groupby": [], "row_limit": 30, "x_axis_sort_asc": True},
        ".chart-container canvas",
    ),
)


def main(database: Path, environment: Path, picture: Path) -> int:
    with tempfile.TemporaryDirectory() as folder, served(environment, Path(folder)) as base:
        api = Api(base)
        source = api.post("database", made_database(database.resolve()))
        dataset = api.post("dataset", {"database": source, "schema": "main", "table_name": "town_year"})
        charts = {api.post("chart", made_chart(dataset, *told)): drawn for *told, drawn in CHARTS}
        answer = api.data(dataset)
        print(json.dumps(answer, ensure_ascii=False))
        draw(base, charts, picture)
    print(f"{len(charts)} charts on town_year drawn: {picture}")
    return 0


@contextmanager
def served(environment: Path, folder: Path) -> Iterator[str]:
    """A new Superset with its own metadata, ended at the end."""
    config = folder / "superset_config.py"
    metadata = f"sqlite:///{folder / 'metadata.db'}"
    config.write_text(CONFIG.format(key=os.urandom(32).hex(), metadata=metadata), encoding="utf-8")
    env = {
        **os.environ,
        "FLASK_APP": "superset",
        "SUPERSET_CONFIG_PATH": str(config),
        "SUPERSET_HOME": str(folder),
    }
    env.pop("PYTHONPATH", None)
    program = str(environment / "bin" / "superset")
    person = [
        "--username",
        USER,
        "--firstname",
        "a",
        "--lastname",
        "b",
        "--email",
        "a@b.c",
        "--password",
        PASSWORD,
    ]
    for words in (["db", "upgrade"], ["fab", "create-admin", *person], ["init"]):
        subprocess.run([program, *words], env=env, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, "run", "-h", "127.0.0.1", "-p", str(port)], env=env, stdout=log, stderr=log
        )
        try:
            yield answering(f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()
            process.wait(30)


def answering(base: str, process: subprocess.Popen[bytes]) -> str:
    """`base` as soon as it answers."""
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            with urlopen(f"{base}/health", timeout=5):
                return base
        except (URLError, OSError):
            time.sleep(1)
    raise SystemExit("Superset did not come up")


class Api:
    """Superset's REST API, logged in."""

    def __init__(self, base: str) -> None:
        self.base, self.token = base, ""
        login = {"username": USER, "password": PASSWORD, "provider": "db"}
        self.token = self._ask("security/login", login)["access_token"]

    def post(self, kind: str, told: dict[str, Any]) -> int:
        """Makes a database, a dataset or a chart; its id."""
        return int(self._ask(f"{kind}/", told)["id"])

    def data(self, dataset: int) -> list[dict[str, Any]]:
        """What Superset itself answers for the figures of the chart."""
        query = {
            "columns": ["town"],
            "metrics": [metric(INDICATORS[0])],
            "orderby": [[metric(INDICATORS[0]), False]],
            "row_limit": 3,
        }
        told = {
            "datasource": {"id": dataset, "type": "table"},
            "queries": [query],
            "result_format": "json",
            "result_type": "full",
        }
        rows: list[dict[str, Any]] = self._ask("chart/data", told)["result"][0]["data"]
        return rows

    def _ask(self, path: str, told: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        request = Request(f"{self.base}/api/v1/{path}", json.dumps(told).encode(), headers)
        try:
            with urlopen(request, timeout=120) as answer:
                return json.load(answer)
        except URLError as error:
            said = error.read().decode() if hasattr(error, "read") else str(error)
            raise SystemExit(f"{path}: {said[:1000]}") from error


def made_database(database: Path) -> dict[str, Any]:
    """The published copy, opened read-only; no pool, so that each new copy is seen."""
    extra = {"engine_params": {"connect_args": {"read_only": True}}}
    return {
        "database_name": "townfacts",
        "sqlalchemy_uri": f"duckdb:///{database}",
        "extra": json.dumps(extra),
    }


def metric(code: str) -> dict[str, Any]:
    """At least this much in all."""
    return {"expressionType": "SQL", "sqlExpression": f"sum({code}_low)", "label": f"{code} (at least)"}


def made_chart(dataset: int, kind: str, params: dict[str, Any]) -> dict[str, Any]:
    """Of a kind Superset knows, on the dataset."""
    told = {
        "datasource": f"{dataset}__table",
        "viz_type": kind,
        "metrics": [metric(code) for code in INDICATORS],
    }
    return {
        "slice_name": "town_year: 乡镇年度指标",
        "viz_type": kind,
        "datasource_id": dataset,
        "datasource_type": "table",
        "params": json.dumps(told | params, ensure_ascii=False),
    }


def draw(base: str, charts: dict[int, str], picture: Path) -> None:
    """Logs in as a person does, opens each chart, waits until it is drawn, takes a picture."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1500, "height": 900})
        page.goto(f"{base}/login/", timeout=180_000)
        page.fill("input[name=username], #username", USER, timeout=120_000)
        page.fill("input[name=password], #password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login" not in url, timeout=120_000)
        for number, (chart, drawn) in enumerate(charts.items()):
            page.goto(f"{base}/explore/?slice_id={chart}", timeout=180_000)
            page.wait_for_selector(drawn, timeout=180_000)
            page.wait_for_timeout(3000)  # bars grow
            page.screenshot(path=str(picture.with_stem(f"{picture.stem}{number or ''}")))
        browser.close()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
