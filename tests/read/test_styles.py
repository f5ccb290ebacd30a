"""What styles hide of a page is what a browser hides; a selector that is not understood hides nothing."""

import re

import pytest

from kg.read.html import read_html

INERT = {
    "in a page for no scripts": "<noscript><style>p{display:none}</style></noscript><p>seen</p>",
    "in a template": "<template><template></template><style>p{display:none}</style></template><p>seen</p>",
    "in a comment": "<!--[if IE]><style>p{display:none}</style><![endif]--><p>seen</p>",
    "between comments": "<!--[if !IE]><!--><style>p{display:none}</style><!--<![endif]--><p>gone</p>",
    "in a script": '<script>a="<style>p{display:none}</s>"</script><p>seen</p>',
    "in a field": "<textarea><style>p{display:none}</style></textarea><p>seen</p>",
    "for print": '<style media="print">p{display:none}</style><p>seen</p>',
    "for print and the screen": '<style media="print, screen">p{display:none}</style><p>gone</p>',
    "for wide screens": '<style media="screen and (min-width: 100px)">p{display:none}</style><p>gone</p>',
    "for both": "<style>@media print, screen{p{display:none}}</style><p>gone</p>",
}
DECLARED = {
    "a nought without its digit": '<p style="opacity:.0">gone</p><p style="opacity:0.">gone</p><p style="opacity:.05">seen</p>',
    "colours without cover": '<p style="color:rgba(0,0,0,.0)">gone</p><p style="color:#0000">gone</p>'
    '<p style="color:hsla(0,0%,0%,0)">gone</p><p style="color:rgb(0 0 0 / .0)">gone</p><p style="color:rgb(0,0,0)">seen</p>',
    "the short form": '<p style="font:0/0 a">gone</p><p style="font: bold 0px/1 serif">gone</p><p style="font:400 9px/0 a">seen</p>',
    "an attribute that a sheet overrules": "<style>[hidden]{display:block}</style><p hidden>seen</p>",
    "an attribute that a style overrules": '<p hidden style="display:block">seen</p>',
    "an attribute": "<p hidden>gone</p>",
    "an attribute that weighs more": "<style>p{display:block}[hidden]{display:none!important}</style><p hidden>gone</p>",
    "a row": "<style>.c{visibility:collapse}td{visibility:visible}</style><table><tr class=c><td>gone<td>gone</tr>"
    "<tr><td>seen<td>seen</tr></table>",
    "in what is not visible": '<p style="visibility:collapse">gone <b style="visibility:visible">seen</b></p>',
    "all, until a script shows it": "<style>body:not(.ready){opacity:0;visibility:hidden}</style><p>seen</p>",
}
SELECTED = {
    "not a class": "<style>p:not(.x){display:none}</style><p>gone</p><p class=x>seen</p>",
    "nothing but not": "<style>:not(.x){visibility:hidden} .x{visibility:visible}</style><p>gone</p><p class=x>seen</p>",
    "not of several": "<style>p:not( .x , .y ):not([lang]){display:none}</style><p>gone</p><p class=x>seen</p>"
    "<p class=y>seen</p><p lang=en>seen</p>",
    "not around": "<style>div:not(.x) > p{display:none}</style><div><p>gone</p></div><div class=x><p>seen</p></div>",
    "not of a path": "<style>p:not(div .x){display:none}</style><p>seen</p>",
    "a sign in a name": "<style>.a\\:b, .w-0\\.5{display:none}</style><p class='x a:b'>gone</p>"
    "<p class=w-0.5>gone</p><p class=a>seen</p>",
    "the first": "<style>p{display:none}p:first-child{display:block}</style><p>seen</p>",
    "hides the first": "<style>p:first-child, p:nth-of-type(2n + 1){display:none}</style><p>seen</p>",
    "behind another": "<style>p{display:none}h2 + p{display:block}</style><h2>A</h2><p>seen</p>",
    "under the pointer": "<style>p{display:none}p:hover{display:block}</style><p>gone</p>",
}


@pytest.mark.parametrize(
    "page", [*INERT.values(), *DECLARED.values(), *SELECTED.values()], ids=[*INERT, *DECLARED, *SELECTED]
)
def test_what_a_browser_shows_is_read_and_nothing_else(page):
    text = read_html(f"<html><body><main>{page}</main></body></html>".encode(), "a.html").text
    assert re.findall("seen|gone", text) == re.findall("seen", page)
