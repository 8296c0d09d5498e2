/* What health says of facts that a test can't bring about on the machine it runs on. */
#include <app/health/sign.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct bw_sign_line *
sign_of(const struct bw_sign_facts *facts, const char *name)
{
    static struct bw_sign_line signs[BW_SIGNS_COUNT];
    struct bw_zone *zone = NULL;
    struct bw_error err;
    assert_int_equal(bw_zone_open("UTC", &zone, &err), BW_OK);
    bw_signs_read(facts, zone, signs);
    bw_zone_close(zone);
    for (int i = 0; i < BW_SIGNS_COUNT; i++) {
        if (strcmp(signs[i].name, name) == 0) {
            return &signs[i];
        }
    }
    return NULL;
}

static void
update_that_did_not_start_is_to_be_looked_at(void **state)
{
    (void)state;
    static struct bw_sign_facts facts;
    const struct bw_sign_line *sign = sign_of(&facts, "version");
    assert_non_null(sign);
    assert_int_equal(sign->state, BW_SIGN_RIGHT);
    assert_null(strstr(sign->text, "update"));
    facts.fell_back = true;
    sign = sign_of(&facts, "version");
    assert_int_equal(sign->state, BW_SIGN_LOOK);
    assert_non_null(strstr(sign->text, "the system's last update didn't start"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(update_that_did_not_start_is_to_be_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
