"""Whom the proxies in front name is who asks: the setting ``proxies`` says how many entries of X-Forwarded-For count.

https://werkzeug.palletsprojects.com/en/stable/middleware/proxy_fix/
"""

from __future__ import annotations

from flask import Flask

from ..site import of


def init_app(app: Flask) -> None:
    """Put the client's address in place of that of the last proxy, for all that looks at it."""
    count = of(app).settings.proxies
    if count:
        from werkzeug.middleware.proxy_fix import ProxyFix

        # What the public address is says the setting url: the other headers of proxies say nothing here.
        app.wsgi_app = ProxyFix(app.wsgi_app, count, x_proto=0, x_host=0)  # type: ignore[method-assign]
