"""The machines that the names of filed systems tell of: without frameworks, numbers of nodes, accelerators; and products."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.model.record import LinkedResult
from kg.names.fold import fold

_VARIANT = re.compile(
    r"(?i)[-_ ]?(?:ngc\d*\.?\d*|mxnet|pytorch|tensorflow|tf\d?|hugectr|merlin|popart|paddlepaddle|jax|n\d+(?=_|$))"
)
LEADING = re.compile(r"^\d+x?(?=[A-Z])")


def machine(r: LinkedResult, nodes: bool = False) -> str:
    """The name of a system as filed without the framework it ran, and without the number of nodes unless asked for."""
    name = _VARIANT.sub("", r.result.system).strip("-_ ")
    return name if nodes else LEADING.sub("", name)


def node_count(r: LinkedResult) -> int:
    """The nodes of a result; where none are filed, those that the system's name says: '4xC4140'."""
    named = re.match(r"(\d+)x", r.result.system)
    return r.result.nodes or (int(named[1]) if named else 1)


def begins(filed: str, key: str) -> bool:
    """Whether a filed name begins with a folded key, and not within a number: 'ESC8000-8xA100' with 'esc8000', not 'esc80'."""
    if not fold(filed).startswith(key):
        return False
    end = next(n for n in range(len(key), len(filed) + 1) if fold(filed[:n]) == key)
    return not (key[-1].isdigit() and filed[end : end + 1].isdigit())


def is_product(name: str, filed: str) -> bool:
    """Whether a filed name begins with a product's name of two words or more: 'PRIMERGY CDI', 'primergy-cdi-A100x10'."""
    return " " in name and begins(LEADING.sub("", filed), fold(name))


def holds_memory(r: LinkedResult, memory: Decimal) -> bool:
    """Whether an accelerator has, or may have, so many GB: by its name, or by what is filed, which rounds them in several ways."""
    named = re.search(r"(\d+) ?GB", r.result.accelerator)
    filed = Decimal(named[1]) if named else r.result.accelerator_memory_gb
    return not filed or Decimal("0.97") * memory <= filed <= Decimal("1.08") * memory
