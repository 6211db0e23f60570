"""The servers, reached by SSH, and what differs from the values at the top of deploy.py."""

servers = [
    ("blog.example.org", {"site": "~/site", "engine": "dist/flatleaf-0.1.0-py3-none-any.whl", "_sudo": True}),
]
