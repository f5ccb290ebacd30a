"""How many of the questions of a file are answered right: `python -m tests.questions FILE [--graph G] [--half 0|1] [--show]`.

An answer is right, wrong or refused, by what `truth.match` expects of it; `--show` prints those that are not right,
which is meant for the questions to work with, never for the held ones.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from pathlib import Path

from kg.ask import NotUnderstood, ask
from kg.ask.answer import examples
from kg.store import Graph, open_graph
from tests.questions.truth import match


def answered(graph: Graph, question: str) -> tuple[str, list[str], bool]:
    """The text of an answer, its submitters, and whether it is a refusal."""
    try:
        answer = ask(graph, question)
    except NotUnderstood as refusal:
        return str(refusal), [], True
    rows = answer.shown.render("table")
    who = [row.get("organizationLabel") or row.get("organization") or "" for row in answer.table]
    return "\n".join([*answer.lines, answer.also, rows]), who, answer.empty


def verdict(graph: Graph, case: dict) -> tuple[str, str]:
    """'right', 'wrong' or 'refused', and the answer."""
    expect = case["expect"]
    text, who, refused = answered(graph, case["question"])
    if refused:
        fine = expect.get("refuse") or match(expect, text, False)
        return ("right" if fine else "refused"), text
    if expect.get("refuse") is True:
        return "wrong", text
    fine = match({k: v for k, v in expect.items() if k != "excludes_org"}, text, False)
    words = [re.findall(r"\w+", w.lower()) for w in who]
    bad = [o for o in expect.get("excludes_org", ()) if any(o.lower() in w for w in words)]
    return ("right" if fine and not bad else "wrong"), text


def main() -> None:
    """Print the shares, and by kind how many are right, wrong and refused."""
    parser = argparse.ArgumentParser(prog="python -m tests.questions")
    parser.add_argument("file", type=Path)
    parser.add_argument("--graph", default="kg-graph")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    graph = open_graph(given.graph)
    cases = [json.loads(line) for line in given.file.read_text("utf-8").splitlines()]
    cases = [c for n, c in enumerate(cases) if given.half in (None, n % 2) and "expect" in c]
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    times = []
    answerable: Counter[str] = Counter()
    examples(graph)  # a server has been asked before
    for case in cases:
        start = time.process_time()
        said, text = verdict(graph, case)
        times.append(time.process_time() - start)
        kinds[case["kind"]][said] += 1
        total[said] += 1
        if case["expect"].get("refuse") is not True:
            answerable[said] += 1
        if given.show and said != "right":
            print(
                f"{said.upper()} {case['id']} {case['question']}\n"
                f"    want {json.dumps(case['expect'], ensure_ascii=False)[:200]}\n    got  {text[:300]!r}"
            )
    for kind, counts in sorted(kinds.items()):
        print(f"{kind:16} " + "  ".join(f"{counts[k]:3} {k}" for k in ("right", "wrong", "refused")))
    n, m = sum(total.values()), sum(answerable.values())
    print(f"{n} questions: " + ", ".join(f"{total[k] / n:.1%} {k}" for k in ("right", "wrong", "refused")))
    print(f"{m} with an answer: " + ", ".join(f"{answerable[k] / m:.1%} {k}" for k in ("right", "wrong", "refused")))
    times.sort()
    print(
        f"median CPU {times[len(times) // 2] * 1000:.1f} ms, 95 % within {times[int(len(times) * 0.95)] * 1000:.1f} ms"
    )


if __name__ == "__main__":
    main()
