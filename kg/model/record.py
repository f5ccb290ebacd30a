"""The nouns of the official record: a result as it was filed, and the things its names stand for."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kg.model.statement import Entity
from kg.namespaces import iri, last

NO_MINUTES = math.nan
"""The minutes of what has none, one object so that records compare equal."""

NOT_VERIFIED = "rule not verified"
"""The `rule` of results of a round that is newer than the tables of rules."""


@dataclass(frozen=True, slots=True)
class Result:
    """One official result: one benchmark on one system, with the files that it rests on.

    `submitter` is the name of its folder, `filed_as` what the system file calls it. `accelerators` and
    `processors` count those of all nodes. `minutes` is the official score, nan (`NO_MINUTES`) for what was
    filed and has none here; `run_minutes` are the runs that succeeded, in the order of their logs, `failed`
    those that did not, with the reason. `logged_status` is
    the availability that the log gives, which may differ from the system file's `availability`. Paths are
    relative to the repository, whose `commit` is '' when nothing tells it; `read` is the day of reading.
    `basis` is what the minutes rest on ('logs', 'published table'), or why there are none; `evidence` is
    then the repository and commit of the table ('owner/name@commit'). `rule` tells whether scores by the
    rule of the round were compared with MLCommons' ('verified').
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
    basis: str
    rule: str
    evidence: str

    @property
    def scored(self) -> bool:
        """Whether it has minutes."""
        return not math.isnan(self.minutes)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What identifies it: round, submitter, system, benchmark."""
        return self.round, self.submitter, self.system, self.benchmark


def in_all(nodes: int | None, each: int | None) -> int | None:
    """How many all nodes have together of what each has so many; None where one of the two is not known."""
    return None if nodes is None or each is None else nodes * each


NOTHING = Entity("", "", "Benchmark", False)
"""Stands where a system that was filed has no benchmark or division."""


def together(organizations: Iterable[Entity]) -> str:
    """The names of those who submitted together, for people."""
    return " and ".join(organization.label for organization in organizations)


@dataclass(frozen=True, slots=True)
class LinkedResult:
    """A result with the entities of the vocabulary that its names stand for; None for an unknown one.

    `submitters` are several for a joint submission, of which the first is `organization`; `place` is what IRIs
    are made of for submitter and system; `benchmark` is `NOTHING` for a system alone, and so is a division
    that no file gives. `filed_frameworks` are those that
    the system file names, `framework` the one it was run with.
    """

    result: Result
    submitters: tuple[Entity, ...]
    place: tuple[str, str]
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
        return iri("result", last(self.round.iri), *self.place, self.result.benchmark)

    @property
    def closed(self) -> bool:
        """Whether it is of the closed division, within which results are compared."""
        return self.division.iri == iri("division", "closed")

    @property
    def filed_system(self) -> str:
        """The IRI of the system as filed."""
        return iri("filed-system", last(self.round.iri), *self.place)

    @property
    def submission(self) -> str:
        """The IRI of the submission: that of the organization in the round, or of all that submitted jointly."""
        names = [last(o.iri) for o in self.submitters]
        joint = len(names) > 1 and self.place[0] not in names  # below the folder of one of them it is one of its own
        return iri("submission", last(self.round.iri), self.place[0] if joint else "-".join(names))

    @property
    def organization(self) -> Entity:
        """The first of the submitters."""
        return self.submitters[0]

    @property
    def names(self) -> str:
        """The names of the submitters, for people."""
        return together(self.submitters)


@dataclass(frozen=True, slots=True)
class SystemLink:
    """That a system of a statement is one as filed (an IRI), by the name that both share."""

    system: Entity
    filed_system: str
    name: str
