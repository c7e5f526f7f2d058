"""Every paper that is made: each is a module, a template and an entry here; its command is made from the entry."""

from __future__ import annotations

from spinesteps.reports.paper import CONTACT, KINDS, SINCE, Page, Paper, PaperOption

PROCEDURE = PaperOption("procedure", "epidural, decompression, fusion or mri.", None)
NAME = PaperOption("name", "The person's name, printed as it is. Default: a line to write on.")
SENDER = PaperOption("sender", "Who writes, printed as it is. Default: a line to write on.")
POLICY = PaperOption("policy", "The id of a policy, or all: side by side. Default: those of the deployment, else all.")


def _packet() -> Page:
    from spinesteps.reports.packet import page

    return page


def _handover() -> Page:
    from spinesteps.reports.handover import page

    return page


def _letter() -> Page:
    from spinesteps.reports.letter import page

    return page


PAPERS = (
    Paper(
        name="packet",
        help="Lay a record beside a payer's criteria: met, not met, not enough data, with the records that prove it.",
        load=_packet,
        options=(PROCEDURE, POLICY, SINCE, KINDS),
        of_record=True,
        suffixed=(("procedure", ""), ("policy", "all")),
    ),
    Paper(
        name="handover",
        help="Write a sheet for an emergency department: danger first with its times, what was not checked, medicines.",
        load=_handover,
        options=(CONTACT,),
        one_page=True,
    ),
    Paper(
        name="letter",
        help="Write a letter to the doctor: what fits and why, what is advised, what could not be checked.",
        load=_letter,
        options=(NAME, SENDER, CONTACT),
        one_page=True,
    ),
)
