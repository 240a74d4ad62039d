"""The server that worker processes are forked from: it imports what all of them need, once.

It gets ready while this process reads sources: so this module must cost next to nothing.
"""

from __future__ import annotations

import os
import sys
from multiprocessing import forkserver

METHOD = "spawn" if sys.platform == "win32" else "forkserver"


def warm_up() -> None:
    """Start the server, where the system has one; it imports WeasyPrint while sources are read."""
    if METHOD == "forkserver":
        forkserver.set_forkserver_preload(["__main__", "gapress.kit.warm"])
        before = os.environ.get("PYTHONSAFEPATH")
        os.environ["PYTHONSAFEPATH"] = "1"  # or Python files of the current folder would be run
        try:
            forkserver.ensure_running()
        finally:
            del os.environ["PYTHONSAFEPATH"]
            if before is not None:
                os.environ["PYTHONSAFEPATH"] = before
