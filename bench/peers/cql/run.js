// Twelve rules in CQL over persons: node run.js PERSONS.jsonl [ROUNDS]
//
// Compiles rules.cql to ELM once. A person is one line: an object of facts, null or missing when not known.
// Prints one JSON object: microseconds a person (of the fastest round), what compiling took, and every answer.
// Reading and decoding the file is not timed.

import { readFileSync } from "node:fs";
import { SystemModelInfoProvider } from "@cqframework/cql/cql";
import { CqlCompilerOptions, CqlTranslator, LibraryManager, ModelManager } from "@cqframework/cql/cql-to-elm";
import cql from "cql-execution";

const here = new URL(".", import.meta.url);
const persons = readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const rounds = Number(process.argv[3] ?? 5);

function compile() {
  const models = new ModelManager();
  models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
  // Without annotations and locators the ELM holds nothing but the rules: it runs faster that way.
  const plain = new CqlCompilerOptions().withOptions([]);
  const text = readFileSync(new URL("rules.cql", here), "utf8");
  const elm = JSON.parse(CqlTranslator.fromText(text, new LibraryManager(models, plain)).toJson());
  const errors = (elm.library.annotation ?? []).filter((note) => note.errorSeverity === "error");
  if (errors.length) throw new Error(errors.map((error) => error.message).join("\n"));
  return elm;
}

const none = { currentPatient: () => undefined, nextPatient: () => undefined };

async function round(executor) {
  const answers = [];
  for (const person of persons) {
    const results = await executor.withParameters({ Facts: person }).exec(none, moment);
    answers.push(results.unfilteredResults);
  }
  return answers;
}

const begun = performance.now();
const elm = compile();
const compiled = performance.now() - begun;
const moment = cql.DateTime.fromJSDate(new Date(Date.UTC(2026, 10, 21)), 0);
const executor = new cql.Executor(new cql.Library(elm));

let answers = await round(executor); // fills what is kept, and lets the machine warm up
let fastest = Infinity;
for (let number = 0; number < rounds; number += 1) {
  const start = performance.now();
  answers = await round(executor);
  fastest = Math.min(fastest, performance.now() - start);
  if (process.stderr.isTTY) process.stderr.write(`\rcql-execution: round ${number + 1} of ${rounds}\x1b[K`);
}
if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
const plainAnswers = answers.map((given) => Object.fromEntries(Object.entries(given).map(([k, v]) => [k, v ?? null])));
console.log(JSON.stringify({ microseconds: (fastest * 1000) / persons.length, compile_ms: compiled, answers: plainAnswers }));
