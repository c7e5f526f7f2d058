"""How records are read: the code tables, loaded when a record is first read."""

from functools import cache, partial

from spinesteps.knowledge.limits import HERE
from spinesteps.library.code_tables import read_codes

codes = cache(partial(read_codes, HERE / "codes"))
