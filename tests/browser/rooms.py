"""What the tests of Browse, Map and My list share."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def seen(page: Page, view: str) -> None:
    """Go to a view by the navigation, and wait until it has something to show."""
    page.locator(f"nav [data-view={view}]").click()
    page.locator(f"#{view} h2").wait_for(state="attached")


def serious(page: Page, part: str) -> list[str]:
    """The serious and critical findings of axe in a part of the page."""
    return [
        f"{found['id']}: {found['nodes'][0]['html'][:200]}"
        for found in Axe().run(page, context=part).response["violations"]
        if found["impact"] in ("serious", "critical")
    ]


def fits(page: Page) -> bool:
    """Whether nothing makes the page wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
