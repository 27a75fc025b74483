"""My list: kept from any card, reordered, taken along, in this browser only."""

from __future__ import annotations

import pytest
import rispy
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open
from tests.browser.rooms import fits, seen, serious


def fill(page: Page, count: int = 3) -> list[str]:
    """Keep the first readings of a shelf, and go to the list; their ids."""
    keeps = page.locator("#browse .reading [data-keep]")
    keeps.first.wait_for()
    ids = [str(keeps.nth(number).get_attribute("data-keep")) for number in range(count)]
    for number in range(count):
        keeps.nth(number).click()
    expect(page.locator("[data-list-count]")).to_have_text(f"({count})")
    seen(page, "list")
    expect(page.locator("#list .reading")).to_have_count(count)
    return ids


def listed(page: Page) -> list[str]:
    return [str(one.get_attribute("data-reading")) for one in page.locator("#list .reading").all()]


def test_a_list_is_kept_ordered_and_taken_along(library: str, open_page: Open) -> None:
    page = open_page(f"{library}?view=browse")
    first, second, third = fill(page)
    assert listed(page) == [first, second, third]
    spans = page.locator("#list .Z3988").all()  # what reference managers look for
    assert ["ctx_ver=Z39.88-2004" in str(span.get_attribute("title")) for span in spans] == [True] * 3
    page.locator("#list [data-list=up]").nth(2).click()
    expect(page.locator("#list .reading").nth(1)).to_have_attribute("data-reading", third)
    expect(page.locator("#view-list [role=status]")).to_contain_text("now 2 of 3")
    focused = page.evaluate("({ ...document.activeElement.dataset })")
    assert (focused["list"], focused["reading"]) == ("up", third)
    with page.expect_download() as saved:
        page.get_by_role("link", name="RIS").click()
    assert saved.value.suggested_filename == "readings.ris"
    records = rispy.loads(saved.value.path().read_text("utf-8"))
    assert [record["id"] for record in records] == [first, third, second]
    page.reload()
    expect(page.locator("#list .reading")).to_have_count(3)
    assert listed(page) == [first, third, second]


def test_what_is_taken_off_can_be_put_back(library: str, open_page: Open) -> None:
    page = open_page(f"{library}?view=browse")
    ids = fill(page)
    page.locator("#list [data-list=remove]").nth(1).click()
    expect(page.locator("#list .reading")).to_have_count(2)
    undo = page.get_by_role("button", name="put it back")
    expect(undo).to_be_focused()
    undo.click()
    expect(page.locator("#list .reading")).to_have_count(3)
    assert listed(page) == ids
    seen(page, "browse")
    kept = page.locator(f"#browse [data-keep='{ids[0]}']")
    expect(kept).to_have_attribute("aria-pressed", "true")
    kept.click()
    expect(page.locator("[data-list-count]")).to_have_text("(2)")


@pytest.mark.parametrize(("scheme", "size"), [("light", None), ("dark", PHONE)])
def test_the_list_is_for_everyone_and_prints_its_addresses(
    library: str, open_page: Open, scheme: str, size: tuple[int, int] | None
) -> None:
    address = f"{library}?view=browse"
    page = open_page(address, size, scheme) if size else open_page(address, scheme=scheme)
    fill(page, 2)
    assert serious(page, "#view-list") == []
    assert fits(page)
    page.emulate_media(media="print")
    expect(page.locator("#list .printed").first).to_be_visible()
    expect(page.locator("#list .moves").first).to_be_hidden()
