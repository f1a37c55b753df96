// Answers, for each line of its input, what the TypeScript modules make of a contract's documents.
import { createInterface } from "node:readline";

const [, , bundle] = process.argv;
const { jobs, write } = await import(bundle);

async function answer(job, text) {
  const document = JSON.parse(text);
  const { value, issues } = job.schema["~standard"].validate(document);
  if (issues) return { issues: issues.map(({ code, place, message }) => [code, place, message]) };
  return { data: write(value, false), key: await job.key(document) };
}

for await (const line of createInterface({ input: process.stdin })) {
  const [name, documents] = JSON.parse(line);
  const answers = [];
  for (const text of documents) answers.push(await answer(jobs[name], text));
  console.log(JSON.stringify(answers));
}
