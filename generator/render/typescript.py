"""`lambdas/typescript/src/generated/<job>.ts`: what producers in TypeScript import for a job."""

from collections.abc import Iterator, Sequence

from generator.contracts import types
from generator.contracts.identifiers import class_of, identifier
from generator.manifest.resolved import Job
from generator.render.environment import fill
from generator.render.payload import defined_in
from generator.render.typescript_source import Call, Code, Items, Members, laid_out
from generator.render.typescript_text import comment, key, quoted
from generator.render.typescript_types import check, declared, literal, shown

FOLDER = "lambdas/typescript/src/generated"

_TAKEN = frozenset({"Readonly", "Record"})
"""Types of the language that the generated ones are made of."""

_WORDS = frozenset(
    (
        *("arguments", "async", "await", "break", "case", "catch", "class", "const", "continue"),
        *("debugger", "default", "delete", "do", "else", "enum", "eval", "export", "extends"),
        *("false", "finally", "for", "function", "if", "implements", "import", "in", "instanceof"),
        *("interface", "let", "new", "null", "package", "private", "protected", "public", "return"),
        *("static", "super", "switch", "t", "this", "throw", "true", "try", "typeof", "var"),
        *("void", "while", "with", "yield", "defineJob", "undefined"),
    )
)
"""No constant is called so: words of the language, and what the module imports."""


def typescript(job: Job) -> str:
    """Return the module of one job's payload."""
    return _Writer(job).module()


class _Writer:
    """Writes one module: interfaces first, then the checks of definitions, then the job."""

    def __init__(self, job: Job) -> None:
        """Give the definitions their names: no nested interface may take one."""
        self._job = job
        self._names: dict[int, str] = {}
        self._nested: dict[tuple[str, int], str] = {}
        self._taken = {*_TAKEN, job.class_name, f"{job.class_name}Input"}
        self._defined = list(defined_in(job.payload, set()))
        self._written: set[int] = set()
        for _, hint, kind in self._defined:
            self._names[id(kind)] = self._free(class_of(identifier(hint)))

    def module(self) -> str:
        top, payload = self._job.class_name, self._job.payload
        declarations = [*self._both(top, payload, self._job.description, is_top=True)]
        definitions = []
        for definition, hint, kind in self._defined:
            what = "One" if hint == definition else "A part of a"
            name = self._names[id(kind)]
            about = kind.description or f"{what} `{definition}` of the payload"
            declarations += self._both(name, kind, about)
            code = self._object(kind, name)
            definitions.append(laid_out(f"const {_constant(name)}: t.Type = ", code, 0, ";"))
            self._written.add(id(kind))
        return fill(
            "module.ts.j2",
            declarations=declarations,
            definitions=definitions,
            job=self._definition(),
        )

    def _definition(self) -> str:
        job, top = self._job, self._job.class_name
        generics = f"{top}Input, {top}" if _has_defaults(job.payload) else top
        arguments: list[Code] = [
            quoted(job.name),
            str(job.contract),
            Items([quoted(name) for name in job.key]),
            self._object(job.payload, top),
        ]
        name = top[:1].lower() + top[1:]
        constant = f"{name}Job" if name in _WORDS else name
        call = Call(f"defineJob<{generics}>", arguments)
        code = laid_out(f"export const {constant} = ", call, 0, ";")
        return f"{comment(job.description, 0)}\n{code}"

    def _both(
        self, name: str, kind: types.Object, about: str, *, is_top: bool = False
    ) -> Iterator[str]:
        """Yield the interfaces of an object and of those in it: read, and given if that differs."""
        inner: list[tuple[str, types.Object, str]] = []
        yield self._interface(name, kind, about, inner, given=False)
        if _has_defaults(kind):
            text = f"{name} as it is given: what has a default may be left out"
            yield self._interface(f"{name}Input", kind, text, [], given=True, owner=name)
        elif is_top:
            about = f"{name} as it is given: nothing in it has a default"
            yield f"{comment(about, 0)}\nexport type {name}Input = {name};"
        for inner_name, inner_kind, inner_about in inner:
            yield from self._both(inner_name, inner_kind, inner_about)

    def _interface(  # noqa: PLR0913 - what it is, how it is told, and from which side
        self,
        name: str,
        kind: types.Object,
        about: str,
        inner: list[tuple[str, types.Object, str]],
        *,
        given: bool,
        owner: str = "",
    ) -> str:
        def name_of(part: types.Type, hint: str) -> str:
            target = types.followed(part)
            assert isinstance(target, types.Object)
            found = self._names.get(id(target), "")
            if not found:
                found = self._name_of(owner or name, target, hint)
                told = target.description or texts.get(hint) or "A part of the payload"
                if all(found != other for other, _, _ in inner):
                    inner.append((found, target, told))
            return f"{found}Input" if given and _has_defaults(target) else found

        texts = {identifier(field.name): field.description for field in kind.fields}
        lines = [f"{comment(about, 0)}\nexport interface {name} {{"]
        for field in kind.fields:
            lines += _documented(field)
            always = field.required or (field.default is not types.NO_DEFAULT and not given)
            prefix = f"{key(field.name)}{'' if always else '?'}: "
            code = declared(field.type, identifier(field.name), name_of)
            lines.append(laid_out(prefix, code, 2, ";"))
        if kind.additional is not None:
            declared(kind.additional, "additional", name_of)
            lines.append("  /** Every other property. */\n  [name: string]: unknown;")
        return "\n".join([*lines, "}"])

    def _object(self, kind: types.Object, owner: str) -> Code:
        """Return the check of an object."""

        def check_of(part: types.Type, hint: str) -> Code:
            target = types.followed(part)
            assert isinstance(target, types.Object)
            if (known := self._names.get(id(target))) is not None:
                constant = _constant(known)
                return constant if id(target) in self._written else f"t.lazy(() => {constant})"
            return self._object(target, self._name_of(owner, target, hint))

        members: dict[str, Code] = {}
        for field in kind.fields:
            code = check(field.type, identifier(field.name), check_of)
            if field.default is not types.NO_DEFAULT:
                code = Call("t.optional", [code, literal(field.default)])
            elif not field.required:
                code = Call("t.optional", [code])
            members[field.name] = code
        fields = Members(members, open=True)
        if kind.additional is None:
            return Call("t.object", [fields])
        return Call("t.object", [fields, check(kind.additional, "additional", check_of)])

    def _name_of(self, owner: str, kind: types.Object, hint: str) -> str:
        """Return the interface of an object in another one, the same whenever it is asked for."""
        place = (f"{owner}.{hint}", id(kind))
        if place not in self._nested:
            self._nested[place] = self._free(owner + class_of(identifier(hint)))
        return self._nested[place]

    def _free(self, name: str) -> str:
        while name in self._taken or f"{name}Input" in self._taken:
            name += "Object"
        self._taken |= {name, f"{name}Input"}
        return name


def _documented(field: types.Field) -> Sequence[str]:
    tags = []
    if field.default is not types.NO_DEFAULT:
        tags.append(f"@default {shown(literal(field.default))}")
    if field.deprecated:
        tags.append("@deprecated Give it no longer.")
    secret = " Sensitive: never logged." if field.sensitive else ""
    text = comment(f"{field.description}{secret}", 2, tags)
    return [text] if text else []


def _constant(name: str) -> str:
    return f"{name[:1].lower()}{name[1:]}Type"


def _has_defaults(kind: types.Type) -> bool:
    """Say whether anything inside a type may be left out because it has a default."""
    objects = (part for part in types.reached(kind) if isinstance(part, types.Object))
    return any(f.default is not types.NO_DEFAULT for each in objects for f in each.fields)
