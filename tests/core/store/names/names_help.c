/* What the tests of names at rest share: a store with people of known names. */
#include "names_help.h"

#include <brugwachter/store_letter.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

const uint8_t details_key[BW_DETAILS_KEY_BYTES] = {5, 4, 3};

void
give_pin(struct bw_store *store, const char *pin)
{
    struct bw_error err = {0};
    struct bw_enrolment enrolment = *bw_store_enrolment(store);
    assert_int_equal(crypto_pwhash_str(enrolment.pin_hash, pin, strlen(pin),
                         crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN),
        0);
    help_ok(bw_store_enrol(store, &enrolment, &err), &err);
}

void
put_roster(struct bw_store *store, const struct bw_registration *all, int count)
{
    struct bw_error err = {0};
    help_letter_begin(store, HELP_SESSION, true);
    help_ok(bw_store_put_details_key(store, details_key, &err), &err);
    for (int i = 0; i < count; i++) {
        help_ok(bw_store_put_registration(store, &all[i], &err), &err);
    }
    help_letter_commit(store);
}

struct bw_registration
somebody(bw_code code, const char *first_name, const char *name)
{
    struct bw_registration person = help_registration(code, first_name, name);
    strcpy(person.person.school, "Mondriaanschool");
    strcpy(person.person.region, "Noord");
    strcpy(person.person.table, "Tafelnaam");
    strcpy(person.person.attention, "rolstoeloprit");
    return person;
}

struct bw_event_id
walk_in(struct bw_store *store, const char *name)
{
    struct bw_error err = {0};
    struct help_clock clock;
    struct bw_event event = help_arrived(BW_CODE_NONE);
    struct bw_event_details details = {.reason = ""};
    event.basis = BW_BASIS_WALK_IN;
    event.session_no = HELP_SESSION;
    strcpy(details.person.first_name, "Xanthippe");
    strcpy(details.person.name, name);
    help_clock_init(&clock);
    help_ok(bw_store_append(store, &clock.clock, &event, &details, &err), &err);
    return event.id;
}

struct bw_store *
clear_store(const char *name, char ret_path[HELP_PATH_BYTES])
{
    const struct bw_registration people[] = {somebody(1, "Fatima", "el Amraniquist"),
        somebody(2, "Willemijntje", "Zwollenaar"), somebody(3, "Anna", "Bakkerstra")};
    help_path(name, ret_path);
    struct bw_store *store = help_store(ret_path, BW_STORE_KIOSK);
    give_pin(store, PIN);
    put_roster(store, people, 3);
    (void)walk_in(store, "Quispelaar");
    return store;
}

void
unlock(struct bw_store *store, const char *pin)
{
    struct bw_error err = {0};
    help_ok(bw_store_names_unlock(store, pin, &err), &err);
}

enum bw_names
names_of(struct bw_store *store)
{
    struct bw_error err = {0};
    enum bw_names names = BW_NAMES_CLEAR;
    help_ok(bw_store_names(store, &names, &err), &err);
    return names;
}

struct bw_person
person_of(struct bw_store *store, bw_code code)
{
    struct bw_error err = {0};
    struct bw_registration found;
    help_ok(bw_store_registration(store, code, &found, &err), &err);
    return found.person;
}

static bool
holds(const char *path, const char *suffix, const char *text)
{
    char name[HELP_PATH_BYTES + 8];
    (void)snprintf(name, sizeof name, "%s%s", path, suffix);
    FILE *file = fopen(name, "rb");
    if (file == NULL) {
        return false;
    }
    static char bytes[16 << 20];
    size_t length = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    return memmem(bytes, length, text, strlen(text)) != NULL;
}

bool
lies_in(const char *path, const char *text)
{
    return holds(path, "", text) || holds(path, "-wal", text);
}

void
assert_no_name_lies_in(const char *path)
{
    static const char *const texts[] = {"Fatima", "Amraniquist", "amraniquist",
        "Willemijntje", "willemijn", "Zwollenaar", "zwollenaar", "Bakkerstra", "bakker",
        "Mondriaan", "Tafelnaam", "rolstoel", "Xanthippe", "Quispelaar", "quispel"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (lies_in(path, texts[i])) {
            fail_msg("\"%s\" lies in the file", texts[i]);
        }
    }
}
