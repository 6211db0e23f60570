"""The files of deploy/ as their own tools see them, and against each other."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

OF_MANY = ("--host", "--port")  # what is another one in a container


def command_of_image(bench) -> list[str]:
    """Return granian's command line as the image has it."""
    text = (bench.deploy / "Dockerfile").read_text()
    return json.loads(text[text.rindex("\nCMD ") + 5 :].replace("\\\n", ""))


def command_of_page(bench) -> list[str]:
    """Return granian's command line as the documentation has it."""
    page = (bench.deploy.parent / "docs" / "hosting.md").read_text()
    found = re.search(r"^\$ BLOG_SITE=\S+ MALLOC_ARENA_MAX=1 (granian (?:.*\\\n)*.*)", page, re.MULTILINE)
    return found[1].replace("\\\n", "").split()


def options(command: list[str]) -> dict[str, str]:
    """Return the options of a command line with their values."""
    found = re.findall(r"(--[a-z0-9-]+)(?: ([^-\s]\S*))?", " ".join(command[1:-1]))
    return {name: given for name, given in found if name not in OF_MANY}


def test_every_file_starts_granian_in_the_same_way(bench):
    unit, image, page = bench.command_of_unit(), command_of_image(bench), command_of_page(bench)
    assert options(unit) == options(image)
    assert options(unit) | {"--workers": "2"} == options(page)
    assert unit[-1] == image[-1] == page[-1] == "blog.wsgi:app"


def test_granian_knows_every_option(bench):
    known = bench.say([bench.program("granian"), "--help"])
    for option in options(bench.command_of_unit()):
        assert re.search(rf"{option}\b", known), option


def test_systemd_understands_the_unit(bench, tmp_path):
    unit = tmp_path / "flatleaf.service"
    text = (bench.deploy / "flatleaf.service").read_text()
    bin = "/srv/flatleaf/current/venv/bin"
    unit.write_text(bench.changed(text, (f"{bin}/granian", "/bin/true"), (f"{bin}/python", "/bin/true")))
    assert bench.say([bench.program("systemd-analyze"), "verify", str(unit)]).strip() == ""


def test_the_unit_exposes_little(bench):
    unit = bench.deploy / "flatleaf.service"
    command = [
        bench.program("systemd-analyze"),
        "security",
        "--offline=true",
        "--no-pager",
        "--threshold=10",
        str(unit),
    ]
    assert "SAFE" in bench.say(command)


def test_nginx_accepts_its_file(bench, tmp_path):
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    command = [bench.program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=example.org"]
    bench.say([*command, "-keyout", str(key), "-out", str(certificate)])
    conf = bench.changed(
        (bench.deploy / "nginx.conf").read_text(),
        ("/var/cache/nginx-flatleaf", str(tmp_path)),
        ("/etc/letsencrypt/live/example.org", str(tmp_path)),
        ("    listen [::]:80;\n", ""),
        ("    listen [::]:443 ssl http2;\n", ""),
        ("listen 80;", f"listen 127.0.0.1:{bench.free_port()};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{bench.free_port()} ssl"),
    )
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr;\nevents {{ }}\nhttp {{ access_log off;\n{conf}\n}}\n"
    )
    said = bench.say([bench.program("nginx"), "-t", "-c", f"{tmp_path}/nginx.conf", "-p", str(tmp_path)])
    assert "test is successful" in said
    assert "emerg" not in said


def test_caddy_accepts_its_file_as_it_is_written(bench, tmp_path):
    program, file = bench.program("caddy"), bench.deploy / "Caddyfile"
    home = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    command = [program, "validate", "--config", str(file), "--adapter", "caddyfile"]
    assert "Valid configuration" in bench.say(command, **home)
    assert bench.say([program, "fmt", str(file)]).strip() == file.read_text().strip()


def test_varnish_compiles_its_file(bench, tmp_path):
    file = bench.deploy / "flatleaf.vcl"
    assert "VCL_MET_HIT" in bench.say([bench.program("varnishd"), "-C", "-f", str(file), "-n", str(tmp_path / "run")])


def test_hadolint_finds_nothing_wrong_with_the_dockerfile(bench):
    assert bench.say([bench.program("hadolint"), str(bench.deploy / "Dockerfile")]) == ""


def test_the_image_is_made_of_files_that_are_there_and_let_through(bench):
    lines = (bench.deploy / "Dockerfile").read_text().splitlines()
    copied = {name for line in lines if line.startswith("COPY") and "--from" not in line for name in line.split()[1:-1]}
    ignored = (bench.deploy / "Dockerfile.dockerignore").read_text().splitlines()
    assert copied == {line[1:] for line in ignored if line.startswith("!")}
    assert all((bench.deploy.parent / name).exists() for name in copied)


@pytest.mark.parametrize("base", ["", "/notes"])
def test_the_health_check_of_the_image_tells_a_site_that_answers(small, bench, base):
    small.settings(url=f"https://example.org{base}/")
    text = (bench.deploy / "Dockerfile").read_text()
    check = json.loads(
        re.search(r"^HEALTHCHECK .*? CMD (\[.*?\])$", text, re.DOTALL | re.MULTILINE)[1].replace("\\\n", "")
    )
    app = bench.granian(small.root)
    command = [check[0], *(part.replace("8000", str(app.port)) for part in check[1:])]
    command[0] = bench.program(command[0])
    bench.say(command, HEALTH=f"{base}/-/health")
    with pytest.raises(AssertionError):
        bench.say(command, HEALTH=f"{base}/-/nothing")
    app.stop()
    with pytest.raises(AssertionError):
        bench.say(command, HEALTH=f"{base}/-/health")


def test_compose_has_a_file_of_its_schema(bench):
    file = bench.deploy / "compose.yaml"
    command = [bench.program("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(file)]
    assert "ok" in bench.say(command)


@pytest.mark.parametrize("version", ["1.29", "1.37"])
def test_kubernetes_would_take_the_manifests(bench, version):
    command = [bench.program("kubernetes-validate"), "--strict", "-k", version, str(bench.deploy / "kubernetes.yaml")]
    assert bench.say(command).count("passed") == 3


def test_both_containers_with_git_ask_for_the_same_and_may_do_as_little():
    import yaml

    file = Path(__file__).parent.parent.parent / "deploy" / "kubernetes.yaml"
    pod = next(iter(yaml.safe_load_all(file.read_text())))["spec"]["template"]["spec"]
    (once,) = pod["initContainers"]
    blog, git = pod["containers"]
    assert (once["env"], once["image"], once["args"]) == (git["env"], git["image"], ["--one-time"])
    for container in (once, blog, git):
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert {"limits", "requests"} == container["resources"].keys()
    assert os.path.join(
        *(one["value"] for one in git["env"] if one["name"] in ("GITSYNC_ROOT", "GITSYNC_LINK"))
    ) == next(one["value"] for one in blog["env"] if one["name"] == "BLOG_SITE")


def test_every_file_is_told_of_in_the_documentation(bench):
    docs = "".join((bench.deploy.parent / "docs" / name).read_text() for name in ("hosting.md", "deploy.md"))
    files = [path for path in bench.deploy.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert [path.name for path in files if f"`deploy/{path.relative_to(bench.deploy)}`" not in docs] == []
