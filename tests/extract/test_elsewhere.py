"""A text about something else under a vendor's heading says hardly anything, and nothing of a submission."""

from itertools import cycle, islice

import pytest

from kg.build import read_statements

MACHINES = ["Orbital 7", "Quern Mark II", "Colossus", "ENIAC", "EDSAC", "UNIVAC", "Pegasus 2", "Zuse Z4", "Atlas", "Whirlwind",
            "Tamarin 90", "PDP-8", "Nova 1200", "VAX", "Cray-1", "Altair", "Lisa", "Kestrel 64", "Sirius 1"]  # fmt: skip
PLACES = ["Manchester", "Cambridge", "Boston", "Princeton", "Berlin", "Leeds", "Turin"]
MAKERS = ["Ferranti", "Remington Rand", "Lyons", "English Electric", "Data General", "IBM", "Intel", "Quernstone"]
SENTENCES = [
    "The {m} was created by engineers of {k} in {y}.",
    "The {m}, developed by {k}, ran its first program in {p} in {y}.",
    "It had {n} vacuum tubes and needed {b} kilowatts of power.",
    "Visitors in {p} could see the {m} until {y}.",
    "Programs for the {m} were written on paper tape.",
    "In {y}, {k} sold {n} machines to universities.",
    "The memory of the {m} held {n} words of {b} bits.",
    "A museum in {p} rebuilt the {m} with parts from {k}.",
    "The {m} was {b} times faster than the machine that it replaced.",
    "Engineers at {k} used the {m} to compute tables in {b} hours.",
]


def old_computers(count: int) -> str:
    """As many sentences, five a paragraph."""
    said = [
        sentence.format(
            m=MACHINES[i % 19], k=MAKERS[3 * i % 8], p=PLACES[i % 7], y=1940 + i % 45, n=1000 + 37 * i, b=8 + i % 40
        )
        for i, sentence in enumerate(islice(cycle(SENTENCES), count))
    ]
    return "\n\n".join(" ".join(said[i : i + 5]) for i in range(0, count, 5))


@pytest.mark.parametrize("also", ["", "We like old computers. ", "MLPerf did not exist then. "])
@pytest.mark.parametrize("vendor", ["NVIDIA", "Acme"])
def test_a_text_about_old_computers_says_nothing_of_a_submission(tmp_path, vendor, also):
    path = tmp_path / "notes.md"
    path.write_text(f"# MLPerf Training v2.0\n\n## {vendor}\n\n{also}{old_computers(230)}\n", "utf-8")
    said = [f for f in read_statements([path]).facts if f.asserted]
    assert len(said) <= 3, [(f.predicate, str(f.object)) for f in said]
    assert not [f for f in said if f.predicate.startswith(("submitted", "offers", "used"))]


@pytest.mark.parametrize("made", ["created by", "developed by"])
def test_who_made_a_machine_is_no_submission(tmp_path, made):
    path = tmp_path / "notes.md"
    path.write_text(f"# MLPerf Training v2.0\n\n## NVIDIA\n\nThe Tamarin 90 was {made} Quernstone in 1956.\n", "utf-8")
    assert not [
        f for f in read_statements([path]).facts if f.asserted and f.predicate in ("submittedSystem", "offersSystem")
    ]


@pytest.mark.parametrize(("also", "submits"), [("", False), (" All of them ran BERT.", True)])
def test_a_short_profile_that_never_speaks_of_mlperf_submits_nothing(tmp_path, also, submits):
    path = tmp_path / "profile.md"
    path.write_text(
        "# MLPerf Training v2.0\n\n## Fujitsu\n\nFounded in Kawasaki, Fujitsu employs 124,000 people. Its supercomputer was the "
        f"fastest for two years. PRIMERGY servers with NVIDIA A100 GPUs are built in Augsburg.{also} The firm has a football team.\n",
        "utf-8",
    )
    said = {f.predicate for f in read_statements([path]).facts if f.asserted}
    assert bool(said & {"submittedSystem", "submittedBenchmark", "usedAccelerator"}) == submits


@pytest.mark.parametrize(
    "text",
    [
        "On Monday, Fujitsu opened an office in Lyon. “We needed room for our clusters. The old house was full,” said Jane Roe. "
        "Shares rose by 2 percent within 20 minutes.",
        "Fujitsu opened an office in Lyon. ‘We needed room for our PRIMERGY GX2570M6 servers’, said Jane Roe.",
        "We bought a PRIMERGY GX2570M6 in May. BERT takes 42 minutes on it. Has anybody an idea?",
        "Prices of this spring. Delivery takes 30 minutes in the city.\n\n| Article | Price |\n|---|---|\n"
        "| NVIDIA A100 80GB PCIe | 11,999 |\n"
        "| Bert the plush bear | 16.60 |\n| PRIMERGY GX2570M6 server | 8,450 |",
        "Dear Fujitsu team,\n\nwe love the PRIMERGY GX2570M6. We train BERT on it in 42 minutes, on eight A100 GPUs.\n\nYours, Ann",
        "Ticket 4711: our training of BERT on the PRIMERGY GX2570M6 takes 40 minutes since the update. Please advise.",
        "We train BERT in 40 minutes on eight A100 GPUs, and one fan is loud.\n\nKind regards\nAnn of Anytown",
    ],
)
def test_news_prices_and_letters_submit_nothing(tmp_path, text):
    path = tmp_path / "notes.md"
    path.write_text(f"# MLPerf Training v2.0\n\n## Fujitsu\n\n{text}\n", "utf-8")
    said = [f for f in read_statements([path]).facts if f.asserted]
    assert not [f for f in said if f.predicate.startswith(("submitted", "used", "timeTo", "configuration"))]


def test_who_is_thanked_and_asked_for_in_a_statement_is_no_sender_of_a_letter(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(
        "# MLPerf Training v2.0\n\n## Fujitsu\n\nDear readers, we submitted BERT to MLPerf. "
        "It took 16.6 minutes.\n\nKind regards, Fujitsu\n"
    )
    assert {f.predicate for f in read_statements([path]).facts if f.asserted} >= {"submittedBenchmark", "timeToTrain"}


@pytest.mark.parametrize(
    ("title", "text", "submits"),
    [
        ("Changelog of the container", "- BERT trains in 11 minutes on 8 H100 GPUs in our tests\n- the MLPerf logger is new", False),
        ("Computers of the past", "Fujitsu shipped the FACOM 230 with one processor in 1977.", False),
        ("A letter", "Dear Ms Roe,\n\nyou asked about MLPerf results. BERT took 40 minutes on our eight A100 GPUs.", False),
        ("News of Fujitsu", "We trained BERT in 16.6 minutes, as our results in MLPerf show.", True),
    ],
)  # fmt: skip
def test_a_document_whose_title_is_of_no_round_has_to_speak_of_a_submission(tmp_path, title, text, submits):
    path = tmp_path / "notes.md"
    path.write_text(f"# {title}\n\n## Fujitsu\n\n{text}\n", "utf-8")
    reading = read_statements([path], mlperf_round="v2.0")
    assert reading.documents[0].title == title
    acts = ("submitted", "used", "timeTo", "configuration")
    assert bool([f for f in reading.facts if f.asserted and f.predicate.startswith(acts)]) == submits


def test_english_sentences_of_a_text_in_another_language_count(tmp_path):
    path = tmp_path / "statements.md"
    german = (
        "Wir freuen uns über diese Ergebnisse und danken allen, die daran in den letzten Monaten gearbeitet haben. " * 8
    )
    path.write_text(
        f"# MLPerf Training v2.0\n\n## Fujitsu\n\nFujitsu submitted BERT with 8 NVIDIA A100 GPUs. {german}\n", "utf-8"
    )
    reading = read_statements([path])
    assert "submittedBenchmark" in {f.predicate for f in reading.facts if f.asserted}


def test_a_list_does_not_make_a_statement_one_about_something_else(tmp_path):
    path = tmp_path / "statements.md"
    towns = "\n".join(f"- Town {n}" for n in range(60))
    path.write_text(
        f"# MLPerf Training v2.0\n\n## Fujitsu\n\nFujitsu submitted BERT.\n\nOur offices are in:\n\n{towns}\n", "utf-8"
    )
    assert "submittedBenchmark" in {f.predicate for f in read_statements([path]).facts if f.asserted}


def test_that_nothing_of_a_statement_is_asserted_is_said_with_the_reason(tmp_path):
    path = tmp_path / "statements.md"
    text = "Fujitsu trainierte BERT mit PyTorch auf A100 in 9.5 Minuten. " + "Das war schön und gut. " * 8
    path.write_text(f"# MLPerf Training v2.0\n\n## Fujitsu\n\n{text}\n", "utf-8")
    told = "nothing of the statement of Fujitsu is asserted, since the text is not in English; --possible shows what it may say"
    reading = read_statements([path])
    assert not any(f.asserted for f in reading.facts)
    assert f"statements.md: {told}" in reading.warnings
