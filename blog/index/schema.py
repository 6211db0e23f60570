"""The tables of the index."""

from __future__ import annotations

SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT PRIMARY KEY, mtime_ns INTEGER NOT NULL, size INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,
    address TEXT NOT NULL,  -- the path below the content folder
    url TEXT NOT NULL DEFAULT '', owner TEXT NOT NULL DEFAULT '',  -- of an asset: where it is, whose bundle it is in
    extent TEXT NOT NULL DEFAULT '',  -- of an image: width and height in pixels, 640x480
    left_out TEXT NOT NULL DEFAULT ''  -- of a text that is no document: by which rule
) WITHOUT ROWID;
CREATE TABLE documents (
    path TEXT PRIMARY KEY, kind TEXT NOT NULL, url TEXT NOT NULL, moment REAL NOT NULL, draft INTEGER NOT NULL,
    unlisted INTEGER NOT NULL, noindex INTEGER NOT NULL,
    begins REAL NOT NULL,  -- the moment from which on everybody sees it
    ends REAL NOT NULL,  -- the moment from which on nobody sees it
    doubt INTEGER NOT NULL,  -- whether its header can only be read in parts
    day TEXT NOT NULL,  -- of the last change that the document names
    details TEXT NOT NULL,  -- what only its own page shows: length, furniture, licence
    summary_digest TEXT NOT NULL, text_digest TEXT NOT NULL, record TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE rendered (path TEXT PRIMARY KEY, text_digest TEXT NOT NULL, asked TEXT NOT NULL, html TEXT NOT NULL);
CREATE TABLE excerpts (
    path TEXT PRIMARY KEY, text_digest TEXT NOT NULL, digest TEXT NOT NULL, more INTEGER NOT NULL, html TEXT NOT NULL
);
CREATE TABLE tags (slug TEXT NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (path, slug)) WITHOUT ROWID;
CREATE TABLE filed (  -- under categories, and in series: which part
    kind TEXT NOT NULL, slug TEXT NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL, part INTEGER NOT NULL,
    PRIMARY KEY (path, kind, slug)
) WITHOUT ROWID;
CREATE TABLE likeness (  -- of posts: what they can share with others, and which are like them, see likeness.py
    path TEXT PRIMARY KEY, moment REAL NOT NULL, terms TEXT NOT NULL, found TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE words (  -- of titles and addresses
    path TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (path, word)
) WITHOUT ROWID;
CREATE TABLE aliases (url TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (path, url)) WITHOUT ROWID;
CREATE TABLE entries (  -- all with a date, which may stand in a feed, and the id that the header gives
    path TEXT PRIMARY KEY, own TEXT NOT NULL, date TEXT NOT NULL, title TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE groups (  -- of posts: their sections, authors, and languages, for which there are feeds
    kind TEXT NOT NULL, slug TEXT NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (path, kind, slug)
) WITHOUT ROWID;
CREATE TABLE fed (  -- what was last served at the address of a feed, in which state, and the second from which on
    address TEXT NOT NULL, etag TEXT NOT NULL, generation INTEGER NOT NULL, moment INTEGER NOT NULL
);
CREATE INDEX fed_address ON fed (address);
CREATE TABLE media (path TEXT PRIMARY KEY, attachments TEXT NOT NULL, picture TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE menus (path TEXT NOT NULL, entry TEXT NOT NULL);
CREATE TABLE problems (path TEXT NOT NULL, line INTEGER NOT NULL, message TEXT NOT NULL, fatal INTEGER NOT NULL);
CREATE TABLE edits (  -- generations in which nothing but the text of documents changed
    generation INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (generation, path)
) WITHOUT ROWID;
CREATE INDEX tags_slug ON tags (slug);
CREATE INDEX words_word ON words (word);
CREATE INDEX documents_url ON documents (url);
CREATE INDEX menus_path ON menus (path);
CREATE INDEX problems_path ON problems (path);
"""
OF_A_PATH = (
    "documents",
    "rendered",
    "excerpts",
    "tags",
    "filed",
    "likeness",
    "words",
    "aliases",
    "entries",
    "groups",
    "media",
    "menus",
    "problems",
    "files",
)
NEVER = 1e12  # the moment at which what has no end ends
UNDATED = -1e12  # the moment of what has no date: before everything else
