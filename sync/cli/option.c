/* The options: see option.h. */
#include "cli/option.h"

#include <brugwachter/said.h>
#include <string.h>

const struct bw_option_row bw_option_rows[BW_OPTIONS] = {
    [BW_OPTION_CENTRAL] = {"central", "URI",
        BW_SAYS("the central database: sqlite:PATH or postgresql://…"), false},
    [BW_OPTION_STORE] = {"store", "FILE", BW_SAYS("the store of this kiosk"), false},
    [BW_OPTION_SESSION] = {"session", "S", BW_SAYS("code of a session: GRO-2025-03-18"),
        false},
    [BW_OPTION_SERIES] = {"series", "X", BW_SAYS("code of a series"), false},
    [BW_OPTION_OUT] = {"out", "PATH", BW_SAYS("where the result is written"), false},
    [BW_OPTION_NAME] = {"name", "NAME", BW_SAYS("what the kiosk is called"), false},
    [BW_OPTION_DEVICE] = {"device", "N", BW_SAYS("number of the kiosk"), false},
    [BW_OPTION_PIN_FILE] = {"pin-file", "F",
        BW_SAYS("file with the staff PIN: 6 digits; or new"), false},
    [BW_OPTION_PHRASE_FILE] = {"phrase-file", "F",
        BW_SAYS("file with the phrase of a backup: 20 characters or more"), false},
    [BW_OPTION_FROM] = {"from", "FILE",
        BW_SAYS("a letter, or a folder of them, that came by USB"), false},
    [BW_OPTION_WHY] = {"why", "TEXT", BW_SAYS("the reason; it stays in the office"),
        false},
    [BW_OPTION_SCHOOLS] = {"schools", "N",
        BW_SAYS("how many schools there are to be reached: 1100"), false},
    [BW_OPTION_PUBLIC] = {"public", NULL,
        BW_SAYS("without names, and with counts under 5 hidden: fit to be published"),
        false},
    [BW_OPTION_COUNT] = {"count", "N", BW_SAYS("how many at most"), false},
    [BW_OPTION_STARTS] = {"starts", "TIME",
        BW_SAYS("when it begins, by the venue's clock: \"2025-03-25 13:30\""), false},
    [BW_OPTION_ENDS] = {"ends", "TIME", BW_SAYS("when it ends"), false},
    [BW_OPTION_VENUE] = {"venue", "TEXT", BW_SAYS("the place's name"), false},
    [BW_OPTION_ADDRESS] = {"address", "TEXT", BW_SAYS("the place's address"), false},
    [BW_OPTION_VENUE_PHONE] = {"venue-phone", "TEXT",
        BW_SAYS("whom the office calls at the place, for itself: number and name"),
        false},
    [BW_OPTION_NEW] = {"new", NULL, BW_SAYS("only who has no ticket in that folder yet"),
        false},
    [BW_OPTION_YES] = {"yes", NULL, BW_SAYS("what the program asked about is right"),
        false},
    [BW_OPTION_CHECK] = {"check", NULL,
        BW_SAYS("shows what would change, and changes nothing"), false},
    [BW_OPTION_BEFORE] = {"before", "DATE",
        BW_SAYS("sessions that ended before: 2025-09-01"), false},
    [BW_OPTION_RETENTION_DAYS] = {"retention-days", "N",
        BW_SAYS("how long personal data is kept after a session ended: 365"), false},
    [BW_OPTION_BACKUP_DAYS] = {"backup-days", "N",
        BW_SAYS("reminds of a backup that long after the last one: 7; 0: never"), false},
    [BW_OPTION_MAP] = {"map", "FIELD=HEADING",
        BW_SAYS("reads FIELD from the column HEADING; may be repeated"), false},
    [BW_OPTION_ALIAS] = {"alias", "SPELLING=NAME",
        BW_SAYS("another word for a region, or for a circle; may be repeated"), false},
    [BW_OPTION_DATES] = {"dates", "dmy|mdy",
        BW_SAYS("what a date begins with, day or month, where the file doesn't tell"),
        false},
    [BW_OPTION_SKIP] = {"skip", "N[.FIELD][,N…]",
        BW_SAYS("lines of the file that stay out, or fields of them; the heading is 1"),
        false},
    [BW_OPTION_CARRIER] = {"carrier", "URI",
        BW_SAYS("how a kiosk's letters go: folder:PATH, webdavs://HOST/FOLDER, "
                "s3://BUCKET/PREFIX or postgresql://HOST/DATABASE; may be repeated"),
        false},
    [BW_OPTION_KEY_FILE] = {"key-file", "FILE",
        BW_SAYS("the organiser's secret keys (PATH.key beside sqlite:PATH)"), false},
    [BW_OPTION_NETRC_FILE] = {"netrc-file", "FILE",
        BW_SAYS("logins of carriers on the web, as curl "
                "reads them (PATH.netrc beside sqlite:PATH)"),
        true},
    [BW_OPTION_LAN] = {"lan", "on|off",
        BW_SAYS(
            "letters straight to the other kiosks of the session on this network: on"),
        false},
    [BW_OPTION_LAN_PORT] = {"lan-port", "N",
        BW_SAYS("where they are served: 47117, or any where that is taken"), false},
    [BW_OPTION_LAN_PEERS] = {"lan-peers", "LIST",
        BW_SAYS("addresses of the others, where they can't be found: "
                "\"192.168.1.20, balie.local:47117\""),
        false},
    [BW_OPTION_ORGANISER] = {"organiser", "TEXT",
        BW_SAYS("who organises, as screens show it"), false},
    [BW_OPTION_PHONE] = {"phone", "TEXT",
        BW_SAYS("number that screens tell people to call"), false},
    [BW_OPTION_PRIVACY_URL] = {"privacy-url", "URL", BW_SAYS("the privacy statement"),
        false},
    [BW_OPTION_TO] = {"to", "FILE",
        BW_SAYS("the list of a mail merge, to be written: .xlsx, or CSV"), false},
    [BW_OPTION_SEND] = {"send", NULL, BW_SAYS("sends by a mail server"), false},
    [BW_OPTION_SENT] = {"sent", NULL, BW_SAYS("lists what went to whom"), false},
    [BW_OPTION_NOT_SENT] = {"not-sent", NULL,
        BW_SAYS("what was written or said last never went: it is due again"), false},
    [BW_OPTION_PENDING] = {"pending", NULL,
        BW_SAYS("what is written counts as told once \"mail gone\" says that it went"),
        false},
    [BW_OPTION_TOLD] = {"told", "WHO", BW_SAYS("who was told by phone, or in person"),
        false},
    [BW_OPTION_LANGUAGE] = {"language", "nl|en",
        BW_SAYS("of what people get: nl; of what is answered: that of your locale"),
        true},
    [BW_OPTION_CSV] = {"csv", "nl|en",
        BW_SAYS(
            "whose Excel opens the CSV by a double click: nl has semicolons, en commas"),
        false},
    [BW_OPTION_MAIL_FROM] = {"mail-from", "ADDRESS",
        BW_SAYS("the organiser's, which mails come from; kept"), false},
    [BW_OPTION_CONTACT] = {"contact", "NAME", BW_SAYS("whom people ask for; kept"),
        false},
    [BW_OPTION_SMTP] = {"smtp", "URL",
        BW_SAYS("the mail server: smtp://HOST:587 (STARTTLS) or smtps://HOST:465"),
        false},
    [BW_OPTION_SMTP_USER] = {"smtp-user", "NAME", BW_SAYS("login of the mail server"),
        false},
    [BW_OPTION_SMTP_PASSWORD_FILE] = {"smtp-password-file", "FILE",
        BW_SAYS("its password, in the first line; only you may read it"), false},
    [BW_OPTION_SMTP_TOKEN_COMMAND] = {"smtp-token-command", "WORDS",
        BW_SAYS("or a command that prints a token (XOAUTH2)"), false},
    [BW_OPTION_PACE] = {"pace", "N", BW_SAYS("mails a minute at most: 30"), false},
    [BW_OPTION_LISTEN] = {"listen", "ADDRESS:PORT",
        BW_SAYS("where the desk is, on this machine: 127.0.0.1:0, a port that is free"),
        false},
    [BW_OPTION_NO_BROWSER] = {"no-browser", NULL,
        BW_SAYS("prints the desk's link, and opens nothing"), false},
    [BW_OPTION_BASE_URL] = {"base-url", "URL",
        BW_SAYS("the desk's address at a reverse proxy: https://desk.school.nl"), false},
    [BW_OPTION_PASSWORD_FILE] = {"password-file", "FILE",
        BW_SAYS("the desk's password, in the first line; only you may read it"), false},
    [BW_OPTION_AS] = {"as", "NAME", BW_SAYS("who does it, for log: the machine's user"),
        true},
    [BW_OPTION_SETTINGS] = {"settings", "DIR",
        BW_SAYS("folder of settings files (*.ini): /etc/brugwachter"), true},
    [BW_OPTION_CLOCK] = {"clock", "TIME",
        BW_SAYS("the wall clock at start: 2025-03-18T13:10:00 (for tests)"), true},
    [BW_OPTION_JSON] = {"json", NULL, BW_SAYS("the result for programs"), true},
    [BW_OPTION_HELP] = {"help", NULL, BW_SAYS("this help"), true},
    [BW_OPTION_VERSION] = {"version", NULL, BW_SAYS("the version"), true},
};

int
bw_option_of_name(const char *name, size_t length)
{
    for (int i = 0; i < BW_OPTIONS; i++) {
        if (strlen(bw_option_rows[i].name) == length &&
            strncmp(bw_option_rows[i].name, name, length) == 0) {
            return i;
        }
    }
    return -1;
}

int
bw_option_find(const char *name)
{
    return bw_option_of_name(name, strlen(name));
}

bool
bw_option_is_switch(enum bw_option option)
{
    return bw_option_rows[option].value == NULL;
}

uint64_t
bw_options_needed(const struct bw_sync_command *command)
{
    uint64_t needed = command->requires;
    switch (command->needs) {
    case BW_NEEDS_NOTHING:
    case BW_NEEDS_CENTRAL_IF_THERE:
    case BW_NEEDS_EITHER:
        break;
    case BW_NEEDS_CENTRAL:
    case BW_NEEDS_CENTRAL_NEW:
        needed |= BW_TAKES(BW_OPTION_CENTRAL);
        break;
    case BW_NEEDS_STORE:
        needed |= BW_TAKES(BW_OPTION_STORE);
        break;
    }
    return needed;
}

uint64_t
bw_options_allowed(const struct bw_sync_command *command)
{
    uint64_t allowed = command->takes | bw_options_needed(command);
    if (command->needs == BW_NEEDS_EITHER) {
        allowed |= BW_TAKES(BW_OPTION_CENTRAL) | BW_TAKES(BW_OPTION_STORE);
    }
    for (int i = 0; i < BW_OPTIONS; i++) {
        if (bw_option_rows[i].global) {
            allowed |= BW_TAKES(i);
        }
    }
    return allowed;
}
