import pyoxigraph as ox

from kg.store import open_graph
from kg.store.parts import write_parts


def test_parts_are_sorted_and_whole(tmp_path, built):
    quads = list(open_graph(built).quads())
    paths = write_parts(tmp_path / "parts", quads, lines=1000)
    assert [p.name for p in paths[:2]] == ["part-00000.nq", "part-00001.nq"]
    lines = [line for path in paths for line in path.read_text().splitlines()]
    assert lines == sorted(lines)
    assert {q for p in paths for q in ox.parse(path=str(p), format=ox.RdfFormat.N_QUADS)} == set(quads)
    assert write_parts(tmp_path / "parts", quads[:10]) == paths[:1]
    assert len(list((tmp_path / "parts").iterdir())) == 1
