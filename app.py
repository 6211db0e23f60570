"""The site in this folder, or the one that BLOG_SITE names, for any WSGI server: ``app:app``."""

import os
from pathlib import Path

from blog import create_app

app = create_app(os.environ.get("BLOG_SITE") or Path(__file__).parent, live=True)
