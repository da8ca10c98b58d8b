"""De wegen naar een mens: e-mail door Django, sms door NotifyNL, of in de demo de ontvanger."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException

import httpx
import jwt
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

TIJD_S = 10
SLEUTEL = re.compile(r".+-(?P<dienst>[0-9a-f-]{36})-(?P<geheim>[0-9a-f-]{36})")


class NietBezorgbaar(Exception):
    """Nog eens proberen helpt niet; draagt nooit adres of tekst."""


@dataclass(frozen=True, kw_only=True)
class Post:
    """Wat er verzonden wordt; `kenmerk` blijft gelijk bij een herhaling."""

    kenmerk: str
    aan: str
    onderwerp: str
    tekst: str

    def __repr__(self) -> str:
        return f"Post({self.kenmerk})"


def per_email(post: Post) -> None:
    """Verzend met Django's mail; alleen een 5xx over deze ontvanger of deze mail is voorgoed.

    A 5xx before that is about us (a password, a sender): the message waits until it is mended.
    """
    domein = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    mail = EmailMessage(
        subject=post.onderwerp,
        body=post.tekst,
        to=[post.aan],
        headers={"Message-ID": f"<{post.kenmerk}@{domein}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except SMTPRecipientsRefused as fout:
        codes = {code for code, _ in fout.recipients.values()}
        if all(500 <= code < 600 for code in codes):
            raise NietBezorgbaar from None
        raise ConnectionError("ontvanger nu geweigerd") from None
    except SMTPResponseException as fout:
        if isinstance(fout, SMTPDataError) and 500 <= fout.smtp_code < 600:
            raise NietBezorgbaar from None
        raise ConnectionError(f"SMTP {fout.smtp_code}") from None


def per_notifynl(post: Post) -> None:
    """Verzend een sms met NotifyNL; het sjabloon daar heeft één veld, `tekst`."""
    sleutel = SLEUTEL.fullmatch(settings.NOTIFYNL_SLEUTEL)
    if sleutel is None:
        raise ConnectionError("NOTIFYNL_SLEUTEL heeft niet de vorm naam-dienst-geheim")
    bewijs = jwt.encode(
        {"iss": sleutel["dienst"], "iat": int(time.time())}, sleutel["geheim"], algorithm="HS256"
    )
    antwoord = _post(
        f"{settings.NOTIFYNL_URL}/v2/notifications/sms",
        {
            "phone_number": post.aan,
            "template_id": settings.NOTIFYNL_SJABLOON,
            "personalisation": {"tekst": post.tekst},
            "reference": post.kenmerk,
        },
        {"Authorization": f"Bearer {bewijs}"},
    )
    if _noemt_nummer(antwoord):
        raise NietBezorgbaar
    if antwoord.status_code != 201:
        raise ConnectionError(f"NotifyNL antwoordt {antwoord.status_code}")


def _noemt_nummer(antwoord: httpx.Response) -> bool:
    """Of NotifyNL het nummer zelf weigert; een 400 over iets anders ligt aan onze instelling."""
    if antwoord.status_code != 400:
        return False
    try:
        fouten = antwoord.json()["errors"]
        return any(str(fout["message"]).startswith("phone_number ") for fout in fouten)
    except (ValueError, KeyError, TypeError):
        return False


def per_demo_sms(post: Post) -> None:
    """Toon een sms bij de ontvanger van de demo."""
    _naar_demo("sms", post.aan, "", post.tekst)


def per_geen_sms(post: Post) -> None:
    """Deze gemeente verzendt geen sms."""
    raise NietBezorgbaar


class DemoMail(BaseEmailBackend):
    """Django's mail in de demo: getoond op de bladzijde van de ontvanger."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Post elke mail naar de ontvanger van de demo; geef het aantal."""
        for mail in email_messages:
            for aan in mail.to:
                _naar_demo("email", aan, str(mail.subject), str(mail.body))
        return len(email_messages)


def _naar_demo(soort: str, aan: str, onderwerp: str, tekst: str) -> None:
    inhoud = {"soort": soort, "aan": aan, "onderwerp": onderwerp, "tekst": tekst}
    status = _post(f"{settings.DEMO_POST_URL}/post", inhoud, {}).status_code
    if not 200 <= status < 300:
        raise ConnectionError(f"de ontvanger van de demo antwoordt {status}")


def _post(url: str, inhoud: Mapping[str, object], koppen: Mapping[str, str]) -> httpx.Response:
    """Post JSON en geef het antwoord; een fout noemt nooit de inhoud."""
    try:
        return httpx.post(url, json=inhoud, headers=koppen, timeout=TIJD_S, trust_env=False)
    except httpx.HTTPError as fout:
        raise ConnectionError(type(fout).__name__) from None


SMS_WEGEN: dict[str, Callable[[Post], None]] = {
    "demo": per_demo_sms,
    "notifynl": per_notifynl,
    "geen": per_geen_sms,
}


def weg_voor(kanaal: str) -> Callable[[Post], None]:
    """Geef de weg van dit kanaal; sms volgt de instelling SMS_WEG."""
    return per_email if kanaal == "email" else SMS_WEGEN[settings.SMS_WEG]
