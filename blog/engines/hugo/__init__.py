"""Hugo: bundles and sections, languages, permalinks, cascades.

https://gohugo.io/documentation/, and where that is silent https://github.com/gohugoio/hugo
"""

from .facts import configure
from .rules import Rules

__all__ = ["Rules", "configure"]
