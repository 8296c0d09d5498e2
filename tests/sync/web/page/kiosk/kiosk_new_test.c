/* Zet een zuil klaar: what its sheet will be, and a PIN that is made up. */
#define ONE_OFFICE_PLACES 3
#include "tests/sync/web/one_desk.h"

#include "office/staff_pin.h"

#include <string.h>

static int
open_desk(void **state)
{
    if (open_desk_with(state, NULL, BW_EXIT_DONE) != 0) {
        return -1;
    }
    const char *path = office_write(&office, "more.csv",
        "code,series,title,kind,region,venue,starts_at,ends_at,capacity,audience\n"
        "EMM-2,reeks,Leerkring Emmen,leerkring,Oost,Buurthuis,2025-03-26T13:30,"
        "2025-03-26T16:30,3,brugfunctionaris\n");
    return office_run(&office, "import", "sessions", path, NULL) == BW_EXIT_DONE ? 0 : -1;
}

/* What stands in a field of the form. */
static const char *
typed(const char *field)
{
    static char value[BW_TITLE_BYTES];
    char start[64];
    (void)snprintf(start, sizeof start, "name=\"%s\" value=\"", field);
    const char *at = strstr(desk_body(&desk), start);
    assert_non_null(at);
    at += strlen(start);
    (void)snprintf(value, sizeof value, "%.*s", (int)strcspn(at, "\""), at);
    return value;
}

static void
nothing_is_made(void)
{
    assert_int_equal(office_number(&office, "SELECT count(*) FROM device"), 0);
}

static void
sheet_is_shown_with_its_letters_and_number_before_it_is_made(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/zuilen/nieuw?kring=EMM-2"), 200);
    shows("Zo wordt het blad");
    shows("<div class=\"letters\">EMM<small>Blad 1 van 1</small></div>");
    shows("<b>Zuil bij de ingang</b><br>Leerkring Emmen");
    shows("woensdag 26 maart 2025 · 13.30 uur");
    shows("aria-label=\"Voorbeeld van een QR-code\"");
    nothing_is_made();
    assert_int_equal(office_run(&office, "enrol", "--session", "S-1", "--name", "Deur",
                         "--out", office_path(&office, "one.json"), NULL),
        BW_EXIT_DONE);
    assert_int_equal(desk_get(&desk, "/zuilen/nieuw?kring=EMM-2"), 200);
    shows("<small>Blad 2 van 2</small>");
    assert_int_equal(desk_get(&desk, "/zuilen/nieuw?zuil=1"), 200); /* in its place */
    shows("<small>Blad 1 van 1</small>");
}

static void
sheet_follows_what_is_typed_and_the_form_keeps_it(void **state)
{
    (void)state;
    assert_int_equal(desk_post(&desk, "/zuilen/nieuw",
                         "doe=toon&kring=S-1&naam=Balie&pin=471&zuil=&weg=none"),
        200);
    shows("<b>Balie</b>");
    shows("<div class=\"letters\">S<small>");
    assert_string_equal(typed("naam"), "Balie");
    assert_string_equal(typed("pin"), "471");
    shows("value=\"none\" checked");
    static const char *const none[] = {"doe=toon&kring=S-1&naam=", "doe=toon&kring=S-1",
        "doe=toon&kring=S-1&naam=Balie&zuil=99", "doe=toon&kring=weg&naam=Balie&zuil=x"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_int_equal(desk_post(&desk, "/zuilen/nieuw", none[i]), 200);
        if (i != 1) { /* its name is the one that stands there at first */
            shows("Met deze gegevens komt er geen blad.");
        }
    }
    nothing_is_made();
}

/* It stands in no address: the answer is the form itself. */
static void
pin_that_is_made_up_stands_in_its_field_and_is_the_kiosks(void **state)
{
    (void)state;
    char pin[BW_STAFF_PIN_DIGITS + 1], form[96], said[64];
    assert_int_equal(
        desk_post(&desk, "/zuilen/nieuw", "doe=verzin&kring=EMM-2&naam=&pin=12"), 200);
    (void)snprintf(pin, sizeof pin, "%s", typed("pin"));
    assert_true(bw_staff_pin_fits(pin));
    assert_false(bw_staff_pin_is_weak(pin));
    assert_string_equal(desk.reply.location, "");
    assert_true(desk.reply.personal);
    nothing_is_made();
    (void)snprintf(
        form, sizeof form, "doe=zuil&kring=EMM-2&naam=Balie&pin=%s&weg=none", pin);
    assert_int_equal(desk_post(&desk, "/stukken", form), 303);
    assert_int_equal(desk_wait(&desk), 200);
    (void)snprintf(said, sizeof said, "De pincode is %s", pin);
    shows(said);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM device"), 1);
}

/* WG4 */
static void
form_of_another_page_makes_no_pin(void **state)
{
    (void)state;
    (void)snprintf(desk.token, sizeof desk.token, "%s", "anothers");
    assert_int_equal(
        desk_post(&desk, "/zuilen/nieuw", "doe=verzin&kring=EMM-2&naam=Balie"), 403);
    assert_int_equal(desk_post(&desk, "/zuilen/anders", "doe=verzin"), 403);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(sheet_is_shown_with_its_letters_and_number_before_it_is_made),
        ON_DESK(sheet_follows_what_is_typed_and_the_form_keeps_it),
        ON_DESK(pin_that_is_made_up_stands_in_its_field_and_is_the_kiosks),
        ON_DESK(form_of_another_page_makes_no_pin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
