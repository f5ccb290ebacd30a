"""README.md and docs/ show what the commands print."""

import re

import pytest

from kg.query.canned import headers_json
from tests.documentation import HEADERS, PAGES, PICTURES, ROOT, blocks, output


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("documentation")
    output("kg build", made)
    return made


@pytest.mark.parametrize(
    ("command", "shown"),
    [block for page in PAGES for block in blocks(page)],
    ids=lambda text: text.partition("\n")[0][:60],
)
def test_output_is_as_shown(command, shown, folder):
    assert output(command, folder) == shown


@pytest.mark.parametrize("name", PICTURES)
def test_a_drawing_is_what_its_command_draws(name, folder):
    output(PICTURES[name], folder)
    kept, drawn = ((place / name).read_text("utf-8") for place in (ROOT / "docs", folder))
    if name == "scaling.svg":  # where Vega puts things changes from version to version
        kept, drawn = (re.findall(r">([^<>]+)</t", text) for text in (kept, drawn))
        assert len(kept) > 20
    assert drawn == kept


def test_the_headers_of_the_queries_are_kept_as_they_are():
    assert HEADERS.read_text("utf-8") == headers_json()


def test_links_lead_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert target.startswith("http") or (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_is_one_page_and_its_first_command_does_everything():
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.split()) < 1200
    commands = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    assert "kg build" in commands[0]
    assert "kg " in commands[0].partition("kg build")[2]
    assert "pytest" in commands[1]


def test_the_files_that_the_architecture_names_are_there():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    table = text[text.index("| you want to change") : text.index("## Floors")]
    named = re.findall(r"`([\w./-]+)`", table)
    assert len(table.splitlines()) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_tests_that_ci_names_are_there():
    named = re.findall(r"tests/[\w/.]+", (ROOT / ".ci/run").read_text("utf-8"))
    assert named
    assert all((ROOT / path).exists() for path in named)


def test_prose_has_short_lines():
    for page in (*PAGES, ROOT / "CHANGELOG.md"):
        prose = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
        long = [
            line for line in prose.splitlines() if len(line) > 140 and not line.startswith((" " * 4, "|", "!", "<!--"))
        ]
        assert not long, page
