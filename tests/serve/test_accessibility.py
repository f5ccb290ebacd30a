"""Every kind of page by axe-core, light and dark, wide and narrow; what it weighs, and that it asks nobody else."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = {
    "home": "/", "nothing asked": "/ask", "answer": "/ask?q=who+submitted+on+A100+80GB+with+PyTorch",
    "refusal": "/ask?q=who+submitted+on+the+moon", "queries": "/queries", "query with a chart": "/queries/scaling?benchmark=BERT",
    "query with filters": "/queries/results?round=v2.0&columns=organization&columns=minutes&find=A100",
    "query without rows": "/queries/fastest?benchmark=BERT&most=0", "wrong parameter": "/queries/fastest?most=many",
    "query of statements": "/queries/submission?organization=Baidu", "claims": "/claims", "organization": "/id/organization/nvidia",
    "accelerator": "/id/accelerator/nvidia-a100-80gb", "benchmark": "/id/benchmark/bert", "round": "/id/round/training-v2.0",
    "framework": "/id/framework/pytorch", "system": "/id/system/g492-id0",
    "result": "/id/result/training-v2.0/krai/7920t-2xa5000/resnet", "record": "/id/record/training-v2.0",
    "statement": "/id/statement/training-v2.0-restated/krai", "text": "/sources/training-v2.0-restated/krai", "sources": "/sources",
    "nothing compared": "/compare", "comparison": "/compare?a=NVIDIA+A100&b=TPU+v4", "editor": "/editor", "explorer": "/explore",
    "neighbourhood": "/explore?about=NVIDIA&record=yes", "explorer with results": "/explore?record=yes", "ontology": "/ontology",
    "no such page": "/nothing",
}  # fmt: skip
MOST = 200_000
LAYOUT, COLOURS = ["scrollable-region-focusable", "target-size", "label"], ["color-contrast", "link-in-text-block"]
"""The rules that depend on the width alone and on the colours alone: all are run light and wide, and dark and narrow."""


@pytest.fixture(scope="module")
def contexts(browser, server):
    sizes = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
    made = [
        browser.new_context(base_url=server, color_scheme=scheme, viewport=size)
        for scheme in ("light", "dark")
        for size in sizes
    ]
    yield made
    for context in made:
        context.close()


@pytest.fixture(scope="module")
def card(server):
    import httpx

    return re.search(r'href="(/claim/[^"]+)"', httpx.get(server + "/claims?verdict=understated").text)[1]


def problems_of(page, server, address, most, rules):
    """What is wrong with a page: what the browser logs, requests to others, its weight, its width, what axe-core finds.

    `rules` are those of axe-core that are run, all when there are none.
    """
    said, replies = [], []
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    page.on("response", lambda r: replies.append(r))
    page.goto(address, wait_until="networkidle")
    found = [p for p in said if "status of 40" not in p]
    found += [r.url for r in replies if not r.url.startswith((server, "data:"))]
    weight = sum(len(r.body()) for r in replies if r.status == 200)
    found += [f"{weight} bytes"] if weight > most else []
    found += [] if page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") else ["too wide"]
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    violations = Axe().run(page, options=options).response["violations"]
    return found + [(v["id"], v["nodes"][0]["target"]) for v in violations]


@pytest.mark.parametrize("name", [*PAGES, "claim"])
def test_page(contexts, server, card, name):
    most = MOST if name != "editor" else 2 * MOST
    for context, rules in zip(contexts, ([], LAYOUT, COLOURS, []), strict=True):
        page = context.new_page()
        assert problems_of(page, server, PAGES.get(name, card), most, rules) == []
        page.close()
