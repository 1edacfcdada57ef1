"""Jinja, without what it would look up again at every text, macro and import of a page
(docs/performance.md).
"""

import contextlib
from collections.abc import MutableMapping
from functools import _lru_cache_wrapper, lru_cache
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache, Template
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro

PLAIN = frozenset({FunctionType, MethodType, BuiltinFunctionType, _lru_cache_wrapper})


class Calls(Context):
    """A template's variables. Macros and functions that want nothing handed in are called straight
    away, everything else as Jinja does.
    """

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        kind = type(called)
        if kind is not Macro and (kind not in PLAIN or hasattr(called, "jinja_pass_arg")):
            return super().call(called, *args, **kwargs)
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **kwargs) if kind is Macro else called(*args, **kwargs)


class KeptTemplates(FileSystemBytecodeCache):
    """Compiled templates in a folder. A full disk, or a folder that was cleared away, costs a page
    the time to compile and nothing else.
    """

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


class Templates(Environment):
    """The templates of the house: found once, without a chain of globals, and with `once(macro)`
    for a macro that always draws the same.
    """

    context_class = Calls

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self._found: dict[str, Template] = {}
        self.globals["once"] = lru_cache(maxsize=500)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:
        if self.auto_reload:
            return super()._load_template(name, globals)
        if name not in self._found:
            self._found[name] = super()._load_template(name, globals)
        return self._found[name]
