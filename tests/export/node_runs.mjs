// Run experiments with an exported module: node node_runs.mjs MODULE EXPERIMENTS, the answer in JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [file, asked] = process.argv.slice(2);
const { restOf, simulate } = await import(pathToFileURL(file));
const answers = JSON.parse(readFileSync(asked, "utf-8")).map(({ fibre, rest, experiment }) => {
  try {
    if (rest) return restOf(fibre, rest);
    const run = simulate(fibre, experiment);
    const traces = Object.fromEntries(Object.entries(run.traces).map(([name, t]) => [name, Array.from(t)]));
    return { ...run, time: Array.from(run.time), traces };
  } catch (error) {
    return { error: error.message };
  }
});
process.stdout.write(JSON.stringify(answers));
