// SPDX-License-Identifier: Apache-2.0
// What Swift cannot call in librabbitmq: variadic functions, and unions that it would copy.
#ifndef WEIR_CRABBITMQ_SHIM_H
#define WEIR_CRABBITMQ_SHIM_H
#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>
#include <sys/eventfd.h>
#include <sys/time.h>

static inline amqp_rpc_reply_t weir_amqp_login(amqp_connection_state_t state, const char *vhost, int channel_max,
                                               int frame_max, int heartbeat, const amqp_table_t *properties,
                                               const char *user, const char *password) {
    return amqp_login_with_properties(state, vhost, channel_max, frame_max, heartbeat, properties,
                                      AMQP_SASL_METHOD_PLAIN, user, password);
}

static inline amqp_rpc_reply_t weir_amqp_login_external(amqp_connection_state_t state, const char *vhost,
                                                        int channel_max, int frame_max, int heartbeat,
                                                        const amqp_table_t *properties, const char *identity) {
    return amqp_login_with_properties(state, vhost, channel_max, frame_max, heartbeat, properties,
                                      AMQP_SASL_METHOD_EXTERNAL, identity);
}

static inline amqp_bytes_t weir_amqp_bytes(const void *bytes, size_t count) {
    amqp_bytes_t result = {count, (void *)bytes};
    return result;
}

static inline void weir_amqp_set_text(amqp_table_entry_t *entry, amqp_bytes_t key, amqp_bytes_t value) {
    entry->key = key;
    entry->value.kind = AMQP_FIELD_KIND_UTF8;
    entry->value.value.bytes = value;
}

static inline void weir_amqp_set_flag(amqp_table_entry_t *entry, amqp_bytes_t key, int value) {
    entry->key = key;
    entry->value.kind = AMQP_FIELD_KIND_BOOLEAN;
    entry->value.value.boolean = value;
}

static inline void weir_amqp_set_number(amqp_table_entry_t *entry, amqp_bytes_t key, int64_t value) {
    entry->key = key;
    entry->value.kind = AMQP_FIELD_KIND_I64;
    entry->value.value.i64 = value;
}

static inline void weir_amqp_set_table(amqp_table_entry_t *entry, amqp_bytes_t key, amqp_table_t value) {
    entry->key = key;
    entry->value.kind = AMQP_FIELD_KIND_TABLE;
    entry->value.value.table = value;
}

static inline const amqp_bytes_t *weir_amqp_text(const amqp_field_value_t *value) { return &value->value.bytes; }
static inline const amqp_table_t *weir_amqp_table(const amqp_field_value_t *value) { return &value->value.table; }
static inline const amqp_array_t *weir_amqp_array(const amqp_field_value_t *value) { return &value->value.array; }

// The value as a number; `known` says whether it is one.
static inline int64_t weir_amqp_number(const amqp_field_value_t *value, int *known) {
    *known = 1;
    switch (value->kind) {
    case AMQP_FIELD_KIND_I8: return value->value.i8;
    case AMQP_FIELD_KIND_U8: return value->value.u8;
    case AMQP_FIELD_KIND_I16: return value->value.i16;
    case AMQP_FIELD_KIND_U16: return value->value.u16;
    case AMQP_FIELD_KIND_I32: return value->value.i32;
    case AMQP_FIELD_KIND_U32: return value->value.u32;
    case AMQP_FIELD_KIND_I64: return value->value.i64;
    case AMQP_FIELD_KIND_U64:
    case AMQP_FIELD_KIND_TIMESTAMP: return (int64_t)value->value.u64;
    default: *known = 0; return 0;
    }
}

static inline int weir_amqp_flag(const amqp_field_value_t *value) { return value->value.boolean; }
static inline double weir_amqp_double(const amqp_field_value_t *value) {
    return value->kind == AMQP_FIELD_KIND_F32 ? value->value.f32 : value->value.f64;
}

static inline amqp_method_number_t weir_amqp_method(const amqp_frame_t *frame) { return frame->payload.method.id; }
static inline void *weir_amqp_arguments(const amqp_frame_t *frame) { return frame->payload.method.decoded; }
static inline uint64_t weir_amqp_body_size(const amqp_frame_t *frame) { return frame->payload.properties.body_size; }
// What a message says of itself; nothing where a header is none of a message, since other classes have smaller structures.
static inline void *weir_amqp_properties(const amqp_frame_t *frame) {
    return frame->payload.properties.class_id == AMQP_BASIC_CLASS ? frame->payload.properties.decoded : 0;
}
static inline amqp_bytes_t weir_amqp_body(const amqp_frame_t *frame) { return frame->payload.body_fragment; }

// A file to wake a thread with, which C has behind macros.
static inline int weir_wake_file(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

#endif
