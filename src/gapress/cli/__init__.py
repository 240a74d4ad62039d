"""The ``gapress`` command: parse, call, print. Heavy libraries are imported by what uses them."""

from __future__ import annotations


def main() -> None:
    """Run the command line.

    Worker processes import the program that started them: so this module alone must cost nothing.
    """
    import atexit
    import gc

    from gapress.cli.app import main as run

    gc.set_threshold(50_000, 2, 2)  # modules and sources make many objects, and hardly a cycle
    atexit.register(gc.freeze)  # the system frees all at once; one by one takes a tenth of a second
    run()
