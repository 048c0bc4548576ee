"""`python -m flows` is `townfacts`."""

from __future__ import annotations

import sys

from flows.cli import main

sys.exit(main())
