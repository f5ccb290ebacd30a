"""Documents of each kind: the same sections and statements, and what is said of those that cannot be read."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.build import read_statements
from kg.errors import InputError
from kg.read import read_document

NAMES = ["Dell", "Krai", "Baidu"]
MARKDOWN = """# MLPerf Training v2.0 statements

## Dell

We submitted 42 results. They were measured on our servers.

## Krai

Our ResNet-50 result took 284 minutes.
"""
HTML = """<!doctype html><html><head><title>MLPerf Training v2.0 statements</title><style>p{}</style></head><body>
<h1>MLPerf Training v2.0 statements</h1><h2>Dell</h2><p>We submitted 42 results. They were <b>measured</b>
on our servers.</p><script>var x = "Baidu";</script><h2>Krai</h2><p>Our ResNet-50 result took 284&nbsp;minutes.</p></body></html>
"""


def read(tmp_path, name, content, **options):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_document(path, names=NAMES, **options)


def told(document):
    return [(s.name, " ".join(document.text[s.body.start : s.body.end].split())) for s in document.sections]


EXPECTED = [
    ("Dell", "We submitted 42 results. They were measured on our servers."),
    ("Krai", "Our ResNet-50 result took 284 minutes."),
]


@pytest.mark.parametrize(("name", "content"), [("s.md", MARKDOWN), ("s.txt", MARKDOWN), ("s.html", HTML)])
def test_each_kind_gives_the_same_statements(tmp_path, name, content):
    document = read(tmp_path, name, content)
    assert told(document) == EXPECTED
    assert (document.round, document.title) == ("MLPerf Training v2.0", "MLPerf Training v2.0 statements")


@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("first", "begun"),
    [("{} submitted BERT.", 2), ("We ran BERT.", 2), ("MLPerf results", 1), ("All is well", 1), ("OK.", 1)],
)
def test_a_short_sentence_below_a_name_is_text(tmp_path, between, name, first, begun):
    text = f"MLPerf Training v2.0 results\n\n{name}\n\n{first.format(name)}{between}Our BERT result was 9.5 minutes.\n"
    document = read(tmp_path, "s.txt", text + "\nAcme\n\nAcme submitted ResNet-50 in this round.\n")
    assert len(document.sections) == begun
    assert told(document)[-1] == ("Acme", "Acme submitted ResNet-50 in this round.")


@pytest.mark.parametrize(("name", "content"), [("s.md", MARKDOWN), ("s.html", HTML), ("none", HTML)])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf_16_is_read_by_its_mark(tmp_path, name, content, encoding):
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    (tmp_path / name).write_bytes(mark + content.encode(encoding))
    assert told(read_document(tmp_path / name)) == EXPECTED
    (tmp_path / name).write_bytes((mark + content.encode(encoding))[:-1])
    with pytest.raises(InputError, match="begins as UTF-16 and is none at byte"):
        read_document(tmp_path / name)


def test_invalid_utf_8_is_refused_with_its_place(tmp_path):
    with pytest.raises(InputError, match=r"s\.md:5: is not UTF-8"):
        read(tmp_path, "s.md", MARKDOWN.encode().replace(b"servers", b"serv\xffers"))


@pytest.mark.parametrize("sign", ["\f", "\v", "\x85", "\u2028", "\u2029"])
def test_other_ends_of_lines_do_not_move_what_is_left_out(tmp_path, sign):
    document = read(tmp_path, "s.md", MARKDOWN.replace("servers.", f"servers.{sign * 9}\n\n    code = 5\n"))
    (left_out,) = document.unread
    assert document.text[left_out.start : left_out.end] == "    code = 5\n"


def test_the_round_can_be_given(tmp_path):
    untitled = MARKDOWN.partition("\n")[2]
    with pytest.raises(InputError, match=r"--round v2\.0"):
        read(tmp_path, "s.md", untitled)
    assert read(tmp_path, "s.md", untitled, mlperf_round="v2.0").round == "MLPerf Training v2.0"


def _archive():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("s.md", "", "is empty"),
        ("s.md", "# MLPerf Training v2.0\n\nNo organization speaks here.\n", "has no statement"),
        ("s.md", "# MLPerf Tiny v1.0 statements\n\n## Dell\n\nText.\n", "only statements of Training, HPC, Inference"),
        ("s.docx", _archive(), "office document"),
        ("s.txt", _archive(), "office document"),
    ],
    ids=["empty", "no statement", "another suite", "office", "wrong ending"],
)
def test_what_cannot_be_read_is_said_with_the_file(tmp_path, name, content, said):
    with pytest.raises(InputError, match=said):
        read(tmp_path, name, content)


def test_a_missing_file_and_an_empty_folder(tmp_path):
    with pytest.raises(InputError, match=r"none\.md"):
        read_statements([tmp_path / "none.md"])
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="has no document"):
        read_statements([tmp_path / "folder"])


def test_all_bad_documents_of_a_folder_are_named_at_once(tmp_path):
    (tmp_path / "a.md").write_text("")
    (tmp_path / "b.md").write_text("# MLPerf Training v2.0\n")
    with pytest.raises(InputError) as caught:
        read_statements([tmp_path])
    assert "a.md" in str(caught.value)
    assert "b.md" in str(caught.value)


def test_one_organization_twice_and_apart_is_refused(tmp_path):
    path = tmp_path / "s.md"
    path.write_text(MARKDOWN + "\n## Dell\n\nAnd once more.\n")
    with pytest.raises(InputError, match="Dell"):
        read_statements([path])


def test_the_published_pdf_and_text_hold_the_same_organizations(shared):
    pdf, text = (
        read_statements([shared / "statements" / f"training-v2.0.{kind}"]).statements for kind in ("pdf", "txt")
    )
    assert [s.organization.label for s in pdf] == [s.organization.label for s in text]
    assert len(pdf) == 19


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("any")
    for name in ("s.md", "s.html"):
        try:
            document = read(folder, name, f"# MLPerf Training v2.0 statements\n\n## Dell\n\n{text}\n")
        except InputError:
            continue
        for section in document.sections:
            assert 0 <= section.body.start < section.body.end <= len(document.text)


def test_utf_8_that_was_taken_for_windows_1252_is_read_as_it_was(tmp_path):
    mangled = MARKDOWN.replace("our servers", "our ZX9 – servers").encode().decode("cp1252")
    document = read(tmp_path, "s.md", mangled)
    assert told(document)[0] == ("Dell", "We submitted 42 results. They were measured on our ZX9 – servers.")
    assert any("Windows-1252" in w for w in document.warnings)


def test_the_title_of_what_an_organization_wrote_is_no_organization(tmp_path):
    text = "# MLPerf Training v4.1\n\n## Krai\n\n# Ahead in MLPerf Training v4.1\n\nWe ran GPT-3.\n\n## Acme Labs\n\nWe too.\n"
    assert [name for name, _ in told(read(tmp_path, "s.md", text))] == ["Krai", "Acme Labs"]
    assert told(read(tmp_path, "s.md", text + "\n## About MLPerf\n\nIt is a suite.\n"))[-1] == ("Acme Labs", "We too.")


def test_a_heading_below_a_statement_that_names_mlperf_begins_another(tmp_path):
    text = "# MLPerf Training v4.1\n\n## Krai\n\nWe ran GPT-3.\n\n## Acme MLPerf submission\n\nAcme ran BERT.\n"
    assert [name for name, _ in told(read(tmp_path, "s.md", text))] == ["Krai", "Acme MLPerf submission"]
