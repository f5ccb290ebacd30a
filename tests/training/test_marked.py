"""Marks in a text: the facts and names that they stand for, and what is said of one that means nothing."""

from pathlib import Path

import pytest

from kg.errors import InputError
from training.marked import read_marked

TRAINING = Path(__file__).parents[2] / "training"
MARKED = [TRAINING / "restated.md", *sorted((TRAINING / "invented").glob("*.md"))]


def facts(text):
    return [(f["predicate"], f["subject"], f["object"]) for f in read_marked(f"## Acme\n\n{text}", "t").facts]


def test_a_mark_is_a_name_and_what_is_said_of_it():
    read = read_marked("# T\n\n## Acme\n\nWe ran it. On [QX-880](S+) [BERT](B+) took 5 minutes.\n", "t")
    assert read.text == "# T\n\n## Acme\n\nWe ran it. On QX-880 BERT took 5 minutes.\n"
    assert [(f["predicate"], f["object"], f["quote"]) for f in read.facts] == [
        ("submittedSystem", "QX-880", "On QX-880 BERT took 5 minutes."),
        ("submittedBenchmark", "BERT", "On QX-880 BERT took 5 minutes."),
    ]
    assert [read.text[m["start"] : m["end"]] for m in read.mentions] == ["QX-880", "BERT"]


def test_systems_that_hold_a_chip_other_actors_and_figures():
    assert facts("[QX](S) and [QY](S) hold 8 [H100](A+; 8; @QX; @QY; =NVIDIA H100).") == [
        ("hasAccelerator", "QX", "NVIDIA H100"),
        ("hasAccelerator", "QY", "NVIDIA H100"),
        ("usedAccelerator", "Acme", "NVIDIA H100"),
    ]
    assert facts("[Bolt](O&) ran [BERT](B+; by Bolt) in [5.5](timeToTrain 5.5; unit minutes).") == [
        ("mentionsSubmitter", "Acme", "Bolt"),
        ("submittedBenchmark", "Bolt", "BERT"),
        ("timeToTrain", "Acme", 5.5),
    ]
    assert facts("No [BERT](B-), [DLRM](B), nor [our cluster](S*).") == [("didNotSubmitBenchmark", "Acme", "BERT")]


@pytest.mark.parametrize("mark", ["Q", "S&", "S+; what"])
def test_a_mark_that_means_nothing_is_refused_with_its_line(mark):
    with pytest.raises(InputError, match=r"t\.md:3: 'QX' is marked .+; "):
        read_marked(f"## Acme\n\n[QX]({mark})", "t.md")


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_quotes_and_names_stand_at_their_place(path):
    read = read_marked(path.read_text("utf-8"), path.name)
    flat = " ".join(read.text.split())
    assert read.facts
    assert read.mentions
    assert "](" not in read.text
    for fact in read.facts:
        assert fact["organization"], fact
        assert fact["quote"], fact
        assert fact["quote"] in flat, fact
    for mention in read.mentions:
        assert read.text[mention["start"] : mention["end"]] == mention["text"]
    known = {n for m in read.mentions for n in (m["name"], m["text"])}
    held = [f["subject"] for f in read.facts if f["predicate"] in ("hasAccelerator", "hasProcessor")]
    assert [name for name in held if name not in known] == []


def test_the_marked_restatement_is_the_shipped_text():
    shipped = TRAINING.parent / "data" / "statements" / "training-v2.0.md"
    assert read_marked((TRAINING / "restated.md").read_text("utf-8"), "restated.md").text == shipped.read_text("utf-8")
