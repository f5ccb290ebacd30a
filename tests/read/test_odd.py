"""Odd forms of one document: each gives the same facts, and nothing else."""

import quopri
import re
import textwrap

import pytest

from kg.build import Known, extract_document, read_statements
from kg.errors import InputError
from kg.read import read_document
from tests.read import variants
from tests.read.notes import NAMES, NOTES, facts, heads, html, put, read

PLAIN = re.sub(r"(?m)^#+ ", "", NOTES)


LIST = put("The framework", "\n\n- The framework", "We trained BERT in 16", "\n- We trained BERT in 16")
HEAD = "vendor notes of the year, page"
DATA = "data:image/png;base64," + "QUJD" * 60
PAGED = put(
    "trained ResNet-50 in", f"trained\n\n{HEAD} 2\n\f\nResNet-50 in", "\n\nGraphcore\n", f"\n\n{HEAD} 1\n\f\nGraphcore\n",
    "\n\nFujitsu\n", f"\n\n{HEAD} 3\n\f\nFujitsu\n", text=put("trained ResNet-50 in 2.67", "trained ResNet-50 in 2.67", text=PLAIN),
)  # fmt: skip

TEXTS = {
    "CR in plain text": PLAIN.replace("\n", "\r"),
    # headings
    "plain text": PLAIN,
    "names in capitals": re.sub(r"(?m)^(Baidu|Graphcore|Fujitsu)$", lambda m: m[0].upper(), PLAIN),
    "wrapped lines": "\n".join(textwrap.fill(line, 60) for line in NOTES.split("\n")),
    "bold": heads("**{}**"), "bold with underscores": heads("__{}__"), "bold with a colon": heads("**{}:**"),
    "underlined": heads("{}\n-----"), "underlined twice": heads("{}\n====="), "numbered": heads("## 1. {}"),
    "closed": heads("## {} ##"), "with an anchor": heads("## {} {#vendor}"), "linked": heads("## [{}](https://x.org)"),
    "with a named anchor": heads('## <a id="x"></a>{}'), "in HTML": heads('<h2 class="v">{}</h2>'),
    "with a footnote": heads("## {}[^1]"), "with a sign": heads("## {}®"), "deep": heads("#### {}"),
    "as high as the title": heads("# {}"), "under a plain title": NOTES.replace("# MLPerf", "MLPerf", 1),
    "a heading inside": put("It trained", "\n## Details\n\nIt trained"),
    "notices at the end": NOTES + "\n## Notices & Disclaimers\n\nWe trained DLRM in 3 minutes on H100 GPUs.\n",
    "legal words at the end": NOTES + "\n## Legal Information\n\nWe trained DLRM in 3 minutes.\n",
    "a heading in code": put("The framework", "\n\n```\n# Dell\n```\n\nThe framework"),
    # lines, spaces and letters
    "CRLF": NOTES.replace("\n", "\r\n"), "CR": NOTES.replace("\n", "\r"), "BOM": "\ufeff" + NOTES,
    "a tab": put("16.6 minutes", "16.6\tminutes"),
    "no-break spaces": put("16.6 minutes", "16.6\xa0minutes", "A100 80GB", "A100\xa080GB"),
    "no-break spaces only": "\n".join(re.sub(r"(?<=\w) ", "\xa0", x) if x[:1] != "#" else x for x in NOTES.split("\n")),
    "narrow spaces": put("16.6 minutes", "16.6\u202fminutes", "80GB", "80\u2009GB"),
    "zero-width spaces": put("Graphcore sub", "Graph\u200bcore sub", "16.6", "16\u2060.6"),
    "soft hyphens": put("PaddlePaddle", "Paddle\xadPaddle", "ResNet-50", "Res\xadNet-50", "minutes", "min\xadutes"),
    "marks of direction": put("16.6", "\u200e16.6\u200f", "Baidu sub", "\u202aBaidu\u202c sub"),
    "wide digits": put("16.6", "\uff11\uff16\uff0e\uff16"), "hyphens that do not break": put("ResNet-50", "ResNet\u201150"),
    "entities": put("16.6 minutes", "16.6&nbsp;minutes", "1.9x", "1.9&times;"),
    # marks of footnotes
    "[^1]": put("16.6 minutes", "16.6[^1] minutes", "with 8 NV", "with 8[^2] NV") + "\n[^1]: Not verified.\n",
    "[1]": put("16.6 minutes", "16.6 [1] minutes", "2.67 minutes", "2.67[2] minutes", "28.4 minutes", "28.4 minutes [3]"),
    "[1,2]": put("16.6 minutes", "16.6[1,2] minutes", "A100 80GB", "A100[12] 80GB"),
    "sup": put("16.6 min", "16.6<sup>1</sup> min", "10.64 min", '10.64<sup><a href="#f">2</a></sup> min'),
    "raised digits": put("16.6 min", "16.6¹ min", "A100 80GB", "A100² 80GB", "Pod256 trained", "Pod256³ trained"),
    "stars": put("16.6 min", "16.6* min", "2.67 min", "2.67** min", "10.64 min", "10.64† min", "28.4 min", "28.4‡ min"),
    "signs": put("16.6 min", "16.6§ min", "2.67 min", "2.67¶ min", "10.64 min", "10.64# min"),
    "marks in TeX": put("16.6 minutes", "16.6$^{1}$ minutes", "with 8 NV", "with $8^2$ NV"), "TeX": put("16.6 min", "$16.6$ min"),
    "carets": put("16.6 min", "16.6^1^ min", "2.67 min", "2.67^[2] min"),
    "(1)": put("16.6 min", "16.6 (1) min", "2.67 min", "2.67(2) min"),
    "after names": put("PaddlePaddle", "PaddlePaddle[3]", "TensorFlow", "TensorFlow¹", "MXNet", "MXNet*"),
    # mark-up
    "emphasis": put("16.6", "**16.6**", "PaddlePaddle", "*PaddlePaddle*", "28.4 minutes", "__28.4 minutes__"),
    "emphasis within a word": put("16.6 minutes", "**16.6 min**utes"), "code": put("Bow Pod256 trained", "`Bow Pod256` trained"),
    "links": put("PaddlePaddle", "[PaddlePaddle](https://x.org/8/GPUs)", "TensorFlow", "[TensorFlow][tf]"),
    "an address": put("PaddlePaddle.", "PaddlePaddle <https://x.org/4-gpus>."),
    "a comment": put("The framework", "<!-- We used JAX on 4 TPU v4 chips. --> The framework"),
    "struck out": put("The framework", "~~We trained DLRM in 3 minutes.~~ <del>We used JAX.</del> The framework"),
    "signs in names": put("Bow Pod", "Bow™ Pod", "PRIMERGY", "PRIMERGY®", "TensorFlow", "TensorFlow™"),
    "signs as letters": put("Bow Pod", "Bow(TM) Pod", "PRIMERGY", "PRIMERGY(R)"),
    "signs apart": put("Bow Pod", "Bow ™ Pod", "PRIMERGY ", "PRIMERGY ® "),
    "a list": LIST, "a quotation": put("\nFujitsu submitted", "\n> Fujitsu submitted"),
    "front matter": "---\ntitle: >\n  MLPerf Training v2.0\n  vendor notes\nauthor: [a, b]\n---\n" + NOTES.partition("\n")[2],
    "odd marks": put("16.6 min", "16.6 [note 1] min",
                     "28.4 min", "28.4[a] min"),
    "hidden HTML": put("The framework", '<span style="display:none">We used JAX.</span> The framework'),
    "a hidden block": put("The framework", "\n\n<div hidden>\nWe used JAX.\n</div>\n\nThe framework"),
    "a heading of another level": put("## Graphcore", "### Graphcore"), "a bold one among others": put("## Graphcore", "**Graphcore**"),
    "whose statement it is": put("## Graphcore", "## Statement by Graphcore"),
    "contents": put("## Baidu", "## Contents\n\n- [Baidu](#baidu)\n- [Graphcore](#graphcore)\n\n## Baidu"),
    # pages
    "heads of pages": PAGED,
    "a raised mark on a name": heads("## {}^1^"), "words in brackets on a name": heads("## {} [edit]"),
    "images that are data": put("The framework", f"![x]({DATA}) <img src='{DATA}'> The framework"),
    "an image that is data, with a link": put("The framework", f"[![x]({DATA})](https://x.org) The framework"),
    "a page's number within a sentence": put("with 8 NVIDIA", "with\n\nPage 1 of 2\n\n8 NVIDIA", text=PLAIN),
}  # fmt: skip

PAGES = {
    "as it is": html(),
    "sup": html(put("16.6 ", "16.6<sup>1</sup> ", "A100 80GB", "A100<sup>[2]</sup> 80GB", "28.4", "28.4<sup>a,b</sup>")),
    "sup with a page": html(put("16.6 ", "16.6<sup>[2]:14</sup> ")),
    "signs": html(put("Bow Pod", "Bow<sup>TM</sup> Pod", "PRIMERGY", "PRIMERGY<sup>®</sup>")),
    "struck out": html(put("The framework", "<s>We used JAX.</s><strike>We used PyTorch.</strike> The framework")),
    "hidden": html(put("The framework", '<span hidden="">We used JAX.</span> The framework')),
    "shown when asked for": html().replace("<h2>Graph", "<p popover>We used JAX.</p><p hidden=until-found>And MXNet.</p><h2>Graph"),
    "not displayed": html(put("The framework", '<div style="top:0; display : none">We used JAX.</div> The framework')),
    "not visible": html(put("The framework", "<i style='visibility:hidden'>We used JAX.</i> The framework")),
    "visible in what is not": html(
        put("The framework", "<i style='visibility:hidden'>We used JAX. <b style='visibility: visible'>The</b></i> framework")
    ),
    "paragraphs that are not visible": html().replace(
        "<h2>Graph", "<p style='visibility:hidden'>We used JAX.<p style='visibility:collapse'>And MXNet.<p>Bravo.<h2>Graph"
    ),
    "hidden by a style": html(put("The framework", '<b class="a old">We used JAX.</b> The framework')).replace(
        "<body>", "<style>@media print {p {display:none}} .old, .x {display:none}</style><body>"
    ),
    "paragraphs without an end": html().replace("<h2>Graph", "<p hidden>We used JAX.<p style='display:none'>And MXNet.<h2>Graph"),
    "a comment": html(put("The framework", "<!-- We used JAX. > --> The framework")),
    "entities": html(put("16.6 minutes", "16.6&nbsp;minutes", "A100 80GB", "A100&#160;80GB", "PaddlePaddle", "Paddle&shy;Paddle")),
    "parts of words": html(put("PaddlePaddle", "Paddle<wbr>Paddle", "minutes", "<b>min</b>utes")),
    "bold headings": re.sub(r"<h2>(.*?)</h2>", r"<p><strong>\1</strong></p>", html()),
    "div": html().replace("<p>", "<div>").replace("</p>", "</div>"), "no end tags": html().replace("</p>", ""),
    "unseen": html(put("The framework", '<i style="opacity:0">We used JAX.</i><i style="font-size: 0px">And MXNet.</i> The framework')),
    "for screen readers": html(put("The framework", '<span class="sr-only">We used JAX.</span> The framework')),
    "struck out by a style": html(put("The framework", '<b style="text-decoration: line-through">JAX.</b> The framework')),
    "small": html(put("16.6 ", "16.6<small>1</small> ", "2.67 ", "2.67<sub>1</sub> ")),
    "raised by a style": html(put("16.6 ", '16.6<span style="vertical-align: super">1</span> ')),
    "sup without an end": html(put("16.6 ", "16.6<sup>1 ")),
    "a hidden section": html().replace("<h2>Graph", "<section hidden><h2>Dell</h2><p>We used JAX.</p></section><h2>Graph"),
    "templates": html(put("The framework", "<template>We used JAX.</template><noscript>And MXNet.</noscript> The framework")),
    "XHTML": '<?xml version="1.0"?>' + html().replace("<!doctype html>", ""),
    "Latin-1": html().replace("<body>", '<head><meta charset="iso-8859-1"></head><body>').encode("cp1252"),
}  # fmt: skip


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    return facts(read(tmp_path_factory.mktemp("notes"), "notes.md", NOTES))


TEXTS |= variants.TEXTS
PAGES |= variants.PAGES


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_in_an_odd_form_says_the_same(tmp_path, expected, kind):
    assert facts(read(tmp_path, "notes.md", TEXTS[kind])) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (put("16.6 min", "16.6^[JAX.] min^[MXNet.]"), "2 footnotes are left out: line 5"),
        (put("16.6 min", "16.6[^a] min") + "\n[^a]: We used JAX.\n", "1 footnote is left out: line 15"),
        (put("The framework", "\n\n```sh\nWe used JAX.\n```\n\nThe framework"), "1 code block is left out: line 7"),
        (
            put("## Graphcore", "On Mon, Nov 6, Bob wrote:\n> We used JAX.\n\n## Graphcore"),
            "1 quoted mail is left out: line 7",
        ),
        (
            put("The framework", "In \u202e5.21\u202c minutes it trained BERT. The framework"),
            "1 backward passage is left out: line 5",
        ),
        (
            put("## Baidu", "## BERT\n\nWe used JAX.\n\n## Baidu"),
            "what stands under the heading BERT is left out: it names no organization",
        ),
        ("".join(f"^[note {n}]\n" for n in range(9)) + NOTES, "9 footnotes are left out: line 1, 2, 3, 4, 5, …"),
    ],
)
def test_what_is_left_out_is_said(tmp_path, text, said):
    assert read(tmp_path, "notes.md", text).warnings == (said,)


def test_a_note_of_a_page_that_is_left_out_is_said(tmp_path):
    page = html(put("16.6 min", "16.6<sup><a href='#f'>1</a></sup> min")) + "<p>.</p>\n<p id=f>We used JAX.</p>"
    assert read(tmp_path, "notes.html", page).warnings == ("1 footnote is left out: line 8",)


def test_a_file_name_that_is_no_unicode_is_shown(tmp_path):
    assert read(tmp_path, "caf\udce9.md", NOTES).source == "caf\\udce9.md"


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_in_an_odd_form_says_the_same(tmp_path, expected, kind):
    assert facts(read(tmp_path, "notes.html", PAGES[kind])) == expected  # type: ignore[arg-type]


def test_the_odd_files_give_the_same_facts(shared, expected):
    for path in sorted((shared / "odd").iterdir()):
        if path.name != "README.md":
            document = read_document(path, names=NAMES)
            assert facts(document) == expected, path.name
            assert bool(document.warnings) == ("two-columns" in path.name)


def test_numbers_with_marks_for_thousands(tmp_path):
    for written in ("1,024", "1\xa0024", "1\u2009024", "1 024", "1'024", "1’024", "1.024"):
        found = facts(
            read(tmp_path, "n.md", put("eight NVIDIA A100 SXM 80GB GPUs", f"{written} NVIDIA A100 SXM 80GB GPUs"))
        )
        assert ("Fujitsu", "usedAccelerator", "Fujitsu", "NVIDIA A100 SXM 80GB") in found
    assert not {f for f in facts(read(tmp_path, "n.md", put("16.6 min", "1.660 min"))) if f[3] in ("1660", "660")}


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("浪潮信息", "浪潮信息在本轮提交了 BERT 的结果。"),
        ("cTuning", "cTuning has submitted results of BERT to this round."),
        ("الأولى", "We submitted results of BERT to this round with care."),
        ("Neural Kraft", "We submitted results of BERT to this round with care."),
        ("Ärger & Söhne GmbH", "We submitted results of BERT to this round with care."),
        ("Kraft, Inc.", "We submitted results of BERT to this round with care."),
    ],
)
@pytest.mark.parametrize("form", ["## {}", "**{}**", "{}", "{}\n---"])
def test_a_heading_of_any_script_and_form(tmp_path, heading, names, form):
    text = put("## Graphcore", f"{form.format(heading)}\n\n{names}\n\n## Graphcore") if form != "**{}**" else heads(
        "**{}**", put("## Graphcore", f"## {heading}\n\n{names}\n\n## Graphcore")
    )  # fmt: skip
    if form == "{}":
        text = re.sub(r"(?m)^#+ ", "", text)
    assert [s.name for s in read(tmp_path, "n.md", text).sections] == ["Baidu", heading, "Graphcore", "Fujitsu"]


@pytest.mark.parametrize("form", ["n.md", "n.html", "n.txt"])
@pytest.mark.parametrize(
    ("heading", "name"), [("Ac\u200dme Labs", "Acme Labs"), ("آزمون\u200cها", "آزمون\u200cها"), ("ലാ\u200dബ്", "ലാ\u200dബ്")]
)  # fmt: skip
def test_a_joiner_of_no_width_stays_where_it_shapes_letters(tmp_path, form, heading, name):
    text = put("## Graphcore", f"## {heading}\n\nWe submitted results of BERT to this round.\n\n## Graphcore")
    content = html(text) if form == "n.html" else text if form == "n.md" else re.sub(r"(?m)^#+ ", "", text)
    assert [s.name for s in read(tmp_path, form, content).sections] == ["Baidu", name, "Graphcore", "Fujitsu"]


def test_two_organizations_in_one_heading_make_a_joint_statement(tmp_path):
    from kg.build import Known, extract_document

    document = read(tmp_path, "n.md", put("## Fujitsu", "## Fujitsu + RIKEN"))
    statement = extract_document((document, Known((), ())))[0][-1]
    assert statement.organization.label == "Fujitsu + RIKEN"
    assert [speaker.label for speaker in statement.speakers] == ["Fujitsu", "RIKEN"]


def test_an_empty_statement_is_said(tmp_path):
    document = read(tmp_path, "n.md", put("## Graphcore", "## Krai\n\n## Graphcore"))
    assert document.warnings == ("the statement of Krai is empty",)


@pytest.mark.parametrize(
    ("title", "round", "said"),
    [
        ("MLPerf HPC v2.0 vendor notes", None, "MLPerf HPC v2.0"),
        ("MLPerf™ Inference 3.0. Results Discussion", None, "MLPerf Inference v3.0"),
        ("MLPerf Inference v2.0 vendor notes", "v2.0", "MLPerf Inference v2.0"),
        ("Vendor notes", "hpc-v2.0", "MLPerf HPC v2.0"),
        ("Vendor notes", "v2.0", "MLPerf Training v2.0"),
    ],
)
def test_the_round_is_suite_and_version(tmp_path, title, round, said):
    assert read(tmp_path, "n.md", put("MLPerf Training v2.0 vendor notes", title), mlperf_round=round).round == said


@pytest.mark.parametrize(
    ("title", "round", "said"),
    [
        ("MLPerf Tiny v1.0 notes", None, "about MLPerf Tiny v1.0; only"),
        ("MLPerf Storage v1.0 notes", "v2.0", "about MLPerf Storage v1.0; only"),
        ("MLPerf Widgets v1.0 notes", "v1.0", "about MLPerf Widgets v1.0; only"),
        ("MLPerf HPC v2.0 notes", "training-v2.0", "title says MLPerf HPC v2.0, not MLPerf Training v2.0"),
        ("MLPerf Training v1.1 notes", "v2.0", "title says MLPerf Training v1.1, not MLPerf Training v2.0"),
        ("Notes on old computers", None, "names no MLPerf round"),
    ],
)
def test_what_is_not_read_is_refused_in_one_line(tmp_path, title, round, said):
    with pytest.raises(InputError, match=re.escape(said)) as caught:
        read(tmp_path, "n.md", put("MLPerf Training v2.0 vendor notes", title), mlperf_round=round)
    assert "\n" not in str(caught.value)


def test_a_file_of_two_rounds_is_refused(tmp_path):
    with pytest.raises(
        InputError, match=r"n\.md:\d+: MLPerf Training v1\.1 begins here, after MLPerf Training v2\.0; give"
    ):
        read(tmp_path, "n.md", NOTES + "\n# MLPerf Training v1.1\n\n## Dell\n\nDell submitted results of BERT.\n")


def test_an_unknown_organization_may_head_two_sections(tmp_path):
    text = "# MLPerf Training v2.0\n\n## Neural Kraft\n\nWe submitted BERT.\n\n## Neural Kraft\n\nWe submitted DLRM.\n"
    assert [s.name for s in read(tmp_path, "n.md", text).sections] == ["Neural Kraft"] * 2


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("title: a\n  b: c", r"n\.md:3: front matter is no YAML"), ("title: a\ntitle: b", "'title' twice"),
        ("a: &x [1]\nb: *x", "an alias"), ("identifer: x", "did you mean 'identifier'"), ("restates: x", "lacks title"),
        ("a: [" + "[" * 5000, "front matter is no YAML"),
    ],
)  # fmt: skip
def test_front_matter_that_cannot_be_read(tmp_path, front, said):
    with pytest.raises(InputError, match=said):
        read(tmp_path, "n.md", f"---\n{front}\n---\n{NOTES}")


def test_a_text_in_quoted_printable_is_decoded(tmp_path, expected):
    mailed = quopri.encodestring(NOTES.replace("minutes.", "minutes — a = b.").encode())
    document = read(tmp_path, "notes.md", mailed)
    assert facts(document) == expected
    assert document.warnings == ("the text was decoded from quoted-printable, as mails have it",)
    assert read(tmp_path, "notes.md", NOTES + "\na=20 and b=30 and c=40 and d = 5\n").warnings == ()


def test_a_street_is_no_accelerator(tmp_path):
    address = "Visit us at 8 H100 Road, 64 A100 Street. We trained BERT in 16.6 minutes."
    found = facts(read(tmp_path, "notes.md", NOTES.replace("We trained BERT in 16.6 minutes.", address)))
    assert not any("H100" in said[3] or "Street" in said[3] for said in found)


def test_two_benchmarks_may_take_the_same_time(tmp_path):
    text = NOTES.replace(
        "We trained BERT in 16.6 minutes.", "We trained BERT in 1:00:36. We trained ResNet-50 in 1:00:36."
    )
    _, extractions = extract_document((read(tmp_path, "notes.md", text), Known((), ())))
    times = [f for f in extractions[0].facts if f.predicate == "timeToTrain" and f.object == 3636]
    assert [f.qualifiers["benchmark"].label for f in times] == ["BERT", "ResNet-50"]


def test_a_heading_without_a_word_begins_no_statement_and_ends_the_one_before(tmp_path):
    text = NOTES.replace("## Graphcore\n", "## ***\n\nWe used JAX.\n\n## 🚀\n\nWe used MXNet.\n\n## Graphcore\n")
    document = read(tmp_path, "notes.md", text)
    assert [s.name for s in document.sections] == ["Baidu", "Graphcore", "Fujitsu"]
    assert [w for w in document.warnings if "names no organization" in w] == [
        f"what stands under the heading {sign} is left out: it names no organization" for sign in ("***", "🚀")
    ]
    assert facts(document) == facts(read(tmp_path, "notes.md", NOTES))


def test_a_very_long_heading_is_one(tmp_path):
    document = read(tmp_path, "notes.md", NOTES.replace("## Graphcore", f"## {'Graph ' * 300}core"))
    assert [s.name[:11] for s in document.sections] == ["Baidu", "Graph Graph", "Fujitsu"]


def test_a_name_with_that_of_another_in_it(tmp_path):
    text = NOTES.replace("Graphcore", "IBM/Red Hat").replace("Fujitsu", "Fuji & Co. KG")
    said = facts(read(tmp_path, "notes.md", text))
    assert ("IBM/Red Hat", "submittedSystem", "IBM/Red Hat", "Bow Pod64") in said
    assert {owner for owner, *_ in said} == {"Baidu", "IBM/Red Hat", "Fuji & Co. KG"}
    assert not [f for f in said if "Red Hat" in (f[2], f[3])]


def test_a_heading_in_parts_of_letters_is_composed(tmp_path):
    text = NOTES.replace("Graphcore", "E\N{COMBINING ACUTE ACCENT}clair")
    assert "Éclair" in [s.name for s in read(tmp_path, "notes.md", text).sections]


def test_words_that_a_style_sheet_adds_are_said_not_to_be_read(tmp_path):
    page = html(NOTES).replace("<body>", '<style>.n::before{content:"1"} .i::after{content:"\\f101"}</style><body>')
    told = "a style sheet adds words to the page that are not read: “1”"
    assert (
        told
        in read(
            tmp_path, "notes.html", page if "::before" in page else "<style>.n::before{content:'1'}</style>" + page
        ).warnings
    )


def test_what_several_statements_say_alike_is_no_running_head(tmp_path):
    said = "We submitted BERT with 8 NVIDIA A100 80GB GPUs."
    names = ("Fujitsu", "Inspur", "Baidu")
    document = read(
        tmp_path, "notes.md", "# MLPerf Training v2.0\n\n" + "\n\n".join(f"## {n}\n\n{said}" for n in names)
    )
    assert [document.text[s.body.start : s.body.end] for s in document.sections] == [said] * 3


@pytest.mark.parametrize("sheet", ["td{vertical-align:top}", "tr, td:not(.x){vertical-align:text-top}"])
def test_cells_at_the_top_of_their_row_are_text(tmp_path, sheet):
    page = tmp_path / "page.html"
    page.write_text(
        f"<style>{sheet}</style><h1>MLPerf Training v3.1</h1><h2>Acme</h2><p>We submitted on 8 H100 GPUs.</p>"
        "<table><tr><th>Benchmark</th><th>Minutes</th></tr><tr><td>BERT</td><td>5.5</td></tr></table>",
        "utf-8",
    )
    times = [str(f.object) for f in read_statements([page]).facts if f.predicate == "timeToTrain" and f.asserted]
    assert times == ["5.5"]
