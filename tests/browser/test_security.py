"""What the server sends with every answer, whom it lets in, and that the policy is kept on every page."""
from __future__ import annotations

import http.client
import socket

import pytest
from hands import Tab
from playwright.sync_api import expect

from asgi_app import HEADERS
from pages.ui.navigation import PAGES

FONT = "/app/static/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
ANSWERS = {"/": 200, "/walk": 200, "/pathways?node=x": 200, "/_stcore/health": 200, "/_stcore/host-config": 200,
           "/ready": 200, FONT: 200, "/app/static/no_such_file.woff2": 404, "/app/static/../asgi_app.py": 400,
           "/walk/_stcore/health": 404,
           "/component/no.such/part.js": 404, "/media/no_such_file.pdf": 404, "/app/static/fonts": 404}
SHAKE = ("GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{origin}"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
NOTED = """window.against = [];
const note = (e) => window.against.push(`${e.violatedDirective} ${e.blockedURI}`);
document.addEventListener('securitypolicyviolation', note);"""


def asked(server, method: str, path: str, **headers: str) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    line.request(method, path, headers=headers)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer


def shaken(server, origin: str | None, host: str = "") -> str:
    """The head of the answer to a websocket's handshake."""
    said = "" if origin is None else f"Origin: {origin}\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(SHAKE.format(host=host or f"127.0.0.1:{server.port}", origin=said).encode())
        return line.recv(8_000).decode("latin-1").partition("\r\n\r\n")[0]


@pytest.fixture
def ready(open_tab):
    """Once a page was shown, sessions may begin."""
    open_tab("/")


@pytest.mark.parametrize("path", ANSWERS)
def test_every_kind_of_answer_carries_all_headers(server, ready, path):
    answer = asked(server, "GET", path)
    assert answer.status == ANSWERS[path]
    for name, value in HEADERS.items():
        assert answer.headers.get_all(name) == [value]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_answer_to_another_method_carries_the_headers_and_changes_nothing(server, method):
    answer = asked(server, method, "/walk", Origin="https://elsewhere.example")
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]
    assert answer.headers["access-control-allow-origin"] is None


def test_policy_lets_no_script_inside_a_page_run_and_nothing_come_from_elsewhere():
    policy = dict(part.split(" ", 1) for part in HEADERS["content-security-policy"].split("; "))
    assert "unsafe-inline" not in policy["script-src"] and "'unsafe-eval'" not in policy["script-src"]
    assert policy["default-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == "'none'"
    assert "http" not in HEADERS["content-security-policy"] and "*" not in HEADERS["content-security-policy"]


# who may connect ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "", "http://localhost:{port}", "https://[::1",
                                    "http://127.0.0.1", "http://127.0.0.1:{port}.elsewhere.example", "file://",
                                    "http://127.0.0.1:{port}@elsewhere.example"])
def test_websocket_of_a_page_of_another_origin_is_refused_with_the_headers(server, ready, origin):
    head = shaken(server, origin.format(port=server.port)).lower()
    assert head.startswith("http/1.1 403")
    for name, value in HEADERS.items():
        assert f"\r\n{name}: {value.lower()}" in head
    assert "external ip" not in server.said().lower()         # nobody outside was asked who we are


def test_websocket_of_the_own_page_and_of_a_program_is_let_in(server, ready):
    for origin in (server.base, None):
        assert shaken(server, origin).startswith("HTTP/1.1 101")
    assert shaken(server, "https://explorer.example", host="explorer.example").startswith("HTTP/1.1 101")


# in a browser ---------------------------------------------------------------------------------------------------------
def test_policy_is_kept_on_every_page_with_its_charts_drawn(open_tab):
    tab: Tab = open_tab(None)
    tab.page.add_init_script(NOTED)
    tab.go("/")
    charts = 0
    for info in PAGES[1:]:
        tab.turn_to(info.title, info.heading)
        if info.name in ("genetics", "outcomes"):
            expect(tab.page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
            charts += 1
    assert charts == 2
    assert tab.page.evaluate("window.against") == []


def test_script_that_got_into_a_page_does_not_run(open_tab):
    tab = open_tab(None)
    tab.page.add_init_script(NOTED)
    tab.go("/walk")
    tab.page.evaluate("""() => {
      const made = document.createElement('div');
      made.innerHTML = '<img src="data:," onerror="ran = 1"><button id="bad" onclick="ran = 2">x</button>';
      document.body.append(made);
      const script = document.createElement('script');
      script.textContent = 'window.ran = 3';
      document.body.append(script);
      document.getElementById('bad').click();
    }""")
    tab.until("window.against.length > 2")
    assert tab.page.evaluate("window.ran") is None
    tab.complaints.clear()                                    # here they were what was wanted
