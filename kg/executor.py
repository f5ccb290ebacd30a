"""Pure functions over lists of files: in this process, in several, or on a Dask cluster, with the same results.

The functions and what they take and give are pickled, so they stand at the top of a module.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from kg.errors import InputError, needed

Item = TypeVar("Item")
Made = TypeVar("Made")
ATTEMPTS = 3
"""How often an item is tried whose worker ended."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work: `jobs` processes of this machine, or the Dask scheduler at `address` (dask://HOST:PORT)."""

    jobs: int = 1
    address: str | None = None

    def __post_init__(self) -> None:
        if self.jobs < 1:
            raise InputError(f"{self.jobs} jobs do nothing; give a number of 1 or more")
        if self.address and not self.address.startswith("dask://"):
            raise InputError(f"{self.address}: no executor is known by that name; give dask://HOST:PORT")

    def map(self, function: Callable[[Item], Made], items: Sequence[Item]) -> list[Made]:
        """The function of each item, in the order of the items. What a worker that ended had is tried again.

        Raises what the function raises for the first item for which it does, and InputError when workers
        end again and again.
        """
        if not self.address and min(self.jobs, len(items)) < 2:
            return [function(item) for item in items]
        done: dict[int, Made] = {}
        for _ in range(ATTEMPTS):
            with self._executor() as executor:
                futures: dict[int, Future[Made]] = {}
                with contextlib.suppress(BrokenExecutor):
                    for at in range(len(items)):
                        if at not in done:
                            futures[at] = executor.submit(function, items[at])
                for at, future in futures.items():
                    with contextlib.suppress(*_ended()):
                        done[at] = future.result()
            if len(done) == len(items):
                return [done[at] for at in range(len(items))]
        raise InputError(
            f"workers ended {ATTEMPTS} times; is there enough memory? {len(items) - len(done)} files were not read"
        )

    @contextlib.contextmanager
    def _executor(self) -> Iterator[Executor]:
        if not self.address:
            with ProcessPoolExecutor(self.jobs) as pool:
                yield pool
            return
        distributed = needed("distributed", "dask", "a Dask cluster")
        try:
            client = distributed.Client(self.address.replace("dask://", "tcp://", 1), timeout=10)
        except OSError as error:
            raise InputError(f"{self.address}: no Dask scheduler answers there ({error})") from error
        with client:
            yield client.get_executor()


def _ended() -> tuple[type[BaseException], ...]:
    """What tells that a worker ended, not that its work failed."""
    import sys

    distributed: Any = sys.modules.get("distributed")
    lost = (distributed.scheduler.KilledWorker,) if distributed else ()
    return (BrokenExecutor, *lost)


SERIAL = Workers()
"""All work in this process."""
