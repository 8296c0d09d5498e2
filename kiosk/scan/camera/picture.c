/* Picture files to pixels by SDL2_image: see picture.h. */
#include "picture.h"

#include "picture_plain.h"

#include <brugwachter/said.h>
#include <SDL_image.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum bw_status
check_file(int fd, size_t *ret_count, struct bw_error *err)
{
    struct stat about;
    if (fstat(fd, &about) != 0) {
        return bw_error_set(err, BW_IO, errno, "%s", bw_said(strerror(errno)));
    }
    if (!S_ISREG(about.st_mode)) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "it is no file");
    }
    if (about.st_size > BW_PICTURE_BYTES_MAX) {
        return bw_error_set(err, BW_FULL, 0,
            "it is over the limit of %d MB for a picture; make it smaller",
            BW_PICTURE_BYTES_MAX / (1024 * 1024));
    }
    *ret_count = (size_t)about.st_size;
    return BW_OK;
}

static enum bw_status
read_bytes(int fd, struct bw_picture_file *file, struct bw_error *err)
{
    size_t have = 0;
    while (have < file->count) {
        ssize_t got = read(fd, file->bytes + have, file->count - have);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return bw_error_set(err, BW_IO, errno, "%s", bw_said(strerror(errno)));
        }
        if (got == 0) {
            break;
        }
        have += (size_t)got;
    }
    file->count = have;
    return BW_OK;
}

enum bw_status
bw_picture_read(const char *path, struct bw_picture_file *ret_file, struct bw_error *err)
{
    /* NONBLOCK: a pipe that somebody put there doesn't hold us up. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        enum bw_status status = errno == ENOENT ? BW_NOT_FOUND : BW_IO;
        return bw_error_set(err, status, errno, "%s", bw_said(strerror(errno)));
    }
    struct bw_picture_file file = {0};
    enum bw_status status = check_file(fd, &file.count, err);
    if (status == BW_OK) {
        file.bytes = malloc(file.count + 1);
        status = file.bytes != NULL ? read_bytes(fd, &file, err)
                                    : bw_error_set(err, BW_NO_MEMORY, ENOMEM,
                                          "there is no memory for it");
    }
    (void)close(fd);
    if (status == BW_OK) {
        *ret_file = file;
    } else {
        bw_picture_file_finish(&file);
    }
    return status;
}

void
bw_picture_file_finish(struct bw_picture_file *file)
{
    if (file != NULL) {
        free(file->bytes);
        *file = (struct bw_picture_file){0};
    }
}

/* Any surface as opaque 32-bit pixels on white; takes it. */
static SDL_Surface *
on_paper(SDL_Surface *take_surface)
{
    if (take_surface == NULL || take_surface->format->format == SDL_PIXELFORMAT_RGB888) {
        return take_surface;
    }
    SDL_Surface *paper = SDL_CreateRGBSurfaceWithFormat(
        0, take_surface->w, take_surface->h, 32, SDL_PIXELFORMAT_RGB888);
    if (paper != NULL && (SDL_FillRect(paper, NULL, 0xffffff) != 0 ||
                             SDL_BlitSurface(take_surface, NULL, paper, NULL) != 0)) {
        SDL_FreeSurface(paper);
        paper = NULL;
    }
    SDL_FreeSurface(take_surface);
    return paper;
}

/* Decodes what is known to end. */
static enum bw_status
draw_plain(const struct bw_picture_file *file, const char *kind, struct bw_raster *raster,
    struct bw_error *err)
{
    SDL_RWops *from = SDL_RWFromConstMem(file->bytes, (int)file->count);
    SDL_Surface *surface =
        from == NULL ? NULL : on_paper(IMG_LoadTyped_RW(from, 1, kind));
    if (surface == NULL || surface->w < 1 || surface->h < 1) {
        SDL_FreeSurface(surface);
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "it is damaged (%s); save it again", SDL_GetError());
    }
    bw_raster_from_rgb(
        raster, surface->pixels, surface->w, surface->h, (size_t)surface->pitch);
    SDL_FreeSurface(surface);
    return BW_OK;
}

enum bw_status
bw_picture_draw(
    const struct bw_picture_file *file, struct bw_raster *raster, struct bw_error *err)
{
    struct bw_picture_about about;
    struct bw_picture_file plain = {0};
    enum bw_status status = bw_picture_look(file, &about, err);
    if (status == BW_OK && strcmp(about.kind, "PNG") == 0) {
        status = bw_picture_plain_png(file, &plain, err);
        file = &plain;
    } else if (status == BW_OK && strcmp(about.kind, "JPG") == 0) {
        status = bw_picture_check_jpeg(file, err);
    }
    if (status == BW_OK) {
        status = draw_plain(file, about.kind, raster, err);
    }
    bw_picture_file_finish(&plain);
    return status;
}

enum bw_status
bw_picture_save(const uint32_t *pixels, int width_px, int height_px, const char *path,
    struct bw_error *err)
{
    /* SDL takes pixels that it may write to, and doesn't when it saves them. */
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormatFrom((void *)(uintptr_t)pixels, width_px, height_px,
            32, width_px * (int)sizeof pixels[0], SDL_PIXELFORMAT_RGB888);
    int failed = surface == NULL ? -1 : IMG_SavePNG(surface, path);
    SDL_FreeSurface(surface);
    return failed == 0 ? BW_OK
                       : bw_error_set(err, BW_IO, 0,
                             "Writing the drawing %s: %s; choose another place", path,
                             SDL_GetError());
}
