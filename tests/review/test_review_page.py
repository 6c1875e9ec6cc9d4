"""The review page in a browser, through the real server."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Error, Page, expect, sync_playwright
from reviewing import NOTE, TEXT, at, make

from pipeline.edition import Edition
from pipeline.model import Decision, Span, read_rows
from pipeline.review import queue, serve
from pipeline.review.decisions import read_decisions
from pipeline.review.rows import Flag

BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


class Served:
    """A review server in a process of its own."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        command = [sys.executable, "-m", "pipeline.cli", "review", edition.id, "--root", str(edition.root)]
        self.process = subprocess.Popen([*command, "--no-browser"], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", self.process.stdout.readline())
        assert found
        self.address = found.group()
        self.host = urlsplit(self.address).netloc
        self.token = self.address.partition("token=")[2]

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> http.client.HTTPResponse:
        """Ask as a program, with the cookie unless another is given."""
        connection = http.client.HTTPConnection(self.host, timeout=10)
        port = self.host.partition(":")[2]
        given = {"Cookie": f"recensio-{port}={self.token}", **headers}
        connection.request(method, path, body or None, {name: value for name, value in given.items() if value})
        return connection.getresponse()

    def decisions(self) -> list[Decision]:
        return read_decisions(self.edition.decisions)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next((each for each in BROWSERS if Path(each).exists()), shutil.which("chromium"))
    if not path:
        pytest.skip("no Chromium on this machine; make setup installs it")
    with sync_playwright() as playwright:
        try:
            launched = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox"] if os.getuid() == 0 else []
            )
        except Error as error:
            pytest.skip(f"Chromium does not start here: {error.message.splitlines()[0]}")
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def one_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(make(tmp_path_factory.mktemp("one root"), existing={"sient": "silent"})) as server:
        yield server


@pytest.fixture
def served(one_server: Served) -> Served:
    """The edition with nothing decided."""
    one_server.edition.decisions.unlink(missing_ok=True)
    return one_server


@contextmanager
def serving(edition: Edition) -> Iterator[Served]:
    queue(edition)
    server = Served(edition)
    try:
        yield server
    finally:
        server.process.terminate()
        server.process.wait(timeout=5)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 800})
    made.set_default_timeout(5000)
    yield made
    made.close()


def opened(context: BrowserContext, served: Served, path: str = "") -> Page:
    page = context.new_page()
    page.goto(served.address)
    if path:
        page.goto(f"http://{served.host}{path}")
    return page


def flag(served: Served, category: str) -> Flag:
    rows = read_rows(served.edition.work / "review.jsonl", Flag)
    return next(row for row in rows if row.category == category)


def test_the_address_answers_as_soon_as_it_is_told(tmp_path: Path) -> None:
    edition = make(tmp_path)
    queue(edition)
    told: list[str] = []

    def connect(line: str) -> None:
        told.append(line)
        port = re.search(r":(\d+)/", line)
        assert port
        socket.create_connection(("127.0.0.1", int(port[1])), timeout=5).close()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        serve(edition, 0, False, connect)
    assert len(told) == 1


def test_deciding_by_mouse(served: Served, context: BrowserContext) -> None:
    page = opened(context, served)
    expect(page.get_by_role("heading", level=1)).to_have_text("Foreign passage")
    expect(page.locator(".reading mark")).to_have_text("je suis ici")
    expect(page.get_by_role("img", name=re.compile("Cut of the scan"))).to_be_visible()
    page.get_by_role("button", name="It is right").click()
    expect(page.get_by_role("status")).to_have_text("Accepted “je suis ici”.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Witnesses differ")
    page.get_by_role("button", name="It reads “silent”").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Place of a note")
    expect(page.locator(".note")).to_contain_text(NOTE)
    page.get_by_label("It stands right after the words").fill("kept the letter.")
    page.get_by_role("button", name="Move it there").click()
    expect(page.get_by_role("status")).to_have_text("Placed note n1.1.")
    page.get_by_label("Why it is unclear").select_option("faded")
    page.get_by_role("button", name="It is unclear").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is left to look at")
    expect(page.get_by_label("4 of 4 decided")).to_be_visible()
    assert [(each.exact, each.decision, each.value) for each in served.decisions()] == [
        ("je suis ici", "accept", ""),
        ("sient", "text", "silent"),
        ("", "place", "n1.1"),
        ("sient", "unclear", "faded"),
    ]


def test_deciding_by_keyboard_and_undoing(served: Served, context: BrowserContext) -> None:
    page = opened(context, served)
    page.keyboard.press("s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Witnesses differ")
    page.keyboard.press("k")
    expect(page.get_by_role("heading", level=1)).to_have_text("Foreign passage")
    page.keyboard.press("l")
    page.keyboard.type("fr")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("“je suis ici” is in fr.")
    page.keyboard.press("e")
    page.keyboard.type("silent and still")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("“sient” reads “silent and still”.")
    page.keyboard.press("z")
    expect(page.get_by_role("status")).to_have_text("Undone.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Witnesses differ")
    page.keyboard.press("t")
    expect(page.get_by_role("status")).to_have_text("“sient” reads “silent”.")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_have_text("Placed note n1.1.")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    assert [each.value for each in served.decisions()] == ["fr", "silent", "n1.1"]


def test_single_keys_can_be_switched_off(served: Served, context: BrowserContext) -> None:
    page = opened(context, served)
    page.get_by_role("button", name="Keys").click()
    page.get_by_label(re.compile("single keys work")).uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("a")
    page.wait_for_timeout(100)
    assert served.decisions() == []


def test_a_reload_shows_what_was_decided_and_opens_it_again(served: Served, context: BrowserContext) -> None:
    path = f"/flags/{flag(served, 'rv-foreign').id}"
    page = opened(context, served)
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("Accepted")
    page.goto(f"http://{served.host}{path}?state=all")
    page.reload()
    expect(page.locator(".decided")).to_contain_text("Accepted as it is")
    expect(page.locator(".queue [aria-current]").get_by_role("img", name="decided")).to_be_visible()
    page.get_by_role("button", name="Open again").click()
    expect(page.locator(".decided")).to_have_count(0)
    assert served.decisions() == []


def test_a_part_of_a_passage_is_decided_by_selecting_it(served: Served, context: BrowserContext) -> None:
    page = opened(context, served)
    page.evaluate(
        "() => { const node = document.querySelector('.reading mark').firstChild;"
        "const range = document.createRange(); range.setStart(node, 8); range.setEnd(node, 11);"
        "const all = getSelection(); all.removeAllRanges(); all.addRange(range); }"
    )
    expect(page.get_by_label("The words")).to_have_value("ici")
    page.get_by_label("Language", exact=True).last.fill("fr")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("“ici” is in fr.")
    (decision,) = served.decisions()
    assert (decision.exact, decision.prefix[-8:]) == ("ici", "je suis ")


def test_what_cannot_be_decided_is_said_and_what_was_typed_stays(served: Served, context: BrowserContext) -> None:
    page = opened(context, served)
    page.get_by_label("Language", exact=True).last.fill("French!")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("'French!' is no language tag")
    expect(page.get_by_label("Language", exact=True).last).to_have_value("French!")
    page.get_by_label("The words").fill("nowhere to be found")
    page.get_by_label("Language", exact=True).last.fill("fr")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("do not stand in this passage")
    assert served.decisions() == []


def test_two_windows_do_not_overwrite_each_other(served: Served, context: BrowserContext) -> None:
    path = f"/flags/{flag(served, 'rv-foreign').id}"
    one, two = opened(context, served, path), opened(context, served, path)
    one.get_by_role("button", name="It is right").click()
    expect(one.get_by_role("status")).to_contain_text("Accepted")
    with two.expect_response(re.compile("/decide")) as answered:
        two.get_by_label("New text").fill("je suis là")
        two.get_by_role("button", name="It reads so").click()
    assert answered.value.status == 409
    expect(two.get_by_role("alert")).to_contain_text("decided in another window")
    expect(two.locator(".decided")).to_contain_text("Accepted as it is")
    assert [each.decision for each in served.decisions()] == ["accept"]
    three = opened(context, served)
    one.keyboard.press("a")
    expect(one.get_by_role("status")).to_contain_text("Accepted “sient”")
    with three.expect_response(re.compile("/undo")) as answered:
        three.keyboard.press("z")
    assert answered.value.status == 409
    expect(three.get_by_role("alert")).to_contain_text("Nothing was changed")
    assert len(served.decisions()) == 2


def test_a_decision_made_in_the_file_meanwhile_is_kept(served: Served, context: BrowserContext) -> None:
    page = opened(context, served, f"/flags/{flag(served, 'rv-foreign').id}")
    row = flag(served, "rv-witnesses")
    served.edition.decisions.write_text(
        f'- flag: rv-witnesses\n  text: body\n  prefix: "{row.prefix}"\n  exact: sient\n'
        f'  suffix: "{row.suffix}"\n  decision: accept\n',
        encoding="utf-8",
    )
    page.get_by_role("button", name="It is right").click()
    expect(page.get_by_label("2 of 4 decided")).to_be_visible()
    assert [each.flag for each in served.decisions()] == ["rv-foreign", "rv-witnesses"]


def test_all_that_are_alike_are_decided_at_once_and_undone_at_once(served: Served, context: BrowserContext) -> None:
    page = opened(context, served, f"/flags/{flag(served, 'rv-witnesses').id}")
    page.keyboard.press("g")
    page.keyboard.press("t")
    expect(page.get_by_role("status")).to_have_text("“sient” reads “silent” and 1 alike.")
    assert [each.value for each in served.decisions()] == ["silent", "silent"]
    page.keyboard.press("z")
    expect(page.get_by_role("status")).to_have_text("Undone.")
    assert served.decisions() == []


def test_flags_are_chosen_by_kind_page_language_and_state(served: Served, context: BrowserContext) -> None:
    page = opened(context, served)
    page.get_by_label("Kind").select_option("rv-witnesses")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".queue li")).to_have_count(2)
    page.keyboard.press("a")
    expect(page.locator(".queue li")).to_have_count(1)
    page.get_by_label("State").select_option("all")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".queue li")).to_have_count(2)
    page.goto(f"http://{served.host}/?language=es")
    expect(page.locator(".queue li")).to_have_count(1)
    page.goto(f"http://{served.host}/?page=p0009")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is left to look at")


def test_what_the_text_holds_is_shown_and_not_run(context: BrowserContext, tmp_path: Path) -> None:
    text = TEXT.replace("pilots", "<img/src=x/onerror=alert(1)>").replace("Lind", '"><script>alert(2)</script>')
    asked = at(
        "<img/src=x/onerror=alert(1)>", "flag", text, category="rv-name", note="<i>Whose</i> name?", suggestion="&"
    )
    said: list[str] = []

    def refuse(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    with serving(make(tmp_path, text, layers={"languages": [asked]})) as served:
        page = context.new_page()
        page.on("dialog", refuse)
        page.goto(served.address)
        expect(page.locator(".reading")).to_contain_text("<script>alert(2)</script>")
        expect(page.locator(".evidence")).to_have_text("<i>Whose</i> name?")
        page.get_by_label("They name").select_option(label="a place")
        page.get_by_role("button", name="Set the name").click()
        expect(page.get_by_role("status")).to_contain_text("names a place.")
        page.goto(f"http://{served.host}/?state=all")
        page.get_by_label("New text").fill("<b>bold</b>")
        page.get_by_role("button", name="It reads so").click()
        expect(page.get_by_role("status")).to_contain_text("<b>bold</b>")
    assert said == []


def test_without_scans_the_text_alone_is_shown(context: BrowserContext, tmp_path: Path) -> None:
    with serving(make(tmp_path, scans=False)) as served:
        page = opened(context, served)
        expect(page.locator(".reading mark")).to_have_text("je suis ici")
        expect(page.locator("svg")).to_have_count(0)
        expect(page.locator("aside")).to_have_count(0)


def test_nothing_is_asked_of_other_servers_and_nothing_is_refused_by_the_policy(
    served: Served, context: BrowserContext
) -> None:
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(served.address)
    page.wait_for_load_state("networkidle")
    assert {urlsplit(url).netloc for url in asked} == {served.host}
    assert any("/images/p0001" in url for url in asked)
    assert said == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 400),
        ({"Cookie": ""}, 403),
        ({"Cookie": "recensio-{port}=wrong"}, 403),
        ({"Cookie": "recensio-{port}=é"}, 403),
    ],
)
def test_others_are_refused(served: Served, headers: dict[str, str], status: int) -> None:
    row = flag(served, "rv-foreign")
    port = served.host.partition(":")[2]
    good = {"Origin": f"http://{served.host}", "Content-Type": "application/x-www-form-urlencoded"}
    given = {name: value.format(port=port) for name, value in headers.items()}
    body = urlencode({"decision": "accept", "version": "x"})
    assert served.ask(f"/flags/{row.id}/decide", "POST", body, **{**good, **given}).status == status
    assert served.decisions() == []


def test_a_wrong_token_is_refused_and_the_right_one_leaves_the_address(served: Served) -> None:
    assert served.ask("/?token=wrong", Cookie="").status == 403
    answer = served.ask(f"/?token={served.token}", Cookie="")
    assert (answer.status, answer.getheader("location")) == (303, "/")
    cookie = answer.getheader("set-cookie") or ""
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie
    policy = served.ask("/").getheader("content-security-policy") or ""
    assert "default-src 'none'" in policy and "unsafe" not in policy


@pytest.mark.parametrize("path", ["/images/../review.jsonl", "/images/p9999", "/static/../server.py", "/flags/rv-0"])
def test_nothing_else_is_given_out(served: Served, path: str) -> None:
    assert served.ask(path).status == 404


def test_two_thousand_flags_and_still_quick(context: BrowserContext, tmp_path: Path) -> None:
    count = 2000
    text = " ".join(f"In the year {n} the pilot wrote sient{n % 40} to the harbour again." for n in range(count))
    spans, start = [], 0
    for n in range(count):
        start = text.index("sient", start + 1)
        end = start + len(f"sient{n % 40}")
        attributes = {"category": "rv-foreign", "note": "Which language?", "lang": "es"}
        spans.append(Span("body", start, end, "flag", attributes, 0.8, ""))
    layers = {"languages": spans, "notes": [at("In", "note", text, note="n1.1", n="1")]}
    with serving(make(tmp_path, text, layers=layers)) as served:
        page = opened(context, served)
        page.keyboard.press("g")
        page.keyboard.press("a")
        expect(page.get_by_label("50 of 2000 decided")).to_be_visible()
        rows = list(read_rows(served.edition.work / "review.jsonl", Flag))
        taken = sorted(seconds for row in rows[1:9] for seconds in _seconds(served, row))
    assert taken[len(taken) // 2] < 0.2


def _seconds(served: Served, row: Flag) -> Iterator[float]:
    """How long it takes to show a flag, and to decide it."""
    began = time.perf_counter()
    shown = served.ask(f"/flags/{row.id}").read().decode()
    yield time.perf_counter() - began
    version = re.search(r'name="version" value="(\w+)"', shown)
    assert version
    headers = {"Origin": f"http://{served.host}", "Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode({"decision": "language", "language": "fr", "version": version[1]})
    began = time.perf_counter()
    assert served.ask(f"/flags/{row.id}/decide", "POST", body, **headers).status == 303
    yield time.perf_counter() - began


def test_everything_has_a_name_and_landmarks_lead_to_it(served: Served, context: BrowserContext) -> None:
    for page in (opened(context, served), opened(context, served, f"/flags/{flag(served, 'rv-note-anchor').id}")):
        for role, name in (("banner", ""), ("navigation", "Flags"), ("main", ""), ("complementary", "The whole page")):
            expect(page.get_by_role(role, name=name or None)).to_have_count(1)  # type: ignore[arg-type]
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, a')]
            .filter(e => e.getAttribute('aria-hidden') !== 'true')
            .filter(e => !(e.textContent.trim() || e.labels?.length || e.getAttribute('aria-label')))
            .map(e => e.outerHTML)"""
        )
        assert nameless == []
        levels = page.locator("h1, h2").evaluate_all("all => all.map(each => each.tagName)")
        assert levels[0] == "H1" and levels.count("H1") == 1
        assert page.locator("html").get_attribute("lang") == "en"


def test_the_order_of_focus_is_that_of_the_page(served: Served, context: BrowserContext) -> None:
    page = opened(context, served)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Tab")
    seen = []
    for _ in range(10):
        seen.append(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", seen[-1]
        page.keyboard.press("Tab")
    wanted = ["Skip S", "It is right A", "It is unclear U", "words", "language", "Set", "new", "It reads so"]
    assert [each for each in seen if each in wanted] == wanted


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough_in_light_and_dark(served: Served, browser: Browser, scheme: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text; 1.4.11: 3 to 1 for the borders of fields."""
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = opened(context, served, f"/flags/{flag(served, 'rv-witnesses').id}")
    page.keyboard.press("?")
    found = page.evaluate(_CONTRASTS)
    context.close()
    assert len(found) > 60
    assert [each for each in found if each[0] < each[1]] == []


_CONTRASTS = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length < 4 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const e of document.querySelectorAll('body *')) {
    if (e.closest('svg, datalist, .default, .skip, .hidden') || !e.getClientRects().length) continue;
    const style = getComputedStyle(e);
    const text = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (text || e.matches('input, select'))
      found.push([ratio(parse(style.color), ground(e)), 4.5, e.outerHTML.slice(0, 90)]);
    if (e.matches('input:not([type=checkbox]), select'))
      found.push([ratio(parse(style.borderTopColor), ground(e.parentElement)), 3, 'border ' + e.id]);
  }
  return found;
}"""
