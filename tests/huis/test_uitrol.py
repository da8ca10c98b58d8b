"""What we ship for production agrees with the code, as far as that shows without a cluster."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from kubernetes_validate import validate

from gereedschap.instellingen import gelezen
from portal.gezondheid import PADEN
from portal.webhooks.bestemming import POORTEN

BASIS = Path(__file__).resolve().parents[2]
KUBERNETES = BASIS / "deploy/kubernetes"
VERSIE = re.compile(r":v?\d+\.\d+")
INSTELLINGEN = {i.naam for i in gelezen((BASIS / "portal/settings.py").read_text())}
BESTANDEN = sorted(p.name for p in KUBERNETES.glob("*.yaml"))
STUKKEN: list[dict[str, Any]] = [
    stuk for naam in BESTANDEN for stuk in yaml.safe_load_all((KUBERNETES / naam).read_text())
]
POTTEN = {
    s["metadata"]["name"]: s["spec"]["template"]["spec"]
    for s in STUKKEN
    if "template" in s.get("spec", {})
}
PRODUCTIE = yaml.safe_load((BASIS / "deploy/productie/docker-compose.yml").read_text())
DIENSTEN: dict[str, dict[str, Any]] = PRODUCTIE["services"]
MIDDELEN = tomllib.loads((BASIS / "deploy/productie/inlogmiddelen.toml").read_text())
VAN_HET_PORTAAL = [naam for naam, d in DIENSTEN.items() if d["image"].startswith("eigen-regie")]
NAAR_WEB = {"ingress", "waarneming"}
SLEUTELS = {Path(m["sleutel_bestand"]) for m in MIDDELEN.values()}


@pytest.mark.lang
@pytest.mark.parametrize("stuk", STUKKEN, ids=lambda s: f"{s['kind']}-{s['metadata']['name']}")
def test_elk_stuk_voldoet_aan_het_schema_van_kubernetes(stuk: dict[str, Any]) -> None:
    validate(stuk, "1.33", strict=True)


def test_kustomize_noemt_elk_bestand_en_leest_niets_van_buiten_haar_map() -> None:
    noemt = yaml.safe_load((BASIS / "deploy/kustomization.yaml").read_text())
    gelezen = [f.partition("=")[2] for deel in noemt["configMapGenerator"] for f in deel["files"]]

    assert sorted(noemt["resources"]) == [f"kubernetes/{naam}" for naam in BESTANDEN]
    for pad in gelezen:
        assert (BASIS / "deploy" / pad).resolve().is_relative_to(BASIS / "deploy")
        assert (BASIS / "deploy" / pad).exists()


@pytest.mark.parametrize("naam", POTTEN)
def test_elke_pod_draait_zonder_rechten(naam: str) -> None:
    pod, (container,) = POTTEN[naam], POTTEN[naam]["containers"]

    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    # Both too, or the namespace (`restricted`) refuses the pod.
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"]["allowPrivilegeEscalation"] is False
    assert container["resources"]["limits"]["memory"]
    assert VERSIE.search(container["image"])


@pytest.mark.parametrize("naam", POTTEN)
def test_elke_variabele_van_een_pod_leest_settings(naam: str) -> None:
    (container,) = POTTEN[naam]["containers"]

    assert {variabele["name"] for variabele in container["env"]} <= INSTELLINGEN


@pytest.mark.parametrize("naam", POTTEN)
def test_elke_pod_kan_bij_de_sleutel_van_elk_inlogmiddel(naam: str) -> None:
    pod, (container,) = POTTEN[naam], POTTEN[naam]["containers"]
    geheim = {deel["name"] for deel in pod["volumes"] if "secret" in deel}

    plekken = {Path(p["mountPath"]) for p in container["volumeMounts"] if p["name"] in geheim}
    assert {sleutel.parent for sleutel in SLEUTELS} <= plekken, "accounts.E010 stopt de start"


def test_de_instellingen_van_het_cluster_leest_settings_en_geheimen_staan_er_niet_in() -> None:
    (instellingen,) = (s["data"] for s in STUKKEN if s["kind"] == "ConfigMap")

    assert set(instellingen) <= INSTELLINGEN
    assert not {"SECRET_KEY", "DATABASE_URL", "DEMO", "NAGEBOOTST"} & set(instellingen)


def test_elke_peiling_bestaat() -> None:
    (web,) = POTTEN["portaal-web"]["containers"]
    peilingen = {
        soort: stand["httpGet"]["path"] for soort, stand in web.items() if "Probe" in soort
    }

    assert set(peilingen.values()) <= set(PADEN)
    assert peilingen["startupProbe"] == "/health/ready"


def test_zonder_databank_blijft_web_bereikbaar_om_te_bewaren_wat_er_getypt_was() -> None:
    (web,) = POTTEN["portaal-web"]["containers"]
    caddy = (BASIS / "deploy/productie/Caddyfile").read_text()

    assert web["readinessProbe"]["httpGet"]["path"] == "/health/live"
    assert web["livenessProbe"]["httpGet"]["path"] == "/health/live"
    assert re.findall(r"health_uri (\S+)", caddy) == ["/health/live"]


def test_web_en_werker_verdwijnen_nooit_tegelijk() -> None:
    grenzen = {s["metadata"]["name"]: s["spec"] for s in STUKKEN if "Disruption" in s["kind"]}
    aantallen = {s["metadata"]["name"]: s["spec"]["replicas"] for s in STUKKEN
                 if s["kind"] == "Deployment"}  # fmt: skip

    assert set(grenzen) == set(aantallen) - {"portaal-beheer"} == {"portaal-web", "portaal-werker"}
    assert aantallen["portaal-beheer"] == 0
    assert all(
        grenzen[naam]["minAvailable"] < aantal for naam, aantal in aantallen.items() if aantal
    )


def test_wat_niet_genoemd_is_mag_niet_naar_binnen_of_naar_buiten() -> None:
    regels = {s["metadata"]["name"]: s["spec"] for s in STUKKEN if s["kind"] == "NetworkPolicy"}

    assert regels["portaal-niets"]["policyTypes"] == ["Ingress", "Egress"]
    assert "ingress" not in regels["portaal-niets"]
    binnen, buiten = regels["portaal-naar-binnen"], regels["portaal-naar-buiten"]
    assert list(binnen["podSelector"]["matchLabels"].values()) == ["portaal", "web"]
    assert {
        wie["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"]
        for regel in binnen["ingress"]
        for wie in regel["from"]
    } >= NAAR_WEB
    assert {poort["port"] for poort in buiten["egress"][-1]["ports"]} >= POORTEN


@pytest.mark.parametrize("naam", DIENSTEN)
def test_elke_dienst_op_een_machine_heeft_een_versie_en_een_controle(naam: str) -> None:
    assert VERSIE.search(DIENSTEN[naam]["image"])
    assert DIENSTEN[naam]["restart"] == "no" or DIENSTEN[naam]["healthcheck"]["test"][0] == "CMD"
    assert "build" not in DIENSTEN[naam]


@pytest.mark.parametrize("naam", VAN_HET_PORTAAL)
def test_elke_variabele_op_een_machine_leest_settings(naam: str) -> None:
    assert set(DIENSTEN[naam]["environment"]) <= INSTELLINGEN
    assert DIENSTEN[naam]["read_only"] is True


def test_alleen_de_proxy_is_van_buiten_te_bereiken() -> None:
    assert [naam for naam, dienst in DIENSTEN.items() if "ports" in dienst] == ["proxy"]
    assert DIENSTEN["databank"]["networks"] == ["binnen"]
    assert PRODUCTIE["networks"]["binnen"] == {"internal": True}


def test_de_proxy_houdt_peilingen_en_cijfers_binnen() -> None:
    caddy = (BASIS / "deploy/productie/Caddyfile").read_text()

    assert "@intern path /health/* /metrics" in caddy
    assert "respond @intern 404" in caddy
    assert "header -Server" in caddy
    assert all(pad == "/metrics" or pad.startswith("/health/") for pad in PADEN)


@pytest.mark.parametrize(
    ("naam", "rol"), [("web", None), ("werker", "werker"), ("migratie", "eigenaar")]
)
def test_elk_proces_logt_met_zijn_eigen_rol_in_op_de_databank(naam: str, rol: str | None) -> None:
    bestanden = [f"{bron}.env" for bron in ("portaal", rol) if bron]
    (container,) = next(p for pod, p in POTTEN.items() if naam in pod)["containers"]
    geheimen = [
        e["valueFrom"]["secretKeyRef"]["name"] for e in container["env"] if "valueFrom" in e
    ]

    assert DIENSTEN[naam]["env_file"] == bestanden
    assert geheimen == ([f"portaal-{rol}"] if rol else [])


def test_elk_bestand_dat_de_beheerder_maakt_staat_bovenaan() -> None:
    tekst = (BASIS / "deploy/productie/docker-compose.yml").read_text()
    genoemd = {naam for dienst in DIENSTEN.values() for naam in dienst.get("env_file", [])}

    assert set(re.findall(r"[a-z]+\.env", tekst.split("x-portaal")[0])) == genoemd


def test_elk_volume_is_van_wie_erin_schrijft() -> None:
    eerst = DIENSTEN["rechten"]
    plekken = {volume.partition(":")[2] for volume in eerst["volumes"]}

    assert plekken == {"/archief", "/kopieen", "/wisboek"}
    assert all(plek in eerst["entrypoint"][-1] for plek in plekken)
    assert DIENSTEN["databank"]["depends_on"] == {
        "rechten": {"condition": "service_completed_successfully"}
    }
    # The image makes that directory as root and gives it away; initdb alone may not.
    assert DIENSTEN["databank"]["environment"]["POSTGRES_INITDB_WALDIR"].startswith("/wal/")
    assert "waldir" not in DIENSTEN["databank"]["environment"]["POSTGRES_INITDB_ARGS"]


def test_het_wisboek_staat_op_een_volume_van_zichzelf() -> None:
    (werker,) = POTTEN["portaal-werker"]["containers"]
    (cluster,) = (s["data"]["KLANTEN_WISBOEK"] for s in STUKKEN if s["kind"] == "ConfigMap")
    compose = DIENSTEN["werker"]

    assert "/wisboek" in {plek["mountPath"] for plek in werker["volumeMounts"]}
    assert "wisboek:/wisboek" in compose["volumes"]
    assert cluster == compose["environment"]["KLANTEN_WISBOEK"] == "/wisboek/wisboek"


def test_de_controle_van_de_werker_kijkt_naar_het_bestand_dat_hij_aanraakt() -> None:
    (werker,) = POTTEN["portaal-werker"]["containers"]
    demo = yaml.safe_load((BASIS / "docker-compose.yml").read_text())["services"]["werker"]
    opdracht = werker["livenessProbe"]["exec"]["command"]

    for dienst in (demo, DIENSTEN["werker"]):
        assert [deel.replace("$$", "$") for deel in dienst["healthcheck"]["test"][1:]] == opdracht
        assert dienst["environment"]["WERKER_HARTSLAG"] == "/tmp/hartslag"  # noqa: S108 - its own
    assert {"name": "WERKER_HARTSLAG", "value": "/tmp/hartslag"} in werker["env"]  # noqa: S108


def test_wie_beheer_aanzet_kan_er_ook_inloggen() -> None:
    voorbeeld = dict(
        r.split("=", 1) for r in (BASIS / ".env.example").read_text().splitlines() if "=" in r
    )

    assert voorbeeld["BEHEER_HOST"] in voorbeeld["ALLOWED_HOSTS"].split(",")
    assert "medewerker" in {middel["middel"] for middel in MIDDELEN.values()}
