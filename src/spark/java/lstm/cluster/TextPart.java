package lstm.cluster;

import java.io.IOException;
import java.io.Serializable;
import lstm.text.SymbolReader;
import lstm.text.TextException;
import lstm.text.Unit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * A part of a file of any of Hadoop's file systems.
 *
 * @param file its address
 * @param from the first byte, with which a character begins
 * @param to the byte behind the last
 */
record TextPart(String file, long from, long to) implements Serializable {

    SymbolReader open(Configuration configuration, Unit unit) {
        try {
            Path path = new Path(file);
            FSDataInputStream in = path.getFileSystem(configuration).open(path);
            in.seek(from);
            return new SymbolReader(in, file, unit, from, to);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static TextException unreadable(String file, IOException failure) {
        return new TextException("cannot read " + file + ": " + OneLine.of(failure), failure);
    }
}
