"""A server under load, on loopback: `python -m benchmarks.load [--graph DIR] [--seconds 60] [--clients 16]`.

Canned queries, some of them new each time, entity pages and ten hostile queries a minute: first as fast as the clients
can, then in an open loop at half of that rate, where a request is late from the moment it was due. Answers are compared
with those that were given before. Prints status codes, latencies of the canned queries alone, under load and in the open
loop, and the memory of the server, alone and with its workers, from a third of the time on.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx

CANNED = [
    "/queries/who-submitted?accelerator=A100+80GB&framework=PyTorch&format=json", "/queries/not-submitted?format=json",
    "/queries/fastest?benchmark=BERT&most=8&format=json", "/queries/results?organization=Krai&format=json",
    "/queries/claims?organization=Samsung&format=json", "/queries/records?format=csv",
]  # fmt: skip
FRESH = "/queries/times-to-train?benchmark=BERT&below={}&format=json"
"""A query whose answer is in no cache."""
PAGES = ["/id/organization/baidu", "/id/accelerator/nvidia-a100-80gb", "/id/benchmark/bert", "/queries", "/"]
HOSTILE = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { " + "FILTER EXISTS { " * 3000 + "?s ?p ?o" + "}" * 3001,
    "SELECT * { ?s ?p ?o . ?a ?b ?c } ORDER BY ?o ?c",
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
]
"""A product of everything, deep nesting, a huge sort, and a way out."""


def main() -> None:
    """Run the load and print what it showed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--graph", type=Path, default=Path("kg-graph"))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=16)
    options = parser.parse_args()
    command = [
        sys.executable,
        "-c",
        "from kg.cli import main; main()",
        "serve",
        "--graph",
        str(options.graph),
        "--port",
        "0",
    ]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        assert server.stderr is not None
        url = next(m[1] for line in server.stderr if (m := re.search(r"running on (http://127\.0\.0\.1:\d+)", line)))
        threading.Thread(target=server.stderr.read, daemon=True).start()
        _run(url, server.pid, options.seconds, options.clients)
    finally:
        server.terminate()
        server.wait(30)


def _run(url: str, pid: int, seconds: float, clients: int) -> None:
    with httpx.Client(base_url=url, timeout=60) as client:
        alone = {path: statistics.median(_timed(client, path)[1] for _ in range(15)) for path in CANNED}
        right = {path: client.get(path).content for path in CANNED}
    memory = [_memory(pid)]
    done = threading.Event()
    threading.Thread(target=_sample, args=(pid, memory, seconds / 3, done)).start()
    crowd = _load(url, right, seconds, clients, None)
    rate = sum(crowd.codes.values()) / seconds / 2
    print(
        f"{clients} clients, {seconds:g} s: {2 * rate:.0f} requests a second, then an open loop of {rate:.0f} a second"
    )
    calm = _load(url, right, seconds, clients, rate)
    for (what, status), count in sorted((crowd.codes + calm.codes).items()):
        print(f"  {what:8} {status} {count:7,}")
    print(f"answers other than before: {crowd.wrong + calm.wrong}")
    print("canned query, in ms: median alone; median and 99th percentile under load; the same in the open loop")
    for path, one in alone.items():
        cells = [f"{ms * 1e3:8.1f}" for load in (crowd, calm) for ms in _percentiles(load.times[path])]
        print(f"  {path[9:50]:42} {one * 1e3:7.1f} {' '.join(cells)}")
    done.set()
    own, together = zip(*memory[1:], strict=True)
    print(
        f"memory in MB, from {seconds / 3:g} s on: the server {min(own):.0f} to {max(own):.0f} (before {memory[0][0]:.0f}), "
        f"with its workers {min(together):.0f} to {max(together):.0f}"
    )


def _sample(pid: int, memory: list[tuple[float, float]], after: float, done: threading.Event) -> None:
    """Note the memory each second from some seconds on."""
    done.wait(after)
    while not done.wait(1):
        memory.append(_memory(pid))


@dataclass
class _Load:
    """What a load gave: status codes by kind of request, times of the canned queries, and how many answers were wrong."""

    codes: Counter[tuple[str, int]] = field(default_factory=Counter)
    times: dict[str, list[float]] = field(default_factory=lambda: {path: [] for path in CANNED})
    wrong: int = 0


def _load(url: str, right: dict[str, bytes], seconds: float, clients: int, rate: float | None) -> _Load:
    """The clients and the hostile one for some seconds; with a rate, so many requests a second in all."""
    found = _Load()
    asking = [httpx.Client(base_url=url, timeout=60) for _ in range(clients + 1)]  # to make all takes half a second
    begun = time.monotonic()
    end = begun + seconds

    def visit(number: int) -> None:
        chance, due = random.Random(number), begun + (number / rate if rate else 0)
        while due < end and time.monotonic() < end:
            time.sleep(max(0.0, due - time.monotonic()) if rate else 0)
            path = chance.choice([*CANNED, *PAGES, FRESH.format(chance.randrange(1, 10**6) / 1000)])
            late = time.monotonic() - due if rate else 0.0
            reply, taken = _asked(asking[number], path)
            found.codes["canned" if path.startswith("/queries/") else "page", reply.status_code] += 1
            if path in found.times:
                found.times[path].append(taken + late)
                found.wrong += reply.status_code == 200 and reply.content != right[path]
            due += clients / rate if rate else 0

    def attack() -> None:
        for number in itertools.count():
            if begun + 6 * number >= end:
                return
            time.sleep(max(0.0, begun + 6 * number - time.monotonic()))
            reply = asking[-1].post("/sparql", data={"query": HOSTILE[number % len(HOSTILE)]})
            found.codes["hostile", reply.status_code] += 1

    threads = [threading.Thread(target=visit, args=(n,)) for n in range(clients)] + [threading.Thread(target=attack)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for client in asking:
        client.close()
    return found


def _percentiles(taken: list[float]) -> tuple[float, float]:
    """The median and the 99th percentile."""
    if len(taken) < 2:
        return (taken or [0.0])[0], (taken or [0.0])[0]
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def _asked(client: httpx.Client, path: str) -> tuple[httpx.Response, float]:
    begun = time.perf_counter()
    return client.get(path), time.perf_counter() - begun


def _timed(client: httpx.Client, path: str) -> tuple[int, float]:
    reply, taken = _asked(client, path)
    return reply.status_code, taken


def _memory(pid: int) -> tuple[float, float]:
    """Resident memory of a process, and of it with its children, in MB."""
    own = found = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        parent = re.search(r"^PPid:\s*(\d+)", text, re.MULTILINE)
        size = re.search(r"^VmRSS:\s*(\d+)", text, re.MULTILINE)
        taken = int(size[1]) if size else 0
        own += taken * (status.parent.name == str(pid))
        found += taken * (status.parent.name == str(pid) or bool(parent and parent[1] == str(pid)))
    return own / 1000, found / 1000


if __name__ == "__main__":
    main()
