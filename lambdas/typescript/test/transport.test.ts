import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mock, test } from "node:test";

import { remembered } from "../src/aws/credentials.js";
import { signed } from "../src/aws/signature.js";
import { fetchTransport } from "../src/aws/transport.js";
import { githubToken, webIdentity } from "../src/credentials/web-identity.js";
import { AwsError } from "../src/errors.js";

const keys = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

interface Asked {
  method: string;
  url: string;
  headers: Record<string, unknown>;
  body: string;
}

/** A server that answers by a function, for the length of a test. */
async function serving(
  answer: (asked: Asked) => { status?: number; headers?: Record<string, string>; body?: string },
  use: (endpoint: string, asked: Asked[]) => Promise<void>,
): Promise<void> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method = "", url = "", headers } = request;
    asked.push({ method, url, headers, body });
    const { status = 200, headers: sent = {}, body: text = "{}" } = answer(asked.at(-1)!);
    response.writeHead(status, sent).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function transportTo(endpoint: string) {
  return fetchTransport({
    region: "eu-central-1",
    credentials: async () => keys,
    queueEndpoint: endpoint,
    scheduleEndpoint: endpoint,
  });
}

test("a request is signed as the test suite of Signature Version 4 has it", async () => {
  mock.timers.enable({ apis: ["Date"], now: Date.UTC(2015, 7, 30, 12, 36) });
  try {
    const url = new URL("https://example.amazonaws.com/");
    const request = { method: "GET", url, headers: {}, body: "" };

    const headers = await signed(request, keys, "us-east-1", "service");

    assert.equal(
      headers["authorization"],
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request," +
        " SignedHeaders=host;x-amz-date," +
        " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    );
  } finally {
    mock.timers.reset();
  }
});

test("queues and schedules are called as their services define it", async () => {
  await serving(
    () => ({ body: '{"MessageId": "m"}' }),
    async (endpoint, asked) => {
      const call = transportTo(endpoint);
      assert.deepEqual(await call("SendMessage", { QueueUrl: "q" }), { MessageId: "m" });
      await call("CreateSchedule", { Name: "n", GroupName: "g", Target: {} });
      await call("GetSchedule", { Name: "n", GroupName: "g" });
      await call("DeleteSchedule", { Name: "n", GroupName: "g" });

      assert.deepEqual(
        asked.map(({ method, url }) => `${method} ${url}`),
        [
          "POST /",
          "POST /schedules/n",
          "GET /schedules/n?groupName=g",
          "DELETE /schedules/n?groupName=g",
        ],
      );
      assert.equal(asked[0]?.headers["x-amz-target"], "AmazonSQS.SendMessage");
      assert.match(String(asked[0]?.headers["authorization"]), /eu-central-1\/sqs\/aws4_request/);
      assert.match(String(asked[1]?.headers["authorization"]), /\/scheduler\/aws4_request/);
    },
  );
});

test("what passes is tried again, what is refused is not", async () => {
  let answers = 0;
  await serving(
    () => (++answers < 3 ? { status: 503, body: "busy" } : {}),
    async (endpoint) => {
      await transportTo(endpoint)("SendMessage", {});
      assert.equal(answers, 3);
    },
  );
  const body = '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"m"}';
  await serving(
    () => ({ status: 400, body }),
    async (endpoint, asked) => {
      await assert.rejects(transportTo(endpoint)("SendMessage", {}), { code: "QueueDoesNotExist" });
      assert.equal(asked.length, 1);
    },
  );
  await serving(
    () => ({ status: 409, headers: { "x-amzn-errortype": "ConflictException:http://x" } }),
    async (endpoint) => {
      await assert.rejects(transportTo(endpoint)("CreateSchedule", { Name: "n" }), {
        code: "ConflictException",
        retryable: false,
      });
    },
  );
  await assert.rejects(transportTo("http://127.0.0.1:9")("SendMessage", {}), (error) => {
    return error instanceof AwsError && error.retryable;
  });
});

test("credentials are asked for again shortly before they end, and after a failure", async () => {
  let asked = 0;
  let expiration = new Date(Date.now() + 3_600_000);
  const provider = remembered(async () => {
    if (++asked === 1) throw new Error("not yet");
    return { ...keys, expiration };
  });

  await assert.rejects(provider(), /not yet/);
  expiration = new Date(Date.now() + 200_000);
  await Promise.all([provider(), provider()]);
  assert.equal(asked, 2, "two at once share one answer");
  expiration = new Date(Date.now() + 3_600_000);
  await provider();
  await provider();
  assert.equal(asked, 3);
});

test("a role is assumed with a token of the host", async () => {
  const answers: Record<string, string> = {
    xml: "<AccessKeyId>A</AccessKeyId><SecretAccessKey>S</SecretAccessKey>\
<SessionToken>T</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>",
    json: '{"Credentials": {"AccessKeyId":"A","SecretAccessKey":"S","SessionToken":"T",\
"Expiration":3.2472144E10}}',
  };
  for (const body of Object.values(answers)) {
    await serving(
      ({ url }) => ({ body: url === "/" ? body : '{"value": "token"}' }),
      async (endpoint, asked) => {
        const token = githubToken({
          ACTIONS_ID_TOKEN_REQUEST_URL: `${endpoint}/token?x=1`,
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bearer",
        });
        const provider = webIdentity({ roleArn: "arn:r", region: "eu-central-1", token, endpoint });
        const { accessKeyId, secretAccessKey, sessionToken, expiration } = await provider();

        assert.deepEqual([accessKeyId, secretAccessKey, sessionToken], ["A", "S", "T"]);
        assert.equal(expiration?.toISOString(), "2999-01-01T00:00:00.000Z");
        assert.match(asked[1]?.body ?? "", /WebIdentityToken=token/);
      },
    );
  }
  await assert.rejects(githubToken({})(), /id-token: write/);
});
