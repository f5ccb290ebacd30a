"""More odd forms of the notes, by kind: each says the same as the notes, as text with mark-up and as a page."""

import re
import unicodedata

from tests.read.notes import NOTES, heads, html, put

TEXTS = {
    "mark ref sup markdown link": put("16.6 min", "16.6[\\[1\\]](#fn1) min"),
    "mark escaped bracket": put("16.6 min", "16.6\\[1\\] min"),
    "mark of raised words": put("16.6 min", "16.6 ⁽ⁿᵒᵗᵉ⁾ min"),
    "mark dagger with a number": put("16.6 min", "16.6†1 min", "2.67 min", "2.67 ‡2 min"),
    "a note with a name": put("16.6 min", "16.6[^my-note] min")
    + "\n[^my-note]: We trained DLRM in\n    3 minutes on H100 GPUs.\n",
    "a note where its mark stands": put("16.6 min", "16.6^[We trained DLRM in 3 minutes.] min"),
    "a letter before a heading": put("## Graphcore", "## b) Graphcore", "## Fujitsu", "## (c) Fujitsu"),
    "signs escaped": put("16.6 min", "16\\.6 min", "2.67 min", "2\\.67 min", "v1.1 result", "v1\\.1 result"),
    "mark sup link": put("16.6 min", "16.6<sup>[1](#fn1)</sup> min"),
    "mark link number": put("16.6 min", "16.6[1](#fn1) min"),
    "mark wiki": put("16.6 min", "16.6[[1]](#fn1) min"),
    "mark cite": put("16.6 min", "16.6[@smith] min"),
    "mark html ref": put("16.6 min", '16.6<a href="#f1" class="ref">1</a> min'),
    "mark sup multi": put("16.6 min", "16.6<sup>1, 2</sup> min"),
    "mark sup nested": put("16.6 min", "16.6<sup><b>1</b></sup> min"),
    "mark SUP upper": put("16.6 min", "16.6<SUP>1</SUP> min"),
    "mark sup space": put("16.6 min", "16.6 <sup>1</sup> min"),
    "mark circled": put("16.6 min", "16.6① min", "2.67 min", "2.67❶ min"),
    "mark superscript paren": put("16.6 min", "16.6⁽¹⁾ min"),
    "mark superscript list": put("16.6 min", "16.6¹,² min"),
    "mark superscript sp": put("16.6 min", "16.6 ¹ min"),
    "mark letters superscript": put("16.6 min", "16.6ᵃ min", "2.67 min", "2.67ᵇ min"),
    "mark entity sup": put(
        "16.6 min", "16.6&sup1; min", "2.67 min", "2.67&dagger; min", "10.64 min", "10.64&#8224; min"
    ),
    "mark pod name": put("Pod256 trained", "Pod256[1] trained", "Pod64 we", "Pod64<sup>2</sup> we"),
    "mark pod name2": put("GX2570M6 with", "GX2570M6¹ with", "v1.1 result", "v1.1¹ result"),
    "mark pod name3": put("GX2570M6 with", "GX2570M6 [1] with", "v1.1 result", "v1.1[2] result"),
    "mark (a)": put("16.6 min", "16.6(a) min", "2.67 min", "2.67 (a) min"),
    "mark see note": put("16.6 min", "16.6 (see note 1) min", "2.67 min", "2.67 (note 2) min"),
    "mark on x": put("1.9x faster", "1.9x[1] faster"),
    "mark on x2": put("1.9x faster", "1.9x¹ faster"),
    "mark on x3": put("1.9x faster", "1.9x<sup>3</sup> faster"),
    "mark on x4": put("1.9x faster", "1.9[1]x faster"),
    "mark on x5": put("1.9x faster", "1.9<sup>1</sup>x faster"),
    "mark on ResNet": put(
        "ResNet-50 in 2.67",
        "ResNet-50¹ in 2.67",
        "BERT in 10.64",
        "BERT[1] in 10.64",
        "ResNet-50 in 28",
        "ResNet-50(1) in 28",
    ),
    "mark GPU": put("80GB GPUs. The", "80GB[2] GPUs. The", "eight NVIDIA", "eight[1] NVIDIA"),
    "mark double dagger": put("16.6 min", "16.6†† min", "2.67 min", "2.67‡‡ min", "10.64 min", "10.64*† min"),
    "mark tilde star": put("16.6 min", "16.6 \\* min", "2.67 min", "2.67\\*\\* min"),
    "mark [sic]": put("16.6 min", "16.6 [sic] min"),
    "mark [citation]": put("16.6 min", "16.6[citation needed] min"),
    "mark after unit": put(
        "16.6 minutes", "16.6 minutes[1][2]", "2.67 minutes", "2.67 minutes^3", "10.64 minutes", "10.64 minutes²"
    ),
    "mark org": put("16.6 min", "16.6[fn:1] min"),
    "mark roman": put("16.6 min", "16.6[i] min", "2.67 min", "2.67[iv] min", "10.64 min", "10.64<sup>ii</sup> min"),
    "mark range": put("16.6 min", "16.6[1–3] min", "2.67 min", "2.67[1-3] min", "10.64 min", "10.64[1][2] min"),
    "mark caret single": put("16.6 min", "16.6^1 min"),
    "mark caret brace": put("16.6 min", "16.6^{1} min", "2.67 min", "2.67^(1) min"),
    "mark hash num": put("16.6 min", "16.6 #1 min"),
    "hid ins": put("The framework", "<ins>The</ins> framework"),
    "hid font0": put("The framework", '<span style="font-size:0">We used JAX.</span> The framework'),
    "hid aria": put("The framework", '<span class="visually-hidden">We used JAX.</span> The framework'),
    "hid visibility": put("The framework", '<span style="visibility: hidden">We used JAX.</span> The framework'),
    "hid white": put("The framework", '<span style="color:#fff;background:#fff">We used JAX.</span> The framework'),
    "hid comment multi": put("The framework", "<!-- We used\n\nJAX on 4 TPU v4 chips.\n\n--> The framework"),
    "hid comment para": put(
        "It trained",
        "\n\n<!--\n\nWe trained DLRM in 3 minutes.\n\n## Dell\n\nWe trained RNN-T in 4 minutes.\n\n-->\n\nIt trained",
    ),
    "hid comment long": put("The framework", "<!--" + " We used JAX on 4 TPU v4 chips." * 300 + "--> The framework"),
    "hid details": put("The framework", "<template>We used JAX.</template> The framework"),
    "hid del nested": put("The framework", "<del>We used <b>JAX</b>.</del> The framework"),
    "hid del multi para": put(
        "The framework", "\n\n<del>\n\nWe used JAX.\n\nWe used PyTorch.\n\n</del>\n\nThe framework"
    ),
    "hid strike attr": put(
        "The framework", '<span style="text-decoration: line-through">We used JAX.</span> The framework'
    ),
    "hid div nested": put(
        "The framework",
        '\n\n<div style="display:none">\n<p>We used <b>JAX</b>.</p>\n<div>We used PyTorch</div>\n</div>\n\nThe framework',
    ),
    "hid tilde multi": put("The framework", "~~We used JAX.~~ ~~We used PyTorch.~~ The framework"),
    "hid single tilde": put("The framework", "~We used JAX.~ The framework"),
    "hid ~~ newline": put("The framework", "~~We used\nJAX.~~ The framework"),
    "hid [//]": put("It trained", "\n\n[//]: # (We used JAX on 4 TPU v4 chips.)\n\nIt trained"),
    "hid [comment]": put("It trained", "\n\n[comment]: <> (We used JAX on 4 TPU v4 chips.)\n\nIt trained"),
    "hid %% ": put("The framework", "%%We used JAX.%% The framework"),
    "hid script": put("The framework", '\n\n<script>\nvar a = "We used JAX.";\n</script>\n\nThe framework'),
    "hid link title": put("PaddlePaddle", '[PaddlePaddle](https://x.org "We used JAX on 4 TPU v4 chips")'),
    "hid image alt": put("The framework", "![We used JAX on 4 TPUs](x.png) The framework"),
    "hid ref def": put("It trained", '\n\n[tf]: https://x.org/jax "JAX on 4 TPU v4 chips"\n\nIt trained'),
    "hid critic": put("The framework", "{--We used JAX.--} The framework"),
    "hid critic comment": put("The framework", "{>>We used JAX.<<} The framework"),
    "hid html cond": put("The framework", "<!--[if IE]>We used JAX.<![endif]--> The framework"),
    "hid unclosed del": put("minutes, which", "minutes<del>, which"),
    "tm C": put("Bow Pod256 tr", "Bow&trade; Pod256 tr", "PRIMERGY", "PRIMERGY&reg;"),
    "tm sup": put("Bow Pod256 tr", "Bow<sup>TM</sup> Pod256 tr", "PRIMERGY", "PRIMERGY<sup>&reg;</sup>"),
    "tm sup R": put("PRIMERGY", "PRIMERGY<sup>(R)</sup>", "NVIDIA A100 SXM", "NVIDIA® A100™ SXM"),
    "tm mid": put("GX2570M6", "GX2570M6™", "PaddlePaddle", "PaddlePaddle®"),
    "tm sm": put("Bow Pod256 tr", "Bow℠ Pod256 tr"),
    "tm (tm)": put("Bow Pod256 tr", "Bow(tm) Pod256 tr", "PRIMERGY", "PRIMERGY (R)"),
    "tm star": put("Bow Pod256 tr", "Bow* Pod256 tr", "PRIMERGY", "PRIMERGY*"),
    "tm letters": put("Bow Pod256 tr", "Bow\u1d40\u1d39 Pod256 tr"),
    "tm TM up": put("Bow Pod256 tr", "Bow ^TM^ Pod256 tr"),
    "tm heading": heads("## {}™"),
    "tm heading2": heads("## {}<sup>®</sup>"),
    "tm heading3": heads("## {} <!-- x -->"),
    "tm heading4": heads("## **{}**"),
    "tm heading5": heads("## *{}*"),
    "tm heading6": heads("## `{}`"),
    "tm heading7": heads("## {}:"),
    "tm heading8": heads("## {} {.vendor #x}"),
    "tm heading9": heads('## {} <a name="x"></a>'),
    "tm heading10": heads("## {}[1]"),
    "tm heading11": heads("## {}¹"),
    "tm heading12": heads("## ![logo](x.png) {}"),
    "tm heading13": heads("## \u200b{}"),
    "tm heading14": heads("##\u00a0{}"),
    "tm heading15": heads("##\t{}"),
    "tm heading16": heads("<h2><strong>{}</strong></h2>"),
    "tm heading17": heads("<h2>\n{}\n</h2>"),
    "tm heading20": heads("## {} ([link](https://x.org))"),
    "tm heading21": heads("## {} ↑"),
    "tm heading22": heads("## {}\\"),
    "tm heading23": heads("## \\[{}\\]"),
    "tm heading24": heads('## <span id="x">{}</span>'),
    "tm heading25": heads("***{}***"),
    "tm heading26": heads("<b>{}</b>"),
    "tm heading27": heads('<p align="center"><strong>{}</strong></p>'),
    "ch fullwidth letters": put("BERT in 16.6", "ＢＥＲＴ in 16.6"),
    "ch math digits": put("16.6", "𝟏𝟔.𝟔"),
    "ch arabic digits": put("16.6", "١٦٫٦"),
    "ch zero width joiner": put("ResNet-50 in 2.67", "ResNet\u200d-50 in 2.67"),
    "ch nbhyphen": put("ResNet-50 in 2.67", "ResNet‑50 in 2.67", "ResNet-50 in 28", "ResNet–50 in 28"),
    "ch minus": put("ResNet-50 in 2.67", "ResNet−50 in 2.67"),
    "ch RLE": put("16.6 min", "\u202b16.6\u202c min"),
    "ch tag chars": put("16.6 min", "16.6\U000e0031\U000e0032 min"),
    "ch variation": put("16.6 min", "16.6\ufe0f min"),
    "ch mongolian": put("Graphcore sub", "Graph\u180ecore sub"),
    "ch hangul filler": put("Graphcore sub", "Graph\u3164core sub"),
    "ch CGJ": put("Graphcore sub", "Graph\u034fcore sub"),
    "ch invisible times": put("16.6", "16\u2063.6", "1.9x", "1.9\u2062x"),
    "ch nul-ish ctrl": put("16.6 min", "16.6\x08 min"),
    "ch LS": NOTES.replace("\n\n", "\u2029"),
    "ch VT FF": NOTES.replace("\n\n", "\n\n\x0c"),
    "ch trailing spaces": NOTES.replace("\n", "   \n"),
    "ch mixed eol": NOTES.replace("\n\n", "\r\n\n\r"),
    "ch double BOM": "\ufeff\ufeff" + NOTES,
    "ch BOM mid": NOTES.replace("## G", "\ufeff## G"),
    "ch ideographic space": put("16.6 min", "16.6\u3000min"),
    "ch numeric entity nbsp": put(
        "16.6 min", "16.6&#xa0;min", "2.67 min", "2.67&#160;min", "A100 80GB", "A100&thinsp;80GB"
    ),
    "ch entity dot": put("16.6", "16&#46;6", "2.67", "2&period;67"),
    "ch decomposed": unicodedata.normalize("NFD", NOTES),
    "ch × for x": put("1.9x", "1.9×", "eight NVIDIA", "8× NVIDIA"),
    "ch 8x": put("eight NVIDIA", "8x NVIDIA"),
    "ch 8 x": put("eight NVIDIA", "8 x NVIDIA", "with 8 NV", "with 8 × NV"),
}


def ins(words):
    """The notes as a page, with some words in them."""
    return html(put("The framework", words + " The framework"))


PAGES = {
    "left": ins('<span style="position:absolute;left:-9999px">We used JAX.</span>'),
    "indent": ins('<p style="text-indent:-9999px">We used JAX.</p>'),
    "clip": ins('<span style="position:absolute;clip:rect(0,0,0,0)">We used JAX.</span>'),
    "clip1": ins('<span style="clip-path: inset(50%); position:absolute">We used JAX.</span>'),
    "zero size": ins('<span style="height:0;width:0;overflow:hidden;display:block">We used JAX.</span>'),
    "max-height": ins('<span style="max-height:0;overflow:hidden">We used JAX.</span>'),
    "white": ins('<span style="color:white">We used JAX.</span>'),
    "white2": ins('<span style="color:#FFFFFF;background-color:#ffffff">We used JAX.</span>'),
    "white3": ins('<font color="#ffffff">We used JAX.</font>'),
    "transparent": ins('<span style="color: transparent">We used JAX.</span>'),
    "rgba0": ins('<span style="color: rgba(0,0,0,0)">We used JAX.</span>'),
    "important": ins('<span style="display: none !important">We used JAX.</span>'),
    "DISPLAY": ins('<SPAN STYLE="DISPLAY:NONE">We used JAX.</SPAN>'),
    "entity style": ins('<span style="display&#58;none">We used JAX.</span>'),
    "unquoted": ins("<span style=display:none>We used JAX.</span>"),
    "hidden unq": ins("<span hidden=hidden>We used JAX.</span>"),
    "hidden up": ins("<span HIDDEN>We used JAX.</span>"),
    "aria-hidden": ins('<span aria-hidden="true" hidden>We used JAX.</span>'),
    "css desc": ins('<div class="note"><p>We used JAX.</p></div>').replace(
        "<body>", "<style>div.note p {display:none}</style><body>"
    ),
    "css id": ins('<div id="x">We used JAX.</div>').replace("<body>", "<style>#x{display:none}</style><body>"),
    "css attr": ins('<div data-x="1">We used JAX.</div>').replace(
        "<body>", "<style>[data-x]{display:none}</style><body>"
    ),
    "css compound": ins('<div class="a b">We used JAX.</div>').replace(
        "<body>", "<style>.a.b{display:none}</style><body>"
    ),
    "css child": ins('<div class="a"><i>We used JAX.</i></div>').replace(
        "<body>", "<style>.a > i{visibility:hidden}</style><body>"
    ),
    "css comment": ins('<div class="a">We used JAX.</div>').replace(
        "<body>", "<style>/* x */ .a /* y */ {display:none}</style><body>"
    ),
    "css media screen": ins('<div class="a">We used JAX.</div>').replace(
        "<body>", "<style>@media screen {.a{display:none}}</style><body>"
    ),
    "css override": html(put("The framework", '<b class="keep">The framework</b>')).replace(
        "<body>", "<style>.keep{display:none} .keep{display:inline}</style><body>"
    ),
    "css late": ins('<div class="a">We used JAX.</div>').replace("</body>", "<style>.a{display:none}</style></body>"),
    "nested hidden": ins("<div hidden><div>We used JAX.</div> We used PyTorch.</div>"),
    "nested del": ins("<del>We <del>used</del> JAX.</del>"),
    "noframes": ins("<noframes>We used JAX.</noframes>"),
    "textarea": ins("<textarea>We used JAX.</textarea>"),
    "option": ins("<datalist><option>We used JAX.</option></datalist>"),
    "title tag": ins("<svg><title>We used JAX.</title><text>We used JAX</text></svg>"),
    "img alt": ins('<img alt="We used JAX." src=x>'),
    "a title": ins('<a title="We used JAX." href=x>.</a>'),
    "comment gt": ins("<!-- We used JAX. -- > x -->"),
    "comment bang": ins("<!-- We used JAX. --!>"),
    "comment nested": ins("<!-- <!-- We used JAX. -->"),
    "cdata": ins("<![CDATA[ We used JAX. ]]>"),
    "pi": ins('<?php echo "We used JAX."; ?>'),
    "cond comment": ins("<!--[if mso]><p>We used JAX.</p><![endif]-->"),
    "cond downlevel": ins("<![if !mso]> <![endif]>"),
    "script json": ins('<script type="application/json">{"a":"We used JAX."}</script>'),
    "script close": ins('<script>var x="</scr"+"ipt>We used JAX.";</script>'),
    "iframe srcdoc": ins('<iframe srcdoc="We used JAX."></iframe>'),
    "unclosed comment end": html() + "<!-- We used JAX.",
    "strike css class": ins('<span class="s">We used JAX.</span>').replace(
        "<body>", "<style>.s{text-decoration:line-through}</style><body>"
    ),
    "strike deco-line": ins('<span style="text-decoration-line: line-through">We used JAX.</span>'),
    "sup css class": html(put("16.6 ", '16.6<span class="fn">1</span> ')).replace(
        "<body>", "<style>.fn{vertical-align:super;font-size:smaller}</style><body>"
    ),
    "sup css not": html(put("16.6 ", '16.6<span class="fn">1</span> ')).replace(
        "<body>", "<style>.fn:not(.q){vertical-align:super}</style><body>"
    ),
    **{
        f"hidden by {sheet}": ins("<b class='a x'>We used JAX.</b>").replace("<body>", f"<style>{sheet}</style><body>")
        for sheet in (
            "@supports (display:grid){.x{display:none}}",
            "@layer a{.x{display:none}}",
            ":is(.x, .y){display:none}",
            "@media (min-width: 1px){.x{display:none}}",
            ".x{display:none!important}.x{display:block}",
            "@media (max-width: 600px){p{display:none}} p:not(.y .z){display:none} .x{display:none}",
        )
    },
    "sup a": html(put("16.6 ", '16.6<a href="#fn1">1</a> ')),
    "sup a2": html(put("16.6 ", '16.6<a href="#fn1" class="footnote-ref"><sup>1</sup></a> ')),
    "sup a3": html(put("16.6 ", '16.6<sup><a href="#fn1">[1]</a></sup><sup>,</sup><sup>2</sup> ')),
    "notes by role": html(put("16.6 ", '16.6<a href="#f1" role="doc-noteref">1</a> ')).replace(
        "</body>", "<section role='doc-endnotes'><p>We used JAX.</p></section></body>"
    ),
    "notes by their marks": html(
        put("16.6 ", '16.6<a href="#f1">1</a> ', "2.67 ", '2.67<sup><a href="#f2">*</a></sup> ')
    )
    .replace("<h2>Graph", "<ol><li id=f1>We used JAX.</ol><h2>Graph")
    .replace("</body>", "<p id='f2'>* We used MXNet and <b>JAX</b>.</p></body>"),
    "numbers that lead to sections": html().replace(
        "<h2>Baidu", '<p><a href="#s1">1</a></p><section id=s1><h2>Baidu', 1
    ),
    "sup role": html(put("16.6 ", '16.6<span role="doc-noteref">1</span> ')),
    "sup nested": html(put("16.6 ", "16.6<sup><small><b>1</b></small></sup> ")),
    "sup exp": html(put("16.6 ", "16.6<sup>&#8224;</sup> ")),
    "sup nbsp": html(put("16.6 ", "16.6<sup>&nbsp;1&nbsp;</sup>&nbsp;")),
    "sup top rel": html(put("16.6 ", '16.6<span style="position:relative;top:-0.5em;font-size:70%">1</span> ')),
    "sup raised css": html(put("16.6 ", '16.6<span style="vertical-align:0.5em;font-size:60%">1</span> ')),
    "sup in th": html(put("A100 80GB", "A100<sup>®</sup> 80GB<sup>3</sup>")),
    "tm": html(put("Bow Pod256 tr", "Bow&trade; Pod256 tr", "PRIMERGY", "PRIMERGY&reg;")),
    "tm small": html(put("Bow Pod256 tr", "Bow<small>TM</small> Pod256 tr")),
    "tm sup": html(put("Bow Pod256 tr", "Bow <sup>TM</sup> Pod256 tr")),
    "nobr": html(put("Bow Pod256 tr", "<nobr>Bow Pod256</nobr> tr")),
    "wbr": html(put("16.6", "16<wbr>.6")),
    "zwsp": html(put("16.6", "16&#8203;.6", "ResNet-50 in 2", "Res&shy;Net-50 in 2")),
    "span num": html(put("16.6", "<span>16</span>.<span>6</span>", "2.67", "<b>2</b>.67")),
    "span space": html(put("16.6 minutes", "16.6<span> </span>minutes")),
    "num unit br": html(put("16.6 minutes", "16.6<br>minutes")),
    "num unit nl": html(put("16.6 minutes", "16.6\n   minutes")),
    "li": html(put("We trained BERT in 16.6 minutes.", "<ul><li>We trained BERT in 16.6 minutes.</li></ul>")),
    "h2 span": re.sub("<h2>(.*?)</h2>", r'<h2><span>\1</span><a class="anchor" href="#x">¶</a></h2>', html()),
    "h2 permalink": re.sub("<h2>(.*?)</h2>", r'<h2>\1 <a href="#x">#</a></h2>', html()),
    "h2 img": re.sub("<h2>(.*?)</h2>", r'<h2><img alt="logo" src=x>\1</h2>', html()),
    "h2 nbsp": re.sub("<h2>(.*?)</h2>", r"<h2>&nbsp;\1&nbsp;</h2>", html()),
    "h2 zw": re.sub("<h2>(.*?)</h2>", r"<h2>&#8203;\1</h2>", html()),
    "h2 sup": re.sub("<h2>(.*?)</h2>", r"<h2>\1<sup>®</sup></h2>", html()),
    "h2 num": re.sub("<h2>(.*?)</h2>", r"<h2><span>1.</span> \1</h2>", html()),
    "h2 hidden": re.sub("<h2>(.*?)</h2>", r'<h2 style="display:none">Dell</h2><h2>\1</h2>', html()),
    "h2 hidden unclosed": html().replace("<h2>Graph", "<div hidden><h2>Dell</h2><p>We used JAX.<h2>x</div><h2>Graph"),
    "role heading": re.sub("<h2>(.*?)</h2>", r'<div role="heading" aria-level="2">\1</div>', html()),
    "caption": re.sub("<h2>(.*?)</h2>", r'<div class="h2">\1</div>', html()),
    "th table": re.sub("<h2>(.*?)</h2>", r"<table><tr><th>\1</th></tr></table>", html()),
    "header el": re.sub("<h2>(.*?)</h2>", r"<header><h2>\1</h2></header>", html()),
    "section el": re.sub("<h2>(.*?)</h2>", r"<section><h2>\1</h2>", html()),
    "article": re.sub("<h2>(.*?)</h2>", r"<article><h2>\1</h2>", html()),
    "hgroup": re.sub("<h2>(.*?)</h2>", r"<hgroup><h2>\1</h2><p>Vendor</p></hgroup>", html()),
    "details": re.sub("<h2>(.*?)</h2>", r"<details><summary>\1</summary>", html()),
    "nav": html().replace("<h2>Baidu", "<nav><a href=#b>Baidu</a> We used JAX.</nav><h2>Baidu"),
    "footer": html().replace("</body>", "<footer>We used JAX.</footer></body>"),
    "aside": html().replace("<h2>Graph", "<aside>We used JAX.</aside><h2>Graph"),
    "cookie": html().replace("<h2>Baidu", '<div class="cookie" role="dialog">We use cookies.</div><h2>Baidu'),
    "base64": html().replace("<h2>Graph", '<img src="data:image/png;base64,' + "A" * 3000 + '"><h2>Graph'),
    "meta http-equiv": (
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'
        + html(put("16.6 min", "16.6\xa0min"))
    ).encode("cp1252"),
    "gbk": ('<meta charset="gbk">' + html()).encode("gbk"),
    "shift": ('<meta charset="shift_jis">' + html()).encode("shift_jis"),
    "xml": '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://x">'
    + html()[15:],
    "doctype entity": '<!DOCTYPE html [<!ENTITY x "We used JAX.">]>'
    + html(put("The framework", "&x; The framework"))[15:],
    "upper": re.sub(r"<(/?)(h2|p|h1|body|html)", lambda m: "<" + m[1] + m[2].upper(), html()),
    "attr gt": html().replace("<p>", "<p data-x=\"a>b\" title='c>d'>"),
    "stray lt": html(put("The framework that", "The (a < b) framework that")),
    "amp": html(put("16.6", "16&period;6", "2.67", "2&#x2e;67")),
    "written twice": html(
        put("A100 80GB", "A100&amp;trade;&amp;nbsp;80GB", "16.6 min", "16.6&amp;nbsp;min", "Paddle", "Pad&amp;shy;dle")
    ),
    "h2 link aria": re.sub("<h2>(.*?)</h2>", r'<h2>\1 <a href="#top" aria-hidden="true">back to top</a></h2>', html()),
    "deep": html().replace("<p>", "<div>" * 2000 + "<p>", 1),
    "pre": re.sub("<p>(.*?)</p>", r"<pre>\1</pre>", html()),
    "br br": re.sub("<p>(.*?)</p>", r"\1<br><br>", html()),
    "data value": html(put("16.6 min", '<data value="3">16.6</data> min', "2.67", '<time datetime="3">2.67</time>')),
    "ins del": html(
        put(
            "16.6 min",
            "<del>17.2</del> <ins>16.6</ins> min",
            "2.67 min",
            "<del>3</del>2.67 min",
            "10.64 min",
            "10.64<del>5</del> min",
        )
    ),
    "s num": html(put("16.6 min", "16.6<s>5</s> min")),
    "q": html(
        put("PaddlePaddle", "<q>PaddlePaddle</q>", "TensorFlow", "<code>TensorFlow</code>", "MXNet", "<kbd>MXNet</kbd>")
    ),
    "sub": html(put("ResNet-50 in 2", "ResNet<sub>-50</sub> in 2")),
}
