"""Een eigen uitgever met certificaten voor een test: server, client, en een verlopen server."""

import datetime as dt
import ipaddress
import ssl

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NU = dt.datetime.now(dt.UTC)


def _naam(naam):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, naam)])


def _pem(sleutel):
    return sleutel.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


class Uitgever:
    """Geeft certificaten uit; `pem` is zijn eigen certificaat."""

    def __init__(self):
        self._sleutel = ec.generate_private_key(ec.SECP256R1())
        self._cert = self._teken("uitgever", self._sleutel.public_key(), ca=True, dagen=2)
        self.pem = self._cert.public_bytes(serialization.Encoding.PEM).decode()

    def _teken(self, naam, publiek, *, ca=False, dagen=1):
        bouw = (
            x509.CertificateBuilder()
            .subject_name(_naam(naam))
            .issuer_name(_naam("uitgever"))
            .public_key(publiek)
            .serial_number(x509.random_serial_number())
            .not_valid_before(NU - dt.timedelta(days=3))
            .not_valid_after(NU + dt.timedelta(days=dagen))
            .add_extension(x509.BasicConstraints(ca, None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(publiek), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._sleutel.public_key()),
                critical=False,
            )
        )
        if not ca:
            alt = [x509.IPAddress(ipaddress.ip_address(naam))] if naam[0].isdigit() else []
            alt = alt or [x509.DNSName(naam)]
            bouw = bouw.add_extension(x509.SubjectAlternativeName(alt), critical=False)
        else:
            gebruik = dict.fromkeys(
                ["digital_signature", "content_commitment", "key_encipherment",
                 "data_encipherment", "key_agreement", "encipher_only", "decipher_only"], False
            )  # fmt: skip
            bouw = bouw.add_extension(
                x509.KeyUsage(key_cert_sign=True, crl_sign=True, **gebruik), critical=True
            )
        return bouw.sign(self._sleutel, hashes.SHA256())

    def geef(self, naam, dagen=1):
        """Certificaat en sleutel (PEM) voor deze naam of dit adres."""
        sleutel = ec.generate_private_key(ec.SECP256R1())
        cert = self._teken(naam, sleutel.public_key(), dagen=dagen)
        return cert.public_bytes(serialization.Encoding.PEM).decode(), _pem(sleutel)

    def server(self, map_, naam, *, dagen=1, eist_client=False):
        """De TLS-kant van een server; `eist_client` laat alleen onze clients toe."""
        cert, sleutel = self.geef(naam, dagen)
        bestand = map_ / f"{naam}-{dagen}.pem"
        bestand.write_text(sleutel + cert)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(bestand)
        if eist_client:
            tls.load_verify_locations(cadata=self.pem)
            tls.verify_mode = ssl.CERT_REQUIRED
        return tls
