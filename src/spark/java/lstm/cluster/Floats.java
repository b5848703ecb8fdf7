package lstm.cluster;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers on their way from machine to machine, in one piece: Java would write them one by one. */
final class Floats implements Externalizable {

    private float[] values = {};

    /** For Java, which then reads it. */
    public Floats() {}

    Floats(float[] values) {
        this.values = values;
    }

    float[] values() {
        return values;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        ByteBuffer bytes = buffer(values.length);
        bytes.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        values = new float[in.readInt()];
        ByteBuffer bytes = buffer(values.length);
        in.readFully(bytes.array());
        bytes.asFloatBuffer().get(values);
    }

    private static ByteBuffer buffer(int floats) {
        return ByteBuffer.allocate(Math.multiplyExact(floats, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
