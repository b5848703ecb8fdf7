package lstm.repl;

import java.nio.file.Path;
import java.util.OptionalLong;
import lstm.generate.HandMade;
import lstm.generate.SamplingSettings;
import lstm.text.TextException;
import lstm.text.Unknown;
import lstm.text.Vocabulary;

/** Sessions with models whose texts a test knows. */
final class Talks {

    /** A text that the model knows by heart; behind its last character stands its first again. */
    static final String ROUND = "\nabcd efgh:.";

    private Talks() {}

    static Session byHeart(long length) {
        return session(load(Path.of("round")), length, Unknown.ERROR);
    }

    static Session byHeart(long length, Unknown unknown) {
        return session(load(Path.of("round")), length, unknown);
    }

    static Session byHeart(Vocabulary vocabulary, long length) {
        return session(model("round", vocabulary), length, Unknown.ERROR);
    }

    /** With a model of random weights, so that chance has a say. */
    static Session random(long length) {
        Vocabulary vocabulary = HandMade.characters(ROUND);
        return session(
                new LoadedModel(Path.of("random"), HandMade.random(vocabulary.size(), 1), vocabulary),
                length,
                Unknown.ERROR);
    }

    private static Session session(LoadedModel model, long length, Unknown unknown) {
        SamplingSettings settings = SamplingSettings.DEFAULT.withLength(length);
        return new Session(model, Talks::load, settings, OptionalLong.empty(), unknown);
    }

    /** Knows two files and refuses all others. */
    private static LoadedModel load(Path file) {
        return switch (String.valueOf(file.getFileName())) {
            case "round" -> model("round", HandMade.characters(ROUND));
            case "digits" -> model("digits", HandMade.characters("\n1234567890"));
            default -> throw new TextException(file + ": there is no such checkpoint");
        };
    }

    private static LoadedModel model(String name, Vocabulary vocabulary) {
        return new LoadedModel(Path.of(name), HandMade.rote(vocabulary.size()), vocabulary);
    }
}
