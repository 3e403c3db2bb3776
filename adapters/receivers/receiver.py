"""Takes Freezeline's webhooks: python3 receiver.py, Python 3.9 or later.
PORT CERT KEY CA SECRET STORE: see docs/connect-a-bank.md."""
import base64, hashlib, hmac, os, re, ssl, tempfile, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT, CERT, KEY, CA, SECRET, STORE = (
    os.environ[name] for name in ("PORT", "CERT", "KEY", "CA", "SECRET", "STORE"))
secret = base64.b64decode(SECRET.removeprefix("whsec_"))
LIMIT = 64 * 1024


def is_genuine(id, timestamp, signatures, body):
    if not re.fullmatch(r"msg_[0-9a-z]{26}", id):
        return False
    if not re.fullmatch(r"[0-9]{1,12}", timestamp) or \
            abs(time.time() - int(timestamp)) > 300:
        return False
    signed = f"{id}.{timestamp}.".encode() + body  # the bytes as they came
    good = base64.b64encode(hmac.digest(secret, signed, hashlib.sha256))
    return any(hmac.compare_digest(b"v1," + good, one.encode())
               for one in signatures.split(" "))


def keep(id, body):
    """One file for each webhook-id, for ever: one that is there came before."""
    with tempfile.NamedTemporaryFile(dir=STORE, suffix=".draft") as draft:
        draft.write(body)
        draft.flush()
        os.fsync(draft.fileno())
        try:
            os.link(draft.name, f"{STORE}/{id}.json")
            print(f"stored {id}", flush=True)
        except FileExistsError:
            pass
    folder = os.open(STORE, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 120

    def do_POST(self):
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(min(length, LIMIT))
        head = [self.headers.get(f"webhook-{name}", "")
                for name in ("id", "timestamp", "signature")]
        genuine = length <= LIMIT and is_genuine(*head, body)
        if genuine:
            keep(head[0], body)  # a 2xx says that it is on the disk
        self.send_response(204 if genuine else 401)
        self.send_header("content-length", "0")
        self.end_headers()
        self.close_connection = not genuine

    def log_message(self, *_):
        pass


tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=CA)
tls.load_cert_chain(CERT, KEY)
tls.verify_mode = ssl.CERT_REQUIRED
server = ThreadingHTTPServer(("", int(PORT)), Receiver)
server.socket = tls.wrap_socket(
    server.socket, server_side=True, do_handshake_on_connect=False)
print(f"ready on {PORT}", flush=True)
server.serve_forever()
