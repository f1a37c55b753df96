"""IAM in a world: the roles that Terraform makes, asked before a service is."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from clarivum_jobs.testing.aws.permissions import asks
from clarivum_jobs.testing.aws.policy import Ask, Statement, allowed
from clarivum_jobs.testing.machine.router import Call, Caller, RefusedError

_CODES = {"sqs": "AccessDenied", "s3": "AccessDenied"}
_FORBIDDEN = 403


@dataclass(slots=True)
class Authorizer:
    """What each role may do.

    Attributes:
        roles: Statements of each role, by its ARN.
        resources: Statements of the policies that things themselves have, by their ARN.
    """

    roles: dict[str, list[Statement]] = field(default_factory=dict)
    resources: dict[str, list[Statement]] = field(default_factory=dict)

    def check(self, caller: Caller, call: Call) -> None:
        """Return if a call is allowed; who has no role, such as a test itself, may do everything.

        Raises:
            RefusedError: It is not, in the service's own words.
        """
        if caller.role:
            self.check_all(caller.role, asks(call.service, call.operation, call.params))

    def check_all(self, role: str, wanted: Iterable[Ask]) -> None:
        """Return if a role may do all of some things.

        Raises:
            RefusedError: One of them it may not.
        """
        for ask in wanted:
            own = self.resources.get(ask.resource, [])
            if not allowed(ask, [*self.roles.get(role, []), *own]):
                code = _CODES.get(ask.action.partition(":")[0], "AccessDeniedException")
                why = f"{role} is not authorized to perform: {ask.action} on {ask.resource}"
                raise RefusedError(code=code, why=why, status=_FORBIDDEN)
