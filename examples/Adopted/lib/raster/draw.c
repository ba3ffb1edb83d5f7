#include "raster.h"
#include "heap.h"
#include "libc.h"

int raster_make(struct raster *r, int width, int height)
{
    *r = (struct raster){width, height, calloc((size_t)width, (size_t)height)};
    return r->pixels != NULL ? 0 : -1;
}

void raster_free(struct raster *r)
{
    free(r->pixels);
    r->pixels = NULL;
}

void raster_set(struct raster *r, int x, int y, uint8_t shade)
{
    if (x >= 0 && y >= 0 && x < r->width && y < r->height)
        r->pixels[y * r->width + x] = shade;
}

uint8_t raster_get(const struct raster *r, int x, int y)
{
    return x >= 0 && y >= 0 && x < r->width && y < r->height ? r->pixels[y * r->width + x] : 0;
}

void raster_line(struct raster *r, int x0, int y0, int x1, int y1, uint8_t shade)
{
    int dx = x1 > x0 ? x1 - x0 : x0 - x1, dy = y1 > y0 ? y0 - y1 : y1 - y0, error = dx + dy;

    for (;;) {
        int twice = 2 * error;
        raster_set(r, x0, y0, shade);
        if (x0 == x1 && y0 == y1)
            return;
        if (twice >= dy) {
            error += dy;
            x0 += x0 < x1 ? 1 : -1;
        }
        if (twice <= dx) {
            error += dx;
            y0 += y0 < y1 ? 1 : -1;
        }
    }
}

void raster_circle(struct raster *r, int x, int y, int radius, uint8_t shade)
{
    int dx = radius, dy = 0, error = 1 - radius;

    while (dx >= dy) {
        raster_set(r, x + dx, y + dy, shade), raster_set(r, x - dx, y + dy, shade);
        raster_set(r, x + dx, y - dy, shade), raster_set(r, x - dx, y - dy, shade);
        raster_set(r, x + dy, y + dx, shade), raster_set(r, x - dy, y + dx, shade);
        raster_set(r, x + dy, y - dx, shade), raster_set(r, x - dy, y - dx, shade);
        dy++;
        if (error < 0) {
            error += 2 * dy + 1;
        } else {
            dx--;
            error += 2 * (dy - dx) + 1;
        }
    }
}

void raster_fill(struct raster *r, int x, int y, uint8_t shade)
{
    uint8_t old = raster_get(r, x, y);
    int *todo = malloc((size_t)r->width * (size_t)r->height * 4 * sizeof *todo + sizeof *todo), count = 0;

    if (todo == NULL || old == shade)
        return;
    todo[count++] = y * r->width + x;
    while (count > 0) {
        int at = todo[--count], column = at % r->width;
        if (r->pixels[at] != old)
            continue;
        r->pixels[at] = shade;
        if (column > 0) todo[count++] = at - 1;
        if (column + 1 < r->width) todo[count++] = at + 1;
        if (at >= r->width) todo[count++] = at - r->width;
        if (at + r->width < r->width * r->height) todo[count++] = at + r->width;
    }
    free(todo);
}
