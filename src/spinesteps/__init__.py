"""SpineSteps: one open, cited care pathway for spinal stenosis.

    import spinesteps
    assessment = spinesteps.assess({"age": 74, "leg_pain": True, "saddle_numbness": "not_sure"})
    spinesteps.to_json(assessment)["urgency"]

What is public is the list `__all__` of spinesteps/api.py, and `docs/api.md`. It is loaded when it is first asked for.
"""

from typing import TYPE_CHECKING

from spinesteps.version import __version__ as __version__

if TYPE_CHECKING:
    from spinesteps.api import *  # noqa: F403


def __getattr__(name: str) -> object:
    if name.startswith("_"):
        raise AttributeError(f"module 'spinesteps' has no attribute {name!r}")
    import spinesteps.api as api  # `from spinesteps import api` would ask here again

    if name not in api.__all__:
        raise AttributeError(f"module 'spinesteps' has no attribute {name!r}. There is: {', '.join(api.__all__)}.")
    return getattr(api, name)


def __dir__() -> list[str]:
    import spinesteps.api as api

    return sorted(["__version__", *api.__all__])
