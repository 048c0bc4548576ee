"""A run says where the review pages lie, and where they show an earlier load."""

from __future__ import annotations

import os
from pathlib import Path

from flows.summary import PAGES, PUBLISHED, with_age


def test_pages_that_a_run_left_behind_are_told(tmp_path: Path) -> None:
    pages, published = tmp_path / PAGES, tmp_path / PUBLISHED
    for file in (pages, published):
        file.parent.mkdir()
        file.touch()
    os.utime(published, (1000, 1000))
    assert with_age(pages, published) == str(pages)
    os.utime(pages, (500, 500))
    assert with_age(pages, published).endswith("townfacts review brings them up to date)")
