"""The nouns of the official record: a result as it was filed, and the things its names stand for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.model.statement import Entity
from kg.namespaces import iri


@dataclass(frozen=True, slots=True)
class Result:
    """One official result: one benchmark on one system, with the files that it rests on.

    `submitter` is the name of its folder, `filed_as` what the system file calls it. `accelerators` and
    `processors` count those of all nodes. `minutes` is the official score; `run_minutes` are the runs that
    succeeded, in the order of their logs, `failed` those that did not, with the reason. `logged_status` is
    the availability that the log gives, which may differ from the system file's `availability`. Paths are
    relative to the repository, whose `commit` is '' when nothing tells it; `read` is the day of reading.
    """

    round: str
    submitter: str
    filed_as: str
    division: str
    availability: str
    logged_status: str
    system: str
    system_name: str
    nodes: int | None
    processors_per_node: int | None
    processors: int | None
    processor: str
    accelerators_per_node: int | None
    accelerators: int | None
    accelerator: str
    accelerator_memory_gb: Decimal | None
    host_memory: str
    framework_filed: str
    framework_run: str
    framework_basis: str
    software: str
    benchmark: str
    runs: int
    dropped: int
    minutes: float
    scaling_factor: float
    run_minutes: tuple[float, ...]
    failed: tuple[str, ...]
    notes: tuple[str, ...]
    repository: str
    commit: str
    read: str
    system_file: str
    log_folder: str
    logs: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What identifies it: round, submitter, system, benchmark."""
        return self.round, self.submitter, self.system, self.benchmark


@dataclass(frozen=True, slots=True)
class LinkedResult:
    """A result with the entities of the vocabulary that its names stand for; None for an unknown one.

    `filed_frameworks` are those that the system file names, `framework` the one it was run with.
    """

    result: Result
    organization: Entity
    round: Entity
    benchmark: Entity
    division: Entity
    availability: Entity | None
    accelerator: Entity | None
    processor: Entity | None
    filed_frameworks: tuple[Entity, ...]
    framework: Entity | None

    @property
    def iri(self) -> str:
        """The IRI of the result."""
        return iri("result", *self._place, self.result.system, self.result.benchmark)

    @property
    def filed_system(self) -> str:
        """The IRI of the system as filed."""
        return iri("filed-system", *self._place, self.result.system)

    @property
    def _place(self) -> tuple[str, str]:
        return last(self.round.iri), last(self.organization.iri)


@dataclass(frozen=True, slots=True)
class SystemLink:
    """That a system of a statement is one as filed (an IRI), by the name that both share."""

    system: Entity
    filed_system: str
    name: str


def last(iri: str) -> str:
    """The last step of an IRI.

    >>> last("https://w3id.org/mlperf-kg/id/round/training-v2.0")
    'training-v2.0'
    """
    return iri.rpartition("/")[2]
