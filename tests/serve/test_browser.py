"""The pages in Chromium: what a visitor does, without an error and without a request to anywhere else."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture(params=["light", "dark"])
def page(browser, server, request):
    context = browser.new_context(base_url=server, color_scheme=request.param)
    page = context.new_page()
    problems, elsewhere = [], []
    page.on("console", lambda m: problems.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: problems.append(str(e)))
    page.on("request", lambda r: None if r.url.startswith((server, "data:")) else elsewhere.append(r.url))
    yield page
    context.close()
    said = [p for p in problems if "status of 400" not in p]  # what the browser says of a refused query
    assert (said, elsewhere) == ([], [])


def test_a_question_is_typed_and_answered(page):
    page.goto("/")
    page.get_by_label("Question").fill("Who says they submitted on A100 80GB with PyTorch?")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("main")).to_contain_text("Baidu")
    expect(page.locator("blockquote").first).to_be_visible()
    page.locator("blockquote + p a").first.click()
    page.wait_for_url("**/sources/**")
    expect(page.locator(":target")).to_have_count(1)


def test_a_form_completes(page):
    page.goto("/queries/results")
    field = page.locator("input[name=accelerator]")
    field.click()
    field.press_sequentially("gaudi")
    page.locator("#names-accelerator option[value='Gaudi2']").wait_for(state="attached")
    names = page.locator("#names-accelerator option").evaluate_all("all => all.map(o => o.value)")
    assert "Gaudi2" in names
    field.fill("Gaudi2")
    page.get_by_role("button", name="Answer").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"\b\d+ rows"))


def test_the_editor_runs_an_example_and_completes(page):
    page.goto("/editor")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#answer tbody tr")).to_have_count(20)
    page.locator("#example").select_option("records")
    expect(page.locator("#text")).to_have_value(re.compile("mlp:Record"))
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#state")).to_have_text(re.compile("^14 rows"))
    area = page.locator("#text")
    area.fill("SELECT * { ?s mlp:minut")
    area.press("End")
    area.press_sequentially("e")
    page.locator("#suggestions li").filter(has_text="mlp:minutes").first.wait_for()
    area.press("Enter")
    expect(area).to_have_value(re.compile("mlp:minutes"))
    area.fill("SELECT * { ?s ?p ")
    area.press("End")
    area.press_sequentially("gaudi2")
    page.locator("#suggestions li").filter(has_text="Gaudi2").first.click()
    expect(area).to_have_value(re.compile("id/accelerator/"))


def test_the_editor_colours_and_marks_the_place_of_an_error(page):
    page.goto("/editor")
    area = page.locator("#text")
    area.fill("SELECT * {\n  ?s ex:p ?o }")
    expect(page.locator("#coloured .t-keyword")).to_have_text("SELECT")
    assert page.locator("#coloured").evaluate("node => node.textContent") == area.input_value() + "\n"
    with page.expect_response("**/sparql") as reply:
        area.press("Control+Enter")
    assert reply.value.status == 400
    expect(page.locator("#state")).to_have_text(re.compile("^line 2, column 6: the prefix ex: is not declared"))
    expect(page.locator("#coloured .fault")).to_have_text("ex:p")


def test_the_editor_shows_labels_a_chart_and_a_graph_and_remembers(page):
    page.goto("/editor")
    text = "SELECT ?o ?b ?m { ?r mlp:submitter ?o ; mlp:benchmark ?b ; mlp:minutes ?m } ORDER BY ?m LIMIT 9"
    page.locator("#text").fill(text)
    page.get_by_role("button", name="Run").click()
    answer = page.locator("#answer")
    expect(answer.locator("td a").first).to_have_text(re.compile("^[A-Z]"))
    answer.get_by_role("button", name="Chart").click()
    expect(answer.locator("svg rect")).to_have_count(9)
    answer.get_by_role("button", name="Graph").click()
    expect(answer.locator(".node").nth(1)).to_be_attached()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "answer.csv"
    page.reload()
    page.get_by_label("Earlier").select_option(index=1)
    expect(page.locator("#text")).to_have_value(text)


def test_a_constructed_graph_is_shown(page):
    page.goto("/editor")
    page.locator("#text").fill("CONSTRUCT { ?s rdfs:label ?l ; a ?t } WHERE { ?s a mlp:Division, ?t ; rdfs:label ?l }")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#state")).to_have_text(re.compile("triples"))
    expect(page.locator("#answer")).to_contain_text("Closed")


def test_the_editor_works_without_scripts(browser, server):
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/editor")
    page.get_by_role("button", name="Run").click()
    expect(page.locator(".rows tbody")).to_have_count(20)
    assert "/id/organization/" in page.locator(".rows a").first.get_attribute("href")
    page.goto("/editor")
    page.locator("#text").fill("SELECT * { ?s ex:p ?o }")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("main")).to_contain_text("the prefix ex: is not declared")
    context.close()


def test_the_explorer_shows_evidence_and_grows_in_place(page):
    page.goto("/explore?about=Samsung&record=yes")
    before = page.locator(".node").count()
    assert page.locator(".edge.hidden").count() == 0
    page.locator(".node").filter(has_text="BERT").first.click()
    panel = page.locator("#panel")
    expect(panel.locator("blockquote").first).to_be_visible()
    results = panel.get_by_role("link", name="official results")
    with page.context.expect_page() as opened:
        results.click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_load_state()
    assert opened.value.locator(".rows tbody").count() == int(results.inner_text().split()[0])
    opened.value.close()
    panel.get_by_role("button", name="Add its neighbours").click()
    expect(page.locator("#state")).to_have_text(re.compile("things more"))
    assert page.locator(".node").count() > before
    boxes = page.locator(".node").evaluate_all(
        "all => all.map(g => { const b = g.getBBox(), m = g.transform.baseVal[0].matrix; return [m.e, m.f, b.width]; })"
    )
    for at, (x, y, w) in enumerate(boxes):
        assert all(x + w <= a or a + v <= x or abs(y - b) >= 20 for a, b, v in boxes[:at])
    page.locator("#find").fill("Baidu")
    page.locator(".node.found").first.wait_for()


def test_the_explorer_pins_what_is_dragged_and_saves(page, tmp_path):
    page.goto("/explore?about=Samsung")
    node = page.locator(".node").filter(has_text="PyTorch").first
    before, box = node.get_attribute("transform"), node.bounding_box()
    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 50, steps=3)
    page.mouse.up()
    moved = node.get_attribute("transform")
    assert moved != before
    page.get_by_role("button", name="Arrange").click()
    assert node.get_attribute("transform") == moved
    for name, start in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        file = tmp_path / name
        download.value.save_as(file)
        assert file.read_bytes().startswith(start)
    page.get_by_role("checkbox", name="framework").uncheck()
    expect(node).to_be_hidden()


def test_claims_are_filtered_and_opened(page):
    page.goto("/claims")
    page.get_by_label("Organization").select_option("MosaicML")
    page.get_by_label("Verdict").select_option("understated")
    page.get_by_role("button", name="Show").click()
    claim = page.locator(".claim")
    expect(claim).to_have_count(1)
    claim.locator("summary").click()
    expect(claim).to_contain_text("4.646")


def test_a_narrow_screen_does_not_scroll_sideways(page):
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ("/", "/queries", "/queries/fastest", "/ask?q=who+submitted+BERT", "/sources", "/claims", "/editor"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_the_keyboard_reaches_everything(page):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))
    for image in page.locator("svg, img").all():
        assert image.get_attribute("aria-label") or image.get_attribute("aria-hidden")
