"""How the tests open a page, and what they watch it for."""

import shutil

from playwright.sync_api import BrowserContext, Dialog, Page, ViewportSize

DESK: ViewportSize = {"width": 1400, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 800}


def browser_path() -> str | None:
    """
    Return where Chromium is, or nothing where it is not installed.

    Its headless shell comes first: the whole browser starts a second process a page, for
    toolbars that nobody sees, and opening a page takes it more than twice as long.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    return next(filter(None, map(shutil.which, names)), None)


class Watched:
    """
    What a page did that it must not.

    Parameters
    ----------
    page
        The page to watch.
    """

    def __init__(self, page: Page) -> None:
        self.messages: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.on("dialog", self._dialog)
        page.on("request", lambda request: self.requests.append(request.url))

    def _dialog(self, dialog: Dialog) -> None:
        self.messages.append(dialog.message)
        dialog.dismiss()


def opened(context: BrowserContext, address: str) -> Page:
    """Return a page once it is drawn."""
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html.ready")
    return page


def violations(page: Page) -> list[tuple[str, str]]:
    """Return what axe-core, which the page was given, finds in the way: rule and element."""
    found = page.evaluate("axe.run(document).then((result) => result.violations)")
    return [(one["id"], one["nodes"][0]["html"]) for one in found]
