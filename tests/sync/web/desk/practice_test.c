/* The practice series at the desk: opened by a click, marked on every page, apart from
 * the office's own, and thrown away. */
#define ONE_OFFICE_PLACES 3
#include "tests/sync/web/one_desk.h"

#include <string.h>

static int
open_desk(void **state)
{
    return open_desk_with(state, NULL, BW_EXIT_DONE);
}

/* The token that the forms of the last page have. */
static void
take_token(void)
{
    (void)snprintf(desk.token, sizeof desk.token, "%s", desk_field(&desk, "teken"));
}

static void
open_practice(void)
{
    assert_int_equal(desk_post(&desk, "/oefenen", "doe=open"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Dit is de oefenreeks.");
    take_token();
}

/* PZ1, PZ2 */
static void
opened_by_a_click_it_says_what_it_is_on_every_page_and_leaves_the_own_alone(void **state)
{
    (void)state;
    static const char *const pages[] = {"/", "/kringen", "/kring/UTR-OEFEN", "/inlezen",
        "/mail", "/zuilen", "/zuilen/nieuw", "/live", "/live/groot", "/uitzoeken",
        "/verslag", "/instellingen", "/geschiedenis", "/mensen?q=Postma",
        "/mensen/dubbel"};
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    shows("Open de oefenreeks");
    hides("Dit is de oefenreeks.");
    open_practice();
    shows("Oefenkring Utrecht");
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        assert_int_equal(desk_get(&desk, pages[i]), 200);
        shows("Dit is de oefenreeks.");
        hides("Leerkring Zwolle");
    }
    assert_int_equal(desk_get(&desk, "/weg-ermee"), 404);
    shows("Dit is de oefenreeks.");
    assert_int_equal(desk_get(&desk, "/instellingen"), 200);
    hides("Open de oefenreeks"); /* within itself there is none */
    assert_int_equal(office_number(&office, "SELECT count(*) FROM registration"), 0);
    assert_int_equal(desk_post(&desk, "/oefenen", "doe=verlaat"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    hides("Dit is de oefenreeks.");
    hides("Oefenkring");
    shows("Leerkring Zwolle");
}

static void
what_is_done_there_is_taken_back_there(void **state)
{
    (void)state;
    int64_t steps = office_number(&office, "SELECT count(*) FROM step");
    open_practice();
    assert_int_equal(desk_post(&desk, "/kring/TIL-OEFEN/staat", "doe=afgelasten"), 200);
    char form[160];
    (void)snprintf(
        form, sizeof form, "doe=afgelasten&beeld=%s", desk_field(&desk, "beeld"));
    assert_int_equal(desk_post(&desk, "/kring/TIL-OEFEN/staat", form), 303);
    assert_int_equal(desk_follow(&desk), 200);
    assert_int_equal(desk_get(&desk, "/"), 200);
    shows("1 kring afgelast");
    assert_int_equal(desk_undo(&desk), 303);
    assert_int_equal(desk_get(&desk, "/"), 200);
    hides("1 kring afgelast");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM step"), steps);
}

/* WZ1 */
static void
form_of_the_other_side_is_none(void **state)
{
    (void)state;
    char own[BW_WEB_KEY_BYTES], practice[BW_WEB_KEY_BYTES];
    (void)snprintf(own, sizeof own, "%s", desk.token);
    open_practice();
    (void)snprintf(practice, sizeof practice, "%s", desk.token);
    assert_string_not_equal(own, practice);
    (void)snprintf(desk.token, sizeof desk.token, "%s", own);
    assert_int_equal(desk_post(&desk, "/instellingen", "naam=Echt"), 403);
    (void)snprintf(desk.token, sizeof desk.token, "%s", practice);
    assert_int_equal(desk_post(&desk, "/oefenen", "doe=weg"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("De oefenreeks is weg.");
    assert_int_equal(desk_post(&desk, "/instellingen", "naam=Verzonnen"), 403);
    assert_int_equal(office_number(&office, "SELECT count(*) FROM central WHERE "
                                            "organiser IN ('Echt', 'Verzonnen')"),
        0);
    take_token();
    assert_int_equal(desk_post(&desk, "/oefenen", "doe=iets"), 400);
}

/* Who practises too is back at the office's own, and nothing of it is left. */
static void
thrown_away_everybody_is_back_and_a_new_one_begins_anew(void **state)
{
    (void)state;
    char cookie[sizeof desk.cookie], token[sizeof desk.token];
    open_practice();
    assert_int_equal(desk_get(&desk, "/zuilen/nieuw?kring=ZWO-OEFEN"), 200);
    assert_int_equal(
        desk_post(&desk, "/stukken", "doe=zuil&kring=ZWO-OEFEN&naam=Proef&pin=123456"),
        303);
    assert_int_equal(desk_wait(&desk), 200);
    shows("Oefenkring Zwolle");
    shows("Het blad (pdf)");
    assert_int_equal(office_number(&office, "SELECT count(*) FROM device"), 0);
    memcpy(cookie, desk.cookie, sizeof cookie);
    memcpy(token, desk.token, sizeof token);
    desk_enter(&desk); /* somebody else, who practises too */
    open_practice();
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    shows("Proef");
    assert_int_equal(desk_post(&desk, "/oefenen", "doe=weg"), 303);
    memcpy(desk.cookie, cookie, sizeof cookie);
    memcpy(desk.token, token, sizeof token);
    assert_int_equal(desk_get(&desk, "/"), 200);
    hides("Dit is de oefenreeks.");
    take_token();
    open_practice();
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    hides("Proef");
    assert_int_equal(desk_post(&desk, "/oefenen", "doe=weg"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    take_token();
    assert_int_equal(desk_post(&desk, "/oefenen", "doe=weg"), 303);
    assert_int_equal(desk_follow(&desk), 200);
    shows("Er was geen oefenreeks meer.");
}

/* PZ3, and nothing real is put in its place. */
static void
no_mail_leaves_it_and_no_backup_is_put_in_its_place(void **state)
{
    (void)state;
    open_practice();
    assert_int_equal(
        desk_post(&desk, "/stukken", "doe=proef&naar=a@school.example"), 303);
    assert_int_equal(desk_wait(&desk), 200);
    shows("Dat lukte niet");
    shows("dit is de oefenreeks");
    assert_int_equal(desk_post(&desk, "/stukken", "doe=terugzetten&vorig=x"), 400);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(
            opened_by_a_click_it_says_what_it_is_on_every_page_and_leaves_the_own_alone),
        ON_DESK(what_is_done_there_is_taken_back_there),
        ON_DESK(form_of_the_other_side_is_none),
        ON_DESK(thrown_away_everybody_is_back_and_a_new_one_begins_anew),
        ON_DESK(no_mail_leaves_it_and_no_backup_is_put_in_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
