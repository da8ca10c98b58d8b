"""Waarden in een sjabloon, geschreven zoals alle schermen ze schrijven."""

from django import template

from portal.mijn import weergave

register = template.Library()
register.filter("telefoon", weergave.telefoonnummer)
