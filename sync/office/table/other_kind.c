/* Files that are something else: see other_kind.h. */
#include "office/table/other_kind.h"

#include <brugwachter/said.h>
#include <string.h>
#include <strings.h>

#define OLD_PACKAGE "\xd0\xcf\x11\xe0" /* of Excel before 2007, and of what it encrypts */

struct signature {
    const char *bytes;
    size_t length;
    const char *what;
};

static const struct signature signatures[] = {
    {"%PDF", 4,
        BW_SAYS(
            "it is a PDF and no table; export the answers as CSV (UTF-8) and try again")},
    {"SQLite format 3", 15,
        BW_SAYS("it is a database and no CSV; save it as CSV (UTF-8) and try again")},
    {"\x1f\x8b", 2, BW_SAYS("it is packed (gzip); unpack it and try again")},
    {"Rar!", 4, BW_SAYS("it is a RAR archive; unpack it and import the file in it")},
    {"7z\xbc\xaf", 4, BW_SAYS("it is a 7z archive; unpack it and import the file in it")},
};

/* "EncryptedPackage", in UTF-16, is the name of what it holds. */
static const char *
old_package(const unsigned char *bytes, size_t length)
{
    static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    return memmem(bytes, length, encrypted, sizeof encrypted) != NULL
               ? bw_said("it is a workbook with a password; open "
                         "it, save it without one, and try again")
               : bw_said("it is an old Excel workbook (.xls); open it in a spreadsheet "
                         "program, save it as XLSX or CSV (UTF-8), and try again");
}

/* What stands first, behind a mark and blanks, whatever its case. */
static bool
begins(const unsigned char *bytes, size_t length, const char *word)
{
    size_t at = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < length && strchr(" \t\r\n", bytes[at]) != NULL && bytes[at] != '\0') {
        at++;
    }
    return length - at >= strlen(word) &&
           strncasecmp((const char *)bytes + at, word, strlen(word)) == 0;
}

static const char *
marked_up(const unsigned char *bytes, size_t length)
{
    static const char *const tags[] = {
        "<!doctype html", "<html", "<head", "<body", "<meta", "<table", "<style"};
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        if (begins(bytes, length, tags[i])) {
            return bw_said(
                "it is a web page, whatever its name says; open it in a spreadsheet "
                "program, save it as XLSX or CSV (UTF-8), and try again");
        }
    }
    return begins(bytes, length, "<?xml")
               ? bw_said(
                     "it is XML and no CSV; open it in a spreadsheet program, save it "
                     "as XLSX or CSV (UTF-8), and try again")
               : NULL;
}

const char *
bw_table_file_other(const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
        const struct signature *s = &signatures[i];
        if (length >= s->length && memcmp(bytes, s->bytes, s->length) == 0) {
            return bw_said(s->what);
        }
    }
    if (length >= 4 && memcmp(bytes, OLD_PACKAGE, 4) == 0) {
        return old_package(bytes, length);
    }
    return marked_up(bytes, length);
}

const char *
bw_table_file_other_archive(struct bw_archive *archive)
{
    static const struct {
        const char *member;
        const char *what;
    } kinds[] = {
        {"content.xml",
            BW_SAYS(
                "it is an OpenDocument file (.ods); open it in a spreadsheet program, "
                "save it as XLSX or CSV (UTF-8), and try again")},
        {"xl/workbook.bin",
            BW_SAYS("it is a binary workbook (.xlsb); open it in a spreadsheet program, "
                    "save it as XLSX or CSV (UTF-8), and try again")},
        {"Index/Document.iwa",
            BW_SAYS("it is a file of Numbers; export it as CSV or Excel and try again")},
        {"Index.zip",
            BW_SAYS("it is a file of Numbers; export it as CSV or Excel and try again")},
        {"word/document.xml",
            BW_SAYS(
                "it is a text of Word and no table; open it in a spreadsheet program, "
                "save it as XLSX or CSV (UTF-8), and try again")},
        {"ppt/presentation.xml",
            BW_SAYS(
                "it is a presentation and no table; open it in a spreadsheet program, "
                "save it as XLSX or CSV (UTF-8), and try again")},
    };
    for (int i = 0; i < bw_archive_count(archive); i++) {
        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
            if (strcmp(bw_archive_name(archive, i), kinds[k].member) == 0) {
                return bw_said(kinds[k].what);
            }
        }
    }
    return NULL;
}
