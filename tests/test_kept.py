"""What is kept on a machine is given back as it was written, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from transforms.kept import KEPT, Kind, keep, kept

CAKE = Kind("cake", ".tin")
PIE = Kind("pie", ".tin")


@pytest.fixture
def kept_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "townfacts"


def test_what_was_kept_under_a_key_is_given_back_for_it_alone(kept_in: Path) -> None:
    keep(CAKE, "1.0", b"sweet")
    assert kept(CAKE, "1.0") == b"sweet"
    assert kept(CAKE, "1") is None
    assert kept(PIE, "1.0") is None


@pytest.mark.parametrize("content", [b"", b"sour"])
def test_what_is_not_as_it_was_written_is_not_given(kept_in: Path, content: bytes) -> None:
    keep(CAKE, "1.0", b"sweet")
    [path] = kept_in.iterdir()
    path.write_bytes(content)
    assert kept(CAKE, "1.0") is None
    keep(CAKE, "1.0", b"sweet")
    assert kept(CAKE, "1.0") == b"sweet"


@pytest.mark.parametrize("place", ["/dev/null", "not/absolute"])
def test_without_a_place_nothing_is_kept_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    monkeypatch.setenv("HOME", "~")
    keep(CAKE, "1.0", b"sweet")
    assert kept(CAKE, "1.0") is None
    assert list(tmp_path.iterdir()) == []


def test_few_of_a_kind_are_kept_and_what_a_killed_run_left_goes(kept_in: Path) -> None:
    keep(PIE, "1.0", b"salt")
    (kept_in / ".cake.999999999").write_bytes(b"half")
    for number in range(KEPT + 3):
        keep(CAKE, f"{number:04}", bytes([number]))
    left = sorted(path.name.rpartition("-")[0] for path in kept_in.iterdir())
    assert left == [*(f"cake-{number:04}" for number in range(3, KEPT + 3)), "pie-1.0"]
