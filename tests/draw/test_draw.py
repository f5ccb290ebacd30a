import json
import os
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest

from kg.draw import LIMIT, draw, drawn_from, part_drawn
from kg.draw.page import to_html
from kg.draw.scene import scene
from kg.errors import QueryError
from kg.export import to_networkx
from kg.namespaces import MLP
from kg.query import run

ID = "https://w3id.org/mlperf-kg/id/"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def network(graph):
    return to_networkx(graph.quads())


@pytest.fixture(scope="module")
def whole(network):
    return scene(network, about=None, depth=1, limit=LIMIT, only=None)


def test_a_picture_is_made_from_no_more_than_it_needs_and_lacks_nothing(graph, whole):
    parts = {part: to_networkx(drawn_from(graph, part)) for part in ("statements", "results", "all")}
    small, middle, large = parts.values()
    assert scene(small, about=None, depth=1, limit=LIMIT, only=None) == whole
    recorded = [scene(n, about=None, depth=1, limit=LIMIT, only=None, record=True) for n in (middle, large)]
    assert recorded[0] == recorded[1]
    assert len(small) < len(middle) < len(large)
    one_of_each = {data["type"]: iri for iri, data in large.nodes(data=True)}
    assert {"Result", "FiledSystem", "Record", "Claim", "Accelerator", "Span"} <= one_of_each.keys()
    for kind, iri in one_of_each.items():
        for record in (False, True):
            pictures: list[object] = []
            for drawn in (parts[part_drawn(graph, iri, record)], large):
                try:
                    pictures.append(scene(drawn, about=iri, depth=2, limit=LIMIT, only=None, record=record))
                except QueryError as error:
                    pictures.append(str(error))
            assert pictures[0] == pictures[1], kind


def test_the_whole_picture_shows_five_kinds_of_things(whole):
    assert {n.type for n in whole.nodes} == {"Organization", "System", "Accelerator", "Framework", "Benchmark"}
    assert {"Baidu", "PyTorch", "BERT"} <= {n.label for n in whole.nodes}
    assert all(e.evidence and e.evidence[0]["quote"] for e in whole.edges)


def test_no_two_things_overlap(whole):
    boxes = [(n.x, n.y, n.x + n.width, n.y + n.height) for n in whole.nodes]
    for at, (x1, y1, x2, y2) in enumerate(boxes):
        assert x1 >= 0
        assert x2 <= whole.width
        assert y2 <= whole.height
        for a1, b1, a2, b2 in boxes[:at]:
            assert x2 <= a1 or a2 <= x1 or y2 <= b1 or b2 <= y1


def test_results_on_a_variant_of_a_chip_are_around_the_chip(graph, network):
    near = scene(network, about=ID + "accelerator/nvidia-h100", depth=1, limit=LIMIT, only=None, record=True)
    place = next(at for at, node in enumerate(near.nodes) if node.iri.endswith("/nvidia-h100"))
    found = {near.nodes[e.source].label: e for e in near.edges if e.target == place and e.predicate == "hasResultsOn"}
    of_dell = run(graph, "results", {"organization": "Dell", "accelerator": "NVIDIA H100"})
    assert found["Dell Technologies"].count == len({row["result"] for row in of_dell})
    assert found["Dell Technologies"].results[0]["minutes"] == min(float(row["minutes"]) for row in of_dell)


def test_a_line_counts_the_results_that_its_query_has(graph):
    near = scene(
        to_networkx(drawn_from(graph, "results")),
        about=ID + "organization/dell-technologies",
        depth=1,
        limit=1000,
        only=None,
        record=True,
    )
    lines = [
        (near.nodes[e.target], e.count) for e in near.edges if e.count and near.nodes[e.source].label.startswith("Dell")
    ]
    assert {thing.type for thing, _ in lines} == {"Accelerator", "Benchmark", "Framework", "Round"}
    for thing, count in lines:
        rows = run(graph, "results", {"organization": "Dell", thing.type.lower(): thing.iri})
        assert count == len({row["result"] for row in rows}), thing.label


def test_what_is_left_out_is_said(network):
    small = scene(network, about=None, depth=1, limit=10, only=None)
    assert len(small.nodes) == 10
    assert re.match(r"10 of \d+ things shown; left out: ", small.note)


def test_around_a_thing(network):
    near = scene(network, about=ID + "organization/samsung", depth=1, limit=LIMIT, only=None)
    assert {"Samsung", "BERT", "PyTorch", "NVIDIA A100"} <= {n.label for n in near.nodes}
    family = scene(network, about=ID + "accelerator/nvidia-h100", depth=1, limit=LIMIT, only=None)
    assert {"NVIDIA", "NVIDIA H100 PCIe", "NVIDIA H100 SXM"} <= {n.label for n in family.nodes}
    far = scene(network, about=ID + "organization/samsung", depth=2, limit=LIMIT, only=None)
    assert len(far.nodes) > len(near.nodes)
    with pytest.raises(QueryError, match="not a thing that can be drawn"):
        scene(network, about=ID + "organization/nobody", depth=1, limit=LIMIT, only=None)


def test_only_what_an_answer_has_is_drawn_a_submission_as_its_organization(network):
    answer = [ID + "submission/training-v2.0/baidu", ID + "framework/paddlepaddle", ID + "benchmark/bert"]
    drawn = scene(network, about=None, depth=1, limit=LIMIT, only=answer)
    assert {n.iri for n in drawn.nodes} == {ID + "organization/baidu", *answer[1:]}
    assert drawn.edges


def test_official_results_are_one_line_with_the_best_of_them(network):
    said, both = (
        scene(network, about=ID + "organization/samsung", depth=1, limit=LIMIT, only=None, record=record)
        for record in (False, True)
    )
    assert not any(e.count for e in said.edges)
    (bert,) = (e for e in both.edges if e.count and both.nodes[e.target].label == "BERT")
    assert (both.nodes[bert.source].label, bert.predicate) == ("Samsung", "hasResultsOn")
    minutes = [r["minutes"] for r in bert.results]
    assert minutes == sorted(minutes)
    assert len(minutes) == min(5, bert.count)


def test_svg_is_xml_with_a_label_for_each_thing(graph, tmp_path, whole):
    draw(graph.quads(), tmp_path / "g.svg")
    root = ET.parse(tmp_path / "g.svg").getroot()
    labels = [t.text for g in root.iter(SVG + "g") if g.get("class") == "node" for t in g.iter(SVG + "text")]
    assert sorted(labels) == sorted(n.label for n in whole.nodes)


def test_png_has_twice_the_size(graph, tmp_path, whole):
    draw(graph.quads(), tmp_path / "g.png")
    data = (tmp_path / "g.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (round(whole.width) * 2, round(whole.height) * 2)


def test_the_same_picture_each_time(built, tmp_path):
    for seed in "12":
        subprocess.run(
            [sys.executable, "-m", "kg", "draw", str(tmp_path / f"{seed}.html"), "--record", "--graph", str(built)],
            check=True, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
    assert (tmp_path / "1.html").read_bytes() == (tmp_path / "2.html").read_bytes()


def test_results_that_were_not_scored_are_no_word_of_a_vendor(graph, network, whole):
    assert not {"acceleratorCount", "frameworkBasis"} & {
        k for n in whole.nodes if n.type == "Organization" for k in n.literals
    }
    near = scene(network, about=ID + "organization/nvidia", depth=1, limit=LIMIT, only=None)
    assert "UnscoredResult" not in {n.type for n in near.nodes}


def hostile(label):
    a, b = ox.NamedNode(ID + "organization/a"), ox.NamedNode(ID + "system/b")
    kind, name = (
        ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
    )
    return [
        ox.Quad(a, kind, ox.NamedNode(MLP + "Organization")),
        ox.Quad(b, kind, ox.NamedNode(MLP + "System")),
        ox.Quad(a, name, ox.Literal(label)),
        ox.Quad(b, name, ox.Literal("B")),
        ox.Quad(a, ox.NamedNode(MLP + "offersSystem"), b),
    ]


def test_what_the_world_wrote_shows_as_text():
    label = "</script><script>alert(1)</script>\u202e<img src=x>"
    picture = scene(to_networkx(hostile(label)), about=ID + "organization/a", depth=1, limit=10, only=None)
    html = to_html(picture)
    assert "<script>alert" not in html
    assert "\u202e" not in html
    assert "<img" not in html
    data = json.loads(re.search(r'id="data">(.*?)</script>', html, re.S)[1])
    assert data["nodes"][0]["label"].startswith("</script>")


def test_nothing_to_draw_is_said():
    with pytest.raises(QueryError, match="nothing to draw"):
        scene(to_networkx([]), about=None, depth=1, limit=10, only=None)
    with pytest.raises(QueryError, match="a picture ends in"):
        draw([], "graph.gif")


@pytest.fixture(scope="module")
def page(browser, graph, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "graph.html"
    draw(graph.quads(), path)
    opened = browser.new_page(viewport={"width": 1400, "height": 900})
    opened.said, opened.asked = [], []
    opened.on("console", lambda m: opened.said.append(m.text))
    opened.on("pageerror", lambda e: opened.said.append(str(e)))
    opened.on("request", lambda r: opened.asked.append(r.url))
    opened.goto(path.as_uri())
    yield opened
    opened.close()


def test_a_click_shows_the_words(page):
    page.get_by_role("button", name="Samsung, Organization").click()
    panel = page.locator("#panel")
    assert panel.locator("h2").inner_text() == "Samsung"
    assert "used framework" in panel.inner_text()
    assert panel.locator("blockquote").count() > 2
    assert panel.locator(".restated").first.is_visible()


def test_search_finds_and_the_legend_hides(page):
    page.locator("#find").fill("PyTorch")
    assert page.locator("#panel h2").inner_text() == "PyTorch"
    page.get_by_role("checkbox", name="benchmark").uncheck()
    assert not page.locator('.node[data-type="Benchmark"]').first.is_visible()
    page.get_by_role("checkbox", name="benchmark").check()
    assert page.locator('.node[data-type="Benchmark"]').first.is_visible()


def test_the_keyboard_reaches_things(page):
    page.locator(".node").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".node.chosen").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".node.chosen").count() == 0


def test_the_page_asks_for_nothing_and_logs_nothing(page):
    assert page.said == []
    assert [url for url in page.asked if not url.startswith("file:")] == []


def test_letters_beyond_ascii_are_drawn(tmp_path):
    pictures = set()
    for at, label in enumerate(("Cafe", "Café", "Cafè", "Омега", "Омела")):
        draw(hostile(label), tmp_path / f"{at}.png", about=ID + "organization/a")
        pictures.add((tmp_path / f"{at}.png").read_bytes())
    assert len(pictures) == 5
