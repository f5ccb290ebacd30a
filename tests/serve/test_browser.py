"""The pages in Chromium: what a visitor does, without an error and without a request to anywhere else."""

import re
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright


@pytest.fixture(scope="module")
def browser():
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is not installed; on Debian: apt-get install chromium")
    with sync_playwright() as p:
        running = p.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


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
    assert "Baidu" in page.locator("main").inner_text()
    quote = page.locator("blockquote").first
    assert quote.is_visible()
    page.locator(".evidence a").first.click()
    page.wait_for_url("**/sources/**")
    assert page.locator(":target").count() == 1


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
    assert re.search(r"\b\d+ rows", page.locator("main").inner_text())


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
    assert "mlp:minutes" in area.input_value()


def test_the_editor_shows_an_error_with_its_place(page):
    page.goto("/editor")
    page.locator("#text").fill("SELECT * { ?s ?p }")
    with page.expect_response("**/sparql") as reply:
        page.locator("#text").press("Control+Enter")
    assert reply.value.status == 400
    expect(page.locator("#state")).to_have_text(re.compile("^line 1"))


def test_the_explorer_opens_evidence_and_expands(page):
    page.goto("/explore?about=Samsung")
    page.locator(".node").filter(has_text="BERT").first.click()
    panel = page.locator("#panel")
    assert panel.locator("blockquote").count() > 0
    panel.get_by_role("link", name="Expand around it").click()
    assert "Around BERT" in page.locator("h1").inner_text()
    page.locator("#find").fill("Baidu")
    page.locator(".node.found").first.wait_for()


def test_claims_are_filtered_and_opened(page):
    page.goto("/claims")
    page.get_by_label("Organization").select_option("MosaicML")
    page.get_by_label("Verdict").select_option("understated")
    page.get_by_role("button", name="Show").click()
    claim = page.locator(".claim")
    assert claim.count() == 1
    claim.locator("summary").click()
    assert "4.646" in claim.inner_text()


def test_a_narrow_screen_does_not_scroll_sideways(page):
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ("/", "/queries", "/queries/fastest", "/ask?q=who+submitted+BERT", "/sources", "/claims", "/editor"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_the_keyboard_reaches_everything(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    for image in page.locator("svg, img").all():
        assert image.get_attribute("aria-label") or image.get_attribute("aria-hidden")
