package lstm.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.net.ConnectException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
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

    /** Of what Hadoop says of a network or an address, much is about itself. */
    static TextException unreadable(String file, Exception failure) {
        String reason = OneLine.of(failure);
        if (OneLine.cause(UnknownHostException.class, failure) != null) {
            reason = "there is no such host";
        } else if (OneLine.cause(ConnectException.class, failure) != null) {
            reason = "nothing answers there";
        } else if (OneLine.cause(URISyntaxException.class, failure) != null) {
            reason = "Hadoop knows no such address, and no file with a colon in its name";
        }
        return new TextException("cannot read " + file + ": " + reason, failure);
    }
}
