"""What has happened to the demo people, told through the real services, so that each page has
something true to show.
"""

from collections.abc import Callable

from jobunivers.seed.people import Crowd
from jobunivers.seed.stories.citizens import gerda, maja, oksana, peter, priya, sofie
from jobunivers.seed.stories.desk import the_desk
from jobunivers.seed.stories.said import what_people_said
from jobunivers.seed.stories.times import Times

ALL: tuple[Callable[[Crowd, Times], None], ...] = (
    maja,
    oksana,
    priya,
    peter,
    gerda,
    sofie,
    the_desk,
    what_people_said,
)
