"""The back channel without a socket: `requests` calls the view of the stand-in in this process.

One process with one thread would wait for itself for ever over HTTP. Only the view is called, not
the whole stack: that would close the database connection and reset the language of the request
this one is part of.
"""

import io
from typing import Any
from urllib.parse import urlsplit

import requests
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.urls import resolve
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

ALLEEN = "/nagebootst/"


class InProces(BaseAdapter):
    """An adapter for `requests` that reaches the stand-in and nothing else."""

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:  # type: ignore[override]
        """Answer from the view at the path of the URL; raises ConnectionError for other paths."""
        adres = urlsplit(request.url or "")
        if not adres.path.startswith(ALLEEN):
            raise requests.ConnectionError("alleen het nagebootste middel is zo te bereiken")
        view, args, kwargs = resolve(adres.path)
        return self._antwoord(view(self._verzoek(request, adres.path), *args, **kwargs), request)

    def _verzoek(self, request: requests.PreparedRequest, pad: str) -> WSGIRequest:
        body = request.body or b""
        ruw = body.encode() if isinstance(body, str) else bytes(body)
        adres = urlsplit(request.url or "")
        koppen = {
            f"HTTP_{naam.upper().replace('-', '_')}": w for naam, w in request.headers.items()
        }
        return WSGIRequest({
            **koppen,
            "REQUEST_METHOD": request.method,
            "PATH_INFO": pad,
            "QUERY_STRING": adres.query,
            "SERVER_NAME": adres.hostname or "localhost",
            "SERVER_PORT": str(adres.port or 80),
            "CONTENT_TYPE": request.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(ruw)),
            "wsgi.url_scheme": adres.scheme,
            "wsgi.input": io.BytesIO(ruw),
        })  # fmt: skip

    def _antwoord(self, van: HttpResponse, request: requests.PreparedRequest) -> requests.Response:
        antwoord = requests.Response()
        antwoord.status_code = van.status_code
        antwoord.headers.update(van.items())
        antwoord.url = request.url or ""
        antwoord.request = request
        antwoord.raw = HTTPResponse(
            io.BytesIO(van.content), status=van.status_code, preload_content=False
        )
        return antwoord

    def close(self) -> None:
        """There is nothing to close."""
