"""The ``gapress`` command: parse, call, print. Heavy libraries are imported by what uses them."""

from __future__ import annotations

from gapress.cli.app import main

__all__ = ["main"]
