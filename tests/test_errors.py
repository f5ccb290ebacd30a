import pytest

from kg.errors import (
    InputError,
    MissingExtra,
    NotUnderstood,
    OutputError,
    QueryLimit,
    UnknownFormat,
    UnknownName,
    needed,
)


def test_an_error_says_what_and_where_and_what_to_do():
    missing = FileNotFoundError(2, "No such file or directory")
    assert str(InputError.unreadable("a.md", missing)) == (
        "a.md: cannot be read (No such file or directory); check its name and permissions"
    )
    assert str(OutputError("a.ttl", "disk full")) == "a.ttl: cannot be written (disk full); choose another file"
    assert str(UnknownFormat("doc", "facts", ("table", "csv", "jsonl"))).endswith("give table, csv or jsonl")
    assert str(UnknownName("query", "x")) == "no query is known as 'x'; kg queries lists them"
    assert str(UnknownName("system", "x")).endswith("and no known name is near it")
    assert str(UnknownName("system", "x", ["y", "z"])).endswith("; nearest: y, z")
    assert NotUnderstood("what?", ["this", "that"]).instead == ("this", "that")


@pytest.mark.parametrize(
    ("kind", "status"), [("time", 504), ("rows", 413), ("memory", 503), ("text", 413), ("busy", 503)]
)
def test_each_limit_has_its_status(kind, status):
    assert QueryLimit("stopped", kind).status == status


def test_what_needs_a_package_names_the_extra_that_brings_it():
    with pytest.raises(MissingExtra, match=r"charts need packages .* pip install 'mlperf-kg\[plot\]'"):
        needed("no_such_package", "plot", "charts")
    with pytest.raises(MissingExtra, match="Parquet needs packages"):
        needed("no_such_package", "parquet", "Parquet")
    assert needed("json", "plot", "charts").loads("1") == 1
