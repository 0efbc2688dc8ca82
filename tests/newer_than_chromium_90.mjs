// Writes the names that Chromium learnt after version 90, for test_chromium_90.py, from MDN's compatibility data:
//   npm install --prefix DIR @mdn/browser-compat-data && node tests/newer_than_chromium_90.mjs DIR
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const VERSION = 90;
const folder = join(process.argv[2], "node_modules/@mdn/browser-compat-data");
const bcd = JSON.parse(readFileSync(join(folder, "data.json"), "utf8"));
const LATER = Infinity;

// The version since which Chrome has had something without a flag or another name.
function since(feature) {
  const said = feature?.__compat?.support?.chrome;
  const all = (Array.isArray(said) ? said : [said]).filter((one) => one && !one.flags && !one.prefix && !one.alternative_name);
  const versions = all.map((one) => (typeof one.version_added === "string" ? Number(one.version_added.replace("≤", "")) || LATER : LATER));
  return Math.min(LATER, ...versions);
}

const newer = (group) => Object.keys(group).filter((name) => name !== "__compat" && since(group[name]) > VERSION);
const members = (group) => Object.values(group).flatMap((holder) => Object.entries(holder).filter(([name]) => name !== "__compat"));

// Names that nothing had before: `at`, `structuredClone`, `popover`, but not `values` or `name`.
function unheardOf(pairs) {
  const first = new Map();
  for (const [name, feature] of pairs) first.set(name, Math.min(since(feature), first.get(name) ?? LATER));
  return [...first].filter(([, version]) => version > VERSION).map(([name]) => name);
}

const plain = ([name, feature]) => [name.replace(/_(static|event)$/, ""), feature];
const own = (group) => Object.entries(group).filter(([name]) => name !== "__compat");
const script = [bcd.javascript.builtins, bcd.api].flatMap((group) => [...own(group), ...members(group)]).map(plain);
const { global_attributes, elements } = bcd.html;
const html = [...own(global_attributes), ...own(elements), ...members(elements)].filter(([name]) => /^[a-z]+$/.test(name));
const statics = [bcd.javascript.builtins, bcd.api].flatMap((group) => own(group).flatMap(([holder, all]) =>
  own(all).filter(([name, one]) => name.endsWith("_static") && since(one) > VERSION).map(([name]) => `${holder}.${plain([name])[0]}`)));
const types = [...newer(bcd.css.types), ...Object.values(bcd.css.types).flatMap((type) => newer(type))];
const known = (names) => [...new Set(names)].filter((name) => /^[\w.-]+$/.test(name)).sort().join("\n");

writeFileSync(new URL("newer_than_chromium_90.txt", import.meta.url), `# What Chromium learnt after version 90, or never: from @mdn/browser-compat-data ${bcd.__meta.version} (CC0).
# Made by newer_than_chromium_90.mjs.

[property]
${known(newer(bcd.css.properties))}

[at-rule]
${known(newer(bcd.css["at-rules"]))}

[selector]
${known(newer(bcd.css.selectors))}

[function]
${known(types)}

[html]
${known(unheardOf(html))}

[script]
${known([...unheardOf(script), ...statics])}
`);
