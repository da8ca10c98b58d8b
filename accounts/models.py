"""Who is logged in now; rows outlive a session for staff and for who is blocked only."""

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.crypto import salted_hmac

from accounts.zegel import VerzegeldVeld


class Account(AbstractBaseUser, PermissionsMixin):
    """A principal; its key is the blind index of who logs in. Saved for staff and blocks only.

    `wie_verzegeld` is who that is (accounts.toegang): to say later who did something, and to find a
    block again under a new key.
    """

    password = None  # type: ignore[assignment]
    last_login = None
    index = models.CharField(max_length=80, primary_key=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    wie_verzegeld = models.TextField(blank=True, default="", db_default="")

    USERNAME_FIELD = "index"

    def __str__(self) -> str:
        return f"account {self.index.partition('$')[2][:8]}"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """There is no password whose change should end a session: bind to the key itself."""
        return salted_hmac(
            "accounts.Account", self.index, secret=secret, algorithm="sha256"
        ).hexdigest()

    get_session_auth_hash = _get_session_auth_hash

    def has_usable_password(self) -> bool:
        """Nobody logs in with a password here."""
        return False


class Sessie(AbstractBaseSession):
    """A session; the key is the hash of the cookie, the data are sealed, the rest is to end it by.

    `account` is the principal, `subject` the index of the person or company it is about.
    """

    session_key = models.CharField(max_length=64, primary_key=True)
    account = models.CharField(max_length=80, blank=True, db_index=True)
    subject = models.CharField(max_length=80, blank=True, db_index=True)
    aanbieder = models.CharField(max_length=50, blank=True)
    sid_index = models.CharField(max_length=32, blank=True)
    sub_index = models.CharField(max_length=32, blank=True)
    begonnen = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["aanbieder", "sid_index"], name="sessie_op_sid"),
            models.Index(fields=["aanbieder", "sub_index"], name="sessie_op_sub"),
        ]

    def __str__(self) -> str:
        return "sessie"

    @classmethod
    def get_session_store_class(cls) -> type:
        from accounts.sessieopslag import SessionStore  # that module needs this model

        return SessionStore


class Concept(models.Model):
    """What somebody typed, kept sealed over a step-up or the end of a session (15 minutes)."""

    sleutel = models.CharField(max_length=64, primary_key=True)
    account = models.CharField(max_length=80, db_index=True)
    velden = VerzegeldVeld(doel="concept")
    bewaard_op = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "concept"


class Inlogregel(models.Model):
    """One log-in of somebody who has a klant; without a klant nothing is kept (MIN-4)."""

    subject = models.CharField(max_length=80)
    handelende = models.CharField(max_length=32)
    op = models.DateTimeField(db_index=True)
    middel = models.CharField(max_length=20)
    niveau = models.PositiveSmallIntegerField()
    niet_herkend_op = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "-op"], name="inlogregel_per_subject")]

    def __str__(self) -> str:
        return "inlogregel"


class Toegangshandeling(models.Model):
    """What a manager did to somebody's access, and why; `account` empty: to everybody's."""

    class Soort(models.TextChoices):
        GEBLOKKEERD = "geblokkeerd"
        VRIJGEGEVEN = "vrijgegeven"
        UITGELOGD = "uitgelogd"
        ONTHULD = "onthuld"

    soort = models.CharField(max_length=20, choices=Soort.choices)
    account = models.CharField(max_length=80, blank=True, db_index=True)
    door = models.CharField(max_length=100)
    reden = models.CharField(max_length=300)
    op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "toegangshandelingen"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reden=""), name="elke_toegangshandeling_heeft_reden"
            )
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.op:%d-%m-%Y %H:%M}"


class Teller(models.Model):
    """How often a key was counted in the window that ends at `eindigt_op` (accounts.limieten)."""

    sleutel = models.CharField(max_length=64, primary_key=True)
    aantal = models.PositiveIntegerField()
    eindigt_op = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "teller"
