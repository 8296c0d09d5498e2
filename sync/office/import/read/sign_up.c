/* One row of a sign-up form: see sign_up.h. */
#include "office/import/read/sign_up.h"

#include "office/import/read/likeness.h"
#include "office/import/read/nobody.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { FOLD_BYTES = 3 * BW_TITLE_BYTES };

/* As forms ask for them in Dutch and English (heading.h takes "wat is je" and the like
 * away first). */
const struct bw_field bw_sign_up_fields[] = {
    [BW_SIGN_UP_TIMESTAMP] = {"timestamp",
        "tijdstempel timestamp tijdstip ingevuldop voltooiingstijd tijdvoltooien "
        "completiontime "
        "ingediend ingediendop submitted submittedat aangemeldop inschrijfdatum "
        "aanmelddatum datumaanmelding datuminschrijving datumentijd datumtijd "
        "tijdstipaanmelding tijdstipinschrijving datuminvullen invuldatum datesubmitted "
        "submissiondate submissiontime timesubmitted submittedon createdat registeredat "
        "registrationdate responsedate datuminzending inzenddatum verzondenop "
        "ontvangenop ingezondenop ingestuurdop datumtijdstip registratiedatum "
        "datumregistratie tijdstipaanmelden tijdstipinschrijven tijdstipinvullen "
        "aanmeldmoment momentaanmelden momentinschrijving "
        "~tijd ~datum ~time ~date ~ingevuld ~moment ~verzonden ~ontvangen ~created",
        .shown = "Tijdstempel", .is_time = true},
    [BW_SIGN_UP_EMAIL] = {"email",
        "emailadres email emailaddress mail mailadres mailaddress gebruikersnaam "
        "username mailvanschool schoolmail schoolemail emailschool emailadresschool "
        "mailadresschool werkmail werkemail contactemail emailcontact emaildeelnemer "
        "emailadresdeelnemer ~mail",
        .shown = "E-mailadres", .holds = '@'},
    [BW_SIGN_UP_NAME] = {"name",
        "naam name volledigenaam fullname voorenachternaam voornaamenachternaam "
        "voornaamachternaam firstandlastname naamdeelnemer deelnemer "
        "naambrugfunctionaris naamenachternaam wie hoeheet hoeheetje hoeheetjij "
        "naamachternaam deelnemersnaam participant completename ~naam ~name",
        .shown = "Naam"},
    [BW_SIGN_UP_FIRST_NAME] = {"first_name", "voornaam firstname givenname roepnaam",
        .shown = "Voornaam"},
    [BW_SIGN_UP_INFIX] = {"infix",
        "tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels infix prefix",
        .shown = "Tussenvoegsel"},
    [BW_SIGN_UP_LAST_NAME] = {"last_name",
        "achternaam lastname surname familyname familienaam tussenvoegselenachternaam",
        .shown = "Achternaam"},
    [BW_SIGN_UP_SCHOOL] = {"school",
        "school schoolnaam naamschool naamvandeschool schoolname schoolenplaats "
        "schoolplaats naamschoolenplaats naamschoolplaats schoolorganisatie organisatie "
        "organization organisation instelling schoolinstelling schoollocatie basisschool "
        "naambasisschool werkplek schoolwerkplek schoolnaamplaats nameschool waarwerkje "
        "waarwerkjij waarwerktu werkgever naamwerkgever schoolkindcentrum "
        "naamschoolkindcentrum kindcentrum hoeheetschool hoeheetjeschool wheredoyouwork "
        "organisationname organizationname schoolorganisation schoolorganization "
        "naamorganisatie naaminstelling schoolwoonplaats naamplaatsschool werklocatie "
        "~school ~organisatie ~instelling "
        "~werkgever ~bestuur ~stichting",
        .shown = "School"},
    [BW_SIGN_UP_ROLE] = {"role",
        "functie watisjefunctie watisuwfunctie role rol functierol rolfunctie doe doeje "
        "doeschool functieschool rolschool rolbinnenschool functiebinnenschool jobtitle "
        "position function beroep taak job roleschool positionschool functienaam "
        "functieorganisatie beroepfunctie functieberoep ~functie "
        "~role ~rol",
        .shown = "Functie"},
    [BW_SIGN_UP_REGION] = {"region",
        "regio region regiogebied regioschool regionschool schoolregio schoolregion "
        "werkregio arbeidsmarktregio werkgebied regiovoorkeur "
        "~regio ~region ~provincie ~rayon ~werkgebied",
        .shown = "Regio"},
    [BW_SIGN_UP_SESSION] = {"session",
        "leerkring circle session kring bijeenkomst leerkringmeld meldleerkring "
        "leerkringdatum leerkringlocatie leerkringvoorkeur leerkringdoemee "
        "voorkeurleerkring ~kring",
        .shown = "Leerkring"},
    [BW_SIGN_UP_TABLE] = {"table", "tafel table", .shown = "Tafel"},
    [BW_SIGN_UP_ATTENTION] = {"attention", "letop attention", .shown = "Let op"},
    {.name = NULL},
};

static const char *
keep(struct bw_import *import, const char *text)
{
    const char *kept = bw_arena_text(&import->arena, text);
    import->no_memory = import->no_memory || kept == NULL;
    return kept;
}

/* ASCII, which nearly all addresses are; false where it holds anything else. */
static bool
lower_plain(char *inout_mail)
{
    for (; *inout_mail != '\0'; inout_mail++) {
        if ((unsigned char)*inout_mail >= 0x80) {
            return false;
        }
        if (*inout_mail >= 'A' && *inout_mail <= 'Z') {
            *inout_mail = (char)(*inout_mail - 'A' + 'a');
        }
    }
    return true;
}

/* Lower case alone: in an address marks and hyphens make a difference. */
char *
bw_sign_up_mail_fold(const char *mail)
{
    char *plain = strdup(mail);
    if (plain == NULL || lower_plain(plain)) {
        return plain;
    }
    free(plain);
    utf8proc_uint8_t *lower = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)mail, 0, &lower,
        UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    return length < 0 ? NULL : (char *)lower;
}

static const char *
fold_mail(struct bw_import *import, const char *mail)
{
    char *lower = bw_sign_up_mail_fold(mail);
    const char *kept = lower != NULL ? keep(import, lower) : NULL;
    import->no_memory = import->no_memory || lower == NULL;
    free(lower);
    return kept;
}

/* Characters but for what splitting a name may drop. */
static size_t
letters(const char *name)
{
    size_t count = bw_text_chars(name);
    for (; *name != '\0'; name++) {
        count -= *name == ' ' || *name == ',';
    }
    return count;
}

/* Nobody signed up after now, give or take two clocks: day and month are mistaken for
 * each other, and the row would hold a rank that isn't its own. */
static bool
read_timestamp(
    struct bw_import *import, const struct bw_csv_row *row, struct bw_sign_up *s)
{
    const int64_t clocks_apart_ms = INT64_C(3600000);
    const char *raw = bw_import_raw(import, row, BW_SIGN_UP_TIMESTAMP);
    if (raw[strspn(raw, " \t\r\n")] == '\0') {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "%s%s%s: the time of sign-up (Tijdstempel) isn't filled in", s->first_name,
            s->first_name[0] != '\0' && s->name[0] != '\0' ? " " : "", s->name);
        return false;
    }
    if (!bw_import_time(import, row, BW_SIGN_UP_TIMESTAMP, import->zone, &s->time_ms)) {
        return false;
    }
    if (s->time_ms > bw_office_now_ms(import->office) + clocks_apart_ms) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "Tijdstempel \"%.40s\" is still to come; look whether day and month changed "
            "places, and this machine's clock%s",
            raw,
            import->table.from_1904 ? bw_said("; the workbook counts days from 1904")
                                    : "");
        return false;
    }
    return true;
}

static bool
read_name(struct bw_import *import, const struct bw_csv_row *row, struct bw_sign_up *s)
{
    s->first_name = bw_import_text(import, row, BW_SIGN_UP_FIRST_NAME, BW_NAME_CHARS);
    s->name = bw_import_text(import, row, BW_SIGN_UP_LAST_NAME, BW_NAME_CHARS);
    const char *infix = bw_import_text(import, row, BW_SIGN_UP_INFIX, BW_NAME_CHARS);
    const char *full = bw_import_text(import, row, BW_SIGN_UP_NAME, BW_TITLE_CHARS);
    if (s->first_name == NULL || s->name == NULL || infix == NULL || full == NULL) {
        return false;
    }
    char first[BW_NAME_BYTES];
    char last[2 * BW_NAME_BYTES];
    if (s->first_name[0] == '\0' && s->name[0] == '\0' && full[0] != '\0') {
        bw_name_split(full, first, last);
        if (letters(full) != letters(first) + letters(last)) { /* a part was cut */
            bw_import_reject(import, row->line, BW_REJECT_INVALID,
                "Naam is too long: \"%.60s\"", full);
            return false;
        }
        s->first_name = keep(import, first);
        s->name = keep(import, last);
    } else if (infix[0] != '\0') {
        (void)snprintf(last, sizeof last, "%s %s", infix, s->name);
        if (bw_text_chars(last) > BW_NAME_CHARS) {
            bw_import_reject(import, row->line, BW_REJECT_INVALID,
                "Achternaam is too long: \"%.60s\"", last);
            return false;
        }
        s->name = keep(import, last);
    }
    if (import->no_memory) {
        return false;
    }
    if (s->first_name[0] == '\0' && s->name[0] == '\0') {
        bw_import_reject(import, row->line, BW_REJECT_INVALID, "there is no name");
        return false;
    }
    return true;
}

static const char *
shown_name(struct bw_import *import, const struct bw_sign_up *s)
{
    char both[2 * BW_NAME_BYTES];
    bool two = s->first_name[0] != '\0' && s->name[0] != '\0';
    (void)snprintf(both, sizeof both, "%s%s%s", s->first_name, two ? " " : "", s->name);
    return keep(import, both);
}

void
bw_sign_up_identity(const char *mail_fold, const char *shown, const char *school,
    char ret_identity[BW_SIGN_UP_IDENTITY_BYTES])
{
    char name[FOLD_BYTES];
    char school_fold[FOLD_BYTES] = "";
    bw_text_fold(shown, false, name, sizeof name);
    if (mail_fold[0] == '\0') {
        bw_text_fold(school, false, school_fold, sizeof school_fold);
    }
    (void)snprintf(ret_identity, BW_SIGN_UP_IDENTITY_BYTES, "%s\n%s\n%s", mail_fold, name,
        school_fold);
}

static const char *
identity_of(struct bw_import *import, const struct bw_sign_up *s)
{
    char identity[BW_SIGN_UP_IDENTITY_BYTES];
    bw_sign_up_identity(s->mail_fold, s->shown, s->school, identity);
    return keep(import, identity);
}

/* FNV-1a, 64 bits. Texts that collide by somebody's will are compared, as all were. */
static uint64_t
hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    }
    return hash;
}

static void
fold_for_likeness(struct bw_import *import, struct bw_sign_up *s)
{
    char fold[FOLD_BYTES];
    bw_likeness_fold(s->shown, fold, sizeof fold);
    s->name_fold = keep(import, fold);
    bw_likeness_fold(s->school, fold, sizeof fold);
    s->school_fold = keep(import, fold);
    s->damaged = bw_likeness_is_damaged(s->shown) || bw_likeness_is_damaged(s->school);
}

static bool
read_attention(
    struct bw_import *import, const struct bw_csv_row *row, struct bw_sign_up *s)
{
    if (import->columns.of[BW_SIGN_UP_ATTENTION] < 0) {
        return true;
    }
    s->attention = bw_import_text(import, row, BW_SIGN_UP_ATTENTION, BW_NAME_CHARS);
    return s->attention != NULL;
}

bool
bw_sign_up_read(struct bw_import *import, const struct bw_csv_row *row,
    struct bw_sign_up *ret_sign_up)
{
    struct bw_sign_up s = {.line = row->line};
    if (bw_import_is_shifted(import, row) || bw_sign_up_is_nobody(import, row) ||
        !read_name(import, row, &s) ||
        (s.mail = bw_import_text(import, row, BW_SIGN_UP_EMAIL, BW_TITLE_CHARS)) ==
            NULL ||
        (s.school = bw_import_text(import, row, BW_SIGN_UP_SCHOOL, BW_TITLE_CHARS)) ==
            NULL ||
        (s.role = bw_import_text(import, row, BW_SIGN_UP_ROLE, BW_TITLE_CHARS)) == NULL ||
        (s.region = bw_import_text(import, row, BW_SIGN_UP_REGION, BW_NAME_CHARS)) ==
            NULL ||
        (s.table = bw_import_text(import, row, BW_SIGN_UP_TABLE, BW_NAME_CHARS)) ==
            NULL ||
        !read_attention(import, row, &s) || !read_timestamp(import, row, &s)) {
        return false;
    }
    if (s.mail[0] != '\0' && !bw_sign_up_is_mail(s.mail)) {
        s.odd_mail = s.mail;
        s.mail = "";
    }
    s.mail_fold = fold_mail(import, s.mail);
    s.shown = shown_name(import, &s);
    if (!import->no_memory) {
        s.identity = identity_of(import, &s);
        s.identity_key = s.identity != NULL ? hash_of(s.identity) : 0;
        fold_for_likeness(import, &s);
    }
    if (import->no_memory) {
        return false;
    }
    *ret_sign_up = s;
    return true;
}

int64_t
bw_sign_up_latest_ms(const struct bw_import *import, const struct bw_session *session)
{
    const int64_t hour_ms = INT64_C(3600000);
    int64_t latest_ms = bw_office_now_ms(import->office) + hour_ms;
    bool over = session != NULL && session->ends_ms < latest_ms;
    return over ? session->ends_ms : latest_ms;
}

void
bw_sign_up_note_missing(struct bw_import *import)
{
    static const enum bw_sign_up_field usual[] = {
        BW_SIGN_UP_SCHOOL, BW_SIGN_UP_REGION, BW_SIGN_UP_EMAIL};
    const struct bw_columns *columns = &import->columns;
    char names[80] = "", maps[120] = "";
    bool look = columns->ignored_count > 0;
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        enum bw_sign_up_field field = usual[i];
        if (columns->of[field] < 0 && !columns->given[field] &&
            columns->near[field] == NULL) {
            size_t used = strlen(names), maps_used = strlen(maps);
            (void)snprintf(names + used, sizeof names - used, "%s%s",
                used > 0 ? ", " : "", bw_sign_up_fields[field].shown);
            (void)snprintf(maps + maps_used, sizeof maps - maps_used, " --map %s=-",
                bw_sign_up_fields[field].name);
            look = look || field != BW_SIGN_UP_REGION;
        }
    }
    if (names[0] != '\0' && look) {
        bw_import_note(import, true,
            "no column is %s: everybody goes in without. If one is, name it with --map "
            "FIELD=HEADING; if that is right, say so with%s",
            names, maps);
    }
}

/* ---- the audience ---- */

static void
drop_blanks(char *text)
{
    size_t kept = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] != ' ') {
            text[kept++] = text[i];
        }
    }
    text[kept] = '\0';
}

/* "brugfunctionarissen" is more of "brugfunctionaris". What is left of a short word would
 * be in many. */
static void
drop_plural(char *word)
{
    static const char *const ends[] = {"sen", "en", "s"};
    const size_t least = 6;
    size_t length = strlen(word);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t end = strlen(ends[i]);
        if (length >= least + end && strcmp(word + length - end, ends[i]) == 0) {
            word[length - end] = '\0';
            return;
        }
    }
}

static bool
names_word(const char *role, const char *role_joined, const char *audience)
{
    enum { LONG_BYTES = 6 }; /* a shorter one is looked for as it stands */
    char word[FOLD_BYTES];
    bw_text_fold(audience, false, word, sizeof word);
    if (strstr(role, word) != NULL) {
        return true;
    }
    drop_blanks(word);
    if (strlen(word) < LONG_BYTES) {
        return false;
    }
    if (strstr(role_joined, word) != NULL) {
        return true;
    }
    drop_plural(word);
    return strstr(role_joined, word) != NULL;
}

static bool
says_no(const char *role)
{
    static const char *const words[] = {"geen", "niet", "nooit", "no", "not", "never"};
    char each[FOLD_BYTES];
    char *rest = NULL;
    (void)snprintf(each, sizeof each, "%s", role);
    for (const char *word = strtok_r(each, " ,.;:()/", &rest); word != NULL;
         word = strtok_r(NULL, " ,.;:()/", &rest)) {
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            if (strcmp(word, words[i]) == 0) {
                return true;
            }
        }
    }
    return false;
}

enum bw_audience
bw_sign_up_audience(const struct bw_sign_up *sign_up, const struct bw_session *session)
{
    char role[FOLD_BYTES], joined[FOLD_BYTES];
    bw_text_fold(sign_up->role, false, role, sizeof role);
    (void)snprintf(joined, sizeof joined, "%s", role);
    drop_blanks(joined);
    bool any = false;
    for (const char *at = session->audience; *at != '\0';) {
        size_t length = strcspn(at, ";");
        char word[BW_TITLE_BYTES];
        (void)snprintf(word, sizeof word, "%.*s", (int)length, at);
        if (word[strspn(word, " ")] != '\0') {
            any = true;
            if (names_word(role, joined, word)) {
                return says_no(role) ? BW_AUDIENCE_DENIED : BW_AUDIENCE_IN;
            }
        }
        at += length + (at[length] == ';');
    }
    return any ? BW_AUDIENCE_OUT : BW_AUDIENCE_IN;
}

int
bw_sign_up_compare_person(const void *a, const void *b)
{
    const struct bw_sign_up *left = a;
    const struct bw_sign_up *right = b;
    if (left->session_no != right->session_no) {
        return left->session_no < right->session_no ? -1 : 1;
    }
    if (left->identity_key != right->identity_key) {
        return left->identity_key < right->identity_key ? -1 : 1;
    }
    int order = strcmp(left->identity, right->identity);
    if (order == 0) {
        order = (left->time_ms > right->time_ms) - (left->time_ms < right->time_ms);
    }
    return order != 0 ? order : (left->line > right->line) - (left->line < right->line);
}
