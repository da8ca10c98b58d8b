"""The routeringcomponent. `python -m tests.nep_notificaties --poort 8107`."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.nep_server import Antwoord, Bak, Handeling, Nep, Verzoek, draai

PROEF = {
    "kanaal": "test",
    "resource": "some_resource",
    "actie": "create",
    "aanmaakdatum": "2019-01-01T12:00:00Z",
    "kenmerken": {},
    "hoofdObject": "https://example.com",
    "resourceUrl": "https://example.com",
}


class NepNotificaties(Nep):
    """Kanalen, abonnementen with the handshake of Open Notificaties, and passing on.

    Messages go to subscribers through `post`, which a test replaces by the Django client.
    """

    bestand = "notificaties-1.0.1.json"
    basispad = "/notificaties/api/v1"
    naam = "notificaties"

    def __init__(self, poort: int = 0) -> None:
        super().__init__(poort)
        self.kanalen = Bak(self, "/kanaal")
        self.abonnementen = Bak(self, "/abonnement")
        self.bezorgd: list[tuple[str, int]] = []

    def begin(self) -> None:
        """A zaaksysteem has registered its kanaal already."""
        filters = ["bronorganisatie", "zaaktype", "vertrouwelijkheidaanduiding"]
        self.kanalen.zet({"naam": "zaken", "filters": filters})

    def handelingen(self) -> dict[tuple[str, str], Handeling]:
        return {
            ("get", "/kanaal"): self.lijst_kanalen,
            ("post", "/kanaal"): self.maak_kanaal,
            ("get", "/kanaal/{uuid}"): self.kanalen.een,
            ("get", "/abonnement"): lambda _: Antwoord(
                inhoud=list(self.abonnementen.rijen.values())
            ),
            ("post", "/abonnement"): self.abonneer,
            ("get", "/abonnement/{uuid}"): self.abonnementen.een,
            ("put", "/abonnement/{uuid}"): self.herabonneer,
            ("delete", "/abonnement/{uuid}"): self.abonnementen.weg,
            ("post", "/notificaties"): self.ontvang,
        }

    def lijst_kanalen(self, verzoek: Verzoek) -> Antwoord:
        naam = verzoek.zoek.get("naam")
        rijen = [r for r in self.kanalen.rijen.values() if naam in {None, r["naam"]}]
        return Antwoord(inhoud=rijen)

    def maak_kanaal(self, verzoek: Verzoek) -> Antwoord:
        if verzoek.inhoud["naam"] in {rij["naam"] for rij in self.kanalen.rijen.values()}:
            return self.fout(400, "unique")
        return Antwoord(201, self.kanalen.zet(verzoek.inhoud))

    def abonneer(self, verzoek: Verzoek) -> Antwoord:
        fout = self._niet_goed(verzoek.inhoud)
        return (
            self.fout(400, fout) if fout else Antwoord(201, self.abonnementen.zet(verzoek.inhoud))
        )

    def herabonneer(self, verzoek: Verzoek) -> Antwoord:
        if verzoek.waarden["uuid"] not in self.abonnementen.rijen:
            return self.fout(404, "not_found")
        if fout := self._niet_goed(verzoek.inhoud):
            return self.fout(400, fout)
        return Antwoord(inhoud=self.abonnementen.zet(verzoek.inhoud, verzoek.waarden["uuid"]))

    def _niet_goed(self, abonnement: dict[str, Any]) -> str:
        bekend = {rij["naam"] for rij in self.kanalen.rijen.values()}
        if {kanaal["naam"] for kanaal in abonnement["kanalen"]} - bekend:
            return "kanaal_naam"
        if self.post(abonnement["callbackUrl"], "", PROEF) not in {401, 403}:
            return "no-auth-on-callback-url"
        if self.post(abonnement["callbackUrl"], abonnement["auth"], PROEF) not in range(200, 210):
            return "invalid-callback-url"
        return ""

    def ontvang(self, verzoek: Verzoek) -> Antwoord:
        bericht = verzoek.inhoud
        kanaal = next(
            (r for r in self.kanalen.rijen.values() if r["naam"] == bericht["kanaal"]), None
        )
        if kanaal is None:
            return self.fout(400, "message_kanaal")
        namen, filters = set(bericht.get("kenmerken", {})), set(kanaal.get("filters", []))
        if not (namen <= filters or namen >= filters):
            return self.fout(400, "kenmerken_inconsistent")
        self.geef_door(bericht)
        return Antwoord(inhoud=bericht)

    def geef_door(self, bericht: dict[str, Any]) -> None:
        """Post to every abonnement on this kanaal, and remember what each answered."""
        for abonnement in list(self.abonnementen.rijen.values()):
            if bericht["kanaal"] in {kanaal["naam"] for kanaal in abonnement["kanalen"]}:
                url = abonnement["callbackUrl"]
                self.bezorgd.append((url, self.post(url, abonnement["auth"], bericht)))

    def meld_zaak(self, url: str, *, actie: str = "update", aanmaakdatum: str = "") -> None:
        """Pass on that a zaak changed, as a zaaksysteem would."""
        nu = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        self.geef_door(
            {
                "kanaal": "zaken",
                "hoofdObject": url,
                "resource": "zaak",
                "resourceUrl": url,
                "actie": actie,
                "aanmaakdatum": aanmaakdatum or nu,
                "kenmerken": {"bronorganisatie": "823288444"},
            }
        )

    def post(self, url: str, auth: str, bericht: dict[str, Any]) -> int:
        """Deliver one message; return the status, 0 when there was none."""
        koppen = {"Content-Type": "application/json", **({"Authorization": auth} if auth else {})}
        vraag = Request(url, json.dumps(bericht).encode(), koppen, method="POST")  # noqa: S310  # a test's own address
        try:
            with urlopen(vraag, timeout=5) as antwoord:  # noqa: S310  # idem
                return int(antwoord.status)
        except HTTPError as fout:
            return fout.code
        except OSError:
            return 0


if __name__ == "__main__":
    draai(NepNotificaties)
