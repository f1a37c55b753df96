"""The site's own address, and the only places that a request to it may go to.

A payload names addresses, and a function can reach what nobody outside can: Lambda's runtime
interface on its own loopback, a metadata service, a private network. So an address counts only if
it is of the site, and the name is resolved once, judged, and the connection made to that very
address: an answer that changes between the look and the request leads nowhere else.
"""

import functools
import ipaddress
import socket
from dataclasses import dataclass
from typing import Self

import urllib3
from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from clarivum_jobs import PermanentError
from handlers.support import web

_PORTS = {"http": 80, "https": 443}


class UnresolvedError(Exception):
    """The site's name has no address just now."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The site.

    Attributes:
        host: Its name, in lower case.
        ports: The ports it may be asked on, by scheme.
        loopback: Whether it may be on this machine, as it is for a developer. It is allowed by
            `SITE_ON_LOOPBACK`, which `envs/local` alone sets.
    """

    host: str
    ports: tuple[tuple[str, int], ...]
    loopback: bool = False

    @classmethod
    def of(cls, site: str, *, loopback: bool = False) -> Self:
        """Return the origin of a site's address; with a default port http and https are one."""
        url = parse_url(site)
        scheme, host = url.scheme or "", url.host or ""
        port = url.port or _PORTS[scheme]
        ports = _PORTS if port in _PORTS.values() else {scheme: port}
        return cls(host, tuple(ports.items()), loopback)

    def parse(self, address: str) -> Url:
        """Return an address in its parts.

        Raises:
            PermanentError: It is not an address of the site.
        """
        try:
            url = parse_url(address)
        except LocationParseError:
            url = Url()
        scheme = url.scheme or ""
        port = url.port or _PORTS.get(scheme, 0)
        if url.host != self.host or (scheme, port) not in self.ports or url.auth:
            message = f"only pages of {self.host} can be warmed"
            raise PermanentError(message, code="unsupported_url")
        return url

    def get(self, url: Url) -> urllib3.BaseHTTPResponse:
        """Request a page of the site, without following redirects or reading the body.

        Raises:
            PermanentError: The site's name leads into a network that is not the public one.
            UnresolvedError: It leads nowhere.
            urllib3.exceptions.HTTPError: There was no answer.
        """
        scheme = url.scheme or "https"
        port = url.port or _PORTS[scheme]
        address = resolve(self.host, port, loopback=self.loopback)
        place = f"[{address}]" if ":" in address else address
        target = Url(scheme, None, place, port, url.path or "/", url.query)
        name = self.host if port == _PORTS[scheme] else f"{self.host}:{port}"
        return _pool(self.host if scheme == "https" else "").urlopen(
            "GET",
            target.url,
            redirect=False,
            preload_content=False,
            headers={"Host": name, **web.HEADERS},
        )


def resolve(host: str, port: int, *, loopback: bool) -> str:
    """Return an address of a host, once every address that it has was judged.

    Args:
        host: Its name, or an address.
        port: Its port.
        loopback: Whether an address of this machine will do.

    Raises:
        PermanentError: One of them is not of the public network.
        UnresolvedError: There is none.
    """
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except OSError:
        message = "the site's name cannot be resolved"
        raise UnresolvedError(message) from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not _is_public(address) and not (loopback and _is_loopback(address)):
            message = "the site's name leads to an address that is not public"
            raise PermanentError(message, code="forbidden_address")
    return addresses[0]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = _embedded(ip)
    return ip.is_global and not ip.is_multicast and (inner is None or _is_public(str(inner)))


def _embedded(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for, if it does."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    translated = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip in ipaddress.ip_network("64:ff9b::/96"):
        return translated
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


@functools.cache
def _pool(server_name: str) -> urllib3.PoolManager:
    """Return connections to addresses that answer for one name, by its certificate for https."""
    pool = urllib3.PoolManager(maxsize=web.PARALLEL, timeout=web.TIMEOUT, retries=False)
    if server_name:
        named = {"server_hostname": server_name, "assert_hostname": server_name}
        pool.connection_pool_kw.update(named)
    return pool
