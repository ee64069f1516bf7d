"""Chromium, where it is installed, by Playwright: a page as a student meets it, without a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest


def executable() -> str | None:
    """Find a Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


needs_chromium = pytest.mark.skipif(
    executable() is None or find_spec("playwright") is None,
    reason="no chromium or no playwright here: apt-get install chromium; pip install playwright",
)


@contextmanager
def started() -> Iterator[Any]:
    """Start a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Any, file: Path, width: int = 1280, height: int = 800, scheme: str = "light") -> Iterator[Any]:
    """Open a file without a network; whatever it asks for or complains about fails the test."""
    complaints: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, offline=True, service_workers="block"
    )
    page = context.new_page()

    def refuse(route: Any) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            complaints.append(f"asks for {route.request.url}")
            route.abort()

    context.route("**/*", refuse)
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.goto(file.as_uri())
    yield page
    context.close()
    assert not complaints
