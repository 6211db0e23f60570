"""``/-/health``: whether this process is ready to answer, for whoever starts, watches and replaces processes.

It names numbers only: how far the index is, how many files are in doubt. The names are for ``flask check``.
"""

from __future__ import annotations

from flask import Flask, Response, json

from ..site import current

PATH = "/-/health"


def init_app(app: Flask) -> None:
    """Add the address."""
    app.add_url_rule(PATH, "health", health)


def health() -> Response:
    """Answer 200 once there is something to show, which the first request waits for; 503 if it isn't followed."""
    here = current()
    state = here.library.catalogue
    told = here.live.known if here.live else None
    problems = here.library.problems() if told is None else told
    stuck = here.live is not None and here.live.stuck
    said = {
        "status": "stuck" if stuck else "ready",
        "generation": state.generation,
        "posts": len(state.posts),
        "pages": len(state.pages),
        "in_doubt": sum(problem.fatal for problem in problems),
    }
    headers = {"Cache-Control": "no-store"}
    return Response(json.dumps(said) + "\n", 503 if stuck else 200, headers, mimetype="application/json")
