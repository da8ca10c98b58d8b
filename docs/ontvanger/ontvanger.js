// Een ontvanger om over te nemen: controleren, ontdubbelen, volgorde bewaken, klant ophalen.
// Nodig: Node 22, verder niets. Start: GEHEIM=whsec_… node ontvanger.js 8080
// Wat aankomt staat in `postvak.jsonl` voordat het antwoord 204 vertrekt.

import { createHmac, timingSafeEqual } from "node:crypto";
import { appendFileSync, existsSync, fsyncSync, openSync, closeSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

const SPELING = 5 * 60; // seconden verschil met onze klok

/** Klopt de handtekening (Standard Webhooks)? Bij een wissel staan er twee in de kop. */
export function klopt(geheim, koppen, inhoud, nu = Date.now() / 1000) {
  const { "webhook-id": id, "webhook-timestamp": tijd, "webhook-signature": alle = "" } = koppen;
  if (!id || !/^\d{1,12}$/.test(tijd ?? "") || Math.abs(nu - Number(tijd)) > SPELING) return false;
  const sleutel = Buffer.from(geheim.replace(/^whsec_/, ""), "base64");
  const goed = createHmac("sha256", sleutel).update(`${id}.${tijd}.`).update(inhoud).digest();
  return alle.split(" ").some((deel) => {
    const [versie, waarde = ""] = deel.split(",");
    const gekregen = Buffer.from(waarde, "base64");
    return versie === "v1" && gekregen.length === goed.length && timingSafeEqual(gekregen, goed);
  });
}

/** Eén telling: na het terugzetten van het portaal begint onder een ander epoch een nieuwe. */
const telling = ({ subject, data }) => `${data.epoch} ${subject}`;

/** Het postvak: per onderwerp het hoogste nummer, en alles wat nieuw was, op schijf. */
export class Postvak {
  constructor(bestand = "postvak.jsonl") {
    this.bestand = bestand;
    this.hoogste = new Map();
    if (!existsSync(bestand)) return;
    for (const regel of readFileSync(bestand, "utf8").split("\n").filter(Boolean)) {
      this.#onthoud(JSON.parse(regel));
    }
  }

  #isNieuw(bericht) {
    return bericht.sequence > (this.hoogste.get(telling(bericht)) ?? "");
  }

  #onthoud(bericht) {
    if (bericht.sequence && this.#isNieuw(bericht)) {
      this.hoogste.set(telling(bericht), bericht.sequence);
    }
  }

  /** Bewaar wat nieuw is, of wat een mens opnieuw liet sturen; de rest hadden wij al. */
  bewaar(bericht, herhaling) {
    if (bericht.sequence && !herhaling && !this.#isNieuw(bericht)) return "had ik al";
    const schijf = openSync(this.bestand, "a");
    appendFileSync(schijf, JSON.stringify(bericht) + "\n");
    fsyncSync(schijf);
    closeSync(schijf);
    this.#onthoud(bericht);
    return "nieuw";
  }
}

/** Lees de klant van nu; null als die verwijderd is. Noem het doel erbij. */
export async function haalKlant(bericht, token, doel) {
  const antwoord = await fetch(bericht.data.klant, {
    headers: { Authorization: `Bearer ${token}`, "Doel": doel },
  });
  if (antwoord.status === 404) return null;
  if (!antwoord.ok) throw new Error(`het portaal antwoordt ${antwoord.status}`);
  return antwoord.json();
}

/** De server: stemt toe op OPTIONS, neemt aan op POST. */
export function maakServer(geheim, postvak) {
  return createServer((vraag, antwoord) => {
    if (vraag.method === "OPTIONS") {
      antwoord.writeHead(200, {
        Allow: "POST, OPTIONS",
        "WebHook-Allowed-Origin": vraag.headers["webhook-request-origin"] ?? "",
        "WebHook-Allowed-Rate": "*",
      });
      return antwoord.end();
    }
    const delen = [];
    vraag.on("data", (deel) => delen.push(deel));
    vraag.on("end", () => {
      const inhoud = Buffer.concat(delen);
      if (vraag.method !== "POST" || !klopt(geheim, vraag.headers, inhoud)) {
        return antwoord.writeHead(401).end();
      }
      postvak.bewaar(JSON.parse(inhoud), vraag.headers["webhook-replay"] === "true");
      antwoord.writeHead(204).end();
    });
  });
}

if (process.argv[1]?.endsWith("ontvanger.js")) {
  const poort = Number(process.argv[2] ?? 8080);
  maakServer(process.env.GEHEIM, new Postvak(process.env.POSTVAK)).listen(poort, "127.0.0.1");
}
