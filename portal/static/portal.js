// Everything works without this file; it only keeps focus, speaks, and watches the session clock.
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const say = (text) => {
    const live = one("#melding");
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 50);
  };

  // htmx loses focus when the element that asked is replaced: the server marks where it belongs.
  const settle = (root) => {
    const mark = root.matches?.("[data-focus]") ? root : one("[data-focus]", root);
    if (mark) {
      mark.removeAttribute("data-focus");
      mark.focus();
    }
    const spoken = root.matches?.("[data-melding]") ? root : one("[data-melding]", root);
    if (spoken) {
      say(spoken.dataset.melding);
      spoken.removeAttribute("data-melding");
      spoken.classList.add("kg-flits");
    }
  };
  document.addEventListener("htmx:afterSettle", (event) => settle(event.detail.elt));

  // Saving one row brings its whole panel; another row that is open in it stays as it was typed.
  let kept = [];
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    kept = [];
    if (!detail.shouldSwap || !detail.target.matches("details.kg-paneel")) return;
    const done = detail.requestConfig.elt.closest(".kg-bewerk");
    kept = all(".kg-bewerk", detail.target).filter((row) => row !== done);
  });
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    for (const row of kept.splice(0)) {
      const place = document.getElementById(row.id);
      if (place) place.replaceWith(row);
      else one(".kg-paneel__inhoud", document.getElementById(detail.target.id) ?? document)?.append(row);
      htmx.process(row); // it left the page with its panel, and htmx forgot it
    }
  });

  // Refused (4xx) is certain; whoever sent something and got no answer, or half of one, cannot know.
  const trouble = ({ detail } = {}) => {
    const alert = one("#storing");
    const status = detail?.xhr?.status ?? 0;
    const doubt = detail?.requestConfig?.verb === "post" && (status === 0 || status >= 500);
    one("[data-zeker]", alert).hidden = doubt;
    one("[data-twijfel]", alert).hidden = !doubt;
    alert.hidden = false;
    alert.focus();
  };
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, trouble);
  document.addEventListener("htmx:beforeRequest", () => { one("#storing").hidden = true; });

  // A page from the back/forward cache may belong to someone who has logged out.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  const menu = one("[data-menu]");
  const wide = matchMedia("(min-width: 64rem)");
  const setMenu = () => { if (menu) menu.open = wide.matches; };
  wide.addEventListener("change", setMenu);
  setMenu();

  const panels = () => all("details.kg-paneel");
  const toggle = one("[data-alles]");
  if (toggle && panels().length) {
    const label = () => {
      const open = panels().every((panel) => panel.open);
      toggle.textContent = open ? toggle.dataset.sluit : toggle.dataset.open;
      return open;
    };
    toggle.hidden = false;
    toggle.addEventListener("click", () => { const open = label(); panels().forEach((panel) => { panel.open = !open; }); });
    document.addEventListener("toggle", label, true);
    label();
  }

  for (const text of all("[data-zonder-js]")) text.hidden = true;

  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const panel = target && target.closest("details");
    if (panel) {
      panel.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  reveal();
  for (const button of all("[data-afdrukken]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // Session clock: the server says how long, the browser only counts.
  const dialog = one("#sessie");
  if (!dialog) return;
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("sessie") : null;
  const seconds = (name) => Number(dialog.dataset[name]) * 1000;
  let hardEnd = Date.now() + seconds("uiterlijk");
  let idleEnd = Date.now() + seconds("stil");
  let timers = [];
  const leave = () => { location.assign(dialog.dataset.verlopen); };
  const speak = (index) => { const live = one("[data-nog]", dialog); live.textContent = live.dataset.nog.split("|")[index]; };
  const show = () => {
    const kind = hardEnd <= idleEnd ? "uiterlijk" : "stil";
    for (const part of all("[data-bij]", dialog)) part.hidden = part.dataset.bij !== kind;
    if (!dialog.open) dialog.showModal();
    one("[data-verlengen] button", dialog).focus();
  };
  const plan = () => {
    timers.forEach(clearTimeout);
    const end = Math.min(idleEnd, hardEnd);
    const at = (left, act) => setTimeout(act, Math.max(0, end - left - Date.now()));
    timers = [at(seconds("waarschuwing"), show), at(60000, () => speak(0)), at(20000, () => speak(1)), at(0, leave)];
  };
  // Every answer of the server carries the seconds that are left.
  const renew = (header) => {
    const idle = Number(header("X-Sessie-Over"));
    const hard = Number(header("X-Sessie-Einde"));
    if (!idle || !hard) return;
    [idleEnd, hardEnd] = [Date.now() + idle * 1000, Date.now() + hard * 1000];
    plan();
    tabs?.postMessage([idleEnd, hardEnd]);
  };
  const extend = async () => {
    const form = one("[data-verlengen]", dialog);
    dialog.close();
    if (hardEnd <= idleEnd) return;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", headers: { "HX-Request": "true" } });
      if (answer.headers.get("HX-Redirect") || answer.status === 403) return leave();
      renew((name) => answer.headers.get(name));
    } catch {
      trouble();
    }
  };
  one("[data-verlengen]", dialog).addEventListener("submit", (event) => { event.preventDefault(); extend(); });
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); extend(); });
  document.addEventListener("htmx:afterOnLoad", (event) => renew((name) => event.detail.xhr.getResponseHeader(name)));
  tabs?.addEventListener("message", (event) => {
    dialog.close();
    [idleEnd, hardEnd] = event.data;
    plan();
  });
  tabs?.postMessage([idleEnd, hardEnd]);
  plan();
})();
