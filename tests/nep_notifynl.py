"""Een NotifyNL dat draait: controleert het bewijs, onthoudt sms'jes, kan storen.

`python -m tests.nep_notifynl --poort 8006` runs it alone.
"""

import argparse
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt

DIENST = "11111111-2222-4333-8444-555555555555"
GEHEIM = "66666666-7777-4888-8999-aaaaaaaaaaaa"
SLEUTEL = f"proef-{DIENST}-{GEHEIM}"


class NepNotifyNL(ThreadingHTTPServer):
    """Bewaart wat hij kreeg in `ontvangen`; `status` forces an answer other than 201.

    `reden` is the message of the error in that answer, as the real one words it.
    """

    daemon_threads = True

    def __init__(self, poort=0):
        super().__init__(("127.0.0.1", poort), _Verzoek)
        self.ontvangen = []
        self.status = 201
        self.reden = "phone_number Not enough digits"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class _Verzoek(BaseHTTPRequestHandler):
    def do_POST(self):
        inhoud = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = self._oordeel(inhoud)
        if status == 201:
            self.server.ontvangen.append(inhoud)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        fouten = [{"error": "ValidationError", "message": self.server.reden}]
        uit = {} if status == 201 else {"status_code": status, "errors": fouten}
        self.wfile.write(json.dumps(uit).encode())

    def _oordeel(self, inhoud):
        bewijs = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(bewijs, GEHEIM, algorithms=["HS256"])
        except jwt.InvalidTokenError:
            return 403
        if claims["iss"] != DIENST or self.path != "/v2/notifications/sms":
            return 403
        if {"phone_number", "template_id", "personalisation"} - inhoud.keys():
            return 400
        return self.server.status

    def log_message(self, *args):
        pass


@contextmanager
def draaiend():
    server = NepNotifyNL()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    keuzes = argparse.ArgumentParser()
    keuzes.add_argument("--poort", type=int, default=8006)
    NepNotifyNL(keuzes.parse_args().poort).serve_forever()
