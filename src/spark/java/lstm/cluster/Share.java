package lstm.cluster;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import lstm.text.Tokens;

/** A worker's part of the text, read, in the form in which it can wait on the worker's disk or go to another machine. */
final class Share implements Externalizable {

    private int worker;
    private Tokens tokens = Tokens.of();

    /** For Java, which then reads it. */
    public Share() {}

    Share(int worker, Tokens tokens) {
        this.worker = worker;
        this.tokens = tokens;
    }

    int worker() {
        return worker;
    }

    Tokens tokens() {
        return tokens;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeInt(worker);
        out.writeLong(tokens.size());
        for (long i = 0; i < tokens.size(); i++) {
            int token = tokens.get(i);
            // Most are below 128, and take a byte.
            while (token >= 0x80) {
                out.writeByte(token | 0x80);
                token >>>= 7;
            }
            out.writeByte(token);
        }
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        worker = in.readInt();
        long[] left = {in.readLong()};
        tokens = Tokens.read(() -> left[0]-- > 0 ? token(in) : -1);
    }

    private static int token(ObjectInput in) throws IOException {
        int token = 0;
        int shift = 0;
        int part = in.readUnsignedByte();
        while (part >= 0x80) {
            token |= (part & 0x7F) << shift;
            shift += 7;
            part = in.readUnsignedByte();
        }
        return token | part << shift;
    }
}
