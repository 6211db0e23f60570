"""Jekyll: posts in ``_posts``, pages wherever they lie, collections; GitHub Pages and Octopress among them.

https://jekyllrb.com/docs/
"""

from .configuration import configure
from .rules import Rules

__all__ = ["Rules", "configure"]
