"""Mail als het misgaat: aan de contactpersoon na 24 uur, aan de beheerder na 72 uur en daarna.

An alarm names abonnement, contact, first fault, open rows and what to do; never a klant. Each
abonnement and each kind is a step of its own: what fails for one silences no other.
"""

import datetime as dt
import logging
from collections.abc import Mapping
from functools import partial

from cryptography import x509
from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from accounts.zegel import Onleesbaar
from portal.klanten import bevindingen
from portal.klanten.bevindingen import Bevinding, drempel
from portal.klanten.stappen import doe_elke_stap
from portal.webhooks.beheer import HANDDRUK_NODIG, SOORT, aantal_open
from portal.webhooks.geheimen import inlog_van
from portal.webhooks.models import Abonnement, Baan, Teller
from portal.webhooks.vervolg import OPGEVEN
from portal.webhooks.vng import VORMEN

logger = logging.getLogger(__name__)
STATUS = Abonnement.Status
DREMPELS_UUR = (24, 168, 235, 302)
"""24 hours, then 50, 70 and 90 % of fourteen days."""
GEBLOKKEERD = dt.timedelta(hours=72)
VERGETEN = dt.timedelta(hours=24)
CERTIFICAAT_DAGEN = (30, 14, 7, 3, 2, 1, 0)
CERTIFICAAT = "certificaat"
GEHEIM_DAGEN, HERINNER_DAGEN = 365, 30
GEMELD, NOG_EENS = "alarm_beheer", dt.timedelta(hours=23, minutes=30)
VANZELF = "niets; er gaat niets verloren, alles gaat op volgorde zodra de ontvanger weer aanneemt"
HERVAT = 'neem de oorzaak weg, dan: manage.py abonnement hervat {pk} --reden "…"'
PROBEER = (
    'neem de oorzaak bij de ontvanger weg, dan: manage.py abonnement probeer-nu {pk} --reden "…"'
)
HANDDRUK = 'doe de handdruk: manage.py abonnement handdruk {pk} --reden "…"'
WISSEL = 'manage.py abonnement roteer {pk} --reden "…", en geef het nieuwe aan de ontvanger'
BEWAAR_CERTIFICAAT = "bewaar een nieuw certificaat bij het abonnement (beheerscherm, inloggegevens)"


def waarschuw(op: dt.datetime) -> None:
    """Elk uur: mail bij elke drempel één keer, en zet uit wat 14 dagen niets aannam.

    Raises ExceptionGroup after all of them.
    """
    misgaand = Abonnement.objects.filter(status=STATUS.ACTIEF, mislukt_sinds__isnull=False)
    doe_elke_stap(*(partial(_waarschuw_een, abonnement, op) for abonnement in misgaand))


def _waarschuw_een(abonnement: Abonnement, op: dt.datetime) -> None:
    assert abonnement.mislukt_sinds is not None  # noqa: S101 - gefilterd in de vraag
    duur = op - abonnement.mislukt_sinds
    if duur >= OPGEVEN:
        Abonnement.objects.filter(pk=abonnement.pk, status=STATUS.ACTIEF).update(
            status=STATUS.UITGEZET, reden="14 dagen lang niets aangenomen"
        )
    uren = [uur for uur in DREMPELS_UUR if duur >= dt.timedelta(hours=uur)]
    if uren and uren[-1] > abonnement.gewaarschuwd_uur:
        _mail(abonnement, f"al {uren[-1]} uur storing", VANZELF, aan_contact=True)
        Abonnement.objects.filter(pk=abonnement.pk).update(gewaarschuwd_uur=uren[-1])
    if duur >= OPGEVEN:
        _mail(abonnement, "uitgezet na 14 dagen storing", HERVAT, aan_contact=True)


def waarschuw_beheer(op: dt.datetime | None = None) -> None:
    """Elk uur: wat de pakketten vinden (databank, taken, berichten, buren); aan BEHEER_EMAIL.

    Mail komt bij elke nieuwe soort meteen, en verder eens per dag. `op` is our clock when it is
    compared with that of the database: now, not when the task began.
    """
    op = op or timezone.now()
    gevonden = bevindingen.alle(op)
    nieuws = _nieuws(gevonden, op)
    te_zeggen = {s: b for s, b in gevonden.items() if s in nieuws or not b.eens}
    for soort, bevinding in te_zeggen.items():
        logger.error("alarm.beheer", extra={"soort": soort, "zin": bevinding.zin})
    if settings.BEHEER_EMAIL and nieuws:
        tekst = "\n".join(f"{b.zin}\nDoe: {b.doe}.\n" for b in te_zeggen.values())
        send_mail("Klantportaal: let op", tekst, None, [settings.BEHEER_EMAIL])
        for soort in te_zeggen:
            Teller.objects.update_or_create(
                naam=GEMELD, abonnement=None, label=soort, defaults={"waarde": 1, "op": op}
            )


def _nieuws(gevonden: Mapping[str, Bevinding], op: dt.datetime) -> set[str]:
    """Een soort die nog niet gemeld is, of lang geleden; wat over is, mag weer nieuws worden."""
    gemeld = Teller.objects.filter(naam=GEMELD)
    gemeld.exclude(label__in=gevonden).delete()
    eerder = {rij.label: rij.op for rij in gemeld if rij.op}
    return {
        soort
        for soort, b in gevonden.items()
        if soort not in eerder or not (b.eens or abs(op - eerder[soort]) < NOG_EENS)
    }


def waarschuw_dagelijks(op: dt.datetime) -> None:
    """Elke nacht: banen die vastzitten, wat stilstaat, certificaten en geheimen.

    Raises ExceptionGroup after all of them.
    """
    levend = Abonnement.objects.exclude(status=STATUS.INGETROKKEN).order_by("pk")
    doe_elke_stap(*(partial(zeg, abonnement, op) for abonnement in levend for zeg in DAGELIJKS))


def _over_geblokkeerde_banen(abonnement: Abonnement, op: dt.datetime) -> None:
    banen = Baan.objects.filter(abonnement=abonnement, openstaand__gt=0)
    if aantal := banen.filter(geblokkeerd_sinds__lt=op - GEBLOKKEERD).count():
        _mail(abonnement, f"{aantal} banen langer dan 72 uur geblokkeerd", PROBEER)


def _over_uitgeputte_banen(abonnement: Abonnement, op: dt.datetime) -> None:
    banen = Baan.objects.filter(abonnement=abonnement, openstaand__gt=0, uitgeput=True)
    if aantal := banen.count():
        _mail(abonnement, f"{aantal} banen uitgeput: er wordt niets meer geprobeerd", PROBEER)


def _over_stilstand(abonnement: Abonnement, op: dt.datetime) -> None:
    """Uitgezet, of langer dan een dag gepauzeerd zonder einde, terwijl er berichten wachten."""
    if not aantal_open(abonnement):
        return
    if abonnement.status == STATUS.UITGEZET:
        _mail(abonnement, "uitgezet, en er staan berichten open", HERVAT)
    elif abonnement.status == STATUS.GEPAUZEERD and abonnement.gepauzeerd_tot is None:
        handelingen = abonnement.beheerhandelingen.filter(
            soort__in=[SOORT.GEPAUZEERD, SOORT.GEWIJZIGD]
        )
        if handelingen.filter(op__gt=op - VERGETEN).exists():
            return
        wacht = abonnement.reden == HANDDRUK_NODIG
        wat = (
            "wacht langer dan een dag op de handdruk" if wacht else "langer dan een dag gepauzeerd"
        )
        _mail(abonnement, f"{wat}, en er staan berichten open", HANDDRUK if wacht else HERVAT)


def _over_het_certificaat(abonnement: Abonnement, op: dt.datetime) -> None:
    """Bij elke drempel een keer, ook als een nacht mislukte; wat verlopen is elke nacht."""
    try:
        einde = einde_certificaat(abonnement)
    except (ValueError, Onleesbaar):
        _mail(abonnement, "clientcertificaat is niet te lezen", BEWAAR_CERTIFICAAT)
        return
    grens = None if einde is None else drempel(einde, op, CERTIFICAAT_DAGEN)
    if einde is None or grens is None:
        return
    gemeld = Teller.objects.filter(naam=CERTIFICAAT, abonnement=abonnement)
    vorige = gemeld.filter(label=einde.isoformat()).first()
    dagen = (einde - op).days
    if dagen >= 0 and vorige and vorige.waarde <= grens:
        return
    wat = (
        f"clientcertificaat nog {dagen} dagen geldig"
        if dagen >= 0
        else "clientcertificaat verlopen"
    )
    _mail(abonnement, wat, BEWAAR_CERTIFICAAT, aan_contact=True)
    gemeld.exclude(label=einde.isoformat()).delete()
    gemeld.update_or_create(
        naam=CERTIFICAAT,
        abonnement=abonnement,
        label=einde.isoformat(),
        defaults={"waarde": grens},
    )


def _over_het_geheim(abonnement: Abonnement, op: dt.datetime) -> None:
    if zin := over_geheimen(abonnement, op):
        _mail(abonnement, zin, WISSEL, aan_contact=True)


DAGELIJKS = (
    _over_geblokkeerde_banen,
    _over_uitgeputte_banen,
    _over_stilstand,
    _over_het_certificaat,
    _over_het_geheim,
)


def over_geheimen(abonnement: Abonnement, op: dt.datetime) -> str:
    """Wat de ontvanger over zijn geheim moet weten: het vorige stopt, of dit is een jaar oud.

    In the form of VNG nothing is signed, so there is nothing to change.
    """
    if abonnement.vorm in VORMEN:
        return ""
    geheimen = abonnement.geheimen.order_by("-geldig_vanaf")
    morgen = op + dt.timedelta(days=1)
    if oud := geheimen.filter(geldig_tot__gt=op, geldig_tot__lte=morgen).first():
        return f"het vorige geheim ondertekent nog tot {oud.geldig_tot:%d-%m-%Y %H:%M} (UTC) mee"
    nieuwste = geheimen.filter(geldig_tot__isnull=True).first()
    dagen = (op - nieuwste.geldig_vanaf).days if nieuwste else 0
    te_oud = dagen >= GEHEIM_DAGEN and (dagen - GEHEIM_DAGEN) % HERINNER_DAGEN == 0
    return f"het geheim is {dagen} dagen oud: wissel het" if te_oud else ""


def einde_certificaat(abonnement: Abonnement) -> dt.datetime | None:
    """Tot wanneer het clientcertificaat geldig is; None zonder certificaat.

    Raises ValueError when it is no PEM, accounts.zegel.Onleesbaar when it does not open.
    """
    pem = inlog_van(abonnement.inlog_verzegeld).get("certificaat")
    return x509.load_pem_x509_certificate(pem.encode()).not_valid_after_utc if pem else None


def _mail(abonnement: Abonnement, wat: str, doe: str, *, aan_contact: bool = False) -> None:
    """Schrijf wat er is en wat iemand moet doen; `{pk}` in `doe` wordt het nummer."""
    logger.error("alarm abonnement=%d: %s", abonnement.pk, wat)
    sinds = abonnement.mislukt_sinds
    regels = [
        f"Abonnement: {abonnement.naam} (nummer {abonnement.pk})",
        f"Contact: {abonnement.contact}",
        f"Eerste fout: {sinds:%d-%m-%Y %H:%M} (UTC)" if sinds else "Eerste fout: geen",
        f"Berichten die wachten: {aantal_open(abonnement)}",
        "",
        f"Doe: {doe.format(pk=abonnement.pk)}.",
    ]
    aan = [adres for adres in [settings.BEHEER_EMAIL] if adres]
    if aan_contact and abonnement.contact:
        aan.append(abonnement.contact)
    if aan:
        send_mail(f"Klantportaal: {abonnement.naam}: {wat}", "\n".join(regels), None, aan)
