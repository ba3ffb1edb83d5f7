/* Channels: messages from thread to thread, in order. */
#include "alloc.h"
#include "nolibc.h"
#include "sched.h"

struct channel {
    size_t message_size, capacity; /* slots; a rendezvous has one */
    size_t first, count;
    bool rendezvous, closed;
    uint64_t received;
    struct wait_queue senders, receivers, meeting;
    char messages[];
};

struct channel *channel_new(size_t message_size, size_t capacity)
{
    size_t slots = capacity == 0 ? 1 : capacity;
    struct channel *channel;

    if (message_size != 0 && slots > SIZE_MAX / 2 / message_size)
        return NULL;
    channel = calloc(1, sizeof *channel + slots * message_size);
    if (channel != NULL) {
        channel->message_size = message_size;
        channel->capacity = slots;
        channel->rendezvous = capacity == 0;
    }
    return channel;
}

static char *slot(struct channel *channel, size_t index)
{
    return channel->messages + index % channel->capacity * channel->message_size;
}

int channel_send(struct channel *channel, const void *message)
{
    uint64_t ticket;

    while (!channel->closed && channel->count == channel->capacity) {
        int error = wait_on(&channel->senders);
        if (error != OK)
            return error;
    }
    if (channel->closed)
        return ERROR_CLOSED;
    ticket = channel->received + channel->count + 1;
    memcpy(slot(channel, channel->first + channel->count), message, channel->message_size);
    channel->count++;
    wake_one(&channel->receivers);
    /* Without capacity, sending ends when the message has been taken. */
    while (channel->rendezvous && channel->received < ticket && !channel->closed) {
        int error = wait_on(&channel->meeting);
        if (error != OK)
            return error;
    }
    return OK;
}

int channel_try_receive(struct channel *channel, void *message)
{
    if (channel->count == 0)
        return channel->closed ? ERROR_CLOSED : ERROR_AGAIN;
    memcpy(message, slot(channel, channel->first), channel->message_size);
    channel->first = (channel->first + 1) % channel->capacity;
    channel->count--;
    channel->received++;
    wake_one(&channel->senders);
    wake_all(&channel->meeting);
    return OK;
}

int channel_receive(struct channel *channel, void *message)
{
    int error;

    while ((error = channel_try_receive(channel, message)) == ERROR_AGAIN)
        if ((error = wait_on(&channel->receivers)) != OK)
            return error;
    return error;
}

void channel_close(struct channel *channel)
{
    channel->closed = true;
    wake_all(&channel->senders);
    wake_all(&channel->receivers);
    wake_all(&channel->meeting);
}

void channel_free(struct channel *channel)
{
    free(channel);
}

int channel_select(struct channel *const *channels, size_t count)
{
    static size_t turn; /* so that no channel starves */

    for (size_t tries = 0; tries < 1000; tries++) {
        size_t closed = 0;
        for (size_t i = 0; i < count; i++) {
            size_t index = (turn + i) % count;
            if (channels[index]->count > 0) {
                turn = index + 1;
                return (int)index;
            }
            closed += channels[index]->closed;
        }
        if (closed == count)
            return -ERROR_CLOSED;
        thread_yield();
    }
    return -ERROR_TIMEOUT;
}
