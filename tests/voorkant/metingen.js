// What keuring.py measures in the page; one object of functions, each returns complaints.
({
  zichtbaar: (el) => el.checkVisibility({ visibilityProperty: true }),

  // At most the width of the window; text for screen readers only does not count.
  overloop() {
    return [...document.querySelectorAll("body *")]
      .filter((el) => !el.closest(".kg-sr, .nl-skip-link") && this.zichtbaar(el))
      .filter((el) => el.getBoundingClientRect().right > innerWidth + 1)
      .map((el) => `${el.tagName}.${el.className}`).slice(0, 5);
  },

  // WCAG 1.4.4: letters of twice the size.
  vergroot() {
    document.documentElement.style.setProperty("font-size", "200%", "important");
    const klachten = this.overloop();
    document.documentElement.style.removeProperty("font-size");
    return klachten;
  },

  // WCAG 1.4.12, as an author style that wins; gone before htmx can copy it, which the CSP forbids.
  tekstafstand() {
    const alle = [...document.querySelectorAll("body, body *")];
    const eerst = alle.map((el) => el.style.cssText);
    for (const el of alle) {
      el.style.setProperty("line-height", "1.5", "important");
      el.style.setProperty("letter-spacing", "0.12em", "important");
      el.style.setProperty("word-spacing", "0.16em", "important");
      if (el.matches("p")) el.style.setProperty("margin-bottom", "2em", "important");
    }
    const klachten = this.overloop();
    alle.forEach((el, nummer) => {
      el.style.cssText = eerst[nummer];
      if (!eerst[nummer]) el.removeAttribute("style");
    });
    return klachten;
  },

  // A link within a sentence may be smaller (WCAG 2.5.8, inline).
  doelen() {
    const inZin = (el) => el.matches("a")
      && [...el.parentElement.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    const tekort = ({ width, height }) => width && (width < 24 || height < 24);
    return [...document.querySelectorAll("a[href], button, summary, select, input:not([type=hidden])")]
      .filter((el) => this.zichtbaar(el) && !el.matches(".nl-skip-link") && !inZin(el))
      .filter((el) => tekort(el.getBoundingClientRect()))
      .map((el) => `${el.tagName} ${el.textContent.trim().slice(0, 30)}`);
  },

  koppen() {
    return [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
      .filter(this.zichtbaar).map((el) => Number(el.tagName[1]));
  },

  // What cannot be reached, or does not show that it is. An open dialog makes the rest unreachable.
  zonderFocus() {
    const waar = document.querySelector("dialog[open]") ?? document;
    const rand = ({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    const getekend = (el) => [el, el.closest(".kg-tegel") ?? el].some((e) => rand(getComputedStyle(e)));
    return [...waar.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")]
      .filter((el) => this.zichtbaar(el))
      .filter((el) => {
        el.focus({ preventScroll: true });
        return document.activeElement !== el || el.tabIndex < 0 || !getekend(el);
      })
      .map((el) => `${el.tagName} ${(el.textContent || el.name).trim().slice(0, 30)}`);
  },

  // Which of these colours (three numbers) the page shows, also half transparent.
  kleuren(vreemd) {
    const namen = ["color", "backgroundColor", "borderTopColor", "borderInlineStartColor",
      "outlineColor", "fill", "textDecorationColor"];
    const gezien = [...document.querySelectorAll("html, html *")]
      .flatMap((el) => { const stijl = getComputedStyle(el); return namen.map((naam) => stijl[naam]); });
    return vreemd.filter((kleur) => gezien.some((stijl) => stijl.includes(`(${kleur}`)));
  },
})
