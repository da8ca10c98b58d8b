// A certified OpenID provider as a process of its own; prints its port when it listens.
// Input: environment JWKS (our public keys), REDIRECT and UITGELOGD (exact addresses of the portal).
import { createServer } from "node:http";
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const AC = "urn:oasis:names:tc:SAML:2.0:ac:classes:";
const LEVELS = ["PasswordProtectedTransport", "MobileTwoFactorContract", "Smartcard", "SmartcardPKI"];
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const signing = { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "PS256", kid: "interop" };

const listen = createServer();
listen.listen(0, "127.0.0.1", () => {
  const port = listen.address().port;
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [{
      client_id: "eigen-regie",
      redirect_uris: [process.env.REDIRECT],
      post_logout_redirect_uris: [process.env.UITGELOGD],
      response_types: ["code"],
      grant_types: ["authorization_code"],
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "PS256",
      id_token_signed_response_alg: "PS256",
      jwks: JSON.parse(process.env.JWKS),
    }],
    jwks: { keys: [signing] },
    cookies: { keys: ["interop-only"] },
    acrValues: LEVELS.map((level) => AC + level),
    claims: { acr: null, auth_time: null, sid: null, openid: ["sub"], bsn: ["bsn"] },
    scopes: ["openid", "bsn"],
    pkce: { required: () => true },
    enabledJWA: { idTokenSigningAlgValues: ["PS256"], clientAuthSigningAlgValues: ["PS256"] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, bsn: id }) }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope("openid bsn");
      await grant.save();
      return grant;
    },
  });
  const oidc = provider.callback();
  listen.on("request", async (request, response) => {
    const url = new URL(request.url, `http://127.0.0.1:${port}`);
    if (!url.pathname.startsWith("/interaction/")) return oidc(request, response);
    const answer = url.searchParams;
    if (answer.has("stop")) {
      return provider.interactionFinished(request, response, { error: "access_denied" });
    }
    if (!answer.has("bsn")) return response.end("choose");
    const login = { accountId: answer.get("bsn"), acr: AC + answer.get("level"), remember: false };
    return provider.interactionFinished(request, response, { login });
  });
  console.log(port);
});
