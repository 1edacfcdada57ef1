"""The guarantee can be checked: with the nightly work nobody is ever without a next contact,
without it people are.
"""

import pytest

from jobunivers.seed import year


def play(app, **more):
    return year.simulate(app, citizens=8, weeks=5, seed=3, **more)


@pytest.mark.parametrize(("with_worker", "expected"), [(True, False), (False, True)])
def test_nobody_is_without_a_next_contact_as_long_as_the_worker_works(app, with_worker, expected):
    result = play(app, with_worker=with_worker)
    assert bool(result.without) is expected
