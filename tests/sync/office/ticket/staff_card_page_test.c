/* The printed staff card, as others read it: one code, which is a card; words that tell
 * nobody what it opens; and never the same card twice. */
#include "tests/sync/testing.h"

#include "central/base/output.h"
#include "office/ticket/staff_card_page.h"
#include "tests/sync/office/ticket/paper_read.h"
#include "tests/sync/office/ticket/qr_read.h"

#include <brugwachter/core.h>
#include <brugwachter/staff_card.h>
#include <stdlib.h>
#include <string.h>

/* fontconfig keeps its patterns for the life of the process, some by pointers that the
 * leak sanitizer doesn't see. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

/* The text of a new card in that language, whose page has these words; the caller
 * frees. */
static char *
printed(enum bw_wording_language language, const char *words)
{
    char path[] = "/tmp/bw-card-XXXXXX";
    struct bw_error err = {0};
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    FILE *file = fdopen(descriptor, "wb");
    assert_non_null(file);
    assert_int_equal(bw_staff_card_page_write(language, file, &err), BW_OK);
    assert_int_equal(fclose(file), 0);
    char *page = paper_words(path, 1);
    assert_non_null(strstr(page, words));
    char *text = qr_text_of_pdf(path, 1);
    assert_null(strstr(page, text));
    free(page);
    assert_int_equal(remove(path), 0);
    return text;
}

static void
each_page_has_another_card_that_a_camera_reads(void **state)
{
    (void)state;
    uint8_t secret[BW_STAFF_CARD_BYTES];
    char *dutch = printed(BW_WORDING_DUTCH, "Zo sterk als de pincode.");
    char *english = printed(BW_WORDING_ENGLISH, "As strong as the PIN.");
    assert_true(bw_staff_card_read(dutch, secret));
    assert_true(bw_staff_card_read(english, secret));
    assert_string_not_equal(dutch, english);
    free(dutch);
    free(english);
}

static int
open_wording(void **state)
{
    (void)state;
    struct bw_error err = {0};
    return bw_core_init(&err) == BW_OK && bw_wording_open(NULL, &err) == BW_OK ? 0 : -1;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_page_has_another_card_that_a_camera_reads),
    };
    return cmocka_run_group_tests(tests, open_wording, NULL);
}
