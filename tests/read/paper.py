"""PDFs written by hand."""

import math
import textwrap
import zlib

_TURNS = {0: b"1 0 0 1", 90: b"0 1 -1 0", 180: b"-1 0 0 -1", 270: b"0 -1 1 0"}


def pdf(
    *pages, extra=b"", packed=False, rotate=0, turn=0, box=(612, 792), font=b"/Subtype /Type1 /BaseFont /Helvetica",
    catalog=b"", resources=b"", objects=(), page_more=b"",
):  # fmt: skip
    """A PDF of pages, each a list of (left, bottom, size, text) in Helvetica, or of operators as bytes.

    `objects` come from number 4 on; `catalog`, `resources` and `page_more` go into the dictionaries of those names.
    `rotate` is how pages are turned when shown, `turn` how the text is turned on them, both in degrees.
    """
    box = box[::-1] if turn in (90, 270) else box
    objects = [b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog, b"", b"<< /Type /Font %s >>" % font, *objects]
    kids = []
    for page in pages:
        shown = b"\n".join(item if isinstance(item, bytes) else _shown(*item, turn, box) for item in page)  # type: ignore[call-arg]
        head = b""
        if packed:
            shown, head = zlib.compress(shown), b"/Filter /FlateDecode "
        objects.append(b"<< %s/Length %d >>\nstream\n%s\nendstream" % (head, len(shown), shown))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %s >> %s >>" % (*box, rotate, len(objects), resources, page_more)
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    made, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"trailer << /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, extra, table)


def _shown(left, bottom, size, text, turn, box):
    """The operators that show a text."""
    place = _turned(left, bottom, turn, box)
    return b"BT /F1 %g Tf %s %.2f %.2f Tm (%s) Tj ET" % (size, _TURNS[turn], *place, _bytes(text))


def _bytes(text):
    return text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _turned(left, bottom, turn, box):
    """Where a place of an upright page stands on one of this size with its text turned."""
    across, up = box
    return {
        0: (left, bottom), 90: (across - bottom, left), 180: (across - left, up - bottom), 270: (bottom, up - left),
    }[turn]  # fmt: skip


_WIDTHS = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
    556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
    556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
    500, 500, 500, 334, 260, 334, 584,
]  # fmt: skip
"""The widths of the characters from the space on in Helvetica, in thousandths of the size."""


def width(text, size):
    """The width of a text in Helvetica, in points."""
    return size * sum(_WIDTHS[ord(c) - 32] if ord(c) < 127 else 556 for c in text) / 1000


def marked(lines, after, mark="1", size=6, rise=4):
    """Lines of a page with a raised mark after some words of one of them."""
    found = []
    for left, bottom, high, text in lines:
        place = text.find(after) + len(after)
        if place < len(after) or high > 10:
            found.append((left, bottom, high, text))
            continue
        right = left + width(text[:place], high)
        rest = right + width(mark, size)
        found += [(left, bottom, high, text[:place]), (right, bottom + rise, size, mark)]
        spaces = len(text[place:]) - len(text[place:].lstrip())
        found.append((rest + width(" " * spaces, high), bottom, high, text[place:].lstrip()))
    return found


def laid_out(notes, *, left=72, top=760, columns=90, size=10, step=14):
    """A document in Markdown as lines on a page: headings larger, paragraphs wrapped after so many characters."""
    lines, at = [], top
    for block in notes.strip().split("\n\n"):
        level = len(block) - len(block.lstrip("#"))
        high = {0: size, 1: 2 * size, 2: 1.6 * size}[level]
        at -= 0.8 * step if lines else 0
        for line in textwrap.wrap(block.lstrip("# "), columns):
            lines.append((left, at, high, line))
            at -= math.ceil(step * max(1, high / size / 1.2))
    return lines
