"""A server under load, on loopback: `python -m benchmarks.load [--graph DIR] [--seconds 60] [--clients 16]`.

Canned queries, entity pages and ten hostile queries a minute. Prints status codes, latencies of the canned
queries without and under load, and the memory of the server with its workers at the beginning and the end.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import httpx

CANNED = [
    "/queries/who-submitted?accelerator=A100+80GB&framework=PyTorch&format=json", "/queries/not-submitted?format=json",
    "/queries/fastest?benchmark=BERT&most=8&format=json", "/queries/results?organization=Krai&format=json",
    "/queries/claims?organization=Samsung&format=json", "/queries/records?format=csv",
]  # fmt: skip
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
    before, codes, times = _memory(pid), Counter[tuple[str, int]](), [[] for _ in CANNED]
    end = time.monotonic() + seconds

    def visit(number: int) -> None:
        chance = random.Random(number)
        with httpx.Client(base_url=url, timeout=60) as client:
            while time.monotonic() < end:
                at = chance.randrange(len(CANNED) + len(PAGES))
                if at < len(CANNED):
                    status, taken = _timed(client, CANNED[at])
                    times[at].append(taken)
                    codes["canned", status] += 1
                else:
                    codes["page", _timed(client, PAGES[at - len(CANNED)])[0]] += 1

    def attack() -> None:
        with httpx.Client(base_url=url, timeout=60) as client:
            number = 0
            while time.monotonic() < end:
                reply = client.post("/sparql", data={"query": HOSTILE[number % len(HOSTILE)]})
                codes["hostile", reply.status_code] += 1
                number += 1
                time.sleep(max(0.0, min(6 * number - (seconds - (end - time.monotonic())), end - time.monotonic())))

    threads = [threading.Thread(target=visit, args=(n,)) for n in range(clients)] + [threading.Thread(target=attack)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{clients} clients, {seconds:g} s, {sum(codes.values()) / seconds:.0f} requests a second")
    for (what, status), count in sorted(codes.items()):
        print(f"  {what:8} {status} {count:7,}")
    print("canned query: median alone, median and 99th percentile under load, in ms; their ratio to the first")
    for path, taken in zip(CANNED, times, strict=True):
        if len(taken) > 1:
            middle, worst = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
            first = alone[path]
            print(f"  {path[9:50]:42} {first * 1e3:7.1f} {middle * 1e3:8.1f} {worst * 1e3:8.1f}   {worst / first:.1f}")
    print(f"memory: {before:.0f} MB before, {_memory(pid):.0f} MB after")


def _timed(client: httpx.Client, path: str) -> tuple[int, float]:
    begun = time.perf_counter()
    status = client.get(path).status_code
    return status, time.perf_counter() - begun


def _memory(pid: int) -> float:
    """Resident memory of a process and its children, in MB."""
    found = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        parent = re.search(r"^PPid:\s*(\d+)", text, re.MULTILINE)
        if status.parent.name == str(pid) or (parent and parent[1] == str(pid)):
            size = re.search(r"^VmRSS:\s*(\d+)", text, re.MULTILINE)
            found += int(size[1]) if size else 0
    return found / 1000


if __name__ == "__main__":
    main()
