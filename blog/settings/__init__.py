"""The site's settings: one table, read once, refused at the start when wrong.

They come from ``[tool.blog]`` in the site's ``pyproject.toml``; an environment variable
``BLOG_NAME`` wins over the file. ``docs/settings.md`` is tested against the table.
"""

from .loading import load
from .table import TABLE, Settings

__all__ = ["TABLE", "Settings", "load"]
