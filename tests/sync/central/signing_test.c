/* SG1, SG2: threads that know no database sign, and what is signed ahead is what would be
 * signed now. */

#include "central/signing.h"
#include "tests/sync/testing.h"

#include <brugwachter/core.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 3000, FEW = 8 };

static struct bw_signing_key key = {.key = 3};

static int
make_key(void **state)
{
    (void)state;
    return bw_core_init(NULL) != BW_OK ||
           crypto_sign_keypair(key.public_key, key.secret_key) != 0;
}

/* Codes from 1 up, the highest first. */
static struct bw_signing_order *
orders(size_t count)
{
    struct bw_signing_order *made = calloc(count, sizeof *made);
    assert_non_null(made);
    for (size_t i = 0; i < count; i++) {
        made[i].session_no = 7;
        made[i].code = count - i;
    }
    return made;
}

static void
assert_signs(struct bw_signing *signing, const struct bw_ticket *ticket)
{
    char text[BW_TICKET_TEXT_BYTES], wanted[BW_TICKET_TEXT_BYTES];
    bw_ticket_write(ticket, key.secret_key, wanted);
    bw_signing_write(signing, &key, ticket, text);
    assert_string_equal(text, wanted);
}

static void
a_text_that_was_signed_ahead_is_the_ticket_s(void **state)
{
    (void)state;
    struct bw_signing *signing = bw_signing_start(&key, orders(MANY), MANY);
    assert_non_null(signing);
    for (bw_code code = 1; code <= MANY; code++) {
        assert_signs(
            signing, &(struct bw_ticket){.key = key.key, .session_no = 7, .code = code});
    }
    bw_signing_destroy(signing);
}

static void
a_ticket_that_nobody_ordered_is_signed_when_it_is_asked_for(void **state)
{
    (void)state;
    struct bw_signing *signing = bw_signing_start(&key, orders(MANY), MANY);
    const struct bw_ticket others[] = {
        {.key = key.key, .session_no = 8, .code = 5},
        {.key = key.key, .session_no = 7, .code = MANY + 1},
        {.key = key.key, .session_no = 7, .code = 5, .generation = 1},
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_signs(signing, &others[i]);
        assert_signs(NULL, &others[i]);
    }
    bw_signing_destroy(signing);
}

static void
few_are_worth_no_thread(void **state)
{
    (void)state;
    assert_null(bw_signing_start(&key, orders(FEW), FEW));
}

static void
a_signing_that_nobody_waits_for_ends(void **state)
{
    (void)state;
    bw_signing_destroy(bw_signing_start(&key, orders(MANY), MANY));
    bw_signing_destroy(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_that_was_signed_ahead_is_the_ticket_s),
        cmocka_unit_test(a_ticket_that_nobody_ordered_is_signed_when_it_is_asked_for),
        cmocka_unit_test(few_are_worth_no_thread),
        cmocka_unit_test(a_signing_that_nobody_waits_for_ends),
    };
    return cmocka_run_group_tests(tests, make_key, NULL);
}
