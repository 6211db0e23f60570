"""The button that copies code, where there is a script; without one nothing is missing but that."""

from __future__ import annotations


def test_the_button_copies_all_of_the_code_and_says_so(tab, base):
    page = tab.open(base("hard") + "/posts/sink/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator(".highlight", has_text="what goes")
    block.hover()
    block.get_by_role("button", name="Copy diff").click()
    page.locator("[aria-live=polite]", has_text="Copied").wait_for()
    assert block.locator("button").inner_text() == "Copied"
    assert page.evaluate("navigator.clipboard.readText()") == "-what goes\n+what comes\n"


def test_what_one_types_is_copied_without_the_prompt_and_the_answer(tab, base):
    page = tab.open(base("hard") + "/posts/code/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator(".highlight", has_text="All is well.")
    block.hover()
    block.get_by_role("button", name="Copy console").click()
    page.locator("[aria-live=polite]", has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "flask check\nflask freeze\n"


def test_a_button_says_what_it_copies(tab, base):
    page = tab.open(base("hard") + "/posts/sink/")
    names = page.locator(".copy").evaluate_all("all => all.map(b => b.ariaLabel)")
    assert names == ["Copy python", "Copy diff", "Copy code"]


def test_line_numbers_are_not_copied(tab, base):
    page = tab.open(base("hard") + "/posts/sink/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator(".highlight", has_text="leaf.py")
    block.hover()
    block.get_by_role("button", name="Copy python").click()
    page.locator("[aria-live=polite]", has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("def leaf(size: int) -> str:\n")


def test_without_a_script_there_is_no_button_and_the_language_is_named_all_the_same(tabs, base):
    page = tabs["no script"].open(base("hard") + "/posts/sink/")
    assert page.locator("button").count() == 0
    label = page.locator(".highlight[data-language=diff]").evaluate("e => getComputedStyle(e, '::before').content")
    assert label in ('"diff"', "attr(data-language)")
