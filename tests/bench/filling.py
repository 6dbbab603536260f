"""Fill a database with as many answers as the site may ever hold, by the database's own hand."""

from django.contrib.auth.models import Group
from django.db import connection

from eoc_cms.core.models import User
from forms_app.models import FormPage, FormVersion
from home.bootstrap import bootstrap
from home.groups import DATA_MANAGERS
from tests.factories import pages as making

FORMS = 8
PEOPLE_PER_ANSWER = 3  # one person for so many answers
# Read by nobody but the one search for a rare word.
RARE_EVERY = 50_000
HELD_EVERY = 200
WITHDRAWN_EVERY = 301  # odd, as every second agrees


def data_manager() -> User:
    user = User.objects.create_user("bench", "bench@example.org")
    user.groups.add(Group.objects.get(name=DATA_MANAGERS))
    return user


def make_forms() -> list[FormPage]:
    """Make forms, and a version of each that asks for an address, a word and consent."""
    home = bootstrap()
    pages = []
    for number in range(FORMS):
        page = FormPage(title=f"Form {number}", slug=f"form-{number}")
        pages.append(making.publish(home.add_child(instance=page)))
        home.refresh_from_db()
        FormVersion.objects.create(
            form_key=page.form_key, digest="0" * 64, title=page.title, fields=FIELDS
        )
    return pages


FIELDS = [
    {"clean_name": "email", "label": "E-mail", "field_type": "email"},
    {"clean_name": "words", "label": "What do you need?", "field_type": "multiline"},
    {
        "clean_name": "updates",
        "label": "Updates",
        "field_type": "consent",
        "consent_text": "Write to me.",
    },
]

PEOPLE = """
INSERT INTO forms_app_person (email, search_text, first_contact_at, last_contact_at)
SELECT 'person' || n || '@district' || n % 5000 || '.example.org',
       'person' || n || '@district' || n % 5000 || '.example.org',
       now() - make_interval(mins => n), now() - make_interval(mins => n / 2)
FROM generate_series(1, %(people)s) AS n
"""
ANSWERS = """
INSERT INTO forms_app_submission (
    form_data, submit_time, page_id, key, receipt, version_id, form_key, person_id,
    email, source_page_id, source_title, language, state, held_because, is_starred, is_test, note,
    repeat_key, search_text)
SELECT jsonb_build_object('email', p.email, 'words', w.words, 'updates', n %% 2 = 0),
       now() - make_interval(secs => n * 40), f.page, gen_random_uuid(),
       'EOC-' || lpad(to_hex(n), 12, '0'), f.version, f.form_key, p.id,
       p.email, f.page, f.title, 'en',
       CASE WHEN n %% %(held)s = 0 THEN 'held' ELSE 'accepted' END,
       CASE WHEN n %% %(held)s = 0 THEN 'It is full of links.' ELSE '' END,
       n %% 1000 = 0, n %% 5000 = 0, '', md5(n::text) || md5((-n)::text),
       p.email || ' ' || w.words
FROM generate_series(1, %(rows)s) AS n
JOIN forms_app_person p ON p.id = 1 + n %% %(people)s + (SELECT min(id) - 1 FROM forms_app_person)
JOIN (SELECT row_number() OVER (ORDER BY v.id) - 1 AS place, v.id AS version, v.form_key,
             v.title, q.page_ptr_id AS page
      FROM forms_app_formversion v JOIN forms_app_formpage q ON q.form_key = v.form_key) f
     ON f.place = n %% %(forms)s
CROSS JOIN LATERAL (
    SELECT 'equity guide for school ' || n %% 40000 || ' in county ' || n %% 700
           || ' about subject' || n %% 90
           || CASE WHEN n %% %(rare)s = 0 THEN ' marmalade' ELSE '' END AS words) w
"""
GRANTS = """
INSERT INTO resources_grant (key, submission_id, person_id, form_key, resource_title,
    created_at, expires_at, days, needs_proof, is_held)
SELECT substr(md5(s.id::text) || md5((-s.id)::text), 1, 40), s.id, s.person_id, s.form_key,
       'Guide ' || s.id %% 12, s.submit_time, s.submit_time + interval '1 year', 365, false, false
FROM forms_app_submission s WHERE s.state = 'accepted'
"""
DOWNLOADS = """
INSERT INTO resources_download (grant_id, resource_title, file_title, downloaded_at)
SELECT g.id, g.resource_title, 'guide.pdf', g.created_at FROM resources_grant g
"""
CONSENTS = """
INSERT INTO forms_app_consentevent (person_id, form_key, field_name, form_title, label, wording,
    is_given, is_change, at, how, submission_id, username, note)
SELECT s.person_id, s.form_key, 'updates', s.source_title, 'Updates', 'Write to me.',
       (s.form_data ->> 'updates')::boolean, false, s.submit_time, 'answer', s.id, '', ''
FROM forms_app_submission s ORDER BY s.submit_time
"""
WITHDRAWALS = """
INSERT INTO forms_app_consentevent (person_id, form_key, field_name, form_title, label, wording,
    is_given, is_change, at, how, username, note)
SELECT e.person_id, e.form_key, e.field_name, e.form_title, e.label, e.wording,
       false, true, e.at + interval '1 day', 'person', '', ''
FROM forms_app_consentevent e WHERE e.is_given AND e.id %% %(withdrawn)s = 0
"""


def fill(rows: int) -> None:
    numbers = {
        "rows": rows,
        "people": max(rows // PEOPLE_PER_ANSWER, 1),
        "forms": FORMS,
        "held": HELD_EVERY,
        "rare": RARE_EVERY,
        "withdrawn": WITHDRAWN_EVERY,
    }
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE.replace("% 5000", "%% 5000"), numbers)
        for statement in (ANSWERS, GRANTS, DOWNLOADS, CONSENTS, WITHDRAWALS):
            cursor.execute(statement, numbers)
        # As the server's own housekeeping does by itself in the time such rows take to come.
        cursor.execute("VACUUM ANALYZE")
