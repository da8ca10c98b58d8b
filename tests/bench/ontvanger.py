"""The leanest receiver there is, so that a benchmark measures the sender: counts and remembers.

`/ok` answers at once, `/500` refuses, `/traag` takes half a second, `/hang` never answers.
"""

import asyncio
import json
import sys
import time

OK = b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"
FOUT = b"HTTP/1.1 500 Error\r\nContent-Length: 0\r\n\r\n"


class Verbinding(asyncio.Protocol):
    """One connection; requests come one after the other."""

    aantallen: dict[str, int] = {}
    momenten: dict[str, list[float]] = {}

    def __init__(self):
        self._buffer = b""

    def connection_made(self, transport):
        self._transport = transport

    def data_received(self, data):
        self._buffer += data
        while (eind := self._buffer.find(b"\r\n\r\n")) >= 0:
            kop = self._buffer[:eind].lower()
            lengte = 0
            if (plek := kop.find(b"content-length:")) >= 0:
                lengte = int(kop[plek + 15 : plek + 25].split(b"\r")[0])
            if len(self._buffer) < eind + 4 + lengte:
                return
            inhoud = self._buffer[eind + 4 : eind + 4 + lengte]
            self._buffer = self._buffer[eind + 4 + lengte :]
            self._antwoord(kop.split(b" ", 2)[1].decode(), inhoud)

    def _antwoord(self, pad, inhoud):
        if pad == "/stand":
            uit = json.dumps({"aantallen": self.aantallen, "momenten": self.momenten}).encode()
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(uit), uit)
            )
        elif pad == "/leeg":
            self.aantallen.clear()
            self.momenten.clear()
            self._transport.write(OK)
        elif pad.startswith("/hang"):
            return
        elif pad.startswith("/500"):
            self._transport.write(FOUT)
        else:
            self._tel(pad, inhoud)
            if pad.startswith("/traag"):
                asyncio.get_running_loop().call_later(0.5, self._transport.write, OK)
            else:
                self._transport.write(OK)

    def _tel(self, pad, inhoud):
        self.aantallen[pad] = self.aantallen.get(pad, 0) + 1
        if pad.startswith("/ok-tijd"):
            begin = inhoud.find(b'"id":"') + 6
            self.momenten.setdefault(inhoud[begin : begin + 36].decode(), []).append(time.time())


async def main(poort):
    server = await asyncio.get_running_loop().create_server(Verbinding, "127.0.0.1", poort)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
