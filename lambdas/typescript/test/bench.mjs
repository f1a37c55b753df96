// Overhead a message beside the AWS SDK's bare SendMessage, and time to import, in one run.
// Times are the processor's, so that they mean the same on a busy machine.
//   npm run build && npm run bench
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

if (process.send) await serve();

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);
const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 200);
const IMPORTS = 9;
const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const lead = { lead_id: "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d", email: "ada@example.com" };

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** A queue in a process of its own that takes everything at once. */
async function serve() {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.setHeader("content-type", "application/x-amz-json-1.0");
      response.end('{"MessageId":"m"}');
    });
  });
  server.listen(0, "127.0.0.1", () => process.send(server.address().port));
  await once(process, "disconnect");
  process.exit();
}

const queue = fork(fileURLToPath(import.meta.url));
const [port] = await once(queue, "message");
const endpoint = `http://127.0.0.1:${port}`;
const QueueUrl = `${endpoint}/000000000000/clarivum-bench-lead-enrichment`;

const { SQSClient, SendMessageCommand } = await import("@aws-sdk/client-sqs");
const { createProducer } = await import("../dist/index.js");
const { leadEnrichment } = await import("../dist/generated/lead-enrichment.js");
const { signed } = await import("../dist/aws/signature.js");
const { sdkTransport } = await import("../dist/transport/aws-sdk.js");

// The queue does not compute the digest that the SDK would compare with its own.
const sqs = new SQSClient({ region: "eu-central-1", endpoint, credentials: keys, md5: false });
const settings = {
  region: "eu-central-1",
  queueBaseUrl: `${endpoint}/000000000000/clarivum-bench-`,
  source: "bench",
};
const own = createProducer({ ...settings, credentials: async () => keys });
const bySdk = createProducer({ ...settings, transport: sdkTransport({ sqs }) });
const MessageBody = JSON.stringify({ data: lead }).padEnd(560);

/** A request with the same headers and body, signed once: what the package is built on. */
const target = { method: "POST", body: JSON.stringify({ QueueUrl, MessageBody }) };
const headers = await signed({ ...target, url: new URL(endpoint), headers: {} }, keys, "r", "sqs");
const bareFetch = async () => (await fetch(endpoint, { ...target, headers })).json();

const ways = {
  "bare SendMessage of the SDK": () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody })),
  "bare fetch": bareFetch,
  "enqueue, signed by the package": () => own.enqueue(leadEnrichment, lead),
  "enqueue, sent by the SDK": () => bySdk.enqueue(leadEnrichment, lead),
};
const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
// Taking turns, so that a busy moment of the machine meets them all.
for (let round = -2; round < ROUNDS; round++) {
  for (const [name, send] of Object.entries(ways)) {
    const start = process.cpuUsage();
    for (let n = 0; n < MESSAGES; n++) await send();
    const { user, system } = process.cpuUsage(start);
    if (round >= 0) times[name].push((user + system) / 1000 / MESSAGES);
  }
}
queue.disconnect();

const [floor] = Object.values(times).map(median);
for (const [name, found] of Object.entries(times)) {
  console.log(`${name}: ${median(found).toFixed(3)} ms, ${(median(found) / floor).toFixed(2)} x`);
}

/** Milliseconds that a process of its own needs to import something. */
function imported(specifier) {
  const code = `const s = process.cpuUsage(); await import(${JSON.stringify(specifier)});
    const { user, system } = process.cpuUsage(s); console.log((user + system) / 1000)`;
  const run = () => execFileSync(process.execPath, ["--input-type=module", "-e", code]);
  return median(Array.from({ length: IMPORTS }, () => Number(run())));
}

for (const name of [
  "@aws-sdk/client-sqs",
  "../dist/index.js",
  "../dist/generated/lead-enrichment.js",
]) {
  const specifier = name.startsWith(".") ? new URL(name, import.meta.url).href : name;
  console.log(`import of ${name.replace("../dist/", "")}: ${imported(specifier).toFixed(1)} ms`);
}
