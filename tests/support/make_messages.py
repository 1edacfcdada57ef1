"""Messages and recipients for tests."""

from jobunivers.messages.types import Channel, Recipient


class MakeMessages:
    """Mixed into Maker."""

    def recipient(self, citizen, locale="en", **more):
        """The recipient that a citizen of `make.citizen` is."""
        given = {
            "name": citizen.name,
            "email": citizen.email,
            "phone": "+4520304050",
            "address": "Demo Street 1\n8000 Aarhus C",
            "channel": Channel.EMAIL,
        }
        return Recipient(citizen_id=citizen.id, locale=locale, **{**given, **more})
