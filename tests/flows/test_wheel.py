"""The built wheel, installed where nothing of the checkout can be seen, does what the checkout does."""

from __future__ import annotations

import json
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.flows.reports import report

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("flows", "transforms", "validation", "warehouse")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, since building leaves folders behind."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "source"
    wanted = [*PACKAGES, "pyproject.toml", "README.md", "LICENSE", "NOTICE"]
    copy.mkdir()
    subprocess.run(["cp", "-r", *[str(ROOT / name) for name in wanted], str(copy)], check=True)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(copy)]
    done = subprocess.run(build, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`townfacts` in an environment that holds the wheel; the libraries are seen where the tests see them."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    installed = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([python, *installed], check=True)
    where = [python, "-c", "import site; print(site.getsitepackages()[0])"]
    packages = Path(subprocess.run(where, capture_output=True, encoding="utf-8", check=True).stdout.strip())
    (packages / "libraries.pth").write_text(site.getsitepackages()[0] + "\n", "utf-8")
    return folder / "bin" / "townfacts"


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    here = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".md"
    }
    assert here - packed == set()
    assert not {name for name in packed if name.startswith(("tests", "benchmarks", "samples"))}
    assert any(name.endswith("licenses/NOTICE") for name in packed)
    for ending in (".toml", ".sql", ".gz", ".yml", "py.typed"):
        assert any(name.endswith(ending) for name in packed)


def test_it_extracts(command: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(report("赵化镇"), "utf-8")
    done = subprocess.run(
        [command, "extract", "a.txt"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True, env={}
    )
    assert done.stderr == ""
    read = json.loads(done.stdout)
    assert (read["report"]["town"], read["report"]["county"]) == ("赵化镇", "富顺县")
    assert len(read["facts"]) >= 5


def test_it_runs_the_flow(command: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(report("赵化镇"), "utf-8")
    done = subprocess.run(
        [command, "run", "in"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True, env={}
    )
    assert "1 files in = 1 accepted" in done.stdout
    assert (tmp_path / "data" / "published" / "townfacts.duckdb").is_file()
