/* Stukken: a command of the program is run from a form, its files are fetched, and what
 * it told is said (errand.h). What the desk may run stands in one table.
 *
 * A value of a form is one word of the command, behind the name of its option, or one
 * that begins with no dash: it can begin no option, and no shell reads it. */
#include "central/records.h"
#include "office/backup/put_back.h"
#include "office/mail/told.h"
#include "office/staff_pin.h"
#include "web/page/errand/copy.h"
#include "web/page/errand/errand_model.h"
#include "web/page/errand/key_back.h"
#include "web/page/kiosk/kiosk_new.h"
#include "web/page/mail/mail_form.h"
#include "web/page/pages.h"

#include <stdlib.h>
#include <string.h>

enum { CALM_MS = 400, AGAIN_S = 2, GRACE_MS = 60 * 1000, WORDS_MAX = 9 };

typedef enum bw_status errand_check(
    const struct bw_web_visit *visit, struct bw_error *err);
/* Puts what a command reads beside its files, in the errand's folder. */
typedef enum bw_status errand_keep(
    const struct bw_web_visit *visit, struct bw_web_errand *errand, struct bw_error *err);

static enum bw_status
check_address(const struct bw_web_visit *visit, struct bw_error *err)
{
    const char *to = bw_web_request_sent(visit->request, "naar");
    return bw_told_address_is_fine(to) ? BW_OK
                                       : bw_error_about(err,
                                             bw_error_set(err, BW_BAD_INPUT, 0,
                                                 "sending a test mail: \"%.60s\" is "
                                                 "no address that mail could go to",
                                                 to),
                                             "mail");
}

static const struct bw_web_form trial_form = {
    bw_web_page_settings, {{"mail", "naar", "wr.mail"}}};

/* The PIN of a kiosk's staff: what was typed, or one that is made up. */
static enum bw_status
pin_keep(
    const struct bw_web_visit *visit, struct bw_web_errand *errand, struct bw_error *err)
{
    const char *typed = bw_web_request_sent(visit->request, "pin");
    if (typed[0] != '\0' && !bw_staff_pin_fits(typed)) {
        return bw_error_about(err,
            bw_error_set(err, BW_BAD_INPUT, 0, "enrolling a kiosk: a PIN has six digits"),
            "pin-file");
    }
    if (typed[0] != '\0') {
        (void)snprintf(errand->pin, sizeof errand->pin, "%s", typed);
    } else {
        bw_staff_pin_make(errand->pin);
    }
    return bw_web_errand_keep(errand, "pin", errand->pin, BW_STAFF_PIN_DIGITS, err);
}

/* {name} is a field of the form, {apart} a new file beside the keys; a word that begins
 * with ? is left out where its field is empty. */
static const struct order {
    const char *word, *what;
    bool tells; /* people hear of it: it begins a minute later */
    bool plain;
    bool replaces; /* all that the desk shows is another's then */
    const char *words[WORDS_MAX];
    const struct bw_web_form *form; /* that it comes from; NULL: buttons alone */
    errand_check *check;            /* of what was typed, before it begins; or NULL */
    errand_keep *keep;              /* or NULL */
    errand_keep *end;               /* adds the last words; or NULL */
} orders[] = {
    {.word = "tickets",
        .what = "er.tickets",
        .words = {"tickets", "--session={kring}", "--out={uit}"}},
    {.word = "eml",
        .what = "er.eml",
        .words = {"mail", "?--session={kring}", "--pending", "--out={uit}"},
        .form = &bw_web_mail_form,
        .check = bw_web_mail_check,
        .end = bw_web_mail_words},
    {.word = "lijst",
        .what = "er.merge",
        .words = {"mail", "?--session={kring}", "--pending",
            "--to={uit}/samenvoegen.xlsx"},
        .form = &bw_web_mail_form,
        .check = bw_web_mail_check,
        .end = bw_web_mail_words},
    {.word = "verstuur",
        .what = "er.send",
        .tells = true,
        .words = {"mail", "?--session={kring}", "--send"},
        .form = &bw_web_mail_form,
        .check = bw_web_mail_check,
        .end = bw_web_mail_words},
    {.word = "voorbeeld",
        .what = "er.sample",
        .words = {"mail", "sample", "own", "?--session={kring}", "?{toon}"}},
    {.word = "verstuurd",
        .what = "er.log",
        .words = {"mail", "log", "{uit}/verstuurd.xlsx", "--language={taal}"}},
    {.word = "deur",
        .what = "er.door",
        .words = {"roster", "--session={kring}", "--out={uit}"}},
    {.word = "bewijzen",
        .what = "er.certificates",
        .words = {"certificates", "--session={kring}", "--out={uit}"}},
    {.word = "verslag",
        .what = "er.report",
        .words = {"report", "--series={reeks}", "--out={uit}", "--language={taal}"}},
    {.word = "anoniem",
        .what = "er.public",
        .words = {"report", "--series={reeks}", "--public", "--out={uit}",
            "--language={taal}"}},
    {.word = "zuil",
        .what = "er.enrol",
        .words = {"enrol", "--session={kring}", "--name={naam}", "?--device={zuil}",
            "--pin-file={uit}/../pin", "?--carrier={weg}", "--out={uit}/"},
        .form = &bw_web_kiosk_form,
        .check = bw_web_kiosk_check,
        .keep = pin_keep},
    {.word = "zuilen",
        .what = "er.enrols",
        .words = {"enrol", "--new", "--name={naam}", "--pin-file={uit}/../pin",
            "?--carrier={weg}", "--out={uit}/"},
        .form = &bw_web_kiosk_form,
        .check = bw_web_kiosk_check,
        .keep = pin_keep},
    {.word = "stick",
        .what = "er.stick",
        .words = {"pack", "?--device={zuil}", "--out={uit}"}},
    {.word = "kaart",
        .what = "er.card",
        .words = {"card", "--out={uit}/medewerkerskaart.pdf"}},
    {.word = "kopie",
        .what = "er.copy",
        .words = {"restore", "{uit}/../kopie.bwb", "--phrase-file={uit}/../zin",
            "--check"},
        .form = &bw_web_copy_form,
        .check = bw_web_copy_check,
        .keep = bw_web_copy_keep},
    {.word = "terugzetten",
        .what = "er.put",
        .replaces = true,
        .words = {"restore", "{uit}/../kopie.bwb", "--phrase-file={uit}/../zin",
            "--out={apart}"},
        .check = bw_web_copy_check_looked,
        .keep = bw_web_copy_keep},
    {.word = "reserve",
        .what = "er.backup",
        .words = {"backup", "--out={uit}/brugwachter.bwb"}},
    {.word = "sleutel",
        .what = "er.key",
        .words = {"key", "print", "--out={uit}", "--language={taal}"}},
    {.word = "sleutelterug",
        .what = "er.keyback",
        .words = {"key", "read", "{uit}/../blad", "--phrase-file={uit}/../zin"},
        .form = &bw_web_key_form,
        .check = bw_web_key_check,
        .keep = bw_web_key_keep},
    {.word = "proef",
        .what = "er.trial",
        .words = {"mail", "test", "{naar}"},
        .form = &trial_form,
        .check = check_address},
    {.word = "mens",
        .what = "er.person",
        .plain = true,
        .words = {"export-person", "--language={taal}", "--", "{mens}"}},
};

/* ---- words ---- */

enum { VALUE_BYTES = PATH_MAX };

static enum bw_status
value_of(const struct bw_web_visit *visit, const char *name, char ret_value[VALUE_BYTES],
    struct bw_error *err)
{
    if (strcmp(name, "apart") == 0) {
        return bw_office_kept_name(&visit->desk->office, ret_value, err);
    }
    const char *sent = strcmp(name, "taal") == 0
                           ? bw_wording_code(visit->language)
                           : bw_web_request_sent(visit->request, name);
    (void)snprintf(
        ret_value, VALUE_BYTES, "%s", strlen(sent) < BW_TITLE_BYTES ? sent : "");
    return BW_OK;
}

/* One word of the command, from its pattern. */
static enum bw_status
word_add(const struct bw_web_visit *visit, const char *pattern,
    struct bw_web_errand *errand, struct bw_error *err)
{
    char word[VALUE_BYTES + BW_LABEL_BYTES], value[VALUE_BYTES],
        name[BW_LABEL_BYTES] = "";
    bool optional = pattern[0] == '?';
    const char *from = pattern + optional, *open = strchr(from, '{');
    bool ours = open == NULL || strncmp(open, "{uit}", 5) == 0;
    (void)snprintf(word, sizeof word, "%s", from);
    if (!ours) {
        (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(open + 1, "}"), open + 1);
        enum bw_status status = value_of(visit, name, value, err);
        if (status != BW_OK || (value[0] == '\0' && optional)) {
            return status;
        }
        if (value[0] == '\0' || strchr(value, '{') != NULL ||
            (open == from && value[0] == '-')) {
            return bw_error_set(
                err, BW_BAD_INPUT, 0, "reading a form: \"%s\" isn't filled in", name);
        }
        (void)snprintf(word, sizeof word, "%.*s%s", (int)(open - from), from, value);
    }
    return bw_web_errand_word(errand, word)
               ? BW_OK
               : bw_error_set(err, BW_NO_MEMORY, 0, "beginning a work: no memory");
}

/* Whether it is about the circle of its form. */
static bool
names_circle(const struct order *order)
{
    for (int i = 0; i < WORDS_MAX && order->words[i] != NULL; i++) {
        if (strstr(order->words[i], "{kring}") != NULL) {
            return true;
        }
    }
    return false;
}

static enum bw_status
errand_fill(const struct bw_web_visit *visit, const struct order *order,
    struct bw_web_errand *errand, struct bw_error *err)
{
    const char *circle =
        names_circle(order) ? bw_web_request_sent(visit->request, "kring") : "";
    struct bw_session session;
    enum bw_status status = BW_OK;
    errand->plain = order->plain;
    errand->replaces = order->replaces;
    bw_text_copy(
        errand->give, sizeof errand->give, bw_web_request_sent(visit->request, "geef"));
    errand->command = visit->desk->setup.command;
    errand->command_context = visit->desk->setup.command_context;
    if (circle[0] != '\0') {
        status = bw_record_session(visit->desk->office.central, circle, &session, err);
        if (status != BW_OK) {
            return status;
        }
        bw_text_copy(errand->about, sizeof errand->about, session.title);
    }
    if (status == BW_OK && order->keep != NULL) {
        status = order->keep(visit, errand, err);
    }
    for (int i = 0; status == BW_OK && i < WORDS_MAX && order->words[i] != NULL; i++) {
        status = word_add(visit, order->words[i], errand, err);
    }
    return status == BW_OK && order->end != NULL ? order->end(visit, errand, err)
                                                 : status;
}

/* By its button; mails by the way that was chosen beside it. NULL where there's none. */
static const struct order *
order_of(const struct bw_web_request *request)
{
    const char *word = bw_web_request_sent(request, "doe");
    const struct order *order = NULL;
    if (strcmp(word, "mail") == 0) {
        word = bw_web_request_sent(request, "hoe");
    }
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        order = strcmp(orders[i].word, word) == 0 ? &orders[i] : order;
    }
    return order;
}

enum bw_status
bw_web_page_errand_begin(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_web_desk *desk = visit->desk;
    const struct order *order = order_of(visit->request);
    struct bw_web_errand *errand = NULL;
    if (order == NULL || desk->setup.command == NULL ||
        (order->replaces && desk->of != NULL)) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "reading a form: nothing is called that");
    }
    visit->form = order->form;
    enum bw_status status = order->check != NULL ? order->check(visit, err) : BW_OK;
    if (status == BW_OK) {
        status = bw_web_errand_new(&desk->errands, order->what,
            desk->setup.clock.mono_ms(&desk->setup.clock), &errand, err);
    }
    if (status != BW_OK) {
        return status;
    }
    status = errand_fill(visit, order, errand, err);
    if (status != BW_OK) {
        bw_web_errand_drop(errand);
        return status;
    }
    struct bw_web_work_plan plan = {.central_uri = desk->setup.central_uri,
        .key_path = desk->setup.key_path,
        .clock = desk->setup.clock,
        .grace_ms = order->tells ? GRACE_MS : 0};
    bw_text_copy(plan.who, sizeof plan.who, desk->office.who);
    status = bw_web_errand_begin(errand, &plan, err);
    if (status == BW_OK) {
        bw_web_go(visit, "/stukken/%s", errand->id);
    }
    return status;
}

/* ---- pages ---- */

static enum bw_status
errand_find(const struct bw_web_visit *visit, struct bw_web_errand **ret_errand,
    struct bw_error *err)
{
    *ret_errand = bw_web_errand_of(&visit->desk->errands, visit->request->segments[1]);
    return *ret_errand != NULL
               ? BW_OK
               : bw_error_set(err, BW_NOT_FOUND, 0,
                     "fetching files: they aren't here any more; have them made again");
}

static void
add_busy(const struct bw_web_visit *visit, const struct bw_web_work_state *state,
    json_t **model)
{
    enum { MS_PER_S = 1000 };
    json_int_t seconds = (state->grace_ms + MS_PER_S - 1) / MS_PER_S;
    bw_web_set(model, "stopping", json_boolean(state->stopping));
    bw_web_set(model, "total", json_integer(state->total));
    bw_web_set(model, "done", json_integer(state->done));
    bw_web_set(model, "waits", json_boolean(seconds > 0));
    bw_web_set(model, "progress",
        bw_web_filled(visit,
            seconds > 0        ? "er.grace"
            : state->total > 0 ? "er.busy.n"
                               : "er.busy",
            json_pack("{s:I, s:I, s:I}", "n", seconds, "a", (json_int_t)state->done, "b",
                (json_int_t)state->total)));
}

/* Where what was asked for with the form is fetched: the browser stays on its page. False
 * where nothing was, or she sees this page first: then it shows what there is. */
static bool
go_to_given(struct bw_web_visit *visit, struct bw_web_errand *errand, bool done)
{
    char give[sizeof errand->give];
    memcpy(give, errand->give, sizeof give);
    errand->give[0] = '\0';
    if (give[0] == '\0' || !done) {
        return false;
    }
    if (strcmp(give, "alles") == 0) {
        bw_web_go(
            visit, "/stukken/%s/%s", errand->id, errand->files_all > 1 ? give : "0");
        return true;
    }
    for (int at = 0; at < errand->files_count; at++) {
        const char *dot = strrchr(errand->files[at].name, '.');
        if (dot != NULL && strcmp(dot + 1, give) == 0) {
            bw_web_go(visit, "/stukken/%s/%d", errand->id, at);
            return true;
        }
    }
    return false;
}

enum bw_status
bw_web_page_errand(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_web_errand *errand = NULL;
    struct bw_web_work_state state = {.over = true};
    enum bw_status status = errand_find(visit, &errand, err);
    if (status != BW_OK) {
        return status;
    }
    bool over = bw_web_desk_errand_settled(visit->desk, errand, CALM_MS, &state);
    bool failed = over && errand->exit > 1;
    if (go_to_given(visit, errand, over && !failed)) {
        return BW_OK;
    }
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, errand->what));
    bw_web_set(&model, "id", json_string(errand->id));
    bw_web_set(&model, "about", bw_web_text(errand->about));
    bw_web_set(&model, "busy", json_boolean(!over));
    bw_web_set(&model, "failed", json_boolean(failed));
    bw_web_set(&model, "trial", json_boolean(strcmp(errand->what, "er.trial") == 0));
    bw_web_set(&model, "why", bw_web_text(over ? errand->why : ""));
    bw_web_set(&model, "pin", bw_web_text(over && !failed ? errand->pin : ""));
    bw_web_set(&model, "several", json_boolean(over && errand->files_all > 1));
    bw_web_set(&model, "files_count", json_integer(over ? errand->files_all : 0));
    if (over) {
        bw_web_errand_add(visit, errand, &model);
    } else {
        add_busy(visit, &state, &model);
        visit->reply->again_s = AGAIN_S;
    }
    return bw_web_show(visit, "errand", model, err);
}

enum bw_status
bw_web_page_errand_stop(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_web_errand *errand = NULL;
    enum bw_status status = errand_find(visit, &errand, err);
    if (status == BW_OK) {
        if (errand->work != NULL) {
            bw_web_work_stop(errand->work);
        }
        bw_web_go(visit, "/stukken/%s", errand->id);
    }
    return status;
}

/* ---- a file ---- */

/* A name that a header can hold whatever it was. */
static void
name_download(const char *name, char ret_name[BW_LABEL_BYTES])
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-_.";
    const char *slash = strrchr(name, '/');
    size_t used = 0;
    for (const char *c = slash != NULL ? slash + 1 : name;
         *c != '\0' && used + 1 < BW_LABEL_BYTES; c++) {
        ret_name[used++] = strchr(plain, *c) != NULL ? *c : '-';
    }
    ret_name[used] = '\0';
}

enum bw_status
bw_web_page_errand_file(struct bw_web_visit *visit, struct bw_error *err)
{
    const char *typed = visit->request->segments[2], *name = NULL;
    struct bw_web_reply *reply = visit->reply;
    struct bw_web_errand *errand = NULL;
    unsigned char *bytes = NULL;
    char *end = NULL;
    size_t length = 0;
    long at = strtol(typed, &end, 10);
    bool all = strcmp(typed, "alles") == 0;
    enum bw_status status = errand_find(visit, &errand, err);
    if (status == BW_OK && !all &&
        (end == typed || *end != '\0' || at < 0 || at >= BW_WEB_ERRAND_FILES_MAX)) {
        status = bw_error_set(err, BW_NOT_FOUND, 0, "fetching a file: it has a number");
    }
    if (status == BW_OK) {
        status =
            bw_web_errand_read(errand, all ? -1 : (int)at, &name, &bytes, &length, err);
    }
    if (status != BW_OK) {
        return status;
    }
    name_download(name, reply->download);
    reply->status = 200;
    reply->type = "application/octet-stream";
    reply->body = (char *)bytes;
    reply->bytes = length;
    reply->personal = true;
    return BW_OK;
}
