"""Freeze the golden site anew: ``make golden``, then read the diff."""

import runpy
import shutil
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
THEME = HERE.parent.parent / "static"
MadeSite = runpy.run_path(str(HERE.parent / "conftest.py"))["MadeSite"]


def renew() -> None:
    """Replace ``build/`` by what the engine makes of ``site/`` now, without the theme's own files."""
    with tempfile.TemporaryDirectory() as folder:
        site = MadeSite(Path(shutil.copytree(HERE / "site", Path(folder) / "site")))
        tree = site.freeze()
    shutil.rmtree(HERE / "build", ignore_errors=True)
    theme = {path.read_bytes() for path in THEME.rglob("*") if path.is_file()}
    for name, content in tree.items():
        if content not in theme:
            path = HERE / "build" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


if __name__ == "__main__":
    renew()
