"""The application over the shipped graph, in this process and as a server of its own."""

import re
import subprocess
import sys

import pytest
from starlette.testclient import TestClient

from kg.query.text import Limits
from kg.serve import create_app


@pytest.fixture(scope="session")
def client(built):
    app = create_app(built, hosts={"testserver", "127.0.0.1"}, limits=Limits(seconds=3, rows=5000), workers=2)
    with TestClient(app) as client:
        yield client


class Server:
    """`kg serve` as a process on a free port of loopback."""

    def __init__(self, graph, *options):
        command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--graph", str(graph)]
        self.process = subprocess.Popen(
            [*command, "--port", "0", *options], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        said = []
        for line in self.process.stderr:
            said.append(line)
            if found := re.search(r"running on (http://127\.0\.0\.1:\d+)", line):
                self.url = found[1]
                return
        raise AssertionError("".join(said))

    def stop(self):
        self.process.terminate()
        self.process.communicate(timeout=30)
        return self.process.returncode


@pytest.fixture(scope="session")
def server(built):
    running = Server(built)
    yield running.url
    running.stop()
