"""Mail servers and SMS gateways that misbehave at a chosen moment."""

import contextlib
import socketserver
import threading

from tests.support.patience import PATIENCE

GOOD = {
    "greeting": "220 hello",
    "ehlo": "250-hello\r\n250-AUTH PLAIN\r\n250 8BITMIME",
    "auth": "235 welcome",
    "mail": "250 ok",
    "rcpt": "250 ok",
    "data": "354 go on",
    "body": "250 taken",
    "quit": "221 bye",
}
VERBS = {"EHLO": "ehlo", "HELO": "ehlo", "AUTH": "auth", "MAIL": "mail", "RCPT": "rcpt"}
VERBS |= {"DATA": "data", "QUIT": "quit"}
SILENT, HANGS_UP, GARBAGE = "silent", "hangs up", "\x00\xff nothing that a mail server says"


class _Mail(socketserver.StreamRequestHandler):
    def handle(self):
        with contextlib.suppress(OSError):
            stage = self.say("greeting") and self.next_stage()
            while stage and self.say(stage):
                if stage == "data" and self.answer("data").startswith("354"):
                    while self.rfile.readline() not in (b".\r\n", b""):
                        pass
                    stage = "body"
                    continue
                if stage == "body":
                    self.server.taken.append(1)
                stage = None if stage == "quit" else self.next_stage()

    def next_stage(self):
        line = self.rfile.readline().decode(errors="replace").strip()
        return VERBS.get(line[:4].upper(), "mail") if line else None

    def answer(self, stage):
        return self.server.answers.get(stage, GOOD[stage])

    def say(self, stage):
        answer = self.answer(stage)
        if answer == HANGS_UP:
            return False
        if answer == SILENT:
            self.server.stopping.wait(PATIENCE)
            return False
        self.wfile.write(answer.encode("latin-1") + b"\r\n")
        return True


class _Http(socketserver.StreamRequestHandler):
    def handle(self):
        with contextlib.suppress(OSError):
            length = 0
            while (line := self.rfile.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            self.server.taken.append(self.rfile.read(length))
            answer = self.server.answers["http"]
            if answer == SILENT:
                self.server.stopping.wait(PATIENCE)
            elif isinstance(answer, int):
                head = f"HTTP/1.1 {answer} x\r\nLocation: /log-in\r\nContent-Length: 2\r\n"
                self.wfile.write(f"{head}Connection: close\r\n\r\nok".encode())
            elif answer != HANGS_UP:
                self.wfile.write(answer.encode("latin-1"))


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True


@contextlib.contextmanager
def _serving(handler, answers):
    server = _Server(("127.0.0.1", 0), handler)
    server.answers, server.taken, server.stopping = answers, [], threading.Event()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


def mail_server(**answers):
    """A mail server that answers well but for these stages; `.taken` counts whole mails."""
    return _serving(_Mail, answers)


def gateway(answer):
    """An HTTP gateway with one answer: a status, or one of the words above."""
    return _serving(_Http, {"http": answer})
