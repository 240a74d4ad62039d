"""What ``gapress preview`` does."""

from __future__ import annotations

import webbrowser
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from gapress.preview.server import listen, serve
from gapress.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


def run_preview(directory: Path, port: int, *, with_browser: bool) -> int:
    """Serve the preview until it is interrupted; return the exit code."""
    workspace = Workspace.find(directory)

    def ready(address: str) -> None:
        click.echo(f"{address}\nEnd it with Ctrl-C.")
        if with_browser:
            webbrowser.open(address)

    with suppress(KeyboardInterrupt):  # the way to end it
        serve(workspace.root, listen(port), ready)
    return 0
