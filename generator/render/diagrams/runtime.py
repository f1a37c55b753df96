"""`uml-runtime.mmd`: the parts of the library around a handler, and the payloads of the jobs."""

from generator.manifest.resolved import Manifest
from generator.render.diagrams.architecture import MOST

_FIXED = """\
  class Producer {
    +enqueue(payload, delay, key) Receipt
    +enqueue_many(payloads) BatchResult
    +cancel(receipt)
  }
  class Envelope {
    +id
    +idempotencykey
    +contractversion
    +data
  }
  class Worker {
    +payload model
    +upcasters
    +lambda_handler(event, context)
  }
  class Records {
    +claim(key) lease
    +done()
    +failed(code)
    +dead(reason)
  }
  class Backoff {
    +wait(attempt)
  }
  class DeadLetters {
    +park(message, reason)
  }
  class Handler {
    <<yours>>
    +handle(payload, context)
  }
  class Payload {
    +validate strictly
  }
  Producer --> Envelope : writes
  Worker --> Envelope : reads
  Worker --> Records : claims once
  Worker --> Backoff : waits longer each time
  Worker --> DeadLetters : parks the last failure
  Worker --> Handler : calls
  Envelope *-- Payload : data
"""


def runtime(manifest: Manifest) -> str:
    """Return the class diagram."""
    models = "".join(
        f'  class p_{job.class_name}["{job.class_name}"]\n  Payload <|-- p_{job.class_name}\n'
        for job in manifest.jobs[:MOST]
    )
    return f"classDiagram\n  direction LR\n{_FIXED}{models}"
