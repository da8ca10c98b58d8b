"""Who follows docs/handboek.md word for word gets a portal: every command is there, in order."""

import re
import subprocess
import sys
from argparse import _SubParsersAction

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from accounts.zegel import sleutelbos
from tests.huis.conftest import BASIS

TEKST = (BASIS / "docs/handboek.md").read_text()
BLOKKEN = "".join(re.findall(r"```sh\n(.*?)```", TEKST, re.DOTALL))
STUKKEN = re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", TEKST, flags=re.DOTALL))
CODE = [" ".join(stuk.split()) for stuk in [*STUKKEN, *BLOKKEN.splitlines()]]
VIA = re.compile(r"(?:^|\s)(?:beheer|manage\.py) ([a-z_].*)")
UITROL = (BASIS / "deploy/productie/docker-compose.yml", *(BASIS / "deploy/kubernetes").glob("*"))


def _opdrachten() -> list[list[str]]:
    """Our commands: each with its subcommand and options, without values."""
    eigen = {naam for naam, app in get_commands().items() if str(app).startswith(("acc", "portal"))}
    gevonden = []
    for code in CODE:
        via = VIA.search(code)
        woorden = (via[1] if via else code).partition(" #")[0].split()
        if via or woorden[0] in eigen:
            eerste = [w for w in woorden[1:2] if re.fullmatch("[a-z][a-z_-]+", w)]
            gevonden.append([woorden[0], *eerste, *(w for w in woorden if w.startswith("--"))])
    return gevonden


def _hulp(opdracht: str, onderdeel: str = "") -> str:
    """What the command says about itself, and about this subcommand in a help of its own."""
    beheer = load_command_class(str(get_commands()[opdracht]), opdracht)
    lezer = beheer.create_parser("manage.py", opdracht)
    onder = [a.choices for a in lezer._actions if isinstance(a, _SubParsersAction)]
    eigen = "".join(keuze[onderdeel].format_help() for keuze in onder if onderdeel in keuze)
    return lezer.format_help() + eigen


def test_elke_opdracht_in_het_handboek_bestaat_met_elke_optie() -> None:
    opdrachten = _opdrachten()

    assert len(opdrachten) > 25
    for opdracht, *woorden in opdrachten:
        hulp = _hulp(opdracht, *woorden[:1])
        assert all(woord in hulp for woord in woorden), (opdracht, woorden)


def _verplicht(opdracht: str, onderdeel: str) -> set[str]:
    """The options without which this subcommand says no."""
    lezer = load_command_class(str(get_commands()[opdracht]), opdracht).create_parser("", opdracht)
    keuzes = [a.choices for a in lezer._actions if isinstance(a, _SubParsersAction)]
    acties = [a for keuze in keuzes if onderdeel in keuze for a in keuze[onderdeel]._actions]
    return {a.option_strings[-1] for a in acties if a.required and a.option_strings}


def test_wie_een_opdracht_van_het_handboek_overtypt_vergeet_geen_verplichte_optie() -> None:
    """One that only names a subcommand (`beheer token lijst`) is no line to type over."""
    vergeten = {
        code: kwijt
        for code in CODE
        if (via := VIA.search(code)) and len(woorden := via[1].split()) > 2
        if (kwijt := _verplicht(*woorden[:2]) - set(woorden))
    }

    assert vergeten == {}


def test_elke_dienst_en_elk_onderdeel_dat_het_handboek_aanraakt_bestaat() -> None:
    diensten = set(yaml.safe_load(UITROL[0].read_text())["services"])
    stukken = [s for pad in UITROL[1:] for s in yaml.safe_load_all(pad.read_text())]
    onderdelen = {f"{s['kind'].lower()}/{s['metadata']['name']}" for s in stukken}
    genoemd = set(re.findall(r"\b(?:deployment|job)/[a-z0-9-]+", TEKST))
    compose = re.findall(r"docker compose (\w+) ([^#|&)\n]+)", "\n".join(CODE))
    namen = {naam for wat, rest in compose for naam in _diensten(wat, rest.split())}

    assert genoemd <= onderdelen
    assert len(genoemd) >= 4
    assert namen <= diensten
    assert namen >= {"proxy", "web", "werker", "databank", "migratie", "beheer"}


def _diensten(wat: str, woorden: list[str]) -> list[str]:
    """The services in `docker compose <wat> ...`: one to run something in, or all named."""
    namen = [w for w in woorden if re.fullmatch("[a-z]+", w) and w not in {"sh", "postgres"}]
    return namen[:1] if wat in {"run", "exec"} else namen


VOLGORDE = {
    "3. Bijwerken": "kopie (7) > beheer migrate > Web vernieuwen > dan de werkers > Terug? > "
    "run --rm migratie > --scale web=2 > docker stop $oud > force-recreate werker",
    "4. Sleutels wisselen": "sleutels maak --naam > **achteraan** > Herstart alles > **vooraan** > "
    "Herstart alles > roteer-gegevens > sleutels controleer > haal de oude eruit",
    "7. Back-up en herstel": "Stop web en werkers > herstel.sh > pg_is_in_recovery > --schoon > "
    "PORTAAL_EPOCH > logboek controleer > Start web en werkers > stop proxy web werker databank > "
    "/herstel/herstel.sh > pg_is_in_recovery > --schoon > PORTAAL_EPOCH > migrate --check > "
    "docker compose up -d\n",
    "8. Een incident": "Stop het lek > trek-in > blokkeer > pauzeer > kopie (7) > AP (72 uur) > "
    "logboek wie > logboek controleer > Wissel hem (4) > log-uit --iedereen",
}
"""What comes after what; turned round it loses data or lets the deleted return."""


@pytest.mark.parametrize("kop", VOLGORDE)
def test_elke_stap_komt_na_die_zij_nodig_heeft(kop: str) -> None:
    deel, plek = TEKST.split(f"\n## {kop}")[1].split("\n## ")[0], 0
    for stap in VOLGORDE[kop].split(" > "):
        plek = deel.find(stap, plek) + 1
        assert plek, f"{stap} staat niet na wat ervoor moet"


@pytest.mark.parametrize("doel", sorted(set(re.findall(r"`make\s([a-z-]+)", TEKST))))
def test_elk_doel_van_make_in_het_handboek_bestaat(doel: str) -> None:
    assert re.search(rf"^{doel}:", (BASIS / "Makefile").read_text(), re.MULTILINE)


def _geheimen() -> dict[str, str]:
    """What the command of the handbook prints where nothing has been set yet."""
    (opdracht,) = {stuk.split(" python ")[1] for stuk in CODE if "python -m accounts." in stuk}
    uit = subprocess.check_output([sys.executable, *opdracht.split()], cwd=BASIS, env={}, text=True)
    return dict(regel.split("=", 1) for regel in uit.splitlines())


def test_de_geheimen_zijn_te_maken_voordat_er_iets_is_ingesteld() -> None:
    eerste, tweede = _geheimen(), _geheimen()
    leeg = re.findall(r"^(\w+)=$", (BASIS / ".env.example").read_text(), re.MULTILINE)

    assert set(eerste) == set(leeg)
    assert all(eerste[naam] != tweede[naam] for naam in leeg)
    assert len(eerste["SECRET_KEY"]) >= 50
    for naam in ("PORTAAL_GEGEVENSSLEUTELS", "PORTAAL_INDEXSLEUTELS"):
        assert len(sleutelbos(eerste[naam])) == 1


def test_elke_stap_van_de_eerste_start_heeft_wat_de_vorige_maakte() -> None:
    stap = re.split(r"^\d\. ", TEKST.split("## 2. ")[1].split("\n## ")[0], flags=re.MULTILINE)
    volgorde = [
        "make image",
        "accounts.geheimen",
        ".env.example",
        "--wait databank",
        "check",
        "wait",
    ]

    assert [deel for n, deel in enumerate(volgorde, 1) if deel not in stap[n]] == []


def test_make_image_bouwt_het_image_dat_elke_uitrol_noemt() -> None:
    droog = subprocess.check_output(
        ["make", "-n", "image", "REGISTER=register.gemeente.example"],  # noqa: S607
        cwd=BASIS, text=True,
    )  # fmt: skip
    genoemd = {naam for pad in UITROL for naam in re.findall(r"image: (eigen-.+)", pad.read_text())}

    (image,) = genoemd
    assert f"docker build --target portaal --tag {image} ." in droog
    assert f"docker push register.gemeente.example/{image}" in droog
    assert image in TEKST


def test_de_naamruimte_is_er_voor_de_geheimen_en_laat_alleen_pods_zonder_rechten_toe() -> None:
    naamruimte = yaml.safe_load((BASIS / "deploy/kubernetes/naamruimte.yaml").read_text())
    kustomize = yaml.safe_load((BASIS / "deploy/kustomization.yaml").read_text())

    assert naamruimte["metadata"]["name"] == kustomize["namespace"] == "portaal"
    assert naamruimte["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    assert "kubectl apply -f deploy/kubernetes/naamruimte.yaml" in CODE
