"""From a saved file to the updated page, in Chromium: medians in seconds.

There is no peer to hold it against; what counts is whether a person waits.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = "21"


def main() -> None:
    """Measure, and print a table."""
    gapress = Path(sys.executable).with_name("gapress")
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium is not installed; make conformance installs it")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("releases", "locales"):
            shutil.copytree(name, Path(folder, name))
        command = ["node", "tests/conformance/preview.mjs", chromium, str(gapress), folder, ROUNDS]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = json.loads(output.splitlines()[-1])
    print("\npreview: a catalog is saved, and the page shows it (three languages open)")
    print(f"  web page  {found['screen']:.2f} s   wanted: at most 0.3")
    print(f"  PDF       {found['pdf']:.2f} s   wanted: at most 0.6")


if __name__ == "__main__":
    main()
