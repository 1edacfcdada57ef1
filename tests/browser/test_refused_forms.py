"""A form that outlives its log-in: nothing typed is lost, and no page appears inside the page."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from jobunivers.caseload.models import Citizen
from jobunivers.extensions import db
from jobunivers.identity import queries, services
from jobunivers.shared.db import write
from tests.support.patience import PATIENCE_MS

STREET = "Ny Vej 7\n8000 Aarhus C"


@pytest.fixture
def phone(browser, site):
    context = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.context.request.post(f"{site.url}/demo/log-in", form={"persona": "citizen-en"})
    yield page
    context.close()


def end_all(site):
    with site.app.app_context():
        user_id = queries.find_persona("citizen-en").id
        with write():
            services.end_sessions_of(user_id)
    return user_id


def test_htmx_form_after_the_log_in_ended_keeps_its_words_and_is_sent_again(site, phone):
    phone.goto(site.url + "/my/settings")
    address = phone.locator("#set-contact textarea")
    address.fill(STREET)
    user_id = end_all(site)
    phone.locator("#set-contact button[type=submit], #set-contact button").last.click()
    refusal = phone.locator('#set-contact [data-test="refusal"]')
    expect(refusal).to_be_visible()
    expect(phone.locator("h1")).to_have_count(1)
    expect(address).to_have_value(STREET)
    with phone.context.expect_page() as beside:
        refusal.locator('[data-test="log-in-beside"]').click()
    beside.value.wait_for_load_state()
    phone.context.request.post(f"{site.url}/demo/log-in", form={"persona": "citizen-en"})
    refusal.locator("[data-send-again]").click()
    expect(phone.locator('#set-contact [data-test="refusal"]')).to_have_count(0)
    expect(phone.locator("#set-contact")).to_contain_text("Saved")
    with site.app.app_context():
        citizen_id = queries.get_user(user_id).citizen_id
        stored = db.session.scalar(sa.select(Citizen.address).where(Citizen.id == citizen_id))
    assert stored.replace("\r\n", "\n") == STREET


def test_without_javascript_the_refusal_page_is_the_form_again(site, browser):
    context = browser.new_context(
        locale="en-GB", java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    context.request.post(f"{site.url}/demo/log-in", form={"persona": "citizen-en"})
    page.goto(site.url + "/my/settings")
    page.locator("#set-contact textarea").fill(STREET)
    end_all(site)
    page.locator("#set-contact button").last.click()
    expect(page.locator('[data-test="kept"]')).to_be_visible()
    context.request.post(f"{site.url}/demo/log-in", form={"persona": "citizen-en"})
    page.locator('[data-test="kept"] button').click()
    expect(page.locator("#set-contact textarea")).to_have_value(STREET)
    context.close()
