"""De enige schrijver van het domein: één handeling per functie, elk één transactie."""
