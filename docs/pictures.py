"""Photographs the pages that docs/ shows: `python docs/pictures.py`, in a checkout with a built graph.

Needs the extras `serve`, `plot` and `test`, and Chromium (CHROMIUM names another than /usr/bin/chromium).
"""

import os
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from kg.serve import create_app

HERE = Path(__file__).parent
PORT = 8765
PAGES = {
    "serve-query": "/queries/scaling?benchmark=BERT&round=v2.0",
    "serve-thing": "/id/organization/graphcore",
    "serve-claims": "/claims?organization=Graphcore",
    "serve-explore": "/explore?about=Samsung",
    "serve-ask": "/ask?q=Who+submitted+on+A100+80GB+with+PyTorch%3F",
}


def main() -> None:
    """Serve the graph and photograph the pages."""
    place = os.environ.get("KG_GRAPH", "kg-graph")
    server = uvicorn.Server(uvicorn.Config(create_app(place), port=PORT, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.1)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
            )
            page = browser.new_page(viewport={"width": 1120, "height": 760})
            for name, path in PAGES.items():
                page.goto(f"http://127.0.0.1:{PORT}{path}", wait_until="networkidle")
                page.screenshot(path=HERE / f"{name}.png")
            browser.close()
    finally:
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
