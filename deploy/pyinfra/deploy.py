"""Put a site, and the engine that it runs under, on a plain server with systemd and Python: a release.

pyinfra deploy/pyinfra/inventory.py deploy/pyinfra/deploy.py      in the checkout, after ``make wheel``

/srv/flatleaf/venvs/KEY/        an engine with its packages, made once
/srv/flatleaf/releases/TIME/    site/, and venv, a link to its engine
/srv/flatleaf/current           a link to the release that is served
/srv/flatleaf/switch            what makes that link another one, and goes back if the site isn't healthy then

Values of the inventory, or given with ``--data NAME=VALUE``, stand before the defaults below.
"""

import tarfile
import tempfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from shlex import quote

from pyinfra import host
from pyinfra.operations import files, server, systemd

HERE = Path(__file__).parent
DEFAULTS = {
    "site": ".",  # the folder of the site, here
    "engine": "",  # the wheel that `make wheel` makes, here
    "constraints": str(HERE.parent.parent / "constraints.txt"),
    "prefix": "/srv/flatleaf",
    "python": "python3",  # there; 3.11 or newer
    "pip": "",  # more arguments for pip, such as --index-url
    "unit": True,  # whether to install the systemd unit
    "environment": {},  # for the script switch, see there: HEALTH, RESTART, RELOAD, PATIENCE, KEEP
}
LEFT_OUT = {".env", ".git", ".flatleaf", ".venv", "__pycache__", "node_modules"}


def value(name: str):
    """Return a value of the inventory, or the default."""
    return host.data.get(name, DEFAULTS[name])


def packed(site: Path) -> str:
    """Put a site into an archive that everybody may read, without what is made of it; return its path."""

    def seen(item: tarfile.TarInfo) -> tarfile.TarInfo | None:
        parts = Path(item.name).parts
        if LEFT_OUT & set(parts) or parts[:1] == ("build",):
            return None
        item.mode, item.uid, item.gid, item.uname, item.gname = 0o755 if item.isdir() else 0o644, 0, 0, "", ""
        return item

    with tempfile.NamedTemporaryFile(suffix=".tar.gz", delete=False) as archive:
        with tarfile.open(fileobj=archive, mode="w:gz", compresslevel=1) as tar:
            tar.add(site, arcname=".", filter=seen)
        return archive.name


site, wheel, constraints = (Path(value(name)).expanduser() for name in ("site", "engine", "constraints"))
prefix = value("prefix")
key = sha256(b"\0".join([wheel.read_bytes(), constraints.read_bytes(), value("python").encode()])).hexdigest()[:12]
venv, incoming = f"{prefix}/venvs/{key}", f"{prefix}/incoming"
release = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
target = f"{prefix}/releases/{release}"

for folder in (f"{prefix}/releases", f"{prefix}/venvs", incoming):
    files.directory(name=f"Folder {folder}", path=folder, mode="755")
files.put(name="Engine", src=str(wheel), dest=f"{incoming}/{wheel.name}", mode="644")
files.put(name="Versions of its packages", src=str(constraints), dest=f"{incoming}/{key}.txt", mode="644")
files.put(name="Switch", src=str(HERE / "switch"), dest=f"{prefix}/switch", mode="755")
files.put(name="Purge", src=str(HERE.parent / "purge"), dest=f"{prefix}/purge", mode="755")

install = f"{venv}/bin/python -m pip install --quiet --disable-pip-version-check {value('pip')}"
server.shell(
    name="Environment of the engine",
    commands=[
        f"test -e {venv}/complete || {{ rm -rf {venv} && {quote(value('python'))} -m venv {venv}"
        f" && {install} -c {incoming}/{key}.txt {quote(f'{incoming}/{wheel.name}[live]')} && touch {venv}/complete; }}"
    ],
)

files.put(name="Site", src=packed(site), dest=f"{incoming}/{release}.tar.gz", mode="644")
server.shell(
    name=f"Release {release}",
    commands=[
        f"mkdir -p {target}/site && tar -xzf {incoming}/{release}.tar.gz -C {target}/site --no-same-owner"
        f" && ln -s {venv} {target}/venv && rm {incoming}/{release}.tar.gz"
    ],
)

if value("unit"):
    files.put(name="Unit", src=str(HERE.parent / "flatleaf.service"), dest="/etc/systemd/system/flatleaf.service")
    systemd.service(name="Unit is known", service="flatleaf", running=None, enabled=True, daemon_reload=True)

server.shell(
    name=f"Switch to {release}",
    commands=[f"{prefix}/switch {release}"],
    _env={name: str(given) for name, given in value("environment").items()},
)
