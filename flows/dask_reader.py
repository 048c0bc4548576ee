"""Reading on a Dask cluster: batches go out as lists of paths and come back as frames.

A plain client of `distributed`, not prefect-dask: that would start a Prefect API in every worker unless a
server of one's own runs, and pay 67 ms a task (measured), while the flow needs workers for nothing but
`read_batch`. The scheduler gives the batch of a lost worker to another one. All machines must see the
reports under the same paths and run the same version; that is asked before anything is read.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.failures import Failure, UsageFailure
from flows.settings import Settings

if TYPE_CHECKING:
    from distributed import Client, LocalCluster

    from flows.candidate import Candidate
    from flows.workers import Batch

START_SECONDS = 60
# Readings of a batch that the scheduler tries before it is held to be what kills workers (its default).
TRIES = 4
_one_at_a_time = threading.Lock()  # in a worker: the stages are built when first needed, by one thread


def dask_reader(settings: Settings) -> DaskReader:
    """Connected, or with a cluster of this machine. Raises UsageFailure where that cannot be."""
    client, cluster = _connected(settings)
    return DaskReader(client, cluster)


def with_cluster(settings: Settings) -> Settings:
    """Before anything is started: whether the cluster can do the work, and how many read at once there."""
    if settings.runner != "dask" or not settings.dask_address:
        _require_extra(settings)
        return settings
    client, _ = _connected(settings)
    try:
        return settings if settings.workers else replace(settings, workers=_count_fit(client))
    finally:
        client.close()


class DaskReader:
    """Reads in the workers of a cluster; see `flows.workers.Reader`."""

    def __init__(self, client: Client, cluster: LocalCluster | None) -> None:
        self._client = client
        self._cluster = cluster

    def read(self, batch: Sequence[Candidate], rulebook_version: str) -> Batch:
        """As `read_batch`, in a worker; in processes of this machine where it took several workers along."""
        from distributed import KilledWorker

        from flows.workers import patience, read_in_halves

        future = self._client.submit(read_there, list(batch), rulebook_version, pure=False)
        try:
            result: Batch = future.result(timeout=TRIES * patience(batch))
        except (KilledWorker, TimeoutError):
            return read_in_halves(batch, rulebook_version)
        finally:
            future.release()
        return result

    def close(self) -> None:
        """What was being read has not been loaded; a cluster of others stays as it is."""
        self._client.close()
        if self._cluster:
            self._cluster.close()


def read_there(batch: Sequence[Candidate], rulebook_version: str) -> Batch:
    """In a worker: `read_batch`, unless this worker came later and is none of ours."""
    from flows.workers import read_batch

    where = {str(candidate.found.path) for candidate in batch}
    wrong = _what_is_wrong(rulebook_version, sorted(where))
    if wrong:
        raise RuntimeError(f"a Dask worker on {os.uname().nodename} {wrong}")
    with _one_at_a_time:
        return read_batch(batch, rulebook_version)


def _what_is_wrong(expected: str, paths: Sequence[str] = ()) -> str:
    """Why this process must not read for us; empty where it may."""
    from flows.versions import rulebook_version

    if rulebook_version() != expected:
        return f"has rules {rulebook_version()}, here they are {expected}; install the same version there"
    if paths and not any(map(os.path.lexists, paths)):
        return f"sees no {paths[0]}; mount the reports there under the same path"
    return ""


def _connected(settings: Settings) -> tuple[Client, LocalCluster | None]:
    _require_extra(settings)
    from distributed import Client, LocalCluster

    from flows.batches import worker_count

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if not settings.dask_address:
        cluster = LocalCluster(
            n_workers=worker_count(settings),
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",  # its own port would be a public one, or taken
            host="127.0.0.1",
            silence_logs=logging.CRITICAL,
            local_directory=str(_scratch(settings)),
        )
        return Client(cluster), cluster
    try:
        client = Client(settings.dask_address, timeout=START_SECONDS / 4)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageFailure(
            f"{settings.dask_address}: no Dask scheduler answers ({' '.join(str(error).split())[:120]});"
            " start one with dask scheduler, or leave dask_address empty for a cluster of this machine"
        ) from error
    return client, None


def _scratch(settings: Settings) -> Path:
    return settings.warehouse.absolute() / ".dask"


def _count_fit(client: Client) -> int:
    """Workers of the cluster, all of which must be fit. Raises Failure naming the first that is not."""
    from flows.versions import rulebook_version

    try:
        client.wait_for_workers(1, timeout=START_SECONDS)
        told: dict[str, Any] = client.run(_what_is_wrong, rulebook_version())
    except Exception as error:  # what a foreign cluster may raise has no common class
        raise Failure(
            f"the Dask cluster cannot read for us ({type(error).__name__}: {str(error)[:160]});"
            " start workers with townfacts installed: dask worker ADDRESS --nthreads 1"
        ) from error
    for address, wrong in sorted(told.items()):
        if wrong:
            raise Failure(f"the Dask worker {address} {wrong}")
    return len(told)


def _require_extra(settings: Settings) -> None:
    from importlib.util import find_spec

    if settings.runner == "dask" and find_spec("distributed") is None:
        raise UsageFailure("--runner dask needs the extra dask: pip install 'townfacts[dask]'")
