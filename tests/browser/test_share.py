"""Taking a walk along: note, case code and PDF come out of the tab, and nothing of them stays behind."""
from __future__ import annotations

import re
from pathlib import Path

from hands import Tab, route_of
from playwright.sync_api import expect
from test_privacy import ROOT, SENTINELS, STORED, files_since

from pages.ui.case_code import LONGEST, NEWER, TOO_LONG, UNREADABLE
from pages.ui.note import note
from pathways.load import guideline

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
CHILD = {"situation": "first_relapse", "age_now_years": "7.77 years", "lineage": "B-ALL",
         "months_to_relapse": "20 months", "relapse_marrow_involved": "present"}
PAGE = "PEDALL-9"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"


def enter(tab: Tab, child: dict) -> Tab:
    for key, value in child.items():
        tab.answer(key, value)
    return tab


def status(tab: Tab):
    return tab.page.locator(".share [role=status]")


def press(tab: Tab, name: str) -> None:
    with tab.rerun():
        tab.page.get_by_role("button", name=name, exact=True).click()


def pasted(tab: Tab) -> str:
    return tab.page.evaluate("navigator.clipboard.readText()")


def open_code(tab: Tab, code: str) -> None:
    fold = tab.page.locator("details[data-keep=code]")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    fold.locator("textarea").fill(code)
    press(tab, "Open")


def test_note_is_copied_with_one_press(open_tab):
    tab = enter(open_tab("/walk", **CLIPBOARD), CHILD)
    press(tab, "Copy note")
    expect(status(tab)).to_have_text("Note copied.")
    assert pasted(tab) == note(guideline(), route_of(CHILD))
    expect(tab.page.locator(".handed")).to_be_hidden()


def test_text_is_selected_where_the_browser_does_not_copy(open_tab):
    tab = open_tab(None)
    tab.page.add_init_script(NO_CLIPBOARD)
    enter(tab.go("/walk"), CHILD)
    press(tab, "Copy note")
    box = tab.page.locator(".handed")
    expect(box).to_have_value(note(guideline(), route_of(CHILD)))
    expect(box).to_be_focused()
    assert box.evaluate("(box) => box.selectionEnd - box.selectionStart === box.value.length")
    expect(status(tab)).to_contain_text("copy it from there")
    tab.answer("relapse_marrow_involved", "absent")                     # another case: the old text is gone
    expect(box).to_have_value("")
    expect(box).to_be_hidden()


def test_code_opens_the_same_walk_in_another_tab(open_tab):
    tab = enter(open_tab("/walk", **CLIPBOARD), CHILD)
    press(tab, "Copy case code")
    expect(status(tab)).to_have_text("Case code copied.")
    code = pasted(tab)
    assert code.startswith("PALL1-") and len(code) < LONGEST
    other = open_tab("/walk")
    assert other.page.get_by_role("button", name="Copy note").count() == 0          # nothing to share yet
    open_code(other, f" {code[:30]}\n{code[30:]} ")
    expect(status(other)).to_have_text("Case opened: 5 answers.")
    other.expect_drawn(route_of(CHILD), PAGE)
    expect(other.field("age_now_years").locator("input[type=text]")).to_have_value("7.77")
    expect(other.page.locator("details[data-keep=code]")).not_to_have_attribute("open", "")
    assert "?" not in other.page.url and code not in "".join(other.asked)


def test_code_that_cannot_be_read_leaves_the_case_as_it_is(open_tab):
    tab = enter(open_tab("/walk"), CHILD)
    for code, sentence in (("PALL1-nonsense", UNREADABLE), ("PALL2-AAAA", NEWER), ("A" * 3_000, TOO_LONG)):
        open_code(tab, code)
        expect(status(tab)).to_have_text(sentence)
        tab.expect_drawn(route_of(CHILD), PAGE)
        assert tab.page.locator(".code-in").input_value() == code[:LONGEST + 1]


def test_code_replaces_the_case_as_a_whole(open_tab):
    tab = enter(open_tab("/walk", **CLIPBOARD), {"situation": "front_line", "lineage": "T-ALL"})
    press(tab, "Copy case code")
    expect(status(tab)).to_have_text("Case code copied.")
    code = pasted(tab)
    press(tab, "New patient")
    enter(tab, CHILD)
    open_code(tab, code)
    expect(status(tab)).to_have_text("Case opened: 2 answers.")
    expect(tab.drawing).to_have_attribute("data-rev", re.compile(r"^SITUATION\|.*\|age_at_diagnosis_gate\|"))
    assert tab.page.locator('.field[data-key="relapse_marrow_involved"] input[value="present"]:checked').count() == 0


def test_pdf_is_saved_in_both_sizes(open_tab):
    tab = enter(open_tab("/walk"), CHILD)
    for button, end in (("PDF, A4", "-a4.pdf"), ("PDF, US Letter", "-letter.pdf")):
        with tab.page.expect_download() as saved:
            press(tab, button)
        assert saved.value.suggested_filename.endswith(end)
        page = Path(saved.value.path()).read_bytes()
        assert page.startswith(b"%PDF") and len(page) > 5_000
        expect(status(tab)).to_have_text("PDF made.")


def test_new_patient_and_a_quiet_quarter_of_an_hour_clear_what_was_shared(open_tab):
    tab = open_tab(None)
    tab.page.clock.install()
    tab.page.add_init_script(NO_CLIPBOARD)
    for end in ("new", "quiet"):
        enter(tab.go("/walk"), CHILD)
        press(tab, "Copy case code")
        expect(tab.page.locator(".handed")).to_have_value(re.compile("^PALL1-"))
        tab.page.locator("details[data-keep=code] summary").click()
        tab.page.locator(".code-in").fill("PALL1-typed")
        if end == "new":
            press(tab, "New patient")
        else:
            tab.page.clock.fast_forward("15:10")
        expect(tab.page.locator(".handed")).to_be_hidden()
        expect(tab.page.locator(".handed")).to_have_value("")
        expect(tab.page.locator(".code-in")).to_have_value("")
        expect(status(tab)).to_have_text("")
        expect(tab.page.get_by_role("button", name="Copy note")).to_have_count(0)


def test_code_that_was_only_typed_is_forgotten_too(open_tab):
    tab = open_tab(None)
    tab.page.clock.install()
    tab.go("/walk")
    tab.page.locator("details[data-keep=code] summary").click()
    tab.page.locator(".code-in").fill("PALL1-typed")
    tab.page.clock.fast_forward("15:10")
    expect(tab.page.locator(".code-in")).to_have_value("")


def test_what_is_shared_reaches_no_address_no_output_no_file_and_no_store(open_tab, fresh_server):
    tab = enter(open_tab("/walk", at=fresh_server, **CLIPBOARD), CHILD)
    press(tab, "Copy case code")
    expect(status(tab)).to_have_text("Case code copied.")
    code = pasted(tab)
    press(tab, "Copy note")
    expect(status(tab)).to_have_text("Note copied.")
    text = pasted(tab)
    assert SENTINELS.search(text)
    with tab.page.expect_download() as saved:
        press(tab, "PDF, A4")
    kept = Path(saved.value.path())
    open_code(tab, code)
    seen = [tab.page.evaluate(STORED), fresh_server.said(), *tab.addresses, *tab.asked]
    assert not [one for one in seen if SENTINELS.search(one) or code[6:40] in one or "pdf" in one]
    written = [path for folder in (ROOT, fresh_server.scratch) for path in files_since(folder, fresh_server.began)
               if path != kept]
    assert not [path for path in written if path.suffix == ".pdf" or code[6:40].encode() in path.read_bytes()]
    assert not [path for path in written if SENTINELS.search(path.read_bytes().decode("utf-8", errors="replace"))]
