"""Many citizens are given other caseworkers: evenly, and near."""

from uuid import UUID

import pytest

from jobunivers.caseload.moving_rules import spread

ANNE, BO, CARL = (UUID(int=number) for number in (1, 2, 3))
MAJA, OLE, PIA = (UUID(int=number) for number in (11, 12, 13))


@pytest.mark.parametrize(
    ("loads", "of_team", "wanted"),
    [
        ({}, {}, {}),
        ({ANNE: 5}, {}, {MAJA: ANNE, OLE: ANNE, PIA: ANNE}),
        ({ANNE: 1, BO: 0}, {}, {MAJA: BO, OLE: ANNE, PIA: BO}),
        ({ANNE: 0, BO: 0, CARL: 0}, {}, {MAJA: ANNE, OLE: BO, PIA: CARL}),
        ({ANNE: 9, BO: 0}, {MAJA: [ANNE], OLE: [CARL]}, {MAJA: ANNE, OLE: BO, PIA: BO}),
    ],
)
def test_one_after_the_other_to_whoever_of_her_team_has_the_fewest(loads, of_team, wanted):
    assert spread([MAJA, OLE, PIA], loads, of_team) == wanted
