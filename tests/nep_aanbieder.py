"""A provider that answers what a test tells it to, forgeries too. A process of its own.

`python -m tests.nep_aanbieder --poort 8110`; port 0 takes a free one and prints it. Every first
part of a path is an issuer of its own: `http://127.0.0.1:8110/<naam>`. A test posts to
`/<naam>/opdracht` what is to be different (see Opdracht), and reads `/<naam>/teller`.
"""

import argparse
import base64
import json
import secrets
import threading
import time
from collections import Counter, defaultdict
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Opdracht = dict[str, Any]
"""claims, zonder (claims to leave out), kop, kop_zonder, alg, sleutel, jwks, persoon, iss
(parameter of the answer), ontdekking, and per endpoint (`token`, `userinfo`, `jwks_http`,
`discovery`) status, body, soort, drup (seconds per byte), wacht (seconds), zonder, claims, jwt.
A text "@-30" is the time now minus 30 seconds."""


def b64(ruw: bytes) -> str:
    return base64.urlsafe_b64encode(ruw).rstrip(b"=").decode()


class Sleutels:
    """The keys of this provider, some of which it should not have."""

    def __init__(self) -> None:
        self.priv: dict[str, Any] = {
            "rsa": rsa.generate_private_key(public_exponent=65537, key_size=2048),
            "vreemd": rsa.generate_private_key(public_exponent=65537, key_size=2048),
            "klein": rsa.generate_private_key(public_exponent=65537, key_size=1024),  # noqa: S505 - to see it refused
            "ec": ec.generate_private_key(ec.SECP256R1()),
        }

    def jwk(self, van: str, **anders: Any) -> dict[str, Any]:
        """Return a public key as JWK; None takes a field away."""
        soort = jwt.algorithms.ECAlgorithm if van == "ec" else jwt.algorithms.RSAAlgorithm
        velden = json.loads(soort.to_jwk(self.priv[van].public_key()))
        velden = {naam: velden[naam] for naam in velden if naam != "key_ops"}
        alles = {**velden, "kid": van, "use": "sig", **anders}
        return {naam: waarde for naam, waarde in alles.items() if waarde is not None}

    def onderteken(self, kop: dict[str, Any], inhoud: Any, sleutel: str) -> str:
        """Sign by hand: a library would refuse half of what is asked here."""
        tekst = f"{b64(json.dumps(kop).encode())}.{b64(json.dumps(inhoud).encode())}"
        if sleutel == "none":
            return f"{tekst}."
        if sleutel.startswith("hs:"):
            geheim = self._geheim(sleutel)
            handtekening = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(
                tekst.encode(), geheim
            )
        else:
            alg = jwt.get_algorithm_by_name("RS256" if sleutel == "klein" else kop["alg"])
            handtekening = alg.sign(tekst.encode(), self.priv[sleutel])
        return f"{tekst}.{b64(handtekening)}"

    def _geheim(self, sleutel: str) -> bytes:
        if sleutel == "hs:publiek":
            return bytes(self.priv["rsa"].public_key().public_bytes(
                Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))  # fmt: skip
        return b"geheim-van-de-client-0123456789-0123456789"


SLEUTELS = Sleutels()
opdrachten: dict[str, Opdracht] = defaultdict(dict)
tellers: dict[str, Counter[str]] = defaultdict(Counter)
gezien: dict[str, list[dict[str, str]]] = defaultdict(list)
codes: dict[str, dict[str, str]] = {}


def met_tijd(waarde: Any) -> Any:
    """Replace "@+5" by the time now plus 5 seconds, everywhere."""
    if isinstance(waarde, str) and waarde.startswith("@"):
        return int(time.time()) + int(waarde[1:])
    if isinstance(waarde, dict):
        return {naam: met_tijd(deel) for naam, deel in waarde.items()}
    return [met_tijd(deel) for deel in waarde] if isinstance(waarde, list) else waarde


def overlay(basis: dict[str, Any], wat: Opdracht) -> dict[str, Any]:
    """Lay the told claims over the right ones and take away what must go."""
    alles = {**basis, **met_tijd(wat.get("claims", {}))}
    return {naam: waarde for naam, waarde in alles.items() if naam not in wat.get("zonder", [])}


def id_token(issuer: str, vraag: dict[str, str], wat: Opdracht) -> Any:
    """The token that answers this question, as good or as forged as was told."""
    if "rauw" in wat:
        return wat["rauw"]
    nu = int(time.time())
    basis = {"iss": issuer, "sub": "sub-1", "aud": vraag["client_id"], "iat": nu, "exp": nu + 300,
             "nonce": vraag["nonce"], "acr": vraag["acr_values"], "auth_time": nu,
             "sid": "sid-1"}  # fmt: skip
    sleutel = wat.get("sleutel", "rsa")
    kop = {"alg": wat.get("alg", "RS256"), "typ": "JWT", "kid": sleutel, **wat.get("kop", {})}
    kop = {naam: w for naam, w in kop.items() if naam not in wat.get("kop_zonder", [])}
    inhoud = wat["inhoud"] if "inhoud" in wat else overlay(basis, wat)
    return SLEUTELS.onderteken(kop, inhoud, sleutel)


class Afhandeling(BaseHTTPRequestHandler):
    """One request to one issuer."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._doe({})

    def do_POST(self) -> None:
        ruw = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        self._doe(json.loads(ruw) if "json" in self.headers.get("content-type", "") else
                  dict(parse_qsl(ruw)))  # fmt: skip

    def _doe(self, velden: dict[str, Any]) -> None:
        delen = urlsplit(self.path)
        _, naam, plek = (delen.path + "//").split("/", 2)
        plek = plek.strip("/").removeprefix(".well-known/")
        self.naam, self.velden, self.zoek = naam, velden, dict(parse_qsl(delen.query))
        self.issuer = f"http://{self.headers['Host']}/{naam}"
        self.wat = opdrachten[naam]
        if plek not in {"opdracht", "teller", "gezien", "onderteken"}:
            tellers[naam][plek] += 1
        getattr(self, plek.replace("-", "_"), self.onbekend)()

    def opdracht(self) -> None:
        opdrachten[self.naam] = self.velden
        self._json({})

    def teller(self) -> None:
        self._json(tellers[self.naam])

    def gezien(self) -> None:
        self._json(gezien[self.naam])

    def onderteken(self) -> None:
        """Sign anything with this provider's key, e.g. a logout token."""
        wat = self.velden
        kop = {"alg": "RS256", "kid": wat.get("sleutel", "rsa"), **wat.get("kop", {})}
        inhoud = met_tijd(wat["inhoud"])
        self._json({"token": SLEUTELS.onderteken(kop, inhoud, wat.get("sleutel", "rsa"))})

    def openid_configuration(self) -> None:
        basis = {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks",
                 "authorization_endpoint": f"{self.issuer}/authorize",
                 "token_endpoint": f"{self.issuer}/token",
                 "userinfo_endpoint": f"{self.issuer}/userinfo",
                 "end_session_endpoint": f"{self.issuer}/uitloggen",
                 "authorization_response_iss_parameter_supported": True}  # fmt: skip
        anders = {**basis, **self.wat.get("ontdekking", {})}
        self._als("discovery", {naam: w for naam, w in anders.items() if w is not None})

    def jwks(self) -> None:
        lijst = self.wat.get("jwks", [{"van": "rsa"}])
        self._als("jwks_http", {"keys": [SLEUTELS.jwk(**deel) for deel in lijst]})

    def authorize(self) -> None:
        code = secrets.token_urlsafe(12)
        codes[code] = self.zoek
        antwoord = {"code": code, "state": self.zoek["state"], "iss": self.issuer}
        antwoord |= self.wat.get("antwoord", {})
        antwoord = {naam: w for naam, w in antwoord.items() if w is not None}
        self.send_response(302)
        self.send_header("Location", f"{self.zoek['redirect_uri']}?{urlencode(antwoord)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def token(self) -> None:
        gezien[self.naam].append(self.velden)
        vraag = codes.pop(self.velden.get("code", ""), None)
        verifier = b64(sha256(self.velden.get("code_verifier", "").encode()).digest())
        if vraag is None or vraag["code_challenge"] != verifier or self.wat.get("weiger"):
            return self._json({"error": "invalid_grant"}, 400)
        tokens = {"access_token": "toegang", "token_type": "Bearer",
                  "id_token": id_token(self.issuer, vraag, self.wat)}  # fmt: skip
        zonder = self.wat.get("token", {}).get("zonder", [])
        self._als("token", {naam: w for naam, w in tokens.items() if naam not in zonder})

    def userinfo(self) -> None:
        wat = self.wat.get("userinfo", {})
        claims = {"sub": "sub-1", **self.wat.get("persoon", {"bsn": "999990019"})}
        claims = overlay(claims, wat)
        if wat.get("jwt"):
            claims = overlay({"iss": self.issuer, "aud": "proef-client", **claims}, wat)
            kop = {"alg": "RS256", "kid": "rsa"}
            token = SLEUTELS.onderteken(kop, claims, "rsa").encode()
            return self._stuur(200, token, "application/jwt", {})
        self._als("userinfo", claims)

    def onbekend(self) -> None:
        self._json({}, 404)

    def _als(self, eindpunt: str, inhoud: Any) -> None:
        """Answer, unless something else was told for this endpoint."""
        wat = self.wat.get(eindpunt, {})
        time.sleep(wat.get("wacht", 0))
        ruw = wat["body"].encode() if "body" in wat else json.dumps(inhoud).encode()
        ruw += b" " * wat.get("vul", 0)
        self._stuur(wat.get("status", 200), ruw, wat.get("soort", "application/json"), wat)

    def _json(self, inhoud: Any, status: int = 200) -> None:
        self._stuur(status, json.dumps(inhoud).encode(), "application/json", {})

    def _stuur(self, status: int, ruw: bytes, soort: str, wat: Opdracht) -> None:
        self.send_response(status)
        self.send_header("Content-Type", soort)
        self.send_header("Content-Length", str(len(ruw)))
        for naam, waarde in wat.get("koppen", {}).items():
            self.send_header(naam, waarde)
        self.end_headers()
        if not (drup := wat.get("drup")):
            self.wfile.write(ruw)
            return
        for byte in ruw:
            time.sleep(drup)
            self.wfile.write(bytes([byte]))
            self.wfile.flush()

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            """The portal hung up: that is what it should do."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--poort", type=int, default=0)
    server = Server(("127.0.0.1", parser.parse_args().poort), Afhandeling)
    print(server.server_address[1], flush=True)  # noqa: T201 - tells the test where it listens
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
