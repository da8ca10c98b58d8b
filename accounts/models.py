"""Who may log in: rows for staff and for who is blocked, never for a resident who only looked."""

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models


class Account(AbstractBaseUser, PermissionsMixin):
    """A principal; its key is the blind index of who logs in (docs: login, claims to identity)."""

    password = None  # type: ignore[assignment]
    last_login = None
    index = models.CharField(max_length=80, primary_key=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)

    USERNAME_FIELD = "index"

    def __str__(self) -> str:
        return "account"


class Teller(models.Model):
    """How often a key was counted in the window that ends at `eindigt_op` (accounts.limieten)."""

    sleutel = models.CharField(max_length=64, primary_key=True)
    aantal = models.PositiveIntegerField()
    eindigt_op = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "teller"
