package lstm.checkpoint;

import org.jspecify.annotations.Nullable;

/** The types of a tensor's elements that are known here, under the names that the safetensors format gives them. */
public enum DType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** The size of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether the elements are floating-point numbers. */
    boolean isFloat() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    static @Nullable DType named(String name) {
        for (DType dtype : values()) {
            if (dtype.name().equals(name)) {
                return dtype;
            }
        }
        return null;
    }
}
