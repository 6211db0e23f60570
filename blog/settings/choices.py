"""What there is to choose from, for settings and for the headers of texts."""

from __future__ import annotations

from .. import colors

HOSTS = ("apache", "caddy", "cloudflare", "github", "netlify", "nginx", "s3")
ENGINES = (  # whose feeds may be subscribed to, see feeds/old.py
    "blogger eleventy gatsby ghost hexo hugo jekyll luapress medium movabletype nikola octopress pelican substack"
    " tumblr wordpress zola"
).split()
SITES = (  # whose folders are read by their rules, see engines/
    "docusaurus eleventy flatleaf gatsby hexo hugo jekyll kirby lektor luapress mkdocs nikola obsidian pandoc pelican"
    " plain pyblosxom vuepress zola".split()
)
HEADING_IDS = ("github", "kramdown", "hugo")
MARKDOWN = frozenset(  # what can be switched on and off
    "abbreviations admonitions alerts attributes autolinks comments containers deflists figures footnotes"
    " heading_attributes hexo highlight inline_notes insertions kramdown line_numbers liquid luapress marks math mdx"
    " nikola pelican permalinks shortcodes strikethrough subsup tables task_lists typography wikilinks zola".split()
)
FURNITURE = frozenset(  # of a post, each of which can be switched off
    "author categories date edit licence neighbours permalink reading_time related series source tags toc"
    " updated".split()
)
COLORS = frozenset(colors.COLORS)  # of the theme
FONTS = ("system", "serif")
