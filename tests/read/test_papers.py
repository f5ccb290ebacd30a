"""PDFs of the notes in odd forms: each says the same, and nothing of what does not show."""

import pytest

from kg.errors import InputError
from tests.read.notes import NOTES, facts, read
from tests.read.paper import laid_out, marked, pdf, width

LINES = laid_out(NOTES)
BELOW = LINES[-1][1] - 14
HIDDEN = "We used JAX on 4 TPU v4 chips."


def hidden(before, after=b"", y=BELOW, size=10, text=HIDDEN, x=72):
    """The notes, and below them words between operators that hide them."""
    shown = b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (size, x, y, text.encode())
    return [*LINES, b"q " + before + b" " + shown + b" " + after + b" Q"]


def within(lines, form):
    """A page of lines, and below them a form XObject of some operators, which may show itself."""
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> /XObject << /X 4 0 R >> >>"
    made = b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(form), form)
    return pdf([*lines, b"/X Do"], objects=[made], resources=b"/XObject << /X 4 0 R >>")


PAPERS = {
    "white": pdf(hidden(b"1 1 1 rg")),
    "white gray": pdf(hidden(b"1 g")),
    "white cmyk": pdf(hidden(b"0 0 0 0 k")),
    "nearwhite": pdf(hidden(b"0.99 0.99 0.99 rg")),
    "mode3": pdf(hidden(b"3 Tr")),
    "mode7": pdf(hidden(b"7 Tr")),
    "alpha0": pdf(hidden(b"/G0 gs"), resources=b"/ExtGState << /G0 << /ca 0 /CA 0 >> >>"),
    "same colour as box": pdf(hidden(b"0.2 0.2 0.6 rg 60 %g 400 20 re f 0.2 0.2 0.6 rg" % (BELOW + 14 - 18))),
    "covered": pdf(hidden(b"", b"0 g 60 %g 500 20 re f" % (BELOW + 14 - 18))),
    "covered white": pdf(hidden(b"", b"1 g 60 %g 500 20 re f" % (BELOW + 14 - 18))),
    "clipped": pdf(hidden(b"0 0 1 1 re W n")),
    "off left": pdf(hidden(b"", x=-400)),
    "off bottom": pdf(hidden(b"", y=-50)),
    "tiny": pdf(hidden(b"", size=0.1)),
    "tiny scale": pdf(hidden(b"0.01 0 0 0.01 72 300 cm", x=0, y=0)),
    "crop": pdf(hidden(b"", y=20), page_more=b"/CropBox [0 60 612 792]"),
    "ocg off": pdf(
        hidden(b"/OC /MC0 BDC", b"EMC"),
        objects=[b"<< /Type /OCG /Name (x) >>"],
        catalog=b"/OCProperties << /OCGs [4 0 R] /D << /OFF [4 0 R] /Order [4 0 R] >> >>",
        resources=b"/Properties << /MC0 4 0 R >>",
    ),
    "annotation": pdf(
        LINES,
        objects=[
            b"<< /Type /Annot /Subtype /FreeText /Rect [72 100 400 120] /Contents (We used JAX on 4 TPU v4 chips.) /DA (/Helv 10 Tf) >>"
        ],
        page_more=b"/Annots [4 0 R]",
    ),
    "white on dark": pdf([b"0 0 0.4 rg 0 0 612 792 re f 1 1 1 rg", *LINES]),
    "white heading on bar": pdf(
        [
            x
            for line in LINES
            for x in ([b"q 0 0 0.5 rg 60 %g 400 24 re f 1 g" % (line[1] - 6), line, b"Q"] if line[2] > 11 else [line])
        ]
    ),
    "grey text": pdf([b"0.6 g", *LINES]),
    "light text": pdf([b"0.8 g", *LINES]),
    "shaded rows": pdf([b"0.9 g 60 0 500 792 re f 0 g", *LINES]),
    "mark raised [1]": pdf(marked(LINES, "16.6", "[1]")),
    "mark raised dagger": pdf(marked(LINES, "16.6", "a")),
    "mark raised Ts": pdf(
        [
            line
            if "16.6" not in line[3]
            else b"BT /F1 10 Tf 1 0 0 1 %g %g Tm (%s) Tj 5 Ts /F1 6 Tf (1) Tj 0 Ts /F1 10 Tf (%s) Tj ET"
            % (
                line[0],
                line[1],
                line[3][: line[3].index("16.6") + 4].encode(),
                line[3][line[3].index("16.6") + 4 :].encode(),
            )
            for line in LINES
        ]
    ),
    "mark same size raised": pdf(marked(LINES, "16.6", "1", size=10, rise=5)),
    "mark slightly raised": pdf(marked(LINES, "16.6", "1", size=6, rise=2)),
    "mark lowered": pdf(marked(LINES, "16.6", "1", size=6, rise=-3)),
    "mark on name": pdf(marked(LINES, "Pod256 trained"[:6], "2")),
    "mark on 80GB": pdf(marked(LINES, "A100 80GB", "1,2")),
    "tm raised": pdf(marked(LINES, "PRIMERGY", "TM")),
    "mark big font 8": pdf(marked(LINES, "16.6", "1", size=8, rise=4)),
    "per glyph": pdf(
        [
            (x, b, s, c)
            for left, b, s, t in LINES
            for x, c in ((left + width(t[:i], s), c) for i, c in enumerate(t))
            if c != " "
        ]
    ),
    "doubled (bold by overprint)": pdf(
        [x for line in LINES for x in (line, (line[0] + 0.3, line[1], line[2], line[3]))]
    ),
    "shadow": pdf([x for line in LINES for x in ((line[0] + 1, line[1] - 1, line[2], line[3]), line)]),
    "shadow grey": pdf(
        [x for line in LINES for x in (b"0.7 g", (line[0] + 0.8, line[1] - 0.8, line[2], line[3]), b"0 g", line)]
    ),
    "turn270+rotate": pdf(LINES, turn=270, rotate=90),
    "slightly turned": pdf([b"q 0.9998 0.0175 -0.0175 0.9998 0 0 cm", *LINES, b"Q"]),
    "turned 5deg": pdf([b"q 0.9962 0.0872 -0.0872 0.9962 0 -30 cm", *LINES, b"Q"]),
    "watermark": pdf([*LINES, b"q 0.9 g BT /F1 60 Tf 0.7 0.7 -0.7 0.7 150 200 Tm (CONFIDENTIAL) Tj ET Q"]),
    "box offset": pdf([b"q 1 0 0 1 1000 1000 cm", *LINES, b"Q"], page_more=b"/MediaBox [1000 1000 1612 1792]"),
    "userunit": pdf(LINES, page_more=b"/UserUnit 2"),
    "bad xref": pdf(LINES).replace(b"startxref\n", b"startxref\n9"),
    "no eof": pdf(LINES).replace(b"%%EOF", b""),
    "garbage before": b"garbage\n" * 20 + pdf(LINES),
    "huge page": pdf(LINES, box=(14000, 14000)),
    "white in a form": within(LINES, b"1 g BT /F1 10 Tf 1 0 0 1 72 %g Tm (%s) Tj ET" % (BELOW, HIDDEN.encode())),
    "all in a form": within(
        [],
        b"\n".join(
            b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (size, left, bottom, text.encode())
            for left, bottom, size, text in LINES
        ),
    ),
    "a form within itself": within(LINES, b"/X Do"),
    "3 mode all": pdf([b"3 Tr", *LINES]),
    "struck out": pdf([*LINES, (72, BELOW, 10, HIDDEN), b"0 G 1 w 70 %g m 250 %g l S" % (BELOW + 3, BELOW + 3)]),
    "struck out by a note": pdf(
        [*LINES, (72, BELOW, 10, HIDDEN)],
        page_more=b"/Annots [<< /Type /Annot /Subtype /StrikeOut /Rect [70 %d 300 %d] /QuadPoints [70 %d 300 %d 70 %d 300 %d] >>]"
        % (BELOW - 2, BELOW + 10, BELOW + 10, BELOW + 10, BELOW - 2, BELOW - 2),
    ),
}


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    return facts(read(tmp_path_factory.mktemp("notes"), "notes.md", NOTES))


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_in_an_odd_form_says_the_same(tmp_path, expected, kind):
    assert facts(read(tmp_path, "notes.pdf", PAPERS[kind])) == expected


@pytest.mark.parametrize("kind", ["truncated", "white", "image"])
def test_a_paper_that_cannot_be_read_is_said(tmp_path, kind):
    data = {
        "truncated": pdf(LINES)[:-200], "white": pdf([b"1 g", *LINES]),
        "image": pdf([b"q 100 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"]),
    }[kind]  # fmt: skip
    with pytest.raises(InputError, match="broken PDF" if kind == "truncated" else "without text"):
        read(tmp_path, "notes.pdf", data)
