// Builds portal/static/dist: one portal.css (tokens, NL Design System, our own layer), sprite, fonts.
import { build } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const src = path.join(here, "src");
const dist = path.join(here, "..", "portal", "static", "dist");
const theme = path.join(here, "node_modules/@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css");
const banner = "/*! Eigen Regie. Bevat NL Design System (EUPL-1.2), Noto Sans (OFL-1.1), Tabler Icons (MIT): zie LICENSES.md */\n";

// No hash in the font names: Django adds its own, and the preload link can then name the file.
const result = await build({
  entryPoints: [path.join(src, "portal.css")], bundle: true, minify: true, write: false, outdir: dist,
  loader: { ".woff2": "file" }, assetNames: "fonts/[name]", legalComments: "none",
  target: ["chrome107", "firefox104", "safari16"],
});
const css = result.outputFiles.find((file) => file.path.endsWith(".css")).text;

// Keep only the tokens that the bundle can reach through var(), and the public colour names.
const all = new Map([...(await readFile(theme, "utf8")).matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((m) => [m[1], m[2]]));
const names = (text) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map((m) => m[1]);
const kept = new Set();
const queue = [...names(css), ...[...all.keys()].filter((name) => name.startsWith("--basis-color-"))];
while (queue.length) {
  const name = queue.pop();
  if (kept.has(name) || !all.has(name)) continue;
  kept.add(name);
  queue.push(...names(all.get(name)));
}
const tokens = [...kept].sort().map((name) => `${name}:${all.get(name)}`).join(";");

await rm(dist, { recursive: true, force: true });
await mkdir(path.join(dist, "fonts"), { recursive: true });
for (const file of result.outputFiles) if (!file.path.endsWith(".css")) await writeFile(file.path, file.contents);
for (const file of ["icons.svg", "LICENSES.md"]) await cp(path.join(src, file), path.join(dist, file));
await writeFile(path.join(dist, "portal.css"), `${banner}@layer tokens,nlds,portal;@layer tokens{:root{${tokens}}}${css}`);
process.stdout.write(`portal.css: ${kept.size} van ${all.size} tokens\n`);
