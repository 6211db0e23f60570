"""The health address answers for whoever watches processes."""

from __future__ import annotations

from blog.site import of

POST = "---\ntitle: {}\ndate: 2026-01-0{}\n---\nWords.\n"


def test_it_tells_numbers_and_is_kept_by_nobody(made):
    made.write({"posts/a.md": POST.format("A", 1), "posts/b.md": POST.format("B", 2), "pages/about.md": "# About\n"})
    answer = made.app().test_client().get("/-/health")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json == {"status": "ready", "generation": 1, "posts": 2, "pages": 1, "in_doubt": 0}


def test_a_broken_file_is_in_doubt_and_not_named(made):
    made.write({"posts/a.md": POST.format("A", 1), "posts/secret.md": "---\ntitle: [\n---\nWords.\n"})
    answer = made.app().test_client().get("/-/health")
    assert answer.json["in_doubt"] == 1
    assert "secret" not in answer.text


def test_the_generation_grows_with_a_change(made):
    made.write({"posts/a.md": POST.format("A", 1)})
    client = made.app().test_client()
    before = client.get("/-/health").json["generation"]
    made.write({"posts/b.md": POST.format("B", 2)})
    assert made.app().test_client().get("/-/health").json["generation"] == before + 1


def test_a_process_that_no_longer_follows_the_files_says_so(made):
    made.write({"posts/a.md": POST.format("A", 1)})
    app = made.app(live=True)
    client, live = app.test_client(), of(app).live
    assert (client.get("/-/health").status_code, client.get("/-/health").json["status"]) == (200, "ready")
    live.end()
    answer = client.get("/-/health")
    assert (answer.status_code, answer.json["status"], answer.json["posts"]) == (503, "stuck", 1)
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_is_in_no_build(made):
    made.write({"posts/a.md": POST.format("A", 1)})
    assert not [name for name in made.freeze() if name.startswith("-")]
