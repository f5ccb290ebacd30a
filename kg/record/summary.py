"""Results in the flat shape of MLCommons' `summary_results.json`, which dashboards read.

The names are those of the published tables (https://github.com/mlcommons/inference_results_v5.1), with
'Benchmark' and 'Result' for a time to train. MLCommons' public result id is in no results repository, so 'ID' is
empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from kg.model.record import Result


def write_summary(results: Iterable[Result]) -> str:
    """Results as a JSON array, one flat object a result; times are minutes, 'a#' and 'p#' count all nodes."""
    return json.dumps([_flat(r) for r in results], ensure_ascii=False, indent=2) + "\n"


def _flat(r: Result) -> dict[str, Any]:
    tree = f"https://github.com/{quote(r.repository)}/tree/{quote(r.commit)}" if r.repository and r.commit else ""
    frameworks = r.framework_run or r.framework_filed
    return {
        "ID": "",
        "Submitter": r.submitter,
        "Availability": r.availability,
        "Category": r.division,
        "Suite": r.round.removeprefix("MLPerf ").partition(" ")[0].lower(),
        "System": r.system_name or r.system,
        "Platform": r.system,
        "Benchmark": r.benchmark,
        "Model": r.benchmark,
        "Nodes": r.nodes,
        "Processor": r.processor,
        "host_processors_per_node": r.processors_per_node,
        "p#": r.processors,
        "Accelerator": r.accelerator,
        "a#": r.accelerators,
        "Software": "; ".join(filter(None, (frameworks, r.software))),
        "Notes": "; ".join(r.notes),
        "version": r.round.rpartition(" ")[2],
        "Location": r.log_folder,
        "Details": f"{tree}/{quote(r.log_folder)}" if tree else "",
        "Code": f"{tree}/{quote(r.submitter)}/benchmarks" if tree else "",
        "Result": r.minutes,
        "Units": "minutes",
        "Performance_Result": r.minutes,
        "Performance_Units": "minutes",
    }
