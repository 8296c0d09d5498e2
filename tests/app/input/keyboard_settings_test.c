/* Hand scanners as people have them: 40 tickets typed in each of 30 settings of scanner
 * and machine. Each is read once, as it is, and nothing of it is typed anywhere. */
#include <app/input/keyboard_scanner.h>

#include <brugwachter/core.h>
#include <brugwachter/ticket.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

enum layout { US, DE, FR, BE, ES };

/* What keys give, by HID usage: letters from 4, the rest from 30;
 * 1: not ASCII, or dead. */
static const struct {
    const char *letters, *plain, *shifted;
} layouts[] = {
    [US] = {"abcdefghijklmnopqrstuvwxyz", "1234567890\1\1\1\1 -=[]\\#;'`,./",
        "!@#$%^&*()\1\1\1\1 _+{}|~:\"~<>?"},
    [DE] = {"abcdefghijklmnopqrstuvwxzy", "1234567890\1\1\1\1 \1\1\1+##\1\1\1,.-",
        "!\"\1$%&/()=\1\1\1\1 ?\1\1*''\1\1\1;:_"},
    [FR] = {"qbcdefghijkl,noparstuvzxyw", "&\1\"'(-\1_\1\1\1\1\1\1 )=\1$**m\1\1;:!",
        "1234567890\1\1\1\1 \1+\1\1\1\1M%\1./\1"},
    [BE] = {"qbcdefghijkl,noparstuvzxyw", "&\1\"'(\1\1!\1\1\1\1\1\1 )-\1$\1\1m\1\1;:=",
        "1234567890\1\1\1\1 \1_\1*\1\1M%\1./+"},
    [ES] = {"abcdefghijklmnopqrstuvwxyz", "1234567890\1\1\1\1 '\1\1+\1\1\1\1\1,.-",
        "!\"\1$%&/()=\1\1\1\1 ?\1\1*\1\1\1\1\1;:_"},
};

static const struct setting {
    const char *what;
    enum layout scanner, machine;
    double gap_ms;
    const char *before, *after;
    bool small, twice, caps;
} settings[] = {
    {"as it comes", US, US, 2, "", "\n", false, false, false},
    {"Tab", US, US, 2, "", "\t", false, false, false},
    {"Enter and Tab", US, US, 2, "", "\n\t", false, false, false},
    {"Tab and Enter", US, US, 2, "", "\t\n", false, false, false},
    {"no end", US, US, 2, "", "", false, false, false},
    {"a blank, and Enter", US, US, 2, "", " \n", false, false, false},
    {"]Q1", US, US, 2, "]Q1", "\n", false, false, false},
    {"]Q1 and no end", US, US, 2, "]Q1", "", false, false, false},
    {"ECI", US, US, 2, "\\000026", "\n", false, false, false},
    {"a word before it", US, US, 2, "SCAN:", "\t", false, false, false},
    {"twice", US, US, 2, "", "\n", false, true, false},
    {"twice, no end", US, US, 20, "", "", false, true, false},
    {"small letters", US, US, 2, "", "\n", true, false, false},
    {"Caps Lock", US, FR, 2, "", "\n", false, false, true},
    {"0.2 ms", US, US, 0.2, "", "\n", false, false, false},
    {"1 ms, no end", US, DE, 1, "", "", false, false, false},
    {"36 ms", US, US, 36, "", "\n", false, false, false},
    {"60 ms, prefix, Tab", US, US, 60, "]Q1", "\t", false, false, false},
    {"60 ms, no end", US, BE, 60, "", "", false, false, false},
    {"us on fr", US, FR, 5, "", "\n", false, false, false},
    {"de on de", DE, DE, 5, "", "\n", false, false, false},
    {"de on us", DE, US, 5, "]Q1", "\n", false, false, false},
    {"de on fr", DE, FR, 60, "", "\t", false, false, false},
    {"fr on fr", FR, FR, 5, "\\000026", "\n", false, false, false},
    {"fr on us, small", FR, US, 5, "", "", true, false, false},
    {"fr on de", FR, DE, 5, "", " \n", false, true, false},
    {"be on be", BE, BE, 5, "", "\n", false, false, false},
    {"be on us", BE, US, 60, "]Q1", "", false, false, false},
    {"be on de", BE, DE, 0.2, "", "\t", true, false, false},
    {"es on es: as composed", ES, ES, 5, "", "\n", false, false, false},
};

enum { SETTINGS = sizeof settings / sizeof *settings, TICKETS = 40 };

struct typing {
    const struct setting *setting;
    struct bw_keyboard_scanner scanner;
    double now_ms;
    int scans, wrong, enters, leaks;
    const char *wanted;
};

static void
on_result(struct typing *typing, enum bw_keyboard_scanner_result result, const char *text)
{
    typing->enters += result == BW_KEYBOARD_SCANNER_ENTER;
    typing->scans += result == BW_KEYBOARD_SCANNER_SCAN;
    typing->wrong +=
        result == BW_KEYBOARD_SCANNER_SCAN && strcmp(text, typing->wanted) != 0;
}

/* As the kiosk's loop wakes by itself. */
static void
pass(struct typing *typing, double until_ms)
{
    int64_t due_ms = bw_keyboard_scanner_next_ms(&typing->scanner);
    char typed[BW_KEYBOARD_SCANNER_TYPED_BYTES];
    if ((double)due_ms <= until_ms) {
        typing->leaks +=
            bw_keyboard_scanner_flush(&typing->scanner, due_ms, false, typed);
    }
    typing->now_ms = until_ms;
}

static bool
find_key(enum layout layout, char c, int *ret_usage, bool *ret_shift)
{
    const char *rows[] = {layouts[layout].plain, layouts[layout].shifted};
    for (int usage = 4; usage < 30; usage++) {
        char letter = layouts[layout].letters[usage - 4];
        if (letter == c || (c >= 'A' && c <= 'Z' && letter == c - 'A' + 'a')) {
            *ret_usage = usage;
            *ret_shift = letter != c;
            return true;
        }
    }
    for (int at = 0; at < 54; at++) {
        if (rows[at / 27][at % 27] == c) {
            *ret_usage = 30 + at % 27;
            *ret_shift = at >= 27;
            return true;
        }
    }
    return false;
}

static char
compose(enum layout layout, int usage, bool shift, bool caps)
{
    if (usage >= 30) {
        return (shift ? layouts[layout].shifted : layouts[layout].plain)[usage - 30];
    }
    char c = layouts[layout].letters[usage - 4];
    bool letter = c >= 'a' && c <= 'z';
    return letter              ? (char)(shift != caps ? c - 'a' + 'A' : c)
           : shift && c == ',' ? '?'
                               : c;
}

static void
strike(struct typing *typing, char c)
{
    const struct setting *setting = typing->setting;
    char text[BW_KEYBOARD_SCANNER_TEXT_BYTES] = "";
    int usage = c == '\n' ? 40 : 43;
    bool shift = false, types = c != '\n' && c != '\t';
    pass(typing, typing->now_ms + setting->gap_ms);
    if (types && !find_key(setting->scanner, c, &usage, &shift)) {
        usage = 0; /* with AltGr */
    }
    on_result(typing,
        bw_keyboard_scanner_key(
            &typing->scanner, usage, shift, (int64_t)typing->now_ms, text),
        text);
    char one[2] = "";
    if (types) {
        one[0] = usage == 0 ? c : compose(setting->machine, usage, shift, setting->caps);
    }
    if (one[0] > 1) {
        on_result(typing, bw_keyboard_scanner_text(&typing->scanner, one, text), text);
    }
}

static void
type(struct typing *typing, const char *text)
{
    for (; *text != '\0'; text++) {
        bool big = *text >= 'A' && *text <= 'Z';
        strike(typing, (char)(typing->setting->small && big ? *text - 'A' + 'a' : *text));
    }
}

static void
make_ticket(int number, char ret_text[BW_TICKET_TEXT_BYTES])
{
    /* any bytes will do: the scanner judges no signature */
    uint8_t secret[BW_SECRET_KEY_BYTES];
    memset(secret, 17, sizeof secret);
    struct bw_ticket ticket = {
        .key = 1, .session_no = 7, .code = UINT64_C(0x1234567) * (unsigned)(number + 1)};
    bw_ticket_write(&ticket, secret, ret_text);
}

static bool
types_all(const struct setting *setting)
{
    struct typing typing = {.setting = setting, .now_ms = 1000};
    for (int i = 0; i < TICKETS; i++) {
        char ticket[BW_TICKET_TEXT_BYTES];
        make_ticket(i, ticket);
        typing.wanted = ticket;
        type(&typing, setting->before);
        type(&typing, ticket);
        if (setting->twice) {
            type(&typing, ticket);
        }
        type(&typing, setting->after);
        pass(&typing, typing.now_ms + 700);
    }
    bool fine = typing.scans == TICKETS && typing.wrong == 0 && typing.enters == 0 &&
                typing.leaks == 0;
    if (!fine) {
        print_error("%s: %d scans of %d, %d wrong, %d Enter, %d typed\n", setting->what,
            typing.scans, TICKETS, typing.wrong, typing.enters, typing.leaks);
    }
    return fine;
}

static void
forty_tickets_are_read_in_each_of_thirty_settings(void **state)
{
    (void)state;
    int fine = 0;
    assert_int_equal(bw_core_init(NULL), BW_OK);
    for (int i = 0; i < SETTINGS; i++) {
        fine += types_all(&settings[i]);
    }
    assert_int_equal(SETTINGS, 30);
    assert_int_equal(fine, SETTINGS);
}

/* Every scanner's layout on every machine's. */
static void
layouts_of_scanner_and_machine_do_not_matter(void **state)
{
    (void)state;
    for (int pair = 0; pair < 16; pair++) {
        char what[40];
        (void)snprintf(what, sizeof what, "layout %d on %d", pair / 4, pair % 4);
        struct setting setting = {.what = what,
            .scanner = (enum layout)(pair / 4),
            .machine = (enum layout)(pair % 4),
            .gap_ms = 3,
            .before = "]Q1",
            .after = "\t"};
        assert_true(types_all(&setting));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forty_tickets_are_read_in_each_of_thirty_settings),
        cmocka_unit_test(layouts_of_scanner_and_machine_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
