/* `export-person CODE|NAME`: all that the office holds of one person, to be given to
 * them. */
#include "office/export_person.h"

#include "cli/answer.h"
#include "commands.h"

#include <brugwachter/said.h>
#include <brugwachter/zone.h>
#include <inttypes.h>
#include <string.h>

static const struct {
    const char *name, *dutch;
} words[] = {
    {"person", "Jij in onze administratie"},
    {"known_as", "Waaraan we je herkennen"},
    {"registrations", "Je aanmeldingen"},
    {"tickets", "Je tickets"},
    {"mails", "Wat we je schreven"},
    {"refused", "Wat een bestand over je zei en we niet overnamen"},
    {"mail_states", "Of mail je bereikt, zoals we dat noteerden"},
    {"events", "Wat er aan de deur werd vastgelegd"},
    {"quarantine", "Wat aan de deur werd vastgelegd en nog niet of niet meetelt"},
    {"steps", "Wat we aan je aanmeldingen veranderden, en wat er voor die tijd stond"},
    {"records", "Wat we aan je gegevens veranderden, en wat er voor die tijd stond"},
    {"field", "code en veld"},
    {"said", "wat er stond"},
    {"record", "nummer"},
    {"email", "e-mailadres"},
    {"identity", "kenmerk"},
    {"session", "kring"},
    {"title", "titel"},
    {"starts_at", "begint"},
    {"signed_up_at", "aangemeld"},
    {"first_name", "voornaam"},
    {"name", "achternaam"},
    {"role", "functie"},
    {"region", "regio"},
    {"table", "tafel"},
    {"attention", "aandacht"},
    {"reason", "reden"},
    {"placed_at", "plek gekregen"},
    {"changed_at", "veranderd"},
    {"file", "bestand"},
    {"imported_at", "ingelezen"},
    {"generation", "uitgave"},
    {"signing_key", "sleutel"},
    {"issued_at", "gemaakt"},
    {"at", "wanneer"},
    {"received_at", "ontvangen"},
    {"kind", "soort"},
    {"venue", "plaats"},
    {"address", "adres"},
    {"message_id", "bericht"},
    {"device", "zuil"},
    {"seq", "volgnummer"},
    {"verdict", "uitkomst"},
    {"step", "stap"},
    {"what", "opdracht"},
    {"about", "over"},
    {"why", "waarom"},
};

struct person_telling {
    FILE *out;
    struct bw_zone *zone;
    bool dutch;
    json_t *root;     /* NULL where text is printed */
    const char *last; /* section */
};

static const char *
word_of(const struct person_telling *telling, const char *name)
{
    for (size_t i = 0; telling->dutch && i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i].name, name) == 0) {
            return words[i].dutch;
        }
    }
    return name; /* "code", "school", "status" are the same in both */
}

static json_t *
row_json(
    const struct person_telling *telling, const struct bw_office_fact *facts, int count)
{
    json_t *object = json_object();
    for (int i = 0; i < count; i++) {
        char time[BW_ISO_BYTES];
        json_t *value = NULL;
        switch (facts[i].type) {
        case BW_OFFICE_FACT_TEXT:
            value = json_string(facts[i].text);
            break;
        case BW_OFFICE_FACT_NUMBER:
            value = json_integer((json_int_t)facts[i].number);
            break;
        case BW_OFFICE_FACT_MS:
            bw_zone_format_iso(telling->zone, facts[i].number, time);
            value = json_string(time);
            break;
        case BW_OFFICE_FACT_CODE:
            value = bw_cli_code((bw_code)facts[i].number);
            break;
        }
        bw_cli_set(&object, facts[i].name, value);
    }
    return object;
}

/* An identity is of several lines. */
static void
print_line(const char *text, FILE *out)
{
    for (; *text != '\0'; text++) {
        if (*text != '\n') {
            (void)fputc(*text, out);
        } else if (text[1] != '\0') {
            (void)fputs(", ", out);
        }
    }
    (void)fputc('\n', out);
}

static void
row_print(
    const struct person_telling *telling, const struct bw_office_fact *facts, int count)
{
    for (int i = 0; i < count; i++) {
        char time[BW_ISO_BYTES];
        const char *word = word_of(telling, facts[i].name);
        (void)fputs(i == 0 ? "  - " : "    ", telling->out);
        switch (facts[i].type) {
        case BW_OFFICE_FACT_TEXT:
            (void)fprintf(telling->out, "%s: ", word);
            print_line(facts[i].text, telling->out);
            break;
        case BW_OFFICE_FACT_NUMBER:
            (void)fprintf(telling->out, "%s: %" PRId64 "\n", word, facts[i].number);
            break;
        case BW_OFFICE_FACT_MS:
            bw_zone_format_iso(telling->zone, facts[i].number, time);
            (void)fprintf(telling->out, "%s: %s\n", word, time);
            break;
        case BW_OFFICE_FACT_CODE:
            bw_code_format_shown((bw_code)facts[i].number, time);
            (void)fprintf(telling->out, "%s: %s\n", word, time);
            break;
        }
    }
}

static bool
on_row(const char *section, const struct bw_office_fact *facts, int count, void *context)
{
    struct person_telling *telling = context;
    bool begins = telling->last != section;
    telling->last = section;
    if (telling->root != NULL) {
        if (begins) {
            (void)json_object_set_new(telling->root, section, json_array());
        }
        json_t *list = json_object_get(telling->root, section);
        return json_array_append_new(list, row_json(telling, facts, count)) == 0;
    }
    if (begins) {
        (void)fprintf(telling->out, "%s\n", word_of(telling, section));
    }
    row_print(telling, facts, count);
    return true;
}

static enum bw_exit
run(struct bw_call *call, struct bw_error *err)
{
    struct person_telling telling = {.out = call->out,
        .dutch = bw_call_language(call) == BW_WORDING_DUTCH,
        .root = call->json ? json_object() : NULL};
    enum bw_status status = bw_zone_open(BW_ZONE_DEFAULT, &telling.zone, err);
    if (status == BW_OK) {
        status = bw_office_export_person(
            call->central, call->operands[0], on_row, &telling, err);
    }
    bw_zone_close(telling.zone);
    if (status != BW_OK) {
        json_decref(telling.root);
        return bw_exit_of(status);
    }
    if (call->json) {
        status = bw_cli_json(call, telling.root, err);
    }
    return bw_cli_exit(status, BW_EXIT_DONE, err);
}

const struct bw_sync_command bw_sync_command_export_person = {
    .name = "export-person",
    .operands = "CODE|NAME|EVENT",
    .summary = BW_SAYS("all that the office holds of one person, to be given to them"),
    .help = BW_SAYS(
        "Over all circles, and under records that were joined into theirs. Who came in\n"
        "without a registration is found by their code, or by an entry: 3-17. Nothing\n"
        "of others is in it, nor the text of a ticket.\n"),
    .takes = BW_TAKES(BW_OPTION_KEY_FILE) | BW_TAKES(BW_OPTION_LANGUAGE),
    .operands_min = 1,
    .operands_max = 1,
    .needs = BW_NEEDS_CENTRAL,
    .letters = BW_LETTERS_IN,
    .run = run,
};
