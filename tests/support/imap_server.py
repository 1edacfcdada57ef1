"""A mailbox over IMAP in a thread: only what the reading of bounces asks for."""

import contextlib
import re
import socketserver
import threading

NEEDS = {"LOGIN": "secret", "SELECT": "INBOX"}
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')


class Mailbox:
    """Mails by number, and which of them were looked at."""

    def __init__(self):
        self.mails, self.seen, self.hangs_up_at = {}, set(), ""

    def add(self, raw):
        """A mail arrives."""
        self.mails[len(self.mails) + 1] = raw

    @property
    def unseen(self):
        return [number for number in self.mails if number not in self.seen]


class _Imap(socketserver.StreamRequestHandler):
    def handle(self):
        with contextlib.suppress(OSError):
            self.say("* OK ready")
            while line := self.rfile.readline().decode():
                tag, *words = (a or b for a, b in LITERAL.findall(line.strip()))
                verb = " ".join(words[:2] if words[0].upper() == "UID" else words[:1]).upper()
                if verb == self.server.box.hangs_up_at:
                    return
                if not self.answer(tag, verb, words):
                    return

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def answer(self, tag, verb, words):
        box = self.server.box
        if words[-1] != NEEDS.get(verb, words[-1]):
            self.say(f"{tag} NO no")
            return True
        said = {
            "CAPABILITY": "* CAPABILITY IMAP4rev1",
            "SELECT": f"* {len(box.mails)} EXISTS",
            "UID SEARCH": "* SEARCH " + " ".join(map(str, box.unseen)),
            "LOGOUT": "* BYE",
        }
        if verb in said:
            self.say(said[verb])
        if verb == "UID FETCH":
            self.fetch(int(words[2]), "SIZE" in words[3])
        if verb == "UID STORE":
            box.seen.add(int(words[2]))
        self.say(f"{tag} OK done")
        return verb != "LOGOUT"

    def fetch(self, number, wants_size):
        raw = self.server.box.mails[number]
        if wants_size:
            self.say(f"* {number} FETCH (UID {number} RFC822.SIZE {len(raw)})")
            return
        self.wfile.write(f"* {number} FETCH (UID {number} BODY[] {{{len(raw)}}}\r\n".encode())
        self.wfile.write(raw + b")\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True


@contextlib.contextmanager
def imap_server():
    """The mailbox, with `.url` to reach it by."""
    server = _Server(("127.0.0.1", 0), _Imap)
    server.box = box = Mailbox()
    box.url = f"imap://me:secret@127.0.0.1:{server.server_address[1]}/INBOX?starttls=never"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
