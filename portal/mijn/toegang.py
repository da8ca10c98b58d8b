"""Van verzoek naar eigen klanten: de enige deur van de schermen."""
