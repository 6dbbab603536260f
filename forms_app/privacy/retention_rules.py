"""How long each kind of record is kept. The privacy page's table is made from these.

Answers go by their form (`FormPage.retention_months`), and those of a form that is
gone by `settings.RETENTION_MONTHS`. What hangs on an answer goes with it.
"""

# Answers held as possible spam, which nobody has restored.
HELD_DAYS = 90
# Mails that tell of no answer, such as links sent again; and the words of mails that
# could not be delivered.
MAIL_DAYS = 30
# What an export was narrowed to, which may be what somebody typed.
LEDGER_FILTER_MONTHS = 24
# How long a link to a person's own data works.
YOUR_DATA_LINK_SECONDS = 60 * 60
