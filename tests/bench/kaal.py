"""The bare client that everything is measured against: aiohttp, JSON and HMAC, no database.

`python -m tests.bench.kaal URL AANTAL` prints posts a second at fifty at a time.
"""

import asyncio
import datetime as dt
import sys
import time
import uuid

import aiohttp
import django

django.setup()

from portal.webhooks.bezorging import koppen  # noqa: E402 - na setup
from tests.webhooks.test_bericht import FEITEN, GEHEIM, VAN, bericht  # noqa: E402 - na setup

TEGELIJK = 50


async def draai(url, aantal):
    over = iter(range(aantal))
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as sessie:

        async def loop():
            for _ in over:
                inhoud = bericht(FEITEN, VAN)
                regels = koppen(
                    id_=uuid.uuid4(),
                    op=dt.datetime.now(dt.UTC),
                    inhoud=inhoud,
                    geheimen=[GEHEIM],
                    herkomst="mijn.waterveen.example",
                )
                async with sessie.post(url, data=inhoud, headers=regels) as antwoord:
                    await antwoord.read()

        begin = time.perf_counter()
        await asyncio.gather(*(loop() for _ in range(TEGELIJK)))
        return aantal / (time.perf_counter() - begin)


if __name__ == "__main__":
    print(asyncio.run(draai(sys.argv[1], int(sys.argv[2]))))  # noqa: T201 - het antwoord
