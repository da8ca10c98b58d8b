"""Het abonnement van de demo, op de ontvanger die `make run` ernaast start."""

from django.conf import settings
from django.utils import timezone

from portal.webhooks import beheer
from portal.webhooks.abonnementgegevens import Abonnementgegevens
from portal.webhooks.models import Abonnement

NAAM = "Zaaksysteem Waterveen (demo)"


def zorg_voor_abonnement() -> None:
    """Maak het als het er niet is; volg de poort van de ontvanger als die verhuisde."""
    if not settings.WEBHOOKS_DEMO_ONTVANGERS or not settings.WEBHOOKS_DEMO_GEHEIM:
        return
    url = f"{settings.WEBHOOKS_DEMO_ONTVANGERS[0]}/webhook"
    bestaand = Abonnement.objects.filter(naam=NAAM).first()
    if bestaand:
        Abonnement.objects.filter(pk=bestaand.pk).update(url=url)
        return
    door = beheer.Door(wie="demo", reden="de ontvanger van de demo", op=timezone.now())
    gegevens = Abonnementgegevens(
        naam=NAAM,
        contact="zaaksysteem@waterveen.example",
        url=url,
        bronorganisatie=settings.ORGANISATIE_RSIN,
    )
    gemaakt, _ = beheer.maak(gegevens, door=door, geheim=settings.WEBHOOKS_DEMO_GEHEIM)
    beheer.bevestig(gemaakt.pk, door=door)
