/* The secret keys on paper, and back: lines that people type, a QR code that an
 * independent reader (zbar) reads from the printed page, and the key file anew. */
#include "office/backup/key_paper.h"
#include "tests/sync/office/ticket/paper_read.h"
#include "tests/sync/office/ticket/qr_read.h"
#include "tests/sync/one_office.h"

#include <brugwachter/core.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PHRASE "molen dijk appel brug molen dijk"

static const struct bw_backup_cost cheap = {1, 8};
static char lines[BW_KEY_LINES_TEXT_BYTES];

static void
fill(uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)(i * 37 + i / 7);
    }
}

static void
what_was_written_is_read_whatever_its_length(void **state)
{
    uint8_t bytes[BW_KEY_LINES_DATA_MAX], back[BW_KEY_LINES_DATA_MAX];
    struct bw_error err = {.text = ""};
    (void)state;
    fill(bytes, sizeof bytes);
    for (size_t length = 1; length <= sizeof bytes; length += 7) {
        size_t got = 0, count = bw_key_lines_write(bytes, length, lines);
        assert_int_equal(bw_key_lines_read(lines, back, &got, &err), BW_OK);
        assert_int_equal(got, count * BW_KEY_LINE_DATA);
        assert_memory_equal(back, bytes, length);
    }
}

static void
it_is_read_as_people_type(void **state)
{
    uint8_t bytes[40], back[BW_KEY_LINES_DATA_MAX];
    char typed[3 * BW_KEY_LINES_TEXT_BYTES], *at = typed;
    struct bw_error err = {.text = ""};
    size_t got = 0;
    (void)state;
    fill(bytes, sizeof bytes);
    (void)bw_key_lines_write(bytes, sizeof bytes, lines);
    for (const char *c = lines; *c != '\0'; c++) {
        *at++ = *c == '0'                ? 'o'
                : *c == '1'              ? 'l'
                : *c == ' '              ? '-'
                : *c == '\n'             ? ' ' /* as a form gives it */
                : *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a')
                                         : *c;
    }
    *at = '\0';
    assert_int_equal(bw_key_lines_read(typed, back, &got, &err), BW_OK);
    assert_memory_equal(back, bytes, sizeof bytes);
    /* the last line first, the first twice, without blanks in it */
    char squeezed[BW_KEY_LINE_BYTES] = "";
    for (size_t i = 0, used = 0; lines[i] != '\n'; i++) {
        if (lines[i] != ' ') {
            squeezed[used++] = lines[i];
        }
    }
    (void)snprintf(
        typed, sizeof typed, "%s%s%s\n", lines + 2 * BW_KEY_LINE_BYTES, lines, squeezed);
    assert_int_equal(bw_key_lines_read(typed, back, &got, &err), BW_OK);
    assert_memory_equal(back, bytes, sizeof bytes);
}

/* As an editor writes them that marks its files (a BOM), and as a page in a browser gives
 * blanks that don't break and hyphens that look like hyphens. */
static void
it_is_read_as_programs_write_it(void **state)
{
    uint8_t bytes[40], back[BW_KEY_LINES_DATA_MAX];
    char typed[3 * BW_KEY_LINES_TEXT_BYTES] = "\xef\xbb\xbf";
    struct bw_error err = {.text = ""};
    size_t got = 0, used = strlen(typed);
    (void)state;
    fill(bytes, sizeof bytes);
    (void)bw_key_lines_write(bytes, sizeof bytes, lines);
    for (size_t i = 0; lines[i] != '\0'; i++) {
        const char letter[] = {lines[i], '\0'};
        const char *as = lines[i] == '\n'  ? "\r\n"
                         : lines[i] != ' ' ? letter
                         : i % 2 == 0      ? "\u00a0"
                                           : "\u2011";
        used += (size_t)snprintf(typed + used, sizeof typed - used, "%s", as);
    }
    assert_int_equal(bw_key_lines_read(typed, back, &got, &err), BW_OK);
    assert_memory_equal(back, bytes, sizeof bytes);
}

static void
refused(const char *text, const char *why)
{
    uint8_t back[BW_KEY_LINES_DATA_MAX];
    struct bw_error err = {.text = ""};
    size_t got = 0;
    assert_int_equal(bw_key_lines_read(text, back, &got, &err), BW_BAD_INPUT);
    if (strstr(err.text, why) == NULL) {
        fail_msg("\"%s\" doesn't say \"%s\"", err.text, why);
    }
}

static void
a_mistake_is_told_by_its_line(void **state)
{
    uint8_t bytes[45];
    (void)state;
    fill(bytes, sizeof bytes);
    (void)bw_key_lines_write(bytes, sizeof bytes, lines);
    for (size_t i = 3; i < BW_KEY_LINE_BYTES - 1; i++) {
        char *c = &lines[BW_KEY_LINE_BYTES + i], was = *c;
        if (was != ' ') {
            *c = was == 'Z' ? 'Y' : 'Z';
            refused(lines, "line 02 doesn't hold");
            *c = was;
        }
    }
    lines[BW_KEY_LINE_BYTES] = '\0';
    refused(lines + 1, "is no line of it"); /* its number is cut */
    refused("", "there is no line of it");
    refused("hallo", "is no line of it");
    refused("00 AAAA", "is no line of it");
    refused("49 AAAA", "is no line of it");
    refused("01 AAAA", "line 01 doesn't hold");
    (void)bw_key_lines_write(bytes, sizeof bytes, lines);
    refused(lines + BW_KEY_LINE_BYTES, "line 01 isn't there");
    memmove(
        lines + BW_KEY_LINE_BYTES, lines + 2 * BW_KEY_LINE_BYTES, BW_KEY_LINE_BYTES + 1);
    refused(lines, "line 02 isn't there");
}

/* ---- sealed ---- */

static void
keys_make(struct bw_keys *keys, int count)
{
    *keys = (struct bw_keys){.count = count};
    (void)crypto_sign_keypair(keys->sign_public, keys->sign_secret);
    (void)crypto_box_keypair(keys->box_public, keys->box_secret);
    for (int i = 0; i < count; i++) {
        keys->keys[i].key = (uint8_t)(i + 3);
        (void)crypto_sign_keypair(keys->keys[i].public_key, keys->keys[i].secret_key);
    }
}

static void
as_many_keys_as_there_may_be_come_back(void **state)
{
    struct bw_keys keys, back;
    struct bw_error err = {.text = ""};
    (void)state;
    for (int count = 1; count <= BW_KEYS_MAX; count++) {
        size_t rows = 0;
        keys_make(&keys, count);
        assert_int_equal(
            bw_key_paper_seal(&keys, PHRASE, &cheap, lines, &rows, &err), BW_OK);
        assert_int_equal(bw_key_paper_open(lines, PHRASE, &back, &err), BW_OK);
        assert_memory_equal(&back, &keys, sizeof keys);
        assert_int_equal(bw_key_paper_open(lines, PHRASE "s", &back, &err), BW_REFUSED);
        assert_non_null(strstr(err.text, "this phrase doesn't open it"));
        lines[(rows - 1) * BW_KEY_LINE_BYTES] = '\0'; /* the last line is forgotten */
        assert_int_equal(bw_key_paper_open(lines, PHRASE, &back, &err), BW_BAD_INPUT);
        assert_non_null(strstr(err.text, "isn't there"));
    }
}

/* KP2: what nobody printed, with checks that hold. */
static void
a_head_that_asks_for_too_much_is_refused(void **state)
{
    static const struct {
        size_t at;
        uint8_t value;
        enum bw_status status;
    } wrong[] = {{0, 0, BW_BAD_INPUT}, {0, 2, BW_NEWER}, {1, 9, BW_BAD_INPUT},
        {3, 0, BW_BAD_INPUT}, {3, 17, BW_BAD_INPUT}, {4, 255, BW_BAD_INPUT},
        {7, 0, BW_BAD_INPUT}};
    struct bw_keys keys, back;
    struct bw_error err = {.text = ""};
    uint8_t bytes[BW_KEY_LINES_DATA_MAX];
    size_t rows = 0, length = 0;
    (void)state;
    keys_make(&keys, 2);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(
            bw_key_paper_seal(&keys, PHRASE, &cheap, lines, &rows, &err), BW_OK);
        assert_int_equal(bw_key_lines_read(lines, bytes, &length, &err), BW_OK);
        bytes[wrong[i].at] = wrong[i].value;
        (void)bw_key_lines_write(bytes, length, lines);
        assert_int_equal(bw_key_paper_open(lines, PHRASE, &back, &err), wrong[i].status);
    }
}

/* ---- the sheet, by the command ---- */

static int
setup(void **state)
{
    (void)state;
    office_open(&office, 5, false);
    (void)office_write(&office, "phrase.txt", PHRASE "\n");
    assert_int_equal(
        office_sign_up(&office,
            "10-2-2025 09:10,a@een.example,Anna Visser,OBS Een,brugfunctionaris,O\n"),
        BW_EXIT_DONE);
    return 0;
}

static void
done(enum bw_exit result)
{
    if (result != BW_EXIT_DONE) {
        fail_msg("%s%s", office.out, office.diag);
    }
}

/* Reads lines back where the key file is lost; the office works again. */
static void
lost_and_read(const char *text)
{
    const char *path = office_path(&office, "central.db.key");
    char before[512];
    (void)snprintf(before, sizeof before, "%s.before", path);
    (void)office_write(&office, "lines.txt", text);
    assert_int_equal(rename(path, before), 0);
    assert_int_equal(office_run(&office, "reissue", "Anna Visser", NULL), BW_EXIT_FAILED);
    says("key read"); /* it names the way */
    done(office_run(&office, "key", "read", office_path(&office, "lines.txt"),
        "--phrase-file", office_path(&office, "phrase.txt"), NULL));
    says("Put the keys of the sheet back");
    done(office_run(&office, "reissue", "Anna Visser", NULL));
    done(office_run(&office, "verify", NULL));
}

static void
a_printed_sheet_is_read_back_by_its_code_and_by_its_lines(void **state)
{
    (void)state;
    done(office_run(&office, "key", "new", NULL));
    done(office_run(&office, "key", "print", "--out", office_path(&office, "paper"),
        "--phrase-file", office_path(&office, "phrase.txt"), "--clock",
        "2025-03-20T10:01:00+01:00", NULL)); /* no 01 that a line begins with */
    const char *sheet = office_path(&office, "paper/sleutel.pdf");
    char *code = qr_text_of_pdf(sheet, 1);
    lost_and_read(code);
    char *words = paper_words(office_path(&office, "paper/sleutel.pdf"), 0);
    assert_null(strstr(words, "molen dijk")); /* KP1 */
    char *from = strstr(words, " 01 "), *to = strstr(words, "In de code");
    assert_non_null(from);
    assert_non_null(to);
    *to = '\0';
    lost_and_read(from);
    free(code);
    free(words);
}

/* KP3 */
static void
no_key_file_is_ever_overwritten(void **state)
{
    (void)state;
    const char *phrase = office_path(&office, "phrase.txt");
    done(office_run(&office, "key", "print", "--out", office_path(&office, "paper"),
        "--phrase-file", phrase, "--language", "en", NULL));
    char *code = qr_text_of_pdf(office_path(&office, "paper/key.pdf"), 1);
    (void)office_write(&office, "lines.txt", code);
    free(code);
    done(office_run(&office, "key", "new", NULL)); /* the sheet is older than the file */
    done(office_run(&office, "key", "read", office_path(&office, "lines.txt"),
        "--phrase-file", office_path(&office, "phrase.txt"), NULL));
    says("was there, and has all keys");
    assert_int_equal(
        office_number(&office, "SELECT max(signing_key) FROM signing_key"), 2);
    done(office_run(&office, "verify", NULL));
    done(office_run(&office, "reissue", "Anna Visser", NULL));
    (void)snprintf(
        office.uri, sizeof office.uri, "sqlite:%s", office_path(&office, "other.db"));
    done(office_run(&office, "init", NULL));
    assert_int_equal(office_run(&office, "key", "read", office_path(&office, "lines.txt"),
                         "--phrase-file", office_path(&office, "phrase.txt"), NULL),
        BW_EXIT_FAILED);
    says("it is another office's");
}

static int
begin(void **state)
{
    (void)state;
    return bw_core_init(NULL) == BW_OK ? 0 : -1;
}

#define ON_OFFICE(name) cmocka_unit_test_setup_teardown(name, setup, close_office)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read_whatever_its_length),
        cmocka_unit_test(it_is_read_as_people_type),
        cmocka_unit_test(it_is_read_as_programs_write_it),
        cmocka_unit_test(a_mistake_is_told_by_its_line),
        cmocka_unit_test(as_many_keys_as_there_may_be_come_back),
        cmocka_unit_test(a_head_that_asks_for_too_much_is_refused),
        ON_OFFICE(a_printed_sheet_is_read_back_by_its_code_and_by_its_lines),
        ON_OFFICE(no_key_file_is_ever_overwritten),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
