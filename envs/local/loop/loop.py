"""One turn of the loop: what was saved is done, and what is wrong with it is told; it goes on."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from envs.deploy.artifacts import ArtifactError
from envs.desk.errors import DeskError
from envs.local.demo import stack
from envs.local.demo.stack import StackError
from envs.local.engine.told import of_system
from envs.local.loop import memory
from envs.local.loop.edits import Asked
from envs.local.loop.reload import Functions, served
from envs.local.loop.start import apply
from generator.package.build import build
from generator.package.errors import PackageError
from generator.package.targets import host

if TYPE_CHECKING:
    from envs.local.demo.progress import Progress
    from envs.local.loop.start import Running


@dataclass
class Loop:
    """Does what saved files ask for.

    Attributes:
        running: What runs.
        progress: Where it is told.
        functions: The functions that run.
    """

    running: Running
    progress: Progress
    functions: Functions = field(init=False)

    def __post_init__(self) -> None:
        """Know nothing yet of what the functions run."""
        self._begin()

    def _begin(self) -> None:
        self.functions = Functions(self.running.aws, served(self.running.root))

    def turn(self, asked: Asked) -> bool:
        """Do what is asked; true if all went well, and false if a person must save again."""
        began = time.monotonic()
        try:
            if asked == Asked.GENERATE:
                stack.generate(self.running.root)
            if asked != Asked.NOTHING:
                self._work(began)
        except PackageError as error:
            self._tell(error.render(self.running.root))
        except (StackError, ArtifactError, DeskError, ClientError, BotoCoreError) as error:
            self._tell(str(error))
        except OSError as error:
            self._tell(of_system(error))
        else:
            return True
        return False

    def _work(self, began: float) -> None:
        root = self.running.root
        build(root, host(), root / "build" / "host")
        wanted = memory.applied(root, self.running.aws.endpoint, self.running.site)
        if wanted != memory.recall(root).applied:
            apply(self.running, self.progress)
            self._begin()
        changed = self.functions.update(root / "build" / "host")
        if changed:
            seconds = time.monotonic() - began
            self.progress.say(f"{', '.join(changed)}: new code runs ({seconds:.1f} s)")

    def _tell(self, text: str) -> None:
        self.progress.tell(text.rstrip())
        self.progress.say("nothing was changed; it goes on when you save again")
