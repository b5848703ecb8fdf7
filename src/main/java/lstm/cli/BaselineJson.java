package lstm.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lstm.checkpoint.CheckpointException;
import lstm.ngram.Baseline;

/** A baseline as the JSON object that {@code baseline --json} prints, and back. */
final class BaselineJson {

    private BaselineJson() {}

    static JsonObject of(Baseline baseline) {
        JsonArray orders = new JsonArray();
        for (Baseline.OfOrder result : baseline.orders()) {
            JsonObject order = new JsonObject();
            order.addProperty("order", result.order());
            order.addProperty("nats_per_char", result.nats());
            order.addProperty("bits_per_char", result.bits());
            order.addProperty("contexts", result.contexts());
            orders.add(order);
        }
        JsonObject json = new JsonObject();
        json.addProperty("training_characters", baseline.trainingCharacters());
        json.addProperty("held_out_characters", baseline.heldOutCharacters());
        json.addProperty("different", baseline.symbols());
        json.addProperty("best_order", baseline.best().order());
        json.add("orders", orders);
        return json;
    }

    /**
     * Reads a file with such an object.
     *
     * @throws CommandException where it cannot be read, or holds anything else
     */
    static Baseline read(Path file) {
        try {
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            List<Baseline.OfOrder> orders = new ArrayList<>();
            for (JsonElement element : json.getAsJsonArray("orders")) {
                JsonObject order = element.getAsJsonObject();
                orders.add(new Baseline.OfOrder(
                        order.get("order").getAsInt(),
                        loss(order.get("nats_per_char").getAsDouble()),
                        order.get("contexts").getAsLong()));
            }
            return new Baseline(
                    json.get("training_characters").getAsLong(),
                    json.get("held_out_characters").getAsLong(),
                    json.get("different").getAsInt(),
                    orders);
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException
                | ClassCastException
                | NullPointerException e) {
            // Whatever is missing or of another type in it: Gson tells it in several ways, and none is for users.
            throw new CommandException(file + " is not what lstm baseline --json prints; make it anew");
        } catch (IOException e) {
            throw new CommandException("cannot read " + file + ": " + CheckpointException.reason(e));
        }
    }

    private static double loss(double nats) {
        if (!(nats >= 0 && nats < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected a loss of 0 or more, found " + nats);
        }
        return nats;
    }
}
