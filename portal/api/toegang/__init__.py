"""Van token naar rechten, doel en klanten: de enige deur van de API."""
