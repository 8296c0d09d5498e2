/* Headings as people word them: see heading.h. */
#include "office/table/heading.h"

#include <brugwachter/text.h>
#include <ctype.h>
#include <stddef.h>
#include <string.h>

enum { NEAR_LETTERS_MIN = 6, NEAR_EDITS = 2, KEY_LETTERS_MAX = 40 };

static const char silent[] =
    "wat is je jouw uw u jij jullie de het een der van op in bij welke welk waar waarin "
    "werk werkt werken werkzaam bent ben en of voor aan graag vul hier svp aub verplicht "
    "optioneel indien van toepassing uit kom komt naar wil wilt zou bijwonen willen "
    "kunnen we bereiken bereikbaar kies maak keuze zakelijk zakelijke mijn huidige "
    "binnen hoort hoor staat ligt valt onder deelnemer aanmelder brugfunctionaris what "
    "which where is are my your you s the a an of at for in within do and or to from "
    "with work working attend would like join can reach please select choose required "
    "optional current participant attendee";

static bool
is_letter(char c)
{
    return isalnum((unsigned char)c) != 0 || (unsigned char)c >= 0x80;
}

static bool
is_among(const char *words, const char *word, size_t length)
{
    while (*words != '\0' && length > 0) {
        size_t next = strcspn(words, " ");
        if (next == length && strncmp(words, word, length) == 0) {
            return true;
        }
        words += next + strspn(words + next, " ");
    }
    return false;
}

void
bw_heading_key(const char *heading, char ret_key[BW_HEADING_BYTES])
{
    size_t kept = 0;
    bw_text_fold(heading, false, ret_key, BW_HEADING_BYTES);
    for (size_t i = 0; ret_key[i] != '\0'; i++) {
        if (is_letter(ret_key[i])) {
            ret_key[kept++] = ret_key[i];
        }
    }
    ret_key[kept] = '\0';
}

/* Blanks over what stands in brackets; a bracket that never closes stays. */
static void
brackets_drop(char *inout_text)
{
    for (char *open = strchr(inout_text, '('); open != NULL; open = strchr(open, '(')) {
        char *close = strchr(open, ')');
        if (close == NULL) {
            return;
        }
        memset(open, ' ', (size_t)(close - open) + 1);
    }
}

void
bw_heading_core(const char *heading, char ret_key[BW_HEADING_BYTES])
{
    char text[BW_HEADING_BYTES];
    size_t kept = 0;
    bw_text_fold(heading, false, text, sizeof text);
    brackets_drop(text);
    for (const char *at = text; *at != '\0';) {
        size_t length = 0;
        while (is_letter(at[length])) {
            length++;
        }
        if (!is_among(silent, at, length)) {
            memcpy(ret_key + kept, at, length);
            kept += length;
        }
        at += length + (at[length] != '\0' && length == 0);
    }
    ret_key[kept] = '\0';
}

bool
bw_heading_is(const char *keys, const char *heading)
{
    char key[BW_HEADING_BYTES];
    bw_heading_key(heading, key);
    if (is_among(keys, key, strlen(key))) {
        return true;
    }
    bw_heading_core(heading, key);
    return is_among(keys, key, strlen(key));
}

/* How many letters one is from the other, added, left out or changed; `most` + 1 for
 * more, and for what is too long to be compared. */
static int
edits(const char *one, size_t one_bytes, const char *other, int most)
{
    int row[KEY_LETTERS_MAX + 1] = {0};
    size_t other_bytes = strlen(other);
    if (one_bytes > KEY_LETTERS_MAX || other_bytes > KEY_LETTERS_MAX) {
        return most + 1;
    }
    for (size_t j = 0; j <= other_bytes; j++) {
        row[j] = (int)j;
    }
    for (size_t i = 0; i < one_bytes; i++) {
        int corner = row[0];
        row[0] = (int)i + 1;
        for (size_t j = 0; j < other_bytes; j++) {
            int change = corner + (one[i] != other[j]);
            int step = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;
            corner = row[j + 1];
            row[j + 1] = change < step ? change : step;
        }
    }
    return row[other_bytes];
}

/* Questions about something else of the same things: the school's phone, the principal's
 * name. */
static bool
asks_for_other(const char *keys, const char *key)
{
    static const char *const words[] = {"telefoon", "mobiel", "phone", "postcode",
        "straat", "huisnummer", "website", "brin", "iban", "aantal", "hoelang", "hoeveel",
        "leidinggevende", "directeur", "leerling", "ouder", "collega", "dieet",
        "allergie", "opmerking", "toelichting", "motivatie", "vraag", "geboorte",
        "akkoord", "toestemming", "adres", "address"};
    enum { ADDRESSES = 2 }; /* at the end: a mail's is one */
    size_t count = sizeof words / sizeof words[0];
    bool mail = strstr(keys, "~mail") != NULL;
    for (size_t i = 0; i < count - (mail ? ADDRESSES : 0); i++) {
        if (strstr(key, words[i]) != NULL) {
            return true;
        }
    }
    return false;
}

bool
bw_heading_is_near(const char *keys, const char *heading)
{
    char key[BW_HEADING_BYTES] = "", core[BW_HEADING_BYTES] = "";
    bw_heading_key(heading, key);
    bw_heading_core(heading, core);
    if (asks_for_other(keys, key)) {
        return false;
    }
    for (const char *word = keys; *word != '\0';) {
        size_t length = strcspn(word, " ");
        bool near = word[0] == '~'
                        ? memmem(key, strlen(key), word + 1, length - 1) != NULL
                        : length >= NEAR_LETTERS_MIN &&
                              edits(word, length, core, NEAR_EDITS) <= NEAR_EDITS;
        if (near) {
            return true;
        }
        word += length + strspn(word + length, " ");
    }
    return false;
}
