"""Where a boto3 client's request leaves the process: from here on AWS is the model.

All of the client's own code runs: it checks the parameters, serialises them, finds the endpoint,
reads errors, decides on retries and waits for them. Left out are the signature and the name the
client gives itself, which the model would not read, and the bytes of an answer.
"""

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from botocore.client import BaseClient
from botocore.endpoint import Endpoint
from botocore.exceptions import ReadTimeoutError
from botocore.retries.quota import RetryQuota
from botocore.signers import RequestSigner
from botocore.useragent import UserAgentString
from botocore.validate import ParamValidationDecorator, validate_parameters

from clarivum_jobs.testing.machine.router import Answer, Call, RefusedError, Router, SilentError

if TYPE_CHECKING:
    from botocore.awsrequest import AWSPreparedRequest
    from botocore.model import OperationModel

_PARAMS, _CALL, _TRACE = "simulated_params", "simulated_call", "X-Amzn-Trace-Id"

_OLD, _RENAMED = "AWS.SimpleQueueService.", {"NonExistentQueue": "QueueDoesNotExist"}

Replacement = tuple[type, str, Callable[..., Any]]


class _Reply:
    """As much of an HTTP response as botocore looks at when the answer is read already."""

    content, raw = b"", None

    def __init__(self, status: int) -> None:
        self.status_code = status
        self.headers: dict[str, str] = {}


def replacements(router: Router) -> Iterator[Replacement]:
    """What of botocore is replaced while a world is open."""
    prepare = BaseClient._convert_to_request_dict  # type: ignore[attr-defined] # noqa: SLF001 - the last place that knows the parameters

    def converted(
        client: BaseClient,
        api_params: dict[str, Any],
        operation_model: "OperationModel",
        endpoint_url: str,
        context: dict[str, Any],
        *more: object,
        **named: object,
    ) -> dict[str, Any]:
        # What a deployed client sends unchecked is checked here.
        checked = isinstance(client._serializer, ParamValidationDecorator)  # type: ignore[attr-defined] # noqa: SLF001 - the configuration does not keep it
        if not checked and operation_model.input_shape:
            validate_parameters(api_params, operation_model.input_shape)
        context[_PARAMS] = {name: _read(value) for name, value in api_params.items()}
        request: dict[str, Any] = prepare(
            client, api_params, operation_model, endpoint_url, context, *more, **named
        )
        return request

    def answered(
        _endpoint: Endpoint,
        request: "AWSPreparedRequest",
        operation_model: "OperationModel",
        context: dict[str, Any],
    ) -> tuple[tuple[_Reply, Answer] | None, Exception | None]:
        service = operation_model.service_model.service_name
        header = request.headers.get(_TRACE, "")
        call = context.setdefault(
            _CALL, Call(service, operation_model.name, context[_PARAMS], _text(header))
        )
        try:
            answer = router.attempt(call)
        except RefusedError as refused:
            return (_Reply(refused.status), _refusal(refused)), None
        except SilentError:
            router.loop.sleep(round(1000 * context["client_config"].read_timeout))
            return None, ReadTimeoutError(endpoint_url=request.url)
        return (_Reply(200), {"ResponseMetadata": _metadata(200), **answer}), None

    yield BaseClient, "_convert_to_request_dict", converted
    yield Endpoint, "_do_get_response", answered
    yield RequestSigner, "sign", lambda *_args, **_named: None
    yield UserAgentString, "to_string", lambda _self: "simulated"
    yield from _quotas(router)


def _quotas(router: Router) -> Iterator[Replacement]:
    """Give each sandbox of each world the quota of retries that a client begins with.

    Clients live as long as the process, and what one world used up another must not miss.
    """
    left: dict[tuple[int, int], int] = {}

    def acquire(quota: RetryQuota, amount: int) -> bool:
        whose = (id(quota), router.sandbox)
        has = left.get(whose, quota.INITIAL_CAPACITY)
        if amount > has:
            return False
        left[whose] = has - amount
        return True

    def release(quota: RetryQuota, amount: int) -> None:
        whose = (id(quota), router.sandbox)
        if whose in left:
            left[whose] = min(left[whose] + amount, quota.INITIAL_CAPACITY)

    yield RetryQuota, "acquire", acquire
    yield RetryQuota, "release", release


def _read(value: Any) -> Any:  # noqa: ANN401 - whatever a parameter is
    """Give a parameter as it was; botocore makes a file of what is sent as a body."""
    if not isinstance(value, io.IOBase):
        return value
    content = value.read()
    value.seek(0)
    return content


def _text(header: str | bytes) -> str:
    return header.decode() if isinstance(header, bytes) else header


def _refusal(refused: RefusedError) -> Answer:
    error = {"Code": refused.code, "Message": str(refused)}
    if refused.code.startswith(_OLD):
        # SQS was once spoken to in XML, and tells both its old code and its new one.
        name = refused.code.removeprefix(_OLD)
        error["QueryErrorCode"] = _RENAMED.get(name, name)
    return {"Error": error, "ResponseMetadata": _metadata(refused.status), **refused.extra}


def _metadata(status: int) -> Answer:
    return {"HTTPStatusCode": status, "RetryAttempts": 0, "HTTPHeaders": {}}
