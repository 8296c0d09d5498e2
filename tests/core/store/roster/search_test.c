/* Search: names however they are typed, codes, in order, and nothing but letters. */
#include "tests/core/store/roster_help.h"

#include <stdlib.h>
#include <string.h>

/* A new one, whose roster they are; ends with bw_store_close. */
static struct bw_store *
store_of(const struct bw_registration *people, int count)
{
    char path[HELP_PATH_BYTES];
    help_path("search", path);
    struct bw_store *store = help_store(path, BW_STORE_SYNC);
    roster_put(store, true, people, count);
    return store;
}

static void
names_are_found_however_they_are_typed(void **state)
{
    (void)state;
    const struct bw_registration people[] = {
        help_registration(1, "Łukasz", "Weiß"),
        help_registration(2, "Søren", "Müller"),
        help_registration(3, "Fatima", "el Amrani"),
        help_registration(4, "Yılmaz", "Çelik"),
        help_registration(5, "Anna-Sophia", "van der Heijden"),
        help_registration(6, "Jan", "O'Neill"),
    };
    struct bw_store *store = store_of(people, 6);
    FINDS(store, "lukasz", 1);
    FINDS(store, "ŁUKASZ", 1);
    FINDS(store, "weiss", 1);
    FINDS(store, "weiß", 1);
    FINDS(store, "soren", 2);
    FINDS(store, "muller", 2);
    FINDS(store, "mueller", 2);
    FINDS(store, "müller", 2);
    FINDS(store, "MÜLL sø", 2);
    FINDS(store, "amrani fat", 3);
    FINDS(store, "f", 3);
    FINDS(store, "yilm celik", 4);
    FINDS(store, "sophia heij", 5);
    FINDS(store, "anna-so", 5);
    FINDS(store, "o'n", 6);
    FINDS(store, "  jan  ", 6);
    assert_int_equal(search_found(store, "atima").count, 0);
    assert_int_equal(search_found(store, "fatima bakker").count, 0);
    bw_store_close(store);
}

/* Apostrophes, hyphens, blanks and short prefixes, or none of them. */
static void
names_are_found_however_they_are_joined(void **state)
{
    (void)state;
    const struct bw_registration people[] = {
        help_registration(1, "Colin", "D'Arcy"),
        help_registration(2, "Sinéad", "O’Brien"),
        help_registration(3, "Fatima", "el Amrani"),
        help_registration(4, "Jan-Willem", "de Boer"),
        help_registration(5, "Anna", "van der Berg"),
        help_registration(6, "Marieke", "Janssen-de Wit"),
        help_registration(7, "Piet", "van 't Hof"),
    };
    struct bw_store *store = store_of(people, 7);
    FINDS(store, "darcy", 1);
    FINDS(store, "d arcy", 1);
    FINDS(store, "obrien", 2);
    FINDS(store, "o'brien", 2);
    FINDS(store, "elamrani", 3);
    FINDS(store, "janwillem", 4);
    FINDS(store, "jan willem", 4);
    FINDS(store, "janw", 4);
    FINDS(store, "vanderberg", 5);
    FINDS(store, "vanderb", 5);
    FINDS(store, "vd berg", 5);
    FINDS(store, "vdberg", 5);
    FINDS(store, "v.d. berg", 5);
    FINDS(store, "anna vd", 5);
    FINDS(store, "janssen de wit", 6);
    FINDS(store, "janssendewit", 6);
    FINDS(store, "vant hof", 7);
    assert_int_equal(search_found(store, "darcx").count, 0);
    assert_int_equal(search_found(store, "vd boer").count, 0);
    bw_store_close(store);
}

static void
whatever_is_typed_is_never_an_operator_or_an_error(void **state)
{
    (void)state;
    static const char *const queries[] = {"", " ", "\"", "*", "a* OR b*", "NOT anna",
        "anna AND", "(", "anna\" OR \"bram", "words:anna", "^anna", "a+b",
        "'; DROP TABLE person", "%", "\xff\xfe", "{anna bram}", "NEAR(anna bram)",
        "-anna", "anna -", "\xd8\xa7\xd9\x85"};
    char long_query[2000];
    struct bw_registration people[] = {
        help_registration(1, "Anna", "Bakker"), help_registration(2, "Bram", "أمل")};
    struct bw_store *store = store_of(people, 2);
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        (void)search_found(store, queries[i]);
    }
    assert_int_equal(search_found(store, "a* OR b*").count, 0);
    assert_int_equal(search_found(store, "").count, 0);
    memset(long_query, 'a', sizeof long_query - 1);
    long_query[sizeof long_query - 1] = '\0';
    for (size_t i = 1; i < sizeof long_query - 1; i += 2) {
        long_query[i] = ' ';
    }
    FINDS(store, long_query, 1); /* a thousand times the word `a` */
    FINDS(store, "\xd8\xa7", 2); /* alef, without the hamza that it is written with */
    bw_store_close(store);
}

static void
codes_are_found_whole_or_from_their_beginning(void **state)
{
    (void)state;
    bw_code code = 0;
    bw_code other = 0;
    assert_true(bw_code_parse("K7QM2XRD", &code));
    assert_true(bw_code_parse("K0112XRD", &other));
    struct bw_registration people[] = {help_registration(0, "Fatima", "el Amrani"),
        help_registration(0, "Anna", "Kool")};
    people[0].code = code;
    people[1].code = other;
    struct bw_store *store = store_of(people, 2);
    FINDS(store, "K7QM2XRD", code);
    FINDS(store, "k7qm-2xrd", code);
    FINDS(store, "k7qm 2x", code);
    FINDS(store, "k7", code);
    FINDS(store, "koil", other); /* O for 0, I and L for 1 */
    FINDS(store, "kool", other); /* a name goes before the beginning of a code */
    FINDS(store, "k", other);
    assert_int_equal(search_found(store, "K7QM2XRE").count, 0);
    assert_int_equal(search_found(store, "K7QM2XRDD").count, 0);
    bw_store_close(store);
}

static int
by_name(const void *a, const void *b)
{
    const struct bw_registration *left = a;
    const struct bw_registration *right = b;
    int order = strcmp(left->person.name, right->person.name);
    order =
        order != 0 ? order : strcmp(left->person.first_name, right->person.first_name);
    return order != 0 ? order : (left->code > right->code) - (left->code < right->code);
}

static void
results_are_the_first_by_name_whatever_the_limit(void **state)
{
    (void)state;
    enum { PEOPLE = 300 };
    static struct bw_registration people[PEOPLE];
    uint32_t seed = 7;
    for (int i = 0; i < PEOPLE; i++) { /* many begin alike, in more than eight letters */
        char name[64];
        char first_name[64];
        seed = seed * 1664525 + 1013904223;
        (void)snprintf(name, sizeof name, "%s%c%u", seed >> 30 ? "van den berg " : "z",
            'a' + (int)(seed >> 20) % 3, seed >> 16 & 15);
        (void)snprintf(first_name, sizeof first_name, "%c", 'a' + (int)(seed >> 8) % 26);
        people[i] = help_registration((bw_code)(PEOPLE - i), first_name, name);
    }
    struct bw_store *store = store_of(people, PEOPLE);
    qsort(people, PEOPLE, sizeof people[0], by_name);
    for (int limit = 1; limit < 190; limit += 7) {
        struct bw_error err;
        struct found found = {0};
        help_ok(
            bw_store_search(store, HELP_SESSION, "v", limit, found_collect, &found, &err),
            &err);
        assert_int_equal(found.count, limit);
        for (int i = 0; i < limit; i++) {
            assert_int_equal(found.codes[i], people[i].code);
        }
    }
    bw_store_close(store);
}

static void
search_stays_in_its_session(void **state)
{
    (void)state;
    struct bw_error err = {0};
    struct bw_registration people[] = {
        help_registration(1, "Anna", "Bakker"), help_registration(2, "Anna", "Bakker")};
    people[1].session_no = HELP_OTHER;
    struct bw_store *store = store_of(people, 1);
    help_letter_begin(store, HELP_OTHER, true);
    help_ok(bw_store_put_registration(store, &people[1], &err), &err);
    help_letter_commit(store);
    FINDS(store, "anna", 1);
    FINDS(store, "00000", 1);
    bw_store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found_however_they_are_typed),
        cmocka_unit_test(names_are_found_however_they_are_joined),
        cmocka_unit_test(whatever_is_typed_is_never_an_operator_or_an_error),
        cmocka_unit_test(codes_are_found_whole_or_from_their_beginning),
        cmocka_unit_test(results_are_the_first_by_name_whatever_the_limit),
        cmocka_unit_test(search_stays_in_its_session),
    };
    return cmocka_run_group_tests_name("store_search", tests, help_setup, help_teardown);
}
