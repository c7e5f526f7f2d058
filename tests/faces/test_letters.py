"""The handover sheet and the letter: danger first with times, gaps said plainly, one page, no promise."""

from __future__ import annotations

import io
import json
import re
import shutil
from datetime import date
from itertools import pairwise

import pytest

from spinesteps.knowledge.spine import PATHWAY
from spinesteps.reports import render
from tests.faces.conftest import DAY as ON
from tests.faces.fhir_samples import bundle, medicine
from tests.faces.paper_samples import calm, ready, said, stenosis
from tests.faces.test_packet import Page

NEVER = re.compile(r"ruled out|will be cured|all clear|you are safe|1 in \d", re.IGNORECASE)
ILL = {
    "age": 71, "sex": "female", "leg_pain": True, "urinary_difficulty": True, "saddle_numbness": "not_sure",
    "incontinence": False, "fever": False, "cauda_equina_onset_days": 3, "anticoagulant": True, "nsaid": True,
    "nsaid_allergy_or_asthma": "declined", "walking_distance_m": 80, "stenosis_diagnosed": True, "diabetes": True,
}  # fmt: skip
CHECKED = {ask.fact.name: False for ask in PATHWAY.danger_questions if ask.after is None}
KINDS = ("handover", "letter")


@pytest.fixture
def paper(tmp_path, spinesteps, person):
    """Write a paper about a person given as facts, or as a Bundle."""

    def run(kind, facts=None, fhir=None, *more):
        if facts is not None:
            given = ("--facts", person(facts))
        else:
            path = tmp_path / "record.json"
            path.write_text(json.dumps(fhir))
            given = ("--fhir", str(path))
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)  # nobody's paper is written over another's
        done = spinesteps(kind, *given, "--on", ON, "--out", str(out), *more)
        assert done.code == 0, done.err
        return (out / f"{kind}.html").read_text("utf-8")

    return run


@pytest.mark.parametrize("kind", KINDS)
def test_danger_stands_first_with_its_time(paper, kind):
    words = Page(paper(kind, ILL)).words
    assert "Emergency now" in words and ("RF-01a" in words) == (kind == "handover")
    assert "began or got worse 3 days ago, about 2026-11-18" in words
    for later in ("Not checked, or not sure", "Because", "Sources", "blood thinner"):
        assert words.index("Emergency now") < words.index(later)


@pytest.mark.parametrize("kind", KINDS)
def test_a_start_that_nobody_knows_is_said(paper, kind):
    facts = {name: value for name, value in ILL.items() if name != "cauda_equina_onset_days"}
    assert "start not known (not asked)" in Page(paper(kind, facts)).words
    unsure = ILL | {"cauda_equina_onset_days": "not_sure"}
    assert "start not known (not sure)" in Page(paper(kind, unsure)).words


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_not_checked_is_all_there(paper, kind):
    words = Page(paper(kind, ILL)).words
    open_part = words[words.index("Not checked, or not sure") : words.index("Because")]
    assert re.search(r"not sure: [^:]*between the legs", open_part)
    for sign in ("sexual", "both legs", "calf", "breathless", "cold"):
        assert sign in open_part, sign
    assert open_part.index("not sure:") < open_part.index("not asked:")


@pytest.mark.parametrize("kind", KINDS)
def test_thinner_allergy_and_medicines(paper, kind):
    words = Page(paper(kind, ILL)).words
    assert re.search(r"blood thinner:? yes", words)
    assert "not known (did not want to say)" in words
    assert "painkiller (NSAID)" in words


def test_medicines_and_allergies_of_a_record_are_named(paper):
    data = bundle(stenosis(), *calm(), medicine("warfarin 5 MG Oral Tablet"), medicine("ibuprofen 400 MG", "stopped"))
    words = Page(paper("handover", None, data)).words
    assert "anticoagulant, warfarin" in words
    assert "ibuprofen" not in words
    assert re.search(r"blood thinner:? yes", words)


def test_codes_that_were_not_recognised_are_counted(paper):
    words = Page(paper("handover", None, bundle(stenosis(), medicine("zzyzx 5 MG")))).words
    assert re.search(r"\d+ codes in the record were not recognised; a medicine may be among them", words)


def test_not_because_is_what_was_denied(paper):
    words = Page(paper("handover", ILL)).words
    denied = words[words.index("Not because") : words.index("Would change if answered")]
    assert "bladder or bowel control" in denied and "fever" in denied
    assert "Nobody examined it here" in denied


@pytest.mark.parametrize(
    ("deployment", "egfr", "ranges"),
    [
        ('country = "GB"', 40, ["300 to 900 mg", "75 to 300 mg"]),
        ('drug_doses = "US"', 40, ["400 to 1400 mg", "75 to 300 mg"]),
        ('drug_doses = "none"\ncountry = "GB"', 40, []),
        ("", 40, []),
        ('country = "GB"', 95, []),
        ('country = "GB"', "not_sure", []),
    ],
)
def test_the_letter_shows_the_doses_of_the_tables_that_are_in_force(paper, tmp_path, deployment, egfr, ranges):
    here = tmp_path / "deployment.toml"
    here.write_text(deployment)
    calm_facts = {ask.fact.name: False for ask in PATHWAY.emergency_questions}
    facts = calm_facts | {"age": 71, "leg_pain": True, "gabapentinoid": True, "egfr": egfr}
    words = Page(paper("letter", facts, None, "--deployment", str(here))).words
    assert re.findall(r"at this kidney function: (\d+ to \d+ mg)", words) == ranges
    assert ("British table, RENAL-UK20" in words) == bool(ranges)
    assert ("an eGFR stands in for it" in words) == bool(ranges)


def test_the_letter_says_what_fits_what_is_advised_and_what_would_change(paper):
    facts = CHECKED | {"age": 71, "leg_pain": True, "stenosis_diagnosed": True, "function_limited": True}
    words = Page(paper("letter", facts)).words
    assert "Lumbar stenosis" in words and PATHWAY.wording.advice["structured-exercise"]["title"] in words
    assert "Would change if" in words and "Next check: " in words
    assert "(for now: danger is not checked)" not in words
    assert "This does not exclude a serious cause" in words and "provisional" not in words
    assert "(for now: danger is not checked)" in Page(paper("letter", {"leg_pain": True, "age": 71,
                                                              "stenosis_diagnosed": True})).words  # fmt: skip


INTERNAL = re.compile(r"\bRF-\d|\b[a-z]+_[a-z_]+\b|\b(get-emergency-help|structured-exercise|nsaid-[a-z]+)\b")


@pytest.mark.parametrize("facts", [ILL, CHECKED | {"age": 71, "leg_pain": True, "stenosis_diagnosed": True}])
def test_a_letter_says_who_asks_what_of_whom(paper, facts):
    text = paper("letter", facts, None, "--name", "Ann Example", "--sender", "Practice on the hill")
    page = Page(text)
    asked = page.words[page.words.index("Requests") : page.words.index("Medicines and allergy")]
    assert "Ann Example" in page.words and "Practice on the hill" in page.words and "Signature" in page.words
    assert 1 <= text.split("<h2>Requests</h2>")[1].split("</ol>")[0].count("<li><strong>") <= 5
    assert PATHWAY.wording.advice["vascular-check" if "sex" not in facts else "get-emergency-help"]["title"] in asked
    assert not INTERNAL.search(page.words[: page.words.index("Sources")])


def test_a_letter_tells_values_with_their_days(paper):
    data = bundle(stenosis(), *calm(), said("abi", 0.8), medicine("warfarin 5 MG Oral Tablet"))
    words = Page(paper("letter", None, data)).words
    assert "ankle-brachial index: 0.8 (2026-11-16)" in words and "anticoagulant, warfarin" in words


def test_a_handover_carries_the_request_of_its_signs_and_nothing_without_one(paper):
    words = Page(paper("handover", ILL)).words
    assert "within 4 hours" in words[words.index("Request") : words.index("Not checked")]
    assert "Examined here: nothing is recorded; please examine." in words and "Last dose of a blood thinner" in words
    calm_words = Page(paper("handover", CHECKED | {"age": 71, "leg_pain": True})).words
    assert "Nothing on this sheet asks for an emergency department" in calm_words and "Request" not in calm_words


@pytest.mark.parametrize("kind", KINDS)
def test_until_all_is_checked_the_level_and_the_review_are_provisional(paper, kind):
    words = Page(paper(kind, {"age": 71, "leg_pain": True})).words
    assert "Not checked yet" in words and "No danger sign was found" not in words
    assert re.search(r"provisional: [A-Z][^.]+\. Danger questions not in the record: \d\d\.", words)
    assert ("Next check (provisional): " in words) == (kind == "letter")


@pytest.mark.parametrize("kind", KINDS)
def test_contact_sources_draft_and_fingerprint(paper, kind):
    words = Page(paper(kind, ILL, None, "--contact", "Ann Example, daughter <b>5</b>")).words
    assert "Ann Example, daughter <b>5</b>" in words
    assert "G-CES" in words and "Draft. No clinician has signed these rules." in words
    assert re.search(r"fingerprint [0-9a-f]{16}, judged on 2026-11-21", words)
    assert not NEVER.search(words.replace("cannot rule out", ""))


@pytest.mark.parametrize("kind", KINDS)
def test_accessible_and_self_contained(paper, kind):
    page = Page(paper(kind, ILL))
    assert ("html", {"lang": "en"}) in page.tags
    assert not [tag for tag, _ in page.tags if tag in ("script", "img", "link", "iframe")]
    headings = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(headings))
    assert len([t for t, _ in page.tags if t == "table"]) == len([t for t, _ in page.tags if t == "caption"])
    assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")


def test_either_facts_or_fhir(spinesteps, tmp_path):
    assert spinesteps("letter", "--out", str(tmp_path)).code == 2
    assert spinesteps("handover", "--facts", "a", "--fhir", "b", "--out", str(tmp_path)).code == 2


def test_a_faulty_person_gets_no_paper(spinesteps, person, tmp_path):
    done = spinesteps("letter", "--facts", person({"agee": 71}), "--out", str(tmp_path / "out"))
    assert done.code == 2 and "agee" in done.err
    assert not (tmp_path / "out").exists()


def test_a_file_in_place_of_the_folder_is_refused(spinesteps, person, tmp_path):
    (tmp_path / "file").write_text("x")
    done = spinesteps("letter", "--facts", person({"age": 71}), "--out", str(tmp_path / "file"))
    assert done.code == 2 and "This is a file" in done.err


# --- PDF -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reader():
    """A reader of PDF; these tests need WeasyPrint and Pango (the extra `pdf`)."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        pytest.fail(f"{error}. Install it: pip install weasyprint; apt install libpango-1.0-0 libpangoft2-1.0-0")
    from pypdf import PdfReader

    return PdfReader


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("facts", [ILL, {"age": 50}, {}], ids=["ill", "little known", "nothing known"])
def test_one_page_tagged_with_its_language(paper, tmp_path, reader, kind, facts):
    paper(kind, facts)
    read = reader(tmp_path / "out" / f"{kind}.pdf")
    assert len(read.pages) == 1
    assert read.trailer["/Root"]["/Lang"] == "en"
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Draft." in read.pages[0].extract_text()


def test_a_record_full_of_danger_still_fits_one_page(paper, tmp_path, reader):
    signs = ("urinary_difficulty", "both_legs_weak", "fever", "leg_cold_pale", "calf_swollen", "cancer_history",
             "pain_growing_or_lying_flat", "breathless_or_chest_pain", "major_trauma", "hand_clumsiness",
             "gait_unsteady", "pulsatile_mass")  # fmt: skip
    tablets = [medicine(f"{name} 5 MG") for name in ("warfarin", "ibuprofen", "oxycodone", "diazepam", "gabapentin")]
    data = bundle(stenosis(), *tablets, *(said(name, True, 1) for name in signs))
    for kind in KINDS:
        paper(kind, None, data)
        assert len(reader(tmp_path / "out" / f"{kind}.pdf").pages) == 1


def test_the_same_paper_is_the_same_file(paper, tmp_path, reader):
    paper("handover", ILL)
    before = (tmp_path / "out" / "handover.pdf").read_bytes()
    paper("handover", ILL)
    assert (tmp_path / "out" / "handover.pdf").read_bytes() == before


def test_a_pdf_loads_nothing_from_outside(reader):
    asked = []

    def fetch(url, *rest, **more):
        asked.append(url)
        return render._refuse(url)

    assert reader(io.BytesIO(render.pdf("<html lang=en><title>t</title><p>x</p></html>", date(2026, 1, 1)))).pages
    with pytest.raises(ValueError, match="loads nothing"):
        fetch("https://example.org/x.css")
    assert asked == ["https://example.org/x.css"]


def test_a_packet_as_pdf(tmp_path, spinesteps, reader):
    path = tmp_path / "record.json"
    path.write_text(json.dumps(ready()))
    done = spinesteps("packet", "--fhir", str(path), "--procedure", "epidural", "--policy", "cms-esi", "--on", ON,
                      "--out", str(tmp_path / "out"))  # fmt: skip
    assert done.code == 0
    read = reader(tmp_path / "out" / "packet-epidural-cms-esi.pdf")
    text = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    assert "PAY-ESI-13" in text and "Procedure/visit-91251008-7" in text
