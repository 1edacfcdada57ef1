"""Whether a port of this machine can be had, asked before anything long begins."""

import socket
import sys

import click

NEXT_TRIED = 50


def ensure_free(host: str, port: int, verb: str) -> None:
    """Ends the command with one clear line when somebody else listens there already."""
    if is_free(host, port):
        return
    another = next(
        (found for found in range(port + 1, port + NEXT_TRIED) if is_free(host, found)), port + 1
    )
    raise click.ClickException(
        f"Port {port} is in use by another program. Stop that one, or choose another port: "
        f"python3 run.py {verb} --port {another}"
    )


def is_free(host: str, port: int) -> bool:
    """True when we could listen there now."""
    if not 0 < port < 65536:
        return False
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # there this option would let two programs share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            # a listener with the same option does not refuse a bind everywhere, but does refuse this
            probe.listen(1)
        except OSError:
            return False
    return True
