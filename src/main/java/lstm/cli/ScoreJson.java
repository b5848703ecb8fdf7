package lstm.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import lstm.score.ScoredCharacter;
import lstm.score.ScoredLine;

/** Scored lines for programs: a JSON object a line. */
final class ScoreJson implements ScoreOutput {

    private final OutputStream out;
    private final boolean bits;

    /**
     * Writes to a stream.
     *
     * @param bits whether the bits of every character are told too
     */
    ScoreJson(OutputStream out, boolean bits) {
        this.out = out;
        this.bits = bits;
    }

    @Override
    public void add(ScoredLine line) throws IOException {
        JsonObject object = new JsonObject();
        object.addProperty("file", line.source());
        object.addProperty("line", line.number());
        object.addProperty("chars", line.count());
        object.addProperty("unknown", line.unknown());
        object.addProperty("bits_per_char", line.bitsPerCharacter());
        object.addProperty("cut", line.isCut());
        object.addProperty("text", line.text());
        if (bits) {
            JsonArray array = new JsonArray();
            for (ScoredCharacter character : line.characters()) {
                // JSON knows no infinity.
                array.add(Double.isFinite(character.bits()) ? (Double) character.bits() : null);
            }
            if (!Double.isNaN(line.endBits())) {
                array.add(line.endBits());
            }
            object.add("bits", array);
        }
        out.write((Json.line(object) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
