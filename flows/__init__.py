"""The flow, its settings and its commands."""

from __future__ import annotations

import os

# Polars keeps what it freed until it is asked for memory again, and in the long end of a run, while texts are
# compared and published, nobody asks: 90 MB. Must stand before it is imported; costs no time that shows.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:0,muzzy_decay_ms:0")
