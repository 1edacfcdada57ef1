"""The web server stops gracefully."""

import socket
import threading

from flask import Flask

from jobunivers.commands import serve
from tests.support.patience import PATIENCE


def test_whoever_comes_while_the_server_stops_is_turned_away_and_the_server_ends(monkeypatch):
    """A connection that came in after the threads had gone once kept the process alive for ever."""
    on_signal = {}
    monkeypatch.setattr(
        serve.signal, "signal", lambda number, handler: on_signal.setdefault(number, handler)
    )
    made = threading.Event()
    servers = []
    create = serve.create_server

    def remember(*given, **more):
        servers.append(create(*given, **more))
        made.set()
        return servers[0]

    monkeypatch.setattr(serve, "create_server", remember)
    monkeypatch.setattr(serve, "_proxy", lambda app: {})
    running = threading.Thread(
        target=serve.run,
        args=(Flask("small"),),
        kwargs={"host": "127.0.0.1", "port": 0, "threads": 1},
        daemon=True,
    )
    running.start()
    assert made.wait(PATIENCE)
    port = servers[0].effective_port
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as early:
        early.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert early.recv(20).startswith(b"HTTP/1.1 404")
        servers[0].task_dispatcher.shutdown(
            timeout=PATIENCE
        )  # the threads are gone: what comes now is never answered
        early.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        next(iter(on_signal.values()))(15, None)
        while early.recv(4096):
            pass
    running.join(PATIENCE)
    assert not running.is_alive()
