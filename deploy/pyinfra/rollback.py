"""Go back to the release before: pyinfra deploy/pyinfra/inventory.py deploy/pyinfra/rollback.py"""

from pyinfra import host
from pyinfra.operations import server

server.shell(
    name="Switch to the release before",
    commands=[f"{host.data.get('prefix', '/srv/flatleaf')}/switch --back"],
    _env={name: str(given) for name, given in host.data.get("environment", {}).items()},
)
