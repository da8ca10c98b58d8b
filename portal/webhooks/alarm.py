"""Mail als het misgaat: aan de contactpersoon na 24 uur, aan de beheerder na 72 uur en daarna.

An alarm names abonnement, contact, first fault and open rows; never a klant.
"""

import datetime as dt
import logging
from collections.abc import Collection

from cryptography import x509
from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from portal.webhooks.beheer import aantal_open
from portal.webhooks.geheimen import inlog_van
from portal.webhooks.models import Abonnement, Baan, Teller
from portal.webhooks.waak import bevindingen

logger = logging.getLogger(__name__)
DREMPELS_UUR = (24, 168, 235, 302)
"""24 hours, then 50, 70 and 90 % of fourteen days."""
OPGEVEN = dt.timedelta(days=14)
GEBLOKKEERD = dt.timedelta(hours=72)
CERTIFICAAT_DAGEN = (30, 14, 7, 3, 2, 1, 0)
GEHEIM_DAGEN, HERINNER_DAGEN = 365, 30
GEMELD, NOG_EENS = "alarm_databank", dt.timedelta(hours=23, minutes=30)


def waarschuw(op: dt.datetime) -> None:
    """Elk uur: mail bij elke drempel één keer, en zet uit wat 14 dagen niets aannam."""
    for abonnement in Abonnement.objects.filter(
        status=Abonnement.Status.ACTIEF, mislukt_sinds__isnull=False
    ):
        _waarschuw_een(abonnement, op)


def _waarschuw_een(abonnement: Abonnement, op: dt.datetime) -> None:
    assert abonnement.mislukt_sinds is not None  # noqa: S101 - gefilterd in de vraag
    duur = op - abonnement.mislukt_sinds
    uren = [uur for uur in DREMPELS_UUR if duur >= dt.timedelta(hours=uur)]
    if uren and uren[-1] > abonnement.gewaarschuwd_uur:
        _mail(abonnement, f"al {uren[-1]} uur storing", aan_contact=True)
        Abonnement.objects.filter(pk=abonnement.pk).update(gewaarschuwd_uur=uren[-1])
    if duur >= OPGEVEN:
        Abonnement.objects.filter(pk=abonnement.pk, status=Abonnement.Status.ACTIEF).update(
            status=Abonnement.Status.UITGEZET, reden="14 dagen lang niets aangenomen"
        )
        _mail(abonnement, "uitgezet na 14 dagen storing", aan_contact=True)


def waarschuw_voor_de_databank(op: dt.datetime | None = None) -> None:
    """Elk uur: klok, hangende transacties en slots; alleen aan de beheerder van de server.

    Mail komt bij elke nieuwe soort meteen, en verder eens per dag. `op` is our clock when it is
    compared with that of the database: now, not when the task began.
    """
    op = op or timezone.now()
    gevonden = bevindingen(op)
    for zin in gevonden.values():
        logger.error("alarm databank: %s", zin)
    if settings.BEHEER_EMAIL and _is_nieuws(gevonden, op):
        tekst = "\n".join(gevonden.values())
        send_mail("Klantportaal: let op de databank", tekst, None, [settings.BEHEER_EMAIL])
        for soort in gevonden:
            Teller.objects.update_or_create(
                naam=GEMELD, abonnement=None, label=soort, defaults={"waarde": 1, "op": op}
            )


def _is_nieuws(gevonden: Collection[str], op: dt.datetime) -> bool:
    """Een soort die nog niet gemeld is, of lang geleden; wat over is, mag weer nieuws worden."""
    gemeld = Teller.objects.filter(naam=GEMELD)
    gemeld.exclude(label__in=gevonden).delete()
    recent = {rij.label for rij in gemeld if rij.op and abs(op - rij.op) < NOG_EENS}
    return not set(gevonden) <= recent


def waarschuw_dagelijks(op: dt.datetime) -> None:
    """Elke nacht: banen die vastzitten, uitgezette ontvangers, certificaten en geheimen."""
    for abonnement in Abonnement.objects.exclude(status=Abonnement.Status.INGETROKKEN):
        banen = Baan.objects.filter(abonnement=abonnement, openstaand__gt=0)
        geblokkeerd = banen.filter(geblokkeerd_sinds__lt=op - GEBLOKKEERD).count()
        if geblokkeerd:
            _mail(abonnement, f"{geblokkeerd} banen langer dan 72 uur geblokkeerd")
        if uitgeput := banen.filter(uitgeput=True).count():
            _mail(abonnement, f"{uitgeput} banen uitgeput: er wordt niets meer geprobeerd")
        if abonnement.status == Abonnement.Status.UITGEZET and aantal_open(abonnement):
            _mail(abonnement, "uitgezet, en er staan berichten open")
        dagen = dagen_certificaat(abonnement, op)
        if dagen is not None and (dagen in CERTIFICAAT_DAGEN or dagen < 0):
            _mail(abonnement, f"clientcertificaat nog {dagen} dagen geldig", aan_contact=True)
        if zin := over_geheimen(abonnement, op):
            _mail(abonnement, zin, aan_contact=True)


def over_geheimen(abonnement: Abonnement, op: dt.datetime) -> str:
    """Wat de ontvanger over zijn geheim moet weten: het vorige stopt, of dit is een jaar oud."""
    geheimen = abonnement.geheimen.order_by("-geldig_vanaf")
    morgen = op + dt.timedelta(days=1)
    if oud := geheimen.filter(geldig_tot__gt=op, geldig_tot__lte=morgen).first():
        return f"het vorige geheim ondertekent nog tot {oud.geldig_tot:%d-%m-%Y %H:%M} (UTC) mee"
    nieuwste = geheimen.filter(geldig_tot__isnull=True).first()
    dagen = (op - nieuwste.geldig_vanaf).days if nieuwste else 0
    te_oud = dagen >= GEHEIM_DAGEN and (dagen - GEHEIM_DAGEN) % HERINNER_DAGEN == 0
    return f"het geheim is {dagen} dagen oud: wissel het" if te_oud else ""


def dagen_certificaat(abonnement: Abonnement, op: dt.datetime) -> int | None:
    """Hoeveel hele dagen het clientcertificaat nog geldig is; None zonder certificaat."""
    pem = inlog_van(abonnement.inlog_verzegeld).get("certificaat")
    if not pem:
        return None
    return (x509.load_pem_x509_certificate(pem.encode()).not_valid_after_utc - op).days


def _mail(abonnement: Abonnement, wat: str, *, aan_contact: bool = False) -> None:
    logger.error("alarm abonnement=%d: %s", abonnement.pk, wat)
    sinds = abonnement.mislukt_sinds
    regels = [
        f"Abonnement: {abonnement.naam}",
        f"Contact: {abonnement.contact}",
        f"Eerste fout: {sinds:%d-%m-%Y %H:%M} (UTC)" if sinds else "Eerste fout: geen",
        f"Berichten die wachten: {aantal_open(abonnement)}",
        "",
        "Er gaat niets verloren: alles gaat op volgorde zodra de ontvanger weer aanneemt.",
    ]
    aan = [adres for adres in [settings.BEHEER_EMAIL] if adres]
    if aan_contact and abonnement.contact:
        aan.append(abonnement.contact)
    if aan:
        send_mail(f"Klantportaal: {abonnement.naam}: {wat}", "\n".join(regels), None, aan)
