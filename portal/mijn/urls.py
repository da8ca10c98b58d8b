"""De adressen achter de inlog."""

from django.urls import URLPattern, URLResolver, path

from portal.klanten.regels import Contactsoort
from portal.mijn.views import (
    adreshulp,
    beveiliging,
    bevestigen,
    contact,
    contactpunten,
    downloaden,
    gebruik,
    gegevens,
    geschiedenis,
    herstel,
    klopt_niet,
    koppelen,
    meldingen,
    naam,
    namens_wie,
    postadres,
    rekening,
    verwijderen,
    voorkeuren,
    voorstellen,
)

app_name = "mijn"


def _van_soort(soort: Contactsoort) -> list[URLPattern | URLResolver]:
    """Dezelfde adressen voor telefoonnummers en e-mailadressen."""
    weg, vast = f"mijn-gegevens/{soort.value}", {"soort": soort}
    een = f"{weg}/<uuid:waarde>"
    return [
        path(f"{weg}/toevoegen/", contact.toevoegen, vast, name=f"{soort.value}_toevoegen"),
        path(f"{een}/", contact.wijzigen, vast, name=f"{soort.value}_wijzigen"),
        path(f"{een}/bevestigen/", bevestigen.bevestigen, vast, name=f"{soort.value}_bevestigen"),
        path(
            f"{een}/nieuwe-code/", bevestigen.nieuwe_code, vast, name=f"{soort.value}_nieuwe_code"
        ),
        path(f"{een}/eerst/", contact.eerst, vast, name=f"{soort.value}_eerst"),
        path(f"{een}/verwijderen/", contact.verwijderen, vast, name=f"{soort.value}_verwijderen"),
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("overzicht/", gegevens.overzicht, name="overzicht"),
    path("namens-wie/", namens_wie.namens_wie, name="namens_wie"),
    path("beveiliging/", beveiliging.beveiliging, name="beveiliging"),
    path("beveiliging/<int:regel>/niet/", beveiliging.herken_niet, name="inlog_niet_herkend"),
    path("beveiliging/uitloggen/", beveiliging.overal_uitloggen, name="overal_uitloggen"),
    path("mijn-gegevens/", gegevens.gegevens, name="gegevens"),
    path("mijn-gegevens/panelen/<slug:paneel>/", gegevens.paneel, name="paneel"),
    path("mijn-gegevens/naam/", naam.naam, name="naam"),
    path("mijn-gegevens/naam/verwijderen/", naam.naam_verwijderen, name="naam_verwijderen"),
    path("mijn-gegevens/adres/", postadres.adres, name="adres"),
    path("mijn-gegevens/adres/hulp/", adreshulp.adreshulp, name="adreshulp"),
    path("mijn-gegevens/adres/buitenland/", postadres.adres_buitenland, name="adres_buitenland"),
    path("mijn-gegevens/adres/verwijderen/", postadres.adres_verwijderen, name="adres_verwijderen"),
    path("mijn-gegevens/voorstellen/", voorstellen.overzicht, name="voorstellen"),
    path(
        "mijn-gegevens/voorstellen/<uuid:daar>/overnemen/",
        voorstellen.overnemen,
        name="voorstel_overnemen",
    ),
    path(
        "mijn-gegevens/voorstellen/<uuid:daar>/afwijzen/",
        voorstellen.afwijzen,
        name="voorstel_afwijzen",
    ),
    path("mijn-gegevens/contactpunten/", contactpunten.contactpunten, name="contactpunten"),
    path(
        "mijn-gegevens/contactpunten/openen/",
        contactpunten.contactpunt_openen,
        name="contactpunt_openen",
    ),
    path(
        "mijn-gegevens/contactpunten/toevoegen/",
        contactpunten.contactpunt_toevoegen,
        name="contactpunt_toevoegen",
    ),
    *_van_soort(Contactsoort.TELEFOON),
    *_van_soort(Contactsoort.EMAIL),
    path("mijn-gegevens/rekening/", rekening.rekening, name="rekening"),
    path("mijn-gegevens/rekening/controle/", rekening.rekening_controle, name="rekening_controle"),
    path("mijn-gegevens/rekening/tonen/", gegevens.rekening_tonen, name="rekening_tonen"),
    path(
        "mijn-gegevens/rekening/<uuid:waarde>/verwijderen/",
        rekening.rekening_verwijderen,
        name="rekening_verwijderen",
    ),
    path("mijn-gegevens/klopt-niet/<slug:gegeven>/", klopt_niet.klopt_niet, name="klopt_niet"),
    path("meldingen/", meldingen.meldingen, name="meldingen"),
    path("meldingen/nieuw/", meldingen.melding_nieuw, name="melding_nieuw"),
    path("meldingen/<uuid:interactie>/", meldingen.melding, name="melding"),
    path("meldingen/koppelen/", koppelen.koppelen, name="koppelen"),
    path("meldingen/koppelen/code/", koppelen.koppelen_code, name="koppelen_code"),
    path("meldingen/koppelen/kiezen/", koppelen.koppelen_kiezen, name="koppelen_kiezen"),
    path("geschiedenis/", geschiedenis.geschiedenis, name="geschiedenis"),
    path(
        "geschiedenis/<uuid:gebeurtenis>/<slug:veld>/terug/",
        geschiedenis.terugzetten,
        name="terugzetten",
    ),
    path("gebruik/", gebruik.gebruik, name="gebruik"),
    path("downloaden/", downloaden.downloaden, name="downloaden"),
    path("downloaden/meenemen.schema.json", downloaden.schema, name="download_schema"),
    path("downloaden/<uuid:download>/", downloaden.ophalen, name="download_ophalen"),
    path("verwijderen/", verwijderen.verwijderen, name="verwijderen"),
    path("verwijderen/controle/", verwijderen.verwijderen_controle, name="verwijderen_controle"),
    path("verwijderen/intrekken/", verwijderen.verwijderen_intrekken, name="verwijderen_intrekken"),
    path("verwijderen/klaar/", verwijderen.verwijderen_klaar, name="verwijderen_klaar"),
    path("dit-was-ik-niet/<str:token>/", herstel.dit_was_ik_niet, name="dit_was_ik_niet"),
    path("contactvoorkeuren/", voorkeuren.contactvoorkeuren, name="contactvoorkeuren"),
    path("contactvoorkeuren/<slug:soort>/", voorkeuren.voorkeur, name="voorkeur"),
]
