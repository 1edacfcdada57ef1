"""What a page says to the person herself, and what it says of her when a helper reads it. Pages stay
as they are; the words change where the catalogue is asked (`shared/i18n.py`).
"""


def _(text: str) -> str:
    """Marks a text for the catalogues; it is looked up when it is shown."""
    return text


TO_HERSELF_OF_HER = {
    "Would you like more help?": _("Would more help be good?"),
    "What is yours": _("What belongs to the one you help"),
    "My CV": _("The CV"),
    "My applications": _("The applications"),
    "My interview answers": _("The interview answers"),
    "My course": _("The course"),
    "My job goals": _("The job goals"),
    "My plan": _("The plan"),
    "Everything we know about you, and who has looked": _(
        "Everything we know about the one you help, and who has looked"
    ),
    "Your CV is made here, bit by bit": _("The CV is made here, bit by bit"),
    (
        "Begin with your name. Then one part at a time, whenever you like. Everything is "
        "saved, and you can take it with you as PDF."
    ): _(
        "Begin with the name. Then one part at a time, whenever it suits. Everything is "
        "saved and can be taken along as PDF."
    ),
    "This is at the top of your CV.": _("This is at the top of the CV."),
    "Your name": _("The name"),
    "Save and go back to my CV": _("Save and go back to the CV"),
    "Your profile text": _("The profile text"),
    "You and your case": _("The person and the case"),
    "We have your CPR number": _("We have the CPR number"),
    "How we tell you news": _("How we tell news"),
    "Your meetings": _("The meetings"),
    "Here you see your meetings with us. You can book one whenever you want to talk.": _(
        "Here are the meetings with us. One can be booked whenever a talk is wanted."
    ),
    "What do you want to talk about?": _("What is there to talk about?"),
    (
        "Your points wait here and go along with the next meeting you book. Your "
        "caseworker then sees them."
    ): _(
        "The points wait here and go along with the next meeting that is booked. The "
        "caseworker then sees them."
    ),
    "Your point or question": _("A point or question"),
    "Courses and programmes you can ask about": _("Courses and programmes to ask about"),
    "Your message": _("The message"),
    "Modules I have chosen": _("Modules that are chosen"),
    "Put it on my course": _("Put it on the course"),
    "Not for me": _("Not fitting"),
    "My notes": _("The notes"),
    "My course and notes": _("The course and notes"),
    "Only you see this page. Your caseworker cannot.": _(
        "Only the one you help sees this page, and you. The caseworker cannot."
    ),
    "My to-do list": _("The to-do list"),
    "My week": _("The week"),
    "Add to my week": _("Add to the week"),
    "My own trade": _("A known trade"),
    "Close to my trade": _("Close to a known trade"),
    "What can we help you with?": _("What can we help with?"),
    "Answer a few questions, and we can offer you the help that fits you.": _(
        "Answer a few questions, and we can offer the help that fits."
    ),
    (
        "Your answers have no effect on your benefit. They are only used to offer you "
        "more help, never less."
    ): _(
        "The answers have no effect on the benefit. They are only used to offer more "
        "help, never less."
    ),
    (
        "Your caseworker and the rest of the team see your answers. A person decides, "
        "never a computer."
    ): _(
        "The caseworker and the rest of the team see the answers. A person decides, never"
        " a computer."
    ),
    "Please call me instead": _("Please call instead"),
    "Your language": _("The language"),
    "No, I do not need an interpreter": _("No, no interpreter is needed"),
    "Is there anything that makes it easier for you to come?": _(
        "Is there anything that makes it easier to come?"
    ),
    "Save for my meetings": _("Save for the meetings"),
    "Bring in a CV that you have as a file": _("Bring in a CV from a file"),
    (
        "The language of the headings and dates in your CV. Most employers in Denmark read Danish."
    ): _(
        "The language of the headings and dates in the CV. Most employers in Denmark read Danish."
    ),
    (
        "Do you have a CV as a file already? Then you need not write it again. First you "
        "see what is in the file. Nothing in your CV is changed before you say so."
    ): _(
        "Is there a CV as a file already? Then it need not be written again. First you "
        "see what is in the file. Nothing in the CV is changed before you say so."
    ),
    "Your file": _("The file"),
    (
        "Who are you at work, what can you do, and what do you want now? Three to five "
        "lines are enough, seven at most."
    ): _(
        "Who is this at work, what are the skills, and what is wanted now? Three to five "
        "lines are enough, seven at most."
    ),
    (
        "The version begins with all of your full CV. Then you take out what does not "
        "matter for this job. Your full CV stays as it is."
    ): _(
        "The version begins with all of the full CV. Then you take out what does not "
        "matter for this job. The full CV stays as it is."
    ),
    (
        "Each time a member of staff opens your page or changes something, it is written down here."
    ): _(
        "Each time a member of staff opens the page or changes something, it is written down here."
    ),
    (
        "Three tracks give you more places to look. Write job titles you can search for; "
        "two or three on each track are enough."
    ): _(
        "Three tracks give more places to look. Write job titles to search for; two or "
        "three on each track are enough."
    ),
    "You get an answer by %(day)s at the latest.": _("An answer comes by %(day)s at the latest."),
    "What we write to you comes here. Your mailbox only hears that something waits.": _(
        "What we write comes here. The mailbox only hears that something waits."
    ),
    "Because you read in a language other than Danish.": _(
        "Because the language chosen is not Danish."
    ),
    (
        "At the end you may also tell about health. Only advisers with a special right "
        "see that, and you can delete it again."
    ): _(
        "At the end there are questions about health, if wanted. Only advisers with a "
        "special right see the answers, and the one you help can delete them again."
    ),
    "The municipality finds the interpreter. You need not bring one.": _(
        "The municipality finds the interpreter. Nobody needs to bring one."
    ),
    "For example a lift, a quiet room, or breaks. You need not say why.": _(
        "For example a lift, a quiet room, or breaks. Nobody needs to say why."
    ),
    "Looked at a page for you": _("Looked at a page as a helper"),
    "Your helper": _("A helper"),
}
