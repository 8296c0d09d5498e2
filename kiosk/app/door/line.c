/* Lines of the door's pipe: see line.h. */
#include "line.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <brugwachter/certificate.h>

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS_MAX = 8 };

/* ---- fields ---- */

/* What the fields of a line say, before it is known where the command keeps it. */
struct fields {
    bw_code code;             /* BW_CODE_NONE where not given */
    struct bw_event_id event; /* device 0 where not given */
    char text[BW_SCAN_BYTES];
    struct bw_person person;
    bool audience;
    char reason[BW_TITLE_BYTES];
    int64_t wall_ms;
    uint32_t device;
    struct bw_command_card card;
};

/* How one field is read. */
typedef enum bw_status field_reader(const char *field, const struct bw_zone *zone,
    struct fields *fields, struct bw_error *err);

/* After the marks that scanners put before a text: control characters, blanks, `]Q1` or
 * another identifier of AIM's (ISO/IEC 15424), `\000026` (ECI). */
static const char *
after_marks(const char *text)
{
    for (;;) {
        size_t mark = strspn(text, " \t\001\002\003\004\005\006\035\036\037");
        if (text[0] == ']' && text[1] != '\0' && text[2] != '\0') {
            mark = 3;
        } else if (text[0] == '\\' && strspn(text + 1, "0123456789") >= 6) {
            mark = 7;
        }
        if (mark == 0) {
            return text;
        }
        text += mark;
    }
}

/* A text that isn't a ticket by its first characters may be one all the same; its letters
 * stay as they are. */
static const char *
unwrap(const char *field, char ticket[BW_TICKET_TEXT_BYTES])
{
    static const char start[] = "BW1:";
    if (strncmp(field, start, sizeof start - 1) == 0) {
        return field;
    }
    if (bw_ticket_find(field, strlen(field), ticket) && strstr(field, ticket) != NULL) {
        return ticket;
    }
    const char *rest = after_marks(field);
    bool ours = strncmp(rest, start, sizeof start - 1) == 0 || bw_certificate_is(rest);
    return ours ? rest : field;
}

/* A scanned text over the limit can't be a ticket; an empty one isn't either, and it is
 * never cut, for what was cut off might have mattered. */
static enum bw_status
read_text(const char *field, const struct bw_zone *zone, struct fields *fields,
    struct bw_error *err)
{
    (void)zone;
    (void)err;
    char ticket[BW_TICKET_TEXT_BYTES];
    const char *text = strlen(field) < sizeof fields->text ? unwrap(field, ticket) : "";
    memcpy(fields->text, text, strlen(text) + 1);
    return BW_OK;
}

static enum bw_status
read_query(const char *field, const struct bw_zone *zone, struct fields *fields,
    struct bw_error *err)
{
    if (strlen(field) >= BW_QUERY_BYTES) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Searching failed: the text is longer than %d bytes. Type less.",
            BW_QUERY_BYTES - 1);
    }
    (void)zone;
    memcpy(fields->text, field, strlen(field) + 1);
    return BW_OK;
}

static enum bw_status
read_code(const char *field, const struct bw_zone *zone, struct fields *fields,
    struct bw_error *err)
{
    (void)zone;
    return bw_code_parse(field, &fields->code)
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "Reading a command failed: \"%.40s\" is no code. "
                     "Write it as K7QM-2XRD.",
                     field);
}

static enum bw_status
read_person(const char *field, const struct bw_zone *zone, struct fields *fields,
    struct bw_error *err)
{
    (void)zone;
    return bw_event_id_parse(field, &fields->event) || bw_code_parse(field, &fields->code)
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "Reading a command failed: \"%.40s\" is neither a code nor an "
                     "event. Write it as K7QM-2XRD or 3-17.",
                     field);
}

static enum bw_status
read_anybody(const char *field, const struct bw_zone *zone, struct fields *fields,
    struct bw_error *err)
{
    return bw_event_id_parse(field, &fields->event) || bw_code_parse(field, &fields->code)
               ? BW_OK
               : read_text(field, zone, fields, err);
}

static enum bw_status
read_clean(const char *field, const char *what, size_t chars_max, char *ret_text,
    struct bw_error *err)
{
    enum bw_text_fault fault = bw_text_clean(field, chars_max, ret_text);
    return fault == BW_TEXT_FINE
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "Reading a command failed: the %s %s. Write "
                     "it anew, with at most %zu characters.",
                     bw_said(what), bw_said(bw_text_fault_name(fault)), chars_max);
}

static enum bw_status
read_name(const char *field, const struct bw_zone *zone, struct fields *fields,
    struct bw_error *err)
{
    (void)zone;
    char full[BW_NAME_BYTES];
    enum bw_status status = read_clean(field, "name", BW_NAME_CHARS, full, err);
    if (status == BW_OK) {
        bw_name_split(full, fields->person.first_name, fields->person.name);
    }
    return status;
}

static enum bw_status
read_school(const char *field, const struct bw_zone *zone, struct fields *fields,
    struct bw_error *err)
{
    (void)zone;
    return read_clean(field, "school", BW_TITLE_CHARS, fields->person.school, err);
}

static enum bw_status
read_region(const char *field, const struct bw_zone *zone, struct fields *fields,
    struct bw_error *err)
{
    (void)zone;
    return read_clean(field, "region", BW_NAME_CHARS, fields->person.region, err);
}

static enum bw_status
read_reason(const char *field, const struct bw_zone *zone, struct fields *fields,
    struct bw_error *err)
{
    (void)zone;
    return read_clean(field, "reason", BW_TITLE_CHARS, fields->reason, err);
}

static enum bw_status
read_audience(const char *field, const struct bw_zone *zone, struct fields *fields,
    struct bw_error *err)
{
    (void)zone;
    fields->audience = strcmp(field, "yes") == 0;
    return fields->audience || strcmp(field, "no") == 0
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "Reading a command failed: \"%.40s\" is neither yes nor no.", field);
}

static enum bw_status
read_time(const char *field, const struct bw_zone *zone, struct fields *fields,
    struct bw_error *err)
{
    return bw_zone_parse_iso(zone, field, &fields->wall_ms, err);
}

static enum bw_status
read_device(const char *field, const struct bw_zone *zone, struct fields *fields,
    struct bw_error *err)
{
    (void)zone;
    char *end = NULL;
    errno = 0;
    unsigned long number = strtoul(field, &end, 10);
    bool digits = field[0] >= '0' && field[0] <= '9' && *end == '\0';
    if (!digits || errno != 0 || number == 0 || number > UINT32_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Reading a command failed: \"%.40s\" is no kiosk's number. Write it as 5.",
            field);
    }
    fields->device = (uint32_t)number;
    return BW_OK;
}

/* Longer than a card's is none, and says no more than that. */
static enum bw_status
read_card(const char *field, const struct bw_zone *zone, struct fields *fields,
    struct bw_error *err)
{
    (void)zone;
    (void)err;
    const char *text = strlen(field) < sizeof fields->card.text ? field : "";
    memcpy(fields->card.text, text, strlen(text) + 1);
    return BW_OK;
}

static enum bw_status
read_keep(const char *field, const struct bw_zone *zone, struct fields *fields,
    struct bw_error *err)
{
    (void)zone;
    fields->card.keep = strcmp(field, "keep") == 0;
    return fields->card.keep
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "Reading a command failed: what stands behind the card isn't keep. "
                     "Write keep, or nothing.");
}

/* ---- commands ---- */

enum shape {
    SHAPE_ALL,      /* every field is given */
    SHAPE_OPTIONAL, /* the last one may be left out */
    SHAPE_WHOLE,    /* the one field is the rest of the line, tabs included */
};

struct line_form {
    const char *name;
    enum bw_command_kind kind;
    enum shape shape;
    field_reader *fields[FIELDS_MAX];
};

static const struct line_form forms[] = {
    {"scan", BW_COMMAND_SCAN, SHAPE_WHOLE, {read_text}},
    {"code", BW_COMMAND_CODE, SHAPE_ALL, {read_code}},
    {"search", BW_COMMAND_SEARCH, SHAPE_WHOLE, {read_query}},
    {"waitlist", BW_COMMAND_WAITLIST, SHAPE_OPTIONAL, {read_person, read_reason}},
    {"guest", BW_COMMAND_GUEST, SHAPE_OPTIONAL, {read_text, read_reason}},
    {"walk-in", BW_COMMAND_WALK_IN, SHAPE_OPTIONAL,
        {read_name, read_school, read_region, read_audience, read_reason}},
    {"queue", BW_COMMAND_QUEUE, SHAPE_ALL,
        {read_name, read_school, read_region, read_audience}},
    {"queue", BW_COMMAND_QUEUE, SHAPE_ALL, {read_text}},
    {"substitute", BW_COMMAND_SUBSTITUTE, SHAPE_OPTIONAL,
        {read_code, read_name, read_audience, read_reason}},
    {"undo", BW_COMMAND_UNDO, SHAPE_ALL, {read_person}},
    {"leave", BW_COMMAND_LEAVE, SHAPE_ALL, {read_person}},
    {"override", BW_COMMAND_OVERRIDE, SHAPE_ALL, {read_anybody, read_reason}},
    {"release", BW_COMMAND_RELEASE, SHAPE_ALL, {NULL}},
    {"counts", BW_COMMAND_COUNTS, SHAPE_ALL, {NULL}},
    {"offers", BW_COMMAND_OFFERS, SHAPE_ALL, {NULL}},
    {"absent", BW_COMMAND_ABSENT, SHAPE_ALL, {read_device}},
    {"pin", BW_COMMAND_PIN, SHAPE_ALL, {read_query}},
    {"pin-before", BW_COMMAND_PIN_BEFORE, SHAPE_ALL, {read_query}},
    {"card", BW_COMMAND_CARD, SHAPE_OPTIONAL, {read_card, read_keep}},
    {"clock", BW_COMMAND_CLOCK, SHAPE_ALL, {read_time}},
};

enum { FORMS_COUNT = sizeof forms / sizeof forms[0] };

static int
fields_max(const struct line_form *form)
{
    int count = 0;
    while (count < FIELDS_MAX && form->fields[count] != NULL) {
        count++;
    }
    return count;
}

/* Takes `rest` apart at its tabs; NULL has no field. Returns how many there are. */
static int
split(char *rest, const char *fields[FIELDS_MAX])
{
    int count = 0;
    for (char *at = rest; at != NULL; count++) {
        char *field = strsep(&at, "\t");
        if (count < FIELDS_MAX) {
            fields[count] = field;
        }
    }
    return count;
}

static int
tabs(const char *text)
{
    int count = 0;
    for (; *text != '\0'; text++) {
        count += *text == '\t';
    }
    return count;
}

static bool
form_fits(const struct line_form *form, const char *name, const char *rest)
{
    int given = rest == NULL ? 0 : form->shape == SHAPE_WHOLE ? 1 : tabs(rest) + 1;
    int most = fields_max(form);
    return strcmp(form->name, name) == 0 && given <= most &&
           given >= most - (form->shape == SHAPE_OPTIONAL ? 1 : 0);
}

static struct bw_command_known
known_of(const struct fields *fields)
{
    struct bw_command_known known = {
        .code = fields->code, .event = fields->event, .basis = BW_BASIS_CODE};
    memcpy(known.reason, fields->reason, sizeof known.reason);
    return known;
}

static struct bw_command_newcomer
newcomer_of(const struct fields *fields)
{
    struct bw_command_newcomer newcomer = {
        .person = fields->person, .audience = fields->audience, .code = fields->code};
    memcpy(newcomer.reason, fields->reason, sizeof newcomer.reason);
    memcpy(newcomer.text, fields->text, sizeof newcomer.text);
    return newcomer;
}

static struct bw_command_text
text_of(const struct fields *fields)
{
    struct bw_command_text text;
    memcpy(text.text, fields->text, sizeof text.text);
    memcpy(text.reason, fields->reason, sizeof text.reason);
    return text;
}

/* Puts what was read where the command's kind keeps it. */
static void
fill_command(const struct fields *fields, struct bw_command *command)
{
    switch ((int)command->kind) {
    case BW_COMMAND_SCAN:
        command->scan = text_of(fields);
        break;
    case BW_COMMAND_GUEST:
        command->guest = text_of(fields);
        break;
    case BW_COMMAND_SEARCH: /* read_query saw that it fits */
        memcpy(command->search.text, fields->text, sizeof command->search.text);
        break;
    case BW_COMMAND_PIN:
    case BW_COMMAND_PIN_BEFORE:
        memcpy(command->pin.text, fields->text, sizeof command->pin.text);
        break;
    case BW_COMMAND_CARD:
        command->card = fields->card;
        break;
    case BW_COMMAND_CODE:
        command->code = known_of(fields);
        break;
    case BW_COMMAND_WAITLIST:
        command->waitlist = known_of(fields);
        break;
    case BW_COMMAND_UNDO:
        command->undo = known_of(fields);
        break;
    case BW_COMMAND_LEAVE:
        command->leave = known_of(fields);
        break;
    case BW_COMMAND_OVERRIDE:
        command->override.who = known_of(fields);
        memcpy(command->override.text, fields->text, sizeof command->override.text);
        break;
    case BW_COMMAND_WALK_IN:
        command->walk_in = newcomer_of(fields);
        break;
    case BW_COMMAND_QUEUE:
        command->queue = newcomer_of(fields);
        break;
    case BW_COMMAND_SUBSTITUTE:
        command->substitute = newcomer_of(fields);
        break;
    case BW_COMMAND_CLOCK:
        command->wall_ms = fields->wall_ms;
        break;
    case BW_COMMAND_ABSENT:
        command->absent_device = fields->device;
        break;
    }
}

static enum bw_status
read_form(const struct line_form *form, char *rest, const struct bw_zone *zone,
    struct bw_command *ret_command, struct bw_error *err)
{
    struct fields fields = {.code = BW_CODE_NONE};
    const char *texts[FIELDS_MAX] = {rest};
    int count = form->shape == SHAPE_WHOLE ? 1 : split(rest, texts);
    for (int i = 0; i < count; i++) {
        enum bw_status status = form->fields[i](texts[i], zone, &fields, err);
        if (status != BW_OK) {
            return status;
        }
    }
    bw_command_init(ret_command, form->kind);
    ret_command->operated_by = BW_OPERATOR_DOOR;
    fill_command(&fields, ret_command);
    return BW_OK;
}

static enum bw_status
no_form(const char *name, struct bw_error *err)
{
    for (int i = 0; i < FORMS_COUNT; i++) {
        if (strcmp(forms[i].name, name) == 0) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "Reading a command failed: %s has too few or too many fields. Separate "
                "them by tabs, as brugwachter-kiosk door --help shows.",
                name);
        }
    }
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "Reading a command failed: \"%.40s\" is none. "
        "brugwachter-kiosk door --help lists them.",
        name);
}

/* jansson takes valid UTF-8 alone, and so do the answers. */
static bool
is_utf8(const char *text, size_t length)
{
    json_t *string = json_stringn(text, length);
    json_decref(string);
    return string != NULL;
}

bool
bw_line_is_scan(const char *begun)
{
    return strncmp(begun, "scan\t", 5) == 0;
}

enum bw_status
bw_line_parse(char *line, size_t length, const struct bw_zone *zone,
    struct bw_command *ret_command, struct bw_error *err)
{
    if (memchr(line, '\0', length) != NULL || !is_utf8(line, length)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Reading a command failed: the line %s. Send text.",
            memchr(line, '\0', length) != NULL ? bw_said("holds a NUL byte")
                                               : bw_said("is not valid UTF-8"));
    }
    char *rest = line;
    const char *name = strsep(&rest, "\t");
    for (int i = 0; i < FORMS_COUNT; i++) {
        if (form_fits(&forms[i], name, rest)) {
            return read_form(&forms[i], rest, zone, ret_command, err);
        }
    }
    return no_form(name, err);
}
