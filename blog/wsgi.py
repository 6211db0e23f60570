"""The site that ``BLOG_SITE`` names, or that of the current folder, for any WSGI server: ``blog.wsgi:app``."""

import os

from . import create_app
from .site import of

app = create_app(os.environ.get("BLOG_SITE") or ".", live=True)
of(app).keep_up()  # the files are read before the first request comes
