"""De pagina van de nagespeelde gemeente: wat er aankwam, het nieuwste bovenaan."""

import datetime as dt
import json
from html import escape
from zoneinfo import ZoneInfo

TYPEN = {
    "nl.klanten.klant-aangemaakt": "Klant aangemaakt",
    "nl.klanten.klant-gewijzigd": "Klant gewijzigd",
    "nl.klanten.klant-bevestigd": "Gegeven bevestigd",
    "nl.klanten.klant-geclaimd": "Klant geclaimd",
    "nl.klanten.klant-verwijderd": "Klant verwijderd",
    "nl.klanten.melding-ontvangen": "Melding ontvangen",
    "nl.klanten.bericht-overgeslagen": "Bericht overgeslagen",
    "nl.klanten.test": "Testbericht",
}
STIJL = """
body{font:1.0625rem/1.5 system-ui,sans-serif;margin:0;color:#1b2733;background:#f3f6f8}
header{background:#14506e;color:#fff;padding:1.25rem 0}
header p{margin:0;color:#dcecf4}
main,header>div{max-width:72rem;margin:0 auto;padding:0 1rem}
h1{margin:0;font-size:1.625rem}h2{margin:2rem 0 .5rem;font-size:1.25rem}
.kader{overflow-x:auto;background:#fff;border:1px solid #c9d5dd;border-radius:.375rem}
table{border-collapse:collapse;width:100%}caption{text-align:left;padding:.75rem;color:#44525e}
th,td{text-align:left;padding:.5rem .75rem;border-top:1px solid #dde5ea;vertical-align:top}
th{background:#eaf0f4}code{font-size:.9375rem}.goed{color:#0b6b33;font-weight:600}
.fout{color:#a4161a;font-weight:600}a{color:#0f5b80}a:focus,.kader:focus{outline:3px solid #c65b00}
article{background:#fff;border:1px solid #c9d5dd;border-radius:.375rem;padding:1rem;margin:.5rem 0}
article p{white-space:pre-wrap;overflow-wrap:anywhere;margin:.25rem 0}
"""


def pagina(ontvangen, post, *, stil):
    """Return the whole page; `stil` leaves out the refresh every five seconds."""
    ververs = "" if stil else '<meta http-equiv="refresh" content="5">'
    knop = (
        '<a href="/">Weer vanzelf verversen</a>'
        if stil
        else '<a href="/?stil">Niet meer verversen</a>'
    )
    return f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">{ververs}
<link rel="icon" href="data:,"><title>Wat de gemeente ontvangt</title>
<style>{STIJL}</style></head><body>
<header><div><h1>Wat de gemeente ontvangt</h1>
<p>Deze pagina speelt een systeem van de gemeente na. Zij hoort dat er iets veranderde,
nooit wat er staat.</p></div></header>
<main><p>{knop}</p>
<h2 id="w">Berichten over klanten</h2>{_berichten(ontvangen)}
<h2>Post aan mensen</h2>{_post(post)}</main></body></html>"""


def _berichten(ontvangen):
    if not ontvangen:
        return "<p>Er is nog niets aangekomen. Wijzig een gegeven in het portaal.</p>"
    rijen = "".join(_rij(regel) for regel in ontvangen)
    return f"""<div class="kader" tabindex="0" role="region" aria-labelledby="w"><table>
<caption>Het nieuwste bericht staat bovenaan.</caption>
<thead><tr><th scope="col">Ontvangen</th><th scope="col">Wat</th><th scope="col">Klant</th>
<th scope="col">Nummer</th><th scope="col">Velden</th><th scope="col">Handtekening</th></tr></thead>
<tbody>{rijen}</tbody></table></div>"""


def _rij(regel):
    try:
        bericht = json.loads(regel["inhoud"])
        data = bericht["data"]
    except (ValueError, KeyError, TypeError):
        bericht, data = {}, {}
    soort = str(bericht.get("type", "onbekend"))
    velden = ", ".join(map(str, data.get("gewijzigd", data.get("overgeslagen", []))))
    klopt = regel["uitkomst"] != "handtekening klopt niet"
    oordeel = f"klopt ({regel['uitkomst']})" if klopt else "klopt niet: geweigerd"
    nummer = str(bericht.get("sequence", "")).lstrip("0")
    return (
        f"<tr><td>{_tijd(regel['op'])}</td><td>{escape(TYPEN.get(soort, soort))}</td>"
        f"<td><code>{escape(str(bericht.get('subject', ''))[:8])}</code></td>"
        f"<td>{escape(nummer)}</td><td>{escape(velden)}</td>"
        f'<td class="{"goed" if klopt else "fout"}">{escape(oordeel)}</td></tr>'
    )


def _post(post):
    if not post:
        return "<p>Er is nog geen e-mail of sms verstuurd.</p>"
    return "".join(
        f"<article><h3>{_kop(stuk)}</h3>"
        f"<p>Aan {escape(stuk['aan'])}, {_tijd(stuk['op'])}</p>"
        f"<p>{escape(stuk['tekst'])}</p></article>"
        for stuk in post
    )


def _kop(stuk):
    soort = {"email": "E-mail", "sms": "Sms"}[stuk["soort"]]
    return ": ".join(filter(None, (soort, escape(stuk["onderwerp"]))))


def _tijd(op):
    return dt.datetime.fromtimestamp(op, ZoneInfo("Europe/Amsterdam")).strftime("%H:%M:%S")
