"""The tests of what a folder of `kg/` does stand in the folder of `tests/` with its name, and no other folder stands alone."""

from pathlib import Path

ROOT = Path(__file__).parents[1]


def _folders(parent: Path, files: str) -> set[str]:
    return {file.relative_to(parent).parts[0] for file in parent.glob(f"*/**/{files}")}


def test_each_folder_of_the_program_has_its_tests_and_each_folder_of_tests_its_program():
    programs = _folders(ROOT / "kg", "*.py")
    tests = _folders(ROOT / "tests", "test_*.py")
    assert programs - tests == set()
    alone = {
        folder
        for folder in tests - programs
        if (ROOT / folder).is_dir() or (ROOT / "tests" / folder / "__main__.py").exists()
    }
    assert tests - programs == alone  # of a folder beside `kg/`, or a program of their own
