/* The sentences of a mail: see letter_words.h. */
#include "office/mail/letter_words.h"

#include "central/when.h"

#include <brugwachter/zone.h>
#include <stdio.h>

static const char *const words[][BW_WORDING_LANGUAGES] = {
    [BW_LETTER_TEXT_HI] = {"Dag {first},", "Hello {first},"},
    [BW_LETTER_TEXT_TICKET_S] = {"Je ticket voor {title} op {date}",
        "Your ticket for {title} on {date}"},
    [BW_LETTER_TEXT_TICKET_H] = {"Je hebt een plek", "You have a place"},
    [BW_LETTER_TEXT_TICKET_P] = {"Fijn dat je komt. Dit is je ticket. Laat deze QR-code "
                                 "bij de deur zien, op je telefoon of op papier.",
        "Good that you are coming. This is your ticket. Show this QR code at the door, "
        "on your phone or on paper."},
    [BW_LETTER_TEXT_PLACE_S] = {"Er is plek: je nieuwe ticket voor {title}",
        "There is room: your new ticket for {title}"},
    [BW_LETTER_TEXT_PLACE_H] = {"Goed nieuws: je hebt nu een plek",
        "Good news: you now have a place"},
    [BW_LETTER_TEXT_PLACE_P] = {"Je stond op de wachtlijst. Iemand kan niet, dus jij "
                                "kunt komen. Gebruik dit nieuwe ticket. Je oude werkt "
                                "niet meer.",
        "You were on the waiting list. Someone can’t come, so you can. Use this new "
        "ticket. Your old one no longer works."},
    [BW_LETTER_TEXT_PLACE_SOON_P] = {"Kun je toch niet? Laat het dan vandaag nog weten.",
        "Can’t you make it after all? Please tell us today."},
    [BW_LETTER_TEXT_MOVED_S] = {"Veranderd: je gaat naar {title} op {date}",
        "Changed: you are going to {title} on {date}"},
    [BW_LETTER_TEXT_MOVED_H] = {"Je kring is veranderd", "Your circle has changed"},
    [BW_LETTER_TEXT_MOVED_P] = {"Je plek gaat mee. Gebruik dit nieuwe ticket. Je oude "
                                "werkt niet meer.",
        "Your place moves with you. Use this new ticket. Your old one no longer works."},
    [BW_LETTER_TEXT_MOVED_SAME_P] = {"Je plek gaat mee. Je ticket blijft hetzelfde; hier "
                                     "staat het nog eens.",
        "Your place moves with you. Your ticket stays the same; here it is again."},
    [BW_LETTER_TEXT_MOVED_WAIT_P] = {"Je staat nog op de wachtlijst, als nummer {n}. "
                                     "Komt er een plek vrij? Dan mailen we je een nieuw "
                                     "ticket.",
        "You are still on the waiting list, as number {n}. Does a place come free? Then "
        "we will mail you a new ticket."},
    [BW_LETTER_TEXT_WAS] = {"Niet meer: {was}", "No longer: {was}"},
    [BW_LETTER_TEXT_OFF_S] = {"Gaat niet door: {title} op {date}",
        "Cancelled: {title} on {date}"},
    [BW_LETTER_TEXT_OFF_H] = {"{title} gaat niet door", "{title} is cancelled"},
    [BW_LETTER_TEXT_OFF_P] = {"Het spijt ons. De kring van {date} gaat niet door. Je "
                              "ticket werkt niet meer.",
        "We are sorry. The circle on {date} will not take place. Your ticket no longer "
        "works."},
    [BW_LETTER_TEXT_OFF_ELSE_P] = {"Wil je naar een andere kring? Antwoord op deze mail. "
                                   "Dan zoeken we samen een plek.",
        "Would you like to go to another circle? Reply to this mail. We will find a "
        "place together."},
    [BW_LETTER_TEXT_OUT_S] = {"Afgemeld: {title} op {date}",
        "No longer signed up: {title} on {date}"},
    [BW_LETTER_TEXT_OUT_H] = {"Je bent afgemeld", "You are no longer signed up"},
    [BW_LETTER_TEXT_OUT_P] = {"Je staat niet meer op de lijst voor {title} op {date}. Je "
                              "ticket werkt niet meer.",
        "You are no longer on the list for {title} on {date}. Your ticket no longer "
        "works."},
    [BW_LETTER_TEXT_OUT_ELSE_P] = {"Klopt dit niet, of wil je naar een andere kring? "
                                   "Antwoord op deze mail.",
        "Is this wrong, or would you like to go to another circle? Reply to this mail."},
    [BW_LETTER_TEXT_WAIT_S] = {"Je staat op de wachtlijst voor {title}: nummer {n}",
        "You are on the waiting list for {title}: number {n}"},
    [BW_LETTER_TEXT_WAIT_H] = {"Je bent nummer {n} op de wachtlijst",
        "You are number {n} on the waiting list"},
    [BW_LETTER_TEXT_WAIT_SORRY_P] = {"Het spijt ons. We schreven dat je een plek hebt, "
                                     "maar die is er niet. Je oude ticket geeft geen "
                                     "plek meer.",
        "We are sorry. We wrote that you have a place, but you don’t. Your old ticket "
        "no longer gives you one."},
    [BW_LETTER_TEXT_WAIT_P] = {"Alle {cap} plekken zijn nu bezet. Komt er een plek vrij? "
                               "Dan mailen we je een nieuw ticket. Je hoeft niets te "
                               "doen.",
        "All {cap} places are taken now. Does a place come free? Then we will mail you a "
        "new ticket. You don’t need to do anything."},
    [BW_LETTER_TEXT_WAIT_COME_P] = {"Kom je toch langs? Neem dan deze code mee. Aan de "
                                    "deur gaat de wachtlijst op volgorde.",
        "Coming anyway? Then bring this code. At the door the waiting list goes in "
        "order."},
    [BW_LETTER_TEXT_RENEWED_S] = {"Je ticket voor {title} op {date}",
        "Your ticket for {title} on {date}"},
    [BW_LETTER_TEXT_RENEWED_H] = {"Dit is je nieuwste ticket",
        "This is your newest ticket"},
    [BW_LETTER_TEXT_RENEWED_P] = {"Laat deze QR-code bij de deur zien, op je telefoon of "
                                  "op papier.",
        "Show this QR code at the door, on your phone or on paper."},
    [BW_LETTER_TEXT_CERTIFICATE_S] = {"Je bewijs van deelname: {title}",
        "Your certificate of attendance: {title}"},
    [BW_LETTER_TEXT_CERTIFICATE_H] = {"Bedankt dat je er was", "Thank you for coming"},
    [BW_LETTER_TEXT_CERTIFICATE_P] = {"Je bewijs van deelname zit bij deze mail, als "
                                      "pdf.",
        "Your certificate of attendance is attached to this mail as a PDF."},
    [BW_LETTER_TEXT_CERTIFICATE_WRONG_P] = {"Klopt er iets niet? Antwoord op deze mail.",
        "Is something wrong? Reply to this mail."},
    [BW_LETTER_TEXT_WHEN] = {"Wanneer", "When"},
    [BW_LETTER_TEXT_WHEN_P] = {"{day}, {from} – {to} uur.", "{day}, {from} – {to}."},
    [BW_LETTER_TEXT_WHEN_DOORS_P] = {"{day}, {from} – {to} uur. Deur open om {doors} "
                                     "uur.",
        "{day}, {from} – {to}. Doors open at {doors}."},
    [BW_LETTER_TEXT_WHERE] = {"Waar", "Where"},
    [BW_LETTER_TEXT_TABLE] = {"Tafel", "Table"},
    [BW_LETTER_TEXT_CODE] = {"Je code", "Your code"},
    [BW_LETTER_TEXT_ALT] = {"QR-code van je ticket. Je code is {code}.",
        "QR code of your ticket. Your code is {code}."},
    [BW_LETTER_TEXT_WITH_TICKET] = {"Bij deze mail: je ticket als pdf en een afspraak "
                                    "voor je agenda.",
        "With this mail: your ticket as a PDF and an appointment for your calendar."},
    [BW_LETTER_TEXT_WITH_OUT] = {"Bij deze mail: een afspraak die de kring uit je agenda "
                                 "haalt.",
        "With this mail: an appointment that takes the circle out of your calendar."},
    [BW_LETTER_TEXT_WITH_WAIT] = {"Bij deze mail: je wachtlijstticket als pdf.",
        "With this mail: your waiting-list ticket as a PDF."},
    [BW_LETTER_TEXT_CANT] = {"Kun je niet? Antwoord op deze mail, of bel {who}: {phone}. "
                             "Dan is er plek voor iemand op de wachtlijst.",
        "Can’t come? Reply to this mail, or call {who}: {phone}. Then someone on the "
        "waiting list can have your place."},
    [BW_LETTER_TEXT_CANT_NO_PHONE] = {"Kun je niet? Antwoord op deze mail. Dan is er "
                                      "plek voor iemand op de wachtlijst.",
        "Can’t come? Reply to this mail. Then someone on the waiting list can have your "
        "place."},
    [BW_LETTER_TEXT_QUIT] = {"Wil je niet meer wachten? Antwoord op deze mail, of bel "
                             "{who}: {phone}.",
        "Don’t want to wait any longer? Reply to this mail, or call {who}: {phone}."},
    [BW_LETTER_TEXT_QUIT_NO_PHONE] = {"Wil je niet meer wachten? Antwoord op deze mail.",
        "Don’t want to wait any longer? Reply to this mail."},
    [BW_LETTER_TEXT_CANT_LINK] = {"Ik kan niet", "I can’t come"},
    [BW_LETTER_TEXT_CANT_SUBJECT] = {"Ik kan niet: {session}, {code}",
        "I can’t come: {session}, {code}"},
    [BW_LETTER_TEXT_QUIT_LINK] = {"Ik wil niet meer wachten", "I no longer wait"},
    [BW_LETTER_TEXT_QUIT_SUBJECT] = {"Ik wacht niet meer: {session}, {code}",
        "I no longer wait: {session}, {code}"},
    [BW_LETTER_TEXT_NEWEST] = {"Gebruik alleen het ticket uit je laatste mail.",
        "Use only the ticket in your latest mail."},
    [BW_LETTER_TEXT_FOOT] = {"Je krijgt deze mail omdat je je hebt aangemeld.",
        "You receive this mail because you signed up."},
    [BW_LETTER_TEXT_FOOT_PRIVACY] = {"Je krijgt deze mail omdat je je hebt aangemeld. "
                                     "Meer over je gegevens: {privacy}",
        "You receive this mail because you signed up. More about your data: {privacy}"},
    [BW_LETTER_TEXT_CALENDAR] = {"Je ticket staat in je mail. Deur open om {doors} uur.",
        "Your ticket is in your mail. Doors open at {doors}."},
    [BW_LETTER_TEXT_CALENDAR_CALL] = {"Je ticket staat in je mail. Deur open om {doors} "
                                      "uur. Kun je niet? Bel {who}: {phone}",
        "Your ticket is in your mail. Doors open at {doors}. Can’t come? Call {who}: "
        "{phone}"},
};

const char *
bw_letter_text_word(enum bw_wording_language language, enum bw_letter_text_word word)
{
    return words[word][language];
}

/* ---- when ---- */

enum bw_status
bw_letter_text_when(enum bw_wording_language language, const char *timezone,
    int64_t at_ms, struct bw_letter_text_when *ret_when, struct bw_error *err)
{
    struct bw_zone *zone = NULL;
    struct bw_civil at;
    enum bw_status status = bw_zone_open(timezone, &zone, err);
    if (status != BW_OK) {
        return status;
    }
    bw_zone_to_civil(zone, at_ms, &at);
    bw_zone_close(zone);
    (void)snprintf(ret_when->date, sizeof ret_when->date, "%s %d %s",
        bw_when_day_name(language, at.weekday), at.day,
        bw_when_month_name(language, at.month));
    (void)snprintf(ret_when->time, sizeof ret_when->time, "%02d.%02d", at.hour % 100,
        at.minute % 100);
    ret_when->year = at.year;
    return BW_OK;
}
