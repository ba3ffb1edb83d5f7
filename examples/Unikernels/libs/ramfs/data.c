/* The content of files: blocks, some of which may be holes. */
#include "alloc.h"
#include "nolibc.h"
#include "ramfs_internal.h"

int64_t file_read(struct inode *file, uint64_t offset, void *to, size_t size)
{
    uint8_t *p = to;
    size_t done = 0;

    if (offset >= file->size)
        return 0;
    if (size > file->size - offset)
        size = file->size - offset;
    while (done < size) {
        size_t in_block = (offset + done) % BLOCK_SIZE, run = BLOCK_SIZE - in_block;
        const uint8_t *block = file->file.blocks[(offset + done) / BLOCK_SIZE];
        if (run > size - done)
            run = size - done;
        if (block != NULL)
            memcpy(p + done, block + in_block, run);
        else
            memset(p + done, 0, run);
        done += run;
    }
    return (int64_t)done;
}

int file_resize(struct inode *file, uint64_t size)
{
    size_t count = (size + BLOCK_SIZE - 1) / BLOCK_SIZE;
    uint8_t **blocks;

    for (size_t i = count; i < file->file.count; i++)
        free(file->file.blocks[i]);
    if (size < file->size && size % BLOCK_SIZE != 0 && file->file.blocks[count - 1] != NULL)
        memset(file->file.blocks[count - 1] + size % BLOCK_SIZE, 0,
               BLOCK_SIZE - size % BLOCK_SIZE);
    if (count == 0) {
        free(file->file.blocks);
        blocks = NULL;
    } else {
        blocks = realloc(file->file.blocks, count * sizeof *blocks);
        if (blocks == NULL)
            return -ERROR_NO_MEMORY;
    }
    for (size_t i = file->file.count; i < count; i++)
        blocks[i] = NULL;
    file->file.blocks = blocks;
    file->file.count = count;
    file->size = size;
    file->version++;
    return OK;
}

int64_t file_write(struct inode *file, uint64_t offset, const void *data, size_t size)
{
    const uint8_t *p = data;
    size_t done = 0;

    if (offset + size > file->size) {
        int error = file_resize(file, offset + size);
        if (error != OK)
            return error;
    }
    while (done < size) {
        size_t in_block = (offset + done) % BLOCK_SIZE, run = BLOCK_SIZE - in_block;
        uint8_t **block = &file->file.blocks[(offset + done) / BLOCK_SIZE];
        if (run > size - done)
            run = size - done;
        if (*block == NULL && (*block = calloc(1, BLOCK_SIZE)) == NULL)
            return -ERROR_NO_MEMORY;
        memcpy(*block + in_block, p + done, run);
        done += run;
    }
    file->version++;
    return (int64_t)done;
}
