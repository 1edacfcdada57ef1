"""`citizens import`: all or nothing, partly when asked, and harmless when run again."""

from datetime import timedelta

from jobunivers.caseload import queries, services
from jobunivers.caseload.models import Citizen, Spell
from jobunivers.caseload.types import Outcome
from jobunivers.commands.citizens import take_in_file
from jobunivers.extensions import db
from jobunivers.shared import clock
from jobunivers.shared.db import write

HEAD = "person_id,cpr,name,target_group,spell_start,team\n"


def day(days=-20):
    """A day beside the test's today, as files write it."""
    return str(clock.today() + timedelta(days=days))


def good():
    return f"p1,010190-1234,Maja Demo,insured,{day()},Team One\np2,,Ole Demo,insured,{day()},\n"


def count(model):
    return db.session.query(model).count()


def test_a_file_is_taken_in_and_harmless_when_run_again(make, context):
    make.caseworker(team_id=make.team())
    assert take_in_file((HEAD + good()).encode(), partial=False) == ({"registered": 2}, [])
    assert take_in_file((HEAD + good()).encode(), partial=False) == ({"known already": 2}, [])
    assert (count(Citizen), count(Spell)) == (2, 2)
    assert queries.caseworker_of(queries.find_by_person_uuid("p1").id)


def test_one_wrong_line_stops_everything_unless_partial(make, context):
    make.team()
    text = HEAD + good() + f"p3,,Eva Demo,kings,{day()},\n"
    done, complaints = take_in_file(text.encode(), partial=False)
    assert (dict(done), count(Citizen)) == ({}, 0)
    assert complaints[0].startswith("line 4: target_group")
    done, complaints = take_in_file(text.encode(), partial=True)
    assert (dict(done), len(complaints), count(Citizen)) == ({"registered": 2}, 1, 2)


def test_somebody_out_of_work_again_gets_a_new_spell(make, context):
    make.team()
    take_in_file((HEAD + good()).encode(), partial=False)
    maja = queries.find_by_person_uuid("p1").id
    with write():
        services.end_spell(
            maja, outcome=Outcome.JOB, ended_on=clock.today(), now=clock.now(), by_user_id=None
        )
    again = HEAD + f"p1,,Maja Demo,insured,{clock.today() + timedelta(days=30)},\n"
    assert take_in_file(again.encode(), partial=False)[0] == {"out of work again": 1}
    assert queries.current_spell(maja).started_on == clock.today() + timedelta(days=30)


def test_a_person_is_recognised_by_cpr_when_the_identifier_is_missing(make, context):
    make.team()
    take_in_file((HEAD + good()).encode(), partial=False)
    bare = (HEAD + f",0101901234,Maja Demo,insured,{day()},\n").encode()
    assert take_in_file(bare, partial=False)[0] == {"known already": 1}


def test_somebody_with_the_same_name_and_phone_is_shown_before_a_second_record(make, context):
    make.team()
    head = "person_id,cpr,name,target_group,spell_start,phone\n"
    first = head + f",010190-1234,Maja Demo,insured,{day()},20304050\n"
    assert take_in_file(first.encode(), partial=False)[0] == {"registered": 1}
    other = head + f"p9,,maja  demo,insured,{day()},+45 20 30 40 50\n"
    done, complaints = take_in_file(other.encode(), partial=True)
    assert not done and "line 2: name" in complaints[0] and count(Citizen) == 1
    assert take_in_file(first.encode(), partial=False)[0] == {"known already": 1}
