"""Tables for people: rows in as many characters as there are, with what they rest on numbered below them.

Numbers stand right-aligned with equal decimals, headings are never cut, cells are cut in the middle, where names
differ least. What does not fit makes room in this order: columns that say the same in every row go into one line
above, long texts below their row, and the last columns are left out, which is said.
"""

import textwrap
from collections.abc import Container, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

Cell = str | Decimal
GAP = 2
RESTS = "rests on"
LONG = 36
"""Characters in the middle cell of a column from which on it is a text rather than a name."""
NARROW = 10
"""Characters to which a column of names can be cut."""


class Column(NamedTuple):
    """A column: its title, and a text for each row; numbers are all of one length of decimals."""

    title: str
    cells: tuple[str, ...]
    numeric: bool = False

    @property
    def natural(self) -> int:
        """The characters that it needs to show all."""
        return max(map(len, (*self.title.split(), *self.cells)), default=0)

    @property
    def least(self) -> int:
        """The characters below which its title or a number would be cut."""
        word = max(map(len, self.title.split()), default=0)
        return self.natural if self.numeric else max(word, min(self.natural, NARROW))

    @property
    def text(self) -> bool:
        """Whether its cells are texts to read, of which a column would only show the ends."""
        lengths = sorted(len(cell) for cell in self.cells if cell)
        return bool(lengths) and (lengths[len(lengths) // 2] > LONG or lengths[-1] > 2 * LONG)

    def lines(self, width: int) -> list[str]:
        """Its title in lines of whole words, the last of which stands over the rule."""
        return textwrap.wrap(self.title, width) or [""]

    def cell(self, row: int, width: int) -> str:
        """A cell in just so many characters."""
        cell = cut(self.cells[row], width)
        return cell.rjust(width) if self.numeric else cell.ljust(width)


def columns(titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """Rows as columns."""
    made = []
    for at, title in enumerate(titles):
        cells = [row[at] for row in rows]
        numbers = [cell for cell in cells if isinstance(cell, Decimal)]
        numeric = bool(numbers) and all(isinstance(cell, Decimal) or not cell for cell in cells)
        decimals = max(map(_decimals, numbers), default=0)
        texts = tuple(_text(cell, decimals if numeric else None) for cell in cells)
        made.append(Column(title, texts, numeric))
    return made


def table(
    titles: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    notes: Sequence[Sequence[str]] = (),
    width: int | None = None,
    asked: Container[str] = (),
) -> str:
    """Rows as a table of at most `width` characters; the notes of all rows are numbered and stand below, each once.

    A column without a text is left out, unless it was `asked` for by its title.
    """
    made = [column for column in columns(titles, rows) if not rows or any(column.cells) or column.title in asked]
    numbers = _numbered(notes)
    if numbers:
        marks = tuple(_marks([numbers[note] for note in of]) for of in (*notes, *[()] * (len(rows) - len(notes))))
        made.append(Column("", marks))
    lines, beside, below, left = _fitted(made, len(rows), width)
    widths = _widths(beside, width)
    lines += _head(beside, widths)
    for row in range(len(rows)):
        cells = (column.cell(row, w) for column, w in zip(beside, widths, strict=True))
        lines.append((" " * GAP).join(cells).rstrip())
        for column in below:
            if column.cells[row]:
                lines += _wrapped(f"{column.title}: {column.cells[row]}", width, "    ", "      ")
    if left:
        lines += _wrapped(f"not shown for want of width: {', '.join(c.title for c in left)}", width, "", "  ")
    lines += [""] * bool(numbers)
    for note, number in numbers.items():
        mark = f"[{number}] "
        lines += _wrapped(note, width, mark, " " * len(mark))
    return "".join(f"{line}\n" for line in lines)


def records(
    titles: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    notes: Sequence[Sequence[str]] = (),
    width: int | None = None,
    asked: Container[str] = (),
) -> str:
    """Rows as blocks of lines, one for each field that has a value or was `asked` for by its title."""
    made = columns(titles, rows)
    wide = max(len(RESTS) if any(notes) else 0, *(len(column.title) for column in made), 0)
    blocks = []
    for row in range(len(rows)):
        fields = [(column.title, column.cells[row].strip()) for column in made]
        fields += [(RESTS, note) for note in (notes[row] if row < len(notes) else ())]
        lines = [f"— {row + 1} of {len(rows)}"]
        for title, text in fields:
            if text or title in asked:
                lines += _wrapped(f"{title.ljust(wide)}  {text}", width, "", " " * (wide + GAP))
        blocks.append("".join(f"{line}\n" for line in lines))
    return "\n".join(blocks)


def cut(text: str, width: int) -> str:
    """A text in at most so many characters, without its middle where it is longer.

    >>> cut("NVIDIA A100 SXM 80GB", 13)
    'NVIDIA…M 80GB'
    """
    if len(text) <= width:
        return text
    tail = (width - 1) // 2
    return f"{text[: width - 1 - tail]}…{text[len(text) - tail :]}"


def _decimals(number: Decimal) -> int:
    exponent = round(number, 3).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _text(cell: Cell, decimals: int | None) -> str:
    """A cell as it is shown; three decimals are enough."""
    if isinstance(cell, str):
        return cell
    return f"{cell:.{_decimals(cell) if decimals is None else decimals}f}"


def _numbered(notes: Sequence[Sequence[str]]) -> dict[str, int]:
    """Each note with its number, in the order in which they come."""
    different = dict.fromkeys(note for of in notes for note in of)
    return {note: number for number, note in enumerate(different, 1)}


def _marks(numbers: Sequence[int]) -> str:
    """Numbers in brackets, runs of three and more by their ends.

    >>> _marks([1, 2, 3, 7])
    '[1–3, 7]'
    """
    runs = ([n for _, n in run] for _, run in groupby(enumerate(sorted(numbers)), lambda place: place[1] - place[0]))
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return f"[{', '.join(parts)}]" if parts else ""


def _fitted(
    made: list[Column], count: int, width: int | None
) -> tuple[list[str], list[Column], list[Column], list[Column]]:
    """Lines above the table, the columns in it, those below each row, and those left out."""

    def needed(chosen: list[Column], natural: bool = False) -> int:
        return sum(c.natural if natural else c.least for c in chosen) + GAP * (len(chosen) - 1)

    if width is None or needed(made, natural=True) <= width:
        return [], made, [], []
    lines: list[str] = []
    left: list[Column] = []
    below = [column for column in made if column.text and not column.numeric]
    beside = [column for column in made if column not in below]
    if needed(beside, natural=True) > width and count > 1:
        same = [c for c in beside if c.title and len(set(c.cells)) == 1]
        if len(same) < len(beside):
            beside = [column for column in beside if column not in same]
            if same:
                lines = _wrapped("; ".join(f"{c.title} {c.cells[0].strip()}" for c in same), width, "", "  ")
    while needed(beside) > width and len(beside) > 1:
        last = max(at for at, column in enumerate(beside) if column.title)
        left.insert(0, beside.pop(last))
    return lines, beside, below, left


def _widths(made: list[Column], width: int | None) -> list[int]:
    """The characters of each column: the widest give way first."""
    widths = [column.natural for column in made]
    room = (width or sum(widths) + GAP * len(widths)) - GAP * (len(made) - 1)
    least = [column.least for column in made]
    while sum(widths) > room and any(w > m for w, m in zip(widths, least, strict=True)):
        at = max((i for i, w in enumerate(widths) if w > least[i]), key=lambda i: widths[i])
        widths[at] -= 1
    return widths


def _head(made: list[Column], widths: list[int]) -> list[str]:
    """The titles, in as many lines as the longest needs, and a rule."""
    titles = [column.lines(width) for column, width in zip(made, widths, strict=True)]
    deep = max(map(len, titles), default=1)
    lines = []
    for at in range(deep):
        words = [t[at - deep + len(t)] if at >= deep - len(t) else "" for t in titles]
        padded = [
            word.rjust(width) if column.numeric else word.ljust(width)
            for word, column, width in zip(words, made, widths, strict=True)
        ]
        lines.append((" " * GAP).join(padded).rstrip())
    rule = ["-" * width if column.title else " " * width for column, width in zip(made, widths, strict=True)]
    return [*lines, (" " * GAP).join(rule).rstrip()]


def _wrapped(text: str, width: int | None, first: str, rest: str) -> list[str]:
    """A text in lines; an address stays whole, so that it can be opened."""
    return textwrap.wrap(
        text, max(width or 100, 20), initial_indent=first, subsequent_indent=rest, break_on_hyphens=False,
        break_long_words="://" not in text,
    )  # fmt: skip
