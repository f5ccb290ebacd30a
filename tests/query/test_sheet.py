"""Rows for people: what is shown of them, what becomes a note, and that every query keeps to the width."""

import pyoxigraph as ox
import pytest

from kg.errors import UnknownName
from kg.namespaces import ID, XSD
from kg.query import Table, queries, run


def made(columns, *rows):
    def term(value):
        if value is None or isinstance(value, ox.NamedNode | ox.Literal):
            return value
        return ox.NamedNode(ID + value[1:]) if value.startswith("@") else ox.Literal(value)

    return Table(tuple(columns.split()), tuple(tuple(map(term, row)) for row in rows))


def decimal(text):
    return ox.Literal(text, datatype=ox.NamedNode(XSD + "decimal"))


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("query", queries(), ids=lambda q: q.name)
def test_every_query_keeps_to_the_width(graph, query, width):
    table = run(graph, query.name, {p.name: p.example for p in query.parameters if not p.optional})
    lines = table.render("table", width).splitlines()
    # a name of a file that has no blank in it is not broken
    assert [line for line in lines if len(line) > width and len(line.split()) > 2] == []


def test_things_by_label_and_in_short():
    table = made(
        "organization organizationLabel round roundLabel system systemLabel",
        ("@o/acme", "Acme", "@round/a", "MLPerf Training v2.0", "@s/1", "Acme Box 1"),
        ("@o/b", "Bolt", "@round/b", "MLPerf Training v1.1", "@s/2", "Bolt Tower"),
    )
    assert table.sheet().titles == ("organization", "round", "system")
    assert table.sheet().rows == (("Acme", "v2.0", "Box 1"), ("Bolt", "v1.1", "Tower"))
    assert table.sheet(iris=True).titles[3:] == ("organization IRI", "round IRI", "system IRI")
    assert table.sheet(iris=True).rows[0][3:] == ("id:o/acme", "id:round/a", "id:s/1")


def test_a_round_of_another_suite_keeps_its_name_and_a_maker_that_is_not_beside_it_too():
    table = made("roundLabel acceleratorLabel organizationLabel", ("MLPerf Inference v1.0", "Bolt X1", "Acme"))
    assert table.sheet().rows == (("Inference v1.0", "Bolt X1", "Acme"),)


def test_evidence_is_a_note_given_once():
    columns = "organizationLabel thing thingLabel quote start end statement statementLabel restated"
    words = ("We ran it.", "3", "13", "@statement/a", "Acme on v2.0", "true")
    table = made(
        columns,
        ("Acme", "@t/1", "One", *words),
        ("Acme", "@t/2", "Two", *words),
        ("Acme", "@t/1", "One", *words),
    )
    assert table.sheet().rows == (("Acme", "One"), ("Acme", "Two"))
    assert table.sheet().notes == (("[restated] “We ran it.” — Acme on v2.0, 3–13",),) * 2
    assert table.render("table").count("We ran it.") == 1


def test_official_files_and_results_are_notes():
    table = made(
        "organizationLabel minutes systemFile logFolder recordLabel",
        ("Acme", "1", "a.json", "a/bert", "Record"),
    )
    assert table.sheet().titles == ("organization", "minutes")
    assert table.sheet().notes == (("a.json, a/bert, Record",),)
    compared = made("roundLabel result", ("MLPerf Training v2.0", "@result/r"))
    assert (compared.sheet().titles, compared.sheet().notes) == (("round",), (("id:result/r",),))


def test_rows_of_a_typed_query_stay_as_they_are():
    table = made("s", ("@a",), ("@a",))
    assert table.sheet().rows == (("id:a",), ("id:a",))


def test_columns_that_nobody_asked_for_are_left_out_where_they_say_nothing():
    who = ("@o/a", "Acme", "@o/a", "Acme")
    columns = "organization organizationLabel accordingTo accordingToLabel result minutes"
    table = made(columns, (*who, "@result/r", None))
    assert table.sheet().titles == ("organization",)
    asked = ("organization", "according to", "result", "minutes")
    assert table.sheet(asked=asked).titles == asked
    assert table.sheet(asked=asked).rows == (("Acme", "Acme", "id:result/r", ""),)
    assert table.sheet(asked=["minutes"]).table(asked=["minutes"]).splitlines()[0].split() == [
        "organization",
        "minutes",
    ]
    assert "\nminutes\n" in table.sheet(asked=["minutes"]).records(80, ["minutes"])
    assert "minutes" not in table.render("table")


def test_a_thing_without_a_label_is_called_by_its_short_iri():
    table = made("propertyLabel valueLabel", ("type", "https://w3id.org/mlperf-kg/ontology#Accelerator"))
    assert table.sheet().rows == (("type", "mlp:Accelerator"),)


def test_numbers_stand_with_equal_decimals():
    text = made("minutes", (decimal("16.5"),), (decimal("3"),), (decimal("100.12345"),)).render("table")
    assert text.splitlines()[2:] == [" 16.500", "  3.000", "100.123"]


def test_columns_order_and_number_of_rows():
    table = made(
        "organization organizationLabel minutes",
        ("@b", "b", decimal("10")),
        ("@a", "A", decimal("9")),
        ("@c", None, None),
    )
    assert [row["minutes"] for row in table.sort("minutes")] == ["9", "10", None]
    assert [row["minutes"] for row in table.sort("-minutes")] == ["10", "9", None]
    assert [row["organizationLabel"] for row in table.sort("Organization").first(2)] == ["A", "b"]
    assert table.select(["minutes", "organization"]).columns == (
        "minutes",
        "organization",
        "organizationLabel",
    )
    assert table.sheet().select(["minutes"]).titles == ("minutes",)
    for wrong in (
        lambda: table.sort("hours"),
        lambda: table.select(["hours"]),
        lambda: table.sheet().select(["hours"]),
    ):
        with pytest.raises(UnknownName, match="no column is known as 'hours'; nearest: organization, minutes"):
            wrong()


def test_a_column_is_of_numbers_where_all_values_are():
    whole, part, word = ox.Literal(8), ox.Literal("1.5", datatype=ox.NamedNode(XSD + "decimal")), ox.Literal("x")
    table = Table(("a", "b", "c", "d"), ((whole, whole, whole, None), (None, part, word, None)))
    assert [table.kind(at) for at in range(4)] == [int, float, str, str]
