"""Amazon S3 and its likes: what goes with each object when it is uploaded.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html
"""

from __future__ import annotations

import json

from .made import TYPE, Export, Made, Says

TAKES = (TYPE, "Cache-Control", "Content-Disposition", "Content-Language")  # of our headers, those that an object keeps
REDIRECT = "x-amz-website-redirect-location"


def export(made: Made) -> Export:
    """Return the list of all objects by key; ``file`` is missing where the object is empty."""
    objects: dict[str, dict[str, str]] = {}
    bare = set(made.bare())
    for url, says in made.pages.items():
        name = url.removeprefix("/") if url in bare else made.files[url]  # a key may be before others with a slash
        objects[key(made, name)] = {"file": made.files[url], **taken(says)}
    for source, target, file, says in made.redirects():
        if source in made.aliases:
            objects[key(made, file)] = {"file": file, **taken(says), REDIRECT: target}
        elif not source.endswith("/"):
            objects[key(made, source.removeprefix("/"))] = {**taken(says), REDIRECT: target}
    listing = json.dumps(dict(sorted(objects.items())), ensure_ascii=False, indent=1)
    return Export(outside={"s3.json": f"{listing}\n".encode()})


def key(made: Made, file: str) -> str:
    """Return the key of a file: a path of the public address is part of it."""
    return f"{made.base}/{file}".removeprefix("/")


def taken(says: Says) -> dict[str, str]:
    """Return the headers that an object can keep."""
    return {name: value for name, value in says if name in TAKES}
